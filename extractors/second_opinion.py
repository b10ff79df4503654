"""A second opinion on tables whose reading is unsure, from the table finders that users know.

Asked only where the environment variable `BOARDPACK_SECOND_OPINION` names engines (`pdfplumber`, `camelot`, or both
with a comma). An engine that gives the same grid confirms it: `tables.method` names it and `confidence` rises. One that
gives another grid changes nothing: where ours is unsure theirs was better once in twenty (decision 0020).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from extractors.engines import camelot_engine, pdfplumber_engine
from extractors.proposals.base import Proposal
from extractors.verdict import ALIKE, Judged
from extractors.weighing import likeness
from schemas.page import Page

VARIABLE = "BOARDPACK_SECOND_OPINION"
UNSURE = 0.78
"""Tables below this confidence are asked about: no other evidence of the page agrees, and it is not fully ruled."""
CONFIRMED = 0.9

Engine = Callable[[Path, Page], list[Proposal]]
ENGINES: dict[str, Engine] = {
    pdfplumber_engine.METHOD: pdfplumber_engine.second_opinion,
    camelot_engine.METHOD: camelot_engine.second_opinion,
}


def engines_asked() -> tuple[str, ...]:
    """The engines that the environment names; names of no engine are passed over."""
    named = os.environ.get(VARIABLE, "").lower().split(",")
    return tuple(name for name in ENGINES if name in {part.strip() for part in named})


def confirmed(path: Path, page: Page, judged: Sequence[Judged], engines: Sequence[str]) -> list[Judged]:
    """The same tables, each unsure one with what these engines make of it."""
    if all(one.confidence >= UNSURE for one in judged):
        return list(judged)
    seen = {name: ENGINES[name](path, page) for name in engines}
    return [_with_opinions(one, seen) if one.confidence < UNSURE else one for one in judged]


def _with_opinions(judged: Judged, seen: dict[str, list[Proposal]]) -> Judged:
    alike = {name: max((likeness(judged.proposal, p) for p in found), default=0.0) for name, found in seen.items()}
    agreeing = [name for name, share in alike.items() if share >= ALIKE]
    if agreeing:
        said = f"{' and '.join(agreeing)} {'gives' if len(agreeing) == 1 else 'give'} the same grid"
        return replace(
            judged,
            method="+".join([judged.method, *agreeing]),
            confidence=CONFIRMED,
            reason=f"{judged.reason}; {said}",
        )
    return replace(judged, reason=f"{judged.reason}; {' and '.join(alike)} did not confirm it") if alike else judged
