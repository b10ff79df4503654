"""What can go wrong with a warehouse, each as one line for a person."""

from __future__ import annotations


class WarehouseError(Exception):
    """The warehouse cannot do what was asked. `str()` is one line that names the file and says what to do."""


class WarehouseBusy(WarehouseError):
    """Another ingest holds the writer's lock. `pid` and `since` say who, where that is known."""

    def __init__(self, message: str, pid: int | None = None, since: str | None = None) -> None:
        self.pid = pid
        self.since = since
        super().__init__(message)


class QueryRefused(WarehouseError):
    """The statement is not one that only reads, or it asked for more than a query may have."""


class LawBroken(WarehouseError):
    """A row of a table with a kind has no fate, or more than one: the pack is not stored."""
