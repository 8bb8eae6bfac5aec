"""The ledger of translations: what became of a field when its source, its text or its review changed."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deficiency_glossary.library import history, status
from deficiency_glossary.library.status import Record
from deficiency_glossary.model import Entry, Review, Section, Term

DAY = datetime.date(2026, 1, 2)


def entry(body: str = "The body.", *, review: str | None = None, day: datetime.date = DAY, **fields: str) -> Entry:
    return Entry(
        terms=(Term(text="x", status="preferred"),),
        title=fields.get("title", "Title"),
        description="A description.",
        definition="A definition.",
        sections={"how": Section(heading="How", body=body)},
        reviewed=Review(by=review, date=day) if review else None,
    )


def state(source: Entry, target: Entry | None, ledger: status.Ledger, field: str = "sections/how/body") -> str:
    return next(one.state for one in status.states("loan", source, target, ledger) if one.field == field)


def noted(source: Entry, target: Entry, ledger: status.Ledger = {}) -> dict[status.Key, Record]:  # noqa: B006
    return {**ledger, **status.noted("loan", source, target, ledger)}


def test_the_life_of_a_field() -> None:
    source, target = entry(), entry("Badan.")
    assert state(source, None, {}) == "missing"
    assert state(source, target, {}) == "draft"
    ledger = noted(source, target)
    assert state(source, target, ledger) == "translated"
    changed = entry("Another body.")
    assert state(changed, target, ledger) == "stale"
    assert state(changed, target, ledger, "title") == "translated"
    # A translator changes the text: it belongs to the source of today, once that is noted down.
    mended = entry("Badan lain.")
    assert state(changed, mended, ledger) == "draft"
    assert state(changed, mended, noted(changed, mended, ledger)) == "translated"
    # Noting down again does not make an untouched text fresh.
    assert state(changed, target, noted(changed, target, ledger)) == "stale"


def test_somebody_says_that_an_unchanged_text_is_still_right() -> None:
    source, target, changed = entry(), entry("Badan."), entry("The body, better.")
    ledger = noted(source, target)
    ledger |= status.accepted("loan", changed, target, ["sections/how/body"], "Siti", DAY)
    assert state(changed, target, ledger) == "translated"
    record = ledger["loan", "sections/how/body"]
    assert (record.how, record.by, record.day) == ("accepted", "Siti", "2026-01-02")
    assert noted(changed, target, ledger) == ledger


def test_a_review_counts_for_the_text_that_was_reviewed() -> None:
    source, target = entry(), entry("Badan.")
    ledger = noted(source, target)
    reviewed = entry("Badan.", review="Siti")
    ledger = noted(source, reviewed, ledger)
    assert state(source, reviewed, ledger) == "reviewed"
    changed = entry("Badan lain.", review="Siti")
    assert state(source, changed, ledger) == "draft"
    ledger = noted(source, changed, ledger)
    assert state(source, changed, ledger) == "translated"
    assert state(source, changed, ledger, "title") == "reviewed"
    # Noting down once more does not bring the review back; a new review does.
    assert noted(source, changed, ledger) == ledger
    again = entry("Badan lain.", review="Siti", day=datetime.date(2026, 2, 3))
    assert state(source, again, noted(source, again, ledger)) == "reviewed"


@pytest.mark.parametrize(("one", "other"), [("a  b\n", "a b"), ("e\u0301", "\u00e9"), ("\u3000語 ", "語")])
def test_white_space_and_the_form_of_accents_do_not_count(one: str, other: str) -> None:
    assert status.fingerprint(one) == status.fingerprint(other)


IDS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
PRINTS = st.from_regex(r"[0-9a-f]{16}", fullmatch=True)
NAMES = st.text(st.characters(categories=["L", "Zs", "P"]), max_size=20).map(str.strip).filter(lambda name: name != "-")
RECORDS = st.builds(
    Record,
    PRINTS,
    PRINTS,
    st.sampled_from(["translated", "accepted", "reviewed"]),
    NAMES,
    st.sampled_from(["", "2026-01-02"]),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.tuples(IDS, IDS.map(lambda name: f"notes/{name}")), RECORDS, max_size=8))
def test_what_was_written_is_read(ledger: dict[status.Key, Record]) -> None:
    text = status.write_ledger(ledger)
    assert status.read_ledger(text, "status/ms.tsv") == ledger
    assert not any(line.endswith(("\t", " ")) for line in text.splitlines())


@pytest.mark.parametrize("line", ["<<<<<<< HEAD", "loan\ttitle", "loan\ttitle\tx\ty\ttranslated\t-\t-"])
def test_a_line_that_is_no_record_is_refused_with_its_place(line: str) -> None:
    with pytest.raises(status.BadLedger, match=r"status/ms\.tsv:2:1: "):
        status.read_ledger(f"{status.HEADER}\n{line}\n", "status/ms.tsv")


@settings(deadline=None)
@given(st.text("ab. ", max_size=30), st.text("ab. ", max_size=30))
def test_a_word_diff_holds_both_texts(before: str, after: str) -> None:
    import re

    shown = history.word_diff(before, after)
    assert re.sub(r"\[-(.*?)-\]|\{\+(.*?)\+\}", lambda m: m[1] or "", shown) == before
    assert re.sub(r"\[-(.*?)-\]|\{\+(.*?)\+\}", lambda m: m[2] or "", shown) == after
