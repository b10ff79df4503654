from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.checks import registry, run_checks
from extractors.checks.cells import (
    arrows_are_complete,
    initials_are_unique,
    no_spreadsheet_errors,
    thresholds_are_numbers,
)
from extractors.checks.evidence import Evidence
from extractors.checks.names import letters_in_order, one_name_each, organisations_exist
from extractors.checks.registry import CHECKS
from tests.checks.packs import kpi, named, pack, said, scheme
from tests.kinds.tables import document, table


def test_spreadsheet_errors_are_counted_by_table() -> None:
    rows = [["", "Apr", "May"], ["North", "#N/A", "5"], ["South", "#DIV/0!", "#N/A"]]
    (finding,) = said(no_spreadsheet_errors, pack(table(rows), table([["", "Apr"], ["North", "n/a"], ["#1", "x"]])))
    assert (finding.check, finding.row, finding.col, finding.found) == (
        "spreadsheet_error",
        1,
        1,
        "#DIV/0!, #N/A",
    )
    assert finding.message == (
        "On page 1, 3 cells print a spreadsheet's errors (#DIV/0!, #N/A) where a figure should be."
    )


def test_measures_without_a_threshold() -> None:
    records = [kpi("North", "5", measure=m, row=i, threshold=1.0) for i, m in enumerate("ABC", start=1)]
    assert said(thresholds_are_numbers, pack(records=records)) == []
    (finding,) = said(thresholds_are_numbers, pack(records=[*records, kpi("North", "5", measure="D", row=4)]))
    assert (finding.check, finding.found) == ("no_threshold", "D")
    none = [kpi("North", "5", measure=m, row=i) for i, m in enumerate("ABCD", start=1)]
    assert said(thresholds_are_numbers, pack(records=none)) == []


def test_arrows_left_out() -> None:
    records = [
        kpi(o, "5", measure=m, row=i, trend="up") for i, m in enumerate("ABC", start=1) for o in ("North", "South")
    ]
    assert said(arrows_are_complete, pack(records=records)) == []
    bare = kpi("West", "5", measure="B", row=2)
    frozen = kpi("West", "5", measure="D", row=4)
    (finding,) = said(arrows_are_complete, pack(records=[*records, bare, frozen]))
    assert (finding.check, finding.row, finding.found) == ("trend_missing", 2, "B (West)")


def test_people_who_share_initials() -> None:
    people = [
        ["Sarah Whitby (Trust)", "SW"],
        ["Ann Lee", "AL"],
        ["Dr Omar Khan (GP)", "OK"],
        ["Simon Wye (Council)", "SW"],
    ]
    (finding,) = said(initials_are_unique, pack(table(people)))
    assert (finding.check, finding.found) == ("initials_shared", "SW")
    assert "Sarah Whitby (Trust) and Simon Wye (Council)" in finding.message
    assert said(initials_are_unique, pack(table([*people[:3], ["Jo Park", "JP"]]))) == []
    grades = [["Alpha Beta", "AB"], ["Carbon Dye", "XX"], ["Eagle Fox", "XX"], ["Gin Hat", "XX"]]
    assert said(initials_are_unique, pack(table(grades))) == []


def test_one_body_under_two_names() -> None:
    variants = [
        "Exampleshire Hospital NHS Trust",
        "Exampleshire Hospitals NHS Foundation Trust",
        "Otherplace Council",
    ]
    records = [scheme(f"S{i}", row=i, lead_organisation=name) for i, name in enumerate(variants)]
    (finding,) = said(one_name_each, pack(records=records))
    assert (finding.check, finding.expected, finding.found) == ("name_variants", variants[0], variants[1])
    known = ["NHS Exampleshire CCG", "Exampleshire CCG", "Ward 1 of the House", "Ward 2 of the House"]
    records = [scheme(f"S{i}", row=i, lead_organisation=name) for i, name in enumerate(known)]
    assert said(one_name_each, pack(records=records)) == []


def test_a_body_that_had_ceased() -> None:
    records = [scheme("Ward", lead_organisation="Bedford Hospital NHS Trust")]
    (finding,) = said(organisations_exist, pack(records=records))
    assert (finding.check, finding.found) == ("organisation_ceased", "Bedford Hospital NHS Trust")
    assert said(organisations_exist, pack(records=records, meeting_date="2019-01-01")) == []
    before = kpi("NHS Luton CCG", "5", period="2021-03")
    after = kpi("NHS Luton CCG", "5", period="2021-05")
    assert said(organisations_exist, pack(records=[before])) == []
    assert named(organisations_exist, pack(records=[after])) == ["organisation_ceased"]


def test_letters_swapped() -> None:
    lines = ["Hospitals are full.", "The hospitals said so.", "Other hospitals too."]
    (finding,) = said(letters_in_order, pack(records=[kpi("Westland Hopsitals", "5")], lines=lines))
    assert (finding.check, finding.found, finding.expected) == ("word_misspelt", "Hopsitals", "hospitals")
    assert said(letters_in_order, pack(records=[kpi("Westland Hospitals", "5")], lines=lines)) == []


def test_every_check_has_one_name_and_a_sentence() -> None:
    names = [check.__name__ for check in CHECKS]
    assert len(names) == len(set(names))
    assert all((check.__doc__ or "").strip().split("\n")[0] for check in CHECKS)


def test_a_pack_of_nothing_has_no_findings() -> None:
    empty = pack()
    assert run_checks(empty.document, empty.meta, (), (), ()) == ()


def test_a_check_that_fails_costs_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(evidence: Evidence):  # type: ignore[no-untyped-def]
        raise ZeroDivisionError
        yield

    monkeypatch.setattr(registry, "CHECKS", (broken, no_spreadsheet_errors))
    doc = document(table([["A", "B"], ["x", "#REF!"]]))
    found = run_checks(doc, replace(pack().meta), (), (), ())
    assert [f.check for f in found] == ["check_failed", "spreadsheet_error"]
    assert "“broken”" in found[0].message
