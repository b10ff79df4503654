"""What is in the file and cannot be seen is no word of the page, and is kept apart to be told."""

from __future__ import annotations

from pathlib import Path

from extractors.reader import read_document
from schemas.finding import Finding
from tests.reader.drawn import Picture, page, pdf

WHITE, BLUE = "1 1 1", "0 0.2 0.6"


def text(said: str, x: float = 20, y: float = 100, colour: str = "0 0 0") -> str:
    return f"{colour} rg BT /F1 10 Tf {x} {y} Td ({said}) Tj ET "


def area(colour: str, x: float = 18, y: float = 96, wide: float = 80, high: float = 16) -> str:
    return f"{colour} rg {x} {y} {wide} {high} re f "


def words(content: str, **kinds: object) -> tuple[list[str], list[str]]:
    """(seen, hidden)"""
    read = page(content, **kinds)
    return [word.text for word in read.words], [word.text for word in read.hidden]


def test_text_under_an_area_is_hidden() -> None:
    assert words(text("Old value") + area(WHITE)) == ([], ["Old", "value"])


def test_text_typed_over_a_covered_one_stands_alone() -> None:
    assert words(text("Old") + area(WHITE) + text("New")) == (["New"], ["Old"])


def test_a_copy_over_its_own_background_is_seen_once() -> None:
    """Some programs print a row, then its band, then the row again; PDFium gives the first copy's letters."""
    assert words(text("Falls 12") + area("0.8 0.9 1") + text("Falls 12")) == (["Falls", "12"], [])


def test_what_an_area_lets_through_is_seen() -> None:
    half = "/G gs " + area("1 0.9 0")
    assert words(text("Marked") + half.replace("/G gs ", "")) == ([], ["Marked"])
    assert words(area("1 0.9 0") + text("Marked")) == (["Marked"], [])


def test_white_on_paper_is_hidden_and_white_on_a_colour_is_seen() -> None:
    assert words(text("Ghost", colour=WHITE)) == ([], ["Ghost"])
    assert words(area(BLUE) + text("Heading", colour=WHITE)) == (["Heading"], [])
    assert words(area(BLUE) + area(WHITE) + text("Ghost", colour=WHITE)) == ([], ["Ghost"])


def test_text_in_the_colour_of_its_cell_is_hidden() -> None:
    assert words(area("0.33 0.75 0.28") + text("6", colour="0.33 0.75 0.28")) == ([], ["6"])
    assert words(area("0.33 0.75 0.28") + text("6", colour="0.1 0.4 0.1")) == (["6"], [])


def test_white_is_seen_on_what_is_no_rectangle() -> None:
    rounded = f"{BLUE} rg 20 96 m 95 96 l 100 96 100 112 95 112 c 20 112 l 15 112 15 96 20 96 c f "
    thick = "0 0.2 0.6 RG 16 w 18 104 m 98 104 l S "
    strips = "".join(area(f"0.1 0.{n} 0.6", y=96 + 1.6 * n, high=1.6) for n in range(1, 9))
    picture = Picture(1, 1, bytes((0, 60, 120)))

    for ground in (rounded, thick, strips):
        assert words(ground + text("Heading", colour=WHITE)) == (["Heading"], [])
    placed = "q 80 0 0 16 18 96 cm /P Do Q " + text("Heading", colour=WHITE)
    assert words(placed, pictures={"P": picture}) == (["Heading"], [])


def test_text_off_the_page_is_hidden() -> None:
    assert words(text("Seen") + text("above", y=260) + text("left", x=-90) + text("right", x=320)) == (
        ["Seen"],
        ["above", "left", "right"],
    )


def test_bold_faked_by_printing_twice_is_one_word() -> None:
    for gap in (0, 0.3, 0.8, 1.5):
        assert words(text("Total 12,345") + text("Total 12,345", x=20 + gap)) == (["Total", "12,345"], [])


def test_letters_printed_twice_in_turn_are_one_word() -> None:
    for gap in (0, 0.3, 0.6):
        letters = "".join(text(char, 20 + 7 * n + d) for n, char in enumerate("Sum") for d in (0, gap))
        assert "".join(words(letters)[0]) == "Sum"


def test_the_same_word_a_line_lower_is_another() -> None:
    assert words(text("Nil") + text("Nil", y=88) + text("Nil", x=60)) == (["Nil", "Nil", "Nil"], [])


