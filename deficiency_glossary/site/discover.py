"""Files for crawlers: the sitemap with its language alternates, and robots.txt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from deficiency_glossary.render.pages import Alternate
from deficiency_glossary.site import routes

# The protocol's limit of URLs in one file (sitemaps.org).
MAX_URLS = 50_000


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
