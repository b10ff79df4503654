"""How well proposals explain their region of a page, and how far two of them say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.proposals.base import Proposal
from extractors.proposals.edges import Edges
from extractors.proposals.lines import is_number
from schemas.page import Page

NOT_DRAWN = ("words", "blocks", "headings")


def score(page: Page, edges: Edges, proposals: Sequence[Proposal], group: Sequence[Proposal]) -> float:
    """How well these proposals explain the region of the group: mostly 0 to 1."""
    region = {i for p in group for c in p.cells for i in c.words}
    covered = {i for p in proposals for c in p.cells for i in c.words}
    coverage = len(covered) / max(1, len(region))
    shape = sum(_regularity(page, p) for p in proposals) / len(proposals)
    respected = sum(_respect(edges, p) for p in proposals) / len(proposals)
    return 0.35 * coverage + 0.4 * shape + 0.25 * respected


def _regularity(page: Page, proposal: Proposal) -> float:
    """Less for cells with several rows or columns of figures in them, and for words cut by a cell's side."""
    filled = [c for c in proposal.cells if c.words]
    if not filled:
        return 0.0
    # Drawn cells may hold a figure over its percentage; where nothing is drawn, two lines of figures are two rows.
    most = 2 if proposal.method in NOT_DRAWN else 3
    crowded = 0
    stray = 0
    for cell in filled:
        held = [page.words[i] for i in cell.words]
        texts = [w.text for w in held]
        numbers = sum(map(is_number, texts))
        if len(held) >= 2 and numbers >= 0.8 * len(held) and cell.row_span == cell.col_span == 1:
            tops = {round(w.top / 3) for w in held}
            crowded += len(tops) >= most or (len(tops) == 1 and len(held) >= 3)
        stray += any((w.x0 + w.x1) / 2 < cell.bbox.x0 - 3 or (w.x0 + w.x1) / 2 > cell.bbox.x1 + 3 for w in held)
    emptiness = 1 - len(filled) / max(1, len(proposal.cells))
    return max(0.0, 1 - 3 * crowded / len(filled) - 2 * stray / len(filled) - 0.35 * max(0.0, emptiness - 0.4))


def _respect(edges: Edges, proposal: Proposal) -> float:
    """The share of the long rules within the proposal at which rows or columns of it part."""
    box = proposal.bbox
    ys = {round(c.bbox.top) for c in proposal.cells} | {round(c.bbox.bottom) for c in proposal.cells}
    xs = {round(c.bbox.x0) for c in proposal.cells} | {round(c.bbox.x1) for c in proposal.cells}
    wide, high = box.x1 - box.x0, box.bottom - box.top
    kept = total = 0
    for edge in edges.level:
        if box.top - 2 < edge.pos < box.bottom + 2 and min(edge.end, box.x1) - max(edge.start, box.x0) > 0.5 * wide:
            total += 1
            kept += any(abs(edge.pos - y) <= 6 for y in ys)
    for edge in edges.upright:
        if box.x0 - 2 < edge.pos < box.x1 + 2 and min(edge.end, box.bottom) - max(edge.start, box.top) > 0.5 * high:
            total += 1
            kept += any(abs(edge.pos - x) <= 6 for x in xs)
    return kept / total if total else 0.8


def _neighbours(proposal: Proposal) -> Counter[tuple[int, int, str]]:
    """Pairs of neighbouring filled cells, each named by its first word: what two grids can agree on."""
    grid: dict[tuple[int, int], int] = {}
    for cell in proposal.cells:
        if cell.words:
            name = min(cell.words)
            for row in range(cell.row, cell.row + cell.row_span):
                for col in range(cell.col, cell.col + cell.col_span):
                    grid[row, col] = name
    pairs: Counter[tuple[int, int, str]] = Counter()
    for axis in (0, 1):
        last: dict[int, int] = {}
        for spot in sorted(grid, key=lambda s: (s[1 - axis], s[axis])):
            lane = spot[1 - axis]
            name = grid[spot]
            if lane in last and last[lane] != name:
                pairs[last[lane], name, "vh"[axis]] = 1
            last[lane] = name
    return pairs


def likeness(first: Proposal, second: Proposal) -> float:
    """How far two grids agree on which words are neighbours, 0 to 1 (F1 over pairs)."""
    a, b = _neighbours(first), _neighbours(second)
    total = sum(a.values()) + sum(b.values())
    return 2 * sum((a & b).values()) / total if total else 0.0
