"""An entry as data: what a program gets that does not speak Python."""

from __future__ import annotations

from typing import Any

from deficiency_glossary.model import Source, Term
from deficiency_glossary.render.views import Example, LocalizedEntry


def entry_data(entry: LocalizedEntry) -> dict[str, Any]:
    """The entry as JSON can hold it: texts are Markdown, figures decimal strings, days `YYYY-MM-DD`."""
    return {
        "concept": entry.concept,
        "locale": entry.locale,
        "title": entry.title,
        "description": entry.description,
        "terms": [_term(term) for term in entry.terms],
        "definition": entry.definition.markdown(),
        "sections": {
            key: {"heading": part.heading, "body": part.body.markdown()} for key, part in entry.sections.items()
        },
        "highlights": {key: point.markdown() for key, point in entry.highlights.items()},
        "notes": {key: note.markdown() for key, note in entry.notes.items()},
        "examples": {key: _example(example) for key, example in entry.examples.items()},
        "equivalence": entry.equivalence,
        "equivalence_note": entry.equivalence_note,
        "subject_fields": list(entry.subject_fields),
        "jurisdiction": list(entry.jurisdiction),
        "sources": [_source(source) for source in entry.sources],
        "method": entry.method,
        "reviewed": {"by": entry.reviewed.by, "date": entry.reviewed.date.isoformat()} if entry.reviewed else None,
        "modified": entry.modified.isoformat() if entry.modified else None,
    }


def _term(term: Term) -> dict[str, Any]:
    return {
        "term": term.text,
        "status": term.status,
        "part_of_speech": term.part_of_speech,
        "reading": term.reading,
        "note": term.note,
    }


def _example(example: Example) -> dict[str, Any]:
    return {
        "title": example.title,
        "text": example.text.markdown(),
        "currency": example.currency,
        "figures": {name: str(value) for name, value in example.figures.items()},
        "rows": [{"name": row.name, "label": row.label, "amount": row.amount} for row in example.rows],
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "title": source.title,
        "url": source.url,
        "language": source.language,
        "accessed": source.accessed.isoformat() if source.accessed else None,
    }
