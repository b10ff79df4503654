"""One spelling for what a PDF spells in many ways: white space, dashes, quotes, minus signs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MAX = 4000
"""No value is longer; a longer text is prose, and is looked at only so far."""

_SAME = str.maketrans(
    {
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "—": "-",
        "―": "-",
        "−": "-",
        "﹣": "-",
        "－": "-",
        "’": "'",
        "‘": "'",
        "‛": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "⁄": "/",
        "∕": "/",
        "％": "%",
        "\u00ad": None,
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\ufeff": None,
    }
)
_KEPT, _SHORT = 1 << 15, 120
"""Texts whose spelling is kept, and how long they are at most: a table's words come back a hundred times."""

_SPACE = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^a-z0-9%£#]+")


def fold(text: str) -> str:
    """As printed, with runs of white space (line breaks and no-break spaces included) folded to one space."""
    return _short_fold(text) if len(text) <= _SHORT else _fold(text)


def plain(text: str) -> str:
    """Folded, with one kind of dash, minus, slash and quote, and at most 4,000 characters: what parsers look
    at.
    """
    return _short_plain(text) if len(text) <= _SHORT else _plain(text)


def key(text: str) -> str:
    """The words alone, lower case, without accents and punctuation: equal for spellings of the same heading
    or name.

    "&" counts as "and"; line breaks, dashes and slashes are spaces; apostrophes vanish ("Trust's" is
    "trusts").
    """
    return _short_key(text) if len(text) <= _SHORT else _key(text)


def _fold(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text[:_MAX].translate(_SAME)).strip()


def _key(text: str) -> str:
    low = plain(text)
    if low.isascii():
        low = low.lower()
    else:
        low = unicodedata.normalize("NFKD", low).casefold()
        low = "".join(c for c in low if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", low.replace("&", " and ").replace("'", "")).strip()


_short_fold = lru_cache(maxsize=_KEPT)(_fold)
_short_plain = lru_cache(maxsize=_KEPT)(_plain)
_short_key = lru_cache(maxsize=_KEPT)(_key)
