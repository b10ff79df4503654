from __future__ import annotations

import pytest

from extractors.symbols import arrow_beside, glyph_symbol, symbol_font, text_symbol
from tests.reader.drawn import page


@pytest.mark.parametrize(
    ("name", "font"),
    [("ABCDEF+Wingdings-Regular", "wingdings"), ("Wingdings3", "wingdings3"), ("XYZABC+Wingdings 3", "wingdings3"),
     ("SymbolMT", "symbol"), ("Webdings", "webdings"), ("Wingdings2", None), ("Arial", None), ("SymbolNeu", None)],
)  # fmt: skip
def test_symbol_fonts_by_name(name: str, font: str | None) -> None:
    assert symbol_font(name) == font


@pytest.mark.parametrize(
    ("font", "codes", "trends"),
    [
        (
            "wingdings",
            "áâàßçèéêëìíîïðñòó",
            "up down flat flat flat flat up down up up down down flat flat up down flat",
        ),
        ("wingdings3", "pqrstuvwhijkgf", "up down up down flat flat flat flat up down up up flat flat"),
        ("webdings", "3456", "flat flat up down"),
        ("symbol", "\u00ad\u00af\u00ae\u00ac", "up down flat flat"),
    ],
)
def test_what_letters_show_in_symbol_fonts(font: str, codes: str, trends: str) -> None:
    assert [glyph_symbol(font, ord(code)) for code in codes] == trends.split()
    assert [glyph_symbol(font, 0xF000 + ord(code)) for code in codes] == trends.split()


@pytest.mark.parametrize(("font", "codes"), [("wingdings", "ü§Øvqnlôû"), ("symbol", "·ab"), ("wingdings3", " ")])
def test_bullets_ticks_and_crosses_show_no_direction(font: str, codes: str) -> None:
    assert [glyph_symbol(font, ord(code)) for code in codes] == [None] * len(codes)


def test_text_of_arrows_of_one_direction() -> None:
    assert [text_symbol(text) for text in ("▲", "↓ ↓", "➡\ufe0f", "▲▼", "", "▲ 3", "up")] == [
        "up", "down", "flat", None, None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "trend"),
    [("93.2% ▲", "up"), ("▼ 4", "down"), ("GREEN ►", "flat"), ("£1.2m ↑", "up"), ("12 days\n↓", "down"),
     ("n/a →", "flat"),
     ("► Review the plan", None), ("from 5 → 6", None), ("▲ 3 ▼ 4", None), ("93%", None), ("▲", None),
     ("Better than plan ▲", None), ("(4) ⬇\ufe0f", "down")],
)  # fmt: skip
def test_one_arrow_beside_a_value(text: str, trend: str | None) -> None:
    assert arrow_beside(text) == trend


def test_an_arrow_of_a_symbol_font_is_a_mark_and_a_character() -> None:
    font = "<</Type/Font/Subtype/TrueType/BaseFont/Wingdings-Regular/Encoding/WinAnsiEncoding>>"
    read = page(rb"1 0 0 rg BT /F1 10 Tf 20 100 Td (\352) Tj ET", font=font)

    assert [(mark.symbol, mark.colour) for mark in read.marks] == [("down", "#FF0000")]
    assert [word.text for word in read.words] == ["▼"]
