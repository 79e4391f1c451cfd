select channel_detail, channel from {{ source("settings", "channel_mapping") }}
