"""What a cell shows stands first, and its folded source below it.

The source of a prediction or a quiz holds the answer: a reader who opens what stands above the
question would read it before answering.
"""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform


class SourcesBelow(SphinxPostTransform):
    default_priority = 210               # after MyST-NB has folded the sources
    formats = ("html",)

    def run(self, **kwargs):
        for cell in self.document.findall(nodes.container):
            shows = cell.children and cell.children[-1].get("nb_element") == "cell_code_output"
            if cell.get("hide_mode") == "input" and shows and len(cell.children) > 1:
                source = cell.children[0]
                source["classes"].append("below-output")
                cell.children = [*cell.children[1:], source]


def setup(app):
    app.add_post_transform(SourcesBelow)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
