"""Ingests of twenty packs with `kill -9` at random moments: `python -m benchmarks.kill_trials [TRIALS] [SEED]`.

Each trial starts `boardpack ingest` on a folder of twenty small packs (four cut from the samples), kills the command,
one of its workers or a worker's child, then runs the same command again, undisturbed. Meanwhile a reader looks at the
warehouse. Afterwards the warehouse must be that of an undisturbed ingest (counts and checksums), packs that stood in it
must not have been read again, no temporary file and no process may be left, and the reader must have seen whole packs
only. Exits with 1 at the first trial that fails.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
import psutil
import pypdfium2

from tests.hostile.pdf import ACTIONS, COVER, WIDTHS, book, table, text
from tests.warehouse.trial import content_of
from warehouse.check import check

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
N_PACKS = 20
VICTIMS = ("command", "command", "worker", "child")
BOOKS = {"lock", "journal.json", "holder.json"}
"""What may stand in the hidden folder when nobody loads."""
WHOLE = """
SELECT p.pack_id, (SELECT count(*) FROM cells_all c WHERE c.pack_id = p.pack_id),
       (SELECT count(*) FROM row_fates_all f WHERE f.pack_id = p.pack_id),
       (SELECT count(*) FROM lines_all l WHERE l.pack_id = p.pack_id)
