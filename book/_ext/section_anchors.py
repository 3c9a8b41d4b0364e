"""Links to a section of another page: ``[reading curves](09_learning_rate.ipynb#reading-curves)``.

The Markdown parser is told which anchors the headings of a page get: a link to one that does exist
works in the book, and a link to one that does not is a warning, which fails the build.
"""

from docutils import nodes


def tell_markdown(app, document):
    anchors = app.env.metadata[app.env.docname].setdefault("myst_slugs", {})
    for section in document.findall(nodes.section):
        for anchor in section["ids"]:
            anchors.setdefault(anchor, (section.line, anchor, section.next_node().astext()))


def setup(app):
    app.connect("doctree-read", tell_markdown)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
