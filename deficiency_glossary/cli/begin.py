"""Commands that make files: a glossary, a language, a concept. None of them overwrites anything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from deficiency_glossary.cli.commands import OK, cli, glossary_of
from deficiency_glossary.library import scaffold
from deficiency_glossary.library.scaffold import File
from deficiency_glossary.library.store import SETTINGS, Library, open_library


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--locale",
    "locales",
    multiple=True,
    metavar="ID",
    help="A language of the glossary; the first one is the source. By default en and ms.",
)
def init(folder: Path, locales: tuple[str, ...]) -> int:
    """Make a small glossary of your own, ready to build, in a new or empty folder."""
    if folder.is_dir() and any(item for item in folder.iterdir() if not item.name.startswith(".")):
        raise click.UsageError(f"{folder} is not empty")
    chosen = tuple(dict.fromkeys(locales)) or ("en", "ms")
    scaffold.write(folder, scaffold.glossary(chosen))
    click.echo(f"{folder} is a glossary in {', '.join(chosen)}. Next:")
    click.echo(f"  deficiency-glossary -C {folder} check")
    click.echo(f"  deficiency-glossary -C {folder} build --out {folder}/public")
    click.echo(f"  deficiency-glossary -C {folder} serve")
    return OK


@cli.group()
def new() -> None:
    """Add a language or a concept: drafts with the source text beside each field."""


@new.command("concept")
@click.argument("name", metavar="ID")
@click.pass_context
def new_concept(context: click.Context, name: str) -> int:
    """Add a concept: its own file, and a draft in each language."""
    library, root = _opened(context)
    return _written(root, scaffold.concept(library, name))


@new.command("locale")
@click.argument("name", metavar="ID")
@click.option("--tag", help="The BCP 47 tag, where it is not the id: nb for `no`.")
@click.pass_context
def new_locale(context: click.Context, name: str, tag: str | None) -> int:
    """Add a language: its interface to translate, a draft of each entry, and its place in glossary.yaml."""
    library, root = _opened(context)
    return _written(root, scaffold.locale(library, name, tag or name))


def _opened(context: click.Context) -> tuple[Library, Path]:
    library = open_library(glossary_of(context.find_root()).root)
    if not isinstance(library.root, Path):
        raise click.UsageError("the glossary inside an installed package cannot be written to; name yours with -C")
    return library, library.root


def _written(root: Path, files: Sequence[File]) -> int:
    scaffold.write(root, files, replacing=[SETTINGS])
    for file in files:
        click.echo(file.path)
    click.echo("Drafts are left out of the site. Delete `draft: true` in a file when it is ready.", err=True)
    return OK
