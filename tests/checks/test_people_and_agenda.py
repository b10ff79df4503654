from __future__ import annotations

from extractors.checks.agenda import front_sheets_agree, one_time_style
from extractors.checks.people import (
    initials_of_people,
    owners_agree,
    owners_are_known,
    people_of,
    people_s_organisations_exist,
)
from schemas.document import BBox, RawTable, TextLine
from schemas.outcome import Record
from tests.checks.packs import action, named, pack, said
from tests.kinds.tables import table

PRESENT = [
    ("Dr Ann Lee (Partnership Chair)", "AL"),
    ("Felix Cole (Saltmarsh Council, Executive Lead)", "FC"),
    ("Simon Wye (Dunes Council)", "SW"),
    ("Cllr Sarah Whitby (Trust)", "SW"),
    ("Nkechi Adeyemi-Ford (Medical Director)", "NAF"),
    ("Jo Park (Trust)", "JP"),
]


def attendance(people: list[tuple[str, str]] = PRESENT) -> list[TextLine]:
    """A bold heading, then one person a line with initials at the other end."""
    lines = [TextLine("MEMBERS", BBox(57, 54, 120, 64), 11, True, False)]
    for i, (text, initials) in enumerate(people):
        top = 80.0 + 14 * i
        lines.append(TextLine(text, BBox(57, top, 57 + 5 * len(text), top + 10), 10, False, False))
        lines.append(TextLine(initials, BBox(454, top, 470, top + 10), 10, False, False))
    lines.append(TextLine("DECISIONS", BBox(57, 400, 120, 410), 11, True, False))
    lines.append(TextLine("Peter Later", BBox(57, 420, 120, 430), 10, False, False))
    return lines


def test_people_end_at_the_next_heading_and_have_no_titles() -> None:
    people = people_of(pack(lines=attendance()))
    assert [(p.name, p.initials) for p in people][:2] == [("Ann Lee", "AL"), ("Felix Cole", "FC")]
    assert [p.name for p in people][-1] == "Jo Park"


def test_initials_of_two_people() -> None:
    (finding,) = said(initials_of_people, pack(lines=attendance()))
    assert (finding.check, finding.found, finding.page) == ("initials_shared", "SW", 1)
    assert "Simon Wye and Sarah Whitby" in finding.message
    assert said(initials_of_people, pack(lines=attendance([p for p in PRESENT if "Whitby" not in p[0]]))) == []


def log(*owners: str) -> list[Record]:
    return [action(str(i), row=i, owner=owner) for i, owner in enumerate(owners, start=1)]


def test_an_owner_who_is_in_no_list() -> None:
    owners = ("Ann Lee", "Felix Cole Jo Park", "Executive lead", "All", "Anne Murray")
    (finding,) = said(owners_are_known, pack(records=log(*owners), lines=attendance()))
    assert (finding.check, finding.found, finding.row) == ("owner_in_no_list", "Anne Murray", 5)
    strangers = log("Tom James", "Rob Reed", "Ann Lee", "Kay Dean")
    assert said(owners_are_known, pack(records=strangers, lines=attendance())) == []
    assert said(owners_are_known, pack(records=log(*owners))) == []


def minutes(*rows: list[str]) -> RawTable:
    return table([["Item", "Discussion", "Action"], *rows])


def test_an_owner_unlike_the_minutes() -> None:
    rows = (
        ["7", "Finance report", "1\nFC"],
        ["8", "Quality", "2, 3\nNAF"],
        ["9", "Estates", "Action 4"],
        ["9", "JP", ""],
    )
    right = log("Executive lead", "Nkechi Adeyemi-Ford", "Dr Nkechi Adeyemi Ford", "Jo Park")
    assert said(owners_agree, pack(minutes(*rows), records=right, lines=attendance())) == []
    wrong = log("Executive lead", "Nkechi Adeyemi-Ford", "Dr Nkechi Adeyemi Ford", "Simon Wye")
    (finding,) = said(owners_agree, pack(minutes(*rows), records=wrong, lines=attendance()))
    assert (finding.check, finding.found, finding.expected) == ("owner_unlike_minutes", "Simon Wye", "JP")


def test_a_person_listed_for_an_organisation_that_is_no_more() -> None:
    people = [*PRESENT, ("Dr Tom Day (Solent NHS Trust)", "TD"), ("Ida Blyth (Saltmarsh Harbour)", "IB")]
    (finding,) = said(people_s_organisations_exist, pack(lines=attendance(people)))
    assert (finding.check, finding.found) == ("organisation_ceased", "Solent NHS Trust")
    assert said(people_s_organisations_exist, pack(lines=attendance(people), meeting_date="2024-06-01")) == []


AGENDA = [
    ["Item", "Lead", "Time"],
    ["1. Apologies for absence", "Chair", "2.00pm"],
    ["2. a. Chair's update\nb. Priorities for the year", "Chair\nPaper 1", "2.10pm"],
    ["3. Estates strategy refresh", "Director\nPaper 2", "3:00pm"],
]


def front_sheet(title: str, number: str) -> RawTable:
    return table(
        [["Meeting title", "Board", "Date: 9 June"], ["Report title:", title, f"Agenda item: {number}"]], page=2
    )


def test_a_front_sheet_with_another_number_than_the_agenda() -> None:
    (finding,) = said(front_sheets_agree, pack(table(AGENDA), front_sheet("Priorities for the year", "2a")))
    assert (finding.check, finding.found, finding.expected, finding.page) == ("agenda_number_disagrees", "2a", "2b", 2)
    for title, number in (("Priorities for the year", "2b"), ("Priorities for the year", "2"), ("Cash", "9")):
        assert said(front_sheets_agree, pack(table(AGENDA), front_sheet(title, number))) == []
    assert named(front_sheets_agree, pack(table(AGENDA), front_sheet("Estates Strategy Refresh", "4"))) == [
        "agenda_number_disagrees"
    ]


def test_times_in_two_styles() -> None:
    (finding,) = said(one_time_style, pack(table(AGENDA)))
    assert (finding.check, finding.found, finding.expected) == ("mixed_time_styles", "3:00pm", "2.00pm")
    assert said(one_time_style, pack(table(AGENDA[:3]))) == []
