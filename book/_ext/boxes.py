"""Boxes and evidence labels, written as plain Markdown and styled in the book.

A block quote that opens with one of the names in bold, ``> **Predict.** …``, becomes a box; a
bold evidence label that stands alone in running text, ``**Contested**``, becomes a badge. In
JupyterLab and on Colab both read as what they are: a quotation with a bold first word, a bold word.
"""

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

EVIDENCE = ("Fact", "Rule of thumb", "Contested")
OPENS_A_PAGE = ("In this chapter", "In this laboratory", "In these projects", "In this check",
                "On this page")  # fmt: skip
NAMES = ("Predict", "Try it", "Exercise", "Common question", *OPENS_A_PAGE, *EVIDENCE)
OPENING = re.compile(rf"({'|'.join(NAMES)})(?=[.:]|$)")


class box(nodes.General, nodes.Element):
    """A styled note; ``name`` is one of NAMES."""


def slug(name):
    return name.lower().replace(" ", "-")


def opening(quote):
    """The bold text that a block quote opens with, or None."""
    first = quote.children[0] if quote.children else None
    if isinstance(first, nodes.paragraph):
        # The parser puts an empty text node in front of bold text that opens a line.
        filled = [child for child in first.children if child.astext()]
        return filled[0] if filled and isinstance(filled[0], nodes.strong) else None
    return None


class Boxes(SphinxPostTransform):
    default_priority = 100

    def run(self, **kwargs):
        for quote in list(self.document.findall(nodes.block_quote)):
            strong = opening(quote)
            found = OPENING.match(strong.astext()) if strong is not None else None
            if found:
                strong["classes"].append("nn-box-title")
                new = box("", *quote.children, name=found.group(1))
                quote.replace_self(new)
        for strong in list(self.document.findall(nodes.strong)):
            if strong.astext() in EVIDENCE and "nn-box-title" not in strong["classes"]:
                name = strong.astext()
                classes = ["nn-badge", f"nn-badge-{slug(name)}"]
                strong.replace_self(nodes.inline("", "", nodes.Text(name), classes=classes))


def visit_box(self, node):
    name = node["name"]
    classes = f"nn-box nn-box-{slug(name)}"
    self.body.append(f'<div class="{classes}" role="note" aria-label="{name}">\n')


def depart_box(self, node):
    self.body.append("</div>\n")


def nothing(self, node):
    """Other builders show a box's content as running text."""


def setup(app):
    others = {builder: (nothing, nothing) for builder in ("latex", "text", "man", "texinfo")}
    app.add_node(box, html=(visit_box, depart_box), **others)
    app.add_post_transform(Boxes)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
