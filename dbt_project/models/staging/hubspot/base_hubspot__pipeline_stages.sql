{{
    latest_per_key(
        source("hubspot", "pipelines"),
        ["object_type", "pipeline_id", "stage_id"],
        ["_loaded_at desc"],
    )
}}