FROM packs_all p WHERE p.outcome <> 'failed'
"""
Pack = tuple[Any, ...]


def make_packs(folder: Path) -> None:
    """Two pages of each sample twice, and action logs of our own: twenty packs that are read in a moment."""
    folder.mkdir()
    sources = [pypdfium2.PdfDocument(path) for path in sorted(SAMPLES.glob("*.pdf"))]
    for number in range(N_PACKS):
        path = folder / f"pack-{number:02d}.pdf"
        if number % 5:
            own = table(ACTIONS, widths=WIDTHS, top=600)
            path.write_bytes(book([COVER + text(f"Paper {number}", top=60) + own]).write())
            continue
        one = pypdfium2.PdfDocument.new()
        one.import_pages(sources[number % len(sources)], [0, 2 + number // 5])
        one.save(path)
        one.close()
    for source in sources:
        source.close()


def begin(packs: Path, warehouse: Path, place: Path) -> subprocess.Popen[str]:
    """The command, with a folder of its own for temporary files."""
    scratch = place / "tmp"
    scratch.mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-m", "flows", "ingest", str(packs), "--warehouse", str(warehouse), "--workers", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(scratch)},
    )


def packs_in(warehouse: Path) -> dict[str, Pack]:
    """Pack -> its counts, as a stranger who opens the file sees them."""
    if not warehouse.exists():
        return {}
    connection = duckdb.connect(":memory:")
    try:
        connection.execute(f"ATTACH '{warehouse}' AS w (READ_ONLY)").fetchall()
        connection.execute("USE w").fetchall()
        return {row[0]: row[1:] for row in connection.execute(WHOLE).fetchall()}
    finally:
        connection.close()


class Onlooker:
    """Reads the warehouse again and again from a thread of its own."""

    def __init__(self, warehouse: Path, whole: dict[str, Pack]) -> None:
        self.warehouse, self.whole = warehouse, whole
        self.reads = 0
        self.wrong: list[str] = []
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._look)

    def _look(self) -> None:
        while not self.stop.wait(0.03):
            try:
                seen = packs_in(self.warehouse)
            except duckdb.Error as error:
                self.wrong.append(f"a reader met: {error}")
                continue
            self.reads += bool(seen)
            self.wrong += [f"half a pack: {pack} {n}" for pack, n in seen.items() if self.whole.get(pack) != n]

    @contextmanager
    def looking(self) -> Iterator[None]:
        """The thread runs as long as the block."""
        self.thread.start()
        try:
            yield
        finally:
            self.stop.set()
            self.thread.join()


def victim_of(command: psutil.Process, kind: str) -> psutil.Process | None:
    """The process to kill; None where there is none of that kind just now."""
    if kind == "command":
        return command
    with suppress(psutil.NoSuchProcess):
        workers = [p for p in command.children() if "flows.worker" in " ".join(p.cmdline())]
        if kind == "worker":
            return workers[0] if workers else None
        children = [child for worker in workers for child in worker.children()]
        return children[0] if children else None
    return None


def kill_one(command: subprocess.Popen[str], kind: str, wait: float) -> tuple[str, list[psutil.Process]]:
    """What was killed in the end, and who was below the command then."""
    time.sleep(wait)
    try:
        top = psutil.Process(command.pid)
    except psutil.NoSuchProcess:
        return "nobody", []
    deadline = time.monotonic() + 2
    victim = victim_of(top, kind)
    while victim is None and command.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
        victim = victim_of(top, kind)
    if victim is None or command.poll() is not None:
        return "nobody", []
    below: list[psutil.Process] = []
    with suppress(psutil.NoSuchProcess):
        below = top.children(recursive=True)
    with suppress(psutil.NoSuchProcess):
        victim.kill()
    return kind, below


def trial(place: Path, packs: Path, chance: random.Random, longest: float, truth: tuple[Any, dict[str, Pack]]) -> str:
    """What was killed and how many packs stood then. Raises AssertionError where something is not as it must be."""
    content, whole = truth
    warehouse = place / "w.duckdb"
    onlooker = Onlooker(warehouse, whole)
    with onlooker.looking():
        first = begin(packs, warehouse, place)
        killed, below = kill_one(first, chance.choice(VICTIMS), chance.uniform(0.2, longest))
        first.communicate()
        if killed == "command":
            _, alive = psutil.wait_procs(below, timeout=10)
            left = [p.pid for p in alive if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
            assert not left, f"processes left: {left}"
        else:
            assert first.returncode in (0, 1), f"the command ended with {first.returncode}"
        stood = packs_in(warehouse)
        problems = check(warehouse) if warehouse.exists() else ()
        assert problems == (), problems
        second = begin(packs, warehouse, place)
        _, said = second.communicate()
    assert second.returncode == 0, said
    assert not onlooker.wrong, onlooker.wrong[:3]
    read_again = sum(line.startswith("ok ") for line in said.splitlines())
    assert read_again == N_PACKS - len(stood), f"{read_again} read again where {len(stood)} of {N_PACKS} stood"
    assert content_of(warehouse) == content, "not the rows of an undisturbed ingest"
    assert packs_in(warehouse) == whole
    assert check(warehouse) == ()
    assert {p.name for p in (place / ".w.duckdb.work").iterdir()} <= BOOKS, list((place / ".w.duckdb.work").iterdir())
    kept = {p.name for p in (place / "w.packs").iterdir()}
    assert kept == {f"{pack}.pdf" for pack in whole}, f"in the folder of packs: {kept - {f'{p}.pdf' for p in whole}}"
    assert not list((place / "tmp").iterdir()), list((place / "tmp").iterdir())
    return f"{killed} killed, {'all' if len(stood) == N_PACKS else 'some' if stood else 'no'} packs stood"


def main() -> int:
    """Runs the trials and prints what they met."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        packs = Path(name) / "packs"
        make_packs(packs)
        undisturbed = Path(name) / "undisturbed"
        undisturbed.mkdir()
        begun = time.monotonic()
        said = begin(packs, undisturbed / "w.duckdb", undisturbed).communicate()[1]
        longest = time.monotonic() - begun
        truth = content_of(undisturbed / "w.duckdb"), packs_in(undisturbed / "w.duckdb")
        assert len(truth[1]) == N_PACKS, said
        met: Counter[str] = Counter()
        for number in range(trials):
            place = Path(name) / str(number)
            place.mkdir()
            try:
                met[trial(place, packs, chance, longest, truth)] += 1
            except AssertionError as error:
                print(f"trial {number} of seed {seed}: {error}", flush=True)
                return 1
            shutil.rmtree(place)
            if number % 5 == 4:
                print(f"{number + 1} trials in {time.monotonic() - begun:.0f} s", flush=True)
    print(f"{trials} trials (seed {seed}), each completed by a second run to what an undisturbed one gives:")
    for what, times in met.most_common():
        print(f"  {times:4}  {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
