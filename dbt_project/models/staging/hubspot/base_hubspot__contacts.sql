{{ hubspot_records("contacts", last_modified="lastmodifieddate") }}
