"""One module (or small package) a vendor."""
