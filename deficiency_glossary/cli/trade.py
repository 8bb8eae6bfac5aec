"""The commands that trade with other tools: export and import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from deficiency_glossary.cli import report
from deficiency_glossary.cli.commands import FINDINGS, OK, cli, glossary_of
from deficiency_glossary.errors import GlossaryError

_VARIANTS = (
    "xliff: 2.1 (default), 1.2; csv: bom (default), plain; tbx: 3 (default), 2; skos: turtle (default), json-ld."
)


@cli.command("export")
@click.argument("format", type=click.Choice(["po", "xliff", "csv", "tbx", "skos", "json"]))
@click.option("--locale", "locales", multiple=True, metavar="ID", help="Only this locale; may be repeated.")
@click.option("--out", type=click.Path(path_type=Path), help="The file or folder; without it, standard output.")
@click.option("--variant", metavar="NAME", help=_VARIANTS)
@click.pass_context
def give(
    context: click.Context,
    format: str,  # noqa: A002
    locales: tuple[str, ...],
    out: Path | None,
    variant: str | None,
) -> int:
    """Write files for translators' and terminologists' tools.

    For translators: po, xliff and csv, one file for each locale; they come back with `import`. For terminology tools:
    tbx, skos and json, one file for the whole glossary (tbx 2: one for each locale).
    """
    files = glossary_of(context).export(format, locales=locales, variant=variant)
    if out is None:
        if len(files) != 1:
            raise click.UsageError(f"{len(files)} files need a folder: --out DIR, or choose one with --locale")
        click.echo(next(iter(files.values())), nl=False)
        return OK
    for path, data in _targets(files, out):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        click.echo(f"{path}: {len(data):,} bytes")
    return OK


def _targets(files: dict[str, bytes], out: Path) -> list[tuple[Path, bytes]]:
    """Where each file goes: into the folder, or one file under the name given."""
    if len(files) == 1 and not out.is_dir() and out.suffix:
        return [(out, next(iter(files.values())))]
    return [(out / name, data) for name, data in files.items()]


@cli.group("import")
def take_in() -> None:
    """Take in files that came back from translators' tools, and articles of a wiki."""


def _import_command(name: str, shown: str) -> click.Command:
    @click.command(name, help=f"Take in translations from {shown} files that `export {name}` wrote.")
    @click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
    @click.option("--dry-run", is_flag=True, help="Write nothing; show what would change.")
    @click.option("--unfinished", is_flag=True, help="Take units too that the tool calls unfinished.")
    @click.option("--keep-going", is_flag=True, help="Take what is sound although there are errors.")
    @click.pass_context
    def take(context: click.Context, paths: Sequence[Path], dry_run: bool, unfinished: bool, keep_going: bool) -> int:
        from deficiency_glossary.exchange import formats
        from deficiency_glossary.library.store import open_library

        root = glossary_of(context).root
        if root is None:
            raise GlossaryError("an import changes files: name the glossary's folder with -C")
        parcels = [formats.read(name, path) for path in paths]
        outcome, written = formats.take_in(
            open_library(root), root, parcels, unfinished=unfinished, keep_going=keep_going, dry_run=dry_run
        )
        if outcome.findings:
            click.echo(report.as_text(outcome.findings), err=True, nl=False)
        if dry_run:
            click.echo(outcome.diff(), nl=False)
        else:
            for path in outcome.files if written else ():
                click.echo(path)
        done = "changed" if written else "would change"
        click.echo(f"{outcome.changed} {done}, {outcome.unchanged} as they were", err=dry_run)
        if not written and not dry_run:
            click.echo("nothing was written; mend the errors, or take the rest with --keep-going", err=True)
        return FINDINGS if outcome.findings else OK

    return take


for _name, _shown in (("po", "PO"), ("xliff", "XLIFF"), ("csv", "CSV")):
    take_in.add_command(_import_command(_name, _shown))
