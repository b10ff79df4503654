"""Mutations of our own sample pages through the page reader: `python -m benchmarks.fuzz [COUNT] [SEED]`.

Each sample pack is cut into single pages (uncompressed where that is possible, so that a mutation reaches the content
and not only a checksum). A mutation changes bytes, swaps or repeats parts, cuts, or puts hostile numbers and names in
place of others. Each mutant is read in a forked worker with small limits. Exits with 1 where the parent died, a worker
had to be begun again, or a mutant had not exactly one outcome.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2

from flows.sandbox import Limits, Reader
from schemas.document import Document
from schemas.failure import PackFailure

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
LIMITS = Limits(seconds=10, quiet_seconds=5, memory_bytes=512 << 20)
NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
NAME = re.compile(rb"/[A-Za-z]{2,20}")
STREAM = re.compile(rb"<<((?:(?!stream\r?\n).)*?)>>\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
ODD_NUMBERS = (
    b"0", b"-1", b"2147483647", b"-2147483648", b"4294967296", b"9e99", b"0.000000001", b"99999999999999999999",
    b"1000000", b"-32768", b"NaN",
)  # fmt: skip
Mutation = Callable[[random.Random, bytes], bytes]


def pages_of(pack: Path) -> list[bytes]:
    """Each page as a file of its own, its streams unpacked."""
    found = []
    source = pypdfium2.PdfDocument(pack)
    with tempfile.TemporaryDirectory() as name:
        for index in range(len(source)):
            one = pypdfium2.PdfDocument.new()
            one.import_pages(source, [index])
            path = Path(name) / "page.pdf"
            one.save(path)
            one.close()
            found.append(unpacked(path.read_bytes()))
    source.close()
    return found


def unpacked(data: bytes) -> bytes:
    """The file with its deflated streams as they are read; what its cross-reference table says is then wrong, which
    PDFium mends."""

    def replace(match: re.Match[bytes]) -> bytes:
        entries, packed = match.groups()
        if b"/FlateDecode" not in entries or b"/Predictor" in entries or b"/Type/XRef" in entries.replace(b" ", b""):
            return match.group()
        try:
            plain = zlib.decompress(packed)
        except zlib.error:
            return match.group()
        kept = re.sub(rb"/Filter\s*(/FlateDecode|\[\s*/FlateDecode\s*\])", b"", entries)
        kept = re.sub(rb"/Length\s+\d+(\s+\d+\s+R)?", b"/Length %d" % len(plain), kept)
        return b"<<" + kept + b">>\nstream\n" + plain + b"\nendstream"

    return STREAM.sub(replace, data)


def flip(chance: random.Random, data: bytes) -> bytes:
    """Some bytes are others."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64, 400))):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def cut(chance: random.Random, data: bytes) -> bytes:
    """A part is missing, or the end."""
    start = chance.randrange(len(data))
    return data[:start] if chance.random() < 0.3 else data[:start] + data[start + chance.randrange(1, 2000) :]


def repeat(chance: random.Random, data: bytes) -> bytes:
    """A part is there several times."""
    start = chance.randrange(len(data))
    part = data[start : start + chance.randrange(1, 3000)]
    return data[:start] + part * chance.choice((2, 3, 50)) + data[start:]


def swap(chance: random.Random, data: bytes) -> bytes:
    """Two parts have changed places."""
    a, b = sorted(chance.randrange(len(data)) for _ in range(2))
    size = chance.randrange(1, 500)
    return data[:a] + data[b : b + size] + data[a + size : b] + data[a : a + size] + data[b + size :]


def odd_numbers(chance: random.Random, data: bytes) -> bytes:
    """Numbers that nobody meant."""
    share = chance.choice((0.0005, 0.005, 0.05))
    return NUMBER.sub(lambda m: chance.choice(ODD_NUMBERS) if chance.random() < share else m.group(), data)


