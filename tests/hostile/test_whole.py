"""Nothing is read in part without a word: what a damaged, changed or half-readable file leaves in the findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.page_count import count_pages_again
from extractors.reader import read_document
from extractors.soundness import compare_page_counts
from schemas.document import Document
from tests.hostile import makers
from tests.hostile.pdf import ACTIONS, COVER, WIDTHS, Pdf, book, small_pack, table, text, with_update


def read(tmp_path: Path, data: bytes) -> Document:
    path = tmp_path / "pack.pdf"
    path.write_bytes(data)
    return read_document(path)


def told(document: Document) -> dict[str, list[tuple[int | None, str, str]]]:
    """check -> (page, severity, message) of each of its findings."""
    found: dict[str, list[tuple[int | None, str, str]]] = {}
    for finding in document.findings:
        found.setdefault(finding.check, []).append((finding.page, finding.severity, finding.message))
    return found


def page_stream(pdf: Pdf, page: int) -> int:
    """The object number of a page's content in a `book`."""
    return 5 + 2 * (page - 1)


def test_a_sound_pack_has_nothing_to_say(tmp_path: Path) -> None:
    document = read(tmp_path, small_pack(3).write())
    assert told(document) == {}
    assert [page.verdict for page in document.pages] == ["read"] * 3


def test_a_page_count_that_lies_is_a_finding(tmp_path: Path) -> None:
    document = read(tmp_path, makers.count_that_lies())
    assert document.n_pages == 1
    assert told(document)["page_counts_disagree"] == [
        (
            None,
            "warning",
            "The file was read as 1 page; a second reader sees 3: pages may be missing, or be there twice.",
        )
    ]


def test_a_count_that_nobody_can_confirm_is_a_finding() -> None:
    assert count_pages_again(b"%PDF-1.7\nnoise") is None
    (finding,) = compare_page_counts(4, None)
    assert (finding.check, finding.found) == ("page_count_not_confirmed", "4")
    assert compare_page_counts(4, 4) == ()


def test_a_missing_end_is_a_finding(tmp_path: Path) -> None:
    found = told(read(tmp_path, makers.no_end_marker()))
    assert [severity for _, severity, _ in found["no_end_marker"]] == ["warning"]


def test_a_rebuilt_cross_reference_table_is_a_finding(tmp_path: Path) -> None:
    document = read(tmp_path, makers.broken_cross_reference())
    assert document.n_pages == 2
    assert [severity for _, severity, _ in told(document)["cross_reference_rebuilt"]] == ["warning"]


def test_pages_whose_object_is_gone_are_said_one_by_one(tmp_path: Path) -> None:
    pdf = small_pack(3)
    del pdf.objects[8]
    document = read(tmp_path, pdf.write())
    assert [page.verdict for page in document.pages] == ["read", "unreadable", "read"]
    assert [page for page, _, _ in told(document)["page_unreadable"]] == [2]


def test_a_value_changed_by_a_later_revision_is_said_with_both_readings(tmp_path: Path) -> None:
    pdf = small_pack(2)
    changed = (ACTIONS[0], (*ACTIONS[1][:3], "31/03/2025", "Open"), ACTIONS[2])
    content = COVER + text("Page 0 ", top=60) + table(changed, widths=WIDTHS, top=600)
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)
    size = max(pdf.objects) + 1
    document = read(tmp_path, with_update(pdf.write(), {page_stream(pdf, 1): stream}, size=size))
    found = told(document)
    assert [severity for _, severity, _ in found["added_to_afterwards"]] == ["info"]
    assert found["page_changed_afterwards"] == [
        (
            1,
            "warning",
            "Page 1 says something else than when the file was first made:"
            " now there is “31/03/2025”; gone is “31/01/2025”.",
        )
    ]


def test_a_revision_that_changes_no_page_is_told_and_not_warned_of(tmp_path: Path) -> None:
    pdf = small_pack(2)
    size = max(pdf.objects) + 1
    updated = with_update(pdf.write(), {size: b"<</Note(signed)>>"}, size=size + 1)
    found = told(read(tmp_path, updated))
    assert {severity for findings in found.values() for _, severity, _ in findings} == {"info"}
    assert list(found) == ["added_to_afterwards"]


def test_a_page_dropped_by_a_later_revision_is_a_finding(tmp_path: Path) -> None:
    pdf = small_pack(3)
    size = max(pdf.objects) + 1
    kept = b"<</Type/Pages/Count 2/Kids[6 0 R 10 0 R]>>"
    document = read(tmp_path, with_update(pdf.write(), {2: kept}, size=size))
    assert document.n_pages == 2
    ((_, severity, message),) = told(document)["pages_changed_afterwards"]
    assert (severity, message) == ("warning", "The file had 3 pages when it was first made and has 2 now.")


def test_a_page_without_text_is_no_text_and_listed(tmp_path: Path) -> None:
    document = read(tmp_path, book([text("One"), b"", text("Three"), b""]).write())
    assert [page.verdict for page in document.pages] == ["read", "no_text", "read", "no_text"]
    assert told(document)["blank_pages"] == [(2, "info", "2 pages have no text: 2, 4.")]


