"""The sample packs, from PDF to views: every row, every field, none besides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.samples.comparing import MEETINGS, differences, expected_rows

Ask = Callable[[str], list[dict[str, Any]]]


def rows_of(ask: Ask, meeting: str, view: str) -> list[dict[str, Any]]:
    return ask(f"SELECT v.* FROM {view} v JOIN packs USING (pack_id) WHERE meeting_date = DATE '{meeting}'")


@pytest.mark.parametrize("meeting", MEETINGS)
@pytest.mark.parametrize("kind", ["actions", "kpis", "capital_schemes", "capital_profile"])
def test_every_row_is_as_expected_and_none_besides(ask: Ask, meeting: str, kind: str) -> None:
    expected = expected_rows(meeting, kind)
    pages = {int(row["page"]) for row in expected}
    # A scheme of the programme by years is a scheme too; only the list of schemes says what it should be.
    actual = [row for row in rows_of(ask, meeting, kind) if row["page"] in pages or kind in ("actions", "kpis")]
    wrong = differences(expected, actual)
    assert not wrong, f"{len(wrong)} of {len(expected)} {kind}:\n" + "\n".join(wrong[:20])


@pytest.mark.parametrize("meeting", MEETINGS)
def test_every_row_of_a_table_with_a_kind_has_one_fate(ask: Ask, meeting: str) -> None:
    balance = rows_of(ask, meeting, "balance")
    assert len(balance) >= 12
    assert [table for table in balance if not table["balanced"]] == []


def test_the_packs_say_whose_they_are(ask: Ask) -> None:
    found = ask("SELECT organisation, meeting_date::VARCHAR AS meeting, pages FROM packs ORDER BY meeting_date")
    name = "Larkshire and Westmere Integrated Care Board"
    assert found == [{"organisation": name, "meeting": m, "pages": 19} for m in MEETINGS]


def test_organisations_of_the_user_s_own_list_are_recognised(ask: Ask) -> None:
    found = ask("SELECT DISTINCT organisation FROM kpis WHERE organisation_text = 'LW ICB' AND series = 'actual'")
    assert found == [{"organisation": "Larkshire and Westmere Integrated Care Board"}]
