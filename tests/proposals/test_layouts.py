"""Every way of setting a table: where a grid is drawn nothing may be wrong, elsewhere hardly anything."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.proposals.layouts import STYLES, Layout, make
from tests.proposals.test_blocks import tables_of_file

LEAST = {"grid": 1.0, "level rules": 0.96, "rules round and under the headings": 0.96, "bands": 0.96}
"""The share of layouts that are read exactly, at least."""
ELSEWHERE = 0.93
SEEDS = range(100_000, 100_900)


def is_exact(layout: Layout) -> bool:
    """Whether the table is read with its rows, and nothing else is."""
    found = [[[" ".join(cell.split()) for cell in row] for row in table] for table in tables_of_file(layout.data)]
    return found == [layout.rows]


@pytest.fixture(scope="module")
def read() -> dict[str, Counter[bool]]:
    counts: dict[str, Counter[bool]] = {style: Counter() for style in STYLES}
    for layout in filter(None, map(make, SEEDS)):
        counts[layout.style][is_exact(layout)] += 1
    return counts


@pytest.mark.parametrize("style", STYLES)
def test_layouts_are_read_exactly(read: dict[str, Counter[bool]], style: str) -> None:
    counts = read[style]
    assert counts.total() > 80
    assert counts[True] >= LEAST.get(style, ELSEWHERE) * counts.total(), counts
