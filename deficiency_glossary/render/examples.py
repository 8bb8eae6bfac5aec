"""A worked example as its page shows it: story, chart, table, and what the calculator needs."""

from __future__ import annotations

from functools import cached_property

from markupsafe import Markup

from deficiency_glossary.locales import Locale
from deficiency_glossary.render import calculator, chart, messages
from deficiency_glossary.render.views import Example, Row


class Shown:
    """What the template places. Each part is made when a template asks for it: a theme may leave it out."""

    def __init__(self, key: str, example: Example, locale: Locale, *, interactive: bool) -> None:
        self.key = key
        self.title = example.title
        self._example = example
        self._locale = locale
        self._interactive = interactive

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The lines of the table."""
        return self._example.rows

    @cached_property
    def story(self) -> Markup:
        """The story as HTML, with elements around the amounts if there may be a calculator."""
        return Markup(self._example.text.html()) if self._marked is None else self._marked

    @cached_property
    def chart(self) -> Markup:
        """The chart as SVG; empty where there is too little to draw."""
        return chart.chart(
            self.rows,
            self._example.data,
            self._example.figures,
            name=messages.fill(self._locale.messages.chart, self._locale, title=self.title),
            table=f"amounts-{self.key}",
            rtl=self._locale.direction == "rtl",
        )

    @cached_property
    def calculator(self) -> Markup:
        """The attribute that the script looks for; empty without a site around it, or a story that can follow."""
        return Markup() if self._marked is None else calculator.attribute(self._example)

    @cached_property
    def _marked(self) -> Markup | None:
        return calculator.story(self._example.text) if self._interactive else None
