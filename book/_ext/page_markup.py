"""Repairs of the theme's and its extensions' markup, for readers who use assistive software.

Each is something that axe-core finds on the untouched pages; the browser tests run it on all.
"""

import re

from finished_pages import on_finished_page

REPAIRS = [
    # The site's title stands outside every landmark: the side bar as a whole is navigation.
    (re.compile(r'(<div id="pst-primary-sidebar")'), r'\1 role="navigation" aria-label="Book"'),
    # A name that does not say what the button shows ("Search Ctrl+K") is lost on voice control
    # users.
    (re.compile(r'(<button class="btn search-button-field[^>]*?) aria-label="Search"'), r"\1"),
    # The same for collapsed cells, whose own text ("Show code cell output") is the better name.
    (re.compile(r'<summary aria-label="Toggle hidden content">'), "<summary>"),
    # The arrow that unfolds a part of the table of contents has no name at all.
    (
        re.compile(r'<summary>(?=<span class="toctree-toggle")'),
        '<summary aria-label="Pages of this section">',
    ),
    # A list whose items are no list items, and a role that its standard has withdrawn.
    (re.compile(r'<div role="list" class="citation-list">'), '<div class="citation-list">'),
    (re.compile(r'(<div class="citation"[^>]*?) role="doc-biblioentry"'), r"\1"),
    # In the list of modules with sources, submodules stand in a list of the list, not of an item.
    (re.compile(r"(?<=code is available</h1>).*?(?=</article>)", re.DOTALL), lambda m: flat(m[0])),
]


def flat(lists):
    """The items of all lists, in one."""
    items = re.findall(r"<li>.*?</li>", lists, re.DOTALL)
    return "\n<ul>" + "\n".join(items) + "</ul>\n"


def repaired(page):
    for found, replacement in REPAIRS:
        page = found.sub(replacement, page)
    return page


def setup(app):
    on_finished_page(app, repaired)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
