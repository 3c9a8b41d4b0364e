"""Links that widgets show lead to pages of the book, not to notebooks.

A widget is written for a live notebook, where `nnlib.widgets` opens another notebook beside it. In
the book the same link goes to the built page, as a link in the text does.
"""

import re

from finished_pages import on_finished_page

# Once as it stands in a page, and once in the saved state of a widget, with its quotes escaped.
TO_SOURCE = re.compile(r'(nn-section\\?") target=\\?"_blank\\?" (href=\\?"[\w/]+)\.(?:ipynb|md)')


def lead_to_pages(page):
    return TO_SOURCE.sub(r"\1 \2.html", page)


def setup(app):
    on_finished_page(app, lead_to_pages)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
