"""Word-processed papers (flat ODT): headings, prose, lists and tables, portrait and landscape."""

from __future__ import annotations

from xml.sax.saxutils import escape

from odf import Cell, Styles, Table, borders, document, lines_of, span_attributes, text_properties

FONT = "Liberation Sans"
_ARROWS = {
    "up": "M 5400 21600 L 5400 9000 0 9000 10800 0 21600 9000 16200 9000 16200 21600 Z N",
    "down": "M 5400 0 L 5400 12600 0 12600 10800 21600 21600 12600 16200 12600 16200 0 Z N",
    "flat": "M 0 5400 L 12600 5400 12600 0 21600 10800 12600 21600 12600 16200 0 16200 Z N",
}
_STYLES = f"""
<style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="2" fo:widows="2"/>
<style:text-properties fo:font-family="{FONT}" fo:font-size="11pt" fo:language="en" fo:country="GB"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Body" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:margin-bottom="0.25cm" fo:line-height="115%"/></style:style>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:default-outline-level="1" style:parent-style-name="Standard">
<style:paragraph-properties fo:margin-top="0.2cm" fo:margin-bottom="0.3cm" fo:keep-with-next="always"/>
<style:text-properties fo:font-size="17pt" fo:font-weight="bold" fo:color="#003087"/></style:style>
<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph" style:default-outline-level="2" style:parent-style-name="Standard">
<style:paragraph-properties fo:margin-top="0.3cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/>
<style:text-properties fo:font-size="12.5pt" fo:font-weight="bold" fo:color="#005EB8"/></style:style>
<style:style style:name="Title" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:margin-top="5cm" fo:margin-bottom="0.8cm"/>
<style:text-properties fo:font-size="28pt" fo:font-weight="bold" fo:color="#003087"/></style:style>
<style:style style:name="Subtitle" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:margin-bottom="0.4cm"/><style:text-properties fo:font-size="16pt" fo:color="#425563"/></style:style>
<style:style style:name="Small" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:margin-top="0.15cm" fo:margin-bottom="0.2cm"/><style:text-properties fo:font-size="8.5pt"/></style:style>
<style:style style:name="Footer" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="8pt" fo:color="#425563"/></style:style>
"""


def _layout(name: str, width: float, height: float, orientation: str) -> str:
    return (
        f'<style:page-layout style:name="{name}"><style:page-layout-properties fo:page-width="{width}cm" '
        f'fo:page-height="{height}cm" style:print-orientation="{orientation}" fo:margin="2cm" fo:margin-bottom="1.2cm"/>'
        '<style:footer-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.3cm"/></style:footer-style>'
        "</style:page-layout>"
    )


