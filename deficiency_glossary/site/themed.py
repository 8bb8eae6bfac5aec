"""What a theme brings to the site: its pages, its files, and what every page depends on because of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from deficiency_glossary.errors import InvalidTheme
from deficiency_glossary.findings import Finding, has_errors, in_order
from deficiency_glossary.library import theme as themes_on_disk
from deficiency_glossary.library.stamps import digest_of
from deficiency_glossary.library.store import Library
from deficiency_glossary.library.theme import Theme, ThemePage
from deficiency_glossary.render import listings, themes
from deficiency_glossary.site import plan, routes
from deficiency_glossary.site.plan import Format, Task
from deficiency_glossary.site.scope import Scope
from deficiency_glossary.site.survey import Survey
from deficiency_glossary.site.workshop import Workshop
from deficiency_glossary.text import markup


def read_theme(library: Library) -> Theme:
    """The theme beside a glossary. Raises InvalidTheme with everything that shows before its templates run."""
    theme, findings = themes_on_disk.read(library)
    found = [*findings, *themes.findings_in(theme.templates)]
    if has_errors(found):
        raise InvalidTheme(in_order(found))
    return theme


def others(survey: Survey, output: Format, theme: Theme, scope: Scope | None = None) -> list[Task]:
    """The files of no entry, those of the theme among them; with a scope, at least those that an edit can reach.

    Raises InvalidTheme for a page whose address is taken.
    """
    own = plan.others(survey, output, theme) if scope is None or scope.lists else []
    if theme == Theme():
        return own
    brought = [*_pages(theme, survey), *_files(theme)] if output == "html" else []
    replaced = {task.path for task in brought if task.kind == "file"}
    kept = [task for task in own if task.path not in replaced]
    _refuse_taken(theme, survey, {task.path for task in kept})
    return list(_dressed([*kept, *brought], theme))


def entries(survey: Survey, output: Format, theme: Theme, scope: Scope | None = None) -> Iterator[Task]:
    """The files of the entries; with a scope, those that an edit can reach."""
    return _dressed(plan.entries(survey, output, scope), theme)


def _pages(theme: Theme, survey: Survey) -> Iterator[Task]:
    shown = tuple(f"{locale.tag} {locale.name}" for locale in survey.locales.values())
    for page in theme.pages:
        entries = survey.entries[page.locale]
        siblings = {other.name for other in theme.pages if other.locale == page.locale}
        targets = set(markup.targets(page.body))
        yield Task(
            routes.page(page.locale, page.name),
            "page",
            (survey.digests["glossary.yaml"], survey.digests[f"locales/{page.locale}.yaml"], page.digest, *shown),
            page.locale,
            page.name,
            locales=tuple(name for name in survey.entries if _page_of(theme, name, page.name)),
            feed=any(entry.modified for entry in entries.values()),
            linkable=tuple(sorted(targets & {*entries, *siblings})),
        )


def _files(theme: Theme) -> Iterator[Task]:
    for one in theme.files:
        yield Task(routes.ASSETS + one.name, "file", (one.digest,))


def _page_of(theme: Theme, locale: str, name: str) -> ThemePage | None:
    return next((page for page in theme.pages if (page.locale, page.name) == (locale, name)), None)


def _refuse_taken(theme: Theme, survey: Survey, paths: set[str]) -> None:
    """A page may not stand where an entry, an old address or a page of every site stands, or will one day."""
    taken = [
        Finding(
            path=page.path,
            code="theme-page",
            message=f"{page.name!r} is {'a concept' if page.name in survey.concepts else 'another page'} already",
            hint="rename the file",
        )
        for page in theme.pages
        if page.name in survey.concepts or routes.page(page.locale, page.name) in paths
    ]
    if taken:
        raise InvalidTheme(in_order(taken))


def _dressed(tasks: Iterable[Task], theme: Theme) -> Iterator[Task]:
    """The tasks with what each page takes from the theme among its inputs; the other files stay as they are."""
    if theme == Theme():
        yield from tasks
        return
    known: dict[tuple[str, str], str] = {}
    for task in tasks:
        if (task.kind, task.locale) not in known:
            known[task.kind, task.locale] = _share(task, theme)
        share = known[task.kind, task.locale]
        yield replace(task, inputs=(*task.inputs, share)) if share else task


def _share(task: Task, theme: Theme) -> str:
    """The digest of all that pages of a kind take from the theme; '' for files that take nothing."""
    if task.kind.endswith("-markdown"):
        return themes.digest_for(task.kind.removesuffix("-markdown") + ".md", theme.templates)
    if not task.path.endswith(".html") or task.kind == "file":
        return ""
    template = themes.digest_for(task.kind.replace("-", "_") + ".html", theme.templates)
    footer = [(page.name, page.title) for page in theme.pages if page.locale == task.locale]
    return digest_of(repr((template, theme.has_style, footer)).encode())


# --- files -----------------------------------------------------------------------------------------------------------


def page(shop: Workshop, task: Task) -> str:
    """A page of the theme."""
    linkable = frozenset(task.linkable)

    def url_for(target: str, section: str) -> str | None:
        if target not in linkable:
            return None
        return f"../{target}/#{section}" if section else f"../{target}/"

    found = _page_of(shop.job.theme, task.locale, task.concept)
    assert found is not None  # noqa: S101 - the task was made from it
    return listings.own_page(shop.frame(task), found.name, found.title, found.description, found.body, url_for)


def file(shop: Workshop, task: Task) -> bytes:
    """A file of the theme, as it is."""
    name = task.path.removeprefix(routes.ASSETS)
    return next(Path(one.source).read_bytes() for one in shop.job.theme.files if one.name == name)
