"""Markdown articles of a wiki become draft entries.

The way of an article: `reading` finds its parts, `mending` and `links` note what was mended, `looking` and `figures`
what a person must see, `comparing` sets the languages of one concept beside each other, `drafts` makes the files, and
`importing` does it for a folder. Everything points into the source text by offset (`report.Notes`), and nothing of the
source is lost: each character is in the draft, in a finding, or is markup (`drafts.Claims`).
"""
