"""All twenty-five answers on the pack whose answers were written down beforehand, where that pack is at hand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.pipeline import ingest
from flows.sources import find_files
from tests.docs.test_questions import QUESTIONS
from warehouse.query import query

SHARED = Path(__file__).parents[3] / "shared"
KEYS = sorted(SHARED.glob("expected/*/questions.json"))
Row = dict[str, Any]
Check = Callable[[list[Row], Any], bool]

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not KEYS, reason="needs ../shared/expected/*/questions.json and its pack"),
]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A warehouse with the pack that the questions are about."""
    path = tmp_path_factory.mktemp("shared") / "boardpack.duckdb"
    ends = ingest(find_files([str(SHARED / "packs" / f"{KEYS[0].parent.name}.pdf")]), path, workers=1)
    assert [end.end for end in ends] == ["loaded"]
    yield path


def table(rows: Iterable[Row], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[c] for c in columns) for row in rows]


def by(rows: Iterable[Row], *columns: str) -> dict[tuple[Any, ...], list[Row]]:
    """The rows in groups of equal values."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[c] for c in columns), []).append(row)
    return groups


def thousands(value: Any) -> int:
    return round(float(value or 0) / 1000)


def words(text: Any) -> str:
    return " ".join(re.findall(r"\w+", str(text).lower()))


def overdue(rows: list[Row], key: Any) -> bool:
    return table(rows, "ref", "owner", "status_text") == [(str(k["ref"]), k["owner"], k["status"]) for k in key]


def statuses(rows: list[Row], key: Any) -> bool:
    return {**dict(table(rows, "status_text", "actions")), "total": rows[0]["of_all"]} == key


def named_in_minutes(rows: list[Row], key: Any) -> bool:
    differ = {
        row["ref"]: [row["minutes_owner"], words(row["log_owner"])] for row in rows if row["owner_agrees"] is False
    }
    return (
        [int(row["ref"]) for row in rows] == key["in_minutes"]
        and [row["ref"] for row in rows if not row["in_log"]] == key["missing_in_log"]
        and differ == {ref: [who, words(owner)] for ref, (who, owner) in key["owner_differs"].items()}
    )


def decisions(rows: list[Row], key: Any) -> bool:
    return len(rows) == len(key) and all(
        row["item"] == item and words(row["subject"]).startswith(words(subject)[:60])
        for row, (item, subject) in zip(rows, key, strict=True)
    )


def attendance(rows: list[Row], key: Any) -> bool:
    lists = {str(name).split()[0]: found for (name,), found in by(rows, "list").items()}
    shared = by([row for row in rows if row["initials_shared"]], "initials")
    return (
        [len(lists[name]) for name in ("members", "apologies", "attendees")]
        == [key["members"], key["apologies"], key["attendee_rows"]]
        and [initials for (initials,) in shared] == list(key["shared_initials"])
        and all(
            [row["person"].split(" (")[0] for row in shared[initials,]] == people
            for initials, people in key["shared_initials"].items()
        )
    )


def missed(rows: list[Row], key: Any) -> bool:
    found = {row["organisation_text"]: {"missed": row["missed"], "of": row["of_measures"]} for row in rows}
    return {name: found.get(name) for name in key} == key


def met(rows: list[Row], key: Any) -> bool:
    found = dict(table(rows, "organisation_text", "met"))
    return {name: found.get(name) for name in key} == key


def shortfalls(rows: list[Row], key: Any) -> bool:
    return any([[r["points"], r["measure"]] for r in found] == key for found in by(rows, "organisation_text").values())


def against_plan(rows: list[Row], key: Any) -> bool:
    return any(dict(table(found, "period_text", "variance")) == key for found in by(rows, "measure").values())


def largest_rise(rows: list[Row], key: Any) -> bool:
    return tuple(key) in table(rows, "rise", "period_text")


def shares(rows: list[Row], key: Any) -> bool:
    change = next(value for name, value in key.items() if name.startswith("change"))
    wanted = {name: value for name, value in key.items() if isinstance(value, list)}
    return any(
        {r["organisation_text"]: [r["value"], r["share_pct"]] for r in found} == wanted
        and change in [r["change_in_a_year"] for r in found if r["share_pct"] == 100]
        for found in by(rows, "measure", "page").values()
    )


def worst_months(rows: list[Row], key: Any) -> bool:
    return any(
        {r["organisation_text"]: [r["value"], r["period_text"]] for r in found} == key
        for found in by(rows, "measure").values()
    )


def bands(rows: list[Row], key: Any) -> bool:
    return any(dict(table(found, "of_list", "share_pct")) == key for found in by(rows, "band").values())


def treats(rows: list[Row], key: Any) -> bool:
    wanted = dict(key["row_totals"])
    total = wanted.pop("Grand Total")
    return any(
        dict(table(found, "organisation_text", "organisation_total")) == wanted
        and {row["grand_total"] for row in found} == {total}
        and (key["value"], key["share_pct"]) in table(found, "value", "share_pct")
        for found in by(rows, "measure").values()
    )


def narrative(rows: list[Row], key: Any) -> bool:
    """The pack's text gives the newer figure of the first column only; the others are in no sentence of it."""
    return any(
        int(row["found"].replace(",", "")) == key["table_total"][0]
        and int(row["expected"].replace(",", "")) == key["narrative_march"][0]
        and key["agrees_with"] in row["message"]
        for row in rows
    )


