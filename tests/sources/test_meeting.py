"""The papers of one meeting: whose they are, settled over all of them, and what disagrees is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from flows.pipeline import ReadPack
from flows.sources import Source
from flows.sources_meeting import read_together, settle
from schemas.document import Document
from schemas.failure import FailureCode, PackFailure
from schemas.outcome import PackMeta, PackResult

Said = tuple[str | None, str | None, str | None]


class Desk:
    """Reads papers as they say they are; where it is told, as it is told. Counts what it reads."""

    def __init__(self, says: dict[str, Said | None]) -> None:
        self.says = says
        self.read: list[tuple[str, bool]] = []

    def papers(self) -> list[tuple[Source, str]]:
        return [(Source(Path(name), f"https://a.example/{name}", name), name * 8) for name in self.says]

    def __call__(self, papers: Sequence[tuple[Source, str]]) -> list[ReadPack]:
        found = []
        for source, pack_id in papers:
            self.read.append((source.file_name, source.hints is not None))
            said = self.says[source.file_name]
            done = ReadPack(source, datetime(2026, 1, 1), pack_id)
            if said is None:
                done.failure = PackFailure(FailureCode.TRUNCATED)
            else:
                done.result = result(source, pack_id, said)
            found.append(done)
        return found


def result(source: Source, pack_id: str, said: Said) -> PackResult:
    hints = source.hints or PackMeta()
    values = [a or b for a, b in zip((hints.organisation, hints.board, hints.meeting_date), said, strict=True)]
    names = ("organisation", "board", "meeting_date")
    evidence = {n: hints.evidence.get(n, "cover page 1") for n, v in zip(names, values, strict=True) if v}
    document = Document(pack_id, source.file_name, 1, (), ())
    return PackResult(document, PackMeta(*values, evidence), (), (), (), (), (), "1")


def metas(reads: list[ReadPack]) -> set[Said]:
    found = [read.result.meta for read in reads if read.result]
    return {(meta.organisation, meta.board, meta.meeting_date) for meta in found}


def test_the_agenda_speaks_for_papers_that_say_nothing_or_something_else() -> None:
    desk = Desk(
        {
            "item 1.pdf": (None, None, None),
            "00 Agenda.pdf": ("NHS Westmere", "Board", "2024-06-05"),
            "item 2.pdf": ("NHS Westmere", "Finance Committee", "2024-05-20"),
        }
    )
    reads = read_together(desk.papers(), desk)
    assert metas(reads) == {("NHS Westmere", "Board", "2024-06-05")}
    assert desk.read[3:] == [("item 1.pdf", True), ("item 2.pdf", True)], "read again, with what was settled"
    assert [read.source.file_name for read in reads] == ["item 1.pdf", "00 Agenda.pdf", "item 2.pdf"]
    first, second, third = (read.result for read in reads)
    assert first and second and third
    assert first.findings == second.findings == ()
    told = {(f.check, f.severity, f.found, f.expected) for f in third.findings}
    assert told == {
        ("board_disagrees", "warning", "Finance Committee", "Board"),
        ("meeting_date_disagrees", "warning", "2024-05-20", "2024-06-05"),
    }
    assert "the meeting's agenda (cover page 1)" in third.findings[0].message


def test_without_an_agenda_most_papers_decide() -> None:
    desk = Desk({f"{n}.pdf": ("Westmere", None, day) for n, day in enumerate(["2024-06-05"] * 2 + ["2024-01-01"])})
    reads = read_together(desk.papers(), desk)
    assert metas(reads) == {("Westmere", None, "2024-06-05")}
    last = reads[2].result
    assert last is not None
    assert last.meta.evidence["meeting_date"] == "2 of the meeting's 3 papers"


def test_spelling_is_no_disagreement_but_the_papers_stay_together() -> None:
    desk = Desk({"agenda.pdf": ("NHS Westmere", None, None), "b.pdf": ("NHS  WESTMERE", None, None)})
    reads = read_together(desk.papers(), desk)
    assert metas(reads) == {("NHS Westmere", None, None)}
    assert all(read.result and not read.result.findings for read in reads)


def test_papers_that_agree_are_read_once_and_a_broken_one_changes_nothing() -> None:
    desk = Desk({"a.pdf": ("W", "B", "2024-06-05"), "b.pdf": ("W", "B", "2024-06-05"), "c.pdf": None})
    reads = read_together(desk.papers(), desk)
    assert len(desk.read) == 3
    assert [bool(read.result) for read in reads] == [True, True, False]
    assert reads[2].failure is not None


def test_the_source_s_word_stands_above_the_agenda() -> None:
    told = PackMeta("NHS Westmere", None, None, {"organisation": "source settings"})
    sources = [Source(Path(n), n, n, told) for n in ("agenda.pdf", "b.pdf")]
    results = [result(source, "x", (None, None, "2024-06-05")) for source in sources]
    settled = settle(results)
    assert (settled.organisation, settled.meeting_date) == ("NHS Westmere", "2024-06-05")
    assert settled.evidence["organisation"] == "source settings"
