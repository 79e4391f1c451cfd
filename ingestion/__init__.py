"""The ingestion room: vendor APIs and files -> typed Arrow -> data/raw/<source>.duckdb."""
