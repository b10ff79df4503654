"""The report's folder: small, whole, linked, safe, and made again only when there is reason to."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from schemas.reference import Measure
from tests.samples.comparing import expected_json
from tests.warehouse.packs import action, ask, kpi, load_all, result, scheme
from warehouse.forget import forget
from warehouse.report.site import build
from warehouse.store import open_for_loading

# The report of the samples is made once, for all tests that read it.


class Page(HTMLParser):
    """What a page refers to, the ids that it has, and its inline scripts."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.scripts: list[str] = []
        self.policy = ""
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.text: list[str] = []
        self._in_script = False
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        self.handlers += [name for name in values if name.startswith("on") or name == "style"]
        self.links += [v for name in ("href", "src") if (v := values.get(name))]
        if values.get("id"):
            self.ids.add(str(values["id"]))
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = str(values["content"])
        if tag == "script":
            self._in_script = True
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts[-1] += data
        else:
            self.text.append(data)


def pages(report: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in report.rglob("*.html")}


def test_each_link_leads_somewhere_and_none_leaves_the_folder(report: Path) -> None:
    read = pages(report)
    assert len(read) > 40
    broken = []
    for path, page in read.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme == "data":
                continue
            assert not parts.scheme and not parts.netloc, f"{path.name}: {link}"
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_relative_to(report)
            known = read.get(target)
            if not target.is_file() or (parts.fragment and known and parts.fragment not in known.ids):
                broken.append(f"{path.relative_to(report)}: {link}")
    assert broken == []


def test_a_pack_takes_less_than_three_megabytes(report: Path) -> None:
    sizes = [sum(f.stat().st_size for f in folder.iterdir()) for folder in report.glob("pack-*")]
    assert len(sizes) == 2
    assert max(sizes) < 1_500_000
    assert all(f.stat().st_size < 40_000 for f in report.rglob("*.svg"))


def test_only_our_script_is_allowed_and_nothing_is_inline(report: Path) -> None:
    for path, page in pages(report).items():
        assert page.handlers == [], path
        allowed = re.search(r"script-src '([^']+)'", page.policy)
        assert allowed and "default-src 'none'" in page.policy and "unsafe" not in page.policy
        for script in page.scripts:
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            assert f"sha256-{digest}" == allowed[1], path


def test_every_fault_of_the_sample_is_told_with_its_page(newest: Path) -> None:
    page = Page(newest / "index.html")
    said = " ".join(" ".join(page.text).split())
    for fault in expected_json("2025-01-15", "faults.json"):
        assert any(words in said for words in fault["says"]), fault
    assert "Not complete. 1 printed row is held back; 1 error to look at." in said


