"""A page's text cut where PDFium puts spaces, and which of the pieces can be taken whole.

Asking PDFium for the box of each letter costs more than all the rest of the reading. Where the first and the last
letter of a piece stand on one line, in one size, as far apart as letters are, the piece is a word and two boxes say
where. Anything else (a superscript, two cells run together, arrows, letters set apart) is read letter by letter.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2.raw as pdfium_c

from extractors.symbols import CHARACTERS

Box = tuple[float, float, float, float]

PIECE = re.compile(r"[^\x00-\x20\xa0]+")
ODD = re.compile("[\u00ad\ufffe\ufffd\ud800-\udfff" + re.escape("".join(CHARACTERS)) + "]")
"""Arrows stand for themselves; soft hyphens, lost letters and pairs of surrogates are seen to one by one."""
CLOSING = re.compile(r"\w(?=\W+$)")
SOFT_HYPHEN, LOST = "\u00ad", "\ufffd"
CONTROLS = dict.fromkeys([*range(1, 9), 11, 12, *range(14, 32)], LOST)
"""Not letters: glyphs that a font keeps at these places without naming them, ligatures above all (con-fi-rmed). A word
stays whole, and what is lost in it is seen."""
CONTROL = re.compile("[" + re.escape("".join(map(chr, CONTROLS))) + "]")
LINE_END_HYPHEN = "\ufffe"
"""What PDFium makes of a hyphen at a line's end where the next line goes on with a letter, hard or soft: it does not
say which. In published papers nearly all are hard (easy-read); `extractors.celltext` tells the others."""
LEVEL = 0.15
"""Baselines and sizes of one word's letters differ by no more than this share of the height."""
WIDEST = 0.75
"""A letter's width over its height, at most, on the average of a word."""


def page_string(text_page: Any, n_chars: int) -> str:
    """All the page's characters, one for each that PDFium counts; a pair of surrogates is two."""
    buffer = (ctypes.c_ushort * (n_chars + 1))()
    if pdfium_c.FPDFText_GetText(text_page, 0, n_chars, buffer) != n_chars + 1:
        units = (int(pdfium_c.FPDFText_GetUnicode(text_page, index)) for index in range(n_chars))
        # One by one, PDFium gives the hyphen at a line's end as U+0002.
        text = "".join(LINE_END_HYPHEN if unit == 2 else chr(unit) if unit <= 0x10FFFF else "\0" for unit in units)
        return text.translate(CONTROLS)
    text = bytes(buffer)[: 2 * n_chars].decode("utf-16-le", "surrogatepass")
    if len(text) != n_chars:
        text = "".join(map(chr, buffer[:n_chars]))
    return text.translate(CONTROLS) if CONTROL.search(text) else text


def letters(start: int, text: str) -> Iterator[tuple[int, str]]:
    """The characters of a piece with their numbers: pairs of surrogates joined, hyphens at line ends as hyphens."""
    high = ""
    for index, char in enumerate(text, start):
        if "\ud800" <= char < "\udc00":
            high = char
            continue
        if "\udc00" <= char < "\ue000":
            char = (high + char).encode("utf-16-le", "surrogatepass").decode("utf-16-le") if high else LOST
        high = ""
        yield index, "-" if char == LINE_END_HYPHEN else char


def whole(start: int, text: str, box_at: Callable[[int], Box]) -> Box | None:
    """The box of the word `text`, whose first character is number `start`, from the boxes of its ends; else None."""
    if ODD.search(text):
        return None
    first = box_at(start)
    height = first[3] - first[1]
    if height <= 0:
        return None
    ends = [start + len(text) - 1] if len(text) > 1 else []
    # A raised note number before a comma: the comma is level again.
    closing = CLOSING.search(text) if ends and not text[-1].isalnum() else None
    if closing and closing.start() > 0:
        ends.append(start + closing.start())
    x0, top, x1, bottom = first
    after = first[0] + 1e6
    for index in ends:
        box = box_at(index)
        if (
            abs(box[3] - first[3]) > LEVEL * height
            or abs(box[3] - box[1] - height) > LEVEL * height
            or box[0] < first[0]
            # The last letter comes first: one that stands before it in the text and right of it is out of order.
            or box[0] > after
        ):
            return None
        after = box[0]
        top, x1, bottom = min(top, box[1]), max(x1, box[2]), max(bottom, box[3])
    return (x0, top, x1, bottom) if x1 - x0 <= WIDEST * height * len(text) else None
