"""Exercises that can be done in the page: a form where an answer can be given with no kernel.

In a notebook an exercise is five cells: what is asked, a stub, `check`, `hint`, `solution`. In the
page the cells after the prompt become a form where the answer is a value, a choice or an order, and
otherwise the stub with one line that says how to run it; then every staged hint and the solution,
each folded away. All of it is made from the exercise that the notebook checks
(nnlib.exercises.forms).
"""

import html
import json
import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

TAG = "tag_exercise:"
HOW_TO_RUN = "index.html#how-to-read-run-and-exercise"
RUN = (
    '<p class="nn-run">To run it, <a href="{how}">open this page’s notebook</a>, fill in the cell '
    "above, run it, and run <code>{check}</code>.</p>"
)
CODE_TOO = (
    '<p class="nn-run">In <a href="{how}">this page’s notebook</a> you write it as code, and '
    "<code>{check}</code> looks at more cases.</p>"
)

LONG = 24                               # characters of an option that wants a line of its own
OPENING = ("Your answer", "Without code: what does it give for these?")


class folded(nodes.General, nodes.Element):
    """Content under a summary, closed at first."""


class Exercises(SphinxPostTransform):
    # Before MyST-NB folds cells, and before what is built here is turned into HTML.
    default_priority = 90

    def run(self, **kwargs):
        for cell in list(self.document.findall(nodes.container)):
            for name in cell.get("classes", []):
                if name.startswith(TAG):
                    in_the_page(cell, find(name.removeprefix(TAG)))


def find(identifier):
    # Pages without exercises are built without the library.
    from nnlib.exercises import catalogue

    return catalogue.find(identifier)


def in_the_page(stub, exercise):
    """Put what a page can offer in place of the exercise's cells."""
    cells = following(stub, exercise.identifier)
    from nnlib.exercises import forms

    new = []
    if forms.has_form(exercise):
        raw = form_markup(exercise, forms.form(exercise))
        form = nodes.raw("", raw, format="html", classes=["nn-form"])
        if exercise.broken is None:
            as_code = folded("", summary="The same as code", classes=["nn-as-code"])
            as_code += stub.deepcopy()
            new += [form, as_code]
        else:                           # what is to be mended has to be read first
            new += [stub.deepcopy(), form]
    else:
        how = RUN.format(how=HOW_TO_RUN, check=html.escape(exercise.check_line))
        new += [stub.deepcopy(), nodes.raw("", how, format="html")]
    for number, text in enumerate(exercise.hints, start=1):
        hint = folded("", summary=f"Hint {number} of {len(exercise.hints)}", classes=["nn-hint"])
        hint += nodes.paragraph("", text)
        new.append(hint)
    solution = folded("", summary="Solution", classes=["nn-solution"])
    source = exercise.solution_source().rstrip()
    solution += nodes.literal_block(source, source, language="python3")
    new.append(solution)
    place = nodes.container("", *new, classes=["nn-exercise"])
    parent = stub.parent
    parent.insert(parent.index(stub), place)
    for cell in [stub, *cells]:
        cell.parent.remove(cell)


def following(stub, identifier):
    """The cells after a stub that check it, hint at it and solve it."""
    siblings = stub.parent.children
    found = []
    for cell in siblings[siblings.index(stub) + 1 :]:
        source = next(iter(cell.findall(nodes.literal_block)), None)
        call = source and re.match(r'(check|hint|solution)\("([\w.]+)"', source.astext())
        if not call or call[2] != identifier:
            break
        found.append(cell)
    return found


def form_markup(exercise, form):
    """The form, hidden until its script runs, and without a script the answers folded away."""
    rows = []
    for number, label in enumerate(form["labels"]):
        key = f"{exercise.identifier}-{number}".replace(".", "-")
        rows.append(
            f'<div class="nn-field"><label for="{key}">{html.escape(label)}</label>'
            f"{control(key, form, number)}</div>"
        )
    title = html.escape(exercise.title[:1].upper() + exercise.title[1:])
    opening = OPENING[form["kind"] == "values"]
    note = CODE_TOO.format(how=HOW_TO_RUN, check=html.escape(exercise.check_line))
    # "<" cannot stand in a script as it is: "</script>" in a text would end it.
    rules = {name: part for name, part in form.items() if name not in ("options", "shown")}
    data = json.dumps(rules, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    answers = "".join(
        f"<dt>{html.escape(label)}</dt><dd>{html.escape(shown(form, number, value))}</dd>"
        for number, (label, value) in enumerate(zip(form["labels"], form["expected"], strict=True))
    )
    return (
        f'<form class="nn-widget nn-answer" data-exercise="{exercise.identifier}" '
        f'aria-label="Your answer: {title}" autocomplete="off" '
        f'novalidate hidden><p class="nn-title">{opening}</p>'
        f'<div class="nn-fields">{"".join(rows)}</div>'
        '<button type="submit">Check</button><div role="status"></div>'
        f'<script type="application/json">{data}</script></form>'
        f"{note if form['kind'] == 'values' else ''}"
        f"<noscript><details><summary>Answers</summary><dl>{answers}</dl></details></noscript>"
    )


def control(key, form, number):
    if not form.get("options"):
        mode = "text" if any(isinstance(v, str) for v in form["expected"]) else "decimal"
        return f'<input id="{key}" type="text" inputmode="{mode}" spellcheck="false">'
    options = "".join(
        f'<option value="{html.escape(value)}">{html.escape(text)}</option>'
        for value, text in zip(form["options"][number], form["shown"][number], strict=True)
    )
    long = ' class="nn-long"' if max(map(len, form["shown"][number])) > LONG else ""
    return f'<select id="{key}"{long}><option value="">choose …</option>{options}</select>'


def shown(form, number, value):
    """A right answer as a reader is shown it."""
    if isinstance(value, float):
        return f"{value:.6g}"
    if not form.get("options"):
        return str(value)
    words = zip(form["options"][number], form["shown"][number], strict=True)
    return dict(words).get(value, str(value))


def add_script(app, pagename, templatename, context, doctree):
    """Load the script that judges on pages with a form only."""
    raws = doctree.findall(nodes.raw) if doctree is not None else ()
    if any("nn-form" in raw["classes"] for raw in raws):
        app.add_js_file("exercises.js", loading_method="defer")


def visit_folded(self, node):
    classes = html.escape(" ".join(["nn-fold", *node["classes"]]))
    summary = html.escape(node["summary"])
    self.body.append(f'<details class="{classes}"><summary>{summary}</summary>\n')


def depart_folded(self, node):
    self.body.append("</details>\n")


def nothing(self, node):
    """Other builders show what is folded as running text."""


def setup(app):
    others = {builder: (nothing, nothing) for builder in ("latex", "text", "man", "texinfo")}
    app.add_node(folded, html=(visit_folded, depart_folded), **others)
    app.add_post_transform(Exercises)
    app.connect("html-page-context", add_script)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
