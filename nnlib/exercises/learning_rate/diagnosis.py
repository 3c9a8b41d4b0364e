"""Predict: four pairs of loss curves, four diagnoses."""

import functools

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.sorting import judge_words, only_these_wrong

LOW, GOOD, HIGH, OVERFITTING = "too low", "good", "too high", "overfitting"
DIAGNOSIS = {"A": HIGH, "B": GOOD, "C": OVERFITTING, "D": LOW}
EPOCHS = 30


@functools.cache
def curves():
    """Train the four runs: {"A": (training losses, validation losses), ...}, 30 epochs each.

    B and D learn the digits with the network of the chapter, at rates 0.1 and 0.001. A and C learn
    from 100 patients of the diabetes data whether the progression is above the median: A is a
    single layer at a rate of 3 (a single layer, since it cannot die and so keeps jumping), C a
    network with 64 hidden units.
    """
    from nnlib import data

    nn = paths.load("numpy")
    digits = data.load_digits()
    train, validation, _ = data.split(digits.x, digits.y, rng=np.random.default_rng(0))
    patients = _patients(data)
    return {
        "A": _run(nn, *patients, hidden=None, lr=3.0, batch_size=16),
        "B": _run(nn, train, validation, hidden=32, lr=0.1, batch_size=64),
        "C": _run(nn, *patients, hidden=64, lr=0.3, batch_size=4),
        "D": _run(nn, train, validation, hidden=32, lr=0.001, batch_size=64),
    }


def _run(nn, train, validation, *, hidden, lr, batch_size):
    rng = np.random.default_rng(0)
    features, classes = train[0].shape[1], int(train[1].max()) + 1
    layers = [nn.Dense(features, hidden or classes, rng=rng)]
    if hidden:
        layers += [nn.ReLU(), nn.Dense(hidden, classes, rng=rng)]
    model = nn.Sequential(*layers)
    history = nn.fit(
        model, nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=lr), train,
        epochs=EPOCHS, batch_size=batch_size, validation=validation, rng=rng,
    )
    return history.train_loss, history.validation_loss


def _patients(data):
    """100 patients to train on and 142 to validate, standardised with the 100."""
    dataset = data.load_diabetes()
    labels = (dataset.y > np.median(dataset.y)).astype("int64")
    order = np.random.default_rng(0).permutation(len(labels))
    chosen, others = order[:100], order[300:]
    scale = data.Standardizer().fit(dataset.x[chosen])
    return (
        (scale.transform(dataset.x[chosen]), labels[chosen]),
        (scale.transform(dataset.x[others]), labels[others]),
    )


def confused(first, second):
    """The diagnosis with two letters exchanged."""
    return {**DIAGNOSIS, first: DIAGNOSIS[second], second: DIAGNOSIS[first]}


def confuses(first, second):
    """Recognise answers in which one of two letters, or both, has the other's diagnosis."""
    pairs = {(first, DIAGNOSIS[second]), (second, DIAGNOSIS[first])}
    return only_these_wrong(DIAGNOSIS, pairs)


EXERCISE = Exercise(
    identifier="learning_rate.diagnosis",
    title="read four curves",
    level="predict",
    prompt=(
        "The figure shows four runs, each with its training loss and its validation loss. One has "
        'a learning rate that is `"too low"`, one a rate that is `"too high"`, one is '
        '`"overfitting"`, and one is `"good"`. Which is which? Replace each `...` by one of the '
        "four."
    ),
    stub="""\
diagnosis = {
    "A": ...,
    "B": ...,
    "C": ...,
    "D": ...,
}
""",
    solution=DIAGNOSIS,
    cases=lambda: [Case((), DIAGNOSIS)],
    judge=judge_words(LOW, GOOD, HIGH, OVERFITTING),
    hints=(
        "Look at the training loss first: does it fall, crawl, or jump?",
        "Where the training loss falls well, compare the validation loss: does it follow, or does "
        "it turn and rise?",
        "One run jumps up and down in both curves, one is hardly lower at the end than at the "
        "start, and of the other two one has curves that part.",
    ),
    passed=(
        "The training loss tells of the rate; the gap to the validation loss tells of overfitting."
    ),
    mistakes=(
        Mistake(
            "confuses too low with too high",
            "Both have a high loss, for opposite reasons. Steps that are too small make a smooth "
            "curve that crawls; steps that are too large make it jump.",
            answers=(confused("A", "D"), {**DIAGNOSIS, "D": HIGH}),
            recognise=confuses("A", "D"),
        ),
        Mistake(
            "takes a rising validation loss for a high rate",
            "Look at the training loss as well. Where it falls smoothly to zero the rate is fine, "
            "and only the validation loss rises; with a rate too high both jump.",
            answers=(confused("A", "C"), {**DIAGNOSIS, "C": HIGH}),
            recognise=confuses("A", "C"),
        ),
        Mistake(
            "looks at the training loss only",
            "The lowest training loss does not make the best run. Which of B and C has a "
            "validation loss that follows its training loss?",
            answers=(confused("B", "C"), {**DIAGNOSIS, "C": GOOD}),
            recognise=confuses("B", "C"),
        ),
        Mistake(
            "takes a slow run for a good one",
            "A smooth curve is not enough: of B and D, one is still near the loss of its start "
            "after 30 epochs.",
            answers=(confused("B", "D"), {**DIAGNOSIS, "D": GOOD}),
            recognise=confuses("B", "D"),
        ),
        Mistake(
            "takes underfitting for overfitting",
            "Overfitting needs a low training loss. Where both losses stay high, nothing has been "
            "learned yet, by heart or otherwise.",
            answers=(confused("C", "D"), {**DIAGNOSIS, "D": OVERFITTING}),
            recognise=confuses("C", "D"),
        ),
    ),
    also_right=({name: f" {kind.upper()}" for name, kind in DIAGNOSIS.items()},),
)
