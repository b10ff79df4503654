"""PDF files made byte by byte: what the tests need that no honest program writes."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

A4 = (0, 0, 595, 842)
CATALOG, PAGES, FONT = 1, 2, 3


@dataclass
class Pdf:
    """Objects by number (from 1); `write` sets them one after the other under a cross-reference table."""

    objects: dict[int, bytes] = field(default_factory=dict)
    root: int = CATALOG

    def add(self, body: bytes) -> int:
        """The object's number."""
        number = max(self.objects, default=0) + 1
        self.objects[number] = body
        return number

    def stream(self, data: bytes, entries: bytes = b"", *, packed: bool = False) -> int:
        """A stream object's number."""
        if packed:
            data, entries = zlib.compress(data, 9), entries + b"/Filter/FlateDecode"
        return self.add(b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data))

    def write(self, trailer: bytes = b"") -> bytes:
        """The whole file."""
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        out += _objects(self.objects, len(out), size=max(self.objects) + 1, root=self.root, trailer=trailer)
        return bytes(out)


def _objects(objects: Mapping[int, bytes], start: int, *, size: int, root: int, trailer: bytes) -> bytes:
    out = bytearray()
    places = {}
    for number in sorted(objects):
        places[number] = start + len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    table = start + len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number in sorted(objects):
        out += b"%d 1\n%010d 00000 n \n" % (number, places[number])
    out += b"trailer<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer, table)
    return bytes(out)


def with_update(data: bytes, objects: Mapping[int, bytes], *, size: int, root: int = CATALOG) -> bytes:
    """The file with an incremental update that sets `objects` anew."""
    before = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    return data + _objects(objects, len(data), size=size, root=root, trailer=b"/Prev %d" % before)


def book(
    contents: Sequence[bytes],
    *,
    box: Sequence[float] = A4,
    resources: bytes = b"",
    page: bytes = b"",
    catalog: bytes = b"",
    packed: bool = False,
) -> Pdf:
    """Pages with these content streams; fonts are /F1 and /F2 (bold); `page` and `resources` are added to each."""
    pdf = Pdf()
    pdf.add(b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog)
    pdf.add(b"")
    pdf.add(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    pdf.add(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>")
    sides = b" ".join(b"%g" % side for side in box)
    kids = []
    for content in contents:
        stream = pdf.stream(content, packed=packed)
        kids.append(
            pdf.add(
                b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents %d 0 R"
                b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>%s>>%s>>" % (sides, stream, resources, page)
            )
        )
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    pdf.objects[PAGES] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), listed)
    return pdf


def text(*lines: str, top: float = 780, size: float = 11) -> bytes:
    """Lines of text, one below the other."""
    shown = b"".join(b"(%s) Tj T*\n" % escaped(line) for line in lines)
    return b"BT /F1 %g Tf %g TL 60 %g Td\n%sET\n" % (size, 1.4 * size, top, shown)


def table(rows: Sequence[Sequence[str]], *, widths: Sequence[float], top: float = 700, height: float = 20) -> bytes:
    """A ruled table; its first row is bold."""
    out = bytearray(b"0.7 w\n")
    xs = [60.0]
    for width in widths:
        xs.append(xs[-1] + width)
    bottom = top - height * len(rows)
    for number in range(len(rows) + 1):
        y = top - number * height
        out += b"%g %g m %g %g l S\n" % (xs[0], y, xs[-1], y)
    for x in xs:
        out += b"%g %g m %g %g l S\n" % (x, top, x, bottom)
    for number, row in enumerate(rows):
        for x, cell in zip(xs, row, strict=False):
            font = b"/F1" if number else b"/F2"
            y = top - number * height - 14
            out += b"BT %s 9 Tf %g %g Td (%s) Tj ET\n" % (font, x + 4, y, escaped(cell))
    return bytes(out)


def escaped(line: str) -> bytes:
    """A line inside the brackets of a string, in WinAnsi."""
    raw = line.encode("cp1252", "replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


ACTIONS = (
    ("Ref", "Action", "Owner", "Due", "Status"),
    ("1", "Write to the ferry company", "Ida Blyth", "31/01/2025", "Open"),
    ("2", "Paint the harbour wall", "Tom Reed", "28/02/2025", "Closed"),
)
WIDTHS = (40, 190, 90, 80, 70)
COVER = text("Harbour Board", "Meeting in public", "Wednesday 15 January 2025", "Action log")


def small_pack(pages: int = 1, mark: str = "") -> Pdf:
    """A small honest pack: a cover line and an action log on each page."""
    contents = [COVER + text(f"Page {n} {mark}", top=60) + table(ACTIONS, widths=WIDTHS, top=600) for n in range(pages)]
    return book(contents)
