"""Tables and styles in flat OpenDocument XML: what the three kinds of document have in common."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "presentation": "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
        "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
    }.items()
)


@dataclass(frozen=True)
class Cell:
    """One cell as it is to look. `arrow` is drawn as a small shape in place of text."""

    text: str = ""
    fill: str | None = None
    colour: str = "#000000"
    bold: bool = False
    align: str = "start"
    cols: int = 1
    rows: int = 1
    arrow: str | None = None


@dataclass
class Table:
    """Rows of cells; positions that a merged cell covers are left out of `rows`."""

    widths: list[float]
    rows: list[list[Cell]]
    header_rows: int = 1
    size: float = 9.0
    font: str = "Liberation Sans"
    lines: str = "all"
    """`all`, `horizontal` or `none`."""
    heights: float | None = None
    split: bool = True

    def grid(self) -> list[list[Cell | None]]:
        """Every position: a cell, or None where a merged one covers it."""
        n = len(self.widths)
        full: list[list[Cell | None]] = []
        covered: set[tuple[int, int]] = set()
        for r, cells in enumerate(self.rows):
            line: list[Cell | None] = []
            rest = iter(cells)
            for c in range(n):
                if (r, c) in covered:
                    line.append(None)
                    continue
                cell = next(rest)
                covered |= {(r + i, c + j) for i in range(cell.rows) for j in range(cell.cols)}
                line.append(cell)
            left = list(rest)
            if left:
                raise ValueError(f"row {r} has {len(left)} cells too many: {left[0].text!r}")
            full.append(line)
        return full


def head(text: str, **how: object) -> Cell:
    """A heading cell: white on NHS blue."""
    return replace(Cell(text, fill="#005EB8", colour="#FFFFFF", bold=True, align="center"), **how)  # type: ignore[arg-type]


@dataclass
class Styles:
    """Automatic styles, each made once."""

    made: dict[str, str] = field(default_factory=dict)

    def name(self, prefix: str, xml: str) -> str:
        """The name of the style whose XML is `xml`, in which NAME stands for that name."""
        if xml not in self.made:
            self.made[xml] = f"{prefix}{len(self.made) + 1}"
        return self.made[xml]

    def xml(self) -> str:
        """All of them."""
        return "\n".join(xml.replace("NAME", name) for xml, name in self.made.items())


def borders(lines: str) -> str:
    """The border attributes of a cell."""
    thin = "0.5pt solid #404040"
    if lines == "all":
        return f'fo:border="{thin}"'
    if lines == "horizontal":
        return f'fo:border-left="none" fo:border-right="none" fo:border-top="{thin}" fo:border-bottom="{thin}"'
    return 'fo:border="none"'


def text_properties(cell: Cell, size: float, font: str) -> str:
    """The character attributes of a cell."""
    weight = "bold" if cell.bold else "normal"
    return (
        f'<style:text-properties fo:font-size="{size}pt" fo:font-weight="{weight}" fo:color="{cell.colour}" '
        f'fo:font-family="{font}" style:font-family-asian="{font}" style:font-family-complex="{font}" '
        f'style:font-size-asian="{size}pt" style:font-size-complex="{size}pt"/>'
    )


def lines_of(text: str) -> list[str]:
    """A text's paragraphs, escaped."""
    return [escape(line) for line in text.split("\n")]


def span_attributes(cell: Cell) -> str:
    """How far a cell is merged."""
    out = ""
    if cell.cols > 1:
        out += f' table:number-columns-spanned="{cell.cols}"'
    if cell.rows > 1:
        out += f' table:number-rows-spanned="{cell.rows}"'
    return out


def document(mimetype: str, title: str, styles: str, automatic: str, masters: str, body: str) -> str:
    """A whole flat document."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {NAMESPACES} office:version="1.3" office:mimetype={quoteattr(mimetype)}>
<office:meta><dc:title>{escape(title)}</dc:title><dc:creator>Board secretariat</dc:creator></office:meta>
<office:styles>{styles}</office:styles>
<office:automatic-styles>{automatic}</office:automatic-styles>
<office:master-styles>{masters}</office:master-styles>
<office:body>{body}</office:body>
</office:document>
"""
