"""The files that belong to no single entry."""

from __future__ import annotations

from deficiency_glossary.render import calculator, documents, listings, messages, pages
from deficiency_glossary.site import discover, routes
from deficiency_glossary.site.plan import Task
from deficiency_glossary.site.workshop import Workshop


def index(shop: Workshop, task: Task) -> str:
    """The first page of a locale."""
    names = shop.locales[task.locale].subject_fields
    subjects = [pages.Link(f"subjects/{field}/", names.get(field, field)) for field in task.subjects]
    count = len({concept for concept, _, _ in task.terms})
    return listings.index_page(shop.frame(task, default=routes.HOME), _items(shop, task), count, subjects)


def index_markdown(shop: Workshop, task: Task) -> str:
    """The list of terms as Markdown."""
    kinds = {routes.index_hugo(task.locale): "hugo", routes.index_folder(task.locale): "others"}
    return documents.index_document(
        shop.locales[task.locale],
        _items(shop, task, markdown=True),
        shop.job.theme.templates,
        index_of=kinds.get(task.path, ""),
    )


def moved_markdown(shop: Workshop, task: Task) -> str:
    """An old address of an entry as Markdown."""
    target = pages.Link(f"{task.concept}.md", task.title)
    return documents.moved_document(shop.locales[task.locale], target, shop.job.theme.templates)


def _items(shop: Workshop, task: Task, *, markdown: bool = False) -> list[tuple[str, list[listings.IndexItem]]]:
    items = [
        listings.IndexItem(
            f"{concept}.md" if markdown else f"{concept}/",
            term.text,
            term.reading,
            "" if term.status == "preferred" else preferred,
        )
        for concept, term, preferred in task.terms
    ]
    return listings.in_index_order(items, shop.locales[task.locale])


def subject(shop: Workshop, task: Task) -> str:
    """The entries of a subject field."""
    items = [
        listings.IndexItem(f"../../{concept}/", term.text, term.reading, description=description)
        for concept, term, description in task.terms
    ]
    name = shop.locales[task.locale].subject_fields.get(task.concept, task.concept)
    return listings.subject_page(shop.frame(task), name, items)


def about(shop: Workshop, task: Task) -> str:
    """The page about the glossary."""
    linkable = frozenset(task.linkable)

    def url_for(concept: str, section: str) -> str | None:
        if concept not in linkable:
            return None
        return f"../{concept}/#{section}" if section else f"../{concept}/"

    return listings.about_page(shop.frame(task), task.count, url_for)


def amounts(shop: Workshop, task: Task) -> str:
    """How the locale writes amounts, for the calculator."""
    return calculator.amounts_json(shop.locales[task.locale], task.currencies)


def compare(shop: Workshop, task: Task) -> str:
    """The two-language view."""
    others = [pages.Link(name, locale.name, locale.tag) for name, locale in shop.locales.items() if name != task.locale]
    return listings.compare_page(shop.frame(task), others)


def home(shop: Workshop, task: Task) -> str:
    """The root of the site."""
    main = shop.main_locale
    paths = {name: routes.index(name) for name in task.locales}
    alternates = discover.alternates(shop.base_url, paths, shop.tags, main, routes.HOME)
    frame = pages.Frame(
        shop.locales[main], shop.settings, "./", shop.base_url, "", alternates, (), "./", look=shop.look
    )
    choices = [
        (pages.Link(f"{name}/", locale.name, locale.tag), locale.title, locale.messages.suggested)
        for name, locale in shop.locales.items()
    ]
    return listings.home_page(frame, choices)


def moved(shop: Workshop, task: Task) -> str:
    """An old address of an entry."""
    target = routes.url(shop.base_url, routes.entry(task.locale, task.concept))
    root, locale = routes.root_of(task.path), shop.locales[task.locale]
    frame = pages.Frame(locale, shop.settings, root, target, task.locale, home=f"{root}{task.locale}/", look=shop.look)
    return listings.moved_page(frame, pages.Link(f"../{task.concept}/", task.title))


def not_found(shop: Workshop, task: Task) -> str:
    """What a host shows for a page that is not there: shown at any depth, so its addresses begin at the host."""
    root = routes.base_path(shop.base_url)
    if task.locale:
        locale = shop.locales[task.locale]
        languages = tuple(
            pages.Link(f"{root}{name}/", record.name, record.tag, name == task.locale)
            for name, record in shop.locales.items()
        )
        home_url = f"{root}{task.locale}/"
        frame = pages.Frame(locale, shop.settings, root, "", task.locale, (), languages, home_url, task.feed, shop.look)
        return listings.not_found_page(frame, [])
    frame = pages.Frame(shop.locales[shop.main_locale], shop.settings, root, "", "", (), (), root, look=shop.look)
    choices = [
        (
            pages.Link(f"{root}{name}/", locale.name, locale.tag),
            locale.messages.not_found,
            locale.messages.not_found_text,
        )
        for name, locale in shop.locales.items()
    ]
    return listings.not_found_page(frame, choices)


def feed(shop: Workshop, task: Task) -> str:
    """The changes of a locale as an Atom feed."""
    locale = shop.locales[task.locale]
    entries = [
        discover.Change(routes.url(shop.base_url, routes.entry(task.locale, concept)), title, description, day)
        for concept, title, description, day in task.changes
    ]
    address = routes.url(shop.base_url, routes.feed(task.locale))
    home_url = routes.url(shop.base_url, routes.index(task.locale))
    return discover.atom(locale.title, locale.messages.changes, locale.tag, address, home_url, entries)


def llms(shop: Workshop, _: Task) -> str:
    """llms.txt: where a language model finds the texts as Markdown."""
    main = shop.locales[shop.main_locale]
    lists = [
        (locale.name, routes.url(shop.base_url, routes.index_markdown(name)), locale.title)
        for name, locale in shop.locales.items()
    ]
    licence = messages.fill(main.messages.licence, main, licence=shop.settings.licence.name)
    return discover.llms(main.title, main.description, licence, main.messages.all_terms, lists)


def sitemap(shop: Workshop, task: Task) -> str:
    """A sitemap with the language alternates of each page."""
    clusters = []
    for *present, rest in task.urls:
        paths = {name: f"{name}/{rest}index.html" for name in present}
        default = None if rest else routes.HOME
        clusters.append(discover.alternates(shop.base_url, paths, shop.tags, shop.settings.source_locale, default))
    starts_here = bool(task.urls) and task.urls[0][-1] == ""
    return discover.sitemap(shop.base_url if starts_here else "", clusters)
