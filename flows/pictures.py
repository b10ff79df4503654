"""Pages of packs as pictures, drawn by a child process: `python -m flows.pictures FILE`.

A PDF is a stranger's program: a page that breaks the library costs its own picture, not the report. The child takes
lines of JSON (`[page, scale]`) and answers each with a length (uint32) and, where the page could be drawn, two sizes
in pixels (uint32), two in points (float64) and the picture's bytes.
"""

from __future__ import annotations

import atexit
import json
import os
import resource
import select
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.report.pictures import Picture, Render

SECONDS = 20.0
"""For one page; one of a board pack takes 0.02 to 0.2."""
MEMORY = 2 << 30
LARGEST = 16 << 20
"""Bytes of one picture."""
LENGTH, SIZES = struct.Struct("<I"), struct.Struct("<IIdd")
SUFFIX = ".webp"


def main() -> int:
    """The child: answers until standard input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from extractors.render import render_page

    path, out = Path(sys.argv[1]), sys.stdout.buffer
    for line in sys.stdin.buffer:
        page, scale = json.loads(line)
        try:
            drawn = render_page(path, page, scale)
            answer = SIZES.pack(drawn.px_width, drawn.px_height, drawn.width, drawn.height) + drawn.data
        except Exception:
            answer = b""
        out.write(LENGTH.pack(len(answer)) + answer)
        out.flush()
    return 0


class _Draughtsman:
    """Draws pages in a child, one for each file; a new one is started when the last has died or was too slow."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._child: subprocess.Popen[bytes] | None = None

    def draw(self, path: Path, page: int, scale: float) -> Picture | None:
        """The page's picture; None where it cannot be drawn."""
        from warehouse.report.pictures import Picture

        try:
            answer = self._ask(path, json.dumps([page, scale]).encode() + b"\n")
        except (OSError, EOFError):
            self.stop()
            return None
        if len(answer) <= SIZES.size:
            return None
        return Picture(answer[SIZES.size :], SUFFIX, *SIZES.unpack_from(answer))

    def _ask(self, path: Path, question: bytes) -> bytes:
        if path != self._path:
            self.stop()
        if self._child is None:
            self._path = path
            self._child = subprocess.Popen(  # noqa: S603 - our own module under our own interpreter
                [sys.executable, "-m", "flows.pictures", str(path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
            atexit.register(self.stop)
        assert self._child.stdin is not None
        self._child.stdin.write(question)
        until = time.monotonic() + SECONDS
        (length,) = LENGTH.unpack(self._take(LENGTH.size, until))
        if length > LARGEST:
            raise EOFError("a picture of more bytes than a page can have")
        return self._take(length, until)

    def _take(self, count: int, until: float) -> bytes:
        assert self._child is not None and self._child.stdout is not None
        source = self._child.stdout.fileno()
        taken = bytearray()
        while len(taken) < count:
            ready, _, _ = select.select([source], [], [], max(0.0, until - time.monotonic()))
            data = os.read(source, min(1 << 16, count - len(taken))) if ready else b""
            if not data:
                raise EOFError("the child died or was too slow")
            taken += data
        return bytes(taken)

    def stop(self) -> None:
        """Ends the child."""
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None
            atexit.unregister(self.stop)


def render_page_of(warehouse: Path) -> Render:
    """Draws a page of a pack that the warehouse keeps; None where it keeps none or the page cannot be drawn."""
    from warehouse.files import kept

    draughtsman = _Draughtsman()

    def render(pack_id: str, page: int, scale: float) -> Picture | None:
        source = kept(warehouse, pack_id)
        return None if source is None else draughtsman.draw(source, page, scale)

    return render


if __name__ == "__main__":
    sys.exit(main())
