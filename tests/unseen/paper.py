"""A board paper of an invented organisation: running header, meeting, tables between paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from tests.office.flat_odf import C, Flat, Table, text_document

GREEN, AMBER, RED, BLUE = "#00b050", "#ffc000", "#ff0000", "#0070c0"
NAVY, GREY, PALE, TEAL = "#003087", "#d9d9d9", "#e8edee", "#b7dee8"

Rows = list[list[C | str]]


@dataclass(frozen=True)
class Paper:
    """What stands on the pages, from the top down: texts are paragraphs."""

    organisation: str
    meeting: str
    title: str
    parts: tuple[str | Table, ...]
    landscape: bool = False

    def source(self) -> str:
        """The paper as flat OpenDocument text."""
        flat = Flat()
        flat.paragraph(self.organisation, 15, bold=True)
        flat.paragraph(self.meeting, 11)
        flat.paragraph(self.title, 14, bold=True, outline=1)
        for part in self.parts:
            if isinstance(part, Table):
                flat.body.append(flat.table(part))
                flat.paragraph("")
            else:
                bold = part.startswith("# ")
                flat.paragraph(part.removeprefix("# "), 11 if bold else 10, bold=bold)
        return text_document(flat, landscape=self.landscape, header=self.organisation, footer="Page ")


def right(text: str, *, bold: bool = False, fill: str | None = None) -> C:
    """A figure."""
    return C(text, align="end", bold=bold, fill=fill)


def band(text: str, cols: int, fill: str = PALE) -> C:
    """A heading across the table."""
    return C(text, cols=cols, bold=True, fill=fill)
