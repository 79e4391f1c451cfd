"""A simulated company whose truth is known, behind its vendors' real protocols.

Generating the company: one (size, seed) is one history; everything is a pandas frame or a numpy array.
    company        Company: generate() makes it from the parts below, at() and truth() show it at an as-of
    clock, chance  time as integers; reproducible random numbers, one generator per subject
    demand, fx     why people come, per day and channel (the truth of the budget planner); exchange rates
    people, population, journeys   who there is, and what each of them does and when
    visits, web_sources            visits to the web site, and the sources and campaigns they come from
    deals, billing, support, chats, staff, time_tracking   what is sold, invoiced, asked, chatted; who works on what
    ads, ad_accounts               Google Ads: what was delivered, and by which campaigns
    platform_ads, platform_accounts   the same for Meta, LinkedIn, TikTok and Microsoft
    mailing, mail_answers, mail_members   Mailchimp's campaigns, what came back, and who is on the lists
    programs       e-mails and webinars of marketing automation (Marketo, Klaviyo)
    search_results what was searched at Google
    crm, crm_contacts, crm_companies, crm_deals, crm_lifecycle, crm_activities, crm_associations, crm_forms
                   all of that as HubSpot records it; Salesforce shows the same records
    records        things that are recorded twice and merged, for the CRM

Showing it at an as-of:
    view, viewing  View: the frames that every vendor reads; viewing fills one
    mail_views     Mailchimp's part of a View
    ga4_report     GA4's daily report
    ga4_export, ga4_events, ga4_rows, ga4_params, ga4_lookups, ga4_schema   GA4's event export, as files
    segment_export, segment_rows   Segment's warehouse tables, as files
    amplitude_events, web_sample   events of a share of the visitors, for Amplitude and Segment
    truth          what really happened, for scoring

Serving it:
    server         the company's port and one port for each vendor
    vendor         Vendor, Call, Answer: what a module of sandbox/vendors/ builds, and how it becomes a web application
    wire           columns of a View as the texts that APIs send
    oauth          token endpoints
    faults, spoiling, reduced   misbehaviour on purpose: requests that fail, answers that are spoilt, empty accounts

sandbox/vendors/<vendor> is the API of one vendor over a View.
"""
