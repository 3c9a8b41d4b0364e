"""The glossary and the chapters know each other.

The first use of each term of glossary.md in the running text of a chapter, or of a page of
practice, becomes a link to its entry, and each entry ends with the pages that use the term, each a
link to that first use. Nothing is marked in the notebooks: a term is found by its name, in the
singular or the plural, or by another name of `ALSO`; `EVERYDAY` has the phrases, and `ELSEWHERE`
the pages, in which a term's word means something else.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import boxes
from docutils import nodes
from sphinx import addnodes

GLOSSARY = "glossary"
CHAPTER = re.compile(r"(\d\d)_\w+$")
PRACTICE = {"debugging": "the laboratory", "projects": "the projects",
            "beyond_one_process": "beyond one process"}  # fmt: skip
ENTRY = re.compile(r"^(\S.*)\n(?=  \S)", re.MULTILINE)

# Other names under which the chapters use a term.
ALSO = {
    "Attention head": ["multi-head attention", "four heads"],
    "Augmentation": ["augment", "augmented"],
    "Automatic differentiation": ["autograd"],
    "Binary cross-entropy": ["BCE"],
    "Calibration": ["calibrated"],
    "Convolutional network": ["CNN"],
    "Data type": ["dtype"],
    "Dense layer": ["dense"],
    "Divergence": ["diverge"],
    "Equivariance": ["equivariant"],
    "Fan-in": ["fan_in"],
    "Feature map": ["8 maps"],
    "Flattening": ["flatten", "flattened"],
    "Generalisation": ["generalise", "generalises"],
    "Glorot initialisation": ["Glorot", "Xavier"],
    "Gradient accumulation": ["accumulation"],
    "Gradient clipping": ["clipping", "clipped"],
    "Gradient noise": ["noise of one gradient"],
    "Hidden state": ["carries a state"],
    "Huber loss": ["Huber"],
    "Initialisation": ["initialised"],
    "Invariance": ["invariant"],
    "Kullback–Leibler divergence": ["entropy and divergence"],
    "L2 penalty": ["L2"],
    "Linearly separable": ["not separable"],
    "Local minimum": ["local minima"],
    "Long short-term memory": ["LSTM"],
    "Mean absolute error": ["MAE", "absolute error"],
    "Mean squared error": ["MSE", "squared error"],
    "Multilayer perceptron": ["MLP", "multi-layer perceptron"],
    "Nesterov momentum": ["Nesterov"],
    "Overfitting": ["overfit", "overfits"],
    "Positional encoding": ["without positions"],
    "Query, key and value": ["queries, keys and values", "query", "queries"],
    "Recurrent layer": ["recurrent network", "RNN"],
    "Saddle point": ["saddle"],
    "Saturation": ["saturate", "saturated"],
    "Sharp minimum": ["sharp minima", "sharper minima"],
    "Sparse label": ["sparse"],
    "Standardisation": ["standardise", "standardised", "standardising"],
    "Steps per epoch": ["steps an epoch"],
    "Stochastic gradient descent": ["SGD"],
    "Test set": ["test rows"],
    "Training set": ["training rows"],
    "Underfitting": ["underfit", "underfits"],
    "Validation set": ["validation rows"],
}

# Phrases of the chapters in which a term's word has its everyday or another meaning.
EVERYDAY = [
    "25 units", "all the steps", "along the axis", "balances head counts", "best policy",
    "both curves flatten", "classical view", "different precision", "extra weight",
    "for steps below", "four steps", "gates, update", "height, width", "in depth", "in view",
    "last step multiply", "length and the width", "move a step", "not flatten", "on their heads",
    "one hot GPU", "prices, temperatures", "quickly, flatten", "recall that",
    "reduction and weights", "right axis", "shape an", "shapes among pixels", "simply a step",
    "six steps", "step by step", "support vector machines", "than shape", "that of a step",
    "the divergence", "the fold", "the unit the", "tolerance of larger", "tomorrow's temperature",
    "two steps", "unit of the target", "units of a text", "weight · width",
]  # fmt: skip

# Pages in which the word of a term mostly means something else: there it is no link at all.
ELSEWHERE = {
    "01_learning_loop": {"Head"},
    "02_tensors": {"Rank", "Step", "Width"},
    "04_layers": {"Head", "Step"},
    "05_activations": {"Gradient clipping"},
    "06_losses": {"Recipe"},
    "09_learning_rate": {"Label", "Target"},
    "11_inference": {"Head"},
    "12_architectures": {"Head", "Step"},
    "beyond_one_process": {"Group", "Kernel"},
    "debugging": {"View"},
}

# Where a link would hide something (headings, other links) or the text is no prose.
SKIPPED = (nodes.title, nodes.reference, addnodes.pending_xref, nodes.literal, nodes.literal_block,
           nodes.math, nodes.math_block, nodes.raw, nodes.caption, nodes.comment)  # fmt: skip


def names(term):
    """All ways in which a term may be written, in small letters."""
    for name in (term.lower(), *(also.lower() for also in ALSO.get(term, ()))):
        yield name
        yield name[:-1] + "ies" if re.search(r"[^aeiou]y$", name) else name + "s"
        if name.endswith(("s", "x", "ch", "sh")):
            yield name + "es"


def spelled(name):
    """One spelling for a name with a space, a hyphen or a line's end between its words."""
    return re.sub(r"[\s-]+", " ", name.lower()).replace("’", "'")


