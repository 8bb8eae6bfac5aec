"""The commands: each asks the library, prints what it says and chooses the exit status."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deficiency_glossary.cli import report
from deficiency_glossary.cli.links import links
from deficiency_glossary.errors import GlossaryError, InvalidContent, InvalidTheme, did_you_mean, nearest
from deficiency_glossary.garbage import uncollected
from deficiency_glossary.glossary import Glossary, load
from deficiency_glossary.library.store import open_library

if TYPE_CHECKING:
    from deficiency_glossary.render.views import LocalizedEntry

OK, FINDINGS, FAILED = 0, 1, 2
_LIST = click.Path(path_type=Path, dir_okay=False)


def run(arguments: Sequence[str] | None = None) -> int:
    """Parse and run; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A page in Korean must not fail on a terminal that says it is ASCII.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = cli.main(args=None if arguments is None else list(arguments), standalone_mode=False)
    except InvalidContent as error:
        click.echo(report.as_text(error.findings), err=True, nl=False)
        return FINDINGS
    except InvalidTheme as error:  # what was asked cannot be done; the content may be sound
        click.echo(report.as_text(error.findings), err=True, nl=False)
        return FAILED
    except BrokenPipeError:  # the reader of our output, such as `head`, has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except (GlossaryError, OSError, ValueError) as error:
        click.echo(f"deficiency-glossary: {error}", err=True)
        return FAILED
    except click.exceptions.Abort:
        click.echo("deficiency-glossary: stopped", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return FAILED
    return status if isinstance(status, int) else OK


def glossary_of(context: click.Context) -> Glossary:
    """The one that -C names, else the current folder's, else the shipped one."""
    folder: Path | None = context.obj
    if folder is None and Path("glossary.yaml").is_file():
        folder = Path()
    return load(folder)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("-C", "folder", type=click.Path(path_type=Path), help="The folder that holds glossary.yaml.")
@click.version_option(package_name="deficiency-glossary")
@click.pass_context
def cli(context: click.Context, folder: Path | None) -> None:
    """Build, check and show a multilingual glossary.

    Without -C, the glossary is the current folder if it holds a glossary.yaml, else the one that comes with this
    program. Exit status: 0 all well, 1 findings, 2 could not do what was asked.
    """
    context.obj = folder


@cli.command()
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("public"), show_default=True, help="The folder to build."
)
@click.option("--format", "output", type=click.Choice(["html", "markdown"]), default="html", show_default=True)
@click.option("--base-url", help="Where the site will stand, instead of glossary.yaml's.")
@click.option("--locale", "locales", multiple=True, metavar="ID", help="Only this locale; may be repeated.")
@click.option("--jobs", type=click.IntRange(1), help="Processes; by default as many as pay off.")
@click.option("--scheduler", metavar="ADDRESS", help="Let a Dask cluster build: tcp://host:port of its scheduler.")
@click.option("--force", is_flag=True, help="Render all pages anew.")
@click.option("--changed-list", type=_LIST, help="Write down here which files are new or have other bytes.")
@click.option("--removed-list", type=_LIST, help="Write down here which files are gone.")
@click.option("--changed-since", type=_LIST, metavar="MANIFEST", help="List by a kept manifest, not by the last build.")
@click.pass_context
def build(
    context: click.Context,
    out: Path,
    output: Any,
    base_url: str | None,
    locales: tuple[str, ...],
    jobs: int | None,
    scheduler: str | None,
    force: bool,
    changed_list: Path | None,
    removed_list: Path | None,
    changed_since: Path | None,
) -> int:
    """Build the site into a folder, which is replaced as a whole."""
    with uncollected():  # half the time of a quick rebuild is loading all this
        from deficiency_glossary.cli.cluster import executor_of
        from deficiency_glossary.cli.progress import bar
        from deficiency_glossary.site.build import build as build_site
        from deficiency_glossary.site.manifest import Lists

    if base_url is not None and not (base_url.startswith(("http://", "https://")) and base_url.endswith("/")):
        raise click.UsageError(f"--base-url {base_url!r} must begin with http:// or https:// and end with /")
    if scheduler is not None and jobs is not None:
        raise click.UsageError("--jobs are processes on this machine; with --scheduler, the cluster has its own")
    lists = Lists(changed_list, removed_list, changed_since)
    if changed_since is not None and not lists.wanted:
        raise click.UsageError("--changed-since says what --changed-list and --removed-list compare with; name one")
    root = glossary_of(context).root
    with executor_of(scheduler) as executor, bar("Rendering") as progress:
        done = build_site(
            root,
            out,
            output=output,
            locales=locales,
            base_url=base_url,
            jobs=jobs,
            force=force,
            progress=progress,
            executor=executor,
            lists=lists,
        )
    if done.findings:
        click.echo(report.as_text(done.findings), err=True, nl=False)
    click.echo(f"{out}: {done.files} files in {len(done.locales)} locales ({', '.join(done.locales)})")
    click.echo(f"{done.written} written, {done.unchanged} unchanged, {done.removed} removed")
    if output == "html":
        click.echo(f"To look at it: python3 -m http.server --directory {out} 8000, then open http://localhost:8000/")
    return OK


