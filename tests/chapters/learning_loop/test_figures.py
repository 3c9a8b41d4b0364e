"""Pictures of the first chapter: what a frame says is what its page's code computes."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from nnlib.chapters.learning_loop import figures
from nnlib.chapters.learning_loop.figures import diagrams, rounds
from nnlib.widgets import Frame

NOTEBOOK = Path(__file__).resolve().parents[3] / "book" / "01_learning_loop.ipynb"
CELLS = [
    cell for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    if cell["cell_type"] == "code"
]
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]\d+)?")


def source(cell):
    return "".join(cell["source"])


def defined_on_the_page(name, *needed):
    """A function of the page itself: the cells that define it, and what it needs, are run."""
    space = {"np": np}
    for cell in CELLS:
        if any(f"def {wanted}(" in source(cell) for wanted in (*needed, name)):
            exec(source(cell), space)
    return space[name]


@pytest.fixture(scope="module")
def six_rounds():
    return defined_on_the_page("six_rounds")


@pytest.fixture(scope="module")
def run_line():
    return defined_on_the_page("run_line", "by_hand")


# --- the loop in slow motion ---


@pytest.mark.parametrize("rate", rounds.RATES)
def test_rounds_follow_the_closed_form(six_rounds, rate):
    """Curvature 1 and minimum 2: the distance is multiplied by 1 - rate in each round."""
    for number, (w, prediction, loss, gradient, new_w) in enumerate(six_rounds(rate)[2]):
        distance = -2 * (1 - rate) ** number
        assert w - 2 == pytest.approx(distance, abs=1e-12)
        assert prediction == pytest.approx(w * np.array([0.1, 0.7, 1.0]))
        assert loss == pytest.approx(distance**2 / 2, abs=1e-12)
        assert gradient == pytest.approx(distance, abs=1e-12)
        assert new_w - 2 == pytest.approx((1 - rate) * distance, abs=1e-12)


@pytest.mark.parametrize("rate", rounds.RATES)
@pytest.mark.parametrize("number", [1, 4, 6])
def test_a_frame_of_a_round_states_its_numbers(six_rounds, rate, number):
    w, prediction, loss, gradient, new_w = six_rounds(rate)[2][number - 1]
    for step, values in enumerate(([w, *prediction], [w, loss], [w, gradient], [w, new_w]), 1):
        alt = figures.rounds_frame(rate, number, step, six_rounds).alt
        assert alt.startswith(
            f"Learning rate {rate:g}, round {number} of 6, step {rounds.STEPS[step - 1]}: "
        )
        said = [float(text) for text in NUMBER.findall(alt.partition(": ")[2])]
        assert said[: len(values)] == pytest.approx(values, abs=6e-4)


def test_both_failures_of_the_rate_are_reachable(six_rounds):
    ends = {rate: abs(six_rounds(rate)[2][-1][-1] - 2) for rate in rounds.RATES}
    assert ends[0.9] < 1e-5                              # arrives
    assert 0.5 < ends[0.1] < 2                           # too slow
    assert ends[2.1] > 3.5                               # thrown further out than it began


def test_the_explorer_has_every_step_and_begins_with_a_result(six_rounds, monkeypatch):
    drawn = []

    def quick(learning_rate, number, step, trace):
        drawn.append((learning_rate, number, step))
        return Frame(b"png", 10, 10, f"frame {len(drawn)}")

    monkeypatch.setattr(rounds, "rounds_frame", quick)
    explorer = figures.rounds_explorer(six_rounds)
    assert len(explorer.frames) == len(set(drawn)) == 72
    assert explorer.setting == {"learning_rate": 0.1, "number": 1, "step": 4}


# --- the line ---


def test_the_first_steps_are_the_worked_numbers(run_line):
    _, _, losses, lines = run_line(0.1, steps=3)
    assert losses == pytest.approx([27.666667, 0.331852, 0.005267, 0.001304], abs=5e-7)
    assert lines[1:] == pytest.approx(np.array(
        [[2.266667, 1.0], [2.017778, 0.893333], [2.043852, 0.907556]]), abs=5e-7)


def test_the_limit_is_where_the_chapter_says(run_line):
    ends = {rate: run_line(rate)[2][-1] for rate in (0.17, 0.18, 0.19)}
    assert ends[0.17] < 1e-6
    assert ends[0.18] == pytest.approx(14.4, abs=0.05)
    assert ends[0.19] > 1e10


@pytest.mark.parametrize("rate", [0.001, 0.1, 0.18, 0.19])
def test_a_frame_of_the_line_states_its_numbers(run_line, rate):
    _, _, losses, lines = run_line(rate)
    shown = figures.line_frame(rate, run_line)
    assert f"Learning rate {rate:g}:" in shown.alt
    assert shown.alt.endswith(f"from 27.67 to {losses[-1]:.3g}.")
    for w, _ in lines[-2:]:
        assert f"y = {w:.3g} x" in shown.alt
        assert f"y = {w:.3g} x" in shown.text


# --- the sine ---


def sine(units):
    """Stands in for a fit: right inside, and off by `units` / 10 outside."""
    x = np.linspace(-2 * np.pi, 2 * np.pi, 401)
    return x, np.sin(x) + np.where(np.abs(x) > np.pi, units / 10, 0.004)


def test_a_frame_of_the_sine_tells_inside_from_outside():
    shown = figures.sine_frame(8, sine)
    assert "8 hidden units" in shown.alt
    assert "largest error 0.004 between −π and π" in shown.alt
    assert "0.80 outside" in shown.alt
    assert shown.text == "Largest error inside: 0.004\nOutside: 0.80"


# --- the pictures of the page ---


@pytest.mark.parametrize(
    "cell",
    [cell for cell in CELLS if "image" in cell["metadata"].get("mystnb", {})],
    ids=lambda cell: source(cell)[8:30],
)
def test_the_pages_alternative_text_is_what_the_frame_says(cell):
    (output,) = cell["outputs"]
    text = "".join(output["data"]["text/plain"])
    assert repr(cell["metadata"]["mystnb"]["image"]["alt"]) in text


def test_the_page_shows_all_its_pictures():
    shown = {name for cell in CELLS for name in re.findall(r"figures\.(\w+)\(", source(cell))}
    assert {
        "analogy_frame", "graph_frame", "pipeline_frame", "lanes_frame", "count_frame",
        "weights_frame", "width_frame", "rounds_explorer", "line_explorer", "sine_explorer",
    } == shown


def test_the_pipeline_names_its_stages_in_the_order_of_the_exercise():
    from nnlib.chapters.learning_loop.exercises.pipeline_order import ORDER

    assert sorted(ORDER, key=ORDER.get) == list(diagrams.STAGES)
    alt = figures.pipeline_frame().alt
    places = [alt.index(stage) for stage in diagrams.STAGES]
    assert places == sorted(places)


@pytest.mark.parametrize("make", [
    figures.analogy_frame, figures.graph_frame, figures.pipeline_frame, figures.lanes_frame,
])
def test_diagrams_fit_a_phone(make):
    shown = make()
    assert shown.width <= 500
    assert len(shown.image) < 15_000


def test_weights_are_shown_unit_by_unit():
    weight = np.zeros((64, 4))
    weight[0, 0] = -0.75
    assert "4 hidden units" in figures.weights_frame(weight).alt
    assert "from −0.75 to 0.75" in figures.weights_frame(weight).alt
