r"""How much room a formula will take, so that the style sheet keeps it until the script has set it.

A formula stands in the page as its source until MathJax replaces it. The source is longer than the
formula and less tall: the text below would jump. An estimate is enough: the lines of a displayed
formula, the width of one in running text.
"""

import re

from finished_pages import on_finished_page

FORMULA = re.compile(
    r'<(div|span) class="(math notranslate nohighlight)"([^>]*)>(.*?)</\1>', re.DOTALL
)
# Environments that hold rows of their own inside one row of the formula around them.
INNER = re.compile(r"\\begin\{([pbvBV]?matrix|cases|array)\}(.*?)\\end\{\1\}", re.DOTALL)
TALL = (
    (re.compile(r"\\(sum|prod)_\S+?\^"), 2.8),
    (re.compile(r"\\(sum|prod)"), 2.4),
    (re.compile(r"\\[dt]?frac"), 2.0),
)
ROW = 1.2

# How wide what stands in a formula is, in em: the first pattern that fits counts.
WIDTHS = (
    (r"\\\(|\\\)|\\(?:math\w+|operatorname|text|left|right|hat|bar|[dt]?frac|sqrt)|[\s{}^_]", 0),
    (r"\\[,;:! ]", 0.2),
    (r"\\(?:to|leftarrow|rightarrow|approx|leq?|geq?|sim|propto|in)\b|&[lg]t;|=", 1.7),
    (r"\\(?:cdot|odot|times|pm)\b|[-+]", 1.2),
    (r"\\(?:eta|sigma|lambda|delta|partial|lceil|rceil|lfloor|rfloor|top)\b|[\d()\[\]|,./]", 0.55),
    (r"\\[A-Za-z]+|&\w+;", 0.8),
    (r"[ijlrtI]", 0.48),
    (r"[A-Z]", 1.0),
    (r".", 0.68),
)
PIECE = re.compile("|".join(f"({pattern})" for pattern, _ in WIDTHS))


def lines(source):
    """Estimate how many lines of text a displayed formula is tall."""
    inner = max((1 + rows.count(r"\\") for _, rows in INNER.findall(source)), default=0)
    row = max([1.0, inner * ROW, *(height for found, height in TALL if found.search(source))])
    return round(row + ROW * INNER.sub("", source).count(r"\\"), 1)


def ems(source):
    """Estimate how many em a formula in running text is wide."""
    width = sum(WIDTHS[piece.lastindex - 1][1] for piece in PIECE.finditer(source))
    return round(max(width, 0.5), 1)


def with_room(page):
    def keep(found):
        tag, classes, rest, source = found.groups()
        room = f"--nn-lines:{lines(source)}" if tag == "div" else f"--nn-ems:{ems(source)}"
        return f'<{tag} class="{classes}"{rest} style="{room}">{source}</{tag}>'

    return FORMULA.sub(keep, page)


def setup(app):
    on_finished_page(app, with_room)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
