"""Makes the office documents of this folder: `python -m tests.office.make` (needs LibreOffice and qpdf).

Every organisation, person and figure is invented. Each document is a function that gives its source and the tables
that stand in it; the expected grids are written from the same values, so that a reader's error is the only
difference.
Each is exported twice, with a structure tree and without.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.office import more_papers, papers, sheets_and_slides

HERE = Path(__file__).parent
EXPORT = 'pdf:{}_pdf_Export:{{"UseTaggedPDF":{{"type":"boolean","value":"{}"}}}}'


def documents() -> dict[str, Callable[[], tuple[str, str, list[dict[str, object]]]]]:
    """Name of the file -> the function that makes it."""
    return {**papers.DOCUMENTS, **more_papers.DOCUMENTS, **sheets_and_slides.DOCUMENTS}


def main() -> None:
    """Writes `<name>.pdf`, `<name>-tagged.pdf` and `<name>.json` for each document (or those named)."""
    wanted = sys.argv[1:]
    for name, make in documents().items():
        if wanted and name not in wanted:
            continue
        source, suffix, tables = make()
        export(name, source, suffix)
        text = json.dumps({"tables": tables}, ensure_ascii=False, indent=1)
        (HERE / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        print(name, len(tables), *((HERE / f"{name}{kind}.pdf").stat().st_size for kind in ("", "-tagged")))


def export(name: str, source: str, suffix: str) -> None:
    """The two PDFs of one source."""
    office = {"fodt": "writer", "fodp": "impress", "fods": "calc"}[suffix]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / f"{name}.{suffix}").write_text(source, encoding="utf-8")
        for tagged in (False, True):
            subprocess.run(
                [
                    "soffice",
                    f"-env:UserInstallation=file://{place}/profile",
                    "--headless",
                    "--convert-to",
                    EXPORT.format(office, str(tagged).lower()),
                    "--outdir",
                    str(place / "out"),
                    str(place / f"{name}.{suffix}"),
                ],
                check=True,
                capture_output=True,
                timeout=180,
            )
            target = HERE / f"{name}{'-tagged' if tagged else ''}.pdf"
            rotation = sheets_and_slides.ROTATED.get(name)
            turn = [f"--rotate=+{rotation}"] if rotation else []
            subprocess.run(
                ["qpdf", "--deterministic-id", *turn, str(place / "out" / f"{name}.pdf"), str(target)],
                check=True,
            )


if __name__ == "__main__":
    main()
