"""Texts that a check must fail, and texts that it must let pass: tests/vectors/qa_texts.jsonl.

All texts of a language stand in one glossary, each as an entry of its own, since some rules look at how the whole
glossary writes. What a text needs around it (a term, a link's target, figures) is told here, by the kind of check.
"""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from small import ROOT, findings_of

from deficiency_glossary.findings import Finding

VECTORS = ROOT / "tests" / "vectors" / "qa_texts.jsonl"
TEXTS: list[dict[str, Any]] = [json.loads(line) for line in VECTORS.read_text(encoding="utf-8").splitlines()]
LANGUAGES = sorted({text["lang"] for text in TEXTS})

# Which rules may say that a text fails: any of these must, and for a text that passes, no rule at all may.
CODES = {
    "placeholder": {"unknown-placeholder", "unused-placeholder", "repeated-placeholder", "stray-brace"},
    "link": {"dead-link", "unread-link", "missing-link", "unknown-scheme"},
    "emphasis": {"literal-emphasis"},
    "number": {"number-differs"},
    "endpunct": {"end-mark"},
    "term": {"missing-term"},
    "chars": {
        "control-character", "replacement-character", "not-nfc", "half-width-kana", "invisible-character",
        "foreign-letter", "lost-letter", "mixed-script",
    },
    "same": {"untranslated", "wrong-type"},
    "dupword": {"doubled-word"},
    "brackets": {"unbalanced"},
    "spacing": {"space-in-japanese", "double-space", "percent-sign"},
    "length": {"length-ratio"},
    "register": {"mixed-register"},
    "acronym": {"acronym-dropped"},
}  # fmt: skip


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def entry(text: dict[str, Any], locale: str, written: str, term: str) -> str:
    """An entry whose one text of interest is this."""
    stop = "。" if locale == "ja" else "."
    body = [f"definition: Z{stop}"]
    title = "Z"
    if text["check"] == "placeholder":
        labels = "{amount: Z, year: Z}"
        body.append(f"examples: {{one: {{title: Z, text: {quoted(written)}, labels: {labels}}}}}")
    elif re.search(r"[.!?]$", text["src"]) or text["check"] == "term":
        body = [f"definition: {quoted(written)}"]
    else:
        title = written
    lines = [f"terms: [{term}]", f"title: {quoted(title)}", f"description: Z{stop}", *body]
    if text.get("ignore"):
        lines[1] += f"  # ignore: {text['ignore']}"
    return "\n".join(lines) + "\n"


def name_of(number: str) -> str:
    """The id in letters alone: a number in the source would be missed in the translation."""
    return "".join(chr(ord("a") + int(sign)) if sign.isdigit() else sign for sign in number if sign != "-")


def prepared(text: dict[str, Any]) -> tuple[str, str]:
    """Source and translation as our content would have them."""
    source, target = text["src"], text["tgt"]
    if text["check"] == "term":  # the source speaks of the term, twice; the note after the text names it
        name = name_of(text["id"])
        stop = "。" if text["lang"] == "ja" else "."
        return f"About {name} and {name}.", target.partition(" (term: ")[0].rstrip(".。") + stop
    if text["check"] == "link":  # our links to concepts have no scheme
        return source.replace("term:", ""), target.replace("term:", "")
    return source, target


def write(root: Path, language: str) -> None:
    settings = f'base_url: https://x.org/\nsource_locale: en\nlocales: [en, "{language}"]\n'
    licence = "licence: {name: CC0, url: https://creativecommons.org/}\n"
    for folder in ("locales", "content/concepts", "content/en", f"content/{language}"):
        (root / folder).mkdir(parents=True)
    (root / "glossary.yaml").write_text(settings + licence, encoding="utf-8")
    for locale in ("en", language):
        shutil.copy(ROOT / "locales" / f"{locale}.yaml", root / "locales")

    def put(concept: str, locale: str, content: str) -> None:
        (root / "content" / locale / f"{concept}.yaml").write_text(content, encoding="utf-8")

    texts = [text for text in TEXTS if text["lang"] == language]
    put("budget-deficit", "concepts", "{}\n")
    for locale in ("en", language):
        put("budget-deficit", locale, entry({"check": "", "src": ""}, locale, "Z", "{term: qqq, status: preferred}"))
    for text in texts:
        number = text["id"]
        figures = "examples: {one: {currency: USD, figures: {amount: 1, year: 2}, kinds: {year: number}}}\n"
        put(
            number, "concepts", "relations: {contrast: [budget-deficit]}\n" + figures * (text["check"] == "placeholder")
        )
        source, target = prepared(text)
        put(number, "en", entry(text, "en", source, f"{{term: q{name_of(number)}, status: preferred}}"))
        put(number, language, entry(text, language, target, f"{{term: w{name_of(number)}, status: preferred}}"))
        if text["check"] == "term":
            wanted = re.search(r"\(term: (.+)\)", text["tgt"])
            assert wanted
            extra = ", ".join(json.dumps(form, ensure_ascii=False) for form in text.get("forms", ()))
            forms = f", forms: {{other: [{extra}]}}" if extra else ""
            reading = ", reading: よみ" if language == "ja" else ""
            note = {"check": "", "src": ""}
            put(f"{number}-term", "concepts", "relations: {contrast: [budget-deficit]}\n")
            put(f"{number}-term", "en", entry(note, "en", "Z", f"{{term: {name_of(number)}, status: preferred}}"))
            term = f"{{term: {quoted(wanted[1])}, status: preferred{reading}{forms}}}"
            put(f"{number}-term", language, entry(note, language, "Z", term))


@cache
def found_in(language: str, folder: Path) -> list[Finding]:
    root = folder / language
    write(root, language)
    return findings_of(root)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("texts")


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text["id"])
def test_texts_that_must_fail_fail_and_the_others_pass(text: dict[str, Any], folder: Path) -> None:
    path = f"content/{text['lang']}/{text['id']}.yaml"
    here = [finding for finding in found_in(text["lang"], folder) if finding.path == path]
    codes = {finding.code for finding in here}
    if text["expect"] == "fail":
        assert codes & CODES[text["check"]], here
    else:
        assert not here
