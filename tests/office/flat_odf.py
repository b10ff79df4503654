"""Flat OpenDocument from Python values: what LibreOffice turns into the PDFs beside this file."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "presentation": "presentation",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)


@dataclass(frozen=True)
class C:
    """A cell: its text (line breaks are paragraphs), what it covers and how it looks."""

    text: str = ""
    cols: int = 1
    rows: int = 1
    fill: str | None = None
    bold: bool = False
    align: str = "start"
    colour: str | None = None
    rule: str | None = None
    """Which sides are drawn where the table leaves it open: letters of `tblr`."""
    sideways: bool = False


@dataclass(frozen=True)
class Table:
    """A table: widths in cm; rows of cells or texts.

    `rules`: grid, horizontal, hairline, white, dotted or none.
    """

    widths: Sequence[float]
    rows: Sequence[Sequence[C | str]]
    header_rows: int = 1
    rules: str = "grid"
    size: float = 9
    split_rows: bool = False
    band: str | None = None
    """A fill behind every second body row."""
    head_fill: str | None = None
    padding: float = 0.1

    def grid(self) -> list[list[str]]:
        """The texts as `boardpack tables` gives them: a merged cell's at its top left, '' where it covers."""
        grid = [[""] * len(self.widths) for _ in self.rows]
        for row, col, cell in self.placed():
            grid[row][col] = " ".join(cell.text.split())
        return grid

    def placed(self) -> list[tuple[int, int, C]]:
        """Every cell with its row and its column."""
        taken: set[tuple[int, int]] = set()
        found = []
        for row, cells in enumerate(self.rows):
            col = 0
            for item in cells:
                while (row, col) in taken:
                    col += 1
                cell = item if isinstance(item, C) else C(item)
                taken |= {(row + y, col + x) for y in range(cell.rows) for x in range(cell.cols)}
                found.append((row, col, cell))
                col += cell.cols
            while (row, col) in taken:
                col += 1
            assert col == len(self.widths), (row, col, cells)
        return found


@dataclass
class Flat:
    """A document being written: automatic styles, and a body."""

    styles: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    made: int = 0

    def style(self, family: str, properties: str, parent: str = "") -> str:
        """A new automatic style and its name."""
        self.made += 1
        name = f"s{self.made}"
        inherits = f' style:parent-style-name="{parent}"' if parent else ""
        self.styles.append(
            f'<style:style style:name="{name}" style:family="{family}"{inherits}>{properties}</style:style>'
        )
        return name

    def paragraph_style(
        self,
        size: float = 10,
        *,
        bold: bool = False,
        align: str = "start",
        colour: str | None = None,
        extra: str = "",
        tabs: str = "",
    ) -> str:
        """A paragraph style."""
        weight = ' fo:font-weight="bold"' if bold else ""
        ink = f' fo:color="{colour}"' if colour else ""
        return self.style(
            "paragraph",
            f'<style:paragraph-properties fo:text-align="{align}" {extra}>{tabs}</style:paragraph-properties>'
            f'<style:text-properties style:font-name="Liberation Sans" fo:font-family="Liberation Sans"'
            f' fo:font-size="{size}pt"{weight}{ink}/>',
        )

    def paragraph(self, text: str, size: float = 10, *, bold: bool = False, outline: int = 0) -> None:
        """A paragraph or, with `outline`, a heading."""
        style = self.paragraph_style(size, bold=bold, extra='fo:margin-bottom="0.2cm"')
        if outline:
            self.body.append(
                f'<text:h text:style-name="{style}" text:outline-level="{outline}">{escape(text)}</text:h>'
            )
        else:
            self.body.append(f'<text:p text:style-name="{style}">{escape(text)}</text:p>')

    def table(self, table: Table) -> str:
        """The XML of a table."""
        style = self.style(
            "table",
            f'<style:table-properties style:width="{sum(table.widths):.2f}cm" table:align="left"'
            ' table:border-model="collapsing"/>',
        )
        columns = "".join(f'<table:table-column table:style-name="{self._column(width)}"/>' for width in table.widths)
        keep = "auto" if table.split_rows else "always"
        placed = {(row, col): cell for row, col, cell in table.placed()}
        covered = {
            (row + y, col + x)
            for (row, col), cell in placed.items()
            for y in range(cell.rows)
            for x in range(cell.cols)
        } - set(placed)
        rows = []
        for row in range(len(table.rows)):
            cells = "".join(
                "<table:covered-table-cell/>" if (row, col) in covered else self._cell(table, row, placed[row, col])
                for col in range(len(table.widths))
            )
            turned = any(cell.sideways for (at, _), cell in placed.items() if at == row)
            high = ' style:min-row-height="1.5cm"' if turned and cells.count("covered") == 0 else ""
            row_style = self.style("table-row", f'<style:table-row-properties fo:keep-together="{keep}"{high}/>')
            rows.append(f'<table:table-row table:style-name="{row_style}">{cells}</table:table-row>')
        head, rest = rows[: table.header_rows], rows[table.header_rows :]
        if head:
            rest.insert(0, f"<table:table-header-rows>{''.join(head)}</table:table-header-rows>")
        return f'<table:table table:style-name="{style}">{columns}{"".join(rest)}</table:table>'

    def _column(self, width: float) -> str:
        return self.style("table-column", f'<style:table-column-properties style:column-width="{width:.2f}cm"/>')

    def _cell(self, table: Table, row: int, cell: C) -> str:
        heads = row < table.header_rows
        fill = cell.fill or (table.head_fill if heads else None)
        if fill is None and table.band and not heads and (row - table.header_rows) % 2:
            fill = table.band
        borders = {
            "grid": 'fo:border="0.5pt solid #000000"',
            "white": 'fo:border="1.5pt solid #ffffff"',
            "dotted": 'fo:border="0.75pt dotted #000000"',
            "horizontal": 'fo:border-top="0.5pt solid #000000" fo:border-bottom="0.5pt solid #000000"'
            ' fo:border-left="none" fo:border-right="none"',
            "hairline": 'fo:border="none" fo:border-bottom="0.25pt solid #b0b0b0"',
            "none": 'fo:border="none"',
        }[table.rules]
        if cell.rule is not None:
            borders = " ".join(
                f'fo:border-{side}="0.75pt solid #000000"' if side[0] in cell.rule else f'fo:border-{side}="none"'
                for side in ("top", "bottom", "left", "right")
            )
        background = f' fo:background-color="{fill}"' if fill else ""
        turned = ' style:writing-mode="bt-lr"' if cell.sideways else ""
        style = self.style(
            "table-cell",
            f'<style:table-cell-properties {borders} fo:padding="{table.padding}cm"'
            f' style:vertical-align="middle"{background}{turned}/>'
            + (f'<style:graphic-properties draw:fill="solid" draw:fill-color="{fill}"/>' if fill else ""),
        )
        text_style = self.paragraph_style(table.size, bold=cell.bold or heads, align=cell.align, colour=cell.colour)
        paragraphs = "".join(
            f'<text:p text:style-name="{text_style}">{escape(line)}</text:p>' for line in cell.text.split("\n")
        )
        spans = f' table:number-columns-spanned="{cell.cols}" table:number-rows-spanned="{cell.rows}"'
        return (
            f'<table:table-cell table:style-name="{style}"{spans} office:value-type="string">'
            f"{paragraphs}</table:table-cell>"
        )


