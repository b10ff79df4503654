"""The report of the sample packs in a real browser: find, follow, look, and no one shut out."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.report.browser import Reader
from tests.samples.comparing import PACKS, expected_rows

pytestmark = pytest.mark.browser


def text_within(pack: Path, page: int, x: float, y: float, width: float, height: float) -> str:
    """The pack's own words in a rectangle of a page (points from the top left)."""
    document = pypdfium2.PdfDocument(pack)
    try:
        one = document[page - 1]
        top = one.get_height() - y
        words: str = one.get_textpage().get_text_bounded(x, top - height, x + width, top)
        return " ".join(words.split())
    finally:
        document.close()


def test_words_typed_leave_the_findings_that_hold_them(reader: Reader, newest: Path) -> None:
    reader.open(newest / "index.html")
    everything = reader.run("return document.querySelectorAll('#groups [data-item]').length")
    assert reader.one(".count").text == f"{everything} of {everything} findings"
    box = reader.one("[data-filters=groups] input")
    box.send_keys("54,100")
    assert reader.one(".count").text == f"1 of {everything} findings"
    assert [e.text for e in reader.all("#groups .finding > p") if e.is_displayed()] == [
        "On page 16, the total “Sub-total” under “Value (£000)” is printed as 54,100, but its 6 rows add up to 55,550."
    ]
    assert reader.shown("#groups .group") == 1
    box.send_keys(Keys.CONTROL, "a")
    box.send_keys(Keys.BACKSPACE)
    assert reader.one(".count").text == f"{everything} of {everything} findings"
    reader.run("const s = document.querySelector('select[data-key]'); s.value = 'error'; "
               "s.dispatchEvent(new Event('change'))")  # fmt: skip
    assert reader.one(".count").text == f"1 of {everything} findings"
    assert reader.shown("#groups .group.error") == 1
    assert reader.shown("#groups .group.warning") == 0
    assert reader.complaints() == []


def test_a_finding_leads_to_its_cell_on_the_page(reader: Reader, newest: Path) -> None:
    reader.open(newest / "index.html")
    finding = next(e for e in reader.all("#check-total_disagrees .finding") if "54,100" in e.text)
    crop = finding.find_element(By.CSS_SELECTOR, "a.crop")
    image = crop.find_element(By.CSS_SELECTOR, "image")
    mark = crop.find_element(By.CSS_SELECTOR, "rect.mark")
    assert (newest / str(image.get_dom_attribute("href"))).stat().st_size > 5_000
    # The mark is in points of the page, as the picture is: the pack's own text in it is the cell's.
    sides = [float(str(mark.get_dom_attribute(side))) for side in ("x", "y", "width", "height")]
    assert text_within(PACKS[1], 16, *sides) == "54,100"
    # It is drawn where it says: inside the window, and not as large as all of it.
    window, drawn = crop.rect, mark.rect
    assert window["x"] <= drawn["x"] and drawn["x"] + drawn["width"] <= window["x"] + window["width"] + 1
    assert 10 < drawn["width"] < window["width"] / 2
    crop.click()
    assert "/p16.html#" in reader.driver.current_url
    target = reader.run(
        "const r = document.querySelector('rect:target'); const b = r.getBoundingClientRect();"
        "return {x: +r.getAttribute('x'), y: +r.getAttribute('y'), width: +r.getAttribute('width'),"
        " height: +r.getAttribute('height'), top: b.top, bottom: b.bottom, stroke: getComputedStyle(r).stroke,"
        " inner: innerHeight}"
    )
    assert text_within(PACKS[1], 16, target["x"], target["y"], target["width"], target["height"]) == "54,100"
    assert 0 <= target["top"] < target["bottom"] <= target["inner"]
    assert target["stroke"] == "rgb(213, 40, 27)"
    assert reader.complaints() == []


def test_the_picture_of_a_page_is_really_drawn(reader: Reader, newest: Path) -> None:
    reader.open(newest / "p16.html")
    size = reader.driver.execute_async_script(
        "const done = arguments[0]; const i = new Image();"
        "i.onload = () => done([i.naturalWidth, i.naturalHeight]); i.onerror = () => done('not an image');"
        "i.src = document.querySelector('image').href.baseVal;"
    )
    assert min(size) > 500
    box = reader.one("image").rect
    assert box["width"] > 500 and abs(box["width"] / box["height"] - size[0] / size[1]) < 0.01


