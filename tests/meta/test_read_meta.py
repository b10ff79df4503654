"""Whose pack it is, of which board and for which day, from lines as a cover, an agenda and page edges have them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.meta import read_meta
from schemas.document import BBox, Document, PageText, TextLine
from schemas.outcome import PackMeta

Line = tuple[str, float, float]
"""Text, distance from the top of the page, size."""
BODY: list[Line] = [(f"This is a sentence of running text, number {i}.", 500.0 + 14 * i, 11.0) for i in range(12)]


def page(number: int, lines: list[Line]) -> PageText:
    made = tuple(
        TextLine(text, BBox(57, top, 57 + 5 * len(text), top + size), size, size > 14, False)
        for text, top, size in lines
    )
    return PageText(number, 595.0, 842.0, "read", 1000, made)


def document(cover: list[Line], *others: list[Line], file_name: str = "pack.pdf", **info: str) -> Document:
    pages = tuple(page(n, [*lines, *BODY]) for n, lines in enumerate((cover, *others), start=1))
    return Document(pack_id="0" * 64, file_name=file_name, n_pages=len(pages), pages=pages, tables=(), info=info)


def meta(cover: list[Line], *others: list[Line], **more: str) -> tuple[str | None, str | None, str | None]:
    found, _ = read_meta(document(cover, *others, **more))
    return found.organisation, found.board, found.meeting_date


def test_an_organisation_s_name_over_two_lines_is_no_board() -> None:
    cover = [
        ("Saltmarsh and Dunes Integrated", 200.0, 26.0),
        ("Care Board", 232.0, 26.0),
        ("Meeting of the Board held in public", 290.0, 16.0),
        ("Wednesday 15 January 2025", 320.0, 16.0),
    ]
    assert meta(cover) == ("Saltmarsh and Dunes Integrated Care Board", "Board", "2025-01-15")


def test_a_council_s_cabinet() -> None:
    agenda = [("CABINET", 60.0, 15.0), ("Tuesday, 4th March, 2025, at 10.00 am", 90.0, 12.0)]
    minutes = [("SALTMARSH COUNTY COUNCIL", 60.0, 12.0), ("CABINET", 90.0, 15.0)]
    assert meta(agenda, minutes) == ("Saltmarsh County Council", "Cabinet", "2025-03-04")


def test_a_report_says_to_whom_it_goes() -> None:
    cover = [
        ("Saltmarsh NHS Foundation Trust", 60.0, 20.0),
        ("Report to: Finance and Performance Committee", 120.0, 11.0),
        ("Date of meeting: 12 March 2025", 140.0, 11.0),
    ]
    assert meta(cover) == ("Saltmarsh NHS Foundation Trust", "Finance and Performance Committee", "2025-03-12")


def test_a_name_in_every_footer() -> None:
    footer = [("Saltmarsh University Hospitals NHS Trust – Board papers", 805.0, 8.0)]
    cover = [("Trust Board", 100.0, 24.0), ("Thursday 6 February 2025", 140.0, 14.0), *footer]
    found = meta(cover, footer, footer, footer)
    assert found == ("Saltmarsh University Hospitals NHS Trust", "Trust Board", "2025-02-06")


def test_what_no_page_says_is_none_and_said() -> None:
    found, findings = read_meta(document([("Appendix C", 60.0, 16.0)]))
    assert (found.organisation, found.board, found.meeting_date) == (None, None, None)
    assert {f.check for f in findings} == {"organisation_not_found", "meeting_date_not_found"}


def test_what_the_source_says_stands_and_a_disagreement_is_told() -> None:
    cover = [
        ("Saltmarsh County Council", 60.0, 26.0),
        ("Planning Committee", 75.0, 20.0),
        ("Tuesday 4 March 2025", 90.0, 14.0),
    ]
    hints = PackMeta("Dunes District Council", "Cabinet", "2025-03-05")
    found, findings = read_meta(document(cover), hints)
    assert (found.organisation, found.board, found.meeting_date) == ("Dunes District Council", "Cabinet", "2025-03-05")
    told = {f.check: (f.found, f.expected) for f in findings}
    assert told["organisation_disagrees"] == ("Saltmarsh County Council", "Dunes District Council")
    named, expected = told["board_disagrees"]
    assert expected == "Cabinet"
    assert named is not None and named.endswith("Planning Committee")
    assert told["meeting_date_disagrees"] == ("2025-03-04", "2025-03-05")


@pytest.mark.parametrize("text", ["Council Tax 2025/26", "Members of the Council", "the Arts Council"])
def test_words_with_council_in_them_are_no_organisation(text: str) -> None:
    assert meta([(text, 60.0, 20.0)])[0] is None


def test_hostile_text_is_only_text() -> None:
    cover = [("Robert'); DROP TABLE packs;-- NHS Foundation Trust", 60.0, 20.0), ("﷐‮(((((" * 200, 100.0, 20.0)]
    made = document(cover)
    found, _ = read_meta(replace(made, file_name="../../etc/passwd.pdf"))
    assert found.meeting_date is None


def test_dates_in_a_log_s_rows_do_not_rival_the_cover_s() -> None:
    made = document([("Saltmarsh NHS Trust", 60.0, 15.0), ("Trust Board in public, 28 November 2024", 80.0, 11.0)])
    row = TextLine("26 Sept 2024", BBox(57, 200, 120, 208), 8.5, False, True)
    first = replace(made.pages[0], lines=(*made.pages[0].lines, row))
    found, findings = read_meta(replace(made, pages=(first,)))
    assert found.meeting_date == "2024-11-28"
    assert [f.check for f in findings if f.check == "meeting_date_disagrees"] == []


def test_days_side_by_side_in_a_table_s_headings_are_no_meeting() -> None:
    made = document([("Trust Board in public, 28 November 2024", 60.0, 11.0), ("Agenda", 90.0, 11.0)])
    months = [
        TextLine(text, BBox(x, 250, x + 40, 259), 9, True, True) for x, text in ((60, "26 Sept"), (120, "31 Oct"))
    ]
    first = replace(made.pages[0], lines=(*made.pages[0].lines, *months))
    found, findings = read_meta(replace(made, pages=(first,)))
    assert found.meeting_date == "2024-11-28"
    assert "meeting_date_disagrees" not in {f.check for f in findings}
