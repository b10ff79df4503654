"""What is drawn on a page: rules, filled areas with their colour, and small shapes, in painting order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ctypes import c_int
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from extractors.clipping import clip_outline, clipped_away
from extractors.page_frame import Box, Matrix, Turn
from extractors.page_ink import in_layer
from extractors.page_marks import SignFinder
from extractors.page_pictures import read_picture
from extractors.path_object import (
    Paint,
    all_level_or_upright,
    combined,
    is_box,
    line_width,
    outlines_of,
    own_matrix,
    read_paint,
)
from extractors.pdfium_direct import (
    FPDFFormObj_CountObjects,
    FPDFFormObj_GetObject,
    FPDFPage_GetObject,
    FPDFPageObj_GetBounds,
    FPDFPageObj_GetFillColor,
    FPDFPageObj_GetStrokeColor,
    FPDFPageObj_GetType,
    FPDFPath_CountSegments,
    FPDFPath_GetDrawMode,
    Handle,
    Places,
    handle_of,
    page_object,
)
from schemas.page import Fill, Mark, Rule

MAX_SEGMENTS = 400
"""A path of more segments is a drawing, unless all run along the axes: some programs draw a whole grid at once."""
MAX_GRID_SEGMENTS = 20_000
MAX_OBJECTS = 60_000
"""Objects looked at on one page: a map drawn of a million strokes holds no table."""
MAX_DEPTH = 4
THIN = 3.0
"""A filled rectangle no thicker than this is a rule (points)."""
THICK = 4.0
"""A line as thick as this (points) can be the ground that a heading is printed on."""
BLEED = 60.0
"""Points by which an area may reach beyond the page."""
MOST_SHADED = 300
LARGEST_SHADED = 0.25
"""A gradient over more of the page than this is its ground; the page need not be drawn to know its colour."""
Size = tuple[float, float]
EVERYWHERE: Box = (-1e6, -1e6, 1e6, 1e6)


class PagePaths(NamedTuple):
    """What the page's paths gave."""

    h_rules: list[Rule]
    v_rules: list[Rule]
    fills: list[Fill]
    marks: list[Mark]
    order: dict[int, int]
    """Text object -> its place in painting order."""
    fill_order: list[int]
    """The same for `fills`; 0 for one that something shows through."""
    backdrops: list[Box]
    """Where pictures, gradients, patterns, thick lines and coloured areas that are no `fills` lie."""
    pictures: list[Box]
    """Where images lie, in the page's own space."""
    n_paths: int
    n_objects: int
    depth_cut: bool
    """Forms lie in each other deeper than they were followed."""
    text_boxes: Callable[[], list[tuple[int, Box]]]
    """The place in painting order and the box of each text object that its clip leaves; while the page is open."""
    layered: frozenset[int]
    """The places in painting order of text that is in a layer, which may be switched off."""


