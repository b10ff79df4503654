"""Ten pieces of markup in each field that a pack can fill, in the report, opened in Chromium: none runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.finding import Finding
from schemas.outcome import PackResult
from tests.report.browser import Reader, find_browser
from tests.warehouse.packs import action, kpi, load_all, result, scheme
from warehouse.report.site import build

OWN = "window.owned=1;document.documentElement.dataset.owned=1"
PAYLOADS = (
    f"<script>{OWN}</script>",
    f'<img src=x onerror="{OWN}">',
    f'"><svg onload="{OWN}">',
    f"' autofocus onfocus='{OWN}' x='",
    f"</style></title></textarea></script><script>{OWN}</script>",
    f"javascript:{OWN}",
    f'<a href="javascript:{OWN}" style="position:fixed;inset:0">',
    f'<iframe srcdoc="<script>parent.{OWN}</script>"></iframe>',
    f'{{{{ 7*7 }}}}${{{OWN}}}{{% raw %}}<details open ontoggle="{OWN}">',
    f'<meta http-equiv=refresh content="0;url=data:text/html,<script>{OWN}</script>"><base href=//192.0.2.1/>'
    f"<link rel=stylesheet href=//192.0.2.1/x><math><mtext></form><form><mglyph><style></math>"
    f"<img src onerror={OWN}>",
)


def pack(number: int, said: str) -> PackResult:
    """A pack that says it wherever it can."""
    finding = Finding(
        "warning", "pack", "total_disagrees", f"On page 1 stands {said}", page=1, table_no=1, row=1, col=1,
        column_name=said, found=said, expected=said,
    )  # fmt: skip
    return result(
        meeting=f"2024-{number + 1:02d}-15",
        organisation=f"{said} {number}",
        board=said,
        file_name=f"{said.replace('/', '')}{number}.pdf",
        lines=[said],
        findings=[finding],
        actions=[action(said, owner=said, action=said, comments=said, raised_text=said, item=said)],
        kpis=[
            kpi(f"2024-{n:02d}", n, said, organisation_text=said, period_text=said, threshold_text=said, breakdown=said)
            for n in range(1, 4)
        ],
        capital_schemes=[scheme(said, 1e6, section=said, funding_source=said, lead_organisation=said)],
        quarantined=[{said: said}],
        plain_rows=[[said, "2"]],
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("payloads")
    load_all(folder / "w.duckdb", *(pack(number, said) for number, said in enumerate(PAYLOADS)))
    return build(folder / "w.duckdb", folder / "report").parent


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    program, driver = find_browser()
    if not program or not driver:
        pytest.skip("Chromium and its driver are not installed (Debian: chromium, chromium-driver)")
    reader = Reader(program, driver, tmp_path_factory.mktemp("chromium"))
    yield reader
    reader.close()


@pytest.mark.browser
def test_no_markup_of_a_pack_runs_or_is_even_refused(report: Path, browser: Reader) -> None:
    pages = sorted(report.rglob("*.html"))
    assert len(pages) > len(PAYLOADS)
    shown = 0
    for page in pages:
        browser.open(page)
        state = browser.run(
            "return [window.owned, document.documentElement.dataset.owned, location.protocol,"
            " document.querySelectorAll('iframe, form, base, object, embed, math, [onload], [onerror], [onfocus],"
            " [ontoggle], a[href^=\"javascript:\"]').length, document.body.textContent.includes('window.owned=1')]"
        )
        assert state[:4] == [None, None, "file:", 0], page
        shown += state[4]
        # Escaped, so that there is nothing for the page's policy to refuse.
        assert browser.complaints() == [], page
    assert shown > len(PAYLOADS), "the texts are shown, as texts"


@pytest.mark.browser
def test_the_browser_would_run_them(tmp_path: Path, browser: Reader) -> None:
    """The same payload outside our report: the check above can fail."""
    page = tmp_path / "live.html"
    page.write_text(f"<!doctype html><title>x</title>{PAYLOADS[0]}")
    browser.open(page)
    assert browser.run("return window.owned") == 1
