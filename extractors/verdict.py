"""Which reading of a page's tables stands: proposals judged by what they explain on the page.

Proposals for the same region compete. Each is scored by the words that it covers, how full and how regular its grid
is, and how far drawn rules agree with it; how like it the others' grids are is the confidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.proposals import headed, rules, tags
from extractors.proposals.base import GridCell, Proposal
from extractors.proposals.edges import Edges, page_edges
from extractors.proposals.labels import with_sideways
from extractors.proposals.lines import Item, cut_segments, is_number, items_of, make_lines, share_of_numbers
from extractors.proposals.words import propose as propose_words
from schemas.document import BBox
from schemas.page import Page, Word

ALIKE = 0.9
"""Two grids that share this much of their neighbourhoods say the same."""
APART = 0.1
"""Proposals that share less than this of the smaller one are of different tables."""
DOUBTFUL = 0.45
"""The confidence of a grid with several headings in one cell, whatever agrees with it: low enough to be a finding."""
ALONE = {"rules": 0.8, "fills": 0.7, "tags": 0.75, "level rules": 0.65, "headings": 0.6, "words": 0.55}
PREFERRED = {"tags": 0.04, "rules": 0.02, "fills": 0.0, "level rules": -0.01, "headings": -0.02, "words": -0.03}


@dataclass(frozen=True, slots=True)
class Judged:
    """The reading that won a region."""

    proposal: Proposal
    method: str
    confidence: float
    reason: str


def judge(page: Page) -> list[Judged]:
    """The page's tables from the top, each with how it was chosen."""
    edges = page_edges(page)
    items = items_of(page)
    drawn = rules.propose(items, edges)
    tagged = tags.propose(page)
    loose = propose_words(items, edges, page.width, [p.bbox for p in drawn])
    if tagged:
        # Words that a tagged table claims are read once more as if nothing were tagged: a second opinion of them.
        loose += [
            p
            for p in propose_words(items, edges, page.width, _around(tagged, drawn))
            if not any(_overlap(p.bbox, q.bbox) > 0.5 for q in loose)
        ]
    loose += headed.propose(items, page.words, _around(tagged, drawn))
    groups = _by_region(with_sideways(page, [*tagged, *drawn, *loose]))
    chosen = [one for group in groups for one in _choose(page, edges, group)]
    return sorted(chosen, key=lambda j: (round(j.proposal.bbox.top / 4), j.proposal.bbox.x0))


def _around(tagged: Sequence[Proposal], drawn: Sequence[Proposal]) -> list[BBox]:
    """Where no second opinion is asked: of what is drawn and not tagged, and of what is drawn as it is tagged."""
    return [p.bbox for p in drawn if all(likeness(p, t) >= ALIKE for t in tagged if _overlap(p.bbox, t.bbox) > 0.5)]


def _area(box: BBox) -> float:
    return max(0.0, box.x1 - box.x0) * max(0.0, box.bottom - box.top)


def _overlap(a: BBox, b: BBox) -> float:
    """The shared area as a share of the smaller box."""
    shared = BBox(max(a.x0, b.x0), max(a.top, b.top), min(a.x1, b.x1), min(a.bottom, b.bottom))
    least = min(_area(a), _area(b))
    if shared.x1 <= shared.x0 or shared.bottom <= shared.top or least <= 0:
        return 0.0
    return _area(shared) / least


def _by_region(proposals: Sequence[Proposal]) -> list[list[Proposal]]:
    """Proposals that lie over each other, together."""
    groups: list[list[Proposal]] = []
    for proposal in sorted(proposals, key=lambda p: -_area(p.bbox)):
        for group in groups:
            if any(_overlap(proposal.bbox, other.bbox) > 0.4 for other in group):
                group.append(proposal)
                break
        else:
            groups.append([proposal])
    return groups


def _choose(page: Page, edges: Edges, group: Sequence[Proposal]) -> list[Judged]:
    """One reading of a region: a method's proposals stand or fall together, since one method may see two tables
    where another sees one. What lies beside all of them is a region of its own, and is judged by itself.
    """
    by_method: dict[str, list[Proposal]] = {}
    for proposal in group:
        by_method.setdefault(proposal.method.partition("+")[0], []).append(proposal)
    scored = sorted(
        ((_score(page, edges, many, group) + PREFERRED.get(method, 0.0), method) for method, many in by_method.items()),
        reverse=True,
    )
    best_score, best = scored[0]
    judged = []
    for proposal in by_method[best]:
        others = {
            method: max((likeness(proposal, other) for other in many), default=0.0)
            for method, many in by_method.items()
            if method != best
        }
        agreeing = sorted(method for method, alike in others.items() if alike >= ALIKE)
        confidence = _confidence(best, best_score, others)
        fused = fused_heading(page.words, proposal)
        if fused is not None:
            confidence = min(confidence, DOUBTFUL)
        judged.append(
            Judged(
                _with_group(_with_empty_columns(proposal, by_method.get("rules", ())), by_method.get("tags", ())),
                "+".join([proposal.method, *agreeing]),
                confidence,
                _explain(proposal.method, agreeing, others) + _fused_said(fused),
            )
        )
    beside = [p for p in group if all(_overlap(p.bbox, q.bbox) < APART for q in by_method[best])]
    for rest in _by_region(beside):
        judged += _choose(page, edges, rest)
    return judged


