"""What each part of an article becomes, and what is said of it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from articles_here import article, empty_glossary, imported, said

from deficiency_glossary.exchange.articles.amounts import amounts
from deficiency_glossary.exchange.articles.importing import import_articles
from deficiency_glossary.exchange.articles.links import Names, id_of
from deficiency_glossary.findings import Finding
from deficiency_glossary.library.store import Library
from deficiency_glossary.model import Concept, Entry


def drafted(folder: Path, text: str, locale: str = "tr") -> tuple[Entry, list[Finding]]:
    done = imported(folder, {f"{locale}/thing": text})
    record = Library(folder / "glossary").entry_file("thing", locale).record
    assert record is not None, done.findings
    return record, done.findings


# --- what is mended --------------------------------------------------------------------------------------------------

MENDED = [
    # what stands in the article, what stands in the draft, the code
    ("Bir , iki .", "Bir, iki.", "mended-space"),
    ("Bir ! İki ?", "Bir! İki?", "mended-space"),
    ("\u3000字です。", "字です。", "mended-space"),
    ("Bir [a](/x),. iki", "Bir [a](x), iki", "mended-comma"),
    ("Bir [a](/x),.", "Bir [a](x),", "mended-comma"),
    ("Bir [a] (/x) iki", "Bir [a](x) iki", "mended-link"),
    ("Bir [a]（/x） iki", "Bir [a](x) iki", "mended-link"),
    ("Bir.ï»¿İki", "Bir. İki", "mended-mojibake"),
    ("字。\ufeff字", "字。字", "mended-mojibake"),
    ("Birï»¿iki", "Biriki", "mended-mojibake"),
    ("Itâ€™s cafÃ© Â£5", "It’s café £5", "mended-mojibake"),
    ("終ã€‚", "終。", "mended-mojibake"),
    ("A\tb\x07c\u2028d", "A bc d", "mended-character"),
    (">Bir\n>iki", "> Bir\n> iki", "mended-quote"),
    ("＞ Bir", "> Bir", "mended-quote"),
    ("###Bir\n\nİki", "### Bir\n\nİki", "mended-heading"),
    ("＃＃＃ Bir\n\nİki", "### Bir\n\nİki", "mended-heading"),
    ("-Bir\n-İki", "- Bir\n- İki", "mended-list"),
    ("• Bir", "- Bir", "mended-list"),
    ("– Bir", "- Bir", "mended-list"),
]


@pytest.mark.parametrize(("typed", "meant", "code"), MENDED)
def test_traces_of_machines_are_mended_and_reported(typed: str, meant: str, code: str, tmp_path: Path) -> None:
    entry, found = drafted(tmp_path, article(f"Tanım.\n\n## Bölüm\n\n{typed}\n\nSon.\n"))
    assert entry.sections["part-1"].body == f"{meant}\n\nSon.\n"
    places = said(found, code)
    assert places
    assert all(line >= 10 for line, *_ in places)


LEFT_ALONE = [
    *("5.000 .5 ...", "Bir … iki", "#1 ve #2", "-5 % ve –5 %", "Bir - iki – üç", "MANHÃ” ÇÂ«x»", "“PÅ”"),
    *("> Bir\n>\n> iki", "* Bir\n+ İki", "1. Bir", "---", "Bir\n- iki\n-3", "Bir\n-iki", "```\n## Bir\n-iki\n```"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_may_be_meant_is_left_alone(text: str, tmp_path: Path) -> None:
    entry, found = drafted(tmp_path, article(f"Tanım.\n\n## Bölüm\n\n{text}\n\nSon.\n"))
    assert entry.sections["part-1"].body == f"{text}\n\nSon.\n"
    assert not [one for one in found if one.code.startswith("mended")]


def test_french_keeps_its_spaces(tmp_path: Path) -> None:
    path = tmp_path / "thing.md"
    path.write_text(article("Quoi ? Non ! Oui .\n"), encoding="utf-8")
    folder = empty_glossary(tmp_path / "glossary")
    import_articles([path], Library(folder), folder, locale="fr")
    assert Library(folder).entry_file("thing", "fr").require().definition == "Quoi ? Non ! Oui.\n"


def test_files_from_other_systems_are_read(tmp_path: Path) -> None:
    text = "\ufeff" + article("Tanım.\n\n## Bölüm\n\nBir.\n").replace("\n", "\r\n")
    entry, found = drafted(tmp_path, text)
    assert (entry.title, entry.sections["part-1"].body) == ("Thing", "Bir.\n")
    assert [message for *_, message in said(found, "mended-character")] == [
        "11 line ends were U+000D and are line feeds now",
        "the byte order mark “U+FEFF” at the beginning was deleted",
    ]


# --- structure -------------------------------------------------------------------------------------------------------


def test_what_stands_before_the_first_section_is_the_definition(tmp_path: Path) -> None:
    entry, _ = drafted(tmp_path, article("One.\n\nTwo.\n\n## Part\n\nThree.\n\n## Last\n\n- a\n\n- b\n"))
    assert entry.definition == "One.\n\nTwo.\n"
    assert entry.sections["part-1"].body == "Three.\n"
    assert dict(entry.highlights) == {"point-1": "a", "point-2": "b"}


def test_a_section_of_one_paragraph_stays_whole(tmp_path: Path) -> None:
    entry, _ = drafted(tmp_path, article("## Part\n\nOne.\n"))
    assert entry.definition == "A thing is a thing.\n"
    assert entry.sections["part-1"].body == "One.\n"


def test_questions_after_the_highlights_are_a_section(tmp_path: Path) -> None:
    body = "One.\n\n## High\n\n- a\n\n- b\n\n## Questions\n\n### Why?\n\nBecause.\n"
    entry, found = drafted(tmp_path, article(body))
    assert list(entry.highlights.values()) == ["a", "b"]
    assert entry.sections["part-1"].body == "### Why?\n\nBecause.\n"
    assert [message for *_, message in said(found, "not-in-draft")] == [
        "the heading “High” of the highlights: the site has its own"
    ]


DROPPED = [
    ("author: Me\n", "an entry has no place for “author: Me” of the front matter"),
    ("  - odd\n", "an entry has no place for “  - odd” of the front matter"),
]


@pytest.mark.parametrize(("line", "message"), DROPPED)
def test_what_no_draft_has_a_place_for_is_reported_in_full(line: str, message: str, tmp_path: Path) -> None:
    _, found = drafted(tmp_path, article("One.\n", front=line))
    assert (4, 1, "not-in-draft", message) in said(found, "not-in-draft")


def test_the_front_matter_names_the_concept(tmp_path: Path) -> None:
    done = imported(tmp_path, {"tr/x": article("One.\n", front="slug: some_thing\nkeywords: Real Estate,Tax\n")})
    assert sorted(done.written) == ["content/concepts/some-thing.yaml", "content/tr/some-thing.yaml"]
    concept = Library(tmp_path / "glossary").concept_file("some-thing").record
    assert concept == Concept(subject_fields=("real-estate", "tax"), aliases=("some_thing",))


def test_quoted_values_are_read(tmp_path: Path) -> None:
    text = '---\ntitle: \'It\'\'s: a "thing"\'\ndescription: "A \\"thing\\""\n---\n\nOne.\n'
    entry, _ = drafted(tmp_path, text)
    assert (entry.title, entry.description) == ('It\'s: a "thing"', 'A "thing"')


def test_an_article_without_front_matter_has_its_heading_and_first_sentence(tmp_path: Path) -> None:
    entry, found = drafted(tmp_path, "# Thing\n\nA thing is one. It is more.\n")
    assert (entry.title, entry.description) == ("Thing", "A thing is one.")
    assert said(found, "no-such-part")


def test_a_heading_that_says_another_title_is_reported(tmp_path: Path) -> None:
    _, found = drafted(tmp_path, article("One.\n").replace("# Thing", "# Other"))
    assert said(found, "not-in-draft")[0][3] == "the heading “Other” is another than the title “Thing”"


def test_lines_that_are_too_long_are_cut_and_the_rest_reported(tmp_path: Path) -> None:
    entry, found = drafted(tmp_path, article("One.\n", title="word " * 100 + "end"))
    assert len(entry.title) <= 400
    assert entry.title.endswith("…")
    assert "word end" in said(found, "not-in-draft")[0][3]


def test_a_link_in_a_heading_becomes_words(tmp_path: Path) -> None:
    entry, found = drafted(tmp_path, article("One.\n\n## Part [a](/x) b\n\nTwo.\n"))
    assert entry.sections["part-1"].heading == "Part a b"
    assert "“](/x)” was taken off" in said(found, "not-in-draft")[0][3]


# --- links -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "made"),
    [
        ("deed_in_lieu_of_foreclosure", "deed-in-lieu-of-foreclosure"),
        ("-nonregistered-account", "nonregistered-account"),
        ("3_6_3_rule", "3-6-3-rule"),
        ("Élan", "elan"),
        ("index", "index-term"),
        ("search", "search-term"),
        ("con", "con-term"),
        ("漢字", ""),
        ("x" * 99, "x" * 80),
    ],
)
def test_addresses_become_ids(slug: str, made: str) -> None:
    assert id_of(slug) == made


def test_two_addresses_never_become_one_id() -> None:
    names = Names(["charge-off"], {"chargeoff": "charge-off"}, ["a_b", "a-b", "a.b", "chargeoff", "charge_off"])
    assert [names.concept_of(slug) for slug in ("a-b", "a.b", "a_b")] == ["a-b", "a-b-2", "a-b-3"]
    assert names.concept_of("chargeoff") == "charge-off"


LOOKS = [
    # language, text, code, words of the message
    ("tr", "Bir [iki üç dört.](/x) Beş.", "link-swallows", "end of a sentence"),
    ("tr", "Bir [Apple Inc.](/x) şirketi.", "", ""),
    ("en", "See [the U.S.](/x) for it.", "", ""),
    ("tr", "Bir [iki üç dört beş altı yedi sekiz](/x).", "link-swallows", "more than a term"),
    ("ja", "これは[、字](/x)です。", "link-swallows", "punctuation"),
    ("ja", "これ[を字](/x)です。", "link-swallows", "particle"),
    ("ko", "이것은 [합니다](/x).", "link-swallows", "verb"),
    ("tr", "Bir [a](/x) [b](/y) iki.", "crossed-link", "touch"),
    ("tr", "Bir [a](/x) [b](/x) iki.", "", ""),
    ("tr", "Bir [Other](/x) iki.", "crossed-link", "names “other”"),
    ("tr", "Bir [Other](/other) iki.", "", ""),
    ("tr", "Bir [a](/../y) iki.", "link-nowhere", "“/../y”"),
    ("tr", "Bir [a](/nothing) iki.", "link-nowhere", "“nothing”"),
    ("tr", "Bir [collateral](/x-collateral) iki.", "", ""),
    ("tr", "Bir [short sales](/short_sale) iki.", "untranslated", "short sales"),
    ("tr", "Bir [iki](/x) the balance of the loan üç.", "untranslated", "the balance of the loan"),
    ("ja", "これはsecured loanです。", "untranslated", "secured loan"),
    ("ja", "これはInternal Revenue Serviceです。", "", ""),
    ("ko", "담보 를 판다.", "split-particle", "를"),
    ("ko", "이 담보를 판다.", "", ""),
    ("tr", ", bir iki.", "lost-beginning", "punctuation"),
    ("tr", "bir iki.", "lost-beginning", "small letter"),
    ("tr", "“Bir” iki.", "", ""),
    ("tr", "Bir iki iki üç.", "repeated-word", "iki iki"),
    ("tr", "Bir {iki} üç.", "literal-brace", "there are 2"),
    ("tr", "Bir\ufffd iki.", "lost-letter", "U+FFFD"),
    ("tr", "Bir.\n\n>\n", "lost-quote", "no quotation"),
    ("tr", "$1,000 ve $2.000.", "figure-styles", "“$1,000”, “$2.000”"),
    ("tr", "$1.000 ve $5.", "", ""),
    ("tr", "$1.000 - $400 = $500, yani $500.", "figures-disagree", "1,000 - 400 = 600"),
    ("tr", "$1.000 - $400 = $6.000, yani $6.000.", "figures-disagree", "1,000 - 400 = 600"),
    ("tr", "$1.000 - $400 = $600.", "", ""),
    ("tr", "$1.000, $400, $50 ve $50.", "", ""),
]
LOOK_CODES = {row[2] for row in LOOKS} - {"", "link-nowhere"}
KNOWN = ("other", "x", "y", "short_sale", "x-collateral")


@pytest.mark.parametrize(("locale", "text", "code", "words"), LOOKS)
def test_what_a_person_must_look_at(locale: str, text: str, code: str, words: str, tmp_path: Path) -> None:
    others = {f"{locale}/{name}": article("Thing.\n", title=name.title()) for name in KNOWN}
    done = imported(tmp_path, {**others, f"{locale}/thing": article(f"Thing.\n\n## Part\n\n{text}\n")})
    found = [one for one in done.findings if one.path.endswith("/thing.md")]
    wanted = {code} - {""}
    assert {one.code for one in found if one.code in LOOK_CODES | wanted} == wanted, found
    assert all(one.severity == "warning" for one in found if one.code in wanted)
    assert not wanted or any(words in one.message for one in found if one.code == code)


# --- amounts ---------------------------------------------------------------------------------------------------------

AMOUNTS = [
    ("en", "$250,000, $5 and $2.5 million", ["250000 USD", "5 USD", "2500000 USD"]),
    ("en", "US$ 300, USD 1,000.50, 1040 shares in 2019", ["300 USD", "1000.50 USD", "1040"]),
    ("en", "5.25% of 401(k), 4.125%", ["0.0525 %", "0.04125 %"]),
    ("ms", "RM5.000 dan 2 juta dolar", ["5000 MYR", "2000000 USD"]),
    ("tr", "250.000$'lık, 50.000 $, 8.500 dolara, %5,5", ["250000 USD", "50000 USD", "8500 USD", "0.055 %"]),
    ("ko", "$1,500이고 25만 달러를 1억원", ["1500 USD", "250000 USD", "100000000 KRW"]),
    ("ja", "高が250,000ドルの、25万ドル、500円", ["250000 USD", "250000 USD", "500 JPY"]),
    ("no", "$250 000, $10.000, 1 000 000 kroner", ["250000 USD", "10000 USD", "1000000 NOK"]),
    ("ar", "100،000 دولار و 5٪", ["100000 USD", "0.05 %"]),
    ("en", "10-K, A1000, 3.14, 12 people", []),
]


@pytest.mark.parametrize(("language", "text", "expected"), AMOUNTS)
def test_amounts_are_read_as_the_numbers_that_they_are(language: str, text: str, expected: list[str]) -> None:
    signs = {"percent": "%", "number": ""}
    found = [f"{one.value:f} {one.currency or signs[one.kind]}".strip() for one in amounts(text, language)]
    assert found == expected


def concept_of(folder: Path, texts: dict[str, str]) -> tuple[Concept, list[Finding]]:
    done = imported(
        folder, {f"{locale}/thing": article(f"Thing.\n\n## Part\n\n{text}\n") for locale, text in texts.items()}
    )
    record = Library(folder / "glossary").concept_file("thing").record
    assert record is not None
    return record, done.findings


STORIES = [
    ("A owes $1,000, sells for $400, so $600 is left.", {"amount_3": "amount_1 - amount_2"}, 2),
    ("From $400 to $1,000 is $600.", {"amount_3": "amount_2 - amount_1"}, 2),
    ("It is $400 and $600, $1,000 in all.", {"amount_3": "amount_1 + amount_2"}, 2),
    ("At 5% of $2,000 that is $100, and again $100.", {"amount_3": "share_1 * amount_2"}, 2),
    ("It is $400, $700 and then $400.", {}, 2),
]


@pytest.mark.parametrize(("text", "results", "figures"), STORIES)
def test_amounts_that_recur_or_follow_become_figures(
    text: str, results: dict[str, str], figures: int, tmp_path: Path
) -> None:
    concept, _ = concept_of(tmp_path, {"en": text})
    (example,) = concept.examples.values()
    assert (example.results, len(example.figures)) == (results, figures)
    assert example.currency == "USD"
    assert example.kinds == ({"share_1": "percent"} if "%" in text else {})


@pytest.mark.parametrize(
    "text", ["It is $400 and $700.", "It is $400, €400 and $400.", "In 2019, 5 of 5.", "$5 and $5."]
)
def test_amounts_that_tell_no_story_stay_as_typed(text: str, tmp_path: Path) -> None:
    concept, _ = concept_of(tmp_path, {"en": text})
    assert concept.examples == {}
    assert Library(tmp_path / "glossary").entry_file("thing", "en").require().sections["part-1"].body == f"{text}\n"


def test_percentages_are_shares(tmp_path: Path) -> None:
    concept, _ = concept_of(tmp_path, {"en": "At 5% of $2,000 that is $100, and again $100."})
    assert concept.examples["example-1"].figures == {"share_1": Decimal("0.05"), "amount_2": Decimal(2000)}


def test_names_are_the_same_whatever_the_order_of_words(tmp_path: Path) -> None:
    texts = {"en": "$1,000 - $400 = $600. $600.", "ja": "$400を$1,000から引くと$600、$600。"}
    concept_of(tmp_path, texts)
    body = Library(tmp_path / "glossary").entry_file("thing", "ja").require().examples["example-1"].text
    assert body == "{amount_2}を{amount_1}から引くと{amount_3}、{amount_3}。\n"


def test_amounts_that_differ_between_languages_are_reported(tmp_path: Path) -> None:
    texts = {
        "en": "$1,000 - $400 = $600. $600.",
        "ms": "$1,000 - $400 = $600. $600.",
        "ja": "$1,000、$450、$600、$600。",
    }
    _, found = concept_of(tmp_path, texts)
    assert [(Path(one.path).parts[-2], one.message) for one in found if one.code == "figures-differ"] == [
        ("ja", "USD 400 stands 1× more often in en, ms than here"),
        ("ja", "“$450” stands 1× more often than in en, ms"),
    ]


# --- languages beside each other -------------------------------------------------------------------------------------

COMPARED = [
    ("One. Two.", "Bir.", "lost-sentence"),
    ("> One.", "Bir.", "lost-quote"),
    ("One.\n\nTwo.", "Bir.", "other-structure"),
    ("One [x](/x), [y](/y).", "Bir [iki](/y), [üç](/x).", "crossed-link"),
    ("One [x](/x).", "Bir.", "misplaced-link"),
    ("One and some more words [x](/x).", "[İki](/x) bir.", "lost-beginning"),
    ("A paragraph that nobody translated.", "A paragraph that nobody translated.", "untranslated"),
]


@pytest.mark.parametrize(("usual", "other", "code"), COMPARED)
def test_what_one_language_lacks_is_reported_there(usual: str, other: str, code: str, tmp_path: Path) -> None:
    bodies = {"en": usual, "ms": usual.replace("nobody", "no one"), "no": usual.replace("nobody", "none"), "tr": other}
    texts = {f"{locale}/thing": article(f"Thing.\n\n## Part\n\n{text}\n\nThing.\n") for locale, text in bodies.items()}
    done = imported(tmp_path, texts)
    assert {Path(one.path).parts[-2] for one in done.findings if one.code == code} == {"tr"}
