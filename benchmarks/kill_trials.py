"""Loads of three packs killed at random moments: `python -m benchmarks.kill_trials [TRIALS] [SEED]`.

After each: the warehouse opens, holds whole packs only, passes its own check; the next load completes it, and then its
rows are those of an undisturbed one (counts and checksums). Exits with 1 at the first trial that fails.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.warehouse.packs import load_all
from tests.warehouse.trial import PACKS, content_of, expected_rows
from warehouse.check import check

WHOLE = {expected_rows(n): n for n in range(len(PACKS) + 1)}


def trial(folder: Path, wait: float, whole: object) -> tuple[int, bool]:
    """How many packs stood in the warehouse after the kill, and whether the load had ended before it."""
    path = folder / "w.duckdb"
    loader = subprocess.Popen(
        [sys.executable, "-m", "tests.warehouse.trial", "load", str(path)], stdout=subprocess.PIPE, text=True
    )
    assert loader.stdout is not None
    loader.stdout.readline()
    time.sleep(wait)
    ended = loader.poll() is not None
    loader.kill()
    loader.wait()
    counts = content_of(path)[0] if path.exists() else expected_rows(0)
    assert counts in WHOLE, f"not whole packs: {counts}"
    assert not path.exists() or check(path) == (), "the check found something"
    load_all(path, *PACKS)
    assert content_of(path) == whole, "not the rows of an undisturbed load"
    assert check(path) == (), "the check found something after the second load"
    left = {file.name for file in (folder / ".w.duckdb.work").iterdir()} - {"lock", "journal.json"}
    assert not left, f"left behind: {left}"
    return WHOLE[counts], ended


def main() -> None:
    """Runs the trials and prints what they met."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    with tempfile.TemporaryDirectory() as name:
        undisturbed = Path(name) / "undisturbed.duckdb"
        begun = time.monotonic()
        load_all(undisturbed, *PACKS)
        longest = (time.monotonic() - begun) * 1.2
        whole = content_of(undisturbed)
        stood: Counter[int] = Counter()
        late = 0
        for number in range(trials):
            folder = Path(name) / str(number)
            folder.mkdir()
            packs, ended = trial(folder, chance.uniform(0.0, longest), whole)
            stood[packs] += 1
            late += ended
            shutil.rmtree(folder)
    print(f"{trials} trials, all whole: " + ", ".join(f"{n} packs {stood[n]} times" for n in sorted(stood)))
    print(f"{late} loads had ended before they were killed")


if __name__ == "__main__":
    main()
