"""The theme's files and pages. Its templates are looked at by a build, which can run them."""

from __future__ import annotations

from collections.abc import Iterator

from deficiency_glossary.checks.context import Context
from deficiency_glossary.errors import did_you_mean, nearest
from deficiency_glossary.findings import Finding
from deficiency_glossary.library.theme import ThemePage, page_path, read
from deficiency_glossary.text import markup


def theme(context: Context) -> Iterator[Finding]:
    """Files in wrong places, pages that cannot stand, and their links to concepts that are not there."""
    found, findings = read(context.library)
    yield from findings
    # A page with an error of its own is there all the same.
    paths = {*(page.path for page in found.pages), *(finding.path for finding in findings)}
    for page in found.pages:
        if page.name in context.concept_ids or page.name in context.library.aliases:
            message = f"{page.name!r} is the address of a concept"
            yield Finding(path=page.path, code="theme-page", message=message, hint="rename the file")
        yield from _dead_links(page, context.library.concepts_in(page.locale), paths)


def _dead_links(page: ThemePage, concepts: frozenset[str], paths: set[str]) -> Iterator[Finding]:
    for link in markup.links(page.body):
        there = link.concept in concepts or page_path(page.locale, link.concept) in paths
        if link.is_internal and not there:
            before = page.body[: link.start]
            close = did_you_mean(nearest(link.concept, concepts, 2))
            yield Finding(
                path=page.path,
                line=page.line + before.count("\n"),
                column=len(before) - before.rfind("\n"),
                code="dead-link",
                message=f"there is no concept or page {link.concept!r} in {page.locale!r}{close}",
                hint="mend the link",
            )