def test_findings_as_files_are_all_of_them(report: Path, loaded: Path, newest: Path) -> None:
    ((count,),) = ask(loaded, "SELECT count(*) FROM findings")
    with (report / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == count
    assert {r["meeting_date"] for r in rows} == {"2024-11-13", "2025-01-15"}
    ((kept,),) = ask(loaded, f"SELECT count(*) FROM '{report / 'findings.parquet'}'")
    assert kept == count
    with (newest / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        own = list(csv.DictReader(file))
    assert len(own) == sum(r["meeting_date"] == "2025-01-15" for r in rows)


def test_each_row_of_each_kind_leads_to_a_frame(newest: Path, loaded: Path) -> None:
    for view in ("actions", "kpis", "capital_schemes", "capital_profile"):
        ((count,),) = ask(
            loaded,
            f"SELECT count(*) FROM {view} JOIN packs USING (pack_id) WHERE meeting_date = DATE '2025-01-15'",
        )
        links = [link for link in Page(newest / f"{view}.html").links if re.match(r"p\d+\.html#[cr]\d", link)]
        assert len(links) == count > 10


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'></svg>{{ 7*7 }} =cmd|' /C calc'!A0"


@pytest.fixture
def hostile(path: Path) -> Path:
    """A warehouse of a pack that is hostile wherever it can be."""
    load_all(
        path,
        result(
            organisation=HOSTILE,
            board=HOSTILE,
            file_name="../../" + HOSTILE.replace("/", "") + ".pdf",
            actions=[action("1", owner=HOSTILE, comments=HOSTILE), action(HOSTILE)],
            kpis=[kpi(f"2024-{n:02d}", n, HOSTILE, organisation_text=HOSTILE) for n in range(1, 10)],
            capital_schemes=[scheme(HOSTILE, 1e6, "2025-03-31"), scheme("A", 2e6), scheme("B", 3e6, "2026-03-31")],
            quarantined=[{HOSTILE: HOSTILE}],
            plain_rows=[[HOSTILE, "2"]],
        ),
    )
    return path


def test_a_pack_cannot_write_markup(hostile: Path, tmp_path: Path) -> None:
    report = build(hostile, tmp_path / "report").parent
    ours = {"script", "svg", "img", "image", "rect"}
    for path, page in pages(report).items():
        assert page.handlers == [], path
        assert len(page.scripts) <= 1
        assert page.tags.count("script") == len(page.scripts)
        assert "49" not in " ".join(page.text).split(), path
        assert not any("src=x" in link for link in page.links)
        assert ours.issuperset(set(page.tags) & ours)
    said = " ".join(Page(next(report.glob("pack-*/actions.html"))).text)
    assert HOSTILE in said
    for drawing in report.rglob("*.svg"):
        assert b"<script" not in drawing.read_bytes()
    names = {p.name for p in report.rglob("*")}
    assert all(re.fullmatch(r"[a-z0-9_.-]+", name) for name in names)


def test_a_spreadsheet_runs_nothing(path: Path, tmp_path: Path) -> None:
    from schemas.finding import Finding

    formula = '=HYPERLINK("http://example.org")'
    load_all(path, result(findings=[Finding("warning", "pack", "word_misspelt", formula, found="@SUM(A1)")]))
    report = build(path, tmp_path / "report").parent
    with (report / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["message"], row["found"]) == (f"'{formula}", "'@SUM(A1)")


def test_a_pack_is_written_again_only_when_it_changed(path: Path, tmp_path: Path) -> None:
    first, second = result(actions=[action("1")]), result(meeting="2025-03-12", actions=[action("2")])
    load_all(path, first)
    report = build(path, tmp_path / "report").parent
    (folder,) = report.glob("pack-*")
    (folder / "seen.txt").write_text("still here", "utf-8")
    build(path, report)
    assert (folder / "seen.txt").exists()
    # Another meeting of the same board: its series run over both packs.
    load_all(path, second)
    build(path, report)
    assert not (folder / "seen.txt").exists()
    assert len(list(report.glob("pack-*"))) == 2
    forget(path, second.document.pack_id)
    build(path, report)
    assert [f.name for f in report.glob("pack-*")] == [folder.name]


def test_a_folder_that_is_not_ours_is_left_alone(path: Path, tmp_path: Path) -> None:
    load_all(path, result(actions=[action("1")]))
    other = tmp_path / "report" / "pack-of-cards"
    other.mkdir(parents=True)
    (other / "ace.txt").write_text("spades", "utf-8")
    build(path, tmp_path / "report")
    assert (other / "ace.txt").read_text("utf-8") == "spades"


def test_one_pack_by_the_start_of_its_id(path: Path, tmp_path: Path) -> None:
    first, second = result(actions=[action("1")]), result(meeting="2025-03-12", actions=[action("2")])
    load_all(path, first, second)
    report = build(path, tmp_path / "report", pack=first.document.pack_id[:6].upper()).parent
    assert [f.name for f in report.glob("pack-*")] == [f"pack-{first.document.pack_id[:16]}"]
    with pytest.raises(LookupError, match="2 packs have an id that starts with ''"):
        build(path, report, pack="")


def test_rows_held_back_are_shown_as_printed(path: Path, tmp_path: Path) -> None:
    load_all(path, result(quarantined=[{"Measure": "Gulls", "Value": "12,,4"}]))
    report = build(path, tmp_path / "report").parent
    said = " ".join(" ".join(Page(next(report.glob("pack-*/index.html"))).text).split())
    assert "Printed rows held back" in said and "12,,4" in said and "out of range" in said
    ((content,),) = ask(path, "SELECT content FROM quarantine")
    assert json.loads(content)["Value"] == "12,,4"


def test_an_empty_warehouse_says_so(path: Path, tmp_path: Path) -> None:
    with open_for_loading(path) as loading:
        loading.dimensions(measures=[Measure("Gulls counted")])
    page = Page(build(path, tmp_path / "report"))
    assert "No pack has been loaded yet." in " ".join(page.text)


def test_two_reports_at_once_and_one_that_was_killed(path: Path, tmp_path: Path) -> None:
    load_all(path, *(result(meeting=f"2025-0{n}-15", actions=[action(str(n))]) for n in range(1, 5)))
    out = tmp_path / "report"
    killed = out / f".pack-{'0' * 16}.1"
    killed.mkdir(parents=True)
    command = (
        "import sys; from pathlib import Path; from warehouse.report.site import build; build(*map(Path, sys.argv[1:]))"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", command, str(path), str(out)], stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [(p.communicate()[1], p.returncode) for p in both] == [("", 0)] * 2
    assert len(list(out.glob("pack-*/index.html"))) == 4
    assert [p.name for p in out.rglob(".*")] == [killed.name]
    assert all("</html>" in p.read_text("utf-8") for p in out.rglob("*.html"))
