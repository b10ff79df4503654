"""`boardpack ingest ADDRESS`."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.exit_status import main
from tests.sources.site import Site, pdf
from warehouse.query import query


def test_addresses_are_fetched_read_and_not_fetched_twice(
    site: Site, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack, page = site.put("/Pack%202024-06-05.pdf", pdf()), site.put("/page.pdf", b"<html>Sign in</html>")
    words = ["ingest", pack, page, site.url("/gone.pdf"), "--warehouse", str(warehouse), "--workers", "1"]
    assert main(words) == 1
    told = capsys.readouterr()
    assert f"ok {pack}: 20 actions loaded" in told.err
    assert f"!! {page}: this is a web page saved under a PDF's name" in told.err
    assert f"!! {site.url('/gone.pdf')}: it could not be downloaded (404 Not Found)" in told.err
    rows = query(warehouse, "SELECT file_name, source_uri, meeting_date::VARCHAR FROM packs").rows
    assert rows[0][:2] == ("Pack 2024-06-05.pdf", pack)

    assert main(["ingest", pack, "--warehouse", str(warehouse), "--workers", "1"]) == 0
    assert "already loaded" in capsys.readouterr().err
    assert [status for path, status in site.asked if path.startswith("/Pack")] == [200, 304]
