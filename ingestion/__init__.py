"""The ingestion room: vendor APIs and files -> typed Arrow -> data/raw/<source>.duckdb.

Loading a source:
    load           load_source(), preview(): one source from its settings, vendor or files
    vendor         a vendor's load: from where the last one ended, through its readers, into the pipeline
    pipeline       the dlt pipeline that writes Arrow tables into the raw file
    raw_file       the raw file itself: its tables, typed and empty before the first load
    report         LoadReport: what a load brought
    doctor         whether a source could be loaded, and what to do where it could not

Reading a vendor's records (used by sources/<vendor>):
    reading        Pull, Span, Page, Typed, Whole: what readers get and what they give
    resource       Resource: the declaration of a raw table
    client, authorization, paging   HTTP requests with retries; tokens; pages
    jobs           waiting for jobs that run on the vendor's side
    named_accounts the accounts that mops.yaml names, or all
    exported_files Parquet files that a vendor exports into a folder
    snake_case     camelCase names as raw tables write them

From records to tables:
    gathering      one load's way from pages of records to Arrow tables, counted
    records, values   records -> typed columns; what cannot be read goes to the quarantine
    versions       days of advertising that are new or changed, kept beside the days themselves

The home and its settings:
    home           where everything lives under MOPS_HOME
    settings       mops.yaml: read, checked, and written as tables for dbt
    credentials    the secrets that mops.yaml names
    installation_key, person_key   the key behind person_id, and how dbt gets it
    registry       the sources there are; canonical_inputs: what an entry of `files` can be read as
    profiles       dbt's profiles.yml
    duckdb_file    opening a DuckDB file that another process may hold

sources/<vendor> reads one vendor; sources/files reads files.
"""

import os

# dlt reads this once, when it is first imported; what is set later comes too late.
os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
