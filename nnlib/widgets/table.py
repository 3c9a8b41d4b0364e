"""A table that sorts by one of its columns, also in a saved page with no kernel."""

from __future__ import annotations

import html

import ipywidgets

from nnlib.widgets._parts import Card, paragraph, row
from nnlib.widgets._stack import choose
from nnlib.widgets.frame import html_widget

# Contained: the table scrolls in its box and does not stretch a narrow page.
SCROLLS = "width:100%;overflow-x:auto;contain:inline-size"


class SortableTable(Card):
    """Rows under column heads, and a control that sorts them.

    Parameters
    ----------
    columns : sequence of str
    rows : sequence of sequence
        The cells: text, numbers, or None where there is nothing to say.
    sort_by : sequence of str, optional
        The columns to sort by; all of them without it. The rows come first as they are given.
    name : str
        The title above the control.

    Raises
    ------
    ValueError
        If a row has not as many cells as there are columns, or `sort_by` names an unknown one.
    """

    def __init__(self, columns, rows, sort_by=None, name="Table"):
        self.columns, self.rows = tuple(columns), [tuple(cells) for cells in rows]
        sort_by = self.columns if sort_by is None else tuple(sort_by)
        for cells in self.rows:
            if len(cells) != len(self.columns):
                raise ValueError(
                    f"SortableTable expected {len(self.columns)} cells a row, got {cells!r}"
                )
        for column in sort_by:
            if column not in self.columns:
                raise ValueError(
                    f"SortableTable expected columns out of {', '.join(self.columns)}, "
                    f"got {column!r}"
                )
        options = ["as listed", *sort_by]
        self.control = ipywidgets.ToggleButtons(
            options=options, index=0, description="Sort by",
            style={"description_width": "initial", "button_width": "auto"},
            layout=ipywidgets.Layout(width="auto", margin="2px 16px 2px 0"),
        )
        self.control.add_class("nn-control")
        views = [html_widget(self.markup(None, name))]
        views += [html_widget(self.markup(column, name)) for column in sort_by]
        super().__init__(
            [paragraph(name, "nn-title", style=True), row([self.control], "nn-controls"),
             choose(views, [(self.control, len(views))])],
            css_class="nn-sortable",
            summary=f"{len(self.rows)} rows, {len(self.columns)} columns",
        )

    def sorted_by(self, column):
        """Return the rows by the cells of `column` (None: as given); empty cells come last."""
        if column is None:
            return list(self.rows)
        place = self.columns.index(column)
        filled = [cells for cells in self.rows if cells[place] is not None]
        empty = [cells for cells in self.rows if cells[place] is None]
        return sorted(filled, key=lambda cells: _key(cells[place])) + empty

    def markup(self, column, name) -> str:
        """Return the HTML of the table, sorted by `column`."""
        order = ' aria-sort="ascending"'
        heads = "".join(
            f'<th scope="col"{order if head == column else ""}>{html.escape(head)}'
            f"{' ▲' if head == column else ''}</th>" for head in self.columns
        )
        body = "".join(
            f'<tr><th scope="row">{_text(cells[0])}</th>'
            + "".join(f"<td>{_text(cell)}</td>" for cell in cells[1:]) + "</tr>"
            for cells in self.sorted_by(column)
        )
        return (
            f'<div class="nn-table" style="{SCROLLS}" role="region" tabindex="0" '
            f'aria-label="{html.escape(name)}"><table class="table" style="min-width:36em">'
            f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
        )


def _key(cell):
    return cell.lower() if isinstance(cell, str) else cell


def _text(cell):
    if cell is None:
        return "–"
    return html.escape(cell) if isinstance(cell, str) else f"{cell:g}"
