"""Terms in prose: {term} and its shapes, with the grammar of the language."""

from __future__ import annotations

import pytest

from deficiency_glossary.model import Term, TermForms
from deficiency_glossary.render.views import Text

DEFICIENCY = Term(text="rehin açığı", status="preferred", possessive=True)
MORTGAGE = Term(text="ipotek", status="preferred", soft_stem="ipoteğ")
BANK = Term(text="Halkbank", status="preferred", part_of_speech="proper-noun")
CLAIM = Term(
    text="restkrav",
    status="preferred",
    gender="neuter",
    forms=TermForms(definite="restkravet", plural="restkrav", definite_plural="restkravene"),
)


@pytest.mark.parametrize(
    ("tag", "term", "source", "shown"),
    [
        ("ko", "부족액", "이때 {term}을(를) 갚습니다.", "이때 부족액을 갚습니다."),
        ("ko", "담보", "{term}이(가) 팔리면 {term}은(는) 사라집니다.", "담보가 팔리면 담보는 사라집니다."),
        ("tr", DEFICIENCY, "Banka {term}-(y)I ister.", "Banka rehin açığını ister."),
        ("tr", DEFICIENCY, "{term}-DA faiz vardır.", "Rehin açığında faiz vardır."),
        ("tr", MORTGAGE, "Borç biter. {term}-(y)I kaldırırlar.", "Borç biter. İpoteği kaldırırlar."),
        ("tr", MORTGAGE, "“{term}-(n)In sonu.”", "“İpoteğin sonu.”"),
        ("tr", DEFICIENCY, "{term}-(y)A, {term}-DAn, {term}-(n)In.", "Rehin açığına, rehin açığından, rehin açığının."),
        ("tr", MORTGAGE, "Bu {term}-DAn sonra {term}-(y)A.", "Bu ipotekten sonra ipoteğe."),
        ("tr", MORTGAGE, "{term} biter.", "İpotek biter."),
        ("tr", BANK, "Burada {term}-(n)In sözü geçer.", "Burada Halkbank’ın sözü geçer."),
        ("ko", "부족액", "{term}(으)로 남은 {term}과(와) {term}은(는)", "부족액으로 남은 부족액과 부족액은"),
        ("ko", "대출", "{term}(으)로 {term}이(가)", "대출로 대출이"),
        (
            "nb",
            CLAIM,
            "Et {term}; {term_def}, {term_pl}, {term_def_pl}.",
            "Et restkrav; restkravet, restkrav, restkravene.",
        ),
        ("nb", CLAIM, "- {term_def} forfaller", "- Restkravet forfaller"),
        ("en", "deficiency balance", "One.\n\n{term} two.", "One.\n\nDeficiency balance two."),
        ("ja", "不足金", "この{term}は残ります。", "この不足金は残ります。"),
        ("en", "house", "The {term_pl} stay.", "The {term_pl} stay."),
        ("en", "house", "The `{term}` stays.", "The `{term}` stays."),
    ],
)
def test_term_in_prose(tag: str, term: Term | str, source: str, shown: str) -> None:
    record = Term(text=term, status="preferred") if isinstance(term, str) else term
    assert Text(source, tag, term=record).markdown() == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("Et {term} på {owed}.", "Et restkrav på 8 500 kroner."),
        ("{owed} er {term_def}.", "8 500 kroner er restkravet."),
        ("{term} og {missing}.", "Restkrav og {missing}."),
    ],
)
def test_terms_and_amounts_in_one_story(source: str, shown: str) -> None:
    text = Text(source, "nb", {"owed": "8 500 kroner"}, term=CLAIM)
    assert text.markdown() == shown


def test_a_figure_may_be_called_term() -> None:
    text = Text("{term}; {term}", "en", {"term": "12 months"}, term=Term(text="loan", status="preferred"))
    assert text.markdown() == "12 months; 12 months"
