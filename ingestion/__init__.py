"""The ingestion room: vendor APIs and files -> typed Arrow -> data/raw/<source>.duckdb."""

import os

# dlt reads this once, when it is first imported; what is set later comes too late.
os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
