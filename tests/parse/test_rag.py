"""Ratings by word and by colour; trends by arrow and by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.parse.problem import Problem
from extractors.parse.rag import parse_rag, parse_trend, rag_of_fill


@pytest.mark.parametrize(
    ("text", "rag"),
    [
        ("R", "red"),
        ("Red", "red"),
        ("A", "amber"),
        ("AMBER", "amber"),
        ("G", "green"),
        ("green", "green"),
        ("Blue", "blue"),
        ("Grey", "grey"),
        ("Yellow", "amber"),
        ("Amber/Green", "amber"),
        ("Amber-Red", "red"),
        ("RAG: Red", "red"),
        ("Green rated", "green"),
    ],
)
def test_a_word_is_a_rating(text: str, rag: str) -> None:
    assert parse_rag(text) == rag


@pytest.mark.parametrize("text", ["", "X", "Greenwich", "Redditch", "on track", "5"])
def test_other_words_are_none(text: str) -> None:
    assert isinstance(parse_rag(text), Problem)


@pytest.mark.parametrize(
    ("fill", "rag"),
    [
        ("#FF0000", "red"),
        ("#C00000", "red"),
        ("#FF5050", "red"),
        ("#FFC7CE", "red"),
        ("#FFC000", "amber"),
        ("#FFFF00", "amber"),
        ("#E36C0A", "amber"),
        ("#FFEB9C", "amber"),
        ("#00B050", "green"),
        ("#92D050", "green"),
        ("#C6EFCE", "green"),
        ("#0070C0", "blue"),
        ("#4472C4", "blue"),
        ("#A6A6A6", "grey"),
        ("#D9D9D9", "grey"),
        ("#FFFFFF", None),
        ("#000000", None),
        ("#7030A0", None),
        ("red", None),
        (None, None),
    ],
)
def test_a_fill_shows_a_rating_by_its_hue(fill: str | None, rag: str | None) -> None:
    assert rag_of_fill(fill) == rag


@pytest.mark.parametrize(
    ("text", "trend"),
    [
        ("↑", "up"),
        ("▲", "up"),
        ("↓", "down"),
        ("→", "flat"),
        ("Improving", "up"),
        ("Performance improved", "up"),
        ("Worsening", "down"),
        ("Deteriorated", "down"),
        ("No change", "flat"),
        ("Stable", "flat"),
        ("slightly up", "up"),
    ],
)
def test_an_arrow_or_a_word_points_somewhere(text: str, trend: str) -> None:
    assert parse_trend(text) == trend


@pytest.mark.parametrize("text", ["", "↑↓", "n/a", "upper limit"])
def test_other_texts_point_nowhere(text: str) -> None:
    assert isinstance(parse_trend(text), Problem)


@given(st.text(max_size=100))
def test_no_text_raises(text: str) -> None:
    parse_rag(text)
    parse_trend(text)
    rag_of_fill(text)
