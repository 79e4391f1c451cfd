"""A simulated company whose truth is known, behind its vendors' real protocols."""
