"""Korean particles: which of two shapes follows a text depends on the last sound of how the text is read.

Source: Standard Korean grammar (표준국어문법론) on the allomorphs of particles; the readings of numbers, letters and
units as 표준국어대사전 has them. A text that can be read in two ways, or in none, keeps the notation with both shapes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from deficiency_glossary.text.grammar.reading import (
    AFTER_VALUE,
    WINDOW,
    Amount,
    Notation,
    amount_at_end,
    by_code,
    last_digits,
    said,
    split_closers,
)
from deficiency_glossary.text.markup import ENDING_TEXT, VALUE_END, VALUE_START, ending, without_marks

_NOTHING: Final = 0
_RIEUL: Final = 8


class Particle(NamedTuple):
    """The shape after a final consonant and the shape after a vowel."""

    closed: str
    open: str

    @property
    def tolerant(self) -> str:
        """Both at once, as Koreans write it: `을(를)`, `(으)로`, `(이)라`."""
        extra = self.closed.removesuffix(self.open)
        return f"({extra}){self.open}" if extra != self.closed else f"{self.closed}({self.open})"

    def after(self, final: int) -> str:
        """The shape after a syllable with this final consonant (0 for none, else its number in Unicode's order)."""
        # Only 으로 takes the open shape after ㄹ too: 서울로.
        is_open = final == _NOTHING or (final == _RIEUL and self.closed.startswith("으로"))
        return self.open if is_open else self.closed


_PLAIN: Final = tuple(Particle(*pair) for pair in ("을를", "은는", "이가", "과와"))
_DIRECTION: Final = tuple(Particle("으" + tail, tail) for tail in ("로", "로서", "로써", "로부터"))
# What the copula 이- loses its vowel before, and the particles made from it.
_COPULA: Final = tuple(
    Particle("이" + tail, tail)
    for tail in (
        *("라", "라고", "라는", "라도", "라면", "란", "랑", "나", "나마", "며", "면", "면서", "고", "다", "든", "든지"),
        *("니", "니까", "므로", "지만", "야", "여"),
    )
)
# Here the two vowels run together instead.
_MERGED: Final = (
    Particle("이었", "였"),
    Particle("이었다", "였다"),
    Particle("이어서", "여서"),
    Particle("이에요", "예요"),
)
PARTICLES: Final = (*_PLAIN, *_DIRECTION, *_COPULA, *_MERGED, Particle("아", "야"))

# The currency nouns of CLDR's Korean names, without their countries, by ISO 4217 code. TOP and ALL are left out: before
# a figure they are far more often English ("TOP 10") than pa'anga and lek.
_NOUNS: Final = """
    달러 USD AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD XCD;
    파운드 GBP EGP FKP GIP LBP SDG SHP SSP SYP;
    프랑 CHF BIF CDF DJF GNF KMF RWF XAF XOF XPF;
    페소 ARS CLP COP CUP DOP MXN PHP UYU;
    디나르 BHD DZD IQD JOD KWD LYD MKD RSD TND;
    루피 INR LKR MUR NPR PKR SCR;
    리얄 SAR IRR OMR QAR YER;
    루피아 IDR MVR; 실링 KES SOS TZS UGX; 크로네 NOK DKK; 크로나 SEK ISK; 유로 EUR; 엔 JPY; 원 KRW KPW;
    위안 CNY CNH; 리라 TRY; 링깃 MYR; 루블 RUB BYN; 레알 BRL; 디르함 AED MAD; 랜드 ZAR; 바트 THB; 동 VND;
    즈워티 PLN; 코루나 CZK; 포린트 HUF; 레우 RON; 레이 MDL; 레프 BGN; 마르크 BAM; 마나트 AZN TMT; 텡게 KZT;
    그리브나 UAH; 셰켈 ILS; 솜 KGS; 숨 UZS; 라리 GEL; 드람 AMD; 아프가니 AFN; 콴자 AOA; 플로린 AWG; 타카 BDT;
    볼리비아노 BOB; 눌투눔 BTN; 풀라 BWP; 콜론 CRC; 에스쿠도 CVE; 나크파 ERN; 비르 ETB; 세디 GHS; 달라시 GMD;
    케트살 GTQ; 솔 PEN; 렘피라 HNL; 구르드 HTG; 리엘 KHR; 키프 LAK; 로티 LSL; 아리아리 MGA; 키얏 MMK; 투그릭 MNT;
    파타카 MOP; 우기야 MRU; 콰차 MWK ZMW; 메티칼 MZN; 나이라 NGN; 코르도바 NIO; 발보아 PAB; 키나 PGK; 과라니 PYG;
    리온 SLE; 도브라 STN; 릴랑게니 SZL; 소모니 TJS; 볼리바르 VES; 바투 VUV; 탈라 WST
"""
_UNITS: Final = by_code(_NOUNS) | {
    "%": "퍼센트",
    "%p": "퍼센트포인트",
    "‰": "퍼밀",
    "bp": "비피",
    "bps": "비피에스",
}

_DIGITS: Final = "영일이삼사오육칠팔구"
_PLACES: Final = ("", "십", "백", "천")
_MYRIADS: Final = ("", "만", "억", "조", "경", "해", "자", "양", "구", "간", "정", "재", "극")

# Names of Latin letters. R may be read 아르 or 알 (National Institute of Korean Language, 2023): no single answer.
_LETTERS: Final = dict(
    zip("ABCDEFGHIJKLMNOPQSTUVWXYZ", "이비시디이프지치이이이엘엠엔오피큐스티유이유스이트", strict=True)
)
# Said as words, where that ends otherwise than the name of the last letter.
_WORDS: Final = {
    "APEC": "에이펙",
    "GAAP": "갭",
    "HELOC": "힐록",
    "JPEG": "제이펙",
    "LIBOR": "리보",
    "OPEC": "오펙",
    "SOFR": "소퍼",
}
# Longer runs of capitals are words in capitals more often than initials.
_INITIALS: Final = re.compile(r"(?<![A-Za-z0-9\u00c0-\u024f])[A-Z]{1,5}$")
_SECTION: Final = re.compile(r"[0-9]\(([A-Za-z])\)$")
# Before a figure these make a name, a time, a fraction, an address or a version of it, which may be read otherwise.
_SPOILS_NUMBER: Final = frozenset("/:^%.\\@#&=")


def inflect(text: str, form: str, *, reading: str | None = None) -> str:
    """The text with the particle that fits: (`담보`, `을/를`) gives `담보를`.

    `form` is either shape or both (`을`, `을/를`, `을(를)`, `(으)로`, `(이)라고`); after a notation with brackets more
    syllables may follow (`(으)로만`). `reading` is the text in Hangul where it is not read as it is spelled (`존` for
    John). What cannot be read gets both shapes, `John을(를)`. Raises ValueError for an unknown particle.
    """
    particle, tail = _parse(form)
    final = final_consonant(text if reading is None else reading)
    return text + (particle.tolerant if final is None else particle.after(final)) + tail


def resolve(text: str, *, marked: bool = False) -> str:
    """The text with each tolerant notation settled that follows something readable, and without marks.

    With `marked` they stay, and others stand around each notation after a value, settled or not.

    `담보을(를)` becomes `담보를`. Spellings that a text about grammar may hold for their own sake (`을/를`, `이라(라)`)
    are settled at the end of a marked value only.
    """
    if VALUE_END not in text and VALUE_START not in text:
        return _settled_fully(text)
    text = _settled(text, _notation_of_values(), marked)
    bare = without_marks(text)
    plain = _settled_fully(bare)
    if not marked or plain == bare:
        return text if marked else plain
    # What follows other words is settled without marks. An aside after a value can be all that stands between.
    text = _settled_fully(text, marked)
    return text if without_marks(text) == plain else plain


def _settled_fully(text: str, marked: bool = False) -> str:
    """Settling makes the text shorter and can bring brackets together that were apart; it ends when nothing changes."""
    while "(" in text:
        settled = _settled(text, _notation(), marked)
        if settled == text:
            break
        text = settled
    return text


@lru_cache(maxsize=1)
def notations() -> tuple[Notation, ...]:
    """Every notation; its form is the one with both shapes, however it was typed."""
    return tuple(Notation(particle.tolerant, typed) for typed, particle in _by_notation().items())


@lru_cache(maxsize=1)
def _number_of() -> dict[str, int]:
    return {notation.typed: number for number, notation in enumerate(notations())}


def final_consonant(text: str) -> int | None:
    """The final consonant of the last syllable said: 0 for none, 8 for ㄹ (Unicode's order); None if unknown."""
    core = said(split_closers(text)[0])
    amount = amount_at_end(core)
    # Other letters after a figure are a word of their own: `2026 GDP`.
    if amount and (amount.after in _UNITS or not amount.after.isalpha()):
        return _final_of_amount(amount)
    if not core:
        return None
    if "가" <= core[-1] <= "힣":
        return _final(core)
    section = _SECTION.search(core)
    initials = _INITIALS.search(core)
    return _final_of_letters(section[1].upper() if section else initials[0] if initials else "")


def _final(hangul: str) -> int:
    # Unicode, chapter 3.12: 28 final positions for each pair of initial and vowel.
    return (ord(hangul[-1]) - 0xAC00) % 28


def _final_of_letters(letters: str) -> int | None:
    name = _WORDS.get(letters) or _LETTERS.get(letters[-1:])
    return _final(name) if name else None


def _final_of_amount(amount: Amount) -> int | None:
    unit = amount.after or amount.before
    if unit:
        return _final(_UNITS[unit]) if unit in _UNITS else None
    if amount.magnitude:
        hangul = amount.magnitude[-1]
        if "가" <= hangul <= "힣":
            return _final(hangul)
        if not hangul.isdecimal():
            return None
    if _is_part_of_name(amount.lead):
        return None
    digits = re.split(r"[^0-9.,]", amount.magnitude)[-1] or amount.number
    name = _last_of_number(*last_digits(digits, ",", "."))
    return _final(name) if name else None


def _is_part_of_name(lead: str) -> bool:
    """Whether a figure after this belongs to what precedes: `Section 8`, `A4`, `10:30` are not read as numbers."""
    if not lead:
        return False
    before = lead.removesuffix(" ").removesuffix("\u00a0")[-1:]
    last = lead[-1]
    return (
        (before.isalpha() and not "가" <= before <= "힣")
        or before.isdecimal()
        or last in _SPOILS_NUMBER
        or unicodedata.category(last) == "Sc"
        # `W-2`, `COVID-19`
        or (last in "-–—" and lead[-2:-1].isalpha())
    )


def _last_of_number(digits: str, is_fraction: bool) -> str | None:
    """The last syllable of a number: 250000 is 이십오만, 8500 팔천오백; decimals are said digit by digit."""
    zeros = len(digits) - len(digits.rstrip("0"))
    if is_fraction or zeros in (0, len(digits)):
        return _DIGITS[int(digits[-1])]
    if zeros < len(_PLACES):
        return _PLACES[zeros]
    return _MYRIADS[zeros // 4] if zeros // 4 < len(_MYRIADS) else None


def _spellings(particle: Particle) -> Iterator[str]:
    """The notations for both shapes of a particle at once."""
    closed, open_ = particle
    yield particle.tolerant
    if closed[0] == "이" and len(closed) > 1:
        yield f"(이){closed[1:]}"
    yield from (f"{closed}({open_})", f"{open_}({closed})", f"({closed}){open_}")
    yield from (f"{closed}/{open_}", f"{open_}/{closed}")


@lru_cache(maxsize=1)
def _by_notation() -> dict[str, Particle]:
    return {spelling: particle for particle in PARTICLES for spelling in _spellings(particle)}


@lru_cache(maxsize=1)
def _by_shape() -> dict[str, Particle]:
    """Each single shape, but not 야: it belongs to 아 and to 이야."""
    shapes = [(shape, particle) for particle in PARTICLES for shape in particle]
    known = [shape for shape, _ in shapes]
    return {shape: particle for shape, particle in shapes if known.count(shape) == 1}


def _parse(form: str) -> tuple[Particle, str]:
    """The particle and what follows it."""
    particle = _by_shape().get(form) or _by_notation().get(form)
    if particle:
        return particle, ""
    found = _notation().match(form)
    tail = form[found.end() :] if found else ""
    if not found or not all("가" <= syllable <= "힣" for syllable in tail):
        known = " ".join(particle.tolerant for particle in PARTICLES)
        raise ValueError(f"unknown Korean particle {form!r}; known are {known}, either shape alone, and 을/를")
    return _by_notation()[found[0]], tail


def _any_of(spellings: Iterable[str]) -> re.Pattern[str]:
    pattern = "|".join(re.escape(spelling) for spelling in sorted(set(spellings), key=len, reverse=True))
    # 평가(이)다 is a word in 가 and (이)다, not 평 and 가(이).
    copula = "|".join(particle.closed[1:] for particle in (*_COPULA, *_MERGED))
    return re.compile(pattern.replace(r"가\(이\)", rf"가\(이\)(?!{copula})"))


@lru_cache(maxsize=1)
def _notation() -> re.Pattern[str]:
    """Notation that needs no mark: no other text is written with these brackets."""
    spellings = ((particle, spelling) for particle in PARTICLES for spelling in _spellings(particle))
    return _any_of(
        spelling
        for particle, spelling in spellings
        if spelling.startswith(("(으)", "(이)")) or (particle in _PLAIN and "/" not in spelling)
    )


@lru_cache(maxsize=1)
def _notation_of_values() -> re.Pattern[str]:
    """The same, and every other notation, for the end of a marked value."""
    return _any_of(_by_notation())


# A space, or a quote or code mark that opens: the notation itself is meant.
_APART: Final = re.compile(r"(?:^|\s)[\"'`´*_~]*\Z")
_VALUE: Final = re.compile(rf"{VALUE_START}([^{VALUE_START}{VALUE_END}]*){VALUE_END}({AFTER_VALUE})\Z")
_VALUES: Final = re.compile(rf"{VALUE_START}([^{VALUE_START}{VALUE_END}]*){VALUE_END}")


def _settled(text: str, notation: re.Pattern[str], marked: bool = False) -> str:
    """The text with each notation replaced that has something readable right before it."""

    def settle(found: re.Match[str]) -> str:
        before = text[max(0, found.start() - WINDOW) : found.start()]
        final = _final_before(before, needs_mark=not _notation().fullmatch(found[0]))
        shape = found[0] if final is None else _by_notation()[found[0]].after(final)
        back = _values_back(before, final) if marked and not before.endswith(ENDING_TEXT) else None
        return shape if back is None else ending(_number_of()[found[0]], back, shape)

    return notation.sub(settle, text)


def _values_back(before: str, final: int | None) -> int | None:
    """How many values stand between a notation and the one that it goes by; None if it goes by none."""
    value = _VALUE.search(before)
    if value and value[2].count("(") == value[2].count(")"):
        return 0
    said_until = len(split_closers(without_marks(before))[0])
    values = list(_VALUES.finditer(before))
    for back, found in enumerate(reversed(values)):
        if len(without_marks(before[: found.end()])) == said_until:
            return back if final_consonant(found[1]) == final else None
    return None


def _final_before(before: str, *, needs_mark: bool) -> int | None:
    """The final consonant before a notation; None too if it stands apart, or has no mark where one is needed."""
    value = _VALUE.search(before)
    if value and value[2].count("(") == value[2].count(")"):
        return final_consonant(value[1] + value[2])
    if needs_mark and not value:
        return None
    # A bracket that opened before the value is an aside: `부족 잔액(250,000달러)을(를)` goes by 잔액.
    shown = without_marks(before)
    return None if _APART.search(shown) else final_consonant(shown)