def odd_names(chance: random.Random, data: bytes) -> bytes:
    """Names in each other's places."""
    names = list(set(NAME.findall(data))) or [b"/X"]
    share = chance.choice((0.01, 0.1))
    return NAME.sub(lambda m: chance.choice(names) if chance.random() < share else m.group(), data)


def hostile_text(chance: random.Random, data: bytes) -> bytes:
    """Strings of controls, of bytes that are no text, and very long ones."""
    odd = (bytes(range(32)), b"\xff\xfe\xd8\x00", b"A" * 5000, b"\\" * 40, b"=cmd|' /C calc'!A0", b"<script>", b"%s%n")
    share = chance.choice((0.02, 0.3))

    def replace(match: re.Match[bytes]) -> bytes:
        return b"(" + chance.choice(odd) + b")" if chance.random() < share else match.group()

    return re.sub(rb"\([^()]{1,80}\)|<[0-9A-Fa-f]{4,200}>", replace, data)


MUTATIONS: tuple[Mutation, ...] = (flip, cut, repeat, swap, odd_numbers, odd_names, hostile_text)


def mutant(seed: int, number: int, pages: list[bytes]) -> tuple[str, bytes]:
    """Mutant `number` of a run; the same for the same seed."""
    chance = random.Random(f"{seed}/{number}")
    data = chance.choice(pages)
    chosen = [chance.choice(MUTATIONS) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
    for mutation in chosen:
        data = mutation(chance, data) or b"%"
    return "+".join(mutation.__name__ for mutation in chosen), data


class Counts:
    """What became of the mutants of one thread."""

    def __init__(self) -> None:
        self.ends: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.slowest = 0.0
        self.biggest = 0
        self.begun = 0

    def read(self, reader: Reader, path: Path) -> None:
        """One mutant, which has one end: this method counts it once or raises."""
        try:
            document = reader.read_document(path)
        except PackFailure as failure:
            end = failure.code.value
            if end == "internal":
                self.faults[str(failure)[-120:]] += 1
        else:
            end = _said(document)
            for finding in document.findings:
                if "fault of ours" in finding.message:
                    self.faults[finding.message.partition("fault of ours")[2][:120]] += 1
        self.ends[end] += 1
        self.slowest = max(self.slowest, reader.spent.seconds)
        self.biggest = max(self.biggest, reader.spent.peak_bytes)


def _said(document: Document) -> str:
    if any(page.verdict == "unreadable" for page in document.pages):
        return "read but for pages said to be unreadable"
    return "read, with findings" if document.findings else "read"


def run(seed: int, numbers: range, pages: list[bytes]) -> Counts:
    """These mutants through one reader."""
    counts = Counts()
    with tempfile.TemporaryDirectory() as name, Reader("document", LIMITS) as reader:
        path = Path(name) / "mutant.pdf"
        worker = None
        for number in numbers:
            path.write_bytes(mutant(seed, number, pages)[1])
            counts.read(reader, path)
            if reader.worker is not worker:
                worker = reader.worker
                counts.begun += 1
    return counts


def main() -> int:
    """0 where each mutant had one outcome and no worker was lost."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    pages = [page for pack in sorted(SAMPLES.glob("*.pdf")) for page in pages_of(pack)]
    begun = time.monotonic()
    halves = [range(start, count, 2) for start in (0, 1)]
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(lambda numbers: run(seed, numbers, pages), halves))
    ends: Counter[str] = sum((counts.ends for counts in found), Counter())
    print(f"{count} mutants of {len(pages)} pages in {time.monotonic() - begun:.0f} s (seed {seed})")
    for end, number in ends.most_common():
        print(f"  {number:6}  {end}")
    print(f"slowest {max(c.slowest for c in found):.1f} s, biggest {max(c.biggest for c in found) >> 20} MB")
    faults: Counter[str] = sum((counts.faults for counts in found), Counter())
    print(f"faults of our own, each told: {faults.total()}")
    for fault, number in faults.most_common(12):
        print(f"  {number:6}  {fault}")
    again = sum(counts.begun for counts in found) - 2
    print(f"workers begun again: {again}")
    return 0 if ends.total() == count and again == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
