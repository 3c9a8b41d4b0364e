"""Which scripts a page loads: no more than it uses, and none from another origin.

Sphinx adds the math script only to pages with formulas and MyST-NB the widget script only to pages
with widgets, both from `_static/vendor`. What is left is done here.
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

# Sphinx takes the formulas of a page's children in the table of contents for its own.
MATH_SCRIPT = re.compile(r'<script[^>]*src="[^"]*/mathjax/[^"]*"[^>]*></script>\s*')
FORMULAS = ('class="math', r"\(")

# The widgets ask for formulas in their labels by the name that MathJax 2 had.
MATH_CONFIG = re.compile(r"<script>window\.MathJax = .*?</script>")
MATH_FOR_WIDGETS = """
    <script>
      window.MathJax.startup = {
        ready() {
          MathJax.startup.defaultReady();
          MathJax.Hub = {Queue: ([, , element]) => MathJax.typesetPromise([element])};
        }
      };
    </script>"""


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


def without_idle_math_script(page):
    if any(mark in page for mark in FORMULAS):
        return page
    return MATH_CONFIG.sub("", MATH_SCRIPT.sub("", page))


def with_math_in_widgets(page):
    return MATH_CONFIG.sub(lambda found: found.group() + MATH_FOR_WIDGETS, page, count=1)


def setup(app):
    changes = (
        without_font_awesome_script,
        widget_state_last,
        without_idle_math_script,
        with_math_in_widgets,
    )
    for change in changes:
        on_finished_page(app, change)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