def _with_group(read: Proposal, told: Sequence[Proposal]) -> Proposal:
    """The reading with the structure element that gives the same grid: it joins the parts of a table over page ends."""
    if read.group is not None:
        return read
    same = next((t for t in told if t.n_rows == read.n_rows and likeness(read, t) >= ALIKE), None)
    return replace(read, group=same.group, group_rows=same.group_rows) if same else read


def _with_empty_columns(told: Proposal, drawn: Sequence[Proposal]) -> Proposal:
    """The drawn grid in place of one from tags with the same rows, where it has columns that the tags leave out: on a
    continuation page a column's cells can all be empty and its heading, printed again, be in no structure element.
    """
    if told.method != "tags":
        return told
    held = {i for c in told.cells for i in c.words}
    for other in drawn:
        wider = other.n_rows == told.n_rows and other.n_cols > told.n_cols
        if wider and held <= {i for c in other.cells for i in c.words} and likeness(told, other) >= ALIKE:
            return replace(told, bbox=other.bbox, n_cols=other.n_cols, cells=other.cells)
    return told


def fused_heading(words: Sequence[Word], proposal: Proposal) -> GridCell | None:
    """A heading over several columns of figures with words that stand apart over more than one of them: headings
    that could not be told from each other.
    """
    figures = {
        col
        for col in range(proposal.n_cols)
        if share_of_numbers(
            " ".join(words[i].text for i in c.words) for c in proposal.cells if c.col == col and c.words and c.row
        )
        > 0.5
    }
    for cell in proposal.cells:
        over = [col for col in range(cell.col, cell.col + cell.col_span) if col in figures]
        if cell.row > 0 or len(over) < 3:
            continue
        held = {i: words[i] for i in cell.words}
        items = [Item(w.x0, w.top, w.x1, w.bottom, w.text, i) for i, w in held.items()]
        if any(len(cut_segments(line.items, gap=1.4)) >= 3 for line in make_lines(items)):
            return cell
    return None


def _fused_said(cell: GridCell | None) -> str:
    return "" if cell is None else f"; one heading over {cell.col_span} columns looks like several"


def _confidence(method: str, score: float, others: dict[str, float]) -> float:
    if any(alike >= ALIKE for alike in others.values()):
        return round(min(0.99, 0.94 + 0.05 * max(others.values())), 2)
    base = ALONE.get(method, 0.6) * min(1.0, 0.4 + 0.6 * max(0.0, score))
    if others:
        base *= 0.6 + 0.4 * max(others.values())
    return round(base, 2)


SAID = {
    "rules": "drawn rules",
    "fills": "filled areas",
    "tags": "the document's own tags",
    "level rules": "level rules and aligned words",
    "headings": "a row of headings and the white under it",
    "words": "aligned words",
}


def _explain(method: str, agreeing: Sequence[str], others: dict[str, float]) -> str:
    said = " and ".join(SAID.get(part, part) for part in method.split("+"))
    if agreeing:
        also = " and ".join(SAID.get(m, m) for m in agreeing)
        return f"read from {said}; {also} give{'s' if agreeing == ['words'] else ''} the same grid"
    if others:
        rival, alike = max(others.items(), key=lambda o: o[1])
        return f"read from {said}; {SAID.get(rival, rival)} would differ in {100 * (1 - alike):.0f}% of it"
    return f"read from {said}; no other evidence"


def _score(page: Page, edges: Edges, proposals: Sequence[Proposal], group: Sequence[Proposal]) -> float:
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
    crowded = 0
    stray = 0
    for cell in filled:
        held = [page.words[i] for i in cell.words]
        texts = [w.text for w in held]
        numbers = sum(map(is_number, texts))
        if len(held) >= 3 and numbers >= 0.8 * len(held) and cell.row_span == cell.col_span == 1:
            tops = {round(w.top / 3) for w in held}
            crowded += len(tops) >= 3 or (len(tops) == 1 and len(held) >= 3)
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


__all__ = ["Judged", "judge", "likeness"]
