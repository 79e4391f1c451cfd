"""The Dagster graph, the publication and the command line.

The graph (these import Dagster):
    definitions    everything put together: assets, checks, job, schedules, sensors
    load_asset     the step that loads the sources; raw_tables: the raw tables that are its assets
    model_assets   the two steps that build dbt's models; idle_staging: the models that are left out
    data_tests     what each data test of dbt asks, in a sentence
    gates          the checks behind the canonical entities and behind the marts
    publication_asset   the publication, and the check that every source was loaded
    check_events   check results as Dagster's events
    schedules, sensors   what starts runs, and what watches them from outside
    session_resource    the session of a run, as the resource that every step asks for
    execution      a run in this process, for the commands
    dagster_instance, event_log, compute_logs, dead_runs   Dagster's own state: where it is kept, how, what steps
                   print, and runs whose process died

A run:
    session        Session: home, run id, settings and as-of, opened under the lock
    run_lock       one run at a time
    loading        the sources on threads, each behind its own gate
    damaged_files  which file of the home cannot be opened any more, and what to do about it
    last_good      each source's last good raw file, kept aside during a load and put back where that fails
    dbt_project    dbt in this process
    dbt_results, failing_rows   dbt's test results as check results, with the keys of failing rows

Its records, and what people see:
    operations, history   operations.duckdb: the file, and what is written to and read from it
    alerts         messages to a webhook or Slack
    publication    data/published: versions, the link, the manifest
    version_file, published_tables   the files of one version, and the tables that are no dbt models

cli/ is the command line, one module for each group of commands.
"""

import os

# The planner's matrices are small: several threads of OpenBLAS would mostly wait for each other, and keep the cores
# busy meanwhile. OpenBLAS reads this once, when numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
