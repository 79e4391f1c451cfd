"""The Dagster graph, the publication and the command line."""
