"""Files that attack whoever reads them, or are no PDF: each made here, none kept."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable

from tests.hostile.pdf import A4, Pdf, book, small_pack, table, text

Maker = Callable[[], bytes]


def bomb_stream() -> bytes:
    """Three gigabytes of spaces as a page's content, in a few kilobytes: a stream packed twice."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    # After a full flush the next megabyte packs to the same bytes.
    megabyte = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    once = b"\x78\x9c" + megabyte * (3 << 10) + b"\x03\x00" + bytes(4)
    twice = zlib.compress(once, 9)
    pdf = book([text("A bomb")])
    number = next(n for n, body in pdf.objects.items() if b"(A bomb)" in body)
    filters = b"/Filter[/FlateDecode/FlateDecode]"
    pdf.objects[number] = b"<<%s/Length %d>>stream\n%s\nendstream" % (filters, len(twice), twice)
    return pdf.write()


def form_that_draws_itself() -> bytes:
    """A form XObject whose content draws the same form, and twice."""
    pdf = book([text("Before") + b"/X Do\n"], resources=b"/XObject<</X 7 0 R>>")
    own = b"/Type/XObject/Subtype/Form/BBox[0 0 500 500]/Resources<</XObject<</X 7 0 R>>>>"
    number = pdf.stream(b"0 0 50 50 re S /X Do /X Do", own)
    assert number == 7
    return pdf.write()


def forms_within_forms() -> bytes:
    """Twenty forms, each drawing the next ten times over: ten to the power of twenty paths."""
    pdf = book([text("Before") + b"/X Do\n"], resources=b"/XObject<</X 7 0 R>>")
    for level in range(20):
        inner = b"/Resources<</XObject<</X %d 0 R>>>>" % (8 + level)
        content = b"/X Do " * 10 if level < 19 else b"0 0 50 50 re S"
        pdf.stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 500 500]" + inner)
    return pdf.write()


def million_segments() -> bytes:
    """One path of a million straight sides."""
    sides = b"\n".join(b"%d %d l" % (n % 595, n * 7 % 842) for n in range(1000)) + b"\n"
    return book([text("A path") + b"0 0 m\n" + sides * 1000 + b"S\n"], packed=True).write()


def million_lines() -> bytes:
    """A million separate rules: a table for somebody who takes them all."""
    rules = b"\n".join(b"%d %d m %d %d l S" % (n % 550, n * 7 % 842, n % 550 + 40, n * 7 % 842) for n in range(1000))
    return book([text("Many rules") + (rules + b"\n") * 1000], packed=True).write()


def many_words() -> bytes:
    """One page of a quarter of a million words."""
    lines = b"".join(b"1 0 0 1 %d %d Tm (w%d) Tj\n" % (n * 7 % 590, n * 11 % 840, n) for n in range(250_000))
    return book([b"BT /F1 4 Tf\n" + lines + b"ET\n"], packed=True).write()


def grid_of_a_million_cells() -> bytes:
    """A ruled grid of a thousand by a thousand cells, with a few words."""
    rules = b"".join(b"%g 0 m %g 842 l S 0 %g m 595 %g l S\n" % (n / 2, n / 2, n / 2, n / 2) for n in range(1000))
    return book([table([["a", "b"], ["c", "d"]], widths=[90, 90]) + rules], packed=True).write()


def twenty_thousand_pages() -> bytes:
    """Twenty thousand pages, all the same object's content."""
    pdf = book([text("A page")])
    page = pdf.objects[6]
    kids = [6] + [pdf.add(page) for _ in range(19_999)]
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    pdf.objects[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), listed)
    return pdf.write()


def count_that_lies() -> bytes:
    """Three pages of which the page tree's /Count owns up to one."""
    pdf = small_pack(3)
    pdf.objects[2] = pdf.objects[2].replace(b"/Count 3", b"/Count 1")
    return pdf.write()


def count_in_the_millions() -> bytes:
    """One page, and a /Count of two thousand million."""
    pdf = small_pack(1)
    pdf.objects[2] = pdf.objects[2].replace(b"/Count 1", b"/Count 2000000000")
    return pdf.write()


def giant_page_box() -> bytes:
    """A page of a hundred thousand kilometres."""
    return book([text("Far away") + table([["a", "b"], ["1", "2"]], widths=[90, 90])], box=(0, 0, 3e11, 3e11)).write()


def page_box_of_nothing() -> bytes:
    """A page without extent."""
    return book([text("No room")], box=(0, 0, 0, 0)).write()


def page_box_upside_down() -> bytes:
    """A page box whose corners are the other way round, and far off."""
    return book([text("Upside down")], box=(595, 842, -1e9, -1e9)).write()


def deep_nesting() -> bytes:
    """A hundred thousand brackets in an object, and as many saved states on a page."""
    pdf = book([b"q " * 100_000 + text("Deep") + b"Q " * 100_000], packed=True)
    pdf.add(b"[" * 100_000 + b"]" * 100_000)
    pdf.objects[1] = b"<</Type/Catalog/Pages 2 0 R/Names %d 0 R>>" % max(pdf.objects)
    return pdf.write()


def deep_page_tree() -> bytes:
    """A page under five thousand levels of page trees."""
    pdf = book([text("At the bottom")])
    top = first = max(pdf.objects) + 1
    for level in range(5000):
        kid = first + level + 1 if level < 4999 else 6
        pdf.add(b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % kid)
    pdf.objects[1] = b"<</Type/Catalog/Pages %d 0 R>>" % top
    return pdf.write()


def page_tree_that_is_a_ring() -> bytes:
    """A page tree among whose kids is itself."""
    pdf = small_pack(1)
    pdf.objects[2] = pdf.objects[2].replace(b"/Kids[", b"/Kids[2 0 R ").replace(b"/Count 1", b"/Count 9")
    return pdf.write()


