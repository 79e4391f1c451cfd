"""Great Expectations suites, and the small runner that applies them to DuckDB."""
