"""How fast and how frugal reading is, beside pdfplumber and camelot: `python -m benchmarks.speed [FILE.pdf ...]`.

Each reader runs over the same pages in a process of its own, one after the other, and its processor time is taken
inside it (imports apart; each uses one core, and the clock on the wall tells of the neighbours); the quick ones run
`--best-of` times. Peak memory is the process's own high-water mark. Without files: the longest paper of ../shared where
it is, else the two sample packs. `--long PAGES` joins the files to a pack of that length and shows whether memory grows
with pages already read.
`--camelot-pages N` bounds camelot, the slowest, to the first N pages; its time is then scaled, and the line says so.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "packs"

CODE = {
    "boardpack": """
from extractors.reader import read_document
run = lambda: sum(1 for _ in read_document(path).tables)
""",
    "text alone (pypdfium2)": """
import pypdfium2
def run():
    document = pypdfium2.PdfDocument(path)
    for page in document:
        text = page.get_textpage(); text.get_text_range(); text.close(); page.close()
    return 0
""",
    "pdfplumber": """
import pdfplumber
def run():
    found = 0
    with pdfplumber.open(path) as document:
        for page in document.pages:
            found += len(page.extract_tables()); page.close()
    return found
""",
    "camelot lattice": """
import camelot, logging
logging.disable(logging.WARNING)
run = lambda: len(camelot.read_pdf(str(path), pages=f"1-{pages}", flavor="lattice", suppress_stdout=True))
""",
}
QUICK = ("boardpack", "text alone (pypdfium2)")
FRAME = """
import json, resource, sys, time, warnings
from pathlib import Path
warnings.simplefilter("ignore")
path, pages = Path(sys.argv[1]), int(sys.argv[2])
{code}
started = time.process_time()
found = run()
print(json.dumps([time.process_time() - started, found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def measure(reader: str, path: Path, pages: int, best_of: int = 1) -> tuple[float, int, float]:
    """Seconds (the best of so many runs), tables found, peak MB."""
    return min(_once(reader, path, pages) for _ in range(best_of))


def _once(reader: str, path: Path, pages: int) -> tuple[float, int, float]:
    done = subprocess.run(
        [sys.executable, "-c", FRAME.format(code=CODE[reader]), str(path), str(pages)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{reader} failed on {path.name}: {done.stderr.strip().splitlines()[-1:]}")
    seconds, found, memory = json.loads(done.stdout.splitlines()[-1])
    return seconds, found, memory


def chosen(files: list[Path]) -> list[Path]:
    if files:
        return files
    real = sorted((SHARED / "real").glob("*.pdf"), key=lambda p: p.stat().st_size)
    if real:
        return [max(real, key=lambda p: len(pypdfium2.PdfDocument(p)))]
    print("../shared is not here: the sample packs are measured instead")
    return sorted((ROOT / "samples").glob("*.pdf"))


def beside(path: Path, camelot_pages: int, best_of: int) -> None:
    pages = len(pypdfium2.PdfDocument(path))
    print(f"{path.name}: {pages} pages, one process each")
    ours = 0.0
    for reader in CODE:
        bound = min(pages, camelot_pages) if reader.startswith("camelot") else pages
        times = best_of if reader in QUICK else 1
        seconds, found, memory = measure(reader, path, bound, times)
        scaled = seconds * pages / bound
        ours = ours or scaled
        note = f"  (scaled from {bound} pages)" if bound < pages else ""
        print(
            f"  {reader:24} {scaled:8.2f} s  {1000 * scaled / pages:7.1f} ms a page  {memory:6.0f} MB  "
            f"{found:4} tables  {scaled / ours:6.2f} x ours{note}"
        )


def without_tables(paths: list[Path], best_of: int) -> None:
    """Pages on which nothing was found, and those of them that were passed over, against the reading of their text."""
    from extractors.page import read_page
    from extractors.reader import read_document
    from extractors.triage import may_hold_tables

    with tempfile.TemporaryDirectory() as folder:
        joined = {
            "pages without tables": pypdfium2.PdfDocument.new(),
            "of them passed over": pypdfium2.PdfDocument.new(),
        }
        for path in paths:
            document = read_document(path)
            held = {n for table in document.tables for n in range(table.page, table.last_page + 1)}
            source = pypdfium2.PdfDocument(path)
            bare = [n for n in range(1, document.n_pages + 1) if n not in held]
            passed = [n for n in bare if not may_hold_tables(read_page(source.raw, n, tagged=False))]
            for target, numbers in zip(joined.values(), (bare, passed), strict=True):
                if numbers:
                    target.import_pages(source, [n - 1 for n in numbers])
        for name, target in joined.items():
            if not len(target):
                continue
            file = Path(folder) / "bare.pdf"
            target.save(file)
            pages = len(target)
            ours, _, _ = measure("boardpack", file, pages, best_of)
            text, _, _ = measure("text alone (pypdfium2)", file, pages, best_of)
            print(
                f"{pages} {name}: {1000 * ours / pages:.2f} ms a page, reading their text alone "
                f"{1000 * text / pages:.2f} ms: {ours / text:.2f} x"
            )


def long_pack(paths: list[Path], pages: int) -> None:
    """Peak memory at a quarter, half and the whole of a joined pack: it must not grow with pages already read."""
    with tempfile.TemporaryDirectory() as folder:
        for share in (4, 2, 1):
            joined = pypdfium2.PdfDocument.new()
            while len(joined) < pages // share:
                for path in paths:
                    source = pypdfium2.PdfDocument(path)
                    joined.import_pages(source, list(range(min(len(source), pages // share - len(joined)))))
                    if len(joined) >= pages // share:
                        break
            target = Path(folder) / f"{pages // share}.pdf"
            joined.save(target)
            seconds, found, memory = measure("boardpack", target, len(joined))
            size = target.stat().st_size / 1e6
            print(
                f"a pack of {len(joined)} pages ({size:.1f} MB): {seconds:.1f} s, {found} tables, peak {memory:.0f} MB"
            )


def main() -> int:
    """0 when every reader ran."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--long", type=int, metavar="PAGES", help="also: a joined pack of so many pages")
    parser.add_argument("--camelot-pages", type=int, default=20)
    parser.add_argument("--best-of", type=int, default=3, metavar="RUNS")
    wanted = parser.parse_args()
    paths = chosen(wanted.files)
    for path in paths:
        beside(path, wanted.camelot_pages, wanted.best_of)
    without_tables(paths, wanted.best_of)
    if wanted.long:
        long_pack(paths, wanted.long)
    return 0


if __name__ == "__main__":
    sys.exit(main())
