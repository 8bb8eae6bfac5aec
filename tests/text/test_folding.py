"""Text made comparable."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deficiency_glossary.text.folding import choseong, fold, loose, romanize, spelled_out, typed_choseong


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
        ("Ǿ", "o"),
        ("Ǣ", "ae"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_folding_a_character_twice_changes_nothing_more() -> None:
    """All of Unicode: random texts hardly ever hold the few letters that are a table's and have a mark."""
    characters = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)
    assert [ascii(character) for character in characters if fold(fold(character)) != fold(character)] == []


HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1)


@given(HANGUL)
def test_hangul_survives(text: str) -> None:
    assert fold(text) == text
    assert fold(unicodedata.normalize("NFD", text)) == text


@given(HANGUL)
def test_hangul_has_an_initial_a_syllable_and_becomes_latin(text: str) -> None:
    assert len(choseong(text)) == len(text)
    assert typed_choseong(choseong(text)) == choseong(text)
    for by_letter in (False, True):
        latin = romanize(text, by_letter=by_letter)
        assert latin.isascii()
        assert latin.isalpha()
        assert len(text) <= len(latin) <= 7 * len(text)  # 뙓: ttwaek


@given(st.text(alphabet="あかがさざただなはばぱまやらわんゃゅょっーぁぃゔふてで"))
def test_kana_becomes_latin(text: str) -> None:
    assert romanize(text).isascii()
    assert len(romanize(text)) <= 3 * len(text)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz 1"))
def test_latin_is_latin_already(text: str) -> None:
    assert romanize(text) == text
    assert loose(loose(text)) == loose(text)
    assert len(loose(text)) <= len(text) + text.count("j")


@pytest.mark.parametrize(
    ("text", "spelled"), [("Boliglån", "boliglaan"), ("TAPSFØRING", "tapsfoering"), ("a\u030a", "aa"), ("pant", "pant")]
)
def test_spelled_out(text: str, spelled: str) -> None:
    assert spelled_out(text) == spelled


@pytest.mark.parametrize(
    ("text", "initials"), [("담보", "ㄷㅂ"), ("주택 담보", "ㅈㅌ ㄷㅂ"), ("까치 a", "ㄲㅊ "), ("", "")]
)
def test_choseong(text: str, initials: str) -> None:
    assert choseong(text) == initials


@pytest.mark.parametrize(
    ("query", "initials"),
    [
        ("ㄷㅂ", "ㄷㅂ"),
        (" ㄷ\u3000ㅂ\n", "ㄷㅂ"),
        ("ㄳ", "ㄱㅅ"),
        ("ㄱㄽㄷ", "ㄱㄹㅅㄷ"),
        ("담ㅂ", ""),
        ("", ""),
        ("ㅏ", ""),
    ],
)
def test_typed_choseong(query: str, initials: str) -> None:
    assert typed_choseong(query) == initials


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
        ("ヴァ", "va"),
        ("でゅー", "dyu"),
        ("ちゃーじおふ", "chajiofu"),
        ("담보 a 압류", "dambo a amnyu"),
    ],
)
def test_romanize(text: str, latin: str) -> None:
    assert romanize(text) == latin


# The examples of the Revised Romanization of Korean (2000) itself, sections 2 and 3.
OFFICIAL = """
구미 gumi, 영동 yeongdong, 백암 baegam, 옥천 okcheon, 합덕 hapdeok, 호법 hobeop, 월곶 wolgot, 벚꽃 beotkkot,
한밭 hanbat, 구리 guri, 설악 seorak, 칠곡 chilgok, 임실 imsil, 울릉 ulleung, 대관령 daegwallyeong, 백마 baengma,
종로 jongno, 왕십리 wangsimni, 별내 byeollae, 신라 silla, 해돋이 haedoji, 같이 gachi, 좋고 joko, 놓다 nota,
묵호 mukho, 집현전 jiphyeonjeon, 압구정 apgujeong
"""


@pytest.mark.parametrize(("text", "latin"), [pair.split() for pair in OFFICIAL.split(",")])
def test_romanize_as_the_rules_of_korean_show(text: str, latin: str) -> None:
    assert romanize(text) == latin


@pytest.mark.parametrize(("text", "latin"), [("압류", "apryu"), ("근로", "geunro"), ("부족액", "bujogaek")])
def test_romanize_by_letter(text: str, latin: str) -> None:
    assert romanize(text, by_letter=True) == latin


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tampo", "tanpo"),
        ("jutakuron", "juutakuroon"),
        ("zyutaku", "juutaku"),
        ("sinyo", "shinyou"),
        ("matcha", "maccha"),
        ("kintikuhu", "kinchikufu"),
        ("tyosa", "chousa"),
    ],
)
def test_spellings_of_one_sound_are_one(one: str, other: str) -> None:
    assert loose(one) == loose(other)


@pytest.mark.parametrize(("one", "other"), [("saiken", "saikin"), ("tanpo", "tonpo"), ("kasa", "kaza")])
def test_other_sounds_stay_apart(one: str, other: str) -> None:
    assert loose(one) != loose(other)
