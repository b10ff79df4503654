"""A PDF written by hand with a structure tree of any shape, honest or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class E:
    """A structure element: type, children (elements, or (page, mcid) of marked content), attributes."""

    kind: str
    kids: Sequence[E | tuple[int, int]] = ()
    attributes: str = ""


def tagged_pdf(roots: Sequence[E], marks: Sequence[int], role_map: str = "") -> bytes:
    """A file with `len(marks)` pages, each with that many marked words, and this tree."""
    objects: list[bytes] = [b"", b""]

    def add(body: str) -> int:
        objects.append(body.encode())
        return len(objects) - 1

    root, font = add(""), add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    pages = [add("") for _ in marks]
    owners: list[dict[int, int]] = [{} for _ in marks]

    def element(item: E, parent: int) -> int:
        number = add("")
        kids = []
        for kid in item.kids:
            if isinstance(kid, E):
                kids.append(f"{element(kid, number)} 0 R")
            else:
                page, mcid = kid
                owners[page][mcid] = number
                kids.append(f"<</Type/MCR/Pg {pages[page]} 0 R/MCID {mcid}>>")
        attributes = f"/A<</O/Table{item.attributes}>>" if item.attributes else ""
        objects[number] = f"<</Type/StructElem/S/{item.kind}/P {parent} 0 R/K[{' '.join(kids)}]{attributes}>>".encode()
        return number

    tops = [element(item, root) for item in roots]
    numbers = []
    for index, count in enumerate(marks):
        content = "".join(
            f"/P <</MCID {mcid}>> BDC BT /F 9 Tf {50 + 60 * mcid} {700 - 15 * mcid} Td (w{mcid}) Tj ET EMC\n"
            for mcid in range(count)
        )
        stream = add(f"<</Length {len(content)}>>stream\n{content}endstream")
        objects[pages[index]] = (
            f"<</Type/Page/Parent 1 0 R/MediaBox[0 0 595 842]/StructParents {index}/Contents {stream} 0 R"
            f"/Resources<</Font<</F {font} 0 R>>>>>>"
        ).encode()
        held = " ".join(f"{owners[index].get(mcid, tops[0] if tops else root)} 0 R" for mcid in range(count))
        numbers.append(f"{index} [{held}]")
    roles = f"/RoleMap<<{role_map}>>" if role_map else ""
    objects[root] = (
        f"<</Type/StructTreeRoot/K[{' '.join(f'{top} 0 R' for top in tops)}]{roles}"
        f"/ParentTree<</Nums[{' '.join(numbers)}]>>>>"
    ).encode()
    kids = " ".join(f"{page} 0 R" for page in pages)
    objects[1] = f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode()
    objects[0] = b""
    catalog = add(f"<</Type/Catalog/Pages 1 0 R/MarkInfo<</Marked true>>/StructTreeRoot {root} 0 R>>")
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects[1:], 1):
        offsets.append(len(out))
        out += f"{number} 0 obj".encode() + body + b"endobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects)}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer<</Size {len(objects)}/Root {catalog} 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)
