"""The pre-test of the landing page: a few questions, and the rule that makes advice of the answers.

The rule, `where_to_start`, is one function. Every question about the course stands for a stretch of
chapters, in their order; one begins at the first stretch whose question one missed.
"""

from __future__ import annotations

from dataclasses import dataclass

from nnlib.widgets import Placement, Probe
from nnlib.widgets._parts import section_link

UNSURE = "I do not know"


@dataclass(frozen=True)
class Stretch:
    """Chapters from `number` on, the section that answers their question, and the question."""

    number: int
    page: str
    title: str
    section: tuple[str, str]
    probe: Probe


MATHS = Probe(
    "A matrix with the rows (1, 2) and (0, 1) is multiplied by the column (3, 4). What comes out?",
    ["(3, 10)", "(11, 4)", "(3, 8)", UNSURE], answer=1,
)
PYTHON = Probe(
    "What does NumPy make of np.array([5, 6, 7])[1:] * 2?",
    ["[12 14]", "[10 12]", "[6 7 6 7]", UNSURE], answer=0,
)
COURSE = (
    Stretch(
        1, "01_learning_loop.ipynb", "The learning loop",
        ("The smallest complete training", "01_learning_loop.ipynb#the-smallest-complete-training"),
        Probe("A weight is 2, the slope of the loss there is 3, the learning rate 0.1. "
              "What is the weight after one step of gradient descent?",
              ["2.3", "0.6", "1.7", UNSURE], answer=2),
    ),
    Stretch(
        3, "03_weights.ipynb", "Weights",
        ("A layer: many neurons, one product",
         "03_weights.ipynb#a-layer-many-neurons-one-product"),
        Probe("A dense layer takes 10 numbers and gives 5. How many parameters does it have?",
              ["50", "55", "15", UNSURE], answer=1),
    ),
    Stretch(
        5, "05_activations.ipynb", "Activations",
        ("The first loss", "06_losses.ipynb#the-first-loss"),
        Probe("A network gives three classes the same score. Softmax follows, then cross-entropy. "
              "What is the loss?",
              ["0", "1/3", "ln 3", UNSURE], answer=2),
    ),
    Stretch(
        7, "07_backpropagation.ipynb", "Backpropagation",
        ("Every slope at once", "07_backpropagation.ipynb#every-slope-at-once"),
        Probe("What does backpropagation give you?",
              ["The slope of the loss for every weight", "Better weights",
               "The inputs that led to an output", UNSURE], answer=0),
    ),
    Stretch(
        10, "10_generalisation.ipynb", "Generalisation",
        ("Early stopping", "10_generalisation.ipynb#early-stopping"),
        Probe("The loss on the training rows falls and falls, on the validation rows it has been "
              "rising for a while. What do you do?",
              ["Raise the learning rate", "Train for longer", "Go back to an earlier epoch",
               UNSURE], answer=2),
    ),
    Stretch(
        11, "11_inference.ipynb", "Training versus inference",
        ("eval() is not no_grad()", "11_inference.ipynb#eval-is-not-no-grad"),
        Probe("A PyTorch model is in use, and nobody has called model.eval(). "
              "What can be wrong with its answers?",
              ["Nothing, only its speed", "Dropout is still on", "Its weights keep changing",
               UNSURE], answer=1),
    ),
)
PROBES = (MATHS, PYTHON, *(stretch.probe for stretch in COURSE))
LAST = "12_architectures.ipynb"


def where_to_start(right):
    """Return what is said of the answers: a list of sentences, as HTML.

    Parameters
    ----------
    right : sequence of bool
        Whether each of `PROBES` was answered rightly.
    """
    maths, python, *course = right
    return [*_first_of_all(maths, python), *_begin(course)]


def _first_of_all(maths, python):
    if not maths:
        refresher = section_link("the refresher on matrix products", "matrix_multiplication.md")
        yield (f"<strong>Start with {refresher}</strong>, one page: question 1 was missed, and the "
               "chapters multiply matrices all the time.")
    if not python:
        tensors = section_link("chapter 2", "02_tensors.ipynb")
        yield ("<strong>Brush up on Python</strong> if lists, slices and loops are new to you: "
               f"question 2 was missed. NumPy itself is explained as we go: do not skip {tensors}.")


def _begin(course):
    missed = [place for place, known in enumerate(course) if not known]
    check = section_link("knowledge check", "knowledge_check.ipynb")
    rest = f"take the {check}, and begin at {section_link('chapter 12', LAST)}"
    if not missed:
        yield f"<strong>{rest[0].upper()}{rest[1:]}.</strong>"
        yield ("Why: you had every question about the course right. The check has many more, and "
               "leads back to the sections that you need.")
        return
    place = missed[0]
    stretch, question = COURSE[place], place + 3
    if len(missed) == 1 and place < len(course) - 1:
        yield f"<strong>Read {section_link(*stretch.section)}; then {rest}.</strong>"
        yield (f"Why: question {question} is the only one about the course that you missed, and "
               "that section answers it.")
        return
    chapter = section_link(f"chapter {stretch.number}, {stretch.title}", stretch.page)
    if place == 0:
        yield f"<strong>Begin at {chapter}.</strong>"
        yield ("Why: question 3, the first about the course, is about its first chapter. Each "
               "chapter stands on the ones before it.")
        return
    before = f"1 to {stretch.number - 1}"
    yield f"<strong>Skim chapters {before}, and begin at {chapter}.</strong>"
    known = "question 3" if place == 1 else f"questions 3 to {question - 1}"
    yield (f"Why: you had {known} right, which chapters {before} teach; question {question} is the "
           "first about the course that you missed.")


def pre_test():
    """Return the questions as a widget."""
    first = section_link("chapter 1", "01_learning_loop.ipynb")
    return Placement(
        PROBES, where_to_start,
        skip=f"<strong>Begin at {first}.</strong> It needs basic Python and matrix multiplication. "
             "The questions stay here.",
        buttons=("Answer eight short questions", "Skip them"),
        name="Where should you start? Eight questions say so, in about two minutes.",
    )
