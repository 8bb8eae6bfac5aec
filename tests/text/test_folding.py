"""Text made comparable."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deficiency_glossary.text.folding import choseong, fold, is_choseong, romanize


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("İPOTEK", "ipotek"),
        ("ipotek", "ipotek"),
        ("IPOTEK", "ipotek"),
        ("alacaklı", "alacakli"),
        ("Açığı", "acigi"),
        ("Boliglån", "boliglan"),
        ("Ærlig søker", "aerlig soker"),
        ("ショートセール", "しょーとせーる"),
        ("ｼｮｰﾄ", "しょーと"),
        ("ＡＢＣ　１", "abc 1"),
        ("담보 대출", "담보 대출"),
        ("deed-in-lieu", "deed in lieu"),
        ("  a  ", "a"),
        ("Straße", "strasse"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "initials"), [("담보", "ㄷㅂ"), ("주택 담보", "ㅈㅌ ㄷㅂ"), ("까치 a", "ㄲㅊ "), ("", "")]
)
def test_choseong(text: str, initials: str) -> None:
    assert choseong(text) == initials


@pytest.mark.parametrize(
    ("query", "verdict"), [("ㄷㅂ", True), ("ㄷ ㅂ", True), ("담ㅂ", False), ("", False), ("ㅏ", False)]
)
def test_is_choseong(query: str, verdict: bool) -> None:
    assert is_choseong(query) is verdict


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("たんぽ", "tanpo"),
        ("じゅうたく", "juutaku"),
        ("しっこう", "shikkou"),
        ("まっちゃ", "maccha"),
        ("담보", "dambo"),
        ("부족액", "bujogaek"),
        ("ろーん", "ron"),
        ("abc", "abc"),
        ("きっ", "ki"),
    ],
)
def test_romanize(text: str, latin: str) -> None:
    assert romanize(text) == latin
