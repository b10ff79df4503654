"""Pages of packs as pictures, drawn by a child process: `python -m flows.pictures FILE`.

A PDF is a stranger's program: a page that breaks the library costs its own picture, not the report. The child takes
lines of JSON, `[page, scale]` for a page or `[page, [x0, top, x1, bottom]]` for the part round a box, and answers each
with a length (uint32) and, where it could be drawn, two sizes in pixels (uint32), two in points (float64; all nought
for a part) and the picture's bytes.
"""

from __future__ import annotations

import atexit
import contextlib
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

from flows.confine import confine, die_with_parent
from schemas.document import BBox
from schemas.picture import Picture

if TYPE_CHECKING:
    from warehouse.report.pictures import Render

SECONDS = 20.0
"""For one page; one of a board pack takes 0.02 to 0.2."""
MEMORY = 2 << 30
LARGEST = 16 << 20
"""Bytes of one picture."""
LENGTH, SIZES = struct.Struct("<I"), struct.Struct("<IIdd")
SUFFIX = ".webp"


def main() -> int:
    """The child: answers until standard input ends."""
    die_with_parent(os.getppid())
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import PIL.ImageDraw
    import pypdfium2

    del PIL, pypdfium2  # loaded before the door is shut
    path, out = Path(sys.argv[1]), sys.stdout.buffer
    confine(path)
    for line in sys.stdin.buffer:
        page, how = json.loads(line)
        try:
            answer = _draw(path, page, how)
        except Exception:
            answer = b""
        out.write(LENGTH.pack(len(answer)) + answer)
        out.flush()
    return 0


def _draw(path: Path, page: int, how: float | list[float]) -> bytes:
    from extractors.render import render_page, render_part

    if isinstance(how, list):
        return SIZES.pack(0, 0, 0.0, 0.0) + render_part(path, page, BBox(*how))
    drawn = render_page(path, page, how)
    return SIZES.pack(drawn.px_width, drawn.px_height, drawn.width, drawn.height) + drawn.data


class Draughtsman:
    """Draws pages in a child, one for each file; a new one is started when the last has died or was too slow."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._child: subprocess.Popen[bytes] | None = None

    def draw(self, path: Path, page: int, scale: float) -> Picture | None:
        """The page's picture; None where it cannot be drawn."""
        answer = self._ask(path, [page, scale])
        return None if answer is None else Picture(answer[SIZES.size :], SUFFIX, *SIZES.unpack_from(answer))

    def draw_part(self, path: Path, page: int, box: BBox) -> bytes | None:
        """A PNG of the page round the box, the box framed; None where it cannot be drawn."""
        answer = self._ask(path, [page, [box.x0, box.top, box.x1, box.bottom]])
        return None if answer is None else answer[SIZES.size :]

    def _ask(self, path: Path, question: list[object]) -> bytes | None:
        try:
            answer = self._exchange(path, json.dumps(question).encode() + b"\n")
        except (OSError, EOFError):
            self.stop()
            return None
        return answer if len(answer) > SIZES.size else None

    def _exchange(self, path: Path, question: bytes) -> bytes:
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
            # Closed, not read: what a child still has to say may have no end.
            for pipe in filter(None, (self._child.stdin, self._child.stdout)):
                with contextlib.suppress(OSError):
                    pipe.close()
            self._child.wait()
            self._child = None
            atexit.unregister(self.stop)


def render_page_of(warehouse: Path) -> Render:
    """Draws a page of a pack that the warehouse keeps; None where it keeps none or the page cannot be drawn."""
    from warehouse.files import kept

    draughtsman = Draughtsman()

    def render(pack_id: str, page: int, scale: float) -> Picture | None:
        source = kept(warehouse, pack_id)
        return None if source is None else draughtsman.draw(source, page, scale)

    return render


if __name__ == "__main__":
    sys.exit(main())
