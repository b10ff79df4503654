"""Strings that PDFium writes, in UTF-16, into a buffer of the caller's."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any


def ask_string(ask: Callable[[Any, int], int], most: int) -> str:
    """What `ask(buffer, size in bytes)` writes, without its end mark; "" where that is nothing or over `most` bytes."""
    size = int(ask(None, 0))
    if not 2 < size <= most:
        return ""
    buffer = (ctypes.c_ushort * ((size + 1) // 2))()
    ask(buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace").replace("\x00", "")
