"""Rows set apart in frames of their own: totals and blocks drawn as boxes under a table belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.proposals.base import GridCell, Proposal
from extractors.proposals.lines import Item, is_number
from schemas.document import BBox

FRAME_ROWS = 2
"""A frame of more rows than this that does not stand close is a table of its own."""
GAP = 40.0
CLOSE = 1.7
"""Frames no further apart than this many rows have a blank row between them."""


def join_frames(proposals: Sequence[Proposal], items: Sequence[Item]) -> list[Proposal]:
    """Tables with the frames that stand below them in the same columns, nothing printed between: small ones, and those
    that stand close and begin without headings.
    """
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
    """Where the columns begin at the proposal's foot: frames under each other may be drawn some points apart."""
    begins = {c.col: c.bbox.x0 for c in sorted(proposal.cells, key=lambda c: c.row)}
    return [begins[col] for col in sorted(begins)]


def _continues(above: Proposal, below: Proposal, items: Sequence[Item]) -> bool:
    gap = below.bbox.top - above.bbox.bottom
    row = (below.bbox.bottom - below.bbox.top) / below.n_rows
    small = below.n_rows <= FRAME_ROWS and above.n_rows >= 2 and gap <= GAP
    close = gap <= CLOSE * row and not _begins_with_headings(below, items)
    if gap < 0 or not (small or close) or above.n_cols != below.n_cols:
        return False
    upper, lower = _columns(above), _columns(below)
    if len(upper) != len(lower) or any(abs(a - b) > 6 for a, b in zip(upper, lower, strict=True)):
        return False
    if abs(above.bbox.x1 - below.bbox.x1) > 6:
        return False
    return not any(
        above.bbox.bottom < item.middle < below.bbox.top and above.bbox.x0 < item.centre < above.bbox.x1
        for item in items
    )


def _begins_with_headings(frame: Proposal, items: Sequence[Item]) -> bool:
    """The first of its rows with more than a title or a label has no figure beside the label."""
    texts = {i.number: i.text for i in items}
    for row in range(frame.n_rows):
        beside = [" ".join(texts[n] for n in c.words) for c in frame.cells if c.row == row and c.col > 0 and c.words]
        if beside:
            return not any(map(is_number, beside))
    return False


def _together(above: Proposal, below: Proposal) -> Proposal:
    moved: tuple[GridCell, ...] = tuple(replace(c, row=c.row + above.n_rows) for c in below.cells)
    return replace(
        above,
        bbox=BBox(above.bbox.x0, above.bbox.top, max(above.bbox.x1, below.bbox.x1), below.bbox.bottom),
        n_rows=above.n_rows + below.n_rows,
        cells=above.cells + moved,
    )
