"""The first pages of a pack and what every page repeats: where a pack says whose it is, and for which day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from extractors.parse.folding import fold, key
from schemas.document import Document, PageText, TextLine

FRONT_PAGES = 6
"""A cover, an agenda of two or three pages and the first paper's heading."""

_BAND = 0.09
"""Headers and footers stand within this share of the page's height from its edges."""


@dataclass(frozen=True, slots=True)
class FrontLine:
    """What stands on one baseline, from left to right across the page."""

    text: str
    """Folded."""
    page: int
    down: float
    """How far down the page, 0 to 1."""
    size: float
    prominence: float
    """The type size against the commonest size of the page: 1 is body text."""
    in_table: bool


def front_lines(document: Document, pages: int = FRONT_PAGES) -> tuple[FrontLine, ...]:
    """The lines of the first pages from top to bottom

    pieces side by side (a label and its value) are one line.
    """
    return tuple(line for page in document.pages[:pages] for line in _page_lines(page))


def furniture(document: Document) -> tuple[FrontLine, ...]:
    """Lines in the header or footer of at least three pages (and of one page in ten), once each."""
    count: Counter[str] = Counter()
    first: dict[str, FrontLine] = {}
    for page in document.pages:
        seen = set()
        for line in _page_lines(page, edges_only=True):
            name = key(line.text)
            if name and not name.isdigit() and name not in seen:
                seen.add(name)
                count[name] += 1
                first.setdefault(name, line)
    enough = max(3, len(document.pages) // 10)
    return tuple(first[name] for name, n in count.most_common(40) if n >= enough)


def _page_lines(page: PageText, edges_only: bool = False) -> list[FrontLine]:
    lines = [line for line in page.lines if fold(line.text)]
    if edges_only:
        low, high = page.height * _BAND, page.height * (1 - _BAND)
        lines = [line for line in lines if line.bbox.bottom <= low or line.bbox.top >= high]
    if not lines:
        return []
    sizes: Counter[float] = Counter()
    for line in page.lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    body = max(sizes.most_common(1)[0][0], 1.0)
    made = []
    for row in _baselines(lines):
        text = fold(" ".join(line.text for line in row))
        size = max(line.size for line in row)
        made.append(
            FrontLine(
                text,
                page.number,
                row[0].bbox.top / max(page.height, 1.0),
                size,
                size / body,
                all(line.in_table for line in row),
            )
        )
    return made


def _baselines(lines: list[TextLine]) -> list[list[TextLine]]:
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda item: (item.bbox.top, item.bbox.x0)):
        middle = (line.bbox.top + line.bbox.bottom) / 2
        if rows and rows[-1][0].bbox.top <= middle <= rows[-1][0].bbox.bottom:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda item: item.bbox.x0) for row in rows]
