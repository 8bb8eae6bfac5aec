"""Articles in, drafts out: one concept after another, all its languages together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deficiency_glossary.errors import InvalidContent, UnknownLocale
from deficiency_glossary.exchange.articles import comparing, drafts, figures, links, looking, mending, reading
from deficiency_glossary.exchange.articles.comparing import Reading
from deficiency_glossary.exchange.articles.figures import Plan, Story
from deficiency_glossary.exchange.articles.report import Notes, quoted, visible
from deficiency_glossary.findings import Finding, in_order
from deficiency_glossary.library.dump import dump
from deficiency_glossary.library.mentions import matcher_of
from deficiency_glossary.library.rules import is_locale_id
from deficiency_glossary.library.store import CONCEPTS, Library, decode, entry_path
from deficiency_glossary.locales import negotiate
from deficiency_glossary.model import Concept, ExampleFigures
from deficiency_glossary.text.terms import Matcher

MAX_BYTES = 500_000  # of one article
SUFFIXES = (".md", ".markdown")
_TITLE = re.compile(r"^title[ \t]*:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)
_SLUG = re.compile(r"^slug[ \t]*:[ \t]*[\"']?/?([\w.-]+)[\"']?[ \t]*$", re.MULTILINE)
_MARKS = ("\ufeff", "ï»¿")
_HEAD = 4000  # bytes of a file that hold its front matter


@dataclass(slots=True)
class Imported:
    """What an import did. `written` are the files that were, or with `dry_run` would have been, written."""

    findings: list[Finding] = field(default_factory=list)
    articles: int = 0
    written: list[str] = field(default_factory=list)
    kept: int = 0


@dataclass(slots=True)
class _File:
    path: Path
    shown: str
    locale: str
    slug: str
    title: str
    concept: str = ""


@dataclass(slots=True)
class _Words:
    """What a locale's names and terms are, for looking at its articles."""

    owners: dict[str, str | None]
    matcher: Matcher | None
    preferred: dict[str, str]
    amount: str


