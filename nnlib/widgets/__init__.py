"""Widgets of the course: pictures that follow their controls, questions, a player for steps.

Everything here works in a saved page with no kernel, and live; see `_stack` for how.
"""

from nnlib.widgets import plots
from nnlib.widgets.compare import Compare
from nnlib.widgets.explorer import Choice, Explorer
from nnlib.widgets.frame import Frame, frame
from nnlib.widgets.live import Live
from nnlib.widgets.number import Number
from nnlib.widgets.placement import Placement, Probe
from nnlib.widgets.predict import Predict
from nnlib.widgets.quiz import Question, Quiz
from nnlib.widgets.score import Score
from nnlib.widgets.stepper import Stepper
from nnlib.widgets.table import SortableTable

__all__ = [
    "Choice",
    "Compare",
    "Explorer",
    "Frame",
    "Live",
    "Number",
    "Placement",
    "Predict",
    "Probe",
    "Question",
    "Quiz",
    "Score",
    "SortableTable",
    "Stepper",
    "frame",
    "plots",
]
