"""The vendors' APIs over the simulated company: a module, or a small package, per vendor."""