@cache
def vocabulary(text):
    """The terms of a glossary's text: a pattern for all their names, and the term of each name."""
    entries, terms = ENTRY.findall(text), {}
    for term in entries:
        terms |= {spelled(name): term for name in names(term)}
    terms |= {spelled(term): term for term in entries}    # before the plural of another term
    longest_first = sorted([*terms, *map(spelled, EVERYDAY)], key=len, reverse=True)
    words = "|".join(map(re.escape, longest_first)).replace(r"\ ", r"[\s-]+").replace("'", "['’]")
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE), terms


def join_lines(document):
    """Make one text of the lines of a paragraph, which the Markdown parser keeps apart."""
    for element in {node.parent: None for node in document.findall(nodes.Text)}:
        for place in range(len(element) - 1, 0, -1):
            before, text = element[place - 1 : place + 1]
            if isinstance(before, nodes.Text) and isinstance(text, nodes.Text):
                element[place - 1 : place + 1] = [nodes.Text(before + text)]


def is_prose(text):
    node = text.parent
    quote = node.parent.parent
    if isinstance(quote, nodes.block_quote) and node is boxes.opening(quote):
        return False                         # the title of a box
    while node is not None:
        if isinstance(node, SKIPPED):
            return False
        node = node.parent
    return True


def anchor_of(term):
    return "use-" + nodes.make_id(term)


def link(term, text, docname):
    shown = nodes.inline("", text, classes=["nn-term"], ids=[anchor_of(term)])
    return addnodes.pending_xref(
        "", shown, refdomain="std", reftype="term", reftarget=term, refdoc=docname,
        refexplicit=True, refwarn=True,
    )  # fmt: skip


def link_first_uses(app, document):
    """Turn the first use of each term in a chapter into a link, and note which there are."""
    docname, source = app.env.docname, Path(app.srcdir, GLOSSARY + ".md")
    if not (CHAPTER.match(docname) or docname in PRACTICE) or not source.exists():
        return
    app.env.note_dependency(str(source))
    pattern, terms = vocabulary(source.read_text(encoding="utf-8"))
    join_lines(document)
    used = []
    for text in [node for node in document.findall(nodes.Text) if is_prose(node)]:
        parts, end = [], 0
        for found in pattern.finditer(text):
            term = terms.get(spelled(found.group()))
            if term and term not in used and term not in ELSEWHERE.get(docname, ()):
                used.append(term)
                parts += [nodes.Text(text[end : found.start()]), link(term, found.group(), docname)]
                end = found.end()
        if parts:
            text.parent.replace(text, [*parts, nodes.Text(text[end:])])
    uses(app.env)[docname] = used


def uses(env):
    """The terms that each chapter uses, by the chapter's page."""
    if not hasattr(env, "glossary_uses"):
        env.glossary_uses = {}
    return env.glossary_uses


def list_pages(app, document, docname):
    """At the end of each entry of the glossary, the pages that use the term."""
    if docname != GLOSSARY:
        return
    chapters = sorted(filter(CHAPTER.match, uses(app.env)))
    for item in document.findall(nodes.definition_list_item):
        term = item.next_node(nodes.term).astext()
        places = [page for page in [*chapters, *PRACTICE] if term in uses(app.env).get(page, ())]
        if places:
            item.next_node(nodes.definition).append(page_links(app, term, places))


def page_links(app, term, places):
    chapters = sum(bool(CHAPTER.match(page)) for page in places)
    opening = ("In ", "In chapter ", "In chapters ")[min(chapters, 2)]
    line = nodes.paragraph("", opening, classes=["nn-uses"])
    for place, page in enumerate(places):
        if place:
            line += nodes.Text(", ")
        address = app.builder.get_relative_uri(GLOSSARY, page)
        shown = PRACTICE.get(page) or str(int(CHAPTER.match(page).group(1)))
        line += nodes.reference("", shown, internal=True, refuri=f"{address}#{anchor_of(term)}",
                                reftitle=app.env.titles[page].astext())  # fmt: skip
    return line


def forget(app, env, docname):
    uses(env).pop(docname, None)


def merge(app, env, docnames, other):
    uses(env).update({page: uses(other)[page] for page in docnames if page in uses(other)})


def write_again(app, env):
    """The glossary changes with every chapter."""
    return [GLOSSARY] if GLOSSARY in env.all_docs else []


def setup(app):
    app.connect("doctree-read", link_first_uses)
    app.connect("doctree-resolved", list_pages)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("env-updated", write_again)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
