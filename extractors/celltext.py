"""A cell's words as text, and what damaged text is mended on the way."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from extractors.proposals.lines import Item, make_lines
from extractors.sideways import laid_level
from schemas.page import Word

LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\u200b": "",
        "\ufeff": "",
    }
)
LEADERS = re.compile(r"\s*(?:[.·…]\s?){4,}")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
SHORT = 2
"""Letters that are left over when a narrow column breaks a word: "Rephasin / g"."""
SHORT_WORDS = re.compile(
    "a|i|o|am|an|as|at|be|by|do|go|he|if|in|is|it|kg|km|lb|me|ml|mm|my|no|of|on|or|pa|pm|so|to|up|us|vs|we"
)
EDGE = 1.3
"""A word that fills its column ends no farther from the column's edge than this many heights: its next letter's width
and the cell's padding."""
SOFT_HYPHEN = "\u00ad"
HYPHENS = "-\u2010\u2011"
HALF = re.compile(r"[^\W_][-\w'’]*$")
REST = re.compile(r"^[^\W_][\w'’]*")
ENDING = re.compile(
    r"(?:ment|[st]ion|[st]ional|[aeiou]tion|[aeiou]tional|ing|[ai]nce|[ae]ncy|ity|ness|tive|[aeiou]tive|tively|ture|cal"
    r"|cally|ally|mental|tary|tory|tor|ious|ible|ably|ibly|ised|ising|ling|ting|ning|ding|sing|[aeiou]bly)s?"
    r"|[ai]nces|[ae]ncies|[ir]ties|ities|tories|ies|ers|ed|ly"
)
"""What is left of a word after a hyphen that a program put in, and is no word of its own: "manage- / ment"."""


def clean(text: str) -> str:
    """Ligatures as letters, no control characters, no zero-width space, soft hyphens gone but at the end."""
    if text.isascii() and text.isprintable():
        return text
    text = CONTROL.sub("", text.translate(LIGATURES))
    return text[:-1].replace("\u00ad", "") + text[-1:] if text else text


def known_words(words: Iterable[Word]) -> frozenset[str]:
    """A page's words in small letters: what tells the parts of a word from words."""
    return frozenset(word.text.strip(".,;:()'\"“”‘’").lower() for word in words)


def cell_text(words: Sequence[Word], right: float | None = None, known: Collection[str] = ()) -> str:
    """The words line by line, lines apart by a newline.

    A word with a hyphen at a line's end is joined to its rest. The hyphen stays ("easy-read", "Irani-Cole") but
    where it is a soft one, the rest is no word ("manage-ment"), or the whole is a word of the page (`known`, in small
    letters). Where a line of one word fills the column to `right` (its right edge) and the next begins with one or
    two small letters that are no word, or with the rest of a word of the page, the column broke a word. Sideways
    words come after the others, line by line as they are read.
    """
    angles = {word.angle for word in words}
    if any(angles):
        return "\n".join(
            filter(None, (_turned_text([w for w in words if w.angle == a], known) for a in sorted(angles)))
        )
    items = [Item(w.x0, w.top, w.x1, w.bottom, clean(w.text), i) for i, w in enumerate(words)]
    lines: list[str] = []
    previous: list[Item] = []
    for line in make_lines(item for item in items if item.text):
        ordered = sorted(line.items, key=lambda i: i.x0)
        text = _spaced(ordered)
        if lines and (joined := _joined(lines[-1], text, known)) is not None:
            lines[-1] = joined
        elif lines and right is not None and _broken(previous, ordered, right, known):
            lines[-1] += text
        else:
            lines.append(text)
        previous = ordered
    return _finished("\n".join(lines))


def _turned_text(words: Sequence[Word], known: Collection[str]) -> str:
    """The text of words that all run off the level by the same angle."""
    level = []
    for word in words:
        x0, top, x1, bottom = laid_level(word)
        level.append(word._replace(x0=x0, top=top, x1=x1, bottom=bottom, angle=0))
    return cell_text(level, None, known)


def line_text(words: Sequence[Word]) -> str:
    """The words of one line, given from left to right."""
    return _finished(clean(_spaced(words)))


def _finished(text: str) -> str:
    """A hyphen where the text breaks off, none elsewhere that was only for a line's end; no rows of dots."""
    if "\u00ad" in text:
        text = (text[:-1] + "-" if text.endswith("\u00ad") else text).replace("\u00ad", "")
    return LEADERS.sub(" ", text).strip() if "..." in text or ". ." in text or "…" in text else text


def _joined(above: str, below: str, known: Collection[str]) -> str | None:
    """Two lines as one where a hyphen at the end of the first ties them; else None."""
    if above.endswith(SOFT_HYPHEN):
        return above[:-1] + below
    half, rest = HALF.search(above[:-1]), REST.match(below)
    if above[-1:] not in HYPHENS or half is None or rest is None:
        return None
    first, second = half.group().rpartition("-")[2], rest.group()
    soft = second.islower() and first.isalpha() and (ENDING.fullmatch(second) or (first + second).lower() in known)
    return (above[:-1] if soft else above) + below


def _spaced(items: Sequence[Item | Word]) -> str:
    """A line's words; those that touch (a change of font within a word) without a space."""
    text = ""
    end = 0.0
    for item in items:
        if text:
            touching = item.x0 - end < 0.06 * (item.bottom - item.top)
            text += "" if touching and item.x0 - end > -0.5 * (item.bottom - item.top) else " "
        text += item.text
        end = item.x1
    return text


def _broken(above: Sequence[Item], below: Sequence[Item], right: float, known: Collection[str]) -> bool:
    """Whether the column's right edge cut the one word above, and the line below begins with its rest."""
    if len(above) != 1 or not below:
        return False
    word, rest = above[0], below[0]
    letters = REST.match(rest.text)
    whole = letters is not None and letters.group().isalpha() and rest.text.islower()
    if (
        not whole
        or letters is None
        or len(word.text) <= SHORT + 2
        or not (word.text[-1].isalpha() and word.text[-1].islower())
    ):
        return False
    if right - word.x1 > EDGE * (word.bottom - word.top):
        return False
    left_over = letters.group()
    if len(left_over) <= SHORT:
        return SHORT_WORDS.fullmatch(left_over) is None
    return (word.text + left_over).lower() in known and word.text.lower() not in known
