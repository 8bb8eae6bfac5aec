"""The whole tree of pages: what must be written, and writing it safely."""
