"""The search finds text, not answers: folded sources, hints and solutions are left out of it.

Left out of the index when the book is built, and of the excerpts that the search page cuts out of
the pages it finds.
"""

from docutils import nodes

# What a reader opens on purpose: by the classes of its nodes, and in the page by its selectors.
FOLDED_CELLS = {"tag_hide-input", "tag_hide-cell"}
FOLDED = {"nn-hint", "nn-solution", "nn-form"}
EXCERPTS = """
// The theme's script, which defines Search, is deferred: it has run when the page stands.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const away = "details.hide, .nn-fold, .nn-answer, noscript, .nn-place";
  const original = Search.htmlToText;
  Search.htmlToText = (text, anchor) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    page.querySelectorAll(away).forEach((element) => element.remove());
    return original(page.documentElement.outerHTML, anchor);
  };
});
"""


def is_an_answer(node):
    if not isinstance(node, nodes.Element):
        return False
    classes = set(node.get("classes", []))
    return bool(classes & FOLDED) or (
        isinstance(node, nodes.literal_block) and bool(FOLDED_CELLS & set(around(node)))
    )


def around(node):
    """The classes of everything that a node stands in."""
    while node.parent is not None:
        node = node.parent
        yield from node.get("classes", [])


def without_answers(doctree):
    copy = doctree.deepcopy()
    copy.document = copy
    for node in list(copy.findall(is_an_answer)):
        if node.parent is not None:
            node.parent.remove(node)
    return copy


def index_without_answers(app):
    if app.builder.format != "html":
        return
    index_page = app.builder.index_page
    app.builder.index_page = lambda name, doctree, title: index_page(
        name, without_answers(doctree), title
    )


def mend_excerpts(app, pagename, templatename, context, doctree):
    if pagename == "search":
        app.add_js_file(None, body=EXCERPTS, priority=900)


def setup(app):
    app.connect("builder-inited", index_without_answers)
    app.connect("html-page-context", mend_excerpts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