def test_rows_are_narrowed_and_sorted(reader: Reader, newest: Path) -> None:
    reader.open(newest / "kpis.html")
    rows = reader.run("return document.querySelectorAll('#rows tbody tr').length")
    assert rows == len(expected_rows("2025-01-15", "kpis"))
    reader.run(
        "const s = [...document.querySelectorAll('.filters label')].find((l) => l.textContent.startsWith('Rating'))"
        ".querySelector('select'); s.value = 'red'; s.dispatchEvent(new Event('change'))"
    )
    red = reader.run("return document.querySelectorAll('#rows .rag.red').length")
    assert 0 < red < rows
    assert reader.shown("#rows tbody tr") == red
    heading = next(e for e in reader.all("#rows th button") if e.text == "Value")
    heading.send_keys(Keys.ENTER)
    assert heading.find_element(By.XPATH, "..").get_attribute("aria-sort") == "ascending"
    values = reader.run(
        "const n = [...document.querySelectorAll('#rows thead th')].findIndex((h) => h.textContent === 'Value');"
        "return [...document.querySelectorAll('#rows tbody tr')].map((r) => r.cells[n].textContent)"
    )
    numbers = [float(v.replace(",", "")) for v in values if v]
    assert numbers == sorted(numbers) and len(numbers) > 500
    assert "" not in values[: len(numbers)]
    assert reader.complaints() == []


def test_a_chart_opens(reader: Reader, newest: Path) -> None:
    reader.open(newest / "charts.html")
    reader.one("#signal-list tbody a").click()
    figure = reader.one("figure:target")
    picture = figure.find_element(By.CSS_SELECTOR, "img")
    assert reader.driver.execute_async_script(
        "const [image, done] = arguments; image.decode().then(() => done(image.naturalWidth), () => done(0))", picture
    )
    figure.find_element(By.CSS_SELECTOR, "a").click()
    assert reader.driver.current_url.endswith(".svg")
    assert reader.run("return document.documentElement.localName") == "svg"
    assert reader.run("return document.querySelectorAll('text').length") > 5
    assert [c for c in reader.complaints() if "favicon" not in c] == []


def test_without_javascript_nothing_is_hidden(reader: Reader, newest: Path) -> None:
    reader.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        reader.open(newest / "index.html")
        assert not reader.one("[data-filters]").is_displayed()
        assert reader.one("#check-total_disagrees a.crop").is_displayed()
        reader.one("#groups summary").click()
        assert reader.one("#groups details[open] li").is_displayed()
    finally:
        reader.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_a_script_that_is_not_ours_does_not_run(reader: Reader, newest: Path) -> None:
    reader.open(newest / "index.html")
    reader.complaints()
    reader.run(
        "const s = document.createElement('script'); s.textContent = 'window.hostile = 1'; document.body.append(s);"
        "const i = document.createElement('img'); i.setAttribute('onerror', 'window.hostile = 2'); i.src = 'no.png';"
        "document.body.append(i)"
    )
    assert reader.run("return window.hostile") is None
    assert any("Content Security Policy" in c for c in reader.complaints())


FOR_ALL = ("index", "changes", "checks", "check-total_disagrees")
OF_A_PACK = ("index", "actions", "charts", "capital_schemes", "tables", "p5")


@pytest.mark.parametrize(
    ("width", "scheme", "names", "own"),
    [(1280, "light", FOR_ALL, OF_A_PACK), (390, "dark", ("index",), ("index", "charts", "actions", "p5"))],
)
def test_nobody_is_shut_out(
    reader: Reader,
    report: Path,
    newest: Path,
    width: int,
    scheme: str,
    names: tuple[str, ...],
    own: tuple[str, ...],
) -> None:
    found = {}
    with reader.media(width, prefers_color_scheme=scheme):
        for page in (*(report / f"{n}.html" for n in names), *(newest / f"{n}.html" for n in own)):
            reader.open(page)
            if serious := reader.violations():
                found[page.name] = serious
            wide = reader.run("return document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{page.name} is {wide} pixels wider than the screen"
    assert found == {}
    assert reader.complaints() == []


def test_a_fault_of_access_is_seen(reader: Reader, newest: Path) -> None:
    reader.open(newest / "p5.html")
    reader.run("const i = document.createElement('input'); document.body.append(i)")
    assert [v.split()[0] for v in reader.violations()] == ["label"]


def test_the_keyboard_reaches_everything(reader: Reader, newest: Path) -> None:
    reader.open(newest / "index.html")
    reader.one("body").send_keys(Keys.TAB)
    assert reader.run("return document.activeElement.className") == "skip"
    assert reader.run("return document.activeElement.getBoundingClientRect().left") >= 0
    reader.driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert reader.run("return document.activeElement.id") == "main"
