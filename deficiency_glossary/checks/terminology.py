"""Does the text use the glossary's own words? Terms that the glossary says not to use."""

from __future__ import annotations

from collections.abc import Iterator

from deficiency_glossary.checks.context import Context
from deficiency_glossary.findings import Finding
from deficiency_glossary.text.terms import Matcher, TermForm


def deprecated_terms(context: Context) -> Iterator[Finding]:
    """Mentions of deprecated and superseded terms in prose."""
    matchers = {locale: _matcher(context, locale) for locale in context.locale_ids if locale in context.locales}
    preferred = {
        (locale, concept): term.text
        for locale, concept, entry in context.all_entries()
        for term in entry.record.terms
        if term.status == "preferred"
    }
    for prose in context.prose():
        if prose.locale not in matchers:
            continue
        for mention in matchers[prose.locale].find(prose.text, markdown=True):
            if mention.status in ("deprecated", "superseded"):
                better = preferred.get((prose.locale, mention.concept), "the preferred term")
                yield prose.finding(
                    "deprecated-term",
                    f"{prose.text[mention.start : mention.end]!r} is a {mention.status} term of {mention.concept!r}",
                    f"write {better!r}",
                    mention.start,
                    "warning",
                )


def _matcher(context: Context, locale: str) -> Matcher:
    terms = (
        TermForm(concept, term.text, term.status, term.shapes, term.soft_stem)
        for concept, entry in context.entries(locale).items()
        for term in entry.record.terms
    )
    return Matcher(terms, context.locales[locale].record.tag)
