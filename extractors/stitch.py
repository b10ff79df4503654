"""Tables that go on over page ends: the parts, one page each, become one table.

Nothing that was printed is lost on the way. Headings printed again at the top of a continuation page stay as
rows and are listed in `RawTable.repeated_header_rows`. A row that a page end cuts in two becomes one row; its
cells keep the box of their first part, and a finding says where the second part stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from schemas.document import PageText, RawTable
from schemas.finding import Finding


class TagPart(NamedTuple):
    """Which rows of which structure element a table was read from (`Proposal.group`, `Proposal.group_rows`)."""

    element_id: int
    first_row: int
    last_row: int


@dataclass(frozen=True, slots=True)
class Stitched:
    """Tables in reading order, numbered from 1, and what stitching them has to say."""

    tables: tuple[RawTable, ...]
    findings: tuple[Finding, ...] = ()


def stitch(
    tables: Sequence[RawTable],
    pages: Sequence[PageText],  # noqa: ARG001
    parts: Mapping[int, TagPart] | None = None,  # noqa: ARG001
) -> Stitched:
    """The tables of a whole document with the parts of one table joined.

    `tables` stand on one page each, in reading order, with different `table_no`. `pages` hold the text lines
    outside tables: a line between a table's end and the page's foot that is no running footer says that the table
    ended there. `parts` maps a `table_no` to the structure element that it was read from, for tables whose winning
    or agreeing evidence has one. Tables are numbered again from 1 in the answer.
    """
    return Stitched(tuple(replace(table, table_no=number) for number, table in enumerate(tables, 1)))
