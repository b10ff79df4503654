"""Makes `signs-in-a-sheet.pdf` and `signs-on-a-slide.pdf` beside this file (needs LibreOffice):
`python -m tests.reader.make_signs`. Icons of a spreadsheet's conditional formats, headings that slant, shapes and
lines with heads. Every measure and figure is invented.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from tests.office.flat_odf import C, Flat, Table, placed, slides

HERE = Path(__file__).parent
MEASURES = ["Waits under four hours", "Ambulance handovers", "Beds occupied", "Staff turnover", "Complaints answered"]
MONTHS = ["April 2024", "May 2024", "June 2024"]
FIGURES = [[71, 74, 78], [64, 61, 60], [93, 93, 93], [11, 12, 9], [80, 75, 70]]
TRENDS = [3, 1, 2, 3, 1]
RATINGS = [2, 1, 3, 3, 1]
NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {"office": "office", "style": "style", "text": "text", "table": "table",
                         "fo": "xsl-fo-compatible"}.items()
) + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'  # fmt: skip


def icons(column: str, kind: str) -> str:
    entries = "".join(f'<calcext:formatting-entry calcext:value="{n}" calcext:type="number"/>' for n in (0, 2, 3))
    return (
        f'<calcext:conditional-format calcext:target-range-address="Sheet.{column}2:Sheet.{column}6">'
        f'<calcext:icon-set calcext:icon-set-type="{kind}" calcext:show-value="false">{entries}</calcext:icon-set>'
        "</calcext:conditional-format>"
    )


def sheet() -> str:
    def cell(value: object, style: str = "body") -> str:
        kind = f'office:value-type="float" office:value="{value}"' if isinstance(value, int) else (
            'office:value-type="string"')  # fmt: skip
        return f'<table:table-cell table:style-name="{style}" {kind}><text:p>{value}</text:p></table:table-cell>'

    head = cell("Measure") + "".join(cell(month, "slant") for month in MONTHS) + cell("Trend") + cell("RAG")
    rows = [f'<table:table-row table:style-name="tall">{head}</table:table-row>']
    for name, figures, trend, rating in zip(MEASURES, FIGURES, TRENDS, RATINGS, strict=True):
        cells = "".join(cell(value) for value in (name, *figures, trend, rating))
        rows.append(f"<table:table-row>{cells}</table:table-row>")
    border = 'fo:border="0.5pt solid #808080"'
    font = '<style:text-properties fo:font-family="Liberation Sans" fo:font-size="9pt"/>'
    styles = (
        f'<style:style style:name="body" style:family="table-cell"><style:table-cell-properties {border}/>{font}'
        "</style:style>"
        f'<style:style style:name="slant" style:family="table-cell"><style:table-cell-properties {border}'
        f' style:rotation-angle="60" style:rotation-align="bottom"/>{font}</style:style>'
        '<style:style style:name="tall" style:family="table-row"><style:table-row-properties'
        ' style:row-height="2.4cm" style:use-optimal-row-height="false"/></style:style>'
        '<style:style style:name="wide" style:family="table-column"><style:table-column-properties'
        ' style:column-width="5cm"/></style:style>'
        '<style:style style:name="narrow" style:family="table-column"><style:table-column-properties'
        ' style:column-width="1.6cm"/></style:style>'
    )
    columns = '<table:table-column table:style-name="wide"/>' + '<table:table-column table:style-name="narrow"/>' * 5
    formats = f"<calcext:conditional-formats>{icons('E', '3Arrows')}{icons('F', '3TrafficLights1')}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="Sheet">{columns}{"".join(rows)}{formats}</calcext:conditional-formats></table:table>'
        "</office:spreadsheet></office:body></office:document>"
    )


SHAPES = {"up": "M 2 13 L 2 6 0 6 5 0 10 6 8 6 8 13 Z N", "down": "M 2 0 L 2 7 0 7 5 13 10 7 8 7 8 0 Z N",
          "flat": "M 0 3 L 7 3 7 0 13 5 7 10 7 7 0 7 Z N"}  # fmt: skip


def shape(flat: Flat, x: float, y: float, trend: str, fill: str) -> str:
    """A block arrow, filled, with a black outline."""
    style = flat.style(
        "graphic",
        f'<style:graphic-properties draw:stroke="solid" svg:stroke-width="0.02cm" svg:stroke-color="#000000"'
        f' draw:fill="solid" draw:fill-color="{fill}"/>',
    )
    wide, high = (0.65, 0.5) if trend == "flat" else (0.5, 0.65)
    box = "0 0 13 10" if trend == "flat" else "0 0 10 13"
    return (
        f'<draw:custom-shape draw:style-name="{style}" svg:x="{x}cm" svg:y="{y}cm" svg:width="{wide}cm"'
        f' svg:height="{high}cm"><draw:enhanced-geometry svg:viewBox="{box}" draw:type="non-primitive"'
        f' draw:enhanced-path="{SHAPES[trend]}"/></draw:custom-shape>'
    )


def arrow(flat: Flat, x1: float, y1: float, x2: float, y2: float) -> str:
    """A line with a head at its end."""
    style = flat.style(
        "graphic",
        '<style:graphic-properties draw:stroke="solid" svg:stroke-width="0.05cm" svg:stroke-color="#000000"'
        ' draw:marker-end="Arrow" draw:marker-end-width="0.25cm"/>',
    )
    return f'<draw:line draw:style-name="{style}" svg:x1="{x1}cm" svg:y1="{y1}cm" svg:x2="{x2}cm" svg:y2="{y2}cm"/>'


def slide() -> str:
    flat = Flat()
    rows: list[list[C | str]] = [["Measure", "Now", "Shape", "Line"]]
    rows += [[name, str(figures[-1]), "", ""] for name, figures in zip(MEASURES, FIGURES, strict=True)]
    table = Table([9.0, 3.0, 3.0, 3.0], rows, size=14, header_rows=0)
    things = [placed(flat, flat.table(table), 1.2, 2.0, 18.0, 7.2)]
    lines = {"up": (0.0, 0.5, 0.0, 0.0), "down": (0.0, 0.0, 0.0, 0.5), "flat": (0.0, 0.25, 0.6, 0.25)}
    for row, trend in enumerate(TRENDS):
        said = {3: "up", 2: "flat", 1: "down"}[trend]
        y = 2.0 + 1.2 * (row + 1) + 0.3
        things.append(shape(flat, 14.4, y, said, "#ffffff" if row % 2 else "#92d050"))
        x1, y1, x2, y2 = lines[said]
        things.append(arrow(flat, 17.4 + x1, y + y1, 17.4 + x2, y + y2))
    marker = '<draw:marker draw:name="Arrow" svg:viewBox="0 0 20 30" svg:d="M10 0L0 30H20Z"/>'
    return slides(flat, [things]).replace(
        "<office:automatic-styles>", f"<office:styles>{marker}</office:styles><office:automatic-styles>", 1
    )


def main() -> None:
    for name, source, suffix in (("signs-in-a-sheet", sheet(), "fods"), ("signs-on-a-slide", slide(), "fodp")):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            (place / f"{name}.{suffix}").write_text(source, encoding="utf-8")
            subprocess.run(
                ["soffice", f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to", "pdf",
                 "--outdir", str(HERE), str(place / f"{name}.{suffix}")],
                check=True, capture_output=True, timeout=180,
            )  # fmt: skip


if __name__ == "__main__":
    main()
