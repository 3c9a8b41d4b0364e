"""Which scripts a page loads: no more than it uses, and none from another origin.

MyST-NB adds the widget script only to pages with widgets, from `_static/vendor`; formulas need none
(formulas.py). What is left is done here.
"""

import re

from finished_pages import on_finished_page

# The theme's Font Awesome script (530 KB compressed, on every page) replaces each icon by an SVG,
# which breaks the icons of the Play widget; without it the icons come from the theme's style sheet
# and fonts.
FONT_AWESOME = re.compile(r'<(script|link)[^>]*scripts/fontawesome\.js[^>]*>(</script>)?\s*')

WIDGET_STATE = re.compile(
    r'<script type="application/vnd\.jupyter\.widget-state\+json">.*?</script>\s*', re.DOTALL
)


def without_font_awesome_script(page):
    return FONT_AWESOME.sub("", page)


def widget_state_last(page):
    """Move the widgets' state from the head to the end: the text need not wait for it."""
    found = WIDGET_STATE.search(page)
    if found is None:
        return page
    page = page[: found.start()] + page[found.end() :]
    body, end = page[: page.rindex("</body>")], page[page.rindex("</body>") :]
    return f"{body}{found.group().strip()}\n{end}"


def setup(app):
    changes = (
        without_font_awesome_script,
        widget_state_last,
    )
    for change in changes:
        on_finished_page(app, change)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
