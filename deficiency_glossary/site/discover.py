"""Files for machines: the sitemap with its language alternates, robots.txt, llms.txt, the feed of changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from deficiency_glossary.render.pages import Alternate
from deficiency_glossary.site import routes

# Links in one file, of each address to all its languages. A file may have 50,000 addresses and 50 MB (sitemaps.org);
# with many languages it is the megabytes that end first. Of so many links it has ten at most, and takes little memory.
MAX_LINKS = 50_000


class Change(NamedTuple):
    """An entry that changed: its page, and the day as YYYY-MM-DD."""

    url: str
    title: str
    description: str
    day: str


def alternates(
    base_url: str, paths: Mapping[str, str], tags: Mapping[str, str], source: str, default: str | None = None
) -> tuple[Alternate, ...]:
    """The hreflang cluster of a page: each locale's address, and x-default.

    `paths` maps locale -> file. x-default is `default`, or the source locale's page, or the first.
    """
    found = [Alternate(tags[locale], routes.url(base_url, path)) for locale, path in paths.items()]
    fallback = default if default is not None else paths.get(source, next(iter(paths.values())))
    return (*found, Alternate("x-default", routes.url(base_url, fallback)))


def robots(base_url: str) -> str:
    """Everything may be read; here is the map."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {base_url}{routes.SITEMAP}\n"


def sitemap(home: str, clusters: Sequence[tuple[Alternate, ...]]) -> str:
    """The sitemap of these clusters; `home` is the root's address where it belongs to this file, else ''."""
    entries = [
        _entry(alternate.url, cluster)
        for cluster in clusters
        for alternate in cluster
        if alternate.hreflang != "x-default"
    ]
    if home:
        entries.insert(0, _entry(home, clusters[0]))
    return f'{_HEAD}<urlset xmlns="{_NS}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{"".join(entries)}</urlset>\n'


def sitemap_index(base_url: str, names: Sequence[str]) -> str:
    """The index of several sitemaps."""
    items = "".join(f"<sitemap><loc>{escape(base_url + name)}</loc></sitemap>\n" for name in names)
    return f'{_HEAD}<sitemapindex xmlns="{_NS}">\n{items}</sitemapindex>\n'


_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _entry(url: str, cluster: tuple[Alternate, ...]) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{other.hreflang}" href="{escape(other.url)}"/>\n' for other in cluster
    )
    return f"<url>\n<loc>{escape(url)}</loc>\n{links}</url>\n"


def atom(title: str, subtitle: str, tag: str, address: str, home: str, changes: Sequence[Change]) -> str:
    """The changes as an Atom feed (RFC 4287), newest first. A day counts from its first second, UTC."""
    entries = "".join(
        f"<entry>\n<id>{escape(one.url)}</id>\n<title>{escape(one.title)}</title>\n"
        f"<updated>{one.day}T00:00:00Z</updated>\n"
        f'<link href="{escape(one.url)}"/>\n<summary>{escape(one.description)}</summary>\n</entry>\n'
        for one in changes
    )
    return (
        f'{_HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{tag}">\n'
        f"<id>{escape(home)}</id>\n<title>{escape(title)}</title>\n<subtitle>{escape(subtitle)}</subtitle>\n"
        f"<author><name>{escape(title)}</name></author>\n<updated>{changes[0].day}T00:00:00Z</updated>\n"
        f'<link rel="self" type="application/atom+xml" href="{escape(address)}"/>\n<link href="{escape(home)}"/>\n'
        f"{entries}</feed>\n"
    )


def llms(title: str, description: str, licence: str, heading: str, lists: Sequence[tuple[str, str, str]]) -> str:
    """llms.txt (llmstxt.org): the lists of terms as Markdown, by language name, address and title."""
    lines = "".join(f"- [{name}]({url}): {about}\n" for name, url, about in lists)
    return f"# {title}\n\n> {description}\n\n{licence}\n\n## {heading}\n\n{lines}"
