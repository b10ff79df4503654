"""Tables that go on over page ends: the parts, one page each, become one table.

Nothing that was printed is lost on the way. Headings printed again at the top of a continuation page stay as
rows and are listed in `RawTable.repeated_header_rows`. A row that a page end cuts in two becomes one row; its
cells keep the box of their first part, and a finding says where the second part stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractors.column_match import ColumnMatch, match_columns, moved, one_to_one
from extractors.continuation import Surroundings, TagPart, column_headings, other_headings, repeated_headings
from extractors.cut_row import CutRow, cut_row, mend
from schemas.document import PageText, RawTable
from schemas.finding import Finding

__all__ = ["Stitched", "TagPart", "stitch"]

MIN_FILLED = 0.55
"""A table without repeated headings goes on only where its part on the first page ends below this height."""


@dataclass(frozen=True, slots=True)
class Stitched:
    """Tables in reading order, numbered from 1, and what stitching them has to say."""

    tables: tuple[RawTable, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Chain:
    """A table so far: the whole, its last part as printed, and what happened at its page ends."""

    whole: RawTable
    last: RawTable
    part: TagPart | None
    repeats: int = 0
    cuts: list[CutRow] = field(default_factory=list)


def stitch(
    tables: Sequence[RawTable],
    pages: Sequence[PageText],
    parts: Mapping[int, TagPart] | None = None,
) -> Stitched:
    """The tables of a whole document with the parts of one table joined.

    `tables` stand on one page each, in reading order, with different `table_no`. `pages` hold the text lines
    outside tables: a line between a table's end and the page's foot that is no running footer says that the
    table ended there. `parts` maps a `table_no` to the structure element that it was read from, for tables
    whose winning or agreeing evidence has one. Tables are numbered again from 1 in the answer.
    """
    around = Surroundings(pages, tables)
    told = parts or {}
    chains: list[_Chain] = []
    for table in tables:
        part = told.get(table.table_no)
        if not any(
            _take_on(chain, table, part, around) for chain in reversed(chains) if chain.last.page == table.page - 1
        ):
            chains.append(_Chain(table, table, part))
    findings: list[Finding] = []
    whole: list[RawTable] = []
    for number, chain in enumerate(chains, 1):
        whole.append(_told(chain, number))
        findings += [cut.finding(number) for cut in chain.cuts]
    return Stitched(tuple(whole), tuple(findings))


def _take_on(chain: _Chain, table: RawTable, part: TagPart | None, around: Surroundings) -> bool:
    """Whether `table` goes on from the chain; if so it is the chain's last part afterwards."""
    same_element = part is not None and chain.part is not None and part.element_id == chain.part.element_id
    match = match_columns(chain.whole, chain.last.page, table, table.page)
    if match is None and same_element and chain.whole.n_cols == table.n_cols:
        match = one_to_one(table.n_cols)
    if match is None:
        return False
    repeats = repeated_headings(chain.whole, table)
    if not same_element and not _goes_on(chain, table, match, repeats, around):
        return False
    _append(chain, table, part, match, repeats)
    return True


def _goes_on(chain: _Chain, table: RawTable, match: ColumnMatch, repeats: int, around: Surroundings) -> bool:
    """By geometry: nothing stands between, and headings are repeated or the first page is filled."""
    if not around.ends_page(chain.last) or not around.begins_page(table, chain.whole, chain.last):
        return False
    if repeats:
        return True
    if other_headings(chain.whole, table):
        return False
    if table.header_rows or abs(chain.last.n_cols - table.n_cols) > 1:
        return False
    return match.n_cols >= 2 and around.filled(chain.last) >= MIN_FILLED


def _append(chain: _Chain, table: RawTable, part: TagPart | None, match: ColumnMatch, repeats: int) -> None:
    whole = chain.whole
    above = [moved(cell, match.upper, 0) for cell in whole.cells]
    below = [moved(cell, match.lower, 0) for cell in table.cells]
    told = (
        part is not None
        and chain.part is not None
        and (part.element_id, part.first_row) == (chain.part.element_id, chain.part.last_row)
    )
    cut = cut_row(above, whole.n_rows - 1, below, repeats, told)
    if cut is not None:
        above, below = mend(above, below, cut)
        chain.cuts.append(cut)
    shift = whole.n_rows
    cells = [*above, *(replace(cell, row=cell.row + shift) for cell in below)]
    chain.whole = replace(
        whole,
        last_page=table.page,
        n_rows=shift + table.n_rows - (cut is not None),
        n_cols=match.n_cols,
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))),
        header_rows=max(whole.header_rows, column_headings(table, repeats)),
        repeated_header_rows=(*whole.repeated_header_rows, *range(shift, shift + repeats)),
        confidence=min(whole.confidence, table.confidence),
        notes=tuple(dict.fromkeys((*whole.notes, *table.notes))),
    )
    chain.last, chain.part = table, part
    chain.repeats += repeats > 0


def _told(chain: _Chain, number: int) -> RawTable:
    """The whole table under its number, its reason saying how it was joined."""
    table = replace(chain.whole, table_no=number)
    if table.page == table.last_page:
        return table
    joined = f"joined over pages {table.page} to {table.last_page}"
    if chain.repeats:
        pages = "page" if chain.repeats == 1 else "pages"
        joined += f", its headings repeated on {chain.repeats} {pages}"
    if chain.cuts:
        rows = "row" if len(chain.cuts) == 1 else "rows"
        joined += f", {len(chain.cuts)} {rows} cut by a page end put together"
    return replace(table, reason=f"{table.reason}; {joined}" if table.reason else joined)
