"""Plain numpy and scipy functions on arrays; no I/O."""
