"""A worked example as its page shows it: story, chart, table, and what the calculator needs."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from deficiency_glossary.locales import Locale
from deficiency_glossary.render import calculator, chart, messages
from deficiency_glossary.render.views import Example, Row


class Shown(NamedTuple):
    """What the template places. `calculator` is the attribute that a script looks for, or empty."""

    key: str
    title: str
    story: Markup
    chart: Markup
    rows: tuple[Row, ...]
    calculator: Markup


def shown(key: str, example: Example, locale: Locale, *, interactive: bool) -> Shown:
    """An example, with a calculator if the page has a site around it and its story can follow other figures."""
    rows, text = example.rows, example.text
    story = calculator.story(text) if interactive else None
    drawing = chart.chart(
        rows,
        example.data,
        example.figures,
        name=messages.fill(locale.messages.chart, locale, title=example.title),
        table=f"amounts-{key}",
        rtl=locale.direction == "rtl",
    )
    data = Markup() if story is None else calculator.attribute(example)
    return Shown(key, example.title, Markup(text.html()) if story is None else story, drawing, rows, data)
