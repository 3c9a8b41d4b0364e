"""Pictures of the first chapter: what a frame says is what its page's code computes."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

import nnlib.numpy
from nnlib.chapters.learning_loop import figures
from nnlib.chapters.learning_loop.figures import diagrams, line, rounds
from nnlib.widgets import Frame

NOTEBOOK = Path(__file__).resolve().parents[3] / "book" / "01_learning_loop.ipynb"
CELLS = [
    cell for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    if cell["cell_type"] == "code"
]
X, Y = np.array([1.0, 2.0, 3.0]), np.array([3.0, 5.0, 7.0])
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]\d+)?")


def source(cell):
    return "".join(cell["source"])


def defined_on_the_page(name, *needed, **given):
    """A function of the page itself: the cells that define it, and what it needs, are run."""
    space = {"np": np, **given}
    for cell in CELLS:
        if any(f"def {wanted}(" in source(cell) for wanted in (*needed, name)):
            exec(source(cell), space)
    return space[name]


@pytest.fixture(scope="module")
def six_rounds():
    return defined_on_the_page("six_rounds", "loss_at")


@pytest.fixture(scope="module")
def descend():
    return defined_on_the_page("descend", x=X, y=Y)


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
    for part, values in enumerate(([w, *prediction], [w, loss], [w, gradient], [w, new_w]), 1):
        alt = figures.rounds_frame(rate, number, part, six_rounds).alt
        assert alt.startswith(
            f"Learning rate {rate:g}, round {number} of 6, part {part}, {rounds.PARTS[part - 1]}: "
        )
        said = [float(text) for text in NUMBER.findall(alt.partition(": ")[2])]
        assert said[: len(values)] == pytest.approx(values, abs=6e-4)


def test_both_failures_of_the_rate_are_reachable(six_rounds):
    ends = {rate: abs(six_rounds(rate)[2][-1][-1] - 2) for rate in rounds.RATES}
    assert ends[0.9] < 1e-5                              # arrives
    assert 0.5 < ends[0.1] < 2                           # too slow
    assert ends[2.1] > 3.5                               # thrown further out than it began


def test_the_explorer_has_every_part_and_begins_with_a_result(six_rounds, monkeypatch):
    drawn = []

    def quick(learning_rate, number, part, trace):
        drawn.append((learning_rate, number, part))
        return Frame(b"png", 10, 10, f"frame {len(drawn)}")

    monkeypatch.setattr(rounds, "rounds_frame", quick)
    explorer = figures.rounds_explorer(six_rounds)
    assert len(explorer.frames) == len(set(drawn)) == 72
    assert explorer.setting == {"learning_rate": 0.1, "number": 1, "part": 4}


# --- the line ---


def loss_of_the_library(w, b):
    """The loss of the line, and both its slopes, by the library's own layer and loss."""
    layer = nnlib.numpy.Dense(1, 1, rng=np.random.default_rng(0), dtype="float64")
    layer.load_state_dict({"weight": np.full((1, 1), w), "bias": np.full(1, b)})
    loss_fn = nnlib.numpy.MSELoss()
    loss = loss_fn(layer(X[:, None]), Y[:, None]).item()
    layer.backward(loss_fn.backward())
    return loss, layer.weight.grad.item(), layer.bias.grad.item()


@pytest.mark.parametrize("w", line.HAND_W)
@pytest.mark.parametrize("b", line.HAND_B)
def test_the_line_fitted_by_hand_has_the_librarys_loss_and_slopes(w, b):
    expected = loss_of_the_library(w, b)
    assert line.loss_and_slopes(w, b, X, Y) == pytest.approx(expected)


