"""A synthetic fleet: what loading costs and what questions take as a warehouse grows.

`python -m benchmarks.growth [PACKS] [FOLDER]` (500 packs, 600,000 KPI rows by default; a folder of its own otherwise).
Each pack is a meeting of one of ten boards with a 13-month series of 92 measures, 20 actions and 10 capital schemes.
"""

from __future__ import annotations

import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from schemas.outcome import PackResult, Record, RowFate, TableKind
from schemas.reference import Measure
from tests.warehouse.packs import action, kpi, load, result, scheme, table
from warehouse.check import check
from warehouse.query import query
from warehouse.store import open_for_loading

BOARDS = 10
MEASURES = 92
MONTHS = 13

QUESTIONS_PAGE = Path(__file__).parents[1] / "docs" / "questions.md"
NARROWED = ("packs", '"tables"', "cells", "lines", "actions", "kpis", "capital_schemes", "findings")
"""Views whose names a question's text may hold: narrowed to one pack, as a person asks."""
HISTORY = {
    "overdue actions of one board": "FROM overdue_actions WHERE organisation = 'Board 3 Trust'",
    "all overdue actions": "FROM overdue_actions",
    "history of one action": "FROM action_history WHERE organisation = 'Board 3 Trust' AND ref = '7'",
    "one measure's whole series": (
        "SELECT period_text, value FROM kpi_series WHERE measure = 'Measure 17'"
        " AND organisation = 'Board 3 Trust' ORDER BY period_end"
    ),
    "latest values of one organisation": "FROM kpi_latest WHERE organisation = 'Board 3 Trust'",
    "restatements of one organisation": "FROM kpi_restatements WHERE organisation = 'Board 3 Trust'",
    "control chart of one series": "FROM kpi_spc WHERE measure = 'Measure 17' AND organisation = 'Board 3 Trust'",
    "control charts of one organisation": "FROM kpi_spc WHERE organisation = 'Board 3 Trust'",
    "capital changes": "FROM capital_changes",
    "where a value stands": (
        'SELECT c.page, c.x0, c.top FROM kpis k JOIN cells c ON (c.pack_id, c.table_no, c."row", c.col) ='
        ' (k.pack_id, k.table_no, k."row", k.value_col) WHERE k.pack_id = (SELECT max(pack_id) FROM packs)'
        " AND k.measure = 'Measure 17'"
    ),
    "latest values of all": "SELECT count(*) FROM kpi_latest",
    "restatements of all": "SELECT count(*) FROM kpi_restatements",
    "control charts of all": "SELECT count(*) FILTER (special_cause) FROM kpi_spc",
}