def encrypted() -> bytes:
    """Locked: the trailer names a key that no password gives."""
    pdf = small_pack()
    number = pdf.add(b"<</Filter/Standard/V 2/R 3/Length 128/P -44/O<%s>/U<%s>>>" % (b"5a" * 32, b"a5" * 32))
    return pdf.write(b"/Encrypt %d 0 R/ID[<00><00>]" % number)


def html() -> bytes:
    """What a web server sends with status 200 when the paper is gone."""
    return b"\r\n<!DOCTYPE html>\r\n<html><head><title>Not found</title></head><body>404</body></html>"


def truncated(share: float = 0.6) -> bytes:
    """A pack whose download broke off."""
    whole = small_pack(6).write()
    return whole[: int(len(whole) * share)]


def no_end_marker() -> bytes:
    """A pack whose last line is missing."""
    return small_pack(2).write().replace(b"%%EOF", b"")


def broken_cross_reference() -> bytes:
    """A cross-reference table that points into nowhere."""
    whole = small_pack(2).write()
    at = whole.rindex(b"startxref")
    return whole[:at] + b"startxref\n7\n%%EOF\n"


def no_pages() -> bytes:
    """A document without a page."""
    return book([]).write()


def pictures_only() -> bytes:
    """Two scanned pages."""
    pdf = book([b"595 0 0 842 0 0 cm /P Do\n"] * 2, resources=b"/XObject<</P 9 0 R>>")
    entries = b"/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8"
    assert pdf.stream(bytes(range(64)), entries) == 9
    return pdf.write()


def bomb_picture() -> bytes:
    """A picture of sixty thousand by sixty thousand dots that is a few hundred bytes long."""
    pdf = book([text("A picture") + b"595 0 0 842 0 0 cm /P Do\n"], resources=b"/XObject<</P 7 0 R>>")
    entries = b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8"
    assert pdf.stream(zlib.compress(bytes(1 << 20)), entries + b"/Filter/FlateDecode") == 7
    return pdf.write()


def script_and_launch() -> bytes:
    """Asks to run a script and a program, and to send a form."""
    catalog = (
        b"/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\))>>"
        b"/AA<</WC<</S/Launch/F(/bin/true)>>/WS<</S/URI/URI(http://127.0.0.1:9/)>>>>"
    )
    pdf = small_pack()
    pdf.objects[1] = pdf.objects[1].replace(b">>", catalog + b">>")
    return pdf.write()


def random_bytes_with_a_head() -> bytes:
    """Says that it is a PDF, and is noise."""
    return b"%PDF-1.7\n" + random.Random(5).randbytes(20_000) + b"\n%%EOF"


def nothing_but_a_head() -> bytes:
    """A head."""
    return b"%PDF-1.7\n"


def loop_of_lengths() -> bytes:
    """A stream whose length is given by itself."""
    pdf = Pdf()
    pdf.add(b"<</Type/Catalog/Pages 2 0 R>>")
    pdf.add(b"<</Type/Pages/Count 1/Kids[3 0 R]>>")
    pdf.add(b"<</Type/Page/Parent 2 0 R/MediaBox[%d %d %d %d]/Contents 4 0 R>>" % A4)
    pdf.add(b"<</Length 4 0 R>>stream\nBT ET\nendstream")
    return pdf.write()


READ = ("loaded",)
BROKE = ("out_of_memory", "timed_out", "crashed")
MAKERS: dict[str, tuple[Maker, tuple[str, ...]]] = {
    "bomb-stream": (bomb_stream, BROKE),
    "form-that-draws-itself": (form_that_draws_itself, BROKE),
    "forms-within-forms": (forms_within_forms, BROKE),
    "million-segments": (million_segments, READ),
    "million-lines": (million_lines, (*READ, *BROKE)),
    "many-words": (many_words, (*READ, *BROKE)),
    "grid-of-a-million-cells": (grid_of_a_million_cells, (*READ, *BROKE)),
    "twenty-thousand-pages": (twenty_thousand_pages, ("too_many_pages",)),
    "count-that-lies": (count_that_lies, READ),
    "count-in-the-millions": (count_in_the_millions, READ),
    "giant-page-box": (giant_page_box, READ),
    "page-box-of-nothing": (page_box_of_nothing, READ),
    "page-box-upside-down": (page_box_upside_down, READ),
    "deep-nesting": (deep_nesting, (*READ, "damaged", "crashed")),
    "deep-page-tree": (deep_page_tree, ("damaged",)),
    "page-tree-that-is-a-ring": (page_tree_that_is_a_ring, READ),
    "encrypted": (encrypted, ("encrypted",)),
    "html": (html, ("html_instead_of_pdf",)),
    "empty": (bytes, ("empty",)),
    "truncated": (truncated, ("truncated",)),
    "no-end-marker": (no_end_marker, READ),
    "broken-cross-reference": (broken_cross_reference, READ),
    "no-pages": (no_pages, ("no_pages",)),
    "pictures-only": (pictures_only, ("no_text",)),
    "bomb-picture": (bomb_picture, READ),
    "script-and-launch": (script_and_launch, READ),
    "random-bytes": (random_bytes_with_a_head, ("damaged",)),
    "nothing-but-a-head": (nothing_but_a_head, ("truncated",)),
    "loop-of-lengths": (loop_of_lengths, ("no_text",)),
    "a-text-file": (lambda: b"Minutes of the meeting\n" * 50, ("not_a_pdf",)),
}
"""Name -> (what makes it, how it may end: `loaded` or the failure's code)."""
