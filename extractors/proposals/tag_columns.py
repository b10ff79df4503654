"""Columns of a tagged table: as told where the page bears it out, otherwise from where the cells stand.

A cell without content has no place in the tree that Acrobat makes from Excel: the cells after it are told one
column too far left. Where the columns as told do not stand side by side, x decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.proposals.tag_cells import Draft, rows_of
from schemas.page import Page

TOUCH = 1.5
"""Points by which neighbouring columns' words may overlap: text that fills its cell."""


def place_columns(page: Page, cells: list[Draft]) -> list[float] | None:
    """The edges of the columns, left to right, the cells moved into them; None where there are no columns."""
    bands = bands_as_told(cells)
    if bands is None:
        bands = _bands_from_page(page, cells)
        if bands is None or not _move(cells, bands):
            return None
    return _edges(page, cells, bands)


def bands_as_told(cells: Sequence[Draft]) -> list[tuple[float, float] | None] | None:
    """Each told column's printed extent (None where nothing is), if they stand side by side as told."""
    bands: list[tuple[float, float] | None] = [None] * (max(cell.last_col for cell in cells) + 1)
    for cell in cells:
        if cell.col_span == 1:
            band = bands[cell.col]
            x0, x1 = cell.box.x0, cell.box.x1
            bands[cell.col] = (min(band[0], x0), max(band[1], x1)) if band else (x0, x1)
    printed = [band for band in bands if band]
    if any(after[0] < before[1] - TOUCH for before, after in pairwise(printed)):
        return None
    for cell in cells:
        if cell.col_span > 1 and any(
            band and not cell.col <= col <= cell.last_col and _overlap(cell, band) > TOUCH
            for col, band in enumerate(bands)
        ):
            return None
    return bands


def _overlap(cell: Draft, band: tuple[float, float]) -> float:
    return min(cell.box.x1, band[1]) - max(cell.box.x0, band[0])


def _bands_from_page(page: Page, cells: Sequence[Draft]) -> list[tuple[float, float] | None] | None:
    """Columns as the stretches of x between gaps that (nearly) no row bridges."""
    rows = rows_of(cells)
    single = [cell for row in rows if len(row) > 1 for cell in row if cell.col_span == 1]
    if len(single) < 2:
        return None
    rules = _separators(page, cells)
    allowed = max(1, round(0.06 * len(rows))) if len(rows) >= 8 else 0
    gaps = _gaps(single, allowed)
    for rule in rules:
        if not any(start - TOUCH <= rule <= end + TOUCH for start, end in gaps):
            bridged = sum(cell.box.x0 + TOUCH < rule < cell.box.x1 - TOUCH for cell in single)
            if bridged <= allowed:
                gaps.append((rule, rule))
    gaps.sort()
    left, right = min(cell.box.x0 for cell in cells), max(cell.box.x1 for cell in cells)
    gaps = [gap for gap in gaps if left < gap[0] and gap[1] < right]
    starts = [left, *(end for _, end in gaps)]
    ends = [*(start for start, _ in gaps), right]
    bands = list(zip(starts, ends, strict=True))
    return [*_merge_complementary(bands, rows, rules)] or None


def _separators(page: Page, cells: Sequence[Draft]) -> list[float]:
    """The x of vertical rules that run along most of the table."""
    top, bottom = min(cell.box.top for cell in cells), max(cell.box.bottom for cell in cells)
    covered: dict[int, float] = {}
    for rule in page.v_rules:
        run = min(rule.end, bottom) - max(rule.start, top)
        if run > 0:
            key = round(rule.pos / 2)
            covered[key] = covered.get(key, 0.0) + run
    return sorted(2.0 * key for key, run in covered.items() if run >= 0.4 * (bottom - top))


def _gaps(cells: Sequence[Draft], allowed: int) -> list[tuple[float, float]]:
    """Stretches of x that at most `allowed` cells cover, inside the cells' extent."""
    events = sorted(
        [(cell.box.x0, 1) for cell in cells] + [(cell.box.x1, -1) for cell in cells],
        key=lambda event: (event[0], -event[1]),
    )
    gaps = []
    covering = 0
    since: float | None = None
    for x, step in events:
        before, covering = covering, covering + step
        if before > allowed >= covering:
            since = x
        elif before <= allowed < covering and since is not None:
            if x - since >= 1.0:
                gaps.append((since, x))
            since = None
    return gaps