def import_articles(
    paths: Iterable[Path],
    library: Library,
    out: Path,
    *,
    locale: str | None = None,
    force: bool = False,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Imported:
    """Make drafts of articles under `out`, a folder laid out as a glossary's.

    `library` gives the concepts and terms that there are. The language of an article is `locale`, or else the
    innermost folder above it that is called like one of the library's locales. Nothing is overwritten without `force`.
    """
    done = Imported()
    files = list(_files(paths, library, locale, done))
    names = links.Names(library.concepts, library.aliases, (file.slug for file in files))
    groups: dict[str, dict[str, _File]] = {}
    for file in files:
        file.concept = names.concept_of(file.slug) or ""
        first = groups.setdefault(file.concept, {}).setdefault(file.locale, file)
        if not file.concept:
            _refuse(done, file.shown, f"no id can be made of {file.slug!r}")
            groups.pop("")
        elif first is not file:
            _refuse(done, file.shown, f"{first.shown} is the same article in {file.locale!r}")
    run = _Run(library, out, names, _owners(files), done, force=force, dry_run=dry_run)
    for number, (concept, group) in enumerate(sorted(groups.items()), 1):
        run.concept(concept, list(group.values()))
        progress(number, len(groups))
    done.findings = in_order(done.findings)
    return done


# --- which files -----------------------------------------------------------------------------------------------------


def _files(paths: Iterable[Path], library: Library, locale: str | None, done: Imported) -> Iterator[_File]:
    for path in dict.fromkeys(found for given in paths for found in _walk(given)):
        shown = path.as_posix()
        language = locale or _locale_of(path, library.locales)
        if language is None:
            done.findings.append(
                Finding(
                    path=shown,
                    code="no-locale",
                    message="no folder above the article is called like a locale",
                    hint="say --locale ID",
                )
            )
            continue
        try:
            with path.open("rb") as stream:
                head = stream.read(_HEAD).decode("utf-8", errors="ignore").replace("\r\n", "\n")
        except OSError as error:
            _refuse(done, shown, f"cannot be read: {error.strerror}")
            continue
        front = reading.FRONT.match(_unmarked(head)[0])
        slug, title = (pattern.search(front[1] if front else "") for pattern in (_SLUG, _TITLE))
        yield _File(path, shown, language, slug[1] if slug else path.stem, title[1] if title else "")


def _walk(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(one for one in path.rglob("*") if one.suffix in SUFFIXES and one.is_file())
    else:
        yield path


def _locale_of(path: Path, locales: Sequence[str]) -> str | None:
    for folder in reversed(path.absolute().parts[:-1]):
        if is_locale_id(folder):
            try:
                return negotiate(folder, locales)
            except UnknownLocale:
                continue
    return None


def _owners(files: Iterable[_File]) -> dict[str, dict[str, str | None]]:
    """By locale, whose title a text is; None if it is that of several."""
    owners: dict[str, dict[str, str | None]] = {}
    for file in files:
        titles = owners.setdefault(file.locale, {})
        key = file.title.casefold()
        if key:
            titles[key] = file.concept if titles.get(key, file.concept) == file.concept else None
    return owners


def _refuse(done: Imported, path: str, message: str) -> None:
    done.findings.append(
        Finding(path=path, code="not-an-article", message=message, hint="mend the file and import it again")
    )


# --- one concept -----------------------------------------------------------------------------------------------------


class _Run:
    """An import under way."""

    def __init__(
        self,
        library: Library,
        out: Path,
        names: links.Names,
        owners: dict[str, dict[str, str | None]],
        done: Imported,
        *,
        force: bool,
        dry_run: bool,
    ) -> None:
        self.library = library
        self.out = out
        self.names = names
        self.owners = owners
        self.done = done
        self.force = force
        self.dry_run = dry_run
        self._words: dict[str, _Words] = {}
        self._subjects = self._english_subjects()
        self._places = {locale: place for place, locale in enumerate(self._order())}

    def _order(self) -> list[str]:
        """The source locale decides the names of figures, then the others in the glossary's order."""
        source = self.library.settings.source_locale
        return [source, *(locale for locale in self.library.locales if locale != source)]

    def _english_subjects(self) -> frozenset[str]:
        locale = next((one for one in self.library.locales if one.split("-")[0] == "en"), None)
        record = self.library.locale_file(locale).record if locale else None
        return frozenset(name.casefold() for name in record.subject_fields.values()) if record else frozenset()

    def concept(self, concept: str, files: list[_File]) -> None:
        """Read, compare and write the languages of one concept."""
        files.sort(key=lambda file: (self._places.get(file.locale, len(self._places)), file.locale))
        readings = [one for file in files if (one := self._read(file)) is not None]
        if not readings:
            return
        comparing.compare(readings)
        stories = [figures.stories_of(one.article, one.amounts) for one in readings]
        for one, told in zip(readings, stories, strict=True):
            figures.look_at_figures(one.article, one.amounts, told)
        known = self._known_concept(concept)
        plans = self._plans(stories, known)
        for one, told in zip(readings, stories, strict=True):
            self._entry(one, told, plans)
        if known is None:
            self._concept(concept, readings, {name: plan for entry in plans if entry for name, plan in [entry]})
        for one in readings:
            self.done.findings += one.article.notes.findings
        self.done.articles += len(readings)

    def _read(self, file: _File) -> Reading | None:
        """The article, mended and looked at."""
        text = self._text(file)
        if text is None:
            return None
        text, before = _unmarked(text)
        text, ends = mending.normalized(text)
        notes = Notes(file.shown, text)
        if before:
            notes.finding(
                "mended-character", None, f"the byte order mark “{visible(before)}” at the beginning was deleted"
            )
        if ends:
            notes.finding("mended-character", None, f"{ends} line ends were U+000D and are line feeds now")
        article = reading.parse(notes, file.locale, file.slug, file.concept)
        long = drafts.is_too_long(article)
        if not (article.sections or article.preamble or article.highlights) or long:
            what = "a part is longer than an entry’s texts may be" if long else "the file holds no text"
            _refuse(self.done, file.shown, what)
            return None
        mending.mend_text(notes, article.language)
        found = links.read_links(article, self.names)
        words = self._words_of(file.locale)
        links.look_at_links(article, found, lambda name: words.owners.get(name.casefold()))
        looking.look_at_text(article, found, self._subjects)
        if words.matcher is not None:
            looking.look_at_terms(article, words.matcher, words.preferred)
        return Reading(article, found, figures.amounts_of(article, found))

    def _text(self, file: _File) -> str | None:
        try:
            data = file.path.read_bytes() if file.path.stat().st_size <= MAX_BYTES else None
            if data is not None:
                return data.decode("utf-8")
            _refuse(self.done, file.shown, f"the file has more than {MAX_BYTES:,} bytes")
        except OSError as error:
            _refuse(self.done, file.shown, f"cannot be read: {error.strerror}")
        except UnicodeDecodeError as error:
            _refuse(self.done, file.shown, f"is not UTF-8: {error.reason} at byte {error.start}")
        return None

    # --- figures

    def _known_concept(self, concept: str) -> Concept | None:
        """The concept, if it stands already. It holds what no article has, so it is never made anew."""
        if concept in self.library.concepts:
            return self.library.concept_file(concept).record or Concept()
        path = f"{CONCEPTS}/{concept}.yaml"
        if (self.out / path).is_file():
            return decode((self.out / path).read_bytes(), path, Concept).record or Concept()
        return None

    def _plans(self, stories: Sequence[Sequence[Story]], known: Concept | None) -> list[tuple[str, Plan] | None]:
        """The example, with its id, that each language's first, second, … story is; None where there is none."""
        plans: list[tuple[str, Plan] | None] = []
        for number in range(max(map(len, stories), default=0)):
            same = [told[number] for told in stories if len(told) > number]
            plan = figures.make_plan(same)
            examples: dict[str, ExampleFigures] = dict(known.examples) if known else {}
            taken = [entry[0] for entry in plans if entry]
            plans.append((f"example-{number + 1}", plan) if known is None else figures.fitted(plan, examples, taken))
        return plans

    def _entry(self, one: Reading, told: Sequence[Story], plans: Sequence[tuple[str, Plan] | None]) -> None:
        article = one.article
        chosen: dict[int, list[drafts.Told]] = {}
        known = {id(story): entry for story, entry in zip(told, plans, strict=False)}
        by_section: dict[int, list[Story]] = {}
        for story in told:
            by_section.setdefault(id(story.section), []).append(story)
        for index, section in enumerate(article.sections):
            own = by_section.get(id(section), [])
            if any(known[id(story)] is None for story in own):
                article.notes.finding(
                    "figures-differ",
                    section.heading.start,
                    "the concept stands already and has no example with these amounts; they stay as typed",
                    "add the example to the concept, or write the amounts as the concept has them",
                    severity="warning",
                )
                continue
            for story in own:
                name, plan = known[id(story)] or ("", figures.Plan(""))
                figures.put_placeholders(article, story, plan)
                chosen.setdefault(index, []).append(drafts.Told(name, plan, story.blocks))
                article.notes.finding(
                    "made-example",
                    story.blocks[0].start,
                    f"this is the example “{name}” now, with {len(plan.names)} amounts",
                    "give the figures names and labels that say what they are",
                    severity="warning",
                )
        draft = drafts.entry_draft(article, self._ids(article), chosen, self._words_of(article.locale).amount)
        for span in drafts.unaccounted(article, draft):
            message = f"no place was found for {quoted(article.of(span))}"
            article.notes.finding("not-in-draft", span.start, message, severity="warning", covers=span)
        path = entry_path(article.concept, article.locale)
        self._write(path, draft.text(drafts.header("entry", Path(article.notes.path))), article.notes.path)

    def _ids(self, article: reading.Article) -> drafts.Ids:
        source = self.library.settings.source_locale
        if article.concept not in self.library.concepts_in(source):
            return drafts.Ids()
        return drafts.Ids.of(self.library.entry_file(article.concept, source).record)

    def _concept(self, concept: str, readings: Sequence[Reading], plans: dict[str, Plan]) -> None:
        articles = [one.article for one in readings]
        for slug in dict.fromkeys(article.slug for article in articles):
            if slug != concept and not drafts.can_be_alias(slug):
                message = f"the old address “{visible(slug)}” cannot lead to the concept “{concept}”"
                articles[0].notes.finding("not-in-draft", None, message, "make a redirect for it where the site stands")
        made = drafts.concept_draft(articles, plans)
        text = dump(made, drafts.header("concept", Path(articles[0].notes.path)))
        self._write(f"{CONCEPTS}/{concept}.yaml", text, articles[0].notes.path)

    # --- writing

    def _write(self, path: str, text: str, article: str) -> None:
        target = self.out / path
        if target.exists() and not self.force:
            self.done.kept += 1
            self.done.findings.append(
                Finding(
                    path=article,
                    code="stands-already",
                    severity="warning",
                    message=f"{path} stands already and was not overwritten",
                    hint="say --force to overwrite it, or write elsewhere with --out",
                )
            )
            return
        self.done.written.append(path)
        if not self.dry_run:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")

    # --- what a locale knows

    def _words_of(self, locale: str) -> _Words:
        if locale not in self._words:
            self._words[locale] = self._find_words(locale)
        return self._words[locale]

    def _find_words(self, locale: str) -> _Words:
        library = self.library
        owners = dict(self.owners.get(locale, {}))
        preferred: dict[str, str] = {}
        for concept in sorted(library.concepts_in(locale)):
            record = library.entry_file(concept, locale).record
            for term in record.terms if record else ():
                key = term.text.casefold()
                owners[key] = concept if owners.get(key, concept) == concept else None
                if term.status == "preferred":
                    preferred[concept] = term.text
        try:
            matcher = matcher_of(library, locale) if preferred and locale in library.locales else None
        except InvalidContent:
            matcher = None
        file = library.locale_file(locale).record if locale in library.locales else None
        return _Words(owners, matcher, preferred, file.messages.amount if file else "amount")


def _unmarked(text: str) -> tuple[str, str]:
    """The text without the byte order mark that it may begin with, and that mark."""
    mark = next((mark for mark in _MARKS if text.startswith(mark)), "")
    return text[len(mark) :], mark
