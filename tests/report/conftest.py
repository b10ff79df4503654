"""The report of both sample packs, made once, and a browser to read it with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.pictures import render_page_of
from flows.pipeline import ingest
from flows.sources import find_files
from tests.report.browser import Reader, find_browser
from tests.samples.comparing import PACKS, SAMPLES
from warehouse.report.site import build


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of both sample packs."""
    warehouse = tmp_path_factory.mktemp("report") / "boardpack.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOARDPACK_DATA", str(SAMPLES / "vocabulary"))
        ends = ingest(find_files(map(str, PACKS)), warehouse, workers=2)
    assert [(end.end, end.said) for end in ends if end.end != "loaded"] == []
    return warehouse


@pytest.fixture(scope="session")
def report(loaded: Path) -> Path:
    """The folder of its report."""
    return build(loaded, loaded.parent / "report", render=render_page_of(loaded)).parent


@pytest.fixture(scope="session")
def newest(report: Path) -> Path:
    """The folder of the pack of January 2025."""
    (folder,) = [p.parent for p in report.glob("pack-*/index.html") if "15 January 2025</h1>" in p.read_text("utf-8")]
    return folder


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A Chromium that reads files from disk; skipped, saying so, where there is none."""
    browser, driver = find_browser()
    if not browser or not driver:
        pytest.skip("Chromium and its driver are not installed (Debian: chromium, chromium-driver)")
    reader = Reader(browser, driver, tmp_path_factory.mktemp("chromium"))
    yield reader
    reader.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a warehouse of this test's own may be made."""
    return tmp_path / "w.duckdb"
