"""The page that a search leads to. What is found is put in by a script; the page says so to those who have none."""

from __future__ import annotations

from deficiency_glossary.render.pages import Frame, frame_values, rendered


def search_page(frame: Frame, *, full_text: bool) -> str:
    """The search page of a locale; `full_text` if the site has an index of its texts."""
    values = frame_values(frame, frame.locale.messages.search, "") | {"full_text": full_text}
    return rendered("search.html", frame, values)
