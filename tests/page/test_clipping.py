"""Text that its clip path cuts away, and gradients, in files written by hand."""

from __future__ import annotations

import pytest

from extractors.opening import open_pdf
from extractors.page import read_page
from extractors.proposals.edges import page_edges
from schemas.page import Page
from tests.page.handmade import pdf, text


def page_of(content: str) -> Page:
    """A page of 300 by 200 points with this content."""
    with open_pdf(pdf([content], 300, 200)) as document:
        return read_page(document, 1, tagged=False)


@pytest.mark.parametrize(
    ("clip", "seen"),
    [
        ("20 130 200 2 re W n", ["Plan"]),  # a strip above the text
        ("200 90 50 30 re W n", ["Plan"]),  # beside it
        ("10 90 250 30 re W n", ["Seen", "Plan"]),  # round it
        ("10 103 250 30 re W n", ["Seen", "Plan"]),  # over its upper half
    ],
)
def test_text_is_read_where_something_of_it_lies_within_its_clip(clip: str, seen: list[str]) -> None:
    page = page_of(f"q {clip} {text(20, 100, 'Seen', size=12)} Q {text(20, 60, 'Plan', size=12)}")

    assert [word.text for word in page.words] == seen


def test_the_strips_of_a_gradient_are_no_rules_and_the_rules_round_it_are() -> None:
    strips = "\n".join(f"0.{10 + n} 0.3 0.5 rg 50 {60 + 4 * n} 80 {3 if n % 3 else 5} re f" for n in range(20))
    rules = "\n".join(f"40 {y} 200 0.5 re f" for y in (50, 150))
    page = page_of(f"{strips}\n0 g\n{rules}\n{text(150, 100, 'Market')}")

    assert [round(edge.pos) for edge in page_edges(page).level] == [50, 150]
