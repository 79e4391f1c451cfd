"""The Dagster graph, the publication and the command line."""

import os

# The planner's matrices are small: more threads of OpenBLAS than one only wait for each other, at full load. It reads
# this once, when numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