def text_document(flat: Flat, *, landscape: bool = False, header: str = "", footer: str = "") -> str:
    """A whole Writer document (A4), with a running header and footer."""
    width, height = ("29.7cm", "21cm") if landscape else ("21cm", "29.7cm")
    orientation = "landscape" if landscape else "portrait"
    edge = '<style:header-footer-properties fo:min-height="0.6cm"/>'
    running = flat.paragraph_style(8)
    top = f'<style:header><text:p text:style-name="{running}">{escape(header)}</text:p></style:header>'
    foot = (
        f'<style:footer><text:p text:style-name="{running}">{escape(footer)}'
        "<text:page-number>1</text:page-number></text:p></style:footer>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:automatic-styles>{''.join(flat.styles)}"
        f'<style:page-layout style:name="pl"><style:page-layout-properties fo:page-width="{width}"'
        f' fo:page-height="{height}" style:print-orientation="{orientation}" fo:margin="1.8cm"/>'
        f"<style:header-style>{edge}</style:header-style><style:footer-style>{edge}</style:footer-style>"
        "</style:page-layout></office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pl">'
        f"{top if header else ''}{foot if footer else ''}</style:master-page></office:master-styles>"
        f"<office:body><office:text>{''.join(flat.body)}</office:text></office:body></office:document>"
    )


