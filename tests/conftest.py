"""What several tests need."""

from __future__ import annotations

from pathlib import Path

import pytest

import deficiency_glossary as dg


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the shipped glossary, built once. Nobody writes to it."""
    out = tmp_path_factory.mktemp("site") / "public"
    dg.load().build(out)
    return out
