"""Change a page's finished HTML: the one hook that Sphinx has no event for.

`on_finished_page(app, change)` passes every page that is written through ``change(html) -> html``.
It is for what the theme and the extensions write and no setting of theirs changes.
"""


def on_finished_page(app, change):
    def wrap(app):
        if app.builder.format == "html":
            render = app.builder.templates.render
            app.builder.templates.render = lambda template, context: change(
                render(template, context)
            )

    app.connect("builder-inited", wrap)


def setup(app):
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
