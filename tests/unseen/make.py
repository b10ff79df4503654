"""Makes the papers of this folder: `python -m tests.unseen.make [NAME...]` (needs LibreOffice and qpdf).

Every organisation, person and figure is invented. The rows that must come out stand in `truth/<name>.json`, written
by hand from the papers' sources. Each paper is exported with a structure tree and without.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.unseen import action_papers, capital_papers, kpi_papers, kpi_papers_more, more_papers
from tests.unseen.paper import Paper

HERE = Path(__file__).parent
PAPERS: dict[str, Callable[[], Paper]] = {
    **action_papers.PAPERS,
    **kpi_papers.PAPERS,
    **kpi_papers_more.PAPERS,
    **capital_papers.PAPERS,
    **more_papers.PAPERS,
}
EXPORT = 'pdf:writer_pdf_Export:{{"UseTaggedPDF":{{"type":"boolean","value":"{}"}}}}'


def main() -> None:
    """Writes `<name>.pdf` and `<name>-tagged.pdf` for each paper, or for those named."""
    wanted = set(sys.argv[1:]) or set(PAPERS)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in wanted:
            (place / f"{name}.fodt").write_text(PAPERS[name]().source(), encoding="utf-8")
        for tagged in (False, True):
            _convert(place, tagged, sorted(wanted))


def _convert(place: Path, tagged: bool, names: list[str]) -> None:
    out = place / f"out-{tagged}"
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{place}/profile", "--headless",
            "--convert-to", EXPORT.format(str(tagged).lower()), "--outdir", str(out),
            *(str(place / f"{name}.fodt") for name in names),
        ],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    for name in names:
        target = HERE / f"{name}{'-tagged' if tagged else ''}.pdf"
        subprocess.run(["qpdf", "--deterministic-id", str(out / f"{name}.pdf"), str(target)], check=True)


if __name__ == "__main__":
    main()
