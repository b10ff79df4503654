"""What a worker's child writes, frame by frame, and what can be believed of it.

A child has read a stranger's file and may have been taken over by it: whatever it writes is held to the frames' form,
then to the types.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from schemas import wire
from schemas.document import Document
from schemas.failure import FailureCode, PackFailure
from schemas.outcome import PackResult

OnPage = Callable[[int, int], None]
T = TypeVar("T", Document, PackResult)

NOT_UNDERSTOOD = "what the reading process said could not be understood"
PACK_ID = re.compile("[0-9a-f]{64}")
FRAMES = {b"P": "<II", b"R": "<Q", b"F": "<I"}
"""Kind -> its numbers: page and pages before a page is read; a result's size; a failure's size."""


@dataclass(slots=True)
class Attempt:
    """What one child said before it ended."""

    data: bytes | None = None
    failure: dict[str, str] | None = None
    page: int = 0
    pages: int = 0
    end: dict[str, Any] = field(default_factory=dict)


def decode(data: bytes, as_type: type[T]) -> T:
    """What a child sent, held to the types. Raises PackFailure: a child that was taken over may send anything."""
    try:
        value = wire.decode(data, as_type)
    except (ValueError, TypeError, RecursionError):
        raise PackFailure(FailureCode.CRASHED, NOT_UNDERSTOOD) from None
    document = value.document if isinstance(value, PackResult) else value
    if not PACK_ID.fullmatch(document.pack_id):
        raise PackFailure(FailureCode.CRASHED, NOT_UNDERSTOOD)
    return value


def understand(heard: bytearray, attempt: Attempt, on_page: OnPage | None) -> bool:
    """Takes one whole frame off what a child wrote; False where there is none yet."""
    kind = bytes(heard[:1])
    form = FRAMES.get(kind, "")
    head = 1 + struct.calcsize(form)
    if not form or len(heard) < head:
        return False
    numbers = struct.unpack(form, heard[1:head])
    size = 0 if kind == b"P" else numbers[0]
    if len(heard) < head + size:
        return False
    data = bytes(heard[head : head + size])
    del heard[: head + size]
    if kind == b"P":
        attempt.page, attempt.pages = numbers
        if on_page and 0 < numbers[0] <= numbers[1]:
            on_page(*numbers)
    elif kind == b"R":
        attempt.data = data
    else:
        attempt.failure = json.loads(data)
    return True
