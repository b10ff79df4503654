"""A kind's page: columns that say something, values as people write them, and kinds that are not known yet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from schemas.picture import Picture
from tests.warehouse.packs import action, load_all, result
from warehouse.connect import attach, reading
from warehouse.report import kind_rows
from warehouse.report.evidence import CellBox, Evidence
from warehouse.report.kind_rows import name_of, show_rows
from warehouse.report.queries import rows_by_view

SPOT = {"pack_id": "a" * 64, "table_no": 1, "row": 2, "page": 3, "key": "aaaaaaaaaaaa-1-2"}
EVIDENCE = Evidence([CellBox(1, 2, 0, 3, (10, 10, 60, 20))], {3: Picture(b"", ".webp", 595, 842, 595.0, 842.0)})


def scheme(**more: object) -> dict[str, object]:
    return {**dict.fromkeys(kind_rows.COLUMNS["capital_schemes"]), **SPOT, **more}


def test_empty_columns_are_left_away_and_values_said_plainly() -> None:
    page = show_rows(
        "capital_schemes",
        [
            scheme(scheme="Ferry slip", value_gbp=Decimal("1500000.00"), completion_by=date(2025, 3, 31)),
            scheme(scheme="Lamp room", value_gbp=Decimal("0.50")),
        ],
        EVIDENCE,
    )
    assert [(c.label, c.look) for c in page.columns] == [
        ("Scheme", "wide"),
        ("Value, £", "n"),
        ("Complete by", "nowrap"),
    ]
    assert [r.cells for r in page.rows] == [("Ferry slip", "1,500,000", "2025-03-31"), ("Lamp room", "0.5", None)]
    assert page.rows[0].place.href == "p3.html#r1-2-p3"


def test_more_rows_than_a_page_takes_are_counted() -> None:
    page = show_rows("capital_schemes", [scheme(scheme="A")] * (kind_rows.MOST_ROWS + 3), EVIDENCE)
    assert (page.count, len(page.rows)) == (kind_rows.MOST_ROWS + 3, kind_rows.MOST_ROWS)


def test_a_kind_that_is_not_known_shows_what_its_view_has() -> None:
    page = show_rows("risks", [{**SPOT, "risk": "Fog", "score": 12, "owner": None}], EVIDENCE)
    assert (page.heading, name_of("risks", 2), name_of("actions", 1)) == ("Risks", "2 rows of risks", "1 action")
    assert [c.label for c in page.columns] == ["Risk", "Score"]
    assert page.rows[0].cells == ("Fog", "12")


def test_its_rows_come_from_the_view_of_its_name(path: Path) -> None:
    pack = result(actions=[action("1")], plain_rows=[["Risk", "Score"], ["Fog", "12"]])
    load_all(path, pack)
    connection = attach(path, read_only=False)
    connection.execute("UPDATE raw.tables SET kind = 'risks' WHERE kind IS NULL").fetchall()
    connection.execute(
        'CREATE VIEW risks AS SELECT pack_id, table_no, "row", page, text AS risk FROM cells_all'
        ' WHERE col = 0 AND "row" > 0 AND table_no = 2'
    ).fetchall()
    connection.close()
    with reading(path) as connection:
        rows = rows_by_view(connection, pack.document.pack_id)
    assert [r["risk"] for r in rows["risks"]] == ["Fog"]
    assert len(rows["actions"]) == 1
