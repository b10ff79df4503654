"""RAG ratings from words, letters and colours; trends from words and arrows."""

from __future__ import annotations

import colorsys
import re
from typing import Literal

from extractors.parse.folding import key, plain
from extractors.parse.problem import Problem
from schemas.document import Trend

Rag = Literal["red", "amber", "green", "blue", "grey"]

_WORDS: dict[str, Rag] = {
    "r": "red",
    "red": "red",
    "a": "amber",
    "amber": "amber",
    "y": "amber",
    "yellow": "amber",
    "orange": "amber",
    "g": "green",
    "green": "green",
    "b": "blue",
    "blue": "blue",
    "grey": "grey",
    "gray": "grey",
    "ar": "red",
    "amber red": "red",
    "red amber": "red",
    "ag": "amber",
    "amber green": "amber",
    "green amber": "amber",
}
DOT = re.compile(r"[●⬤■◆▪•◼⚫]")
_HEX = re.compile(r"#([0-9a-fA-F]{6})")
_UP, _DOWN, _FLAT = "↑⇑▲△⬆⇧🡅🠉🡑⮝↗⬈▴", "↓⇓▼▽⬇⇩🡇🠋🡓⮟↘⬊▾", "→⇒►▶⬌↔⇔➔➡=▬⮕↕▸"
_TREND_WORDS: tuple[tuple[Trend, re.Pattern[str]], ...] = (
    (
        "flat",
        re.compile(
            r"no change|unchanged|same|stable|steady|static|maintained|maintaining|level|flat|no movement"
            r"|no significant change|side ?ways|common cause",
        ),
    ),
    (
        "up",
        re.compile(r"up|upwards?|improv(?:ing|ed|ement|es)|increas(?:ing|ed|e|es)|better|rising|higher|positive"),
    ),
    (
        "down",
        re.compile(
            r"down|downwards?|deteriorat(?:ing|ed|ion|es)|declin(?:ing|ed|e|es)|worse(?:ning|ned)?"
            r"|decreas(?:ing|ed|e|es)|falling|reduc(?:ing|ed|tion)|lower|negative",
        ),
    ),
)


def parse_rag(text: str) -> Rag | Problem:
    """The rating that all of a text is: "R", "Red", "Amber/Green" (amber: the worse of the two), "RED".

    Problems: `blank`, `no_rag`.
    """
    words = key(text)
    if not words:
        return Problem("blank", "the cell is blank")
    words = re.sub(r"^(?:rag|rated|rating|status)(?: rating| status)? |(?: rag)? (?:rated|rating|status)$", "", words)
    rag = _WORDS.get(words)
    return rag if rag is not None else Problem("no_rag", f"“{plain(text)[:40]}” is no rating")


def rag_of_fill(fill: str | None) -> Rag | None:
    """The rating that a fill `#RRGGBB` shows, by its hue; None for white, black, and hues that no rating has.

    A fill is no proof: heading rows are often blue, banded rows pale, and only the caller knows the row.
    """
    match = _HEX.fullmatch(fill or "")
    if match is None:
        return None
    red, green, blue = (int(match[1][i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    degrees = hue * 360
    if value < 0.25:
        return None
    if saturation < 0.12:
        return "grey" if 0.35 <= value <= 0.93 else None
    if degrees < 16 or degrees >= 345:
        return "red"
    if degrees < 68:
        return "amber"
    if degrees < 170:
        return "green"
    if 180 <= degrees < 255:
        return "blue"
    return None


def rag_of_dot(text: str, colour: str | None) -> Rag | None:
    """The rating of a dot in this colour `#RRGGBB`: a character, or drawn where there is no text."""
    return rag_of_fill(colour) if not text.strip() or DOT.fullmatch(text.strip()) else None


def parse_trend(text: str) -> Trend | Problem:
    """Which way all of a text points: an arrow, or a word ("Improving" is up, "No change" flat, "Worsening"
    down).

    Problems: `blank`, `no_trend`.
    """
    bare = plain(text)
    if not bare:
        return Problem("blank", "the cell is blank")
    signs = [c for c in bare if c in _UP + _DOWN + _FLAT]
    if signs and len(set(signs)) == 1 and len(bare) <= 3:
        return "up" if signs[0] in _UP else "down" if signs[0] in _DOWN else "flat"
    words = re.sub(
        r"^(?:performance|trend|is|has|position|direction|of|travel|slightly|significantly|special cause"
        r"|\s)+",
        "",
        key(bare),
    )
    words = re.sub(r"(?: performance| trend| position| slightly| significantly)+$", "", words)
    for trend, pattern in _TREND_WORDS:
        if pattern.fullmatch(words):
            return trend
    return Problem("no_trend", f"“{bare[:40]}” is no direction")