def test_a_text_that_is_cut_away_and_printed_again_is_seen() -> None:
    """PDFium gives the letters of the first copy alone, whichever of the two is seen."""
    cut = "q 20 150 100 8 re W n " + text("Falls 12") + "Q "

    assert words(cut + text("Falls 12")) == (["Falls", "12"], [])
    assert words(cut + cut) == ([], ["Falls", "12"])
    assert words(cut + text("Other")) == (["Other"], ["Falls", "12"])


def test_text_in_a_layer_is_seen_while_the_layer_is_on() -> None:
    content = "/OC /Notes BDC " + text("Embargoed figures") + "EMC " + text("Agenda", y=60)

    assert words(content, layers={"Notes": True}) == (["Embargoed", "figures", "Agenda"], [])
    assert words(content, layers={"Notes": False}) == (["Agenda"], ["Embargoed", "figures"])


def test_text_in_a_layer_and_in_the_structure_tree() -> None:
    content = "/OC /Notes BDC /P <</MCID 0>> BDC " + text("Embargoed") + "EMC EMC " + text("Agenda", y=60)

    assert words(content, layers={"Notes": False}) == (["Agenda"], ["Embargoed"])


def found_in(content: str, tmp_path: Path, **kinds: object) -> list[Finding]:
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf(content, **kinds))  # type: ignore[arg-type]
    return [finding for finding in read_document(file).findings if finding.check == "text_hidden"]


GRID = "0 G 0.5 w " + "".join(f"{x} 60 m {x} 120 l S " for x in (15, 105, 195)) + "".join(
    f"15 {y} m 195 {y} l S " for y in (60, 80, 100, 120)
)  # fmt: skip
CELLS = "".join(text(f"{name}{row}", x, 65 + 20 * row) for row in range(3) for name, x in (("Ward", 20), ("Beds", 110)))


def test_hidden_text_within_a_table_is_a_warning_that_repeats_it(tmp_path: Path) -> None:
    (finding,) = found_in(GRID + CELLS + text("secret 14", 140, 85, WHITE), tmp_path)

    assert (finding.severity, finding.page, finding.found) == ("warning", 1, "secret 14")
    assert finding.message == (
        "On page 1, 2 words within a table cannot be seen (covered, cut away, off the page or in the colour of the "
        "ground) and were left out: “secret 14”."
    )
    assert finding.bbox is not None
    assert [round(side) for side in finding.bbox] == [140, 106, 181, 117]


def test_hidden_text_elsewhere_is_for_information_and_dashes_are_nothing(tmp_path: Path) -> None:
    (finding,) = found_in(GRID + CELLS + text("stamp", 20, 20, WHITE), tmp_path)

    assert (finding.severity, finding.found) == ("info", "stamp")
    assert found_in(GRID + CELLS + text("- - |", 20, 20, WHITE), tmp_path) == []


def test_text_that_its_clip_cuts_away_is_said(tmp_path: Path) -> None:
    (finding,) = found_in(GRID + CELLS + "q 20 150 100 8 re W n " + text("cut", 20, 20) + "Q", tmp_path)

    assert finding.found == "cut"


def test_a_scans_text_layer_beside_a_stamp_is_said(tmp_path: Path) -> None:
    layer = "BT 3 Tr /F1 10 Tf 20 30 Td (the words of a paper that a machine read) Tj ET 0 Tr "
    scan = "q 300 0 0 200 0 0 cm /P Do Q " + layer + text("Page 1 of 30", y=10)
    (tmp_path / "paper.pdf").write_bytes(pdf(scan, pictures={"P": Picture(1, 1, bytes(3))}))
    document = read_document(tmp_path / "paper.pdf")

    assert [line.text for line in document.pages[0].lines] == ["Page 1 of 30"]
    assert [(f.severity, f.page, f.found) for f in document.findings if f.check == "text_layer_not_read"] == [
        ("warning", 1, "9")
    ]


def test_a_scans_text_layer_is_no_hidden_text(tmp_path: Path) -> None:
    layer = "BT 3 Tr /F1 10 Tf 20 30 Td (read by a machine) Tj ET "

    assert found_in(GRID + CELLS + layer, tmp_path) == []


def test_an_area_of_a_million_pages_is_cut_to_the_page() -> None:
    read = page("0.9 g -99999999 -99999999 299999999 299999999 re f 500 500 9 9 re f " + text("Seen"))

    assert [fill[:4] for fill in read.fills] == [(-60.0, -60.0, 360.0, 260.0)]
    assert [word.text for word in read.words] == ["Seen"]
