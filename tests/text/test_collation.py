"""Order and index heads: word lists in the order of ICU 78 (tests/vectors/sorted_words.json) and laws."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import unicodedata
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deficiency_glossary.text import root_order
from deficiency_glossary.text.collation import SortKey, fold_case, index_head, sort_key

VECTORS: dict[str, list[str]] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "sorted_words.json").read_text(encoding="utf-8")
)
SHIPPED = ("en", "ms", "tr", "ko", "ja", "no")
OWN_ALPHABET = (*SHIPPED, "sv", "fi", "da")
LOCALES = (*OWN_ALPHABET, "nb-NO", "de", "ru", "th", "zh")

# What the vectors have little of, each chain as Intl.Collator of ICU 78.2 sorts it. Items are separated by `|`.
ICU_CHAINS = {
    "en": """
 |_|-|–|—|,|;|:|!|?|.|…|·|'|’|"|“|«|»|(|)|[|]|{|}|§|@|*|/|\\|&|#|%|‰|†|•|`|^|°|©|®|←|→|+|±|÷|×|<|=|>|~|−|
¢|$|$5|£|¥|₩|€|₺|0|1|10|2|5|50|9|a|A|Ａ|á|Á|a5|aeon|aether|æther|B|co|Co|co op|co-op|Co-op|co-ops|coop|COOP|coöp|
coops|fine|ﬁne|fing|resume|Resume|résumé|Résumé|resumes|strasse|Strasse|straße|strassen|zone|Zürich|þ|α|я|ع|가|あ|漢""",
    "tr": """
cam|çam|dam|g|ğ|Ğ|h|ılık|Irak|ırmak|iman|îman|ipek|İpek|ipotek|jant|kar|kâr|kara|oda|ön|Öz|pas|qua|sıra|şart|Şube|
ton|ucuz|üç|v|vade|w|x|y""",
    "no": """
aA|ab|abaaa|d|đ|de|e|lange|lån|laan|sab|så|saa|så b|Saab|Thor|Þór|thu|y|ü|Ü|yt|z|zz|Ära|ærlig|Ærlig|ø|Ø|ö|Ö|œ|øl|
å|aa|Aa|AA|ål|åre|aare|Åse|Aase""",
    "ko": """
$|1순위|ㄱ|가|가 나|가-나|가1|가나|각|갂|간|가A|까|ㄴ|나|담보|담보 물|담보권|ㅎ|하|힣|finance|Finance|IRS|Α|あ""",
    "ja": """
、|ーあ|1|Finance|ぁ|あ|ア|う|ヴ|え|か|が|かー|かあ|がー|かい|かゝ|かか|かゞ|かが|しょうきゃく|ショートセール|っ|つ|
とる|ドル|ひよういん|びょういん|びよういん|メアリー|めありい|めありえ|わ|を|ん|漢|α|가""",
    "sv": """
aase|an|ande|dag|đak|Thor|þór|tå|vin|vy|wien|yard|üb|ytter|zebra|zon|Åke|åker|ål|Äpple|ära|æra|ärlig|öga|Öl|øl|över""",
    "fi": """
Aalto|aamu|aita|na|ŋa|ng|šakki|saksi|vene|vuosi|wc|ülo|yx|yö|zeppelin|þa|Åbo|åland|äiti|Äiti|ääni|öljy|Öljy""",
    "da": """
