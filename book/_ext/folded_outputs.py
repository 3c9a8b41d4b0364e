"""Hints and solutions as plain text: on a page the whole cell is folded, so that they need not be.

In a running notebook they come folded, as HTML beside their text (`nnlib.exercises.folding`). Of
the two this leaves the text, in the form of what a cell prints.
"""

from docutils import nodes

MARK = 'class="nnlib-folded"'


def is_folded(node):
    """Whether this is an output in several formats, one of them a folded box of ours."""
    if not isinstance(node, nodes.container) or node.get("nb_element") != "mime_bundle":
        return False
    return any(MARK in raw.astext() for raw in node.findall(nodes.raw))


def keep_text(app, document):
    for bundle in list(document.findall(is_folded)):
        bundle.children = [part for part in bundle if part["mime_type"] == "text/plain"]
        for text in bundle.findall(nodes.literal_block):
            text["classes"] = ["output", "stream"]


def setup(app):
    app.connect("doctree-read", keep_text)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
