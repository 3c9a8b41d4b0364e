"""Which scripts a page loads: no more than it uses, and none from another origin.

MyST-NB adds the widget script only to pages with widgets, from `_static/vendor`; formulas need none
(formulas.py). What is left is done here.
"""

import json
import re

from finished_pages import on_finished_page

# The theme's Font Awesome script (530 KB compressed, on every page) replaces each icon by an SVG,
# which breaks the icons of the Play widget; without it the icons come from the theme's style sheet
# and fonts.
FONT_AWESOME = re.compile(r'<(script|link)[^>]*scripts/fontawesome\.js[^>]*>(</script>)?\s*')

WIDGET_STATE = re.compile(
    r'(<script type="application/vnd\.jupyter\.widget-state\+json">)(.*?)(</script>)\s*', re.DOTALL
)
MODEL_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")


def without_font_awesome_script(page):
    return FONT_AWESOME.sub("", page)


def widget_state_last(page):
    """Move the widgets' state from the head to the end: the text need not wait for it."""
    found = WIDGET_STATE.search(page)
    if found is None:
        return page
    page = page[: found.start()] + page[found.end() :]
    body, end = page[: page.rindex("</body>")], page[page.rindex("</body>") :]
    opening, state, closing = found.groups()
    state, numbers = compact(state)
    page = f"{body}{opening}{state}{closing}\n{end}"
    return MODEL_ID.sub(lambda found: numbers.get(found.group(), found.group()), page)


def compact(state):
    """The same state in fewer bytes; once numbered, the same widgets are the same bytes.

    A layout says only what is set in it; what is alike stands together, which compresses better
    than the order of the random ids. Also returned: a number for each id, to stand in its place.
    """
    state = json.loads(state)
    for model in state["state"].values():
        if model["model_name"] == "LayoutModel":
            model["state"] = {k: value for k, value in model["state"].items() if value is not None}
    models = sorted(state["state"].items(), key=lambda item: MODEL_ID.sub("", json.dumps(item[1])))
    state["state"] = dict(models)
    # "<" cannot stand in a script as it is: "</script>" in a text would end it.
    text = json.dumps(state, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")
    return text, {model_id: f"w{number}" for number, (model_id, _) in enumerate(models)}


def add_scripts(app, pagename, templatename, context, doctree):
    """A script that few pages need is loaded by these only."""
    if "nn-rubric" in context.get("body", ""):
        app.add_js_file("rubric.js", loading_method="defer", priority=910)  # after progress.js


def setup(app):
    app.connect("html-page-context", add_scripts)
    changes = (
        without_font_awesome_script,
        widget_state_last,
    )
    for change in changes:
        on_finished_page(app, change)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
