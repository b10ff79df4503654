"""A worker whose page reader does what a page tells it to: `python -m tests.sandbox.breaking_worker PRELOAD`.

No page is known that breaks today's PDF library at will; these words stand for those that will be found.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

import extractors.reader
from flows import worker
from schemas.page import Page

read_page = extractors.reader.read_page


def obey(document: Any, number: int, **more: Any) -> Page:
    page = read_page(document, number, **more)
    for word in page.words:
        order = ORDERS.get(word.text)
        if order:
            order()
    return page


def _swell() -> None:
    held = [bytearray(64 << 20) for _ in range(200)]
    assert held


def _die_of_swelling() -> None:
    held = []
    try:
        while True:
            held.append(bytearray(16 << 20))
    except MemoryError:
        os.kill(os.getpid(), signal.SIGABRT)


def _raise() -> None:
    raise RuntimeError("a fault of ours")


def _leave_a_child() -> None:
    if os.fork() == 0:
        time.sleep(600)
        os._exit(0)
    os.abort()


def _close_and_stay() -> None:
    os.closerange(3, 64)
    time.sleep(600)


def _kill_the_parent() -> None:
    os.kill(os.getppid(), signal.SIGKILL)


def _exit_well() -> None:
    os._exit(0)


def _say_nonsense() -> None:
    for handle in range(3, 64):
        try:
            os.write(handle, b"R" + (12).to_bytes(8, "little") + b'{"pack_id":1')
        except OSError:
            continue
    os._exit(0)


def _talk_on() -> None:
    for handle in range(3, 64):
        try:
            while True:
                os.write(handle, b"x" * 65536)
        except OSError:
            continue


class NothingWasPossibleError(Exception):
    """All that a reader may not do was refused."""


def _try_what_is_forbidden() -> None:
    """The page's fault tells whether anything succeeded."""
    done = []
    for name, attempt in FORBIDDEN.items():
        try:
            attempt()
            done.append(name)
        except OSError:
            continue
    if done:
        raise RuntimeError(", ".join(done))
    raise NothingWasPossibleError


def _connect() -> None:
    with socket.socket() as other:
        other.settimeout(1)
        other.connect(("127.0.0.1", int(os.environ["TZ"].rpartition("=")[2])))


FORBIDDEN = {
    "read a secret": lambda: Path(os.environ["HOME"], "secret").read_text(),
    "write": lambda: Path(os.environ["HOME"], "written").write_text("x"),
    "make a folder": lambda: Path(os.environ["HOME"], "made").mkdir(),
    "remove": lambda: Path(os.environ["HOME"], "secret").unlink(),
    "run a program": lambda: os.execv("/bin/true", ["true"]),
    "connect": _connect,
}
ORDERS = {
    "ABORT": os.abort,
    "SLEEP": lambda: time.sleep(600),
    "PAUSE": lambda: time.sleep(1.5),
    "SWELL": _swell,
    "SWELLANDDIE": _die_of_swelling,
    "RAISE": _raise,
    "CHILD": _leave_a_child,
    "STAY": _close_and_stay,
    "PATRICIDE": _kill_the_parent,
    "EXITWELL": _exit_well,
    "NONSENSE": _say_nonsense,
    "TALK": _talk_on,
    "FORBIDDEN": _try_what_is_forbidden,
}

if __name__ == "__main__":
    extractors.reader.read_page = obey
    sys.exit(worker.main())
