r"""Set every formula when the book is built, so that a page needs no script for it.

Sphinx leaves a formula as its source, `\(w^2\)`, for MathJax to set in the reader's browser. There
it costs a quarter of a second and makes the text jump, and whoever reads without JavaScript sees
the source. So the same MathJax sets it here; the page takes only the fonts, and keeps MathML beside
each formula for those who listen. A formula that is not valid TeX is a warning, which stops the
build.
"""

import html
import json
import re
import subprocess
import sys
from pathlib import Path

from finished_pages import on_finished_page
from sphinx.util import logging

ROOT = Path(__file__).resolve().parents[2]
SETTER = Path(__file__).with_suffix(".cjs")
MATHJAX = ROOT / "node_modules" / "mathjax" / "es5" / "node-main.js"
FONTS = "_static/vendor/mathjax"

sys.path.append(str(ROOT / "tools"))
import node  # noqa: E402  (where Node.js is, on a machine with or without one of its own)

MATH = re.compile(r'<(div|span) class="math notranslate nohighlight"[^>]*>.*?</\1>', re.DOTALL)
# Within such an element: the source between its marks; a number and a link may stand before it.
SOURCE = re.compile(r"\\\((.*?)\\\)|\\\[(.*?)\\\]", re.DOTALL)
SCRIPT = re.compile(
    r"<script>window\.MathJax = .*?</script>\s*"
    r'|<script[^>]*src="[^"]*mathjax[^"]*"[^>]*></script>\s*',
    re.DOTALL,
)
CONTENT_ROOT = re.compile(r'data-content_root="([^"]*)"')

logger = logging.getLogger(__name__)


class Setter:
    """A Node.js process that sets formulas; started for the first page that has any."""

    def __init__(self):
        self.process = None

    def __call__(self, formulas, fonts):
        if self.process is None:
            self.process = subprocess.Popen(
                [*node.command("node"), str(SETTER), str(MATHJAX)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            )
        self.process.stdin.write(json.dumps({"formulas": formulas, "fonts": fonts}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        if self.process is not None:
            self.process.communicate()
            self.process = None


def sources(page):
    """The formulas of a page in their order, as MathJax takes them."""
    return [
        {"source": html.unescape(inline or display), "display": not inline}
        for element in MATH.finditer(page)
        for inline, display in SOURCE.findall(element.group())
    ]


def with_formulas_set(page, setter):
    """The page with its formulas set, their style sheet in its head, and no MathJax script."""
    page = SCRIPT.sub("", page)
    formulas = sources(page)
    if not formulas:
        return page
    root = CONTENT_ROOT.search(page)
    answer = setter(formulas, (root.group(1) if root else "") + FONTS)
    if "error" in answer:
        broken = formulas[answer["index"]]["source"]
        logger.warning("a formula is not valid TeX (%s): %s", answer["error"], broken.strip())
        return page
    done = iter(answer["set"])
    page = MATH.sub(
        lambda element: SOURCE.sub(lambda source: next(done), element.group()), page
    )
    return page.replace("</head>", f"<style>{answer['style']}</style>\n</head>", 1)


def setup(app):
    setter = Setter()
    on_finished_page(app, lambda page: with_formulas_set(page, setter))
    app.connect("build-finished", lambda app, error: setter.close())
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