def questions(pack_id: str) -> dict[str, str]:
    """The twenty-five questions of docs/questions.md, asked of one pack: number and question -> SQL."""
    text = QUESTIONS_PAGE.read_text(encoding="utf-8")
    found = re.findall(r"^### (\d+\. .*?)\n.*?^```sql\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    assert len(found) == 25
    return {question: narrowed(sql.strip(), pack_id) for question, sql in found}


def narrowed(sql: str, pack_id: str) -> str:
    """The statement over the views as they would be if the warehouse held one pack."""
    # A view of history needs the packs before; its answer is narrowed by the packs that it is joined with.
    if "action_history" in sql:
        return f"FROM ({sql}) WHERE meeting_date = (SELECT meeting_date FROM packs WHERE pack_id = '{pack_id}')"
    used = [name for name in NARROWED if re.search(rf"\b{name.strip(chr(34))}\b", sql)]
    views = ", ".join(f"{name} AS (SELECT * FROM main.{name} WHERE pack_id = '{pack_id}')" for name in used)
    rest = sql.removeprefix("WITH ")
    return f"WITH {views}, {rest}" if rest != sql else f"WITH {views} {sql}"


def fleet(n: int) -> Iterator[PackResult]:
    """The packs in the order of their meetings."""
    chance = random.Random(11)
    for number in range(n):
        board, meeting = number % BOARDS, number // BOARDS
        year, month = 2019 + meeting // 12, meeting % 12 + 1
        name = f"Board {board} Trust"
        pack = result(
            meeting=f"{year}-{month:02}-09",
            organisation=name,
            board="Board",
            file_name=f"board-{board}-{year}-{month:02}.pdf",
            bytes_of=str(number),
            lines=[f"{name} heard in {month}/{year} that item {n} {chance.random()} goes on." for n in range(300)],
            actions=[action(str(meeting + n), due=f"{year}-{month:02}-01") for n in range(20)],
            capital_schemes=[scheme(f"Scheme {n}", 1000.0 * (meeting // 4 + n)) for n in range(10)],
            plain_rows=[[f"row {n} of a table of no kind", *(str(n * c) for c in range(9))] for n in range(500)],
        )
        yield with_series(pack, board, year * 12 + month - 2, chance)


def with_series(pack: PackResult, board: int, last: int, chance: random.Random) -> PackResult:
    """The pack with one table more: measures down, the months up to `last` across; one value in a hundred restated."""
    number = len(pack.document.tables) + 1
    months = [f"{m // 12}-{m % 12 + 1:02}" for m in range(last - MONTHS + 1, last + 1)]
    grid = [["Measure", *months]]
    records = []
    for m in range(MEASURES):
        texts = []
        for col, month in enumerate(months, start=1):
            value = random.Random(f"{board} {m} {month}").gauss(90, 2) + (chance.random() < 0.01)
            row = kpi(month, round(value, 2), f"Measure {m}", threshold=90.0, better="higher")
            name = f"Board {board} Trust"
            row |= {"organisation": name, "organisation_text": name, "rag": "green" if value > 90 else "red"}
            records.append(Record("kpis", number, m + 1, col, number, row))
            texts.append(f"{value:.2f}")
        grid.append([f"Measure {m}", *texts])
    fates = [RowFate(number, 0, "header"), *(RowFate(number, m + 1, "loaded") for m in range(MEASURES))]
    return replace(
        pack,
        document=replace(pack.document, tables=(*pack.document.tables, table(number, grid))),
        kinds=(*pack.kinds, TableKind(number, "kpis", "months across", 0.9)),
        records=(*pack.records, *records),
        fates=(*pack.fates, *fates),
    )


class Cost(NamedTuple):
    """Seconds: of the clock, and of all processors together. On a machine that others use, the second tells more."""

    clock: float
    processor: float


def timed(work: Callable[[], object]) -> Cost:
    """What the call costs."""
    begun, used = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - begun, time.process_time() - used)


def grow(path: Path, n: int) -> None:
    """Loads the fleet: each pack in a session of its own at the points that are reported, else in one."""
    points = {5, 50, 250, n}
    packs = enumerate(fleet(n), start=1)
    print(f"{'':>5} {'load alone':>19} {'in a batch':>19}")
    print(f"{'pack':>5} {'clock  processor':>19} {'clock  processor':>19} {'file':>9} {'per pack':>9}")
    with suppress(StopIteration):
        number = 0
        while number < n:
            costs = []
            with open_for_loading(path) as loading:
                loading.dimensions(measures=[Measure(f"Known {m}") for m in range(10)])
                while True:
                    number, pack = next(packs)
                    if number in points:
                        break
                    costs.append(timed(lambda pack=pack, loading=loading: load(loading, pack)))
            alone = timed(lambda pack=pack: _alone(path, pack))
            last = costs[-20:] or [alone]
            batch = Cost(*(statistics.mean(part) for part in zip(*last, strict=True)))
            size = path.stat().st_size
            print(
                f"{number:>5} {alone.clock:>8.2f} {alone.processor:>10.2f} {batch.clock:>8.2f} {batch.processor:>10.2f}"
                f" {size / 1e6:>6.1f} MB {size / number / 1e3:>6.1f} kB",
                flush=True,
            )


def _alone(path: Path, pack: PackResult) -> None:
    with open_for_loading(path) as loading:
        load(loading, pack)


def ask_all(path: Path) -> None:
    """Each question three times over `query`, the fastest reported (a new connection each time)."""
    ((pack_id,),) = query(path, "SELECT pack_id FROM packs ORDER BY meeting_date DESC, pack_id LIMIT 1").rows
    for heading, asked in (("of one pack (docs/questions.md)", questions(pack_id)), ("of all history", HISTORY)):
        print(f"\n{'questions ' + heading:<64} {'rows':>6} {'clock':>7} {'processor':>9}")
        for name, sql in asked.items():
            costs = []
            rows = 0
            for _ in range(3):

                def ask(sql: str = sql) -> None:
                    nonlocal rows
                    rows = len(query(path, sql).rows)

                costs.append(timed(ask))
            clock, processor = (min(part) for part in zip(*costs, strict=True))
            print(f"{name[:64]:<64} {rows:>6} {clock:>7.3f} {processor:>9.3f}", flush=True)


def main() -> None:
    """Loads, asks, checks."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as name:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "fleet.duckdb"
        if not path.exists():
            grow(path, n)
        for what, count in query(
            path, "SELECT 'kpis', count(*) FROM kpis UNION ALL SELECT 'cells', count(*) FROM cells"
        ).rows:
            print(f"{what}: {count:,} rows")
        ask_all(path)
        cost = timed(lambda: print("\ncheck:", check(path) or "all is as it was loaded"))
        print(f"{cost.clock:.1f} s by the clock, {cost.processor:.1f} of processor")


if __name__ == "__main__":
    main()
