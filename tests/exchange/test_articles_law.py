"""Nothing is dropped silently: every character of an article is in its draft or in the report, or is markup."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from articles_here import FIVE, LOCALES, SETTINGS, empty_glossary
from hypothesis import example, given, settings
from hypothesis import strategies as st

from deficiency_glossary.exchange.articles import drafts, mending, reading
from deficiency_glossary.exchange.articles.importing import import_articles
from deficiency_glossary.exchange.articles.report import Notes, Span
from deficiency_glossary.library.store import Library, decode
from deficiency_glossary.model import Concept, Entry

# Signs that are markup or white space; all others count.
MARKUP = set("#＃>＞-–—•‣●・－*+ \t\n\r\u00a0\u3000:：'\"\\/[]()（）.,")


def characters(text: str) -> Counter[str]:
    return Counter(char for char in unicodedata.normalize("NFC", text) if char not in MARKUP and char.isprintable())


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+|\d+", text))


def values_in(tree: Any) -> str:
    if isinstance(tree, dict):
        return " ".join(f"{values_in(value)}" for value in tree.values())
    if isinstance(tree, list):
        return " ".join(map(values_in, tree))
    return str(tree)


def shown(folder: Path, text: str, locale: str = "tr", library: Library | None = None) -> tuple[str, str, int]:
    """What the draft holds, what the report says, and how many findings say that no place was found."""
    if library is None:
        (folder / "glossary.yaml").write_text(SETTINGS, encoding="utf-8")
        library = Library(folder)
    path = folder / "thing.md"
    path.write_bytes(text.encode("utf-8"))
    done = import_articles([path], library, folder / "out", locale=locale, force=True)
    report = " ".join(one.message for one in done.findings)
    if any(one.code == "not-an-article" for one in done.findings):
        assert not done.written
        return text, report, 0  # the file as a whole is reported
    made, concept = (folder / "out" / path for path in done.written)
    read = decode(made.read_bytes(), f"content/{locale}/{made.name}", Entry)
    assert {one.code for one in read.findings} <= {"no-reading"}
    assert read.record is not None
    assert read.root is not None
    assert decode(concept.read_bytes(), f"content/concepts/{concept.name}", Concept).findings == ()
    concept.unlink()
    return values_in(read.root.plain()), report, report.count("no place was found")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_word_of_the_five_articles_is_in_the_draft_or_in_the_report(locale: str, tmp_path: Path) -> None:
    text = (FIVE / locale / "deficiency-balance.md").read_text(encoding="utf-8")
    draft, report, homeless = shown(tmp_path, text, locale)
    assert homeless == 0
    if locale != "ja":  # no spaces: amounts stand within words
        assert not words(text) - words(f"{draft} {report} title description keywords")
    assert not characters(text) - characters(f"{draft} {report} title description keywords")


# --- articles as no one would write them -----------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *("# Title", "## Part", "##Part", "＃＃ Part", "### Sub", "#1 of 2", "##", "# Second"),
        *("- item", "-item", "– item", "•item", "- ", "-", "1. one", "-5 %", "---", "* * *", "- a\n- b\n– c"),
        *("> quote", ">quote", ">", ">>", "＞ x", "> a\n>\n> b", "> a\n>"),
        *(
            "[t](/some_slug)",
            "[t](/x),. y",
            "[a b](/c) [d](/e)",
            "[t] (/x)",
            "[t](/../x)",
            "[](/x)",
            "[t](https://x.io/)",
        ),
        *("$1,000 minus $400 is $600, so $600.", "250.000$'lık", "5% of $200 is $10. $10 again.", "10 000 $", "1040"),
        *(
            "Word word , x .",
            "baki baki",
            "ï»¿",
            "â€™",
            "Ã©",
            "x\ufeffy",
            "a\u2028b",
            "\ufffd",
            "\x07",
            "\ue000",
            "\t\tx",
        ),
        *("title: x", "description: 'it''s'", 'title: "a \\"b\\""', "keywords: A b, 漢字", "slug: /x_y", "author: Me"),
        *(
            "```\n## no\n```",
            "|a|b|\n|-|-|",
            "<span>x</span>",
            "{name}",
            "`{x}`",
            "![i](/p.png)",
            "\u3000字",
            "字。字",
            "a",
        ),
        *("## [t](/x) head", "## " + "long " * 90, "word " * 120),
    ]
)
GAPS = st.sampled_from(["\n", "\n\n", "\n\n\n", " ", "\r\n"])
BODIES = st.lists(st.tuples(PIECES, GAPS), max_size=14).map(lambda parts: "".join(map("".join, parts)))
FRONTS = st.lists(PIECES, max_size=4).map(lambda lines: "---\n" + "\n".join(lines) + "\n---\n")


@pytest.fixture(scope="module")
def glossary(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Library]:
    folder = empty_glossary(tmp_path_factory.mktemp("law") / "glossary")
    return folder, Library(folder)


@settings(max_examples=150, deadline=None)
@given(st.one_of(FRONTS, st.just("")), BODIES, st.sampled_from(["tr", "ja", "en"]))
@example("---\ntitle: A\n---\n", "## Part\n\n$1,000 - $400 = $600. $600.\n\n## Last\n\n- a\n", "en")
@example("", "\ufeff# T\n\n", "ja")
@example("", "## Part\n\n## Part\n\n- x", "ja")
def test_every_word_of_any_article_is_in_the_draft_or_in_the_report(
    glossary: tuple[Path, Library], front: str, body: str, locale: str
) -> None:
    text = front + body
    draft, report, homeless = shown(glossary[0], text, locale, glossary[1])
    assert homeless == 0
    seen = f"{draft} {report} title description keywords slug"
    assert not words(mended(text)) - words(mended(seen)), (draft, report)


def mended(text: str) -> str:
    """Without the signs that are deleted within words, and without the numbers that the report shows for them."""
    return re.sub(
        "[\ufeff\ufffd\ue000\x07]|U\\+(?:FEFF|FFFD|E000|0007)", "", re.sub(r"U\+(?:2028|0009|000D)", " ", text)
    )


# --- the net below ---------------------------------------------------------------------------------------------------


def test_text_that_has_no_place_is_seen() -> None:
    notes = Notes("x.md", "# T\n\nfirst\n\n## Part\n\nsecond\n")
    article = reading.parse(notes, "en", "x", "x")
    draft = drafts.entry_draft(article, drafts.Ids(), {}, "Amount")
    assert drafts.unaccounted(article, draft) == []
    draft.claims = [(where, span) for where, span in draft.claims if where != ("definition",)]
    assert [article.of(span).strip() for span in drafts.unaccounted(article, draft)] == ["first"]


def test_text_that_has_no_place_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "unaccounted", lambda article, _: [Span(2, 3)])
    _, report, homeless = shown(tmp_path, "# T\n\nfirst\n")
    assert homeless == 1
    assert "no place was found for “T”" in report


def test_edits_do_not_overlap_and_the_first_one_stays() -> None:
    notes = Notes("x.md", "abcdef")
    assert notes.finding("x", 1, "one", edit=(3, "X"))
    assert not notes.finding("x", 2, "two", edit=(4, "Y"))
    assert not notes.edit(1, 1, "before")
    assert notes.edit(3, 3, "+")
    assert notes.edited(Span(0, 6)) == "aX+def"
    assert [one.message for one in notes.findings] == ["one"]


def test_line_ends_are_counted() -> None:
    assert mending.normalized("a\r\nb\rc\n") == ("a\nb\nc\n", 2)
