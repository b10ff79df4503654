"""Words over line ends: PDFium does not say which of its line-end hyphens are printed hyphens and which are soft."""

from __future__ import annotations

import pytest

from extractors.celltext import cell_text, known_words
from schemas.page import Word
from tests.reader.drawn import page

SOFT = """/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfrange <20> <7E> <0020> endbfrange 1 beginbfchar <AD> <00AD> endbfchar endcmap end"""


def lines(*texts: str) -> str:
    """What the reader makes of these lines, in one cell."""
    steps = " 0 -12 Td ".join(f"({text}) Tj" for text in texts)
    read = page(f"BT /F1 10 Tf 20 150 Td {steps} ET".replace("\u00ad", r"\255"), to_unicode=SOFT)
    return cell_text(read.words, known=known_words(read.words))


@pytest.mark.parametrize(
    ("first", "second", "read"),
    [
        ("Send it to J Irani-", "Cole by May", "Send it to J Irani-Cole by May"),
        ("plan in an easy-", "read version", "plan in an easy-read version"),
        ("the non-", "executive members", "the non-executive members"),
        ("for 18-25-year-", "olds with a plan", "for 18-25-year-olds with a plan"),
        ("in Covid-", "19 restrictions", "in Covid-19 restrictions"),
        ("the year 2024-", "25 outturn", "the year 2024-25 outturn"),
        ("OBC Oct-", "28 and FBC", "OBC Oct-28 and FBC"),
    ],
)
def test_a_printed_hyphen_stays_and_ties_its_word(first: str, second: str, read: str) -> None:
    assert lines(first, second) == read


@pytest.mark.parametrize(
    ("first", "second", "read"),
    [
        ("risk manage-", "ment and more", "risk management and more"),
        ("the reconcilia-", "tions of May", "the reconciliations of May"),
        ("is build-", "ing a case", "is building a case"),
    ],
)
def test_a_hyphen_before_what_is_no_word_goes(first: str, second: str, read: str) -> None:
    assert lines(first, second) == read


def test_a_hyphen_goes_where_the_page_has_the_word_without_it() -> None:
    assert lines("The framework holds. This frame-", "work is new") == "The framework holds. This framework is new"
    assert lines("The plan holds. This frame-", "work is new") == "The plan holds. This frame-work is new"


def test_soft_hyphens_of_the_font_go_wherever_they_stand() -> None:
    assert lines("the so\u00adft word") == "the soft word"


@pytest.mark.parametrize(
    ("first", "second"),
    [("Capital -", "see below"), ("Savings", "- agreed"), ("2024", "-25"), ("a list:-", "- one"), ("nil -", "- nil")],
)
def test_dashes_between_words_tie_nothing(first: str, second: str) -> None:
    assert lines(first, second) == f"{first}\n{second}"


def word(text: str, top: float) -> Word:
    return Word(20, top, 20 + 5.0 * len(text), top + 10, text, 10, False, None, -1)


def test_a_soft_hyphen_at_the_end_of_a_cell_is_a_hyphen() -> None:
    assert cell_text([word("re\u00ad", 10)]) == "re-"


def test_a_word_over_three_lines() -> None:
    assert cell_text([word("Stoke-", 10), word("on-", 22), word("Trent", 34)]) == "Stoke-on-Trent"
    assert cell_text([word("recon\u00ad", 10), word("cilia\u00ad", 22), word("tion", 34)]) == "reconciliation"


def line_at(top: float, *texts: str) -> list[Word]:
    found, x = [], 20.0
    for text in texts:
        found.append(Word(x, top, x + 5.0 * len(text), top + 10, text, 10, False, None, -1))
        x = found[-1].x1 + 3
    return found


@pytest.mark.parametrize(
    ("above", "below", "read"),
    [
        ("Communicatio", ["ns"], "Communications"),
        ("recommendation", ["s", "underway"], "recommendations underway"),
        ("Rephasin", ["g"], "Rephasing"),
        ("variation", ["is", "agreed"], "variation\nis agreed"),
        ("Discussion", ["of"], "Discussion\nof"),
        ("variation", ["o", "first", "point"], "variation\no first point"),
        ("Director", ["The", "plan"], "Director\nThe plan"),
    ],
)
def test_a_column_that_breaks_a_word(above: str, below: list[str], read: str) -> None:
    words = [*line_at(10, above), *line_at(22, *below)]

    assert cell_text(words, 20 + 5 * len(above) + 9) == read
    # With room to spare on its right, the line ends where its word ends.
    assert cell_text(words, 20 + 5 * len(above) + 60) == f"{above}\n{' '.join(below)}"


def test_the_rest_of_a_broken_word_is_known_from_the_page() -> None:
    words = [*line_at(10, "Transform"), *line_at(22, "ation", "plan")]

    assert cell_text(words, 70, {"transformation", "plan"}) == "Transformation plan"
    assert cell_text(words, 70, {"plan"}) == "Transform\nation plan"
    assert cell_text([*line_at(10, "under"), *line_at(22, "spend")], 50, {"underspend", "under"}) == "under\nspend"
