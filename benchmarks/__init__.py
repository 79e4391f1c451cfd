"""What mops costs, as ratios measured in one run on one machine; docs/benchmarks.md says how to read them."""
