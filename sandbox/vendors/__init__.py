"""One module a vendor: its API over the simulated company."""
