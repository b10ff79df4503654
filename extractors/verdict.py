"""Which reading of a page's tables stands: proposals judged by what they explain on the page.

Proposals for the same region compete. Each is scored by the words that it covers, how full and how regular its grid
is, and how far drawn rules agree with it; how like it the others' grids are is the confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.proposals import headed, rules, tags
from extractors.proposals.base import GridCell, Proposal
from extractors.proposals.edges import Edges, page_edges
from extractors.proposals.labels import with_sideways
from extractors.proposals.lines import Item, cut_segments, items_of, make_lines, share_of_numbers
from extractors.proposals.words import propose as propose_words
from extractors.weighing import likeness, score
from schemas.document import BBox
from schemas.page import Page, Word

ALIKE = 0.9
"""Two grids that share this much of their neighbourhoods say the same."""
APART = 0.1
"""Proposals that share less than this of the smaller one are of different tables."""
FILLED = 0.8
"""The share of its places that a block of words fills which is a table by itself."""
DOUBTFUL = 0.45
"""The confidence of a grid with several headings in one cell, whatever agrees with it: low enough to be a finding."""
ALONE = {"rules": 0.8, "fills": 0.7, "tags": 0.75, "level rules": 0.65, "headings": 0.6, "words": 0.55, "blocks": 0.55}
PREFERRED = {
    "tags": 0.04,
    "rules": 0.02,
    "fills": 0.0,
    "level rules": -0.01,
    "headings": -0.035,
    "words": -0.03,
    "blocks": -0.04,
}


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
    loose, apart = propose_words(items, edges, page.width, [p.bbox for p in drawn])
    if tagged:
        # Words that a tagged table claims are read once more as if nothing were tagged: a second opinion of them.
        loose += [
            p
            for p in propose_words(items, edges, page.width, _around(tagged, drawn))[0]
            if not any(_overlap(p.bbox, q.bbox) > 0.5 for q in loose)
        ]
    # Where rules or tags tell of a table, white strips tell nothing more.
    told = [*tagged, *(p for p in loose if p.method != "words")]
    apart = [p for p in apart if not any(_overlap(p.bbox, q.bbox) > APART for q in told)]
    loose = [p for p in loose if not any(_reads_across(p, q) for q in apart)]
    loose += [p for p in apart if not any(likeness(p, q) >= ALIKE for q in loose)]
    loose += headed.propose(items, page.words, _around(tagged, drawn))
    groups = _by_region(with_sideways(page, [*tagged, *drawn, *loose]))
    chosen = [one for group in groups for one in _choose(page, edges, group)]
    return sorted(chosen, key=lambda j: (round(j.proposal.bbox.top / 4), j.proposal.bbox.x0))


def _reads_across(wide: Proposal, block: Proposal) -> bool:
    """Whether the proposal takes a block and what stands beside it for one table, rows of the block's run together:
    the block by itself has more rows, nearly every place filled.
    """
    held = {i for c in block.cells for i in c.words}
    taken = {i for c in wide.cells for i in c.words}
    filled = sum(bool(c.words) for c in block.cells) / len(block.cells)
    return (
        len(held & taken) >= 0.8 * len(held)
        and block.n_rows > wide.n_rows
        and wide.n_cols > block.n_cols
        and filled >= FILLED
    )


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
        ((score(page, edges, many, group) + PREFERRED.get(method, 0.0), method) for method, many in by_method.items()),
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
    "blocks": "aligned words of one of several blocks side by side",
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