def _codes(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """The codes as they were given; a mistyped one would select nothing, or ignore nothing, and nobody would see."""
    if given:
        from deficiency_glossary.checks.table import BY_CODE

        for code in given:
            if code not in BY_CODE:
                close = did_you_mean(nearest(code, BY_CODE, 2))
                raise click.BadParameter(f"there is no code {code!r}{close}")
    return given


@cli.command()
@click.option(
    "--format", "output", type=click.Choice(["text", "json", "github", "sarif"]), default="text", show_default=True
)
@click.option("--select", multiple=True, metavar="CODE", callback=_codes, help="Only this code; may be repeated.")
@click.option("--ignore", multiple=True, metavar="CODE", callback=_codes, help="Not this code; may be repeated.")
@click.option("--jobs", type=click.IntRange(1), help="Processes; by default as many as pay off.")
@click.option("--no-cache", is_flag=True, help="Look at every file anew, and keep nothing for the next check.")
@click.pass_context
def check(
    context: click.Context,
    output: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    jobs: int | None,
    no_cache: bool,
) -> int:
    """Find what is wrong in the content, before a reader does."""
    from deficiency_glossary.cli.excerpt import placed

    glossary = glossary_of(context)
    found = [
        finding
        for finding in glossary.check(select=select, jobs=jobs, cache=not no_cache)
        if finding.code not in ignore
    ]
    findings, lines_of = placed(found, open_library(glossary.root), glossary.root)
    shown = report.as_text(findings, lines_of) if output == "text" else report.FORMATS[output](findings)
    click.echo(shown, nl=False)
    return FINDINGS if any(finding.severity != "info" for finding in findings) else OK


cli.add_command(links)


@cli.command()
@click.argument("concept")
@click.option("--locale", metavar="ID", help="The locale; by default the source locale.")
@click.option(
    "--format", "output", type=click.Choice(["text", "markdown", "html", "json"]), default="text", show_default=True
)
@click.pass_context
def show(context: click.Context, concept: str, locale: str | None, output: Any) -> int:
    """Print one entry."""
    glossary = glossary_of(context)
    chosen = locale or glossary.source_locale
    if output in ("markdown", "html"):
        click.echo(glossary.render(concept, chosen, format=output), nl=False)
        return OK
    entry = glossary.entry(concept, chosen)
    if output == "json":
        from deficiency_glossary.render.document import entry_data

        click.echo(json.dumps(entry_data(entry), ensure_ascii=False, indent=2))
    else:
        click.echo("\n\n".join(_paragraphs(entry)))
    return OK


def _paragraphs(entry: LocalizedEntry) -> list[str]:
    names = ", ".join(term.text for term in entry.terms if term.status == "admitted")
    parts = [entry.title, f"{entry.term.text}{f' ({names})' if names else ''}", entry.definition.text()]
    for section in entry.sections.values():
        parts += [section.heading, section.body.text()]
    for example in entry.examples.values():
        rows = "\n".join(f"  {row.label}: {row.amount}" for row in example.rows)
        parts += [example.title, example.text.text(), rows]
    parts += [f"- {point.text()}" for point in entry.highlights.values()]
    parts += [note.text() for note in entry.notes.values()]
    return parts


@cli.command()
@click.argument("kind", type=click.Choice(["entry", "concept", "locale", "glossary"]))
@click.option("--locale", default="en", show_default=True, metavar="ID", help="The language that explains the fields.")
@click.pass_context
def schema(context: click.Context, kind: Any, locale: str) -> int:
    """Print the JSON Schema (draft-07) of a kind of file, for editors."""
    from deficiency_glossary.library.schema_words import editor_schema

    library = open_library(glossary_of(context).root)
    click.echo(json.dumps(editor_schema(kind, locale, library), ensure_ascii=False, indent=2))
    return OK


# The other modules of commands join the group; at the end, because they need what is above.
from deficiency_glossary.cli import articles, begin, trade, workbench  # noqa: E402, F401
