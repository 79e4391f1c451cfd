"""The raw tables of Mailchimp, and the fields of its answers that no table needs."""

from ingestion.resource import Resource, columns, fields

_LIST = fields(
    "_links beamer_address campaign_defaults contact contact_email_type_option double_optin email_type_option"
    " has_welcome list_rating marketing_permissions modules notify_on_subscribe notify_on_unsubscribe"
    " permission_reminder stats subscribe_url_long subscribe_url_short use_archive_bar visibility"
)
_MEMBER = fields(
    "_links consents_to_one_to_one_messaging email_client interests ip_opt ip_signup last_note location"
    " marketing_permissions member_rating merge_fields sms_phone_number sms_subscription_last_updated"
    " sms_subscription_status stats tags_count web_id"
)
_CAMPAIGN = fields(
    "_links ab_split_options archive_url authenticate auto_footer auto_tweet auto_fb_post content_type delivery_status"
    " drag_and_drop fb_comments folder_id from_name has_logo_merge_tag inline_css list_is_active list_name"
    " long_archive_url needs_block_refresh parent_campaign_id preview_text recipient_count reply_to report_summary"
    " resendable resend_shortcut_eligibility rss_opts segment_opts segment_text social_card template_id timewarp"
    " to_name tracking use_conversation variate_settings"
)
_REPORT = fields(
    "_links ab_split ecommerce facebook_likes forwards industry_stats list_is_active list_name list_stats"
    " delivery_status preview_text rss_last_send share_report subject_line timeseries timewarp"
    " open_rate proxy_excluded_open_rate click_rate"
)
_READER = fields(
    "_links absplit_group gmt_offset last_open list_is_active merge_fields open_count status vip contact_status"
)

RESOURCES = (
    Resource(
        "lists",
        columns("id web_id name", int="member_count", time="date_created"),
        key=("id",),
        description="One row per audience.",
        ignored=_LIST,
        disposition="replace",
    ),
    Resource(
        "members",
        columns(
            "list_id id email_address unique_email_id contact_id full_name email_type status unsubscribe_reason"
            " fname lname phone language source",
            json="tags",
            flag="vip",
            time="timestamp_signup timestamp_opt last_changed",
        ),
        key=("list_id", "id"),
        description="One row per member of an audience.",
        ignored=_MEMBER,
    ),
    Resource(
        "member_ids",
        columns("list_id id"),
        key=("list_id", "id"),
        description="Every member id the vendor still lists; what is in members but not here was deleted.",
        disposition="replace",
    ),
    Resource(
        "campaigns",
        columns(
            "id web_id type status title subject_line list_id",
            int="emails_sent",
            time="create_time send_time",
        ),
        key=("id",),
        description="One row per campaign, drafts too.",
        ignored=_CAMPAIGN,
        disposition="replace",
    ),
    Resource(
        "reports",
        columns(
            "id campaign_title type list_id",
            int="emails_sent abuse_reports unsubscribed hard_bounces soft_bounces syntax_errors opens_total"
            " unique_opens proxy_excluded_opens proxy_excluded_unique_opens clicks_total unique_clicks"
            " unique_subscriber_clicks",
            time="send_time last_open last_click",
        ),
        key=("id",),
        description="One row per sent campaign, its totals as of the load.",
        ignored=_REPORT,
    ),
    Resource(
        "email_recipients",
        columns("campaign_id list_id email_id email_address"),
        key=("campaign_id", "email_id"),
        description="One row per campaign and member it was sent to.",
        ignored=_READER,
        disposition="scoped",
        scope=("campaign_id",),
    ),
    Resource(
        "email_activity",
        columns("campaign_id list_id email_id email_address action type url ip", time="timestamp"),
        key=("campaign_id", "email_id", "action", "timestamp", "url"),
        optional=("url",),
        description="One row per open, click or bounce of a recipient.",
        ignored=_READER,
        disposition="scoped",
        scope=("campaign_id",),
    ),
    Resource(
        "unsubscribes",
        columns("campaign_id list_id email_id email_address reason", time="timestamp"),
        key=("campaign_id", "email_id"),
        description="One row per unsubscribing from a campaign.",
        ignored=_READER,
        disposition="scoped",
        scope=("campaign_id",),
    ),
)