def slides(flat: Flat, pages: Sequence[Sequence[str]]) -> str:
    """A whole Impress document: 28 cm by 15.75 cm slides, each a list of drawn things."""
    master = flat.style("drawing-page", "<style:drawing-page-properties/>")
    body = "".join(
        f'<draw:page draw:name="p{number}" draw:style-name="{master}" draw:master-page-name="Default">'
        f"{''.join(things)}</draw:page>"
        for number, things in enumerate(pages, 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.presentation">'
        f"<office:automatic-styles>{''.join(flat.styles)}"
        '<style:page-layout style:name="pl"><style:page-layout-properties fo:page-width="28cm"'
        ' fo:page-height="15.75cm" fo:margin="0cm"/></style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="pl"'
        f' draw:style-name="{master}"/></office:master-styles>'
        f"<office:body><office:presentation>{body}</office:presentation></office:body></office:document>"
    )


def placed(flat: Flat, things: str, x: float, y: float, width: float, height: float) -> str:
    """Something in a frame without line or fill, in cm from the slide's top left."""
    bare = flat.style("graphic", '<style:graphic-properties draw:stroke="none" draw:fill="none"/>')
    return (
        f'<draw:frame draw:style-name="{bare}" svg:x="{x}cm" svg:y="{y}cm" svg:width="{width}cm" svg:height="{height}cm">'
        f"{things}</draw:frame>"
    )


def text_box(flat: Flat, text: str, x: float, y: float, width: float, size: float = 12) -> str:
    """A line of text on a slide."""
    style = flat.paragraph_style(size)
    inner = f'<draw:text-box><text:p text:style-name="{style}">{escape(text)}</text:p></draw:text-box>'
    return placed(flat, inner, x, y, width, 1.0)


def bar(flat: Flat, x: float, y: float, width: float, height: float, colour: str) -> str:
    """A filled rectangle on a slide."""
    style = flat.style(
        "graphic",
        f'<style:graphic-properties draw:stroke="none" draw:fill="solid" draw:fill-color="{colour}"/>',
    )
    return (
        f'<draw:rect draw:style-name="{style}" svg:x="{x}cm" svg:y="{y}cm" svg:width="{width}cm"'
        f' svg:height="{height}cm"/>'
    )


def stroke(flat: Flat, x1: float, y1: float, x2: float, y2: float) -> str:
    """A thin line on a slide."""
    style = flat.style(
        "graphic",
        '<style:graphic-properties draw:stroke="solid" svg:stroke-width="0.03cm" svg:stroke-color="#808080"/>',
    )
    return f'<draw:line draw:style-name="{style}" svg:x1="{x1}cm" svg:y1="{y1}cm" svg:x2="{x2}cm" svg:y2="{y2}cm"/>'


def sheet(flat: Flat, table: Table, *, repeat_columns: int, break_before: int) -> str:
    """A whole Calc document: one sheet, landscape, its first columns printed again on the page after the break."""
    columns = []
    for col, width in enumerate(table.widths):
        brk = ' fo:break-before="page"' if col == break_before else ""
        style = flat.style("table-column", f'<style:table-column-properties style:column-width="{width:.2f}cm"{brk}/>')
        columns.append(f'<table:table-column table:style-name="{style}"/>')
    row_style = flat.style("table-row", '<style:table-row-properties style:use-optimal-row-height="true"/>')
    placed_cells = {(row, col): cell for row, col, cell in table.placed()}
    rows = []
    for row in range(len(table.rows)):
        cells = "".join(
            flat._cell(table, row, placed_cells[row, col])
            if (row, col) in placed_cells
            else "<table:covered-table-cell/>"
            for col in range(len(table.widths))
        )
        rows.append(f'<table:table-row table:style-name="{row_style}">{cells}</table:table-row>')
    head = f"<table:table-header-columns>{''.join(columns[:repeat_columns])}</table:table-header-columns>"
    master = '<style:table-properties table:display="true"/>'
    style = flat.style("table", master)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f"<office:automatic-styles>{''.join(flat.styles)}"
        '<style:page-layout style:name="pl"><style:page-layout-properties fo:page-width="29.7cm"'
        ' fo:page-height="21cm" style:print-orientation="landscape" fo:margin="1.5cm"/>'
        "</style:page-layout></office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="pl"/>'
        "</office:master-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="Programme" table:style-name="{style}">{head}'
        f"{''.join(columns[repeat_columns:])}{''.join(rows)}</table:table>"
        "</office:spreadsheet></office:body></office:document>"
    )


def dot(flat: Flat, x: float, y: float, size: float, colour: str) -> str:
    """A filled circle on a slide."""
    style = flat.style(
        "graphic",
        f'<style:graphic-properties draw:stroke="none" draw:fill="solid" draw:fill-color="{colour}"/>',
    )
    return (
        f'<draw:ellipse draw:style-name="{style}" svg:x="{x}cm" svg:y="{y}cm" svg:width="{size}cm"'
        f' svg:height="{size}cm"/>'
    )


def outlined(flat: Flat, text: str, x: float, y: float, width: float, height: float) -> str:
    """A box with a line round it and text in it, as diagrams have."""
    style = flat.style(
        "graphic",
        '<style:graphic-properties draw:stroke="solid" svg:stroke-width="0.03cm" svg:stroke-color="#000000"'
        ' draw:fill="none" draw:textarea-vertical-align="middle"/>',
    )
    inner = flat.paragraph_style(11, align="center")
    return (
        f'<draw:rect draw:style-name="{style}" svg:x="{x}cm" svg:y="{y}cm" svg:width="{width}cm"'
        f' svg:height="{height}cm"><text:p text:style-name="{inner}">{escape(text)}</text:p></draw:rect>'
    )