def _merge_complementary(
    bands: Sequence[tuple[float, float]], rows: Sequence[Sequence[Draft]], rules: Sequence[float]
) -> list[tuple[float, float]]:
    """Bands that no row fills both of are one column whose cells are set left here and right there."""
    merged = [bands[0]]
    for band in bands[1:]:
        last = merged[-1]
        ruled = any(last[1] - TOUCH <= rule <= band[0] + TOUCH for rule in rules)
        both = any(
            any(_overlap(cell, last) > 0 and _overlap(cell, band) <= 0 for cell in row)
            and any(_overlap(cell, band) > 0 and _overlap(cell, last) <= 0 for cell in row)
            for row in rows
        )
        if ruled or both:
            merged.append(band)
        else:
            merged[-1] = (last[0], band[1])
    return merged


def _move(cells: Sequence[Draft], bands: Sequence[tuple[float, float] | None]) -> bool:
    """Each cell into the columns that it stands in. False where two cells of a row would share a column."""
    for cell in cells:
        over = [col for col, band in enumerate(bands) if band and _stands_in(cell, band)]
        if not over:
            over = [
                min(
                    range(len(bands)),
                    key=lambda col: _distance(cell, bands[col]),
                )
            ]
        cell.col, cell.col_span = over[0], over[-1] - over[0] + 1
    conflicts = 0
    for row in rows_of(cells):
        for before, after in pairwise(row):
            if after.col <= before.last_col:
                narrowed = after.col - before.col
                if narrowed >= 1:
                    before.col_span = narrowed
                else:
                    conflicts += 1
    return conflicts == 0


def _stands_in(cell: Draft, band: tuple[float, float]) -> bool:
    """More than a glyph that juts out over the column's edge."""
    juts = min(0.15 * (cell.box.x1 - cell.box.x0), 0.15 * (band[1] - band[0]), 5.0)
    return _overlap(cell, band) > max(TOUCH, juts)


def _distance(cell: Draft, band: tuple[float, float] | None) -> float:
    return abs((cell.box.x0 + cell.box.x1 - band[0] - band[1]) / 2) if band else float("inf")


def _edges(page: Page, cells: Sequence[Draft], bands: Sequence[tuple[float, float] | None]) -> list[float]:
    """One x between each pair of neighbouring columns: a rule's or a fill's where one stands there."""
    left, right = min(cell.box.x0 for cell in cells), max(cell.box.x1 for cell in cells)
    top, bottom = min(cell.box.top for cell in cells), max(cell.box.bottom for cell in cells)
    drawn = [rule.pos for rule in page.v_rules if rule.end > top and rule.start < bottom]
    for fill in page.fills:
        if fill.bottom > top and fill.top < bottom:
            drawn += [fill.x0, fill.x1]
    outer_left = max((x for x in drawn if left - 15 <= x <= left + TOUCH), default=left - 2)
    outer_right = min((x for x in drawn if right - TOUCH <= x <= right + 15), default=right + 2)
    printed = [col for col, band in enumerate(bands) if band]
    edges = [outer_left] * (printed[0] + 1)
    for before, after in pairwise(printed):
        start, end = _band(bands, before)[1], _band(bands, after)[0]
        edges += _between(drawn, start, end, after - before)
    edges += [outer_right] * (len(bands) - printed[-1])
    return edges


def _band(bands: Sequence[tuple[float, float] | None], col: int) -> tuple[float, float]:
    band = bands[col]
    assert band is not None
    return band


def _between(drawn: Sequence[float], start: float, end: float, count: int) -> list[float]:
    """`count` edges between two printed columns; `count - 1` columns without any text lie between them."""
    middle = (start + end) / 2
    inside = sorted({round(x, 1) for x in drawn if start - TOUCH <= x <= end + TOUCH})
    if len(inside) == count:
        return inside
    if count == 1:
        return [min(inside, key=lambda x: abs(x - middle), default=middle)]
    step = (end - start) / (count + 1)
    return [start + step * (number + 1) for number in range(count)]
