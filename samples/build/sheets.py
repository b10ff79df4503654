"""Dashboards made in a spreadsheet (flat ODS): one sheet a page, wide, scaled to fit."""

from __future__ import annotations

from xml.sax.saxutils import escape

from odf import Cell, Styles, Table, borders, document, lines_of, span_attributes, text_properties

_STYLES = '<style:style style:name="Default" style:family="table-cell"/>'


class Workbook:
    """Sheets in order, each printed on one landscape page."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.styles = Styles()
        self.sheets: list[str] = []

    def sheet(self, name: str, heading: str, table: Table, notes: list[str]) -> None:
        """A sheet: a heading line, the table, notes under it. Gridlines are those of the table only."""
        wide = self._cell_style(Cell(heading, bold=True, colour="#003087"), 13.0, "Carlito", "none")
        small = self._cell_style(Cell(""), 8.0, "Carlito", "none")
        columns = "".join(f'<table:table-column table:style-name="{self._column(w)}"/>' for w in table.widths)
        row = self.styles.name(
            "R",
            '<style:style style:name="NAME" style:family="table-row"><style:table-row-properties '
            + (f'style:row-height="{table.heights}cm" style:use-optimal-row-height="false"/>' if table.heights else 'style:use-optimal-row-height="true"/>')
            + "</style:style>",
        )
        lines = [f'<table:table-row><table:table-cell table:style-name="{wide}" office:value-type="string"><text:p>{escape(heading)}</text:p></table:table-cell></table:table-row>']
        lines += ["<table:table-row><table:table-cell/></table:table-row>"]
        for cells in table.grid():
            lines.append(f'<table:table-row table:style-name="{row}">' + "".join(self._cell(c, table) for c in cells) + "</table:table-row>")
        lines += ["<table:table-row><table:table-cell/></table:table-row>"]
        for note in notes:
            lines.append(f'<table:table-row><table:table-cell table:style-name="{small}" office:value-type="string"><text:p>{escape(note)}</text:p></table:table-cell></table:table-row>')
        style = self.styles.name("S", '<style:style style:name="NAME" style:family="table" style:master-page-name="Wide"><style:table-properties table:display="true"/></style:style>')
        self.sheets.append(f'<table:table table:name="{escape(name)}" table:style-name="{style}">{columns}{"".join(lines)}</table:table>')

    def _column(self, width: float) -> str:
        return self.styles.name("C", f'<style:style style:name="NAME" style:family="table-column"><style:table-column-properties style:column-width="{width:.2f}cm"/></style:style>')

    def _cell_style(self, cell: Cell, size: float, font: str, lines: str) -> str:
        fill = f'fo:background-color="{cell.fill}"' if cell.fill else ""
        wrap = "" if lines == "none" else 'fo:wrap-option="wrap"'
        return self.styles.name(
            "X",
            '<style:style style:name="NAME" style:family="table-cell" style:parent-style-name="Default">'
            f'<style:table-cell-properties {fill} {borders(lines)} {wrap} style:vertical-align="middle" fo:padding="0.06cm"/>'
            f'<style:paragraph-properties fo:text-align="{cell.align}"/>{text_properties(cell, size, font)}</style:style>',
        )

    def _cell(self, cell: Cell | None, table: Table) -> str:
        if cell is None:
            return "<table:covered-table-cell/>"
        style = self._cell_style(cell, table.size, table.font, table.lines)
        paragraphs = "".join(f"<text:p>{line}</text:p>" for line in lines_of(cell.text)) if cell.text else ""
        kind = ' office:value-type="string"' if cell.text else ""
        return f'<table:table-cell table:style-name="{style}"{kind}{span_attributes(cell)}>{paragraphs}</table:table-cell>'

    def xml(self) -> str:
        """The whole workbook."""
        layout = (
            '<style:page-layout style:name="LW"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" '
            'style:print-orientation="landscape" fo:margin="1.2cm" style:scale-to-X="1" style:scale-to-Y="1" '
            'style:print="charts drawings objects zero-values" style:table-centering="horizontal"/></style:page-layout>'
        )
        empty = '<style:header style:display="false"/><style:footer style:display="false"/>'
        masters = f'<style:master-page style:name="Wide" style:page-layout-name="LW">{empty}</style:master-page>'
        body = "<office:spreadsheet>" + "".join(self.sheets) + "</office:spreadsheet>"
        return document("application/vnd.oasis.opendocument.spreadsheet", self.title, _STYLES, layout + self.styles.xml(), masters, body)
