"""Citations as plain Markdown links: ``[Goyal et al., 2017](references.md#goyal2017)``.

The bibliography on the references page gives each entry its key of references.bib as anchor, and
the Markdown parser is told about these anchors: a link to one that does exist works in the book as
it does in Lab, and a link to one that does not is a warning, which fails the build.
"""


def use_keys_as_anchors(app, config):
    config.bibtex_cite_id = "{key}"
    config.bibtex_reference_style = "author_year"


def tell_markdown(app, document):
    """Add the anchors of a page's bibliography to those that links may name."""
    anchors = app.env.metadata[app.env.docname].setdefault("myst_slugs", {})
    for place, bibliography in app.env.get_domain("cite").bibliographies.items():
        if place.docname == app.env.docname:
            for entry in bibliography.citation_nodes.values():
                for anchor in entry["ids"]:
                    anchors.setdefault(anchor, (bibliography.line, anchor, anchor))


def setup(app):
    app.connect("config-inited", use_keys_as_anchors)
    app.connect("doctree-read", tell_markdown)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
