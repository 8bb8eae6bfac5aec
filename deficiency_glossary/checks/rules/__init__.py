"""The rules, a module for each rank of the table."""
