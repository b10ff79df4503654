"""Letters that cannot be told are seen to be missing, and counted."""

from __future__ import annotations

from tests.reader.drawn import page

LIGATURE = """/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange
2 beginbfrange <20> <7E> <0020> <80> <90> <0001> endbfrange 1 beginbfchar <9F> <001F> endbfchar endcmap end"""


def test_a_glyph_at_the_place_of_a_control_character_is_a_lost_letter_within_its_word() -> None:
    read = page(rb"BT /F1 10 Tf 20 100 Td (Con\237rmed cases) Tj ET", to_unicode=LIGATURE)

    assert [word.text for word in read.words] == ["Con\ufffdrmed", "cases"]
    assert read.n_unmapped >= 1


def test_sound_text_has_no_lost_letters() -> None:
    read = page("BT /F1 10 Tf 20 100 Td (Confirmed cases) Tj 0 -14 Td (in May) Tj ET")

    assert read.n_unmapped == 0


def test_letters_printed_out_of_order_stand_where_they_are_printed() -> None:
    def at(x: float, char: str) -> str:
        return f"BT /F1 8 Tf {x} 100 Td ({char}) Tj ET "

    read = page(at(20, "1") + at(26.7, "9") + at(24.45, ".") + at(31.1, "5"))
    short = page(at(20, "1") + at(26.7, "9") + at(24.45, "."))

    assert [word.text for word in read.words] == ["1.95"]
    assert [word.text for word in short.words] == ["1.9"]
