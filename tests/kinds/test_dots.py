"""A status or a rating that is nothing but a coloured dot, printed or drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.classify import kind_named
from schemas.document import RawTable
from tests.kinds.tables import context, table


def dotted(made: RawTable, col: int, text: str, colours: list[str]) -> RawTable:
    """The table with a dot of each colour down a column, a character or (without text) drawn."""
    cells = tuple(
        replace(cell, text=text, text_colour=colours[cell.row - 1]) if cell.col == col and cell.row else cell
        for cell in made.cells
    )
    return replace(made, cells=cells)


@pytest.mark.parametrize("text", ["\u25cf", ""])
def test_an_action_s_status_is_a_dot(text: str) -> None:
    log = table(
        [["Ref", "Action", "Owner", "RAG"], ["1", "Write to the board", "AE", ""], ["2", "Reply soon", "BS", ""]]
    )
    log = dotted(log, 3, text, ["#FF0000", "#0070C0"])
    found = kind_named("actions").read(log, context(log)).records
    assert [record.values["status"] for record in found] == ["overdue", "closed"]


@pytest.mark.parametrize("text", ["\u25cf", ""])
def test_a_scheme_s_rating_is_a_dot(text: str) -> None:
    schemes = table([["Scheme", "Scheme value (£000)", "RAG"], ["New ward", "9,000", ""], ["New roof", "400", ""]])
    schemes = dotted(schemes, 2, text, ["#FFC000", "#00B050"])
    found = kind_named("capital").read(schemes, context(schemes)).records
    assert [record.values["rag"] for record in found] == ["amber", "green"]
