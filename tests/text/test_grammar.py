"""Particles and suffixes: the gold tables in tests/vectors, the rules one by one, and what holds for any text."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from deficiency_glossary.text.formats import format_currency
from deficiency_glossary.text.grammar import inflect, korean, reading, resolve, turkish
from deficiency_glossary.text.markup import VALUE_END, VALUE_START, fill

VECTORS = Path(__file__).parents[1] / "vectors"
NBSP = "\u00a0"
CODES = ("USD", "EUR", "GBP", "MYR", "SGD", "TRY", "KRW", "JPY", "NOK", "SEK", "DKK", "CNY", "CHF", "INR", "RUB", "PLN")
LOCALES = ("en", "ms", "tr", "ko", "ja", "no")


def lines(name: str) -> list[list[Any]]:
    return [json.loads(line) for line in (VECTORS / name).read_text(encoding="utf-8").splitlines()]


def marked(text: str) -> str:
    """`<250.000 dolar>` as an inserted value, `_` as U+00A0."""
    return text.replace("<", VALUE_START).replace(">", VALUE_END).replace("_", NBSP)


@pytest.mark.parametrize(
    ("word", "particle", "expected", "extra"), [(*row, {})[:4] for row in lines("particles_ko.jsonl")]
)
def test_korean_vectors(word: str, particle: str, expected: str, extra: dict[str, str]) -> None:
    assert inflect(word, particle, "ko", **extra) == word + expected  # type: ignore[arg-type]


@pytest.mark.parametrize(("word", "case", "expected", "extra"), lines("suffixes_tr.jsonl"))
def test_turkish_vectors(word: str, case: str, expected: str, extra: dict[str, Any]) -> None:
    assert inflect(word, case, "tr", **extra) == expected
    assert inflect(word, "-" + turkish.FORMS[case], "tr", **extra) == expected


READ_KO = """
    $250,000 를 로|US$1,500 를 로|-$1,500 를 로|$-1,500 를 로|($1,500) 를 로|USD_250,000 를 로|-USD_1,500.50 를 로
    250,000_USD 를 로|250,000USD 를 로|$1,500.50 를 로|R$100 을 로|RM_1,500 을 으로|RM1,500 을 으로|1,500_RM 을 으로
    kr_8,500 를 로|8,500_kr 를 로|CHF_250,000 을 으로|RUB_250,000 을 로|₩50,000 을 으로|￦50,000 을 으로|€8,500 를 로
    ₽5 을 로|20% 를 로|20_% 를 로|２０％ 를 로|4.5%p 를 로|50bp 를 로|US$200,000~250,000 를 로|200,000~250,000 을 으로
    $25만 를 로|$1억_2,500만 를 로|25만_USD 를 로|US$1.5_million 를 로|$250K 를 로|25만 을 으로|10억_2,500 을 으로
    3억 을 으로|0 을 으로|1 을 로|2 를 로|3 을 으로|4 를 로|5 를 로|6 을 으로|7 을 로|8 을 로|9 를 로|10 을 으로
    20 을 으로|30 을 으로|90 을 으로|100 을 으로|1,000 을 으로|1,500 을 으로|10,000 을 으로|300,000 을 으로
    1,000,000 을 으로|100,000,000 을 으로|1,000,000,000,000 를 로|1,500.50 을 으로|1,500.52 를 로|2021 을 로
    250,000_싱가포르_달러 를 로|8,500스웨덴_크로나 를 로
    IRS 를 로|HTML 을 로|IBM 을 으로|S&P 를 로|GAAP 을 으로|401(k) 를 로
    2026_GDP 를 로|제3 을 으로|약_250 을 으로|약$250 를 로
"""
CLOSED_KO = """
    부족_잔액(deficiency_balance)|부족_잔액_(담보)|“부족_잔액”|'부족_잔액'|「부족_잔액」|**부족_잔액**
    [부족_잔액](deficiency-balance)|[부족_잔액](/a(b)c)|[부족_잔액][ref]|**[부족_잔액](x)**
    <b>부족_잔액</b>|<a_href="x">부족_잔액</a>|부족_잔액[^1]
    [부족_잔액(x)](y)|부족_잔액(a_(b)_c)|부족_잔액\u200b|부족_잔액（x）|부족_잔액(약_$180)
