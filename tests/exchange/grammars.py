"""What the standards allow of what we write: element -> (children, attributes), in the words of regular expressions.

Written from the texts of XLIFF 2.1 (OASIS, with its modules for metadata and size), XLIFF 1.2 (OASIS, strict) and
TBX-Basic 1.2.1 (ISO 30042:2019, DCA); the schemas of OASIS and LTAC themselves are in no package that could be
installed. A test shows that each grammar rejects what the standard forbids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple


class Rule(NamedTuple):
    """`children` is matched against the names of the children, each followed by a space."""

    children: str = ""
    required: Mapping[str, str] = MappingProxyType({})
    optional: Mapping[str, str] = MappingProxyType({})
    text: bool = False


ANY, NMTOKEN, LANGUAGE, NUMBER = r"(?s).*", r"[\w.:-]+", r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", r"[1-9]\d*"
PRESERVE = {"xml:space": "preserve"}
INLINE2 = r"(ph |pc )*"
META = Rule("(metaGroup )+")

XLIFF21 = {
    "xliff": Rule("(file )+", {"version": r"2\.1", "srcLang": LANGUAGE, "trgLang": LANGUAGE}),
    "file": Rule("(profiles |metadata )*(unit )+", {"id": NMTOKEN}, {"original": ANY, "canResegment": "yes|no"}),
    "profiles": Rule("", {"generalProfile": "xliff:codepoints"}),
    "metadata": META,
    "metaGroup": Rule("(meta )+", {}, {"category": ANY}),
    "meta": Rule("", {"type": ANY}, text=True),
    "unit": Rule(
        "(metadata )*(notes )?(originalData )?(segment )+",
        {"id": NMTOKEN},
        {"name": ANY, "slr:sizeRestriction": NUMBER, **PRESERVE},
    ),
    "notes": Rule("(note )+"),
    "note": Rule("", {}, {"id": NMTOKEN, "appliesTo": "source|target"}, text=True),
    "originalData": Rule("(data )+"),
    "data": Rule("", {"id": NMTOKEN}, text=True),
    "segment": Rule(
        "source (target )?", {}, {"state": "initial|translated|reviewed|final", "subState": r"[^\s:]+:[^\s:]+"}
    ),
    "source": Rule(INLINE2, text=True),
    "target": Rule(INLINE2, text=True),
    "ph": Rule("", {"id": NMTOKEN}, {"dataRef": NMTOKEN, "equiv": ANY, "disp": ANY, "canDelete": "yes|no"}),
    "pc": Rule(
        INLINE2,
        {"id": NMTOKEN},
        {"type": "fmt|ui|quote|link|image|other", "dataRefStart": NMTOKEN, "dataRefEnd": NMTOKEN}
        | {"equivStart": ANY, "equivEnd": ANY},
        text=True,
    ),
}

INLINE1 = r"(ph |bpt |ept )*"
STATES1 = "final|needs-(adaptation|l10n|translation|review-(adaptation|l10n|translation))|new|signed-off|translated"
XLIFF12 = {
    "xliff": Rule("(file )+", {"version": r"1\.2"}),
    "file": Rule(
        "(header )?body ",
        {"original": ANY, "source-language": LANGUAGE, "datatype": "plaintext"},
        {"target-language": LANGUAGE},
    ),
    "header": Rule("(tool )*"),
    "tool": Rule("", {"tool-id": ANY, "tool-name": ANY}, {"tool-version": ANY}),
    "body": Rule("(trans-unit )*"),
    "trans-unit": Rule(
        "source (target )?(note )*",
        {"id": ANY},
        {"resname": ANY, "maxwidth": NUMBER, "size-unit": "char", "extradata": ANY, "approved": "yes|no", **PRESERVE},
    ),
    "source": Rule(INLINE1, text=True),
    "target": Rule(INLINE1, {}, {"state": STATES1, "state-qualifier": "mt-suggestion"}, text=True),
    "note": Rule("", {}, {"from": ANY, "annotates": "source|target|general"}, text=True),
    "ph": Rule("", {"id": ANY}, text=True),
    "bpt": Rule("", {"id": ANY}, {"ctype": "bold|italic|underlined|link|x-.+"}, text=True),
    "ept": Rule("", {"id": ANY}, text=True),
}

AUX = "descrip |note |ref |transacGrp |xref "
STATUS3 = "(preferred|admitted|deprecated|superseded)Term-admn-sts"
TBX3 = {
    "tbx": Rule("tbxHeader text ", {"type": "TBX-Basic", "style": "dca", "xml:lang": LANGUAGE}),
    "tbxHeader": Rule("fileDesc "),
    "fileDesc": Rule("(publicationStmt )?(titleStmt )?sourceDesc "),
    "titleStmt": Rule("title "),
    "publicationStmt": Rule("(p )+"),
    "sourceDesc": Rule("(p )+"),
    "text": Rule("body "),
    "body": Rule("(conceptEntry )+"),
    "conceptEntry": Rule(f"({AUX})*(langSec )+", {}, {"id": r"[A-Za-z_][\w.-]*"}),
    "langSec": Rule("(descrip |note |transacGrp |xref )*(termSec )+", {"xml:lang": LANGUAGE}),
    "termSec": Rule("term (termNote |note |ref |xref )*"),
    "transacGrp": Rule("transac (date |transacNote )*"),
    "transac": Rule("", {"type": "transactionType"}, text=True),
    "transacNote": Rule("", {"type": "responsibility"}, text=True),
    "termNote": Rule("", {"type": "administrativeStatus|partOfSpeech|grammaticalGender"}, text=True),
    "descrip": Rule("", {"type": "subjectField|definition"}, text=True),
    "ref": Rule("", {"type": "crossReference", "target": ANY}, text=True),
    "xref": Rule("", {"type": "externalCrossReference", "target": "https?://.+"}, text=True),
    **{name: Rule("", text=True) for name in ("title", "p", "date", "note", "term")},
}
# Data category -> where it may stand, and its words.
CATEGORIES3 = {
    "subjectField": ("conceptEntry", ANY),
    "definition": ("conceptEntry|langSec", ANY),
    "administrativeStatus": ("termSec", STATUS3),
    "partOfSpeech": ("termSec", "adjective|noun|other|verb|adverb"),
    "grammaticalGender": ("termSec", "masculine|feminine|neuter|other"),
    "transactionType": ("transacGrp", "origination|modification"),
    "crossReference": ("conceptEntry|termSec", ANY),
    "externalCrossReference": ("conceptEntry|langSec|termSec", ANY),
}

_PREFIXES = {
    "{http://www.w3.org/XML/1998/namespace}": "xml:",
    "{urn:oasis:names:tc:xliff:sizerestriction:2.0}": "slr:",
}


def local(name: str) -> str:
    return name.rpartition("}")[2]


def _attribute(name: str) -> str:
    namespace, _, own = name.rpartition("}")
    return _PREFIXES[f"{namespace}}}"] + own if namespace else own


def offences(root: Any, grammar: dict[str, Rule]) -> Iterator[str]:
    """Everything in a document that its grammar does not allow."""
    for element in root.iter():
        name = local(element.tag)
        if name not in grammar:
            yield f"{name} is not known"
            continue
        rule = grammar[name]
        children = "".join(f"{local(child.tag)} " for child in element)
        if not re.fullmatch(rule.children, children):
            yield f"{name} holds {children}"
        texts = [element.text, *(child.tail for child in element)]
        if not rule.text and any(text and text.strip() for text in texts):
            yield f"{name} holds text"
        given = {_attribute(key): value for key, value in element.attrib.items()}
        allowed = {**rule.required, **rule.optional}
        yield from (f"{name} lacks {key}" for key in rule.required.keys() - given.keys())
        for key, value in given.items():
            if key not in allowed or not re.fullmatch(allowed[key], value):
                yield f'{name} has {key}="{value}"'