def picture(*pages: bytes) -> bytes:
    """Pages over which a grey picture /P can be drawn."""
    pdf = book(pages, resources=b"/XObject<</P %d 0 R>>" % (5 + 2 * len(pages)))
    pdf.stream(
        bytes(range(64)),
        b"/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8",
    )
    return pdf.write()


def test_a_scanned_page_among_others_is_a_finding(tmp_path: Path) -> None:
    document = read(tmp_path, picture(text("One"), b"q 595 0 0 842 0 0 cm /P Do Q"))
    assert [page.verdict for page in document.pages] == ["read", "image_only"]
    assert [(page, severity) for page, severity, _ in told(document)["page_without_text"]] == [(2, "warning")]


def test_a_scan_under_a_stamped_page_number_is_a_finding(tmp_path: Path) -> None:
    """Programs that put packs together print `Page 4 of 90` over everything: a scan is then no page without text."""
    strips = b"".join(b"q 595 0 0 100 0 %d cm /P Do Q\n" % y for y in range(0, 800, 100))
    document = read(tmp_path, picture(text("Minutes"), strips + text("Page 4 of 90", top=20)))
    assert [page.verdict for page in document.pages] == ["read", "read"]
    ((page, severity, message),) = told(document)["picture_not_read"]
    assert (page, severity) == (2, "warning")
    assert message.startswith("95% of page 2 is pictures")


def test_text_printed_over_a_picture_is_read_and_not_doubted(tmp_path: Path) -> None:
    ground = b"q 595 0 0 842 0 0 cm /P Do Q\n"
    lines = text(*(f"Line {n} of a slide with a picture under it" for n in range(20)))
    assert "picture_not_read" not in told(read(tmp_path, picture(ground + lines)))


def test_a_chart_that_is_a_picture_is_told(tmp_path: Path) -> None:
    chart = b"q 450 0 0 300 70 300 cm /P Do Q\n"
    found = told(read(tmp_path, picture(chart + text("Figure 1"))))
    assert [(page, severity) for page, severity, _ in found["picture_not_read"]] == [(1, "info")]


def test_letters_drawn_as_shapes_are_a_finding(tmp_path: Path) -> None:
    shapes = b"".join(b"%d %d m %d %d l %d %d l f\n" % (x, 700, x + 5, 700, x, 707) for x in range(60, 500, 6))
    document = read(tmp_path, book([text("One"), shapes]).write())
    assert document.pages[1].verdict == "no_text"
    ((page, severity, _),) = told(document)["page_without_text"]
    assert (page, severity) == (2, "warning")


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (b"/Subtype/FreeText/Contents(Action 3 was withdrawn)/DA(/F1 9 Tf)", "“Action 3 was withdrawn”"),
        (b"/Subtype/Widget/FT/Tx/T(owner)/V(Ida Blyth)", "“Ida Blyth”"),
        (b"/Subtype/Link", None),
        (b"/Subtype/FreeText/Contents(hidden)/F 2", None),
        (b"/Subtype/Widget/FT/Tx/T(owner)/V()", None),
    ],
)
def test_text_laid_over_a_page_is_a_finding(tmp_path: Path, note: bytes, said: str | None) -> None:
    data = book([text("One")], page=b"/Annots[<</Type/Annot/Rect[60 600 300 640]%s>>]" % note).write()
    found = told(read(tmp_path, data)).get("note_not_read", [])
    assert [said in message for _, _, message in found] == ([True] if said else [])


def test_attached_files_are_a_finding(tmp_path: Path) -> None:
    pdf = book([text("See the attached papers")])
    file = pdf.stream(b"a paper", b"/Type/EmbeddedFile")
    spec = pdf.add(b"<</Type/Filespec/F(paper 7.pdf)/UF(paper 7.pdf)/EF<</F %d 0 R>>>>" % file)
    pdf.objects[1] = b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(paper 7.pdf) %d 0 R]>>>>>>" % spec
    found = told(read(tmp_path, pdf.write()))
    assert found["attachments_not_read"] == [
        (None, "warning", "1 file is attached to the PDF and not read: “paper 7.pdf”.")
    ]


def unmapped(lines: int) -> bytes:
    """`lines` readable lines, and four letters of a font of two-byte glyph numbers that says of none what it is."""
    readable = text(*("A line that can be read, as most are",) * lines)
    pdf = book([readable + b"BT /C 12 Tf 60 300 Td <0024002500260027> Tj ET"])
    inner = pdf.add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Odd/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 600/FontDescriptor<</Type/FontDescriptor/FontName/Odd/Flags 4/FontBBox[0 0 9 9]"
        b"/ItalicAngle 0/Ascent 9/Descent 0/CapHeight 9/StemV 9>>>>"
    )
    font = pdf.add(b"<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[%d 0 R]>>" % inner)
    pdf.objects[6] = pdf.objects[6].replace(b"/F1 3 0 R", b"/F1 3 0 R/C %d 0 R" % font)
    return pdf.write()


@pytest.mark.parametrize(("lines", "severity"), [(1, "warning"), (30, "info")])
def test_glyphs_without_unicode_are_counted(tmp_path: Path, lines: int, severity: str) -> None:
    """PDFium gives their numbers as if they were characters: `$%&'`."""
    ((page, how_bad, message),) = told(read(tmp_path, unmapped(lines)))["text_without_unicode"]
    assert (page, how_bad) == (1, severity)
    assert message.startswith("On page 1, 4 of ")
