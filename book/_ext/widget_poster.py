"""What stands where a widget will be: a still of it without JavaScript, and room for it with.

A widget reaches a page as a reference to models whose state is stored in the same page. For each
one, this extension walks the models and writes, in front of the reference, a `<noscript>` still:
the picture of the default setting, the options of each control, questions with their feedback
folded away. Around both it puts a slot that is as tall as the widget will be, so that the text
below does not jump when the widget appears.
"""

import html
import json
import re

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector

VIEW = '<script type="application/vnd.jupyter.widget-view+json">'
NOTE = "With JavaScript on, this responds; shown is what it starts with."
OWN_SCRIPTS = {"score.js": "nn-score-box", "placement.js": "nn-placement"}
PICTURE = re.compile(r'<img[^>]* width="(\d+)" height="(\d+)"')

# Heights in pixels of what a widget is made of, as the style sheet draws it, and how many
# characters fit into a line where the page is wide and where it is as narrow as a phone.
CARD, TITLE, LINE, CONTROLS, PLAYER, OPTION, GAP, QUESTION = 37, 33, 23, 72, 50, 44, 6, 25
LETTER, STEP, NOTES, ROWS = 38, 34, 36, 43
WIDE, NARROW = 68, 30
PHONE = 300  # pixels across a widget, inside


class Models:
    """The saved widget models of a page."""

    def __init__(self, saved):
        self.states = {key: model["state"] for key, model in saved["state"].items()}
        self.names = {key: model["model_name"] for key, model in saved["state"].items()}

    def __contains__(self, key):
        return key in self.states

    def children(self, key):
        return [child.removeprefix("IPY_MODEL_") for child in self.states[key].get("children", [])]

    def classes(self, key):
        return self.states[key].get("_dom_classes", [])


ROW = re.compile(r"<dt>(.*?)</dt><dd>(.*?)</dd>")


def lines(widths, gap=16):
    """How many lines things of these widths, in pixels, take in a narrow page."""
    count, used = 0, PHONE + 1
    for width in widths:
        if used + gap + width > PHONE:
            count, used = count + 1, width
        else:
            used += gap + width
    return count


