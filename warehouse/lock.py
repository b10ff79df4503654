"""The writer's lock: one ingest at a time. It ends with its process, however that ends."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import filelock

from warehouse.errors import WarehouseBusy
from warehouse.workplace import Workplace, read_json, write_json


@contextmanager
def writing(place: Workplace, wait: float, told: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """This process alone may load, until the block ends. Raises `WarehouseBusy` after `wait` seconds, or `OSError`.

    `told` hears one line where there is another to wait for.
    """
    place.folder.mkdir(exist_ok=True)
    lock = filelock.FileLock(place.lock)
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        if wait > 0:
            told(f"{place.path}: {_holder(place)} is loading into this warehouse; waiting for it to finish")
        try:
            lock.acquire(timeout=max(0.0, wait), poll_interval=0.1)
        except filelock.Timeout:
            raise _busy(place) from None
    try:
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        write_json(place.holder, {"pid": os.getpid(), "since": since, "host": socket.gethostname()})
        yield
    finally:
        place.holder.unlink(missing_ok=True)
        lock.release()


def _holder(place: Workplace) -> str:
    holder = read_json(place.holder)
    pid = holder.get("pid")
    return f"process {pid} on {holder.get('host')}, since {holder.get('since')}," if pid else "another ingest"


def _busy(place: Workplace) -> WarehouseBusy:
    holder = read_json(place.holder)
    pid, since = holder.get("pid"), holder.get("since")
    return WarehouseBusy(
        f"{place.path}: {_holder(place)} is loading into this warehouse; try again when it has finished",
        pid if isinstance(pid, int) else None,
        since if isinstance(since, str) else None,
    )
