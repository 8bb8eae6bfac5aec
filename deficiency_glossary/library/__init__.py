"""What is on disk, in memory: reading YAML, decoding it, finding entries."""
