"""An opinion: everything that yields findings."""
