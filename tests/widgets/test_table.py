"""The table that sorts by its columns."""

import pytest

from nnlib.widgets import SortableTable

COLUMNS = ("name", "size", "note")
ROWS = (("b", 2.5, "x"), ("A", None, "<y>"), ("c", 1.0, "x"))


def names(rows):
    return [cells[0] for cells in rows]


def test_rows_are_sorted_and_empty_cells_come_last():
    table = SortableTable(COLUMNS, ROWS)
    assert names(table.sorted_by(None)) == ["b", "A", "c"]
    assert names(table.sorted_by("name")) == ["A", "b", "c"]
    assert names(table.sorted_by("size")) == ["c", "b", "A"]
    assert names(table.sorted_by("note")) == ["A", "b", "c"]          # equal cells keep their order


def test_what_is_shown_is_a_table_that_says_how_it_is_sorted():
    table = SortableTable(COLUMNS, ROWS, sort_by=("size",), name="Sizes")
    assert table.control.options == ("as listed", "size")
    shown = table.markup("size", "Sizes")
    assert shown.count("<tr>") == 4
    assert shown.count('aria-sort="ascending"') == 1
    assert shown.index("2.5") > shown.index(">1<")
    assert "&lt;y&gt;" in shown
    assert "–" in shown
    assert "aria-sort" not in table.markup(None, "Sizes")


def test_the_control_picks_the_view():
    table = SortableTable(COLUMNS, ROWS, sort_by=("name", "size"))
    stack = table.children[-1]
    assert stack.selected_index == table.control.index == 0
    assert [view.value for view in stack.children] == [
        table.markup(column, "Table") for column in (None, "name", "size")]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [((COLUMNS, [("a", 1)]), "3 cells a row"), ((COLUMNS, ROWS, ("weight",)), "got 'weight'")],
)
def test_what_it_refuses(arguments, words):
    with pytest.raises(ValueError, match=words):
        SortableTable(*arguments)
