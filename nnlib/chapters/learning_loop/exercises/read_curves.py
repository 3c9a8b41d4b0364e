"""Predict: four loss curves, each at a rate and at a tenth of it, and four broken loops."""

import functools

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

RATE, SIGN, CLEARING, STEP = "rate", "sign", "clearing", "step"
CAUSES = {"A": CLEARING, "B": RATE, "C": STEP, "D": SIGN}
RATES = {"A": 0.08, "B": 0.22, "C": 0.05, "D": 0.03}
STEPS = 20


@functools.cache
def curves():
    """Run the four loops: {"A": {rate: losses, rate / 10: losses}, ...}, 21 losses each."""
    return {
        letter: {rate: run(cause, rate) for rate in (RATES[letter], RATES[letter] / 10)}
        for letter, cause in CAUSES.items()
    }


def run(cause, rate):
    """Losses of the line through (1, 3), (2, 5), (3, 7) in a loop with one thing wrong."""
    nn = paths.load("numpy")
    model = nn.Dense(1, 1, rng=np.random.default_rng(0), dtype="float64")
    model.load_state_dict({"weight": np.zeros((1, 1)), "bias": np.zeros(1)})
    loss_fn, optimizer = nn.MSELoss(), nn.SGD(model.parameters(), lr=rate)
    x = np.array([[1.0], [2.0], [3.0]])
    losses = []
    for _ in range(STEPS + 1):
        losses.append(loss_fn(model(x), 2 * x + 1).item())
        if cause != CLEARING:
            optimizer.zero_grad()
        gradient = loss_fn.backward()
        model.backward(-gradient if cause == SIGN else gradient)
        if cause != STEP:
            optimizer.step()
    return losses


def confused(first, second):
    """The answer with the causes of two letters exchanged."""
    return {**CAUSES, first: CAUSES[second], second: CAUSES[first]}


def confuses(first, second):
    """Recognise answers in which one of two letters, or both, has the other's cause."""
    return only_these_wrong(CAUSES, {(first, CAUSES[second]), (second, CAUSES[first])})


EXERCISE = Exercise(
    identifier="learning_loop.read_curves",
    title="read four losses",
    level="predict",
    prompt=(
        "Each panel shows the loss of one loop at a learning rate (solid), and of the same loop at "
        'a tenth of it (dashed). In one the `"rate"` is too large and nothing else is wrong, one '
        'has the `"sign"` of its update wrong, one lacks the `"clearing"` of its gradients, and '
        'one lacks the `"step"`. Which is which? Replace each `...` by one of the four.'
    ),
    stub="read_curves = {\n" + "".join(f'    "{name}": ...,\n' for name in CAUSES) + "}\n",
    solution=CAUSES,
    cases=lambda: [Case((), CAUSES)],
    judge=judge_words(RATE, SIGN, CLEARING, STEP),
    hints=(
        "Look at each dashed line first: what does a smaller rate change, and what not?",
        "If only the rate is too large, a tenth of it mends the run. The other three faults stay, "
        "whatever the rate.",
        "Of those three, one goes uphill at every rate, one does not move at all, and one runs "
        "past the minimum and back.",
    ),
    passed="One run says little. The same run at a smaller rate tells the causes apart.",
    mistakes=(
        Mistake(
            "takes a wrong sign for a large rate",
            "Two of the solid lines climb. Of these, one is mended by the smaller rate, and the "
            "other goes on climbing: that one is walking uphill.",
            answers=(confused("B", "D"), {**CAUSES, "D": RATE}),
            recognise=confuses("B", "D"),
        ),
        Mistake(
            "takes swings for a large rate",
            "A and B: where only the rate is too large, a tenth of it brings calm. In A the swings "
            "are slower at a tenth, and are still there.",
            answers=(confused("A", "B"), {**CAUSES, "A": RATE}),
            recognise=confuses("A", "B"),
        ),
        Mistake(
            "takes swings for a loop without its step",
            "Without the step the weights stay as they are, and so does the loss, to the last "
            "digit. Swings need weights that move.",
            answers=(confused("A", "C"), {**CAUSES, "A": STEP}),
            recognise=confuses("A", "C"),
        ),
        Mistake(
            "takes climbing for old gradients",
            "Old gradients carry the weights past the minimum and back again, so the loss falls in "
            "between. A loss that climbs at every rate is walking uphill.",
            answers=(confused("A", "D"), {**CAUSES, "D": CLEARING}),
            recognise=confuses("A", "D"),
        ),
        Mistake(
            "takes a loss that stands still for a bad rate",
            "A rate makes the weights move too far or too little. In C they do not move at all, at "
            "either rate.",
            answers=(confused("B", "C"), {**CAUSES, "C": RATE}),
            recognise=confuses("B", "C"),
        ),
        Mistake(
            "takes a loss that stands still for a wrong sign",
            "With the wrong sign the weights do move, away from the minimum, and the loss climbs. "
            "In C nothing moves.",
            answers=(confused("C", "D"), {**CAUSES, "C": SIGN}),
            recognise=confuses("C", "D"),
        ),
    ),
    also_right=(
        {name: f" {cause.upper()}" for name, cause in CAUSES.items()},
        dict(reversed(CAUSES.items())),
    ),
)
