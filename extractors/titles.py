"""Which lines above a table are its title and its heading, and which are only the end of a paragraph.

Lines of one style that follow each other closely are a block: a paragraph, or a heading over two lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors.parse.money import money_unit
from schemas.document import BBox, TextLine

TITLE_GAP = 26.0
"""A title stands no farther above its table, or above the note between them (points)."""
PITCH = 1.75
"""Lines of one block begin no farther below each other than this many times their size."""
LONG = 180
"""More characters than this are a paragraph, not a title."""
PLAIN_LONG = 140
LABELLED_LONG = 320
FEW_WORDS = 6
LARGER = 1.15
MUCH_LARGER = 1.4
RUNNING_TEXT = 200
"""Characters outside tables from which a page's usual size can be told."""

LABELLED = re.compile(
    r"^(?:\d+(?:\.\d+)*[.)]? )?(?:table|figure|fig|chart|appendix|annex|exhibit|schedule)\b[ .:]*[\dA-Z]", re.IGNORECASE
)
NOTE = re.compile(
    r"^(?:sources?|data sources?|source data|notes?|n\.?b|key|\*+|please note|all figures|figures (?:are )?in"
    r"|amounts? in|data (?:is|are|as|to|for)|as at|updated|position (?:as )?at|no data)\b",
    re.IGNORECASE,
)
RUNNING_HEAD = re.compile(
    r"^(?:appendix|annex|agenda item|item|page|paper|enclosure|enc|attachment)\b[ .:]*[\w./]{0,6}$", re.IGNORECASE
)
VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|should|can|may|must|shows?|sets? out|provides?|details|gives"
    r"|includes?|summari[sz]es|remains?|continues?|below|following|follows|who|which|that)\b"
)
CAPITALS = re.compile(r"[A-Z]{4}")
BULLET = re.compile(r"^(?:[•▪●○◦‣∙·➢➤✓]|[-–—] |\(?[a-z0-9]{1,2}[.)] )")


class Block(NamedTuple):
    """Lines that belong together, from the top."""

    text: str
    bbox: BBox
    size: float
    bold: bool
    n_lines: int


def blocks_of(lines: Iterable[TextLine]) -> list[Block]:
    """The lines as blocks, from the top; lines side by side are blocks of their own."""
    groups: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda li: (li.bbox.top, li.bbox.x0)):
        group = next((g for g in reversed(groups[-4:]) if _goes_on(g[-1], line)), None)
        if group is None:
            groups.append([line])
        else:
            group.append(line)
    return [_block(group) for group in groups]


def _goes_on(above: TextLine, below: TextLine) -> bool:
    step = below.bbox.top - above.bbox.top
    aligned = abs(above.bbox.x0 - below.bbox.x0) < 4
    centred = abs(above.bbox.x0 + above.bbox.x1 - below.bbox.x0 - below.bbox.x1) < 8
    alike = abs(above.size - below.size) < 0.6 and above.bold == below.bold
    return 0.5 * above.size < step < PITCH * max(above.size, below.size) and alike and (aligned or centred)


def _block(lines: Sequence[TextLine]) -> Block:
    lefts, tops, rights, bottoms = zip(*(line.bbox for line in lines), strict=True)
    return Block(
        " ".join(line.text for line in lines),
        BBox(min(lefts), min(tops), max(rights), max(bottoms)),
        max(line.size for line in lines),
        all(line.bold for line in lines),
        len(lines),
    )


def usual_size(lines: Iterable[TextLine]) -> float:
    """The size in which most of the running text is set; of all text where there is hardly any outside tables."""
    listed = list(lines)
    free = [line for line in listed if not line.in_table]
    told = free if sum(len(line.text) for line in free) >= RUNNING_TEXT else listed
    sizes = sorted((line.size, len(line.text)) for line in told)
    half, seen = sum(count for _, count in sizes) / 2, 0
    for size, count in sizes:
        seen += count
        if seen >= half:
            return size
    return 0.0


def is_strong(block: Block, usual: float) -> bool:
    """Set as a heading: bold, larger than the running text, or in capitals; and no longer than a heading is."""
    words = block.text
    if len(words) > LONG or block.n_lines > 3 or not any(c.isalpha() for c in words) or BULLET.match(words[:1]):
        return False
    if words.endswith(".") and len(words) > PLAIN_LONG / 2:
        return False
    return block.bold or block.size > LARGER * usual or (words.isupper() and CAPITALS.search(words) is not None)


def _is_plain_title(block: Block) -> bool:
    """A short text in the running text's own style that is no sentence."""
    text = block.text
    if LABELLED.match(text) and block.n_lines <= 4 and len(text) <= LABELLED_LONG:
        return True
    if block.n_lines > 2 or len(text) > PLAIN_LONG or not any(c.isalpha() for c in text):
        return False
    if text[0].islower() or RUNNING_HEAD.match(text) or text.endswith((".", ";", ",", "-", "–")) or BULLET.match(text):
        return False
    short = len(text.split()) <= FEW_WORDS and not text.endswith(":")
    return block.n_lines == 1 and (short or not VERB.search(text))


def _is_aside(block: Block) -> bool:
    """A unit, a source or a note that stands between a table and its title."""
    if RUNNING_HEAD.match(block.text):
        return True
    if len(block.text) > PLAIN_LONG or LABELLED.match(block.text):
        return False
    bare_unit = money_unit(block.text) is not None and len(block.text.split()) <= FEW_WORDS - 2
    return bare_unit or NOTE.match(block.text) is not None


def find_title(above: Sequence[Block], top: float, usual: float) -> str | None:
    """The title of a table that begins at `top` (points), from the blocks above it in its own columns: the nearest
    that is neither a note nor a line that leads up to the table; None where a paragraph stands between.
    """
    floor, plain = top, None
    for block in sorted(above, key=lambda b: -b.bbox.bottom):
        if floor - block.bbox.bottom > TITLE_GAP:
            break
        if is_strong(block, usual) and not (_is_aside(block) and not block.bold):
            return block.text
        if plain is None and _is_plain_title(block) and not _is_aside(block):
            plain = block.text
            if LABELLED.match(plain):
                break
        elif block.n_lines > 1 and not _is_aside(block):
            break
        floor = block.bbox.top
    return plain


def find_heading(above: Sequence[Block], usual: float, title: str | None) -> str | None:
    """The nearest text above that is set as a heading; a much larger one farther up stands over it."""
    strong = [b for b in above if b.text != title and is_strong(b, usual) and not RUNNING_HEAD.match(b.text)]
    if not strong:
        return None
    nearest = max(strong, key=lambda b: (b.bbox.bottom, b.size))
    largest = max(strong, key=lambda b: (b.size, b.bbox.bottom))
    return largest.text if largest.size > MUCH_LARGER * nearest.size else nearest.text
