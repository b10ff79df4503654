"""PDF files written by hand: content streams, two fonts, nothing else."""

from __future__ import annotations

from collections.abc import Sequence


def pdf(pages: Sequence[str], width: int = 595, height: int = 842) -> bytes:
    """A file of one page for each content stream (Latin-1), with Helvetica as /F1 and its bold as /F2."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
    ]
    kids = []
    for content in pages:
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data, places = "%PDF-1.4\n", []
    for number, said in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{said}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return f"{data}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


def text(x: float, y: float, said: str, *, bold: bool = False, size: float = 9) -> str:
    """A line of text that begins at (x, y), counted from the foot of the page."""
    escaped = said.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /F{2 if bold else 1} {size} Tf {x} {y} Td ({escaped}) Tj ET"


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """A black line half a point wide."""
    return f"0.5 w {x0} {y0} m {x1} {y1} l S"


NARROW = dict.fromkeys(" .,:;/!ftI", 0.278) | dict.fromkeys("ijl", 0.222) | dict.fromkeys("r()-", 0.333)
WIDE = {"m": 0.833, "w": 0.722, "M": 0.833, "W": 0.944, "%": 0.889}
CAPITALS = dict.fromkeys("ABEKPSVXY&", 0.667) | dict.fromkeys("CDHNRU", 0.722) | dict.fromkeys("GOQ", 0.778)
SMALL = dict.fromkeys("cksvxyzJ", 0.5) | dict.fromkeys("FTZ", 0.611)
WIDTHS = NARROW | WIDE | CAPITALS | SMALL


def width(said: str, size: float = 9) -> float:
    """How wide Helvetica sets it, in points."""
    return size * sum(WIDTHS.get(letter, 0.556) for letter in said)


def right(x: float, y: float, said: str, *, bold: bool = False, size: float = 9) -> str:
    """A line of text that ends at x."""
    return text(x - width(said, size), y, said, bold=bold, size=size)


def centred(x: float, y: float, said: str, *, bold: bool = False, size: float = 9) -> str:
    """A line of text with its middle at x."""
    return text(x - width(said, size) / 2, y, said, bold=bold, size=size)
