"""Make the two sample packs and their expected rows: `python samples/build/make.py`.

Needs LibreOffice (`soffice`) and `qpdf`. The office's own clock and identifiers are replaced by fixed ones, so that the same
release of LibreOffice with the same fonts gives the same bytes.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2

sys.path.insert(0, str(Path(__file__).parent))
import expected
import papers
from content import MEETINGS, Meeting

SAMPLES = Path(__file__).resolve().parents[1]
TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"false"}}'
PLAIN = 'pdf:%s_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"false"},"ExportBookmarks":{"type":"boolean","value":"false"}}'


def convert(folder: Path, name: str, xml: str, how: str) -> Path:
    """A flat document as a PDF in `folder`."""
    source = folder / name
    source.write_text(xml, encoding="utf-8")
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", how, "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return source.with_suffix(".pdf")


def page_texts(path: Path) -> list[str]:
    """Each page's text."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def make(meeting: Meeting) -> Path:
    """One pack: the words keep their tags; dashboards and slides go in after the papers that they belong to."""
    target = SAMPLES / meeting.file_name
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = convert(folder, "words.fodt", papers.words(meeting).xml(), TAGGED)
        sheets = convert(folder, "sheets.fods", papers.spreadsheets(meeting).xml(), PLAIN % "calc")
        slides = convert(folder, "slides.fodp", papers.slides(meeting).xml(), PLAIN % "impress")
        texts = page_texts(words)
        quality = next(n for n, text in enumerate(texts, 1) if "Paper E: Quality report" in text)
        forward = next(n for n, text in enumerate(texts, 1) if "Paper G: Forward plan" in text)
        joined = folder / "joined.pdf"
        order = [str(words), f"1-{quality - 1}", str(sheets), "1-2", str(slides), "1-z"]
        order += [str(words), f"{quality}-{forward - 1}", str(sheets), "3", str(words), f"{forward}-z"]
        subprocess.run(["qpdf", str(words), "--pages", *order, "--", "--qdf", "--object-streams=disable", str(joined)], check=True)
        stamp = f"(D:{meeting.iso.replace('-', '')}090000".encode()
        data = re.sub(rb"\(D:\d{14}", stamp, joined.read_bytes())
        data = re.sub(rb"/DocChecksum /[0-9A-F]{32}", b"/DocChecksum /" + b"0" * 32, data)
        joined.write_bytes(re.sub(rb"/ID \[<[0-9a-f]{32}>", b"/ID [<" + b"0" * 32 + b">", data))
        subprocess.run(["qpdf", "--deterministic-id", "--object-streams=generate", "--recompress-flate", "--compression-level=9", str(joined), str(target)], check=True)
    return target


def main() -> None:
    """Both packs, then what they should become."""
    for meeting in MEETINGS:
        path = make(meeting)
        texts = page_texts(path)
        print(path.name, len(texts), "pages", path.stat().st_size, "bytes")
        expected.write(meeting, texts, SAMPLES / "expected")
    expected.write_history(SAMPLES / "expected")


if __name__ == "__main__":
    main()
