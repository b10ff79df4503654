"""What colours mean on a page, where it says so: "Red - overdue; Amber - in progress; Blue - complete"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from extractors.kinds.base import Context
from extractors.parse.folding import plain
from extractors.parse.rag import Rag, rag_of_fill
from extractors.vocabulary import Status, status_of
from schemas.document import RawTable

_ENTRY = re.compile(
    r"\b(?P<colour>red|amber|yellow|green|blue|gr[ae]y)\b ?(?:[-=:]+|is|means"
    r"|\() ?(?P<words>[a-z][a-z' /]{2,40})",
    re.IGNORECASE,
)
_TURNED = re.compile(
    r"(?P<words>[a-z][a-z' /]{2,40}?) ?\((?P<colour>red|amber|yellow|green|blue|gr[ae]y)\)", re.IGNORECASE
)
_SAME: dict[str, Rag] = {
    "red": "red",
    "amber": "amber",
    "yellow": "amber",
    "green": "green",
    "blue": "blue",
    "grey": "grey",
    "gray": "grey",
}


MOST_KEY_CELLS = 14
"""A table of more cells than this is no key to colours."""


def legend_of(table: RawTable, context: Context) -> Mapping[Rag, Status]:
    """Colour -> status, of the legend beside the table or elsewhere on its pages, be it a sentence or a small table of
    coloured cells; empty where there is none.
    """
    found = _read((*table.notes, *_lines(table, context)))
    for key in context.document.tables:
        near = key.table_no != table.table_no and table.page <= key.page <= table.last_page
        if near and key.n_rows * key.n_cols <= MOST_KEY_CELLS:
            for colour, status in _key_entries(key):
                found.setdefault(colour, status)
    return found


def _lines(table: RawTable, context: Context) -> Iterable[str]:
    for page in context.document.pages:
        if table.page <= page.number <= table.last_page:
            yield from (line.text for line in page.lines if not line.in_table)


def _read(texts: Iterable[str]) -> dict[Rag, Status]:
    found: dict[Rag, Status] = {}
    for text in texts:
        said = plain(text)
        for entry in (*_ENTRY.finditer(said), *_TURNED.finditer(said)):
            status = status_of(entry["words"].split(" red")[0].strip())
            if status:
                found.setdefault(_SAME[entry["colour"].lower()], status)
    return found


def _key_entries(key: RawTable) -> Iterable[tuple[Rag, Status]]:
    """A key's colours: the words in a coloured cell, or beside one without words."""
    cells = {(cell.row, cell.col): cell for cell in key.cells}
    for (row, col), cell in sorted(cells.items()):
        colour = rag_of_fill(cell.fill) or rag_of_fill(cell.text_colour)
        beside = cells.get((row, col + cell.col_span))
        words = cell.text if plain(cell.text) else beside.text if beside else ""
        status = status_of(words) if colour and words else None
        if colour and status:
            yield colour, status
