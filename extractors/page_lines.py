"""A page's words as lines of text: quickly where they come line by line, with sorting where they do not."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.proposals.lines import cut_segments, items_of, make_lines
from schemas.page import Page, Word

GAP = 2.5
"""Words of one line farther apart than this many heights are lines of their own."""
LEVEL = 0.42
"""Words whose middles differ by less than this share of the height stand on one line."""


def line_words(page: Page) -> list[list[Word]]:
    """The words of each line, from left to right; the lines from the top."""
    runs = _runs([word for word in page.words if not word.angle])
    if _meet(runs):
        return [
            [page.words[item.number] for item in segment.items]
            for line in make_lines(items_of(page))
            for segment in cut_segments(line.items, gap=GAP)
        ]
    return runs


def _runs(words: Sequence[Word]) -> list[list[Word]]:
    """Words that follow each other in the page's content and on a line, from the top."""
    runs: list[list[Word]] = []
    end = middle = tall = 0.0
    for word in words:
        height, centre, space = word[3] - word[1], (word[1] + word[3]) / 2, word[0] - end
        least = min(height, tall)
        if runs and abs(centre - middle) < LEVEL * least and -0.2 * tall < space <= GAP * least:
            runs[-1].append(word)
        else:
            runs.append([word])
        end, middle, tall = word[2], centre, height
    return _rows(sorted(runs, key=lambda run: run[0].top + run[0].bottom))


def _rows(runs: Sequence[list[Word]]) -> list[list[Word]]:
    """Those that stand side by side from left to right."""
    rows: list[list[list[Word]]] = []
    level = tall = 0.0
    for run in runs:
        height, middle = run[0].bottom - run[0].top, (run[0].top + run[0].bottom) / 2
        if rows and middle - level < LEVEL * min(height, tall):
            rows[-1].append(run)
        else:
            rows.append([run])
            level, tall = middle, height
    return [run for row in rows for run in (sorted(row, key=lambda run: run[0].x0) if len(row) > 1 else row)]


def _meet(runs: Sequence[Sequence[Word]]) -> bool:
    """Whether a line was painted in pieces that have to be put together, or something is raised beside one."""
    for number, run in enumerate(runs):
        first, last = run[0], run[-1]
        height = first.bottom - first.top
        for other in runs[number + 1 :]:
            start = other[0]
            if start.top >= first.bottom - 0.2 * height:
                break
            if start.x0 <= last.x1 + GAP * height and other[-1].x1 >= first.x0 - GAP * height:
                return True
    return False
