"""Files that give no pack, made of bytes."""

from __future__ import annotations

from pathlib import Path

from tests.samples.comparing import PACKS

LOCKED_WITH = f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"
"""No password that is known fits: neither the empty one nor any other."""


def small_pdf(*, encrypt: str | None = None, n_pages: int = 1) -> bytes:
    """A PDF of empty pages, with its cross-reference table right."""
    kids = " ".join(f"{3 + n} 0 R" for n in range(n_pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {n_pages} >>",
        *("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>" for _ in range(n_pages)),
        *([encrypt] if encrypt else []),
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj {content} endobj\n".encode()
    locked = f" /Encrypt {len(objects)} 0 R /ID [<01> <01>]" if encrypt else ""
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        out
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
            f"trailer << /Size {len(objects) + 1} /Root 1 0 R{locked} >>\nstartxref\n{len(out)}\n%%EOF\n"
        ).encode()
    )


BAD = {
    "words.pdf": (b"Minutes of the last meeting\n", "this is not a PDF; boardpack reads PDF files only"),
    "empty.pdf": (b"", "the file is empty; fetch it again"),
    "locked.pdf": (
        small_pdf(encrypt=LOCKED_WITH),
        "the PDF is locked with a password; ask its publisher for an open copy",
    ),
    "half.pdf": (PACKS[0].read_bytes()[:60_000], "the file ends before the PDF does; fetch it again"),
    "login.pdf": (
        b"<!DOCTYPE html><html><title>Sign in</title></html>",
        "this is a web page saved under a PDF's name; download the PDF itself",
    ),
    "scan.pdf": (
        small_pdf(n_pages=2),
        "no page has any text (a scan?); ask its publisher for the original document",
    ),
}
"""File name -> its bytes, and what is said of it."""


def write_all(folder: Path) -> None:
    """Each of them in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
