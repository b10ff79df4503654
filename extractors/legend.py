"""What colours mean on a page, where it says so: "Red - overdue; Amber - in progress; Blue - complete"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from extractors.kinds.base import Context
from extractors.parse.folding import plain
from extractors.parse.rag import Rag
from extractors.vocabulary import Status, status_of
from schemas.document import RawTable

_ENTRY = re.compile(
    r"\b(?P<colour>red|amber|yellow|green|blue|gr[ae]y)\b ?(?:[-=:]+|is|means"
    r"|\() ?(?P<words>[a-z][a-z' /]{2,40})",
    re.IGNORECASE,
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


def legend_of(table: RawTable, context: Context) -> Mapping[Rag, Status]:
    """Colour -> status, of the legend beside the table or elsewhere on its pages; empty where
    there is none."""
    return _read((*table.notes, *_lines(table, context)))


def _lines(table: RawTable, context: Context) -> Iterable[str]:
    for page in context.document.pages:
        if table.page <= page.number <= table.last_page:
            yield from (line.text for line in page.lines if not line.in_table)


def _read(texts: Iterable[str]) -> dict[Rag, Status]:
    found: dict[Rag, Status] = {}
    for text in texts:
        for entry in _ENTRY.finditer(plain(text)):
            status = status_of(entry["words"].split(" red")[0])
            if status:
                found.setdefault(_SAME[entry["colour"].lower()], status)
    return found
