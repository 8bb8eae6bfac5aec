"""The person at the terminal."""

from __future__ import annotations

import gc

from deficiency_glossary.garbage import uncollected


def main() -> None:
    """Run the command line; the exit status is 0 all well, 1 findings, 2 could not do what was asked."""
    try:
        with uncollected():
            from deficiency_glossary.cli.commands import run

        raise SystemExit(run())
    except KeyboardInterrupt:  # before the command began, or while it ended
        raise SystemExit(130) from None
    finally:
        gc.freeze()  # on its way out, Python would look through all that goes away anyhow
