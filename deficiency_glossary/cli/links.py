"""The command `links`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from deficiency_glossary.checks.link_rules import SEVERITY
from deficiency_glossary.cli import report
from deficiency_glossary.cli.progress import bar
from deficiency_glossary.errors import GlossaryError, did_you_mean, nearest
from deficiency_glossary.findings import SEVERITIES, Finding, has_errors
from deficiency_glossary.library.store import Library, open_library

OK, FINDINGS, STOPPED = 0, 1, 130

_Command = Callable[..., Any]


def _patterns(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> list[re.Pattern[str]]:
    try:
        return [re.compile(pattern) for pattern in given]
    except re.error as error:
        raise click.BadParameter(f"{error.pattern!r} is no regular expression: {error}") from error


def _codes(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    for code in given:
        if code not in SEVERITY:
            raise click.BadParameter(f"{code!r} is no code of links{did_you_mean(nearest(code, SEVERITY, 3))}")
    return given


def _options(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    def decorate(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_SECONDS = click.FloatRange(min=0, min_open=True)
_what = _options(
    click.option("--format", "output", type=click.Choice(list(report.FORMATS)), default="text", show_default=True),
    click.option("--select", multiple=True, callback=_codes, metavar="CODE", help="Only this code; may be repeated."),
    click.option("--ignore", multiple=True, callback=_codes, metavar="CODE", help="Not this code; may be repeated."),
    click.option(
        "--exclude", multiple=True, callback=_patterns, metavar="REGEX",
        help="Not addresses that match; may be repeated.",
    ),
    click.option(
        "--fail-on", type=click.Choice(list(SEVERITIES)), default="warning", show_default=True,
        help="The exit status is 1 from this severity on.",
    ),
    click.option("--base-url", default="", help="Where the site stands, if its canonical links do not say so."),
    click.option("--clean-urls", is_flag=True, help="The host shows about.html at /about."),
    click.option("--jobs", type=click.IntRange(1), help="Processes; by default as many as pay off."),
)  # fmt: skip
_asking = _options(
    click.option("--external", is_flag=True, help="Ask hosts outside too, over the network."),
    click.option(
        "--timeout", type=_SECONDS, default=20.0, show_default=True, help="Seconds for one try for an address."
    ),
    click.option("--max-time", type=_SECONDS, default=600.0, show_default=True, help="Seconds for all of it."),
    click.option("--retries", type=click.IntRange(0), default=2, show_default=True, help="Further tries."),
    click.option(
        "--max-wait", type=click.FloatRange(0), default=60.0, show_default=True,
        help="Seconds: the longest Retry-After that is obeyed.",
    ),
    click.option("--concurrency", type=click.IntRange(1), default=32, show_default=True, help="Requests at once."),
    click.option("--per-host", type=click.IntRange(1), default=2, show_default=True, help="Of them, to one host."),
    click.option("--max-redirects", type=click.IntRange(0), default=10, show_default=True, help="Hops that are made."),
    click.option("--allow-private", is_flag=True, help="Ask private hosts too, such as localhost."),
    click.option("--user-agent", metavar="TEXT", help="What to call ourselves."),
    click.option(
        "--cache", type=click.Path(path_type=Path, dir_okay=False), help="Remember in this file what is sound."
    ),
    click.option(
        "--cache-days", type=click.FloatRange(0), default=7.0, show_default=True, help="Days that it is believed."
    ),
)  # fmt: skip


@click.command()
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False))
@_what
@_asking
@click.pass_context
def links(
    context: click.Context,
    /,
    site: Path,
    output: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    exclude: list[re.Pattern[str]],
    fail_on: str,
    base_url: str,
    clean_urls: bool,
    jobs: int | None,
    external: bool,
    **asking: Any,
) -> int:
    """Find every dead link in a built site: ours or any other.

    Reads files only, no network, unless --external is given. With -C, or in the folder of a glossary, findings on the
    pages of its entries stand at the place in its files that the link comes from.
    """
    from deficiency_glossary.checks import built, origins
    from deficiency_glossary.site import routes

    if base_url and not (base_url.startswith(("http://", "https://")) and base_url.endswith("/")):
        raise click.UsageError(f"--base-url {base_url!r} must begin with http:// or https:// and end with /")
    checked = built.check(site, base_url=base_url, clean_urls=clean_urls, outside=external, exclude=exclude, jobs=jobs)
    findings, stopped = checked.findings, False
    if external:
        outside, stopped = _asked(site, checked, asking)
        findings = sorted([*findings, *outside])
    findings = [one for one in findings if (not select or one.code in select) and one.code not in ignore]
    library = _library(context.obj)
    root = None
    if library is not None:
        findings = origins.traced(findings, library, routes.entry, checked.addresses)
        root = Path(str(library.root))
    findings = _from_here(findings, site, root)
    shown = report.as_json(findings, targets=True) if output == "json" else report.FORMATS[output](findings)
    click.echo(shown, nl=False)
    if stopped:
        click.echo("deficiency-glossary: stopped; what was not asked is uncertain", err=True)
        return STOPPED
    serious = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return FINDINGS if any(one.severity in serious for one in findings) else OK


def _asked(site: Path, checked: Any, asking: dict[str, Any]) -> tuple[list[Finding], bool]:
    """What the hosts outside answered."""
    try:
        from deficiency_glossary.checks import outside, web
    except ImportError as error:
        raise GlossaryError(f"--external needs httpx ({error}): pip install 'deficiency-glossary[links]'") from error
    agent = asking.pop("user_agent")
    options = web.Options(**asking, user_agent=agent or web.DEFAULT_AGENT)
    with bar("Asking") as progress:
        asked = web.ask(checked.outside, options, progress=progress)
    return outside.findings(site, checked, asked.verdicts), asked.stopped


def _library(folder: Path | None) -> Library | None:
    """The glossary that -C names, or the current folder's; any other site comes from none."""
    if folder is None and not Path("glossary.yaml").is_file():
        return None
    library = open_library(folder or Path())
    # Settings that cannot be used are for `check` to tell; here they only mean that nothing can be traced.
    return None if has_errors(library.settings_file.findings) else library


def _from_here(findings: Iterable[Finding], site: Path, root: Path | None) -> list[Finding]:
    """Paths as one would type them here, where the site, or the glossary, lies in the current folder."""
    ours = ("content/", "locales/", "glossary.yaml")
    in_site, in_root = _prefix(site), _prefix(root) if root else ""
    return [
        replace(one, path=(in_root if root and one.path.startswith(ours) else in_site) + one.path) for one in findings
    ]


def _prefix(folder: Path) -> str:
    here, there = Path.cwd().resolve(), folder.resolve()
    return f"{there.relative_to(here).as_posix()}/" if there != here and there.is_relative_to(here) else ""