def test_a_frame_of_the_line_by_hand_states_its_numbers():
    shown = figures.fit_frame(2.5, -1.0, X, Y)
    loss, dw, db = loss_of_the_library(2.5, -1.0)
    assert f"w = 2.5 and b = -1 the loss is {loss:.3f}" in shown.alt
    assert f"{dw:.2f} for w and {db:.2f} for b" in shown.alt
    assert shown.text == f"Loss: {loss:.3f}\nSlope for w: {dw:.2f}\nSlope for b: {db:.2f}"


def test_the_answers_of_fitting_by_hand():
    """With b = 0 it is w = 2.5, and exactly three pairs of the explorer are below 0.2."""
    losses = {(w, b): loss_of_the_library(w, b)[0] for w in line.HAND_W for b in line.HAND_B}
    assert min(line.HAND_W, key=lambda w: losses[w, 0.0]) == 2.5
    small = {pair: loss for pair, loss in losses.items() if loss < 0.2}
    assert small == pytest.approx({(2.5, 0.0): 1 / 6, (2.0, 1.0): 0, (1.5, 2.0): 1 / 6})


def test_the_first_steps_are_the_worked_numbers(descend):
    table = descend(0.1, 3)
    assert table[:, 2] == pytest.approx([27.666667, 0.331852, 0.005267, 0.001304], abs=5e-7)
    assert table[1:, :2] == pytest.approx(np.array(
        [[2.266667, 1.0], [2.017778, 0.893333], [2.043852, 0.907556]]), abs=5e-7)


def test_the_limit_and_the_best_rate_are_where_the_chapter_says(descend):
    curvature = 2 * np.array([[14, 6], [6, 3]]) / 3
    small, large = np.linalg.eigvalsh(curvature)
    ends = {rate: descend(rate, 100)[-1, 2] for rate in line.RATES}
    assert min(line.RATES, key=ends.get) == 0.17
    assert ends[0.17] < 1e-6
    assert ends[0.18] == pytest.approx(14.4, abs=0.05)
    assert ends[0.19] > 1e10
    rates = np.arange(1, 181) / 1000                     # from the start of the page, in 100 steps
    assert min(rates, key=lambda rate: descend(rate, 100)[-1, 2]) == 0.171
    best = 2 / (small + large)
    assert (round(best, 4), round(2 / large, 4)) == (0.1765, 0.1803)
    # What a step leaves of the distance to the minimum at most, from any start.
    left = [np.linalg.norm(np.eye(2) - rate * curvature, 2)
            for rate in (best - 0.001, best, best + 0.001, 2 / large)]
    assert left[1] < min(left[0], left[2])
    assert left[3] == pytest.approx(1)


@pytest.mark.parametrize("rate", [0.001, 0.1, 0.18, 0.19])
def test_a_frame_of_the_descent_states_its_numbers(descend, rate):
    table = descend(rate, 100)
    shown = figures.descent_frame(rate, descend, X, Y)
    assert f"Learning rate {rate:g}:" in shown.alt
    assert shown.alt.endswith(f"from 27.67 to {table[-1, 2]:.3g}.")
    for w in table[-2:, 0]:
        assert f"y = {w:.3g} x" in shown.alt
        assert f"y = {w:.3g} x" in shown.text


# --- the curves to be read ---


def test_the_curves_show_what_their_answers_say():
    from nnlib.chapters.learning_loop.exercises.read_curves import CAUSES, curves

    runs = {CAUSES[letter]: list(both.values()) for letter, both in curves().items()}
    assert np.all(np.diff(runs["sign"]) > 0)                       # climbs at both rates
    assert np.all(np.diff(runs["rate"][0]) > 0)                    # climbs, and a tenth of it falls
    assert np.all(np.diff(runs["rate"][1]) < 0)
    assert np.ptp(runs["step"]) == 0                               # does not move
    for losses in runs["clearing"]:                                # falls, and rises again
        assert min(losses) < 2
        assert max(losses[int(np.argmin(losses)):]) > 20


