"""Whether a translation is still that of its source, and whether a person has read it."""

from __future__ import annotations

from collections.abc import Iterator

from deficiency_glossary.checks.passages import Edition
from deficiency_glossary.checks.rule import Spot, of_entry
from deficiency_glossary.library.status import states


@of_entry("stale", "warning")
def stale(edition: Edition) -> Iterator[Spot]:
    """The source text changed after this text was translated from it (`status/<locale>.tsv` tells).
    Do: Mend the translation, or run `status --accept` if it is still right.
    """
    if not edition.source:
        return
    ledger = edition.context.ledger(edition.locale)
    for field in states(edition.concept, edition.source.record, edition.record, ledger) if ledger else ():
        if field.state == "stale":
            where = tuple(field.field.split("/"))
            hint = f"mend it, or: status --locale {edition.locale} --accept {edition.concept} {field.field}"
            yield edition.read.at_key(where, f"the source of {field.field} changed since this was translated", hint)


@of_entry("unreviewed", "info", asked=True)
def unreviewed(edition: Edition) -> Iterator[Spot]:
    """No person has reviewed the entry. Looked for only with `--select unreviewed`, and no failure.
    Do: Have it read by somebody who knows the language and the subject, and write `reviewed:`.
    FAIL content/ja/house.yaml: method: machine
    PASS content/ja/house.yaml: reviewed: {by: Ann, date: 2026-11-21}
    """
    if edition.record.reviewed is None:
        yield Spot(
            edition.read.file.path, 0, 0, "nobody has reviewed this entry", "have it read, and write `reviewed:`"
        )
