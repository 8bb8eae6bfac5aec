"""What `links` can find: every code with its weight, what it means and what to do. A page of the docs is made of it."""

from __future__ import annotations

from typing import NamedTuple

from deficiency_glossary.findings import Severity


class LinkRule(NamedTuple):
    """A code of a finding in a built site."""

    severity: Severity
    meaning: str
    remedy: str


def _error(meaning: str, remedy: str) -> LinkRule:
    return LinkRule("error", meaning, remedy)


LINK_RULES: dict[str, dict[str, LinkRule]] = {
    "Addresses on pages and in style sheets": {
        "bad-address": _error(
            "No address at all: no host, a misspelled scheme, a malformed mail address or telephone number.",
            "Mend the address.",
        ),
        "dead-fragment": _error("The page has no such id.", "Mend what follows `#`."),
        "dead-link": _error("The file is not in the site.", "Mend the address, or build what it leads to."),
        "empty-href": _error("A link, image or script has no address.", "Give it one, or take it away."),
        "local-path": _error(
            "A path on somebody's own machine: `file:`, `C:\\…`, `/Users/name/…`.", "Write the address on the web."
        ),
        "mixed-content": _error(
            "A page of an https site loads something over http. Browsers block it, or try https and may fail.",
            "Write https.",
        ),
        "no-slash": LinkRule(
            "info",
            "A folder without the slash at its end. Most hosts redirect, some answer that nothing is there.",
            "Add the slash.",
        ),
        "to-redirect": LinkRule(
            "info", "The page that the link leads to only sends readers on.", "Link where they arrive."
        ),
        "wrong-case": _error(
            "The file's name differs in capitals, or in how its accents are coded. Many hosts tell them apart.",
            "Write the name as the file has it.",
        ),
    },
    "Pages": {
        "bad-json-ld": _error("The structured data is not JSON.", "Mend it at this place."),
        "dead-canonical": _error("The canonical address is not in the site.", "Mend it."),
        "duplicate-canonical": _error(
            "The page has two canonical addresses. Search engines obey neither.", "Keep one."
        ),
        "duplicate-id": _error("An id stands more than once in a page.", "Rename one."),
        "redirect-loop": _error("Pages send the reader to each other and nowhere else.", "Cut the ring at one place."),
    },
    "Language alternates": {
        "bad-hreflang": _error("The language is no BCP 47 tag.", "Write one, such as `nb` or `pt-BR`."),
        "dead-hreflang": _error("The alternate is not in the site.", "Build that page, or drop the alternate."),
        "duplicate-hreflang": _error("A language stands more than once among the alternates.", "Keep one."),
        "hreflang-one-way": _error(
            "A page names another as its alternate, and that one does not name it back.", "Make both name each other."
        ),
        "hreflang-self": _error("The page is not among its own alternates.", "Add it."),
        "relative-hreflang": _error("The alternate is not an absolute address.", "Write the whole address."),
        "x-default-differs": _error(
            "Two alternates of each other do not agree on the page for all other languages (`x-default`).",
            "Write the same one on all of them.",
        ),
    },
    "Sitemaps, feeds and robots.txt": {
        "bad-feed": _error("The feed is not XML.", "Build it again."),
        "bad-sitemap": _error(
            "The sitemap is not XML, not gzip, or larger than the protocol allows.", "Build it again."
        ),
        "foreign-url": _error("The sitemap has an address outside the site.", "Build with the right base URL."),
    },
    "Addresses outside, with `--external`": {
        "bad-certificate": _error("The host's certificate is not valid.", "Tell its owner, or link elsewhere."),
        "dead-address": _error(
            "Nothing is there: the host does not exist or refuses, or it answers 404, 410 or another error.",
            "Mend the address, or link elsewhere.",
        ),
        "outside-fragment": LinkRule(
            "warning",
            "The page outside answers but has no such id. It may make its ids with a script.",
            "Mend what follows `#`, or leave it out.",
        ),
        "moved": LinkRule("info", "The address has moved for good (301, 308).", "Link the new address."),
        "private-address": _error(
            "The host is a private one, such as localhost. It was not asked; `--allow-private` asks it.",
            "Link something that readers can reach.",
        ),
        "redirects-on-and-on": _error(
            "The address redirects in a ring, or more often than `--max-redirects` allows.", "Link where it should end."
        ),
        "uncertain": LinkRule(
            "info",
            "The host would not tell: 401, 403, 429, 999, no answer in time, or the time for all was up. "
            "Never fails a build unless `--fail-on info` asks for it.",
            "Look for yourself.",
        ),
    },
}

SEVERITY: dict[str, Severity] = {code: rule.severity for rules in LINK_RULES.values() for code, rule in rules.items()}
REMEDY: dict[str, str] = {code: rule.remedy for rules in LINK_RULES.values() for code, rule in rules.items()}
