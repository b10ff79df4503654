"""Slides (flat ODP): a title, tables placed on the slide, text boxes."""

from __future__ import annotations

from odf import Cell, Styles, Table, borders, document, lines_of, span_attributes, text_properties

WIDTH, HEIGHT = 33.87, 19.05


class Deck:
    """Slides in order."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.styles = Styles()
        self.pages: list[list[str]] = []

    def slide(self, title: str) -> None:
        """A new slide with its title."""
        self.pages.append([])
        self.text(title, 1.2, 0.7, WIDTH - 2.4, size=26, bold=True, colour="#005EB8")

    def text(self, text: str, x: float, y: float, width: float, *, size: float = 12, bold: bool = False, colour: str = "#000000") -> None:
        """A text box; each line of `text` is a paragraph."""
        box = self.styles.name(
            "G",
            '<style:style style:name="NAME" style:family="graphic"><style:graphic-properties draw:stroke="none" draw:fill="none" '
            'draw:auto-grow-height="true" fo:padding="0cm" fo:wrap-option="wrap"/></style:style>',
        )
        para = self._paragraph(Cell(bold=bold, colour=colour), size, "Liberation Sans")
        inner = "".join(f'<text:p text:style-name="{para[0]}"><text:span text:style-name="{para[1]}">{line}</text:span></text:p>' for line in lines_of(text))
        self.pages[-1].append(
            f'<draw:frame draw:style-name="{box}" svg:x="{x}cm" svg:y="{y}cm" svg:width="{width}cm" svg:height="0.8cm">'
            f"<draw:text-box>{inner}</draw:text-box></draw:frame>"
        )

    def table(self, table: Table, x: float, y: float) -> None:
        """A table with its top left corner at (x, y) cm."""
        columns = "".join(
            '<table:table-column table:style-name="%s"/>'
            % self.styles.name("C", f'<style:style style:name="NAME" style:family="table-column"><style:table-column-properties style:column-width="{w:.2f}cm"/></style:style>')
            for w in table.widths
        )
        height = table.heights or 0.6
        row = self.styles.name("R", f'<style:style style:name="NAME" style:family="table-row"><style:table-row-properties style:row-height="{height}cm"/></style:style>')
        rows = "".join(
            f'<table:table-row table:style-name="{row}">' + "".join(self._cell(c, table) for c in cells) + "</table:table-row>"
            for cells in table.grid()
        )
        self.pages[-1].append(
            f'<draw:frame svg:x="{x}cm" svg:y="{y}cm" svg:width="{sum(table.widths):.2f}cm" svg:height="{height * len(table.rows):.2f}cm">'
            f"<table:table>{columns}{rows}</table:table></draw:frame>"
        )

    def _paragraph(self, cell: Cell, size: float, font: str) -> tuple[str, str]:
        para = self.styles.name("P", f'<style:style style:name="NAME" style:family="paragraph"><style:paragraph-properties fo:text-align="{cell.align}"/></style:style>')
        span = self.styles.name("F", f'<style:style style:name="NAME" style:family="text">{text_properties(cell, size, font)}</style:style>')
        return para, span

    def _cell(self, cell: Cell | None, table: Table) -> str:
        if cell is None:
            return "<table:covered-table-cell/>"
        fill = f'draw:fill="solid" draw:fill-color="{cell.fill}"' if cell.fill else 'draw:fill="none"'
        style = self.styles.name(
            "X",
            f'<style:style style:name="NAME" style:family="table-cell"><loext:graphic-properties {fill} draw:textarea-vertical-align="middle" '
            'fo:padding-top="0.06cm" fo:padding-bottom="0.06cm" fo:padding-left="0.12cm" fo:padding-right="0.12cm"/>'
            f"<style:paragraph-properties {borders(table.lines)}/></style:style>",
        )
        para, span = self._paragraph(cell, table.size, table.font)
        inner = "".join(f'<text:p text:style-name="{para}"><text:span text:style-name="{span}">{line}</text:span></text:p>' for line in lines_of(cell.text))
        return f'<table:table-cell table:style-name="{style}"{span_attributes(cell)}>{inner}</table:table-cell>'

    def xml(self) -> str:
        """The whole deck."""
        layout = (
            f'<style:page-layout style:name="LS"><style:page-layout-properties fo:page-width="{WIDTH}cm" fo:page-height="{HEIGHT}cm" '
            'style:print-orientation="landscape" fo:margin="0cm"/></style:page-layout>'
        )
        masters = '<style:master-page style:name="Plain" style:page-layout-name="LS"/>'
        pages = "".join(
            f'<draw:page draw:name="Slide {n}" draw:master-page-name="Plain">{"".join(parts)}</draw:page>' for n, parts in enumerate(self.pages, 1)
        )
        return document(
            "application/vnd.oasis.opendocument.presentation",
            self.title,
            "",
            layout + self.styles.xml(),
            masters,
            f"<office:presentation>{pages}</office:presentation>",
        )
