"""The object that a Python program holds: a glossary, with everything the rooms below can do for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from deficiency_glossary.findings import Finding
from deficiency_glossary.library.store import open_library

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from deficiency_glossary.render.views import LocalizedEntry
    from deficiency_glossary.site.build import BuildReport
    from deficiency_glossary.text.search import Hit, Index
    from deficiency_glossary.text.terms import Matcher, Mention

Format = Literal["html", "markdown"]


class Glossary:
    """One folder of content, read as it is asked for. Make it with `load`."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root
        self._library = open_library(root)
        self._matchers: dict[str, Matcher] = {}
        self._indexes: dict[str, Index] = {}

    def __repr__(self) -> str:
        return f"<Glossary {self.root or 'shipped'}: {len(self.concepts)} concepts in {', '.join(self.locales)}>"

    @property
    def locales(self) -> tuple[str, ...]:
        """The ids of the published locales, in the order of glossary.yaml. Raises InvalidContent."""
        return self._library.locales

    @property
    def source_locale(self) -> str:
        """The locale that the others are translated from. Raises InvalidContent."""
        return self._library.settings.source_locale

    @property
    def concepts(self) -> tuple[str, ...]:
        """The ids of all concepts, sorted."""
        return self._library.concepts

    def entry(self, concept: str, locale: str, *, fallback: bool = False) -> LocalizedEntry:
        """A concept, named by its id or an old address of it, in the locale that serves a BCP 47 tag.

        Never a near match: raises UnknownConcept, UnknownLocale or MissingEntry, which are GlossaryError and
        LookupError and suggest names; InvalidContent if the file has an error. With `fallback`, the source locale's
        entry stands in for a missing one, and `is_fallback` and `locale` of the result say so.
        """
        from deficiency_glossary.render.views import entry_view

        return entry_view(self._library, concept, locale, fallback=fallback)

    def render(self, concept: str, locale: str, *, format: Format = "html", fallback: bool = False) -> str:  # noqa: A002
        """An entry as one text: an HTML <article> to put into a page, or a Markdown document with front matter.

        Links go to `../<concept>/` in HTML and to `<concept>.md` in Markdown. A theme does not count: its templates are
        code, and only a build runs them. Raises as `entry`, and ValueError for another format.
        """
        from deficiency_glossary.render import documents, pages, views

        if format not in ("html", "markdown"):
            raise ValueError(f"unknown format {format!r}; expected 'html' or 'markdown'")
        url_for = views.sibling_url if format == "html" else views.sibling_file
        entry = views.entry_view(self._library, concept, locale, fallback=fallback, url_for=url_for)
        shown = self._library.locale_file(entry.locale).require()
        requested = self._library.locale_file(entry.requested_locale).require()
        if format == "markdown":
            return documents.entry_document(entry, shown, self._library.settings, requested=requested)
        return pages.article_html(entry, shown, requested)

    def find(self, text: str, locale: str, *, markdown: bool = False) -> list[Mention]:
        """The mentions of the glossary's terms in a text, in order: `.start .end .concept .term .status`.

        Inflected forms count, and terms of every status; none overlap. Addresses are passed over; with `markdown`,
        code and link targets too. The terms of a locale are read once, at the first call. Raises UnknownLocale,
        InvalidContent. What it cannot do: docs/explanation/matching.md.
        """
        from deficiency_glossary.library.mentions import matcher_of

        name, _ = self._library.locale(locale)
        if name not in self._matchers:
            self._matchers[name] = matcher_of(self._library, name)
        return self._matchers[name].find(text, markdown=markdown)

    def search(self, query: str, locale: str, *, limit: int = 10) -> list[Hit]:
        """The concepts that a query means, best first: `.concept .term .matched`.

        Looked up in terms of every status, readings, initial consonants (`ㄷㅂ`), Latin spelling (`tanpo`) and then
        the text, all folded: case, accents and widths do not count. An inflected term finds its concept too. The
        index of a locale is made at the first call. Raises UnknownLocale, InvalidContent.
        """
        from deficiency_glossary.library.mentions import index_of

        name, _ = self._library.locale(locale)
        if name not in self._indexes:
            self._indexes[name] = index_of(self._library, name)
        hits = self._indexes[name].search(query, limit)
        if hits and hits[0].rank[0] == 0:
            return hits
        mentioned = dict.fromkeys(mention.concept for mention in self.find(query, name))
        inflected = [hit for concept in mentioned for hit in self._indexes[name].of(concept)]
        rest = [hit for hit in hits if hit.concept not in mentioned]
        return [*inflected, *rest][:limit]

    def check(self, *, select: Collection[str] = (), jobs: int | None = None, cache: bool = False) -> list[Finding]:
        """Everything wrong in the content, by file and place; empty if all is well.

        With `select`, only findings of these codes, and those that are looked for only when asked too. `jobs` is the
        number of processes; None chooses by size. With `cache`, what a large glossary's files were found to hold is
        kept beside glossary.yaml, in `.deficiency_glossary_cache`, and only what changed is looked at the next time.
        """
        from deficiency_glossary.checks.content import check

        return check(self._library, select, jobs, cache=cache)

    def build(
        self,
        out: str | Path,
        *,
        format: Format = "html",  # noqa: A002
        locales: Sequence[str] | None = None,
        base_url: str | None = None,
        jobs: int | None = None,
        force: bool = False,
        executor: Executor | None = None,
        changed_list: str | Path | None = None,
        removed_list: str | Path | None = None,
        changed_since: str | Path | None = None,
    ) -> BuildReport:
        """Build the site (or one Markdown file an entry) into a folder, which is replaced as a whole.

        `jobs` is the number of processes; None chooses by size. `executor` works instead, and stays open: threads,
        processes, or a cluster whose machines have the same code and folders. A folder `theme` beside glossary.yaml
        counts; its templates are code. The lists name the files, one a line, that a host lacks or has too many after
        the build before, or that of the manifest `changed_since`. Raises InvalidContent, InvalidTheme, BuildRefused and
        WorkersFailed; the old site then stays as it was.
        """
        from deficiency_glossary.site.build import build
        from deficiency_glossary.site.manifest import Lists

        lists = Lists(*(Path(path) if path else None for path in (changed_list, removed_list, changed_since)))
        return build(
            self.root,
            Path(out),
            output=format,
            locales=locales,
            base_url=base_url,
            jobs=jobs,
            force=force,
            executor=executor,
            lists=lists,
        )

    def export(
        self,
        format: str,  # noqa: A002
        *,
        locales: Sequence[str] = (),
        variant: str | None = None,
    ) -> dict[str, bytes]:
        """The files of an export, by name: for translators (po, xliff, csv) or terminology tools (tbx, skos, json).

        Variants: xliff 2.1 or 1.2, csv bom or plain, tbx 3 or 2, skos turtle or json-ld; the first is meant without a
        word. Without locales, all. What comes back is for the command `import`. Raises InvalidContent, UnknownLocale,
        and GlossaryError for an unknown format, variant or a package that is missing.
        """
        from deficiency_glossary.exchange import formats

        return formats.export(self._library, format, locales, variant)


def load(path: str | Path | None = None) -> Glossary:
    """The glossary in a folder that holds a glossary.yaml, or the one that comes with this package.

    Nothing but glossary.yaml's presence is read yet. Raises NotAGlossary.
    """
    return Glossary(None if path is None else Path(path))
