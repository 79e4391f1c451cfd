{{ config(materialized="table") }}

{{ hubspot_records("contacts", last_modified="lastmodifieddate") }}
