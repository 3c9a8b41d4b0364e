"""Predict: four pairs of loss curves, four diagnoses."""

import functools

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words, word

LOW, GOOD, HIGH, OVERFITTING = "too low", "good", "too high", "overfitting"
DIAGNOSIS = {"A": HIGH, "B": GOOD, "C": OVERFITTING, "D": LOW}
EPOCHS = 30


@functools.cache
def curves():
    """Train the four runs: {"A": (training losses, validation losses), ...}, 30 epochs each.

    Other settings and seeds than the runs that the chapter shows with their names. All learn the
    digits; C is a wider network with momentum that sees 240 images, and of all its labels, also
    those of validation, about a fifth is wrong.
    """
    from nnlib import data

    digits = data.load_digits()
    train, validation, _ = data.split(digits.x, digits.y, rng=np.random.default_rng(0))
    rng = np.random.default_rng(7)
    few = train[0][400:640], _spoiled(train[1][400:640], rng)
    spoiled = validation[0], _spoiled(validation[1], rng)
    return {
        "A": _run(train, validation, lr=4.0, seed=6),
        "B": _run(train, validation, lr=0.3, seed=3),
        "C": _run(few, spoiled, lr=0.08, seed=7, batch_size=32, hidden=128, momentum=0.9),
        "D": _run(train, validation, lr=0.006, seed=4),
    }


def _run(train, validation, *, lr, seed, batch_size=128, hidden=32, momentum=0.0):
    """Loss on all training rows and on all validation rows, each measured after every epoch.

    The loss that `fit` keeps is a mean over the epoch while the network is still learning, which
    puts training above validation for no reason. In float64 every machine draws the same curves.
    """
    nn = paths.load("numpy")
    rng = np.random.default_rng(seed)
    train, validation = _in_float64(train), _in_float64(validation)
    model = nn.Sequential(
        nn.Dense(64, hidden, rng=rng, dtype="float64"), nn.ReLU(),
        nn.Dense(hidden, 10, rng=rng, dtype="float64"),
    )
    loss_fn = nn.CrossEntropyLoss()
    optimizer = nn.SGD(model.parameters(), lr=lr, momentum=momentum)
    on_train = LossAfterEachEpoch(lambda: float(nn.evaluate(model, loss_fn, train)["loss"]))
    history = nn.fit(
        model, loss_fn, optimizer, train, epochs=EPOCHS, batch_size=batch_size,
        validation=validation, callbacks=[on_train], rng=rng,
    )
    return on_train.losses, history.validation_loss


class LossAfterEachEpoch:
    """Callback that keeps what `measure()` gives at the end of each epoch."""

    def __init__(self, measure):
        self.measure, self.losses = measure, []

    def on_epoch_end(self, epoch, model, optimizer, history):
        self.losses.append(self.measure())


def _in_float64(pair):
    return pair[0].astype("float64"), pair[1]


def _spoiled(labels, rng):
    """Labels of which about a fifth is replaced by another digit."""
    wrong = rng.random(len(labels)) < 0.2
    return np.where(wrong, (labels + rng.integers(1, 10, len(labels))) % 10, labels)


# The chapter names the four stories by these words; they mean the same and are accepted.
WORDS_OF_THE_CHAPTER = {
    "too slow": LOW, "good fit": GOOD, "dead": HIGH, "overfit": OVERFITTING,
}


def in_our_words(got):
    """The answer with the chapter's own words replaced by those of the prompt."""
    if not isinstance(got, dict):
        return got
    return {
        name: WORDS_OF_THE_CHAPTER.get(word(said), said) if isinstance(said, str) else said
        for name, said in got.items()
    }


def judge(got, expected):
    """Any of the four words, or the chapter's name for it."""
    return judge_our_words(in_our_words(got), expected)


judge_our_words = judge_words(LOW, GOOD, HIGH, OVERFITTING)
judge.options = judge_our_words.options


def confused(first, second):
    """The diagnosis with two letters exchanged."""
    return {**DIAGNOSIS, first: DIAGNOSIS[second], second: DIAGNOSIS[first]}


def confuses(first, second):
    """Recognise answers in which one of two letters, or both, has the other's diagnosis."""
    pairs = {(first, DIAGNOSIS[second]), (second, DIAGNOSIS[first])}
    return only_these_wrong(DIAGNOSIS, pairs, read=in_our_words)


EXERCISE = Exercise(
    identifier="learning_rate.diagnosis",
    title="read four curves",
    level="predict",
    prompt=(
        "The figure shows four runs, each with its training loss and its validation loss after "
        'every epoch. One has a learning rate that is `"too low"`, one a rate that is '
        '`"too high"`, one is `"overfitting"`, and one is `"good"`. Which is which? Replace each '
        "`...` by one of the four."
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
    judge=judge,
    hints=(
        "Look at the training loss first, also in its first epochs: does it fall well, crawl, or "
        "jump?",
        "Where the training loss falls well, compare the validation loss: does it follow, or does "
        "it turn and rise?",
        "One run jumps and then lies flat at ln 10 = 2.3, the loss of guessing; one still falls, "
        "slowly, at the end; and of the other two one has curves that part.",
    ),
    passed=(
        "The training loss tells of the rate; the gap to the validation loss tells of overfitting."
    ),
    mistakes=(
        Mistake(
            "confuses too low with too high",
            "Both have a high loss, for opposite reasons. With steps that are too small the loss "
            "still falls at the end; steps that are too large kill the network: flat at ln 10.",
            answers=(confused("A", "D"), {**DIAGNOSIS, "D": HIGH}),
            recognise=confuses("A", "D"),
        ),
        Mistake(
            "takes a rising validation loss for a high rate",
            "Look at the training loss as well. Where it goes on falling the rate is fine, and "
            "only the validation loss rises; with a rate too high neither falls.",
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
            "A smooth curve is not enough: of B and D, one has not come far from the loss of its "
            "start after 30 epochs.",
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
    also_right=(
        {name: f" {kind.upper()}" for name, kind in DIAGNOSIS.items()},
        {"A": "dead", "B": "good fit", "C": "overfit", "D": "Too slow"},
    ),
)