class _Walk:
    """One pass over a page's objects, forms included."""

    def __init__(self, document: Any, page: Any, turn: Turn, colour: Callable[[Box], str | None], size: Size) -> None:
        self.colour = colour
        self.size = size
        self.n_shaded = 0
        self.document = document
        self.page = page
        self.turn = turn
        self.h_rules: list[Rule] = []
        self.v_rules: list[Rule] = []
        self.fills: list[Fill] = []
        self.fill_order: list[int] = []
        self.signs = SignFinder()
        self.backdrops: list[Box] = []
        self.texts: list[tuple[int, Handle, Matrix | None]] = []
        self.layered: set[int] = set()
        self.order: dict[int, int] = {}
        self.pictures: list[Box] = []
        self.n_paths = 0
        self.n_objects = 0
        self.depth_cut = False
        self.sides, self.modes = Places(4), Places(2, c_int)

    def visit(self, item: Handle, matrix: Matrix | None, depth: int) -> None:
        self.n_objects += 1
        if self.n_objects > MAX_OBJECTS:
            return
        kind = FPDFPageObj_GetType(item)
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            self.order[item] = self.n_objects
            self.texts.append((self.n_objects, item, matrix))
            if in_layer(item):
                self.layered.add(self.n_objects)
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            self.n_paths += 1
            self._path(item, matrix)
        elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            self._image(item, matrix)
        elif kind == pdfium_c.FPDF_PAGEOBJ_SHADING:
            self._backdrop(item, matrix)
            self._shaded(clip_outline(item), matrix)
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM:
            if depth >= MAX_DEPTH:
                self.depth_cut = self.depth_cut or FPDFFormObj_CountObjects(item) > 0
                return
            inner = own_matrix(item)
            outer = combined(inner, matrix) if matrix else inner
            for index in range(FPDFFormObj_CountObjects(item)):
                self.visit(FPDFFormObj_GetObject(item, index), outer, depth + 1)

    def _backdrop(self, item: Handle, matrix: Matrix | None) -> None:
        """Notes where an object lies whose colour is not told."""
        box = self.bounds(item, matrix)
        if box:
            self.backdrops.append(box)

    def _shaded(self, points: list[tuple[float, float]], matrix: Matrix | None) -> None:
        """Takes an outline filled with a gradient or a pattern: an area or a sign in the colour that is seen there."""
        if len(points) < 3 or self.n_shaded >= MOST_SHADED:
            return
        a, b, c, d, e, f = matrix or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        turned = [self.turn(x, y, x, y)[:2] for x, y in ((a * x + c * y + e, b * x + d * y + f) for x, y in points)]
        xs, ys = [x for x, _ in turned], [y for _, y in turned]
        box = (min(xs), min(ys), max(xs), max(ys))
        wide, high = box[2] - box[0], box[3] - box[1]
        if min(wide, high) < THIN or wide * high > LARGEST_SHADED * self.size[0] * self.size[1]:
            return
        self.n_shaded += 1
        colour = self.colour(box)
        if colour is None:
            return
        if not self.signs.outline(turned, box, colour, None) and len(points) <= 6 and is_box(turned, box):
            self._area(box, colour, self.n_objects)

    def bounds(self, item: Handle, matrix: Matrix | None) -> Box | None:
        """Where an object lies, in reading space."""
        if not FPDFPageObj_GetBounds(item, *self.sides.at):
            return None
        left, bottom, right, top = self.sides.values
        a, b, c, d, e, f = matrix or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return self.turn(min(xs), min(ys), max(xs), max(ys))

    def text_boxes(self) -> list[tuple[int, Box]]:
        """The place in painting order and the box of each text object that its clip leaves; while the page is open."""
        boxes = ((order, self.bounds(item, matrix)) for order, item, matrix in self.texts if not clipped_away(item))
        return [(order, box) for order, box in boxes if box]

    def _image(self, item: Handle, matrix: Matrix | None) -> None:
        placed = combined(own_matrix(item), matrix) if matrix else own_matrix(item)
        a, b, c, d, e, f = placed
        xs = (e, e + a, e + c, e + a + c)
        ys = (f, f + b, f + d, f + b + d)
        self.pictures.append((min(xs), min(ys), max(xs), max(ys)))
        box = self.turn(min(xs), min(ys), max(xs), max(ys))
        self.backdrops.append(box)
        self.signs.picture(box, lambda: read_picture(self.document, self.page, page_object(item), placed, self.turn))

    def _path(self, item: Handle, matrix: Matrix | None) -> None:
        FPDFPath_GetDrawMode(item, *self.modes.at)
        filled, stroked = self.modes.values
        fill = read_paint(item, FPDFPageObj_GetFillColor) if filled else None
        stroke = read_paint(item, FPDFPageObj_GetStrokeColor) if stroked else None
        if filled and not fill:
            self._backdrop(item, matrix)
            count = FPDFPath_CountSegments(item)
            if count <= MAX_SEGMENTS:
                own = own_matrix(item)
                for points in outlines_of(item, count, combined(own, matrix) if matrix else own)[0]:
                    self._shaded(points, None)
        fill = fill if fill and fill.alpha > 8 else None
        stroke = stroke if stroke and stroke.alpha > 8 else None
        if not fill and not stroke:
            return
        count = FPDFPath_CountSegments(item)
        drawing = count > MAX_SEGMENTS and not (count <= MAX_GRID_SEGMENTS and all_level_or_upright(item, count))
        if drawing or (stroke and not stroke.white and line_width(item) > THICK):
            self._backdrop(item, matrix)
        if drawing:
            return
        own = own_matrix(item)
        outlines, straight = outlines_of(item, count, combined(own, matrix) if matrix else own)
        for points in outlines:
            if len(points) >= 2:
                self._outline(points, straight, fill, stroke)

    def _outline(
        self, points: list[tuple[float, float]], straight: bool, fill: Paint | None, stroke: Paint | None
    ) -> None:
        turned = [self.turn(x, y, x, y)[:2] for x, y in points]
        xs, ys = [x for x, _ in turned], [y for _, y in turned]
        box = (min(xs), min(ys), max(xs), max(ys))
        wide, high = box[2] - box[0], box[3] - box[1]
        if fill and straight and len(points) >= 4 and self._filled(turned, box, wide, high, fill, stroke):
            return
        if fill and not fill.white:
            self.backdrops.append(box)
        closed = bool(fill) or points[0] == points[-1]
        if closed and self.signs.outline(turned, box, fill and fill.colour, stroke and stroke.colour):
            return
        if stroke and straight and not stroke.white:
            self.signs.line(turned, stroke.colour)
            self._stroked(turned, stroke)

    def _filled(
        self, points: Sequence[tuple[float, float]], box: Box, wide: float, high: float, fill: Paint,
        stroke: Paint | None,
    ) -> bool:  # fmt: skip
        """Takes the outline as a rule or an area; False where it is neither."""
        x0, top, x1, bottom = box
        if not fill.white:
            if min(wide, high) <= THIN:
                # Gradients are drawn in strips as thin as rules.
                self.backdrops.append(box)
            if high <= THIN and wide > 2 * high + 2:
                self.h_rules.append(Rule((top + bottom) / 2, x0, x1, fill.colour))
                return True
            if wide <= THIN and high > 2 * wide + 2:
                self.v_rules.append(Rule((x0 + x1) / 2, top, bottom, fill.colour))
                return True
        if wide < THIN or high < THIN:
            return is_box(points, box)
        if len(points) > 6 or not is_box(points, box):
            return False
        self._area(box, fill.colour, self.n_objects if fill.alpha > 250 else 0)
        if fill.alpha <= 250 and not fill.white:
            self.backdrops.append(box)
        if stroke and not stroke.white:
            self.h_rules += [Rule(top, x0, x1, stroke.colour), Rule(bottom, x0, x1, stroke.colour)]
            self.v_rules += [Rule(x0, top, bottom, stroke.colour), Rule(x1, top, bottom, stroke.colour)]
        return True

    def _area(self, box: Box, colour: str, order: int) -> None:
        """Takes a filled area as far as it lies on the page or a little off it."""
        x0, top = max(box[0], -BLEED), max(box[1], -BLEED)
        x1, bottom = min(box[2], self.size[0] + BLEED), min(box[3], self.size[1] + BLEED)
        if x0 < x1 and top < bottom:
            self.fills.append(Fill(x0, top, x1, bottom, colour))
            self.fill_order.append(order)

    def _stroked(self, points: Sequence[tuple[float, float]], stroke: Paint) -> None:
        for (ax, ay), (bx, by) in pairwise(points):
            if abs(ay - by) < 1 and abs(ax - bx) > 2:
                self.h_rules.append(Rule((ay + by) / 2, min(ax, bx), max(ax, bx), stroke.colour))
            elif abs(ax - bx) < 1 and abs(ay - by) > 2:
                self.v_rules.append(Rule((ax + bx) / 2, min(ay, by), max(ay, by), stroke.colour))


def read_paths(document: Any, page: Any, turn: Turn, colour: Callable[[Box], str | None], size: Size) -> PagePaths:
    """The rules, fills and small shapes of a raw `FPDF_PAGE` of this size (width, height), in reading space.

    `colour` says what is seen at a place.
    """
    walk = _Walk(document, page, turn, colour, size)
    handle = handle_of(page)
    for index in range(pdfium_c.FPDFPage_CountObjects(page)):
        walk.visit(FPDFPage_GetObject(handle, index), None, 0)
        if walk.n_objects > MAX_OBJECTS:
            break
    signs = walk.signs.signs(walk.fills)
    backdrops = walk.backdrops if walk.n_objects <= MAX_OBJECTS else [EVERYWHERE]
    return PagePaths(
        walk.h_rules, walk.v_rules, walk.fills, signs, walk.order, walk.fill_order, backdrops,
        walk.pictures, walk.n_paths, walk.n_objects, walk.depth_cut, walk.text_boxes, frozenset(walk.layered),
    )  # fmt: skip
