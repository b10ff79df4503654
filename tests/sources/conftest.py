"""Fixtures for sources: a site, and a folder with a warehouse to be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources.site import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    """A site of this test's own."""
    with serving() as found:
        yield found


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """Where a warehouse may be made."""
    return tmp_path / "boardpack.duckdb"