"""
NOT_READ_KO = """
    John|Mary|VR|PR|Section_8|TOP_10|W-2|A4|COVID-19|10:30|3/4|m²|10²|5M|5G|5GB|FORECLOSURE|iPhone|CAD$5|XYZ_500|담보)|￥
    擔保|x%|example.com|{owed}|<https://example.com/>|_|501(c)(3)|е5|250_km|3.|1_000000|“|ㄱ
"""


def cells(table: str) -> list[list[str]]:
    rows = (row.split() for row in table.strip().replace("\n", "|").split("|"))
    return [[cell.replace("_", NBSP) for cell in row] for row in rows if row]


def flat(table: str) -> list[str]:
    return [cell.replace(NBSP, " ") for (cell,) in cells(table)]


@pytest.mark.parametrize(("text", "object_", "direction"), cells(READ_KO))
def test_korean_reads(text: str, object_: str, direction: str) -> None:
    for spaced in (text, text.replace(NBSP, " ")):
        assert inflect(spaced, "을/를", "ko") == spaced + object_
        assert inflect(spaced, "(으)로", "ko") == spaced + direction


@pytest.mark.parametrize("text", flat(CLOSED_KO))
def test_korean_skips_what_is_not_said(text: str) -> None:
    assert inflect(text, "을/를", "ko") == text + "을"
    assert resolve(f"이 {text}은(는) 남는다", "ko") == f"이 {text}은 남는다"


def test_korean_reads_a_bracket_that_is_all() -> None:
    assert inflect("(부족 잔액)", "을/를", "ko") == "(부족 잔액)을"
    assert inflect("**($1,500)**", "을/를", "ko") == "**($1,500)**를"


@pytest.mark.parametrize("text", [*flat(NOT_READ_KO), ""])
def test_korean_does_not_guess(text: str) -> None:
    assert inflect(text, "을/를", "ko") == text + "을(를)"
    assert inflect(text, "를", "ko") == text + "을(를)"
    assert inflect(text, "(이)라고는", "ko") == text + "(이)라고는"
    assert inflect(text, "(으)로", "ko", reading="존") == text + "으로"


FORMS_KO = {
    "을": "을 를 을/를 를/을 을(를) 를(을) (을)를",
    "은": "은 는 은/는 는/은 은(는) 는(은) (은)는",
    "이": "이 가 이/가 가/이 이(가) 가(이) (이)가",
    "과": "과 와 과/와 와/과 과(와) 와(과) (과)와",
    "으로": "으로 로 으로/로 로/으로 (으)로 으로(로) 로(으로)",
    "으로만": "(으)로만",
    "으로서": "으로서 로서 (으)로서",
    "으로부터": "으로부터 로부터 (으)로부터",
    "이라": "이라 라 이라/라 라/이라 (이)라",
    "이라고": "이라고 라고 (이)라고",
    "이나": "이나 나 이나/나 (이)나",
    "이며": "이며 며 (이)며",
    "이고": "이고 고 (이)고",
    "이다": "이다 다 (이)다",
    "이란": "이란 란 (이)란",
    "이었다": "이었다 였다 이었다(였다) (이)었다",
    "이에요": "이에요 예요 (이)에요",
    "은커녕": "은(는)커녕",
    "아": "아 아/야",
}
OPEN = dict(
    pair.split("/")
    for pair in re.findall(r"\S+/\S+", "을/를 은/는 이/가 과/와 이었다/였다 이에요/예요 은커녕/는커녕 아/야")
)


@pytest.mark.parametrize(("closed", "form"), [(c, form) for c, forms in FORMS_KO.items() for form in forms.split()])
def test_korean_forms(closed: str, form: str) -> None:
    assert inflect("원금", form, "ko") == "원금" + closed
    assert inflect("담보", form, "ko") == "담보" + OPEN.get(closed, closed[1:])
    rieul = OPEN.get(closed, closed[1:]) if closed.startswith("으로") else closed
    assert inflect("대출", form, "ko") == "대출" + rieul


@pytest.mark.parametrize("form", ["", "을를", "의", "야", "x", "을(를)x", "dative", "을/를만", "(을"])
def test_korean_unknown_form(form: str) -> None:
    with pytest.raises(ValueError, match=r"unknown Korean particle .*을\(를\).*\(으\)로"):
        inflect("담보", form, "ko")


def test_korean_currencies_end_as_in_cldr() -> None:
    names = Locale("ko").currencies
    codes = [code for code in korean._UNITS if re.fullmatch("[A-Z]{3}", code) and code in names and code != "CNH"]
    assert len(codes) > 140
    for code in codes:
        noun = names[code].split()[-1].removesuffix("화")
        assert inflect(f"{code} 5", "(으)로", "ko")[5:] == inflect(noun, "(으)로", "ko")[len(noun) :]


READ_TR = """
    1 'e 'den|2 'ye 'den|3 'e 'ten|4 'e 'ten|5 'e 'ten|6 'ya 'dan|7 'ye 'den|8 'e 'den|9 'a 'dan|10 'a 'dan|20 'ye 'den
    30 'a 'dan|40 'a 'tan|50 'ye 'den|60 'a 'tan|70 'e 'ten|80 'e 'den|90 'a 'dan|100 'e 'den|1.000 'e 'den
    1.000.000 'a 'dan|1.000.000.000 'a 'dan|1.500,50 'ye 'den|1.500,05 'e 'ten|1.500,00 'a 'dan|0 'a 'dan
    250.000 'e 'den
    8.500 'e 'den|2021 'e 'den|%20 'ye 'den|20% 'ye 'den|-1.500 'e 'den|10:30 'a 'dan|G20 'ye 'den
    200.000–250.000 'e 'den
    $250.000 'a 'dan|-$1.500,50 'a 'dan|($1.500) 'a 'dan|50.000_$ 'a 'dan|€5 'ya 'dan|8.500_€ 'ya 'dan|₺5 'ya 'dan
    £5 'e 'den|¥5 'e 'den|₩5 'a 'dan|RM_5 'e 'ten|kr_5 'a 'dan|5_kr 'a 'dan
    CHF_5 'a 'tan|NOK_5 'a 'dan|SAR_5 'e 'den
    BRL_5 'e 'den|$200–$250 'a 'dan|250_USD 'ye 'den|5_EUR 'ye 'den|5_TL 'ye 'den|IRS 'e 'ten|ABD 'ye 'den
    NATO 'ya 'dan
    John 'a 'dan|Ayşe 'ye 'den|Zonguldak 'a 'tan|3_Mayıs 'a 'tan
    5_kg 'a 'dan|5_m 'ye 'den|Yunus_Emre_(1240) 'ye 'den
    **250.000** 'e 'den|250.000_dolar a dan|5_Dolar a dan|500_frank ! tan|12_ay a dan
    5_Euro ya dan|kontrol e den|saat e ten
    riyal e den|alacaklı ya dan|“haciz” e den|[kredi](mortgage) ye den|mahkûm a dan
