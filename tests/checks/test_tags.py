"""Our tokenizer sees what a parser of the HTML standard sees, and no page can make it slow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from deficiency_glossary.checks.html import attributes_at, decode, place, tags, unescape

WATCHED = ("href", "src", "id", "title")


def ours(text: str) -> set[tuple[str, str, str]]:
    found = set()
    for name, attributes, _, _ in tags(text):
        given: dict[str, str] = {}
        for attribute, raw, _ in attributes:
            given.setdefault(attribute, unescape(raw))
        found |= {(name, attribute, value) for attribute, value in given.items() if attribute in WATCHED}
    return found


def theirs(text: str) -> set[tuple[str, str, str]]:
    tree = LexborHTMLParser(text.encode())
    return {
        (str(node.tag), name, value or "")
        for node in tree.css(",".join(f"[{name}]" for name in WATCHED))
        for name, value in node.attributes.items()
        if name in WATCHED
    }


TEXTS = st.text(st.sampled_from("abc &;<=>\"'/-!?한\t\n"), max_size=6)
SAFE = st.text(st.sampled_from("abc&;<=/-!?#한 "), max_size=6)
NAMES = st.sampled_from([*WATCHED, "HREF", "class", "x<y", "data-href", "'odd"])
GAPS = st.sampled_from([" ", "\n", "\t ", "/", " / "])


@st.composite
def attribute(draw: st.DrawFn) -> str:
    name, gap = draw(NAMES), draw(st.sampled_from(["", " ", "\n"]))
    kind = draw(st.sampled_from(["bare", "double", "single", "unquoted"]))
    if kind == "bare":
        return name
    if kind == "unquoted":
        return f"{name}{gap}={gap}{draw(st.text(st.sampled_from('abc&;/-!?#한<='), min_size=1, max_size=6))}"
    value, quote = draw(SAFE), '"' if kind == "double" else "'"
    return f"{name}{gap}={gap}{quote}{value}{quote}"


@st.composite
def element(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(["a", "A", "img", "p", "div", "span", "script", "style", "textarea", "x-y"]))
    parts = "".join(draw(GAPS) + one for one in draw(st.lists(attribute(), max_size=3)))
    content = draw(st.sampled_from(["", '<a href="inside">', "<!--", "a < b"]))
    return f"<{name}{parts}{draw(st.sampled_from(['', ' ', '/', ' /']))}>{content}</{name}>"


COMMENTS = st.sampled_from(
    [
        "<!-- <a href=x> -->",
        "<!-->",
        "<!--->",
        "<!-- -- > --!>",
        "<!x <a href=y>",
        "<?x <a href=z>",
        "</ <a href=w>",
        "<>",
    ]
)
PAGES = st.lists(st.one_of(element(), COMMENTS, TEXTS.map(lambda text: text.replace("<", ""))), max_size=8).map("".join)


@given(PAGES)
def test_attributes_are_those_that_a_parser_sees(page: str) -> None:
    assert ours(page) == theirs(page)


@given(st.lists(st.one_of(element(), TEXTS), max_size=6).map("".join))
def test_every_attribute_stands_where_it_says(page: str) -> None:
    for _, attributes, content, start in tags(page):
        assert page[start : start + len(content)] == content
        for name, raw, offset in attributes:
            assert page[offset : offset + len(raw)] == raw
            assert name in page.lower()


@pytest.mark.parametrize(
    "piece",
    [
        '<a b="',
        "<a b='x' ",
        "<a ",
        "<!--",
        "<script>",
        "<script ",
        "<title><",
        "<a b=",
        "</template ",
        "<!",
        "<a href=\"'",
        "&#",
    ],
)
def test_unfinished_pages_end_somewhere(piece: str) -> None:
    """Linear work: a quadratic one would take minutes here."""
    page = piece * 100_000
    assert len(list(tags(page))) <= 100_000
    assert len(list(tags(f'<a href="x">{page}'))) >= 1


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("a&amp;b", "a&b"),
        ("?a=1&copy=2", "?a=1&copy=2"),
        ("&copy", "©"),
        ("&copy;=2", "©=2"),
        ("&copying", "&copying"),
        ("&#x41;&#66&#0;", "AB\ufffd"),
        ("&nonsense; & &", "&nonsense; & &"),
        ("&eacute;&Eacute", "éÉ"),
    ],
)
def test_references_are_decoded_as_in_attributes(raw: str, value: str) -> None:
    assert unescape(raw) == value
    assert theirs(f'<p title="{raw}">') == {("p", "title", value)}


def encodings() -> Iterator[tuple[bytes, str]]:
    yield "ü".encode(), "ü"
    yield b"\xef\xbb\xbf" + "ü".encode(), "ü"
    yield "ü".encode("utf-16"), "ü"
    yield b'<meta charset="latin1">\xfc', '<meta charset="latin1">ü'
    yield (
        b'<META http-equiv="x" content="text/html; charset=EUC-KR">\xb0\xa1',
        ('<META http-equiv="x" content="text/html; charset=EUC-KR">가'),
    )
    yield b'<meta charset="no-such-code">\xfc', '<meta charset="no-such-code">\ufffd'
    yield b"\xfc", "\ufffd"


@pytest.mark.parametrize(("data", "text"), list(encodings()))
def test_pages_are_read_in_the_encoding_that_they_have(data: bytes, text: str) -> None:
    assert decode(data) == text


def test_places_count_from_one_and_columns_in_code_points() -> None:
    text = "a\r\n\t한😀x"
    assert [place(text, text.index(sign)) for sign in "a한x"] == [(1, 1), (2, 2), (2, 4)]


def test_attributes_of_a_tag_at_an_offset() -> None:
    assert attributes_at('x <a b="c>d" e>', 2) == [("b", "c>d", 8), ("e", "", 14)]
    assert attributes_at("no tag", 0) == []
