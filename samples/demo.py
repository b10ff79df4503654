"""What `make run` shows: two packs through the Prefect flow, what became of them, three questions, the report."""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent
RUN = SAMPLES.parent / "run"
WAREHOUSE = RUN / "boardpack.duckdb"

SUMMARY = """
SELECT strftime(p.meeting_date, '%d %b %Y') AS meeting, p.pages,
       (SELECT count(*) FROM actions a WHERE a.pack_id = p.pack_id) AS actions,
       (SELECT count(*) FROM kpis k WHERE k.pack_id = p.pack_id) AS kpi_values,
       (SELECT count(*) FROM capital_schemes s WHERE s.pack_id = p.pack_id) AS schemes,
       (SELECT count(*) FROM quarantine q WHERE q.pack_id = p.pack_id) AS held_back,
       (SELECT count(*) FROM findings f WHERE f.pack_id = p.pack_id AND severity <> 'info') AS findings
FROM packs p ORDER BY p.meeting_date
"""

HELD_BACK = "SELECT p.file_name, q.page, q.reason FROM quarantine q JOIN packs p USING (pack_id) ORDER BY ALL"

QUESTIONS = (
    (
        "Which actions are overdue?",
        "SELECT ref, owner, due_text, days_overdue, page\nFROM overdue_actions\nWHERE in_latest_log\nORDER BY ref",
    ),
    (
        "Which figures did the second pack print differently?",
        "SELECT organisation_text, measure, period_text, earlier_value_text AS was, value_text AS now, page\n"
        "FROM kpi_restatements\nORDER BY period_start, organisation_text",
    ),
    (
        "What moved in the capital programme?",
        "SELECT scheme, earlier_value_text AS was, value_text AS now, earlier_completion_text AS due,\n"
        "       completion_text AS now_due, page\nFROM capital_changes\nORDER BY scheme",
    ),
)


def main() -> int:
    """0 when both packs are in the warehouse."""
    started = time.monotonic()
    os.environ.setdefault("BOARDPACK_DATA", str(SAMPLES / "vocabulary"))
    os.environ.setdefault("PREFECT_HOME", str(RUN / "prefect"))
    RUN.mkdir(exist_ok=True)
    # Charts name several fonts, the first that a reader's machine has is used; that this one lacks some is no news.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    print("Reading two packs of an invented board through the Prefect flow (its server takes a moment) ...", flush=True)

    from flows.ingest_alone import ingest_in_prefect
    from flows.show import render_page_of
    from flows.sources import find_files
    from warehouse.answers import format_answer
    from warehouse.query import query
    from warehouse.report.site import build

    found = list(find_files(map(str, sorted(SAMPLES.glob("*.pdf")))))
    ends = ingest_in_prefect(found, WAREHOUSE, workers=2, force=False)
    for end in sorted(ends, key=lambda e: e.name):
        print(f"  {end.name}: {end.said}")
    if any(end.end == "failed" for end in ends):
        return 1

    print("\nLoaded and held back:\n")
    print(format_answer(query(WAREHOUSE, SUMMARY), "table"))
    for file_name, page, reason in query(WAREHOUSE, HELD_BACK).rows:
        print(f"  held back: {file_name}, page {page}: {reason}")
    for question, sql in QUESTIONS:
        print(f"\n{question}\n")
        print("\n".join(f"    {line}" for line in sql.splitlines()) + "\n")
        print(format_answer(query(WAREHOUSE, sql), "table"))

    index = build(WAREHOUSE, RUN / "report", render=render_page_of(WAREHOUSE))
    here = Path.cwd()
    shown = [p.relative_to(here) if p.is_relative_to(here) else p for p in (index, WAREHOUSE)]
    print(f"\nThe data-quality report: {shown[0]}\nThe warehouse:           {shown[1]}")
    print(f"\nAsk it something:  boardpack query --warehouse {shown[1]} 'SELECT * FROM findings'")
    print(f"{time.monotonic() - started:.0f} seconds")
    return 0


if __name__ == "__main__":
    sys.exit(main())
