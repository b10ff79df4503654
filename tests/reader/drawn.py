"""One-page PDFs from a content stream: the smallest pages that show one thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pypdfium2

from extractors.page import read_page
from schemas.page import Page

HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


@dataclass(frozen=True)
class Picture:
    """Grey (`G`) or colour pixels; `mask` makes parts of it transparent."""

    width: int
    height: int
    rgb: bytes
    mask: bytes | None = None


def pdf(
    content: str | bytes,
    *,
    font: str = HELVETICA,
    to_unicode: str | None = None,
    size: tuple[int, int] = (300, 200),
    pictures: Mapping[str, Picture] | None = None,
    layers: Mapping[str, bool] | None = None,
    info: str = "",
    shadings: Mapping[str, str] | None = None,
) -> bytes:
    """A file of one page; its font is /F1, its pictures, shadings and layers (and whether they are on) go by their
    names.
    """
    stream = content.encode("latin-1") if isinstance(content, str) else content
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def add_stream(head: str, data: bytes) -> int:
        return add(f"<<{head}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream")

    add(b"<</Type/Catalog/Pages 2 0 R>>")
    add(b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
    add(b"")
    text = add_stream("", stream)
    if to_unicode is not None:
        cmap = add_stream("", to_unicode.encode())
        font = font.removesuffix(">>") + f"/ToUnicode {cmap} 0 R>>"
    number = add(font.encode())
    named = []
    for name, picture in (pictures or {}).items():
        shape = f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}/BitsPerComponent 8"
        soft = ""
        if picture.mask is not None:
            soft = f"/SMask {add_stream(f'{shape}/ColorSpace/DeviceGray', picture.mask)} 0 R"
        named.append(f"/{name} {add_stream(f'{shape}/ColorSpace/DeviceRGB{soft}', picture.rgb)} 0 R")
    layer = {name: add(f"<</Type/OCG/Name({name})>>".encode()) for name in layers or {}}
    if layers:
        all_of_them = " ".join(f"{one} 0 R" for one in layer.values())
        off = " ".join(f"{layer[name]} 0 R" for name, on in layers.items() if not on)
        told = f"/OCProperties<</OCGs[{all_of_them}]/D<</OFF[{off}]/Order[{all_of_them}]>>>>"
        objects[0] = f"<</Type/Catalog/Pages 2 0 R{told}>>".encode()
    shades = "".join(f"/{name}<<{shading}>>" for name, shading in (shadings or {}).items())
    groups = "".join(f"/{name} {one} 0 R" for name, one in layer.items())
    resources = f"<</Font<</F1 {number} 0 R>>/XObject<<{''.join(named)}>>/Properties<<{groups}>>/Shading<<{shades}>>>>"
    box = f"[0 0 {size[0]} {size[1]}]"
    objects[2] = f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Contents {text} 0 R/Resources{resources}>>".encode()

    about = f"/Info {add(f'<<{info}>>'.encode())} 0 R" if info else ""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for index, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % index + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{about}>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def page(content: str | bytes, **kinds: object) -> Page:
    """The page as the reader has it."""
    document = pypdfium2.PdfDocument(pdf(content, **kinds))  # type: ignore[arg-type]
    return read_page(document.raw, 1, tagged=False)


def path(points: list[tuple[float, float]], paint: str, *, close: bool = True) -> str:
    """A path over these points (y upwards, as PDF counts), painted by this operator."""
    steps = [f"{x:.2f} {y:.2f} {'m' if i == 0 else 'l'}" for i, (x, y) in enumerate(points)]
    return " ".join([*steps, "h" if close else "", paint])
