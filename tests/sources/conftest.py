"""Fixtures for sources: a site, and a folder with a warehouse to be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources.site import Site, serving


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The site is on this machine, whatever the machine's way to the internet."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")


@pytest.fixture
def site() -> Iterator[Site]:
    """A site of this test's own."""
    with serving() as found:
        yield found


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """Where a warehouse may be made."""
    return tmp_path / "boardpack.duckdb"
