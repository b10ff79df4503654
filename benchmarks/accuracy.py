"""How right tables are read, and how honest `confidence` is: `python -m benchmarks.accuracy [--engines]`.

Three sets: this repository's office documents; tables of published council papers written down by hand (F1 of the
table that fits best, mean); the European half of the ICDAR 2013 competition (relations of all documents pooled, tables
that are none counted against). The last two need the folder `shared` beside the repository and are left out without it,
which is said. `--engines` reads the same pages with pdfplumber (its default, ruled) and camelot (lattice, and hybrid on
the vector engine) in the same run and prints ratios; that takes some minutes.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.adjacency import Placed, Score, Table, best, document, from_rows, score, unspanned
from benchmarks.truth import Case, competition, office, published

GOOD = 0.95
BUCKETS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01))
Reader = Callable[[Path, Sequence[int] | None], list[Table]]


def boardpack(path: Path, pages: Sequence[int] | None) -> list[Table]:
    """Our own reading, the parts of a table on several pages taken apart again."""
    from extractors.reader import read_document

    tables = []
    for table in read_document(path, pages=pages).tables:
        for page in sorted({cell.page for cell in table.cells}):
            cells = [cell for cell in table.cells if cell.page == page]
            top = min(cell.row for cell in cells)
            placed = tuple(
                Placed(c.row - top, c.col, c.row - top + c.row_span - 1, c.col + c.col_span - 1, c.text) for c in cells
            )
            tables.append(Table(page, placed, table.confidence))
    return tables


def pdfplumber(path: Path, pages: Sequence[int] | None) -> list[Table]:
    """pdfplumber's `extract_tables` as it comes: tables between drawn lines."""
    import pdfplumber as library

    tables = []
    with library.open(path) as opened:
        for number, page in enumerate(opened.pages, 1):
            if pages is None or number in pages:
                tables += [from_rows(number, rows) for rows in page.extract_tables()]
                page.close()
    return tables


def camelot(flavor: str, **settings: str) -> Reader:
    """A reader of camelot's."""

    def read(path: Path, pages: Sequence[int] | None) -> list[Table]:
        import camelot as library

        wanted = ",".join(map(str, pages)) if pages else "all"
        found = library.read_pdf(str(path), pages=wanted, flavor=flavor, suppress_stdout=True, **settings)
        return [from_rows(table.page, table.df.values.tolist()) for table in found]

    return read


READERS: dict[str, Reader] = {"boardpack": boardpack}
ENGINES: dict[str, Reader] = {
    "pdfplumber": pdfplumber,
    "camelot lattice": camelot("lattice"),
    "camelot hybrid": camelot("hybrid", engine="vector"),
}


def read(reader: Reader, case: Case) -> list[Table]:
    """What a reader makes of a case; a reader that fails on a document has read nothing there."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tables = reader(case.path, None if case.complete else case.pages)
    except Exception as error:  # an outside library may raise anything; its score is then nothing
        print(f"  {case.path.name}: {type(error).__name__}: {str(error)[:80]}", file=sys.stderr)
        return []
    return tables if case.spans else [unspanned(table) for table in tables]


def pooled(cases: Sequence[Case], readings: Sequence[list[Table]]) -> float:
    """F1 of all relations of all documents."""
    total = Score()
    for case, tables in zip(cases, readings, strict=True):
        total = total.plus(
            max((document(truth, tables) for truth in (case.tables, *case.variants)), key=lambda s: s.f1)
        )
    return total.f1


def each(cases: Sequence[Case], readings: Sequence[list[Table]]) -> list[tuple[Case, Table, float]]:
    """F1 of the table that fits best, for each that was written down."""
    return [
        (case, wanted, best(wanted, tables)[0].f1)
        for case, tables in zip(cases, readings, strict=True)
        for wanted in case.tables
    ]


def truths(cases: Sequence[Case], readings: Sequence[list[Table]]) -> list[tuple[float, float]]:
    """(confidence, F1) of each table that was read and can be judged: on a page that is written down whole all of them,
    else the one that fits best. A table where there is none has F1 0.
    """
    judged = []
    for case, tables in zip(cases, readings, strict=True):
        if not case.complete:
            fitting = [(best(wanted, tables)) for wanted in case.tables]
            judged += [(table.confidence, fit.f1) for fit, table in fitting if table is not None]
            continue
        for table in tables:
            told = [t for truth in (case.tables, *case.variants) for t in truth if t.page == table.page]
            judged.append((table.confidence, max((score(t, table, blanks=False).f1 for t in told), default=0.0)))
    return judged


def print_confidence(judged: Sequence[tuple[float, float]]) -> None:
    print(f"\nconfidence of {len(judged)} tables against what they are")
    for low, high in BUCKETS:
        inside = [f1 for confidence, f1 in judged if low <= confidence < high]
        good = sum(f1 >= GOOD for f1 in inside)
        share = f"{good / len(inside):6.0%} with F1 of {GOOD} or more, mean F1 {sum(inside) / len(inside):.3f}"
        print(f"  {low:.1f} to {min(high, 1.0):.1f}  {len(inside):4} tables  {share if inside else ''}")


def main() -> int:
    """0 when our own reader read every document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engines", action="store_true", help="pdfplumber and camelot beside ours")
    parser.add_argument("-v", "--verbose", action="store_true", help="each table below 1.0")
    wanted = parser.parse_args()
    logging.disable(logging.WARNING)
    sets = {"office documents": office(), "published papers": published(), "ICDAR 2013, EU": competition()}
    judged: list[tuple[float, float]] = []
    for name, cases in sets.items():
        if not cases:
            print(f"{name}: not here (needs the folder `shared` beside the repository)")
            continue
        print(f"{name}: {len(cases)} documents, {sum(len(case.tables) for case in cases)} tables")
        ours = 0.0
        for reader, call in (READERS | (ENGINES if wanted.engines else {})).items():
            started = time.perf_counter()
            readings = [read(call, case) for case in cases]
            seconds = time.perf_counter() - started
            of_each = each(cases, readings)
            if cases[0].complete:
                figure, said = pooled(cases, readings), "pooled F1"
            else:
                figure, said = sum(f1 for _, _, f1 in of_each) / len(of_each), "mean F1"
            good = sum(f1 >= GOOD for _, _, f1 in of_each)
            ours = ours or figure
            print(
                f"  {reader:16} {said} {figure:.4f}  {good:3} of {len(of_each)} at {GOOD} or better  "
                f"{figure / ours:5.2f} x ours  {seconds:6.1f} s"
            )
            if reader == "boardpack":
                judged += truths(cases, readings)
                if wanted.verbose:
                    for case, table, f1 in of_each:
                        if f1 < 1:
                            print(f"    {case.path.stem} page {table.page}: {f1:.3f}")
    print_confidence(judged)
    return 0


if __name__ == "__main__":
    sys.exit(main())