def rows_height(rows):
    """The height of pairs of a term and a value in a narrow page."""
    widths = [min(PHONE, max(7.2 * len(term), 8.6 * len(value))) for term, value in rows]
    wrapped = sum(int(8.6 * len(value) // PHONE) for _, value in rows)
    return ROWS * lines(widths) + LINE * wrapped


def control_width(state):
    """The width of a control, in pixels."""
    options = state.get("_options_labels") or [""]
    if "button_style" in state:
        return sum(max(44, 24 + 8.5 * len(option)) for option in options)
    return max(136, 46 + 8 * max(map(len, options)))


class Room:
    """The height that a widget needs apart from its pictures, in a wide and in a narrow page."""

    def __init__(self):
        self.wide = self.narrow = 0
        self.rows = 0  # of the rows that stand beneath a picture where it is narrow
        self.panel = 0  # of one of two panels
        self.pictures = []

    def add(self, height, text=""):
        """Add a part, and the lines that its text needs beyond the first."""
        self.wide += height + LINE * (len(text) // WIDE)
        self.narrow += height + LINE * (len(text) // NARROW)

    def style(self):
        """Return what the style sheet's rules for a slot read."""
        width, height = max(self.pictures, default=(1, 0))
        return (
            f"--nn-width:{width};--nn-height:{height};--nn-rest:{self.wide}px;"
            f"--nn-narrow:{self.narrow}px;--nn-under:{self.rows}px;--nn-panel:{self.panel}px"
        )


class Still:
    """Renders one widget as it starts, and notes the room that it needs."""

    def __init__(self, models):
        self.models = models
        self.done = set()  # a model that stands in several places is rendered once
        self.room = Room()

    def render(self, key):
        if key not in self.models or "nn-live-only" in self.models.classes(key):
            return ""
        state, name = self.models.states[key], self.models.names[key]
        if name == "StackModel":
            selected = state["selected_index"]
            return "" if selected is None else self.render(self.models.children(key)[selected])
        if "nn-sides" in self.models.classes(key):
            return self.sides(key)
        if self.models.children(key):
            return self.box(key)
        if key in self.done:
            return ""
        self.done.add(key)
        return self.text(state["value"]) if name == "HTMLModel" else self.control(name, state)

    def box(self, key):
        children = self.models.children(key)
        names = [self.models.names.get(child) for child in children]
        classes = self.models.classes(key)
        if "nn-widget" in classes:
            self.room.add(CARD)
        if "nn-quiz-question" in classes:
            self.room.add(QUESTION)
        if "nn-controls" in classes:
            self.room.add(PLAYER if "PlayModel" in names else CONTROLS)
            widths = [control_width(self.models.states[child]) for child in children]
            if "PlayModel" not in names:
                self.room.narrow += (CONTROLS - 5) * (lines(widths, gap=20) - 1)
        parts, options = [], None
        for child, name in zip(children, names, strict=True):
            state = self.models.states.get(child, {})
            if name == "RadioButtonsModel" and state["index"] is None:
                options = state["_options_labels"]
                for option in options:
                    self.room.add(OPTION, option)
                self.room.add(-GAP)
                items = "".join(f"<li>{html.escape(option)}</li>" for option in options)
                parts.append(f"<ul>{items}</ul>")
            elif name == "StackModel" and state["selected_index"] is None and options:
                parts.append(self.answers(child, options))
            else:
                parts.append(self.render(child))
        return "".join(parts)

    def answers(self, key, options):
        """Return the feedback on each option, folded away; none of it takes room at first."""
        room, self.room = self.room, Room()
        parts = [
            f"<dt>{html.escape(option)}</dt><dd>{self.render(child)}</dd>"
            for option, child in zip(options, self.models.children(key), strict=True)
        ]
        self.room = room
        return f'<details><summary>Answers</summary><dl>{"".join(parts)}</dl></details>'

    def sides(self, key):
        """Render panels that stand side by side: in a wide page the height of one counts."""
        wide, parts = self.room.wide, []
        for child in self.models.children(key):
            self.room.wide = wide
            parts.append(self.render(child))
        self.room.panel = self.room.wide - wide
        return "".join(parts)

    def text(self, value):
        room = self.room
        words = re.sub(r"<style>.*?</style>|<[^>]*>", "", value, flags=re.DOTALL)
        for name, height in (("nn-title", TITLE), ("nn-question", TITLE), ("nn-letter", LETTER)):
            if f'class="{name}"' in value:
                room.add(height, words)
        picture = PICTURE.search(value)
        if picture:
            room.pictures.append(tuple(map(int, picture.groups())))
            room.add(STEP * ('class="nn-step"' in value) + NOTES * ('class="nn-notes"' in value))
            room.rows = max(room.rows, rows_height(ROW.findall(value)))
        return value

    def control(self, name, state):
        label = html.escape(state.get("description") or "")
        if "_options_labels" in state:
            shown = [
                f"<strong>{html.escape(option)}</strong>" if i == state["index"]
                else html.escape(option)
                for i, option in enumerate(state["_options_labels"])
            ]
            return f'<p class="nn-still-control">{label}: {" · ".join(shown)}</p>'
        if name == "IntSliderModel":
            return f'<p class="nn-still-control">{label}: {state["min"]} to {state["max"]}</p>'
        return ""


def slot(models, key, view):
    """Return the HTML of a widget's place in the page: its still, and the reference to it."""
    still = Still(models)
    body = still.render(key)
    pair = " nn-slot-pair" if still.room.panel else ""
    return (
        f'<div class="nn-slot{pair}" style="{still.room.style()}"><div class="nn-place"><noscript>'
        f'<div class="nn-widget nn-still">{body}<p class="nn-still-note">{NOTE}</p></div>'
        f"</noscript>{view}</div></div>"
    )


def add_stills(app, doctree, docname):
    """Put every widget of a page into its slot."""
    if app.builder.format != "html":
        return
    files = NbMetadataCollector.get_js_files(app.env, docname)
    if "ipywidgets_state" not in files:
        return
    models = Models(json.loads(files["ipywidgets_state"][1]["body"]))
    for raw in list(doctree.findall(nodes.raw)):
        view = raw.astext()
        if view.startswith(VIEW):
            key = json.loads(view[len(VIEW) :].removesuffix("</script>"))["model_id"]
            raw.replace_self(nodes.raw("", slot(models, key, view), format="html"))


def add_scripts(app, pagename, templatename, context, doctree):
    """Load the script that names controls for screen readers, and those that some widgets need."""
    files = NbMetadataCollector.get_js_files(app.env, pagename)
    if "ipywidgets_state" not in files:
        return
    app.add_js_file("nnlib.js", loading_method="defer")
    for script, css_class in OWN_SCRIPTS.items():
        if f'"{css_class}"' in files["ipywidgets_state"][1]["body"]:
            app.add_js_file(script, loading_method="defer")


def setup(app):
    app.connect("doctree-resolved", add_stills)
    app.connect("html-page-context", add_scripts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
