"""A frame of nnlib that stands alone in a page says there what it says of itself.

MyST-NB takes a picture's alternative text from the metadata of its cell, where it would have to be
written a second time. Instead it is read from the text that the frame is in a place without
pictures, its repr: Frame(500×320, 'what it shows').
"""

import ast
import re

from docutils import nodes

FRAME = re.compile(r"Frame\(\d+×\d+, (?P<text>.+)\)", re.DOTALL)


def of_a_frame(output):
    """The alternative text of an output that is a frame, or None."""
    for form in output.findall(nodes.container):
        found = form.get("mime_type") == "text/plain" and FRAME.fullmatch(form.astext().strip())
        if found:
            return ast.literal_eval(found["text"])
    return None


def put(app, doctree):
    for output in doctree.findall(nodes.container):
        if output.get("nb_element") == "mime_bundle":
            text = of_a_frame(output)
            for picture in output.findall(nodes.image) if text else ():
                picture["alt"] = text


def setup(app):
    app.connect("doctree-read", put)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