"""
NOT_READ_TR = """
    Mary|Max|TÜİK|FBI|HELOC|5_KRW|Z$5|xyz|kr|401(k)|1/2|5G|10²|(|)|담보|Ltd.|5%p|250_000_000_000|$5_bp|{owed}|1.
"""


@pytest.mark.parametrize(("text", "dative", "ablative"), cells(READ_TR))
def test_turkish_reads(text: str, dative: str, ablative: str) -> None:
    for spaced in (text, text.replace(NBSP, " ")):
        if dative != "!":
            assert inflect(spaced, "dative", "tr") == spaced + dative
        assert inflect(spaced, "ablative", "tr") == spaced + ablative


@pytest.mark.parametrize("text", [*flat(NOT_READ_TR), ""])
def test_turkish_does_not_guess(text: str) -> None:
    for name, spelling in turkish.FORMS.items():
        assert inflect(text, name, "tr") == f"{text}-{spelling}"
    assert inflect(text, "dative", "tr", reading="mayk").removeprefix(text) in ("a", "'a")


FORMS_TR = {
    "250.000 dolar": "dolara doları doların dolarda dolardan dolarla dolarlık dolardır",
    "8.500 avro": "avroya avroyu avronun avroda avrodan avroyla avroluk avrodur",
    "10.000 yen": "yene yeni yenin yende yenden yenle yenlik yendir",
    "1.500 Norveç kronu": "kronuna kronunu kronunun kronunda kronundan kronuyla kronluk kronudur",
    "1.500 Singapur doları": "dolarına dolarını dolarının dolarında dolarından dolarıyla dolarlık dolarıdır",
    "5 İsviçre frangı": "frangına frangını frangının frangında frangından frangıyla franklık frangıdır",
    "5 Türk lirası": "lirasına lirasını lirasının lirasında lirasından lirasıyla liralık lirasıdır",
    "500 frank": "franga frangı frangın frankta franktan frankla franklık franktır",
    "50.000 $": "$'a $'ı $'ın $'da $'dan $'la $'lık $'dır",
    "8.500": "8.500'e 8.500'ü 8.500'ün 8.500'de 8.500'den 8.500'le 8.500'lük 8.500'dür",
    "6": "6'ya 6'yı 6'nın 6'da 6'dan 6'yla 6'lık 6'dır",
    "%20": "%20'ye %20'yi %20'nin %20'de %20'den %20'yle %20'lik %20'dir",
    "40": "40'a 40'ı 40'ın 40'ta 40'tan 40'la 40'lık 40'tır",
    "IRS": "IRS'e IRS'i IRS'in IRS'te IRS'ten IRS'le IRS'lik IRS'tir",
    "5 TL": "TL'ye TL'yi TL'nin TL'de TL'den TL'yle TL'lik TL'dir",
    "John": "John'a John'u John'un John'da John'dan John'la Johnluk John'dur",
    "gol": "gole golü golün golde golden golle gollük goldür",
}


@pytest.mark.parametrize(("text", "forms"), FORMS_TR.items())
def test_turkish_forms(text: str, forms: str) -> None:
    head = text.rpartition(" ")[0] + " " if " " in text else ""
    for name, form in zip(turkish.FORMS, forms.split(), strict=True):
        assert inflect(text, name, "tr") == head + form
        settled = resolve(f"{VALUE_START}{text}{VALUE_END}-{turkish.FORMS[name]}", "tr")
        assert settled == head + form.replace("'", "’")


@pytest.mark.parametrize(
    ("text", "extra", "expected"),
    [
        ("kredi raporu", {"possessive": True}, "kredi raporuna"),
        ("Konut Kredisi", {"possessive": True}, "Konut Kredisine"),
        ("Konut Kredisi", {"possessive": True, "proper": True}, "Konut Kredisi'ne"),
        ("haciz", {"soft_stem": "hacz"}, "hacze"),
        ("Haciz", {"soft_stem": "hacz"}, "Hacze"),
        ("İpotek", {"soft_stem": "ipoteğ"}, "İpoteğe"),
        ("[haciz](foreclosure)", {"soft_stem": "hacz"}, "[hacz](foreclosure)e"),
        ("**haciz**", {"soft_stem": "hacz"}, "**hacz**e"),
        ("“haciz”", {"soft_stem": "hacz"}, "“haciz”e"),
        ("haciz (foreclosure)", {"soft_stem": "hacz"}, "haciz (foreclosure)e"),
        ("konut ipotek", {"soft_stem": "ipoteğ"}, "konut ipoteğe"),
        ("ipotek", {}, "ipoteke"),
        ("Zonguldak", {"soft_stem": "Zonguldağ", "proper": True}, "Zonguldak'a"),
        ("Teminat", {"proper": False}, "Teminata"),
        ("teminat", {"proper": True}, "teminat'a"),
        ("Mike", {"reading": "mayk"}, "Mike'a"),
        ("HELOC", {"reading": "helok"}, "HELOC'a"),
        ("short sale", {"reading": "şort seyl"}, "short salee"),
        ("ABD doları", {}, "ABD dolarına"),
        ("5 doları", {}, "5 dolarıya"),
    ],
)
def test_turkish_traits(text: str, extra: dict[str, Any], expected: str) -> None:
    assert inflect(text, "dative", "tr", **extra) == expected


@pytest.mark.parametrize("form", ["", "-", "Dative", "-LAR", "을/를", "'e"])
def test_turkish_unknown_form(form: str) -> None:
    with pytest.raises(ValueError, match=r"unknown Turkish form .*dative \(-\(y\)A\).*copula \(-DIr\)"):
        inflect("dolar", form, "tr")


def test_turkish_currencies_are_those_of_cldr() -> None:
    names = Locale("tr").currencies
    codes = [code for code in turkish._NOUN_OF if re.fullmatch("[A-Z]{3}", code) and code not in ("CNH", "EUR")]
    assert len(codes) > 140
    for code in codes:
        name = names[code]
        assert turkish._is_currency_compound(name), code
        assert inflect(f"5 {name}", "dative", "tr") == f"5 {name}n{'a' if name[-1] in 'ıu' else 'e'}"


@pytest.mark.parametrize("language", ["ko", "tr"])
def test_every_display_of_an_amount_is_settled(language: str) -> None:
    notation = {"ko": "을(를)", "tr": "-(y)A"}[language]
    for code in CODES:
        for display in ("prose", "symbol", "narrow", "code", "name"):
            amount = format_currency(250000, code, language, display=display)
            settled = resolve(f"{VALUE_START}{amount}{VALUE_END}{notation} x", language)
            assert settled.startswith(amount)
            assert notation not in settled


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ("ko", "<250,000달러>을(를) 갚지", "250,000달러를 갚지"),
        ("ko", "<8,500,000원>(으)로만", "8,500,000원으로만"),
        ("ko", "**<250,000원>**을(를), [<5%>](x)이/가", "**250,000원**을, [5%](x)가"),
        ("ko", "손실은 <($1,500)>(이)라고", "손실은 ($1,500)라고"),
        ("ko", "부족 잔액(<250,000달러>)을(를)", "부족 잔액(250,000달러)을"),
        ("ko", "<John>은(는) <Mary>와(과)", "John은(는) Mary와(과)"),
        ("ko", "[담보](collateral)을(를) 판다. “대출”(으)로", "[담보](collateral)를 판다. “대출”로"),
        ("ko", "평가(이)다. 국가(이)며 담보(이)었다. 대출(이)나", "평가다. 국가며 담보였다. 대출이나"),
        ("ko", "담보<>을(를)", "담보를"),
        ("ko", "담보은(는)은(는)", "담보는은"),
        ("ko", "담보(으)(으)로", "담보로"),
        # The notation itself is meant.
        ("ko", "을(를)", "을(를)"),
        ("ko", '조사 을(를), 조사 `을(를)`, "은(는)", “이(가)”', '조사 을(를), 조사 `을(를)`, "은(는)", “이(가)”'),
        ("ko", "담보을/를 담보이라(라) 조사 을/를", "담보을/를 담보이라(라) 조사 을/를"),
        ("ko", "최(고)이고 김(이)", "최(고)이고 김(이)"),
        ("ko", "<dolar>-(y)A", "dolar-(y)A"),
        ("tr", "<250.000_dolar>-lIk borç", "250.000_dolarlık borç"),
        ("tr", "**<1.500_Singapur doları>**-(y)A", "**1.500_Singapur doları**na"),
        ("tr", "[<8.500>](x)-(y)I, “<5>”-DAn", "[8.500](x)’ü, “5”’ten"),
        ("tr", "<250.000>-DA'ki <20>-DAki x-DA X-DAn -(y)A", "250.000’de'ki 20-DAki x-DA X-DAn -(y)A"),
        ("tr", "<12 ay>-lIk <kredi>-(n)In <alacaklı>-DAn", "12 aylık kredinin alacaklıdan"),
        # What the value alone does not tell stays.
        ("tr", "<konut kredisi>-(y)A <Konut Kredisi>-DA", "konut kredisi-(y)A Konut Kredisi-DA"),
        ("tr", "<ipotek>-(y)A <ipotek>-DAn <24 saat>-lIk", "ipotek-(y)A ipotekten 24 saatlik"),
        ("tr", "bakiye açığı (<5 dolar>)-(y)A", "bakiye açığı (5 dolar)-(y)A"),
        ("tr", "<5 dolar> -(y)A <담보>을(를)", "5 dolar -(y)A 담보을(를)"),
        ("ja", "<250,000ドル>を 담보을(를)", "250,000ドルを 담보을(를)"),
        ("ms", "<RM_5>-(y)A", "RM_5-(y)A"),
        ("ko-KR", "<담보>을(를)", "담보를"),
        ("tr_TR", "<5 dolar>-(y)A", "5 dolara"),
    ],
)
def test_resolve(locale: str, text: str, expected: str) -> None:
    assert resolve(marked(text), locale) == expected.replace("_", NBSP)


def test_resolve_after_fill() -> None:
    text = fill("{owed}-lIk borç, ev {price}-(y)A", {"owed": "250.000 dolar", "price": "200.000 avro"})
    assert resolve(text, "tr") == "250.000 dolarlık borç, ev 200.000 avroya"


@pytest.mark.parametrize("locale", LOCALES)
def test_text_without_notation_is_the_same_object(locale: str) -> None:
    text = "Borç - 담보 - 担保 - krav"
    assert resolve(text, locale) is text


@pytest.mark.parametrize("locale", ["en", "ja", "", "trk", "nb-NO"])
def test_other_locales_do_not_inflect(locale: str) -> None:
    with pytest.raises(ValueError, match="ko and tr"):
        inflect("x", "dative", locale)


WORDS = "담보|원금|대출|가|이|으|$|US$|250,000|250.000|%20|20%|8| dolar|Norveç kronu|IRS|John|ipotek|억|만| |\n"
SIGNS = "(|)|[|](x)|“|”|**|`|</b>|~|."
NOTATION = "을(를)|은(는)|이(가)|가(이)|(으)로|(이)라|을/를|-(y)A|-lIk|-DAn"
PIECES = st.sampled_from([VALUE_START, VALUE_END, *f"{WORDS}|{SIGNS}|{NOTATION}".split("|")])
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=14).map("".join))


@given(TEXTS, st.sampled_from(LOCALES))
def test_resolve_is_idempotent_and_removes_marks(text: str, locale: str) -> None:
    once = resolve(text, locale)
    assert resolve(once, locale) == once
    assert VALUE_START not in once
    assert VALUE_END not in once


# Neither notation nor suffixes can hold these.
SAFE = st.text(st.sampled_from("담보대출원금0123456789 .,;:%$€[]{}\"'“”*_`<>#АБВ漢字\n"), max_size=12)


@given(st.lists(st.tuples(SAFE, PIECES), max_size=8), st.sampled_from(LOCALES))
def test_resolve_loses_nothing_but_marks_and_notation(pieces: list[tuple[str, str]], locale: str) -> None:
    text = "".join(safe + piece for safe, piece in pieces)
    kept = re.compile('[담보대출원금0-9 .,;:%$€\\[\\]{}"“”*_`<>#АБВ漢字\n]')
    assert kept.findall(resolve(text, locale)) == kept.findall(text)


@given(TEXTS, st.sampled_from(["을/를", "로", "(이)라고"]), st.none() | TEXTS)
def test_korean_never_raises(text: str, form: str, said: str | None) -> None:
    assert inflect(text, form, "ko", reading=said).startswith(text)


@given(TEXTS, st.sampled_from([*turkish.FORMS]), st.booleans(), st.none() | TEXTS, st.none() | st.booleans())
def test_turkish_never_raises(text: str, form: str, possessive: bool, other: str | None, proper: bool | None) -> None:
    result = inflect(text, form, "tr", possessive=possessive, proper=proper, reading=other)
    # frank softens; -lIk takes the possessive off the last word of a currency's name.
    kept = text[:-3] if form == "lik" else text
    assert result.startswith(kept) or "frang" in result.lower()
    assert inflect(text, form, "tr", soft_stem=other, proper=proper)


@pytest.mark.parametrize(
    "hostile", [")", "(", "1", "1,", "1만", "]", "<a ", "[^", "A", " ", '"', "“", "1~", "~~", VALUE_START]
)
@pytest.mark.parametrize("locale", ["ko", "tr"])
def test_long_input_takes_no_long_time(hostile: str, locale: str) -> None:
    started = time.process_time()
    inflect(hostile * 100_000, {"ko": "을", "tr": "dative"}[locale], locale)
    resolve(hostile * 20_000 + VALUE_END + "을(를)-(y)A", locale)
    assert time.process_time() - started < 1


def test_tables_hold_every_sign() -> None:
    assert set(turkish._NOUN_OF) >= set(reading.SIGNS)
    assert set(korean._UNITS) >= set(reading.SIGNS)


def test_import_is_light() -> None:
    code = "import sys, deficiency_glossary.text.grammar; print('babel' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
