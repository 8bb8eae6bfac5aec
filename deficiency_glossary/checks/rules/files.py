"""A file alone: is it YAML, and does it have the fields of its kind? The readers in `library` find these."""

from __future__ import annotations

from deficiency_glossary.checks.rule import of_file

# --- the file as YAML ------------------------------------------------------------------------------------------------

unreadable = of_file(
    "unreadable",
    "error",
    "The system could not read the file, or it is not there.\nDo: Look at its name and permissions.",
)
too_large = of_file("too-large", "error", "The file is larger than the limit. It is not read.\nDo: Split the entry.")
not_utf_8 = of_file(
    "not-utf-8",
    "error",
    """Bytes that are not UTF-8.
    Do: Save the file as UTF-8.
    FAIL content/en/house.yaml: title: Caf\\udce9
    PASS content/en/house.yaml: title: Café
    """,
)
bom = of_file(
    "bom",
    "warning",
    """The file begins with a byte order mark.
    Do: Save as UTF-8 without BOM.
    FAIL content/en/house.yaml: \\ufeff# House
    PASS content/en/house.yaml: # House
    """,
)
yaml_syntax = of_file(
    "yaml-syntax",
    "error",
    """The file is not YAML from here on.
    Do: Look at indentation, colons and quotes; a text that holds `: ` needs quotes.
    FAIL content/en/house.yaml: title: House: a building
    FAIL content/en/house.yaml: title: "House
    PASS content/en/house.yaml: title: "House: a building"
    """,
)
empty_file = of_file(
    "empty-file",
    "error",
    """There is nothing in the file.
    Do: Write the required keys; for a concept, at least `{}`.
    FAIL content/concepts/garden.yaml: # nothing yet
    PASS content/concepts/garden.yaml: {}
    """,
)
duplicate_key = of_file(
    "duplicate-key",
    "error",
    """A key stands twice. The first one counts.
    Do: Delete or rename one.
    FAIL content/en/loan.yaml: notes: {law: One., law: Two.}
    PASS content/en/loan.yaml: terms: [{term: loan, status: preferred}, {term: credit, status: admitted}]
    """,
)
key_type = of_file(
    "key-type",
    "error",
    """A key is a list or a mapping.
    Do: Write `key: value`. Quote a text that begins with `{` or `[`.
    FAIL content/en/house.yaml: notes: {[a]: One.}
    PASS content/en/house.yaml: title: "[A] house"
    """,
)
alias = of_file(
    "alias",
    "error",
    """A YAML alias, `*name`, stands here. Reading stops.
    Do: Write the text out. Quote a text that begins with `*`.
    FAIL content/en/house.yaml: title: *name
    PASS content/en/house.yaml: title: "*name"
    """,
)
anchor = of_file(
    "anchor",
    "error",
    """A YAML anchor, `&name`, stands here.
    Do: Delete it. Quote a text that begins with `&`.
    FAIL content/en/house.yaml: title: &name House
    PASS content/en/house.yaml: title: House & garden
    """,
)
tag = of_file(
    "tag",
    "error",
    """A YAML tag, `!name`, stands here.
    Do: Quote a text that begins with `!`.
    FAIL content/en/house.yaml: title: !!str House
    PASS content/en/house.yaml: title: "!!str House"
    """,
)
several_documents = of_file(
    "several-documents",
    "error",
    """A second YAML document begins. It is not read.
    Do: Delete the `---`.
    FAIL content/en/house.yaml: ---
    PASS content/en/house.yaml: # ---
    """,
)
too_deep = of_file(
    "too-deep",
    "error",
    """Nested deeper than any field needs. Reading stops.
    Do: Mend the indentation or the brackets.
    FAIL content/en/house.yaml: title: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
    PASS content/en/house.yaml: title: "[[[[[[[["
    """,
)
tab = of_file(
    "tab",
    "error",
    """A tab stands here.
    Do: Use spaces.
    FAIL content/en/house.yaml: title:\\tHouse
    PASS content/en/house.yaml: title:   House
    """,
)
wide_indent = of_file(
    "wide-indent",
    "error",
    """A line is indented with a no-break or full-width space.
    Do: Use ordinary spaces.
    FAIL content/en/loan.yaml: sections:\\n\\u3000end: {heading: End, body: It ends.}
    PASS content/en/loan.yaml: sections:\\n  end: {heading: End, body: It ends.}
    """,
)
control_character = of_file(
    "control-character",
    "error",
    """A control character, line separator, private-use or other invisible sign stands in the text.
    Do: Delete it.
    FAIL content/en/house.yaml: title: Ho\\x07use
    FAIL content/en/house.yaml: title: "Ho\\\\x07use"
    FAIL content/en/house.yaml: title: Ho\\ue000use
    PASS content/en/house.yaml: title: House
    """,
)
bidi_control = of_file(
    "bidi-control",
    "error",
    """A character that reverses the direction of text. It can hide what a file says.
    Do: Delete it.
    FAIL content/en/house.yaml: title: Ho\\u202euse
    PASS content/en/house.yaml: title: House
    """,
)
replacement_character = of_file(
    "replacement-character",
    "error",
    """`U+FFFD`: a letter was lost when the file was converted.
    Do: Restore the letter.
    FAIL content/ja/house.yaml: title: \\ufffd
    PASS content/ja/house.yaml: title: 家
    """,
)

