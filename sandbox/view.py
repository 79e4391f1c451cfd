"""What the vendors can show at one as-of: the company's records cut, resolved and sorted, ready to be paged.

`Company.at(as_of)` makes a View. Conventions of every frame (pandas, RangeIndex):
  * times `*_at` are int64 ms UTC, days `*_day` int32 since 1970-01-01, money int64 cents or micros, ids int64 or text;
  * nothing is null: absent text is "", absent id 0, absent time clock.NEVER;
  * nothing later than the as-of is in it, but for plans (an open deal's close_at, a scheduled meeting's start_at);
  * purged records and losers of merges are gone; archived ones are rows with archived_at != NEVER;
  * updated_at is the last change at the as-of; sorted by id unless said otherwise.
`person` (int, 0 where none) is the truth's person: for scoring, never to be served.
"""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class View:
    """One as-of of the company; the comment at each field names its columns."""

    as_of: int  # last millisecond that exists

    # --- HubSpot -------------------------------------------------------------------------------------------------
    # id person email firstname lastname phone jobtitle country lifecyclestage lead_status owner_id analytics_source
    # analytics_source_data_1 analytics_source_data_2 company_id ga_client_id merged_ids("11;12")
    # merged_vids("11:ms;12:ms") additional_emails("a;b") created_at updated_at archived_at; and answered_at, when sales
    # accepted or refused them, which HubSpot does not tell
    contacts: pd.DataFrame
    # object_type("contacts","companies","deals") loser_id winner_id merged_at: where a merged-away id leads to;
    # loser_created_at is for vendors that keep showing what was merged away
    merges: pd.DataFrame
    # contact_id value at source_type source_id; sorted by contact_id, newest first within it. value is HubSpot's word:
    # subscriber lead marketingqualifiedlead salesqualifiedlead opportunity customer, or a custom stage's numeric id
    lifecycle_history: pd.DataFrame
    # id name domain industry country merged_ids created_at updated_at archived_at
    companies: pd.DataFrame
    # id person second_person name amount_cents currency pipeline stage type product close_at owner_id contract_sent_at
    # analytics_source merged_ids created_at updated_at archived_at: stage is its id; close_at of an open deal is a plan
    deals: pd.DataFrame
    # deal_id stage entered_at: every stage a deal went through, sorted by deal_id, entered_at
    deal_stage_history: pd.DataFrame
    # id email first_name last_name user_id(0 where archived) type created_at updated_at archived_at
    owners: pd.DataFrame
    # object_type("deals","tickets") pipeline_id pipeline_label pipeline_order stage_id stage_label display_order
    # is_closed(bool) probability("0.2") ticket_state("OPEN","CLOSED","") created_at updated_at; sorted by order
    pipeline_stages: pd.DataFrame
    # id title start_at end_at outcome at owner_id created_at updated_at archived_at
    meetings: pd.DataFrame
    # id direction status duration_ms at owner_id created_at updated_at archived_at
    calls: pd.DataFrame
    # id direction("EMAIL","INCOMING_EMAIL") status subject at owner_id created_at updated_at archived_at: one-to-one
    emails: pd.DataFrame
    # id subject pipeline stage priority owner_id created_at closed_at updated_at archived_at
    tickets: pd.DataFrame
    # (from_type, to_type) -> from_id to_id type_id category label, sorted by from_id, to_id. Keys: (deals|meetings|
    # calls|emails|tickets, contacts), (deals, companies), (contacts, companies). A deal's own person carries the label
    # "Primary" (USER_DEFINED) in a second row for the same pair; it is also its contact with the lowest id.
    associations: dict[tuple[str, str], pd.DataFrame]
    # id(uuid) name form_type created_at updated_at archived_at
    forms: pd.DataFrame
    # form_id submitted_at email ga_client_id page_url firstname lastname company; sorted by form_id, newest first
    form_submissions: pd.DataFrame
    # id name subject state type campaign campaign_name is_published published_at created_at updated_at archived_at sent
    # delivered open click bounce unsubscribed hardbounced softbounced spamreport: counters as known at the as-of
    marketing_emails: pd.DataFrame

    # id person purged_at: contacts that were purged, of which nothing else is left
    purged_contacts: pd.DataFrame

    # --- Marketing automation (times are whole seconds; `tool` is the vendor that runs the program) -------------------
    # tool id kind("email","webinar") name subject created_at starts_at(a plan); sorted by tool, id
    programs: pd.DataFrame
    # tool person joined_at gone_at(with their contact) unsubscribed_at cleaned_at(hard bounce): people of the CRM in a
    # tool; sorted by tool, person
    program_members: pd.DataFrame
    # id tool program_id person action("sent","open","click","bounce","unsubscribe","registered","attended","missed")
    # kind("hard","soft","") url is_machine(bool) at: events of members who are not gone; sorted by id
    program_events: pd.DataFrame

    # --- Mailchimp (times are whole seconds) -----------------------------------------------------------------------
    # id web_id name created_at
    mail_lists: pd.DataFrame
    # list_id id(md5 of the lower-cased address) web_id person email(as typed) unique_email_id contact_id status
    # unsubscribe_reason firstname lastname phone signup_at("" in the API where NEVER) opt_at last_changed_at language
    # vip(bool) source tags("webinar;customer") ip_opt; sorted by list_id, web_id. Status "archived":
    # hidden unless asked for. Status "deleted": never listed; an anonymous row (email "") that lends its id to old
    # recipients and activity
    mail_members: pd.DataFrame
    # id web_id type status("sent","schedule","save") title subject_line list_id created_at send_at(NEVER) emails_sent;
    # sorted by created_at
    mail_campaigns: pd.DataFrame
    # campaign emails_sent abuse_reports unsubscribed hard_bounces soft_bounces syntax_errors opens_total unique_opens
    # proxy_excluded_opens proxy_excluded_unique_opens clicks_total unique_clicks unique_subscriber_clicks last_open_at
    # last_click_at; one row per sent campaign, `campaign` as below
    mail_reports: pd.DataFrame
    # campaign member: positions in mail_campaigns and mail_members; sorted by campaign, member
    mail_recipients: pd.DataFrame
    # campaign member action("open","click","bounce") type("hard","soft","") at url ip; sorted by campaign, member, at;
    # its texts are categoricals
    mail_activity: pd.DataFrame
    # campaign member at reason; sorted by campaign, at
    mail_unsubscribes: pd.DataFrame

    # --- Google Ads ------------------------------------------------------------------------------------------------
    # id name currency time_zone is_manager level status; the manager (MCC) is row 0
    ad_accounts: pd.DataFrame
    # account_id id name status("ENABLED","PAUSED","REMOVED") channel_type("SEARCH","PERFORMANCE_MAX",...) start_day
    # end_day(0)
    ad_campaigns: pd.DataFrame
    # account_id campaign_id(0: spend the account has and no campaign shows) hour_at(UTC hour) local_day local_hour (of
    # the account's zone) impressions clicks cost_micros conversions conversions_value all_conversions, restated as
    # known at the as-of; sorted by account_id, local_day, local_hour, campaign_id. An hour comes twice when clocks go
    # back
    ad_hours: pd.DataFrame

    # --- Meta, LinkedIn, TikTok and Microsoft Ads --------------------------------------------------------------------
    # platform("meta_ads","linkedin_ads","tiktok_ads","microsoft_ads") id name currency time_zone
    platform_accounts: pd.DataFrame
    # platform account_id id name objective("leads","sales","traffic","awareness") status("active","paused","archived",
    # "deleted") start_day end_day(the first without delivery; 0) channel; sorted by platform, account_id, id
    platform_campaigns: pd.DataFrame
    # platform account_id campaign_id local_day(of the account's zone) impressions clicks cost_cents(of the account's
    # currency) conversions, restated as known at the as-of; sorted by platform, account_id, campaign_id, local_day
    platform_days: pd.DataFrame

    # --- Zendesk ---------------------------------------------------------------------------------------------------
    # id person requester_id email("" where erased) subject status("new","open","solved","closed","deleted") priority
    # kind channel agent is_purged(bool) rating_id score("unoffered","offered","good","bad") comment created_at
    # answered_at solved_at offered_at rated_at closed_at updated_at generated_at: the last change, that of a job of
    # Zendesk's own (which closes tickets and leaves updated_at as it is) included. Tickets that are deleted stay,
    # scrubbed
    support_tickets: pd.DataFrame

    # --- Billing -----------------------------------------------------------------------------------------------------
    # id person email("" where nobody knows it) name created_at deleted_at(its row stays)
    billing_customers: pd.DataFrame
    # id customer_id product amount_cents currency issued_at paid_at voided_at refunded_at(in full) declined_at(a
    # payment that failed) second_paid_at second_refunded_at(a payment too many)
    billing_invoices: pd.DataFrame

    # --- GA4 (runReport; the event export is files) and the rest ------------------------------------------------------
    # day channel sessions key_events total_revenue is_thresholded(bool), restated as known at the as-of; sorted by day,
    # channel
    ga4_daily: pd.DataFrame
    # rate_day from_currency to_currency rate_micros (1 from = rate_micros / 1e6 to); weekdays only
    fx_rates: pd.DataFrame
    # id staff campaign activity hours worked_day hourly_rate_cents
    time_entries: pd.DataFrame
    # the same and tool("harvest","clockify") started_at booked_at updated_at: what the tools show of time_entries,
    # mistakes included, which are put right within two weeks
    time_bookings: pd.DataFrame

    # --- Search Console ----------------------------------------------------------------------------------------------
    # day(Pacific) page query country("deu") device("DESKTOP","MOBILE","TABLET") is_anonymised(bool: its query is never
    # shown) is_second(bool: another page in a result that has a row) clicks impressions ranks(sum of position x
    # impressions), as known at the as-of: the days from search_results.first_incomplete_day on still grow
    searches: pd.DataFrame

    # --- Amplitude (events of a share of the visitors) ---------------------------------------------------------------
    # uuid insert_id event_type device_id user_id("" while nobody is known) email("" likewise) session_at at uploaded_at
    # page_path utm_source utm_medium utm_campaign utm_content referrer gclid: those that can be exported; sorted by
    # uploaded_at. Now and then two of them are one, with the same insert_id
    amplitude_events: pd.DataFrame

    # --- Drift (chats on the web site) -------------------------------------------------------------------------------
    # id person email("" of strangers) phone name created_at updated_at and original_ and recent_ utm_source utm_medium
    # utm_campaign utm_content: of the visits of their first and their latest chat
    chat_contacts: pd.DataFrame
    # id contact_id person agent_id(of owners; 0: only the bot) tag("CQL","") status("open","closed") created_at
    # updated_at; the last changed first
    chat_conversations: pd.DataFrame
    # id conversation_id author_id by("contact","bot","agent") type("chat","private_note") body at; sorted by
    # conversation_id, at
    chat_messages: pd.DataFrame