def breaches(rows: list[Row], key: Any) -> bool:
    return (key["year"], key["march"], *key["worst"]) in table(rows, "whole", "newest", "worst", "worst_month")


def capital(rows: list[Row], key: Any) -> bool:
    known = [thousands(row["known_gbp"]) for row in rows]
    return (
        known == [key["in_progress"], key["future"], key["other"]]
        and sum(known) == key["total"]
        and sum(thousands(row["approximate_gbp"]) for row in rows) == key["approximate"]
        and sum(row["schemes"] for row in rows) == key["schemes"]
        and sorted(name for row in rows for name in row["without_value"] or []) == sorted(key["no_value"])
    )


def funding(rows: list[Row], key: Any) -> bool:
    return any(
        {row["funding_source"]: thousands(row["known_gbp"]) for row in found} == key
        for found in by(rows, "section").values()
    )


def undated(rows: list[Row], key: Any) -> bool:
    return len(rows) == key["count"] and any(
        [row["scheme"] for row in found] == key["of_which_secured"] for found in by(rows, "section").values()
    )


def largest(rows: list[Row], key: Any) -> bool:
    return [[thousands(r["value_gbp"]), r["scheme"], r["completion_text"]] for r in rows] == key


def markers(rows: list[Row], key: Any) -> bool:
    found = dict(table(rows, "marker", "cells"))
    return {name: found.get("approximate" if name.startswith("c.") else name) for name in key} == key


def same_in_series(rows: list[Row], key: Any) -> bool:
    return [len(rows), sum(row["cells"] for row in rows), sum(row["differences"] for row in rows)] == [
        key["compared_indicators"],
        key["cells"],
        key["differences"],
    ]


ANSWERS: dict[int, Check] = {
    1: overdue,
    2: statuses,
    3: lambda rows, key: [int(row["missing"]) for row in rows] == key,
    4: named_in_minutes,
    5: decisions,
    6: attendance,
    7: lambda rows, key: [row["item"] for row in rows] == key,
    8: missed,
    9: met,
    10: shortfalls,
    11: against_plan,
    12: largest_rise,
    13: shares,
    14: worst_months,
    15: bands,
    16: treats,
    17: narrative,
    18: breaches,
    19: capital,
    20: funding,
    21: undated,
    22: largest,
    23: markers,
    24: same_in_series,
}


@pytest.mark.parametrize("number", sorted(ANSWERS))
def test_the_answer_is_the_one_written_down(warehouse: Path, number: int) -> None:
    key = json.loads(KEYS[0].read_text(encoding="utf-8"))[number - 1]
    found = query(warehouse, QUESTIONS[number])
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    assert ANSWERS[number](rows, key["expected"]), (key["question"], key["expected"], rows[:40])


def test_every_place_of_a_figure(warehouse: Path) -> None:
    """The last question asks for the places of one figure; as many are found as lines that hold it were noted."""
    key = json.loads(KEYS[0].read_text(encoding="utf-8"))[24]
    figure = int(re.findall(r"\d,\d{3}", key["question"])[0].replace(",", ""))
    found = query(warehouse, QUESTIONS[25])
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    assert [row["places"] for row in rows if row["figure"] == figure] == [len(key["expected"]["dump_lines"])]