1|A|a|Abe|abe|masse|maße|vest|West|yt|üt|zebra|Æble|æble|ældre|ære|Øl|øl|ør|Ørsted|Å|AA|Aa|å|aa|Aabenraa|Ål|ål|aal|
aalborg|ånd|aand|år""",
    "ru": "а|еж|ёж|Ёж|елка|ёлка|ель|заем|заём|залог|и|ипотека|Ипотека|й|Йод|ъ|э|я",
    "he": "אב|אם|בית|ך|כלב|כף|קרן|תיק",
    "ar": "ء|آب|أب|إب|اب|بيت|ة|تاجر|ثوب|رهن|ى|يد",
    "th": "กา|เก|แก|โก|ไก|ขา|เขา|ใข|ไข|คน|งาน|เงิน|จำนอง",
    "de": "e|é|f|lodz|łódź|lodzer|nandu|Ñandú|nase|Ofen|Ol|öl|Öl|Olm|ss|ß|Strasse|Straße|Strassen",
    "el": "αλφα|Αλφα|άλφα|βήτα|ω|ώ|Ωμέγα",
}


def discordant(words: list[str], locale: str) -> list[tuple[str, str]]:
    """Neighbours out of order; with none, no pair at all is, for keys are totally ordered."""
    return [(a, b) for a, b in pairwise(words) if sort_key(a, locale) >= sort_key(b, locale)]


@pytest.mark.parametrize("locale", VECTORS)
def test_order_is_that_of_icu(locale: str) -> None:
    words = VECTORS[locale]
    assert discordant(words, locale) == []
    shuffled = random.Random(7).sample(words, len(words))
    assert sorted(shuffled, key=lambda word: sort_key(word, locale)) == words


@pytest.mark.parametrize("locale", ICU_CHAINS)
def test_chain_is_in_the_order_of_icu(locale: str) -> None:
    assert discordant(ICU_CHAINS[locale].replace("\n", "").split("|"), locale) == []


@pytest.mark.parametrize("tag", ["no", "nb", "nn", "nb-NO", "no-NO", "nb_NO", "NO", "nn-Latn-NO"])
def test_every_norwegian_tag_has_the_norwegian_alphabet(tag: str) -> None:
    words = ["zebra", "Ærlig", "øl", "Åse", "Aase"]
    assert discordant(words, tag) == []
    assert [index_head(word, tag) for word in words] == ["Z", "Æ", "Ø", "Å", "Å"]


def test_a_stays_a_before_an_accented_a_in_norwegian() -> None:
    words = ["a", "ab", "aå", "å", "åb"]
    assert discordant(words, "no") == []


def test_japanese_is_sorted_by_its_reading() -> None:
    readings = {
        "差押え": "さしおさえ",
        "住宅ローン": "じゅうたくろーん",
        "担保": "たんぽ",
        "不足残高": "ふそくざんだか",
    }
    key_of = {word: sort_key(word, "ja", reading=reading) for word, reading in readings.items()}
    assert sorted(readings, key=lambda word: key_of[word]) == ["差押え", "住宅ローン", "担保", "不足残高"]
    assert sort_key("担保", "ja", reading="たんぽ")[:3] == sort_key("たんぽ", "ja")[:3]
    assert sort_key("担保", "ja", reading="タンポ")[:3] == sort_key("たんぽ", "ja")[:3]
    assert sort_key("担保", "ja", reading="") == sort_key("担保", "ja")


def test_same_reading_still_gives_different_keys() -> None:
    assert sort_key("公正", "ja", reading="こうせい") != sort_key("更生", "ja", reading="こうせい")


@pytest.mark.parametrize("locale", ["en", "ko", "no", "zh"])
def test_reading_counts_in_japanese_only(locale: str) -> None:
    assert sort_key("IRS", locale, reading="あ") == sort_key("IRS", locale)
    assert index_head("IRS", locale, reading="あ") == index_head("IRS", locale)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("さーびす", "さあびす"),
        ("きー", "きい"),
        ("ぐー", "ぐう"),
        ("げー", "げえ"),
        ("どー", "どお"),
        ("しゃー", "しゃあ"),
    ],
)
def test_length_mark_takes_the_vowel_before_it(text: str, same: str) -> None:
    assert sort_key(text, "ja")[:2] == sort_key(same, "ja")[:2]


HEADS = [
    ("en", "collateral", "C"),
    ("en", "Éclair", "E"),
    ("en", "ærlig", "A"),
    ("en", "þing", "Z"),
    ("en", "401(k)", "#"),
    ("en", "“short” sale", "#"),
    ("en", "담보", "#"),
    ("en", "ипотека", "#"),
    ("en", "", ""),
    ("en", "\u0301\u200d", ""),
    ("ms", "baki kekurangan", "B"),
    ("tr", "ipotek", "İ"),
    ("tr", "İpotek", "İ"),
    ("tr", "ırmak", "I"),
    ("tr", "Irmak", "I"),
    ("tr", "ğaohj", "G"),
    ("tr", "Ğ", "G"),
    ("tr", "çek", "Ç"),
    ("tr", "şube", "Ş"),
    ("tr", "ödeme", "Ö"),
    ("tr", "ücret", "Ü"),
    ("tr", "kâr", "K"),
    ("tr", "web", "W"),
    ("tr", "8.500", "#"),
    ("ko", "담보", "ㄷ"),
    ("ko", "까치", "ㄱ"),
    ("ko", "딸", "ㄷ"),
    ("ko", "빵", "ㅂ"),
    ("ko", "싸움", "ㅅ"),
    ("ko", "짜임", "ㅈ"),
    ("ko", "ㄲ", "ㄱ"),
    ("ko", "압류", "ㅇ"),
    ("ko", "힣", "ㅎ"),
    ("ko", "ㅏ", "#"),
    ("ko", "IRS", "#"),
    ("ko", "1순위", "#"),
    ("ko", "漢", "#"),
    ("ja", "いえ", "あ"),
    ("ja", "ヴァン", "あ"),
    ("ja", "がいか", "か"),
    ("ja", "ショートセール", "さ"),
    ("ja", "っ", "た"),
    ("ja", "ドル", "た"),
    ("ja", "ねん", "な"),
    ("ja", "ぱす", "は"),
    ("ja", "メアリー", "ま"),
    ("ja", "ゃ", "や"),
    ("ja", "りし", "ら"),
    ("ja", "を", "わ"),
    ("ja", "ん", "わ"),
    ("ja", "ﾄﾞﾙ", "た"),
    ("ja", "IRS", "#"),
    ("ja", "担保", "#"),
    ("ja", "ー", "#"),
    ("no", "ære", "Æ"),
    ("no", "Ära", "Æ"),
    ("no", "Över", "Ø"),
    ("no", "ødelegge", "Ø"),
    ("no", "åpen", "Å"),
    ("no", "aare", "Å"),
    ("no", "Aase", "Å"),
    ("no", "überveis", "Y"),
    ("no", "éclair", "E"),
    ("no", "zebra", "Z"),
    ("sv", "ål", "Å"),
    ("sv", "æra", "Ä"),
    ("sv", "øl", "Ö"),
    ("sv-FI", "über", "Y"),
    ("sv", "zon", "Z"),
    ("sv", "залог", "#"),
    ("fi", "Åbo", "Å"),
    ("fi", "äiti", "Ä"),
    ("fi", "öljy", "Ö"),
    ("fi", "œuvre", "O"),
    ("da", "ældre", "Æ"),
    ("da", "ør", "Ø"),
    ("da-DK", "Aabenraa", "Å"),
    ("de", "Öl", "O"),
    ("de", "þing", "Z"),
    ("de", "№ 5", "N"),
    ("de", "ך", "כ"),
    ("fr", "œuvre", "O"),
    ("ru", "залог", "З"),
    ("ru", "ёж", "Е"),
    ("ru", "йод", "Й"),
    ("ru", "5 %", "#"),
    ("el", "ώρα", "Ω"),
    ("el", "ϐ", "Β"),
    ("ar", "رهن", "ر"),
    ("ar", "أب", "أ"),
    ("th", "เงิน", "ง"),
    ("hi", "ऋण", "ऋ"),
    ("ka", "ნდობა", "ნ"),
    ("he", "קרן", "ק"),
    ("he", "ך", "כ"),
    ("zh", "ㄅ", "ㄅ"),
    ("zh", "んあ", "わ"),
    ("zh", "ー", "#"),
    ("zh", "漢", "#"),
    ("zh", "담보", "ㄷ"),
    ("zh", "が", "か"),
    ("de", "€5", "#"),
]


@pytest.mark.parametrize(("locale", "text", "head"), HEADS)
def test_index_head(locale: str, text: str, head: str) -> None:
    assert index_head(text, locale) == head
    assert index_head(unicodedata.normalize("NFD", text), locale) == head


def test_index_head_of_kanji_is_that_of_the_reading() -> None:
    assert index_head("担保", "ja", reading="たんぽ") == "た"
    assert index_head("住宅ローン", "ja", reading="じゅうたくろーん") == "さ"


@pytest.mark.parametrize("locale", VECTORS)
def test_each_head_stands_once_in_a_sorted_index(locale: str) -> None:
    heads = [index_head(word, locale) for word in VECTORS[locale]]
    blocks = [head for at, head in enumerate(heads) if head != "#" and (at == 0 or heads[at - 1] != head)]
    assert len(blocks) == len(set(blocks))


texts = st.text(max_size=12) | st.text(
    "aAåÅäæøüiIıİğçßﬁか゛がカーゝぁ가각ㄱ한漢αςд-’ .1²e\u0301\u030a\u0307", max_size=12
)
locales = st.sampled_from(LOCALES)


@given(texts, texts, locales)
def test_keys_are_equal_only_if_texts_are(a: str, b: str, locale: str) -> None:
    same = unicodedata.normalize("NFC", a) == unicodedata.normalize("NFC", b)
    assert (sort_key(a, locale) == sort_key(b, locale)) == same


@given(texts, locales)
def test_normalization_of_the_input_does_not_matter(text: str, locale: str) -> None:
    nfc, nfd = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert sort_key(nfc, locale) == sort_key(nfd, locale) == sort_key(text, locale)
    assert index_head(nfc, locale) == index_head(nfd, locale)
    assert fold_case(nfc, locale) == fold_case(nfd, locale)


@given(st.lists(texts, unique_by=lambda text: unicodedata.normalize("NFC", text)), locales)
def test_order_does_not_depend_on_where_a_text_stood(words: list[str], locale: str) -> None:
    once = sorted(words, key=lambda word: sort_key(word, locale))
    flipped = words[::-1]
    assert sorted(flipped, key=lambda word: sort_key(word, locale)) == once
    assert all(sort_key(a, locale) < sort_key(b, locale) for a, b in pairwise(once))


@given(texts, texts, st.sampled_from(OWN_ALPHABET))
def test_heads_follow_the_order_of_keys(a: str, b: str, locale: str) -> None:
    def place(text: str) -> SortKey:
        return sort_key(index_head(text, locale), locale)

    first, second = sorted((a, b), key=lambda text: sort_key(text, locale))
    if "#" not in {index_head(first, locale), index_head(second, locale)}:
        assert place(first) <= place(second)


FOREIGN = {
    "ru": "аеёжийоюяЁЙІѓґ",
    "el": "αάβγςσωώΑΏϐϑἀ",
    "de": "aäoöuüsßzÄéþŋ",
    "fr": "aàâæceéèêçoôœïÿÉ",
    "sv": "aåäöæøyüzÅÄÖþ",
    "fi": "aåäöšžyüzÅÄÖõ",
    "ar": "ءآأاإبتةثرىيئؤپ\u064b\u0653\u0654\ufe8f",
    "he": "אבגכךמםשת\u05b0\u05bc\ufb2a",
    "th": "กขคงจเแโใไะาำ\u0e48\u0e31",
    "zh": "漢抵押가나ㄱㄲがアんㄅㄆぁー\u3400",
}


@given(st.data(), st.sampled_from(tuple(FOREIGN)))
def test_an_index_has_each_head_once(data: st.DataObject, locale: str) -> None:
    """`#` is for what stands before the letters and for what stands after them, so it may come twice."""
    own = st.text(FOREIGN[locale] + "azAZ1 -.я", min_size=1, max_size=4)
    words = data.draw(st.lists(own | st.text(max_size=3), max_size=30))
    heads = [index_head(word, locale) for word in sorted(words, key=lambda word: sort_key(word, locale))]
    blocks = [head for head, _ in groupby(heads) if head != "#"]
    assert len(blocks) == len(set(blocks))


@pytest.mark.parametrize("locale", FOREIGN)
def test_a_head_stands_under_itself(locale: str) -> None:
    for letter in FOREIGN[locale] + "AZ":
        head = index_head(letter, locale)
        assert index_head(head, locale) in {head, ""}


def test_no_two_letters_share_a_head() -> None:
    starts, heads = root_order.heads()
    letters = [head for head in heads if head != "#"]
    assert len(letters) == len(set(letters))
    assert all(a < b for a, b in pairwise(starts))


def test_alphabets_of_the_house_do_without_the_table() -> None:
    code = f"""
import sys
from deficiency_glossary.text.collation import index_head, sort_key
for locale in {(*OWN_ALPHABET, "nb")}:
    for text in ("a", "é", "담보", "あ", "漢", "я", "ك", "§"):
        sort_key(text, locale), index_head(text, locale)
assert "pyuca" not in sys.modules
sort_key("я", "ru")
assert "pyuca" in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


@given(st.text("abcABC éÉ-1", max_size=8), st.text("abc éÉ-1", min_size=1, max_size=8), locales)
def test_a_beginning_stands_before_the_whole(start: str, rest: str, locale: str) -> None:
    if "aa" not in (start + rest).lower():  # in Norwegian aa is another letter than a
        assert sort_key(start, locale) < sort_key(start + rest, locale)


@pytest.mark.parametrize("text", ["\ud800", "\U000f3042", "\ufdd0", "\x00", "\U0010ffff", "i" * 100_000])
@pytest.mark.parametrize("locale", [*OWN_ALPHABET, "", "-", "x" * 1000])
def test_nothing_is_too_odd_to_sort(text: str, locale: str) -> None:
    assert sort_key(text, locale) == sort_key(text, locale)
    assert len(index_head(text, locale)) <= 1
