"""`import articles`: the Markdown of a wiki becomes drafts."""

from __future__ import annotations

from pathlib import Path

import click

from deficiency_glossary.cli import report
from deficiency_glossary.cli.trade import take_in
from deficiency_glossary.glossary import load

_FORMATS = ["text", "json", "github", "sarif"]


@take_in.command("articles")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True), metavar="PATH...")
@click.option("--locale", metavar="ID", help="The language of the articles; by default the folder that is called so.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write content/; by default the glossary's folder.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing; report, and say what would be written.")
@click.option("--force", is_flag=True, help="Overwrite entries that stand already. Concepts are never overwritten.")
@click.option("--format", "output", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.pass_context
def articles(
    context: click.Context,
    paths: tuple[Path, ...],
    locale: str | None,
    out: Path | None,
    dry_run: bool,
    force: bool,
    output: str,
) -> int:
    """Make draft entries of Markdown articles, and report what was mended and what a person must look at.

    PATH is an article, or a folder whose .md files are articles. An article is called like its concept:
    charge-off.md.
    """
    from deficiency_glossary.cli.progress import bar
    from deficiency_glossary.exchange.articles.importing import import_articles
    from deficiency_glossary.library.rules import is_locale_id
    from deficiency_glossary.library.store import open_library

    if locale is not None and not is_locale_id(locale):
        raise click.UsageError(f"--locale {locale!r} is no locale id; write it as BCP 47, such as pt-BR")
    folder: Path | None = context.obj
    if folder is None and Path("glossary.yaml").is_file():
        folder = Path()
    target = out or folder
    if target is None:
        raise click.UsageError(
            "no glossary to write to: name its folder with -C, or a folder for the drafts with --out"
        )
    library = open_library(load(folder).root)
    with bar("Importing") as progress:
        done = import_articles(paths, library, target, locale=locale, force=force, dry_run=dry_run, progress=progress)
    click.echo(report.FORMATS[output](done.findings), nl=False)
    if dry_run:
        for path in done.written:
            click.echo(f"would write {target / path}", err=True)
    what = "that would be written" if dry_run else "written"
    click.echo(
        f"articles: {done.articles}, files {what}: {len(done.written)}, kept as they stood: {done.kept}", err=True
    )
    return 1 if done.findings else 0
