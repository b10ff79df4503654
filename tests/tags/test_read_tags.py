from __future__ import annotations

from pathlib import Path

import pypdfium2

from extractors.tags import read_tags
from schemas.page import TagCell, TagTable
from tests.tags.tagged_pdf import E, tagged_pdf

OFFICE = Path(__file__).parents[1] / "office"


def tags_of(data: bytes | Path, page: int = 1) -> tuple[TagTable, ...]:
    document = pypdfium2.PdfDocument(data)
    opened = document[page - 1]
    return read_tags(opened.raw)


def td(mcid: int, attributes: str = "", page: int = 0) -> E:
    return E("TD", [E("P", [(page, mcid)])], attributes)


def test_an_untagged_page_has_none() -> None:
    assert tags_of(OFFICE / "rag-dashboard.pdf") == ()


def test_spans_and_headings_of_an_office_table() -> None:
    (table,) = tags_of(OFFICE / "rag-dashboard-tagged.pdf")

    assert (table.n_rows, table.n_cols) == (7, 8)
    spans = {(cell.row, cell.col): (cell.row_span, cell.col_span) for cell in table.cells}
    assert spans[0, 0] == (2, 1)
    assert spans[0, 2] == (1, 3)
    assert spans[0, 5] == (1, 2)
    assert spans[1, 2] == (1, 1)
    assert {cell.row for cell in table.cells if cell.header} == {0, 1}


def test_the_parts_of_a_table_on_two_pages_are_one_element() -> None:
    path = OFFICE / "action-log-tagged.pdf"
    (upper,), (lower,) = tags_of(path), tags_of(path, 2)

    assert upper.element_id == lower.element_id
    assert upper.first_row <= upper.last_row < lower.first_row


def test_a_row_cut_by_the_page_end_is_in_both_parts() -> None:
    path = OFFICE / "action-log-split-rows-tagged.pdf"
    upper, lower = tags_of(path, 2)[0], tags_of(path, 3)[0]

    assert upper.last_row == lower.first_row


def test_a_cell_without_content_keeps_its_place() -> None:
    tree = [E("Table", [E("TR", [td(0), E("TD"), td(1)]), E("TR", [td(2), td(3), td(4)])])]

    (table,) = tags_of(tagged_pdf(tree, [5]))

    assert [(cell.row, cell.col, cell.mcids) for cell in table.cells] == [
        (0, 0, (0,)),
        (0, 2, (1,)),
        (1, 0, (2,)),
        (1, 1, (3,)),
        (1, 2, (4,)),
    ]


def test_cells_beside_a_merged_one_are_pushed_right() -> None:
    tree = [E("Table", [E("TR", [td(0, "/RowSpan 2"), td(1)]), E("TR", [td(2)])])]

    (table,) = tags_of(tagged_pdf(tree, [3]))

    assert [(cell.row, cell.col) for cell in table.cells] == [(0, 0), (0, 1), (1, 1)]


def test_row_groups_are_looked_into_and_their_head_is_a_heading() -> None:
    tree = [
        E(
            "Table",
            [
                E("THead", [E("TR", [td(0), td(1)])]),
                E("TBody", [E("TR", [td(2), td(3)])]),
                E("TFoot", [E("TR", [td(4), td(5)])]),
            ],
        )
    ]

    (table,) = tags_of(tagged_pdf(tree, [6]))

    assert table.n_rows == 3
    assert [cell.header for cell in table.cells] == [True, True, False, False, False, False]


def test_a_table_inside_a_cell_is_a_table_too() -> None:
    inner = E("Table", [E("TR", [td(1), td(2)])])
    tree = [E("Sect", [E("Table", [E("TR", [td(0), E("TD", [inner])])])])]

    outer, nested = tags_of(tagged_pdf(tree, [3]))

    assert outer.cells[1] == TagCell(0, 1, 1, 1, False, (1, 2))
    assert [cell.mcids for cell in nested.cells] == [(1,), (2,)]
    assert outer.element_id != nested.element_id


def test_a_role_map_names_tables_in_another_language() -> None:
    tree = [E("Tabelle", [E("Zeile", [E("Zelle", [(0, 0)]), E("Zelle", [(0, 1)])])])]

    (table,) = tags_of(tagged_pdf(tree, [2], "/Tabelle/Table/Zeile/TR/Zelle/TD"))

    assert (table.n_rows, table.n_cols) == (1, 2)


def test_content_of_other_pages_is_left_out() -> None:
    tree = [E("Table", [E("TR", [td(0), td(1)]), E("TR", [td(0, page=1), td(1, page=1)])])]
    data = tagged_pdf(tree, [2, 2])

    (upper,), (lower,) = tags_of(data), tags_of(data, 2)

    assert (upper.n_rows, lower.n_rows) == (1, 1)
    assert upper.element_id == lower.element_id
    assert upper.first_row < lower.first_row


def test_absurd_spans_are_held_within_bounds() -> None:
    tree = [
        E(
            "Table",
            [E("TR", [td(0, "/ColSpan 500/RowSpan -5"), td(1, "/ColSpan 2000000000"), td(2, "/ColSpan(x)")])],
        )
    ]

    (table,) = tags_of(tagged_pdf(tree, [3]))

    assert [(cell.col, cell.row_span, cell.col_span) for cell in table.cells] == [
        (0, 1, 200),
        (200, 1, 1),
        (201, 1, 1),
    ]


def test_a_tree_too_deep_or_too_large_gives_none_and_no_crash() -> None:
    deep = E("Table", [E("TR", [td(0), td(1)])])
    for _ in range(300):
        deep = E("Div", [deep])
    assert tags_of(tagged_pdf([deep], [2])) == ()

    wide = E("Table", [E("TR", [td(0), td(1)]), *[E("TR")] * 210_000])
    assert tags_of(tagged_pdf([wide], [2])) == ()
