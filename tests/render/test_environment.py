"""Templates escape as Jinja does."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from jinja2 import Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from deficiency_glossary.render.environment import as_text, environment, read_template, template_names


class Named(str):
    """A text of another class."""


class Element:
    """Anything that is HTML."""

    def __html__(self) -> str:
        return "<i>'</i>"

    def __str__(self) -> str:
        return "<not this>"

    def __repr__(self) -> str:  # the name of a test is the same in every process
        return "Element()"


VALUES = [
    "",
    "plain",
    "담보",
    "a & b",
    "<b>",
    "a > b",
    '"',
    "it's",
    "&amp;",
    Named("<"),
    Named("x"),
    Markup("<b>&"),
    Markup(""),
]
VALUES += [None, 0, 1.5, Decimal("1.50"), True, ["<"], ("'",), {"<": ">"}, Element()]  # type: ignore[list-item]

WAYS = {
    "output": "{{ x }}|{{ x }}{{ x }}",
    "loop": "{% for one in [x, x] %}{{ one }},{% endfor %}",
    "recursive loop": "{% for one in [[x], []] recursive %}{{ x }}{% if one %}{{ loop([[]]) }}{% endif %}{% endfor %}",
    "set": "{% set y %}{{ x }}{% endset %}{{ y }}{{ y ~ '<' }}",
    "macro": "{% macro m(y) %}<p>{{ y }}</p>{% endmacro %}{{ m(x) }}{{ m(m(x)) }}",
    "call": "{% macro m() %}<p>{{ caller() }}</p>{% endmacro %}{% call m() %}{{ x }}{% endcall %}",
    "filter block": "{% filter upper %}{{ x }}<b>{% endfilter %}",
    "block": "{% block a %}{{ x }}{% endblock %}{{ self.a() }}",
    "joined": "{{ x ~ '<' ~ x }}{{ [x, '<']|join(x) }}",
    "condition": "{{ x if x else '<else>' }}",
    "filters": "{{ x|string|e }}{{ x|string|safe }}{{ x|string|forceescape }}",
    "autoescape": "{% autoescape false %}{{ x }}{% endautoescape %}{% autoescape y %}{{ x }}{% endautoescape %}",
}


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("way", WAYS)
def test_outputs_are_those_of_jinja(way: str, value: Any) -> None:
    for flag in (True, False):
        expected = (
            Environment(autoescape=True, undefined=StrictUndefined).from_string(WAYS[way]).render(x=value, y=flag)
        )
        assert environment(autoescape=True).from_string(WAYS[way]).render(x=value, y=flag) == expected


def test_a_text_is_looked_at_by_ours() -> None:
    # The law above would hold emptily if Jinja did it alone.
    compiled = environment(autoescape=True).compile("{{ x }}", raw=True)
    assert "as_text(" in compiled
    assert "escape(" not in compiled.split("def root")[1]
    text = Markup("<b>")
    assert as_text(text) is text


def test_what_is_not_there_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="'x' is undefined"):
        environment(autoescape=True).from_string("{{ x }}").render()


def test_markdown_is_not_escaped() -> None:
    assert environment(autoescape=False).from_string("{{ x }}").render(x="<b>") == "<b>"


@pytest.mark.parametrize("name", [name for name in template_names() if name.endswith(".html")])
def test_built_in_pages_use_it_throughout(name: str) -> None:
    compiled = environment(autoescape=True).compile(read_template(name) or "", raw=True)
    assert "yield escape(" not in compiled


def test_a_template_changes_no_global_of_another() -> None:
    templates = environment(autoescape=True)
    changing = templates.from_string("{% set range = 1 %}{{ range }}{{ dict(a=1)['a'] }}", globals={"word": "w"})
    assert changing.render() + changing.render(dict=dict) == "1111"
    with pytest.raises(UndefinedError, match="'word' is undefined"):
        templates.from_string("{{ range(3)|list }}{{ word }}").render()
