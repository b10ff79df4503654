"""Values to JSON bytes and back: how results leave a worker process. Never pickle: a worker reads strangers' files."""

from __future__ import annotations

from typing import TypeVar

import msgspec

T = TypeVar("T")


def encode(value: object) -> bytes:
    """A frozen value as UTF-8 JSON."""
    return msgspec.json.encode(value)


def decode(data: bytes, as_type: type[T]) -> T:
    """The value again, every field checked against its declared type (`msgspec.ValidationError` where it is not)."""
    return msgspec.json.decode(data, type=as_type)
