"""A string in a language: amounts, grammar, order, markup. Knows nothing of files."""
