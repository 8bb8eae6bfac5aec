"""The words of the interface, filled in: a message is to a page what a sentence is to an entry."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from markupsafe import Markup, escape

from deficiency_glossary.locales import Locale, PluralCategory
from deficiency_glossary.model import Reference
from deficiency_glossary.text import formats, grammar, markup

if TYPE_CHECKING:
    from babel import Locale as BabelLocale


def fill(message: str, locale: Locale, **values: str) -> str:
    """A message with its {names} replaced, grammar included."""
    return grammar.resolve(markup.fill(message, values), locale.tag)


def dated(message: str, locale: Locale, date: datetime.date, name: str | None = None) -> str:
    """A message about a day, and who did something then: many pages have the same."""
    return _dated(message, locale.tag, date, name)


@lru_cache(maxsize=1024)
def _dated(message: str, tag: str, date: datetime.date, name: str | None) -> str:
    values = {"date": formats.format_date(date, tag)} | ({} if name is None else {"name": name})
    return grammar.resolve(markup.fill(message, values), tag)


def credit(message: str, locale: Locale, name: str, reference: Reference) -> Markup:
    """A message with a link in the place of the name: who is named at the foot of every page."""
    return _credit(message, locale.tag, name, reference)


@lru_cache(maxsize=256)
def _credit(message: str, tag: str, name: str, reference: Reference) -> Markup:
    anchor = Markup('<a href="{}" dir="auto">{}</a>').format(reference.url, reference.name)
    return Markup(grammar.resolve(markup.fill(str(escape(message)), {name: str(anchor)}), tag))


def plural(forms: Mapping[PluralCategory, str], locale: Locale, count: int) -> str:
    """The form of a message for a number (CLDR plural rules), with {count} filled in."""
    form = forms.get(_category(locale.tag, count)) or forms["other"]
    return fill(form, locale, count=formats.format_number(count, locale.tag))


def countries(codes: Iterable[str], locale: Locale) -> str:
    """The names of countries as a list in prose: `Amerika Birleşik Devletleri ve Kanada`."""
    return _list(locale.tag, tuple(_territory(locale.tag, code) for code in codes))


def currency_name(code: str, locale: Locale) -> str:
    """What the language calls a currency, as in a list of them."""
    from babel.numbers import get_currency_name

    return get_currency_name(code, locale=_babel(locale.tag))


@lru_cache(maxsize=256)
def _category(tag: str, count: int) -> PluralCategory:
    return cast("PluralCategory", _babel(tag).plural_form(count))


@lru_cache(maxsize=1024)
def _territory(tag: str, code: str) -> str:
    return str(_babel(tag).territories.get(code, code))


@lru_cache(maxsize=1024)
def _list(tag: str, names: tuple[str, ...]) -> str:
    from babel.lists import format_list

    return format_list(list(names), locale=_babel(tag))


@lru_cache(maxsize=64)
def _babel(tag: str) -> BabelLocale:
    from babel import Locale as BabelLocale

    return BabelLocale.parse(tag, sep="-")


@lru_cache(maxsize=64)
def og_locale(tag: str) -> str:
    """The tag as the Open Graph protocol writes locales, `ms_MY`: with CLDR's likely territory if it has none."""
    from babel.core import get_global

    parsed = _babel(tag)
    likely = str(get_global("likely_subtags").get(parsed.language, ""))
    territory = parsed.territory or likely.rpartition("_")[2]
    return f"{parsed.language}_{territory}" if territory else parsed.language