class Paper:
    """A document being written, top to bottom."""

    def __init__(self, title: str, footer: str) -> None:
        self.title, self.footer = title, footer
        self.styles, self.parts = Styles(), []
        self._turn = "Portrait"
        self._break = False

    def page(self, orientation: str = "Portrait") -> None:
        """What follows starts a new page of this orientation."""
        self._turn, self._break = orientation, True

    def _style(self, base: str) -> str:
        if not self._break:
            return base
        self._break = False
        level = f' style:default-outline-level="{base[-1]}"' if base.startswith("Heading") else ""
        return self.styles.name(
            "P",
            f'<style:style style:name="NAME" style:family="paragraph" style:parent-style-name="{base}"{level} '
            f'style:master-page-name="{self._turn}"><style:paragraph-properties style:page-number="auto"/></style:style>',
        )

    def heading(self, text: str, level: int = 1) -> None:
        """A heading, tagged as one."""
        self.parts.append(
            f'<text:h text:style-name="{self._style(f"Heading_20_{level}")}" text:outline-level="{level}">{escape(text)}</text:h>'
        )

    def say(self, text: str, style: str = "Body") -> None:
        """A paragraph."""
        self.parts.append(f'<text:p text:style-name="{self._style(style)}">{escape(text)}</text:p>')

    def points(self, *texts: str) -> None:
        """A bulleted list."""
        items = "".join(f'<text:list-item><text:p text:style-name="Body">{escape(t)}</text:p></text:list-item>' for t in texts)
        self.parts.append(f'<text:list text:style-name="Bullets">{items}</text:list>')

    def table(self, table: Table) -> None:
        """A table; its heading rows are printed again where it goes on over a page end."""
        width = sum(table.widths)
        name = self.styles.name(
            "T",
            f'<style:style style:name="NAME" style:family="table"><style:table-properties style:width="{width:.2f}cm" '
            'table:align="left" table:border-model="collapsing"/></style:style>',
        )
        columns = "".join(f'<table:table-column table:style-name="{self._column(w)}"/>' for w in table.widths)
        row_style = self.styles.name(
            "R",
            '<style:style style:name="NAME" style:family="table-row"><style:table-row-properties '
            f'fo:keep-together="{"auto" if table.split else "always"}"/></style:style>',
        )
        rows = [
            f'<table:table-row table:style-name="{row_style}">{"".join(self._cell(c, table, r < table.header_rows) for c in row)}</table:table-row>'
            for r, row in enumerate(table.grid())
        ]
        headed, body = "".join(rows[: table.header_rows]), "".join(rows[table.header_rows :])
        if headed:
            headed = f"<table:table-header-rows>{headed}</table:table-header-rows>"
        self.parts.append(f'<table:table table:style-name="{name}">{columns}{headed}{body}</table:table>')
        self.parts.append('<text:p text:style-name="Small"/>')

    def _column(self, width: float) -> str:
        return self.styles.name(
            "C",
            f'<style:style style:name="NAME" style:family="table-column"><style:table-column-properties style:column-width="{width:.2f}cm"/></style:style>',
        )

    def _cell(self, cell: Cell | None, table: Table, header: bool) -> str:
        if cell is None:
            return "<table:covered-table-cell/>"
        fill = f'fo:background-color="{cell.fill}"' if cell.fill else ""
        box = self.styles.name(
            "B",
            f'<style:style style:name="NAME" style:family="table-cell"><style:table-cell-properties {fill} {borders(table.lines)} '
            'fo:padding="0.08cm" style:vertical-align="middle"/></style:style>',
        )
        para = self.styles.name(
            "P",
            '<style:style style:name="NAME" style:family="paragraph" style:parent-style-name="Standard">'
            f'<style:paragraph-properties fo:text-align="{cell.align}"/>{text_properties(cell, table.size, table.font)}</style:style>',
        )
        kind = ' table:style-name="%s"%s' % (box, span_attributes(cell))
        inner = self._arrow(cell.arrow) if cell.arrow else None
        paragraphs = [inner] if inner else lines_of(cell.text)
        return f"<table:table-cell{kind}>" + "".join(f'<text:p text:style-name="{para}">{p}</text:p>' for p in paragraphs) + "</table:table-cell>"

    def _arrow(self, way: str) -> str:
        style = self.styles.name(
            "G",
            '<style:style style:name="NAME" style:family="graphic"><style:graphic-properties draw:fill="solid" draw:fill-color="#FFFFFF" '
            'svg:stroke-color="#000000" svg:stroke-width="0.02cm" style:vertical-pos="middle" style:vertical-rel="line"/></style:style>',
        )
        width, height = (0.45, 0.3) if way == "flat" else (0.3, 0.45)
        return (
            f'<draw:custom-shape text:anchor-type="as-char" draw:style-name="{style}" svg:width="{width}cm" svg:height="{height}cm">'
            f'<draw:enhanced-geometry svg:viewBox="0 0 21600 21600" draw:type="non-primitive" draw:enhanced-path="{_ARROWS[way]}"/></draw:custom-shape>'
        )

    def xml(self) -> str:
        """The whole document."""
        bullets = (
            '<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•">'
            '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment '
            'text:label-followed-by="listtab" fo:text-indent="-0.5cm" fo:margin-left="0.9cm"/></style:list-level-properties>'
            "</text:list-level-style-bullet></text:list-style>"
        )
        footer = f'<style:footer><text:p text:style-name="Footer">{escape(self.footer)}</text:p></style:footer>'
        layouts = _layout("LP", 21.0, 29.7, "portrait") + _layout("LL", 29.7, 21.0, "landscape")
        masters = "".join(
            f'<style:master-page style:name="{name}" style:page-layout-name="{layout}">{footer}</style:master-page>'
            for name, layout in (("Standard", "LP"), ("Portrait", "LP"), ("Landscape", "LL"))
        )
        body = "<office:text>" + "\n".join(self.parts) + "</office:text>"
        return document(
            "application/vnd.oasis.opendocument.text", self.title, _STYLES + bullets, layouts + self.styles.xml(), masters, body
        )
