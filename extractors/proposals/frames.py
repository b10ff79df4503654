"""Rows set apart in frames of their own: a total drawn as a box under its table belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.proposals.base import GridCell, Proposal
from extractors.proposals.lines import Item
from schemas.document import BBox

FRAME_ROWS = 2
"""A frame of more rows than this is a table of its own."""
GAP = 40.0


def join_frames(proposals: Sequence[Proposal], items: Sequence[Item]) -> list[Proposal]:
    """Tables with the small frames that stand below them in the same columns, nothing printed between."""
    joined: list[Proposal] = []
    for proposal in sorted(proposals, key=lambda p: (p.bbox.top, p.bbox.x0)):
        for place, above in enumerate(joined):
            if _continues(above, proposal, items):
                joined[place] = _together(above, proposal)
                break
        else:
            joined.append(proposal)
    return joined


def _columns(proposal: Proposal) -> list[float]:
    return sorted({round(c.bbox.x0) for c in proposal.cells})


def _continues(above: Proposal, below: Proposal, items: Sequence[Item]) -> bool:
    gap = below.bbox.top - above.bbox.bottom
    if below.n_rows > FRAME_ROWS or above.n_rows < 2 or not 0 <= gap <= GAP or above.n_cols != below.n_cols:
        return False
    upper, lower = _columns(above), _columns(below)
    if len(upper) != len(lower) or any(abs(a - b) > 4 for a, b in zip(upper, lower, strict=True)):
        return False
    if abs(above.bbox.x1 - below.bbox.x1) > 6:
        return False
    return not any(
        above.bbox.bottom < item.middle < below.bbox.top and above.bbox.x0 < item.centre < above.bbox.x1
        for item in items
    )


def _together(above: Proposal, below: Proposal) -> Proposal:
    moved: tuple[GridCell, ...] = tuple(replace(c, row=c.row + above.n_rows) for c in below.cells)
    return replace(
        above,
        bbox=BBox(above.bbox.x0, above.bbox.top, max(above.bbox.x1, below.bbox.x1), below.bbox.bottom),
        n_rows=above.n_rows + below.n_rows,
        cells=above.cells + moved,
    )
