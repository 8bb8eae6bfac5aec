"""Where each page stands: files in the site, addresses on the web, and ways between them."""

from __future__ import annotations

from urllib.parse import urlsplit

ASSETS = "assets/"
PAGEFIND = "pagefind/"
HOME = "index.html"
NOT_FOUND = "404.html"
ROBOTS = "robots.txt"
SITEMAP = "sitemap.xml"
LLMS = "llms.txt"


def entry(locale: str, concept: str) -> str:
    """The file of an entry (or of an old address of one)."""
    return f"{locale}/{concept}/index.html"


def entry_markdown(locale: str, concept: str) -> str:
    """The file of an entry in the Markdown output."""
    return f"{locale}/{concept}.md"


def index(locale: str) -> str:
    """The file of a locale's index."""
    return f"{locale}/index.html"


def entry_json(locale: str, concept: str) -> str:
    """The file of an entry as data."""
    return f"{locale}/{concept}.json"


def page(locale: str, name: str) -> str:
    """The file of a page that is no entry: `about`, `subjects/<field>`."""
    return f"{locale}/{name}/index.html"


def amounts(locale: str) -> str:
    """How a locale writes amounts, for scripts."""
    return f"{locale}/amounts.json"


def search(locale: str) -> str:
    """The folder of a locale's search page, which holds its index of terms too."""
    return f"{locale}/search/"


def feed(locale: str) -> str:
    """The Atom feed of a locale."""
    return f"{locale}/feed.xml"


def not_found(locale: str) -> str:
    """What a host that looks in the folder shows for a missing page."""
    return f"{locale}/404.html"


def index_markdown(locale: str) -> str:
    """The file of a locale's index in the Markdown output."""
    return f"{locale}/index.md"


def index_hugo(locale: str) -> str:
    """The index of a folder of Markdown, as Hugo calls it. Docusaurus passes over names that begin with `_`."""
    return f"{locale}/_index.md"


def index_folder(locale: str) -> str:
    """The same as MkDocs, Docusaurus and the hosts of repositories call it; to Hugo, `index.md` is something else."""
    return f"{locale}/README.md"


def url(base_url: str, path: str) -> str:
    """The public address of a file: index.html is the folder itself."""
    return base_url + path.removesuffix("index.html")


def root_of(path: str) -> str:
    """From a file's folder back to the root of the site: `../../`, or `./` in the root itself."""
    return "../" * path.count("/") or "./"


def base_path(base_url: str) -> str:
    """The path of the site on its host, for pages that are shown at any depth (404)."""
    return urlsplit(base_url).path or "/"