# --- the fields ------------------------------------------------------------------------------------------------------

missing_key = of_file(
    "missing-key",
    "error",
    """A required key is missing.
    Do: Add it.
    FAIL content/en/loan.yaml: sections: {end: {heading: How it ends}}
    PASS content/en/loan.yaml: sections: {end: {heading: How it ends, body: It ends.}}
    """,
)
unknown_key = of_file(
    "unknown-key",
    "error",
    """There is no such key here.
    Do: Mend its spelling; the hint lists what can stand here.
    FAIL content/en/house.yaml: titel: House
    PASS content/en/house.yaml: title: House
    """,
)
empty_value = of_file(
    "empty-value",
    "error",
    """A key has no value.
    Do: Write one, or delete the key if it may be left out.
    FAIL content/en/house.yaml: title:
    PASS content/en/house.yaml: title: House
    """,
)
wrong_type = of_file(
    "wrong-type",
    "error",
    """The value does not fit the field.
    Do: Write what the message says it expected.
    FAIL content/en/house.yaml: title: [House]
    FAIL content/concepts/house.yaml: sources: [{title: A page, url: "file:///etc/passwd"}]
    PASS content/en/house.yaml: title: 2020
    """,
)
no_preferred_term = of_file(
    "no-preferred-term",
    "error",
    """No term of the entry is preferred.
    Do: Make one `status: preferred`.
    FAIL content/en/house.yaml: terms: [{term: house, status: admitted}]
    PASS content/en/house.yaml: terms: [{term: house, status: preferred}]
    """,
)
two_preferred_terms = of_file(
    "two-preferred-terms",
    "error",
    """More than one term is preferred.
    Do: Make all but one `admitted`.
    FAIL content/en/house.yaml: terms: [{term: house, status: preferred}, {term: home, status: preferred}]
    PASS content/en/house.yaml: terms: [{term: house, status: preferred}, {term: home, status: admitted}]
    """,
)
duplicate_term = of_file(
    "duplicate-term",
    "error",
    """A term stands twice in the entry.
    Do: Delete one.
    FAIL content/en/house.yaml: terms: [{term: house, status: preferred}, {term: house, status: admitted}]
    PASS content/en/house.yaml: terms: [{term: house, status: preferred}, {term: houses, status: admitted}]
    """,
)
no_reading = of_file(
    "no-reading",
    "error",
    """A Japanese term has kanji and no reading.
    Do: Add `reading` in hiragana.
    FAIL content/ja/house.yaml: terms: [{term: 家, status: preferred}]
    PASS content/ja/house.yaml: terms: [{term: いえ, status: preferred}]
    """,
)
bad_reading = of_file(
    "bad-reading",
    "error",
    """A Japanese reading is not in kana.
    Do: Write it in hiragana.
    FAIL content/ja/house.yaml: terms: [{term: 家, reading: 家, status: preferred}]
    PASS content/ja/house.yaml: terms: [{term: 家, reading: いえ, status: preferred}]
    """,
)
no_equivalence_note = of_file(
    "no-equivalence-note",
    "error",
    """The equivalence is not exact, and nothing says what differs.
    Do: Write `equivalence_note`.
    FAIL content/ja/house.yaml: equivalence: close
    PASS content/ja/house.yaml: equivalence: exact
    """,
)
bad_base_url = of_file(
    "bad-base-url",
    "error",
    """`base_url` does not end in a slash.
    Do: Add it.
    FAIL glossary.yaml: base_url: https://example.org
    PASS glossary.yaml: base_url: https://example.org/
    """,
)
unknown_locale = of_file(
    "unknown-locale",
    "error",
    """The source locale is not among `locales`.
    Do: Add it.
    FAIL glossary.yaml: source_locale: fr
    PASS glossary.yaml: source_locale: ja
    """,
)
duplicate_locale = of_file(
    "duplicate-locale",
    "error",
    """A locale stands twice in `locales`.
    Do: Delete one.
    FAIL glossary.yaml: locales: [en, ja, en]
    PASS glossary.yaml: locales: [ja, en]
    """,
)
bad_formula = of_file(
    "bad-formula",
    "error",
    """A result of an example cannot be computed.
    Do: Use figures, results before it, `+ - * /` and parentheses.
    FAIL content/concepts/sale.yaml: examples: {g: {currency: USD, figures: {a: 2, b: 1}, results: {r: a - c}}}
    FAIL content/concepts/sale.yaml: examples: {g: {currency: USD, figures: {a: 2, b: 1}, results: {r: 1 / 0}}}
    PASS content/concepts/sale.yaml: examples: {g: {currency: USD, figures: {a: 2, b: 1}, results: {r: a - b}}}
    """,
)
