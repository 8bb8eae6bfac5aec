"""One entry in one locale, as text, Markdown or HTML. Knows nothing of the site around it."""