def test_the_frame_of_the_curves_states_both_runs_of_each():
    from nnlib.chapters.learning_loop.exercises.read_curves import curves

    alt = figures.curves_frame().alt
    for letter, runs in curves().items():
        for rate, losses in runs.items():
            assert f"{letter} at rate {rate:g}: 27.7, {losses[1]:.3g}, " in alt
            assert f", {losses[20]:.3g}" in alt


# --- data ---


def test_the_histogram_counts_both_kinds_on_both_sides():
    radius = np.array([10.0, 12.0, 16.0, 13.0, 16.5, 20.0])
    shown = figures.tumours_frame(radius, np.array([1, 1, 1, 0, 0, 0]), rule=17.5, learned=15.0)
    assert "of 3 benign tumours 2 lie below 15.00 and 3 below 17.5" in shown.alt
    assert "of 3 malignant tumours 1 lie below 15.00 and 2 below 17.5" in shown.alt
    assert shown.alt.endswith("The two kinds overlap from 13.00 to 16.00.")


def test_digits_are_shown_with_labels_and_answers():
    images = np.zeros((3, 64))
    assert "3 handwritten digits" in figures.digits_frame(images, [4, 0, 7]).alt
    assert "labels 4, 0, 7." in figures.digits_frame(images, [4, 0, 7]).alt
    said = figures.answer_frame(images[0], np.array([0.04, 0.9, 0.06])).alt
    assert said.endswith("1 gets 0.900, every other digit at most 0.060.")


def test_widths_are_told_by_their_means():
    training = np.zeros((7, 2, 2))
    training[5] = [[0.3, 0.8], [0.5, 1.0]]
    alt = figures.width_frame((1, 2, 4, 8, 16, 64, 256), training, training / 2).alt
    assert "64: 0.40 and 0.20, 90% and 45%" in alt


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


@pytest.mark.parametrize("seed", [0, 1])
def test_beyond_the_points_no_width_and_no_start_helps(seed):
    space = {"nnlib": nnlib}
    fit = defined_on_the_page("fit_sine", **space)
    within, beyond = {}, {}
    for units in (2, 32):
        x, prediction = fit(units, seed)
        error, inside = np.abs(prediction - np.sin(x)), np.abs(x) <= np.pi
        within[units], beyond[units] = error[inside].max(), error[~inside].max()
    assert within[32] < 0.05 < 0.5 < within[2]
    assert beyond[32] > beyond[2] > 1.5


# --- the pictures of the page ---


def test_the_page_shows_all_its_pictures():
    shown = {name for cell in CELLS for name in re.findall(r"figures\.(\w+)\(", source(cell))}
    assert {
        "analogy_frame", "graph_frame", "pipeline_frame", "lanes_frame", "count_frame",
        "weights_frame", "width_frame", "rounds_explorer", "descent_explorer", "sine_explorer",
        "tumours_frame", "fit_explorer", "digits_frame", "answer_frame", "curves_frame",
    } == shown


def test_the_pipeline_names_its_stages_in_the_order_of_the_exercise():
    from nnlib.chapters.learning_loop.exercises.pipeline_order import ORDER

    assert sorted(ORDER, key=ORDER.get) == list(diagrams.STAGES)
    alt = figures.pipeline_frame().alt
    places = [alt.index(stage) for stage in diagrams.STAGES]
    assert places == sorted(places)


def test_both_drawings_have_the_target_and_both_lanes_the_preprocessing():
    assert "target" in figures.pipeline_frame().alt
    training, inference = figures.lanes_frame().alt.split("Inference:")
    assert "target" in training
    assert "preprocessing" in training
    assert "the same preprocessing" in inference
    assert "no target" in inference


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
    start = np.zeros((64, 4))
    start[:, 3] = 0.2
    alt = figures.weights_frame(weight, start).alt
    assert "4 hidden units" in alt
    assert "from −0.75 to 0.75" in alt
    assert alt.endswith("unit by unit: 0.01, 0.00, 0.00, 0.20.")
