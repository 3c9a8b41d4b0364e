"""Repair, cases G and J: a score that depends on the mode, and leaves another one behind."""

import numpy as np

from nnlib.chapters.debugging.exercises._looking import judge_looks, looks_for
from nnlib.exercises import paths
from nnlib.exercises.exercise import Case, Exercise, Mistake

FEATURES, CLASSES = 3, 4


def share_right(model, batches):
    """Share of right answers in all batches; the model is left as it came."""
    was_training = model.training
    model.eval()
    right, rows = 0, 0
    with model.no_grad():
        for x, y in batches:
            scores = model.as_numpy(model(x))                # (rows, classes)
            right += int((scores.argmax(axis=1) == model.as_numpy(y)).sum())
            rows += len(scores)
    model.train(was_training)
    return right / rows


def broken(model, batches):
    """Share of right answers in all batches; the model is left as it came."""
    right, rows = 0, 0
    with model.no_grad():
        for x, y in batches:
            scores = model.as_numpy(model(x))                # (rows, classes)
            right += int((scores.argmax(axis=1) == model.as_numpy(y)).sum())
            rows += len(scores)
    return right / rows


# --- answers with one misconception each ---


def never_back(model, batches):
    model.eval()
    right, rows = 0, 0
    with model.no_grad():
        for x, y in batches:
            scores = model.as_numpy(model(x))
            right += int((scores.argmax(axis=1) == model.as_numpy(y)).sum())
            rows += len(scores)
    return right / rows


def never_back_by_lists(model, batches):
    model.train(False)
    hits = [said == true for x, y in batches
            for said, true in zip(model.as_numpy(model(x)).argmax(axis=1), model.as_numpy(y),
                                  strict=True)]
    return float(np.mean(hits))


def back_to_what_is_now(model, batches):
    model.eval()
    before = model.training
    hits = []
    with model.no_grad():
        for x, y in batches:
            hits += list(model.as_numpy(model(x)).argmax(axis=1) == model.as_numpy(y))
    model.train(before)
    return sum(hits) / len(hits)


def always_to_training(model, batches):
    model.eval()
    right, rows = 0, 0
    with model.no_grad():
        for x, y in batches:
            scores = model.as_numpy(model(x))
            right += int((scores.argmax(axis=1) == model.as_numpy(y)).sum())
            rows += len(scores)
    model.train()
    return right / rows


def always_to_training_by_lists(model, batches):
    model.eval()
    hits = [said == true for x, y in batches
            for said, true in zip(model.as_numpy(model(x)).argmax(axis=1), model.as_numpy(y),
                                  strict=True)]
    model.train()
    return float(np.mean(hits))


def always_to_training_by_flag(model, batches):
    model.train(False)
    hits = []
    with model.no_grad():
        for x, y in batches:
            hits.append(model.as_numpy(model(x)).argmax(axis=1) == model.as_numpy(y))
    model.train(True)
    return np.concatenate(hits).mean()


def mean_of_the_batches(model, batches):
    was_training = model.training
    model.eval()
    shares = []
    with model.no_grad():
        for x, y in batches:
            shares.append((model.as_numpy(model(x)).argmax(axis=1) == model.as_numpy(y)).mean())
    model.train(was_training)
    return np.mean(shares)


def mean_of_the_batches_by_counts(model, batches):
    was_training, total = model.training, 0.0
    model.eval()
    for x, y in batches:
        said = np.argmax(model.as_numpy(model(x)), axis=-1)
        total += np.count_nonzero(said == model.as_numpy(y)) / len(said)
    model.train(was_training)
    return total / len(batches)


def mean_of_the_batches_by_error(model, batches):
    was_training = model.training
    model.train(False)
    wrong = [float(np.mean(model.as_numpy(model(x)).argmax(axis=1) != model.as_numpy(y)))
             for x, y in batches]
    model.train(was_training)
    return 1 - sum(wrong) / len(wrong)


def switches_after_the_first_batch(model, batches):
    was_training = model.training
    right, rows = 0, 0
    for x, y in batches:
        scores = model.as_numpy(model(x))
        model.eval()
        right += int((scores.argmax(axis=1) == model.as_numpy(y)).sum())
        rows += len(scores)
    model.train(was_training)
    return right / rows


def switches_after_the_first_batch_by_lists(model, batches):
    was_training, hits = model.training, []
    with model.no_grad():
        for x, y in batches:
            hits += list(model.as_numpy(model(x)).argmax(axis=1) == model.as_numpy(y))
            model.train(False)
    model.train(was_training)
    return sum(hits) / len(hits)


def switches_after_the_first_batch_by_number(model, batches):
    was_training, right = model.training, []
    for number, (x, y) in enumerate(batches):
        if number == 1:
            model.eval()
        right.append(np.argmax(model.as_numpy(model(x)), axis=1) == model.as_numpy(y))
    model.train(was_training)
    return np.concatenate(right).mean()


def all_in_one_batch(model, batches):
    x = np.concatenate([model.as_numpy(part) for part, _ in batches])
    y = np.concatenate([model.as_numpy(part) for _, part in batches])
    with model.no_grad():
        return float((model.as_numpy(model(model.as_input(x))).argmax(axis=1) == y).mean())


# --- unusual and right ---


def on_a_copy(model, batches):
    """The model itself is never switched: a copy of it is scored."""
    import copy

    other = copy.deepcopy(model).eval()
    hits = [other.as_numpy(other(x)).argmax(axis=1) == other.as_numpy(y) for x, y in batches]
    return np.concatenate(hits).mean()


def row_by_row(model, batches):
    """One row at a time, which evaluation mode allows."""
    was_training = model.training
    model.eval()
    hits = [int(model.as_numpy(model(x[i : i + 1])).argmax()) == int(model.as_numpy(y)[i])
            for x, y in batches for i in range(len(x))]
    model.train(was_training)
    return sum(hits) / len(hits)


# --- what is looked at ---


@looks_for("one number")
def read(result, arguments):
    """The score, and in which mode and with which running mean the model is left."""
    model = arguments[0]
    state = {name: np.asarray(model.as_numpy(value), dtype="float64") if hasattr(value, "shape")
             else value for name, value in model.state_dict().items()}
    return {
        "score": float(result),
        "mode afterwards": "training" if model.training else "evaluation",
        "running mean afterwards": state["0.running_mean"],
    }


def cases():
    return [_case(path, *setting) for path in paths.available()
            for setting in ((3, (5, 2), True), (4, (4, 3, 2), False), (5, (6, 3), True))]


def _case(path, seed, sizes, training):
    """Batches of different sizes, sorted by their first feature, through a batch norm."""
    nn = paths.load(path)
    rng = np.random.default_rng(seed)
    x = rng.normal(1, 2, (sum(sizes), FEATURES))
    x = x[np.argsort(x[:, 0])]
    mean, var = rng.normal(1, 0.3, FEATURES), rng.uniform(2, 4, FEATURES)
    weight = rng.normal(size=(FEATURES, CLASSES))
    scores = (x - mean) / np.sqrt(var + 1e-5) @ weight
    y = np.where(rng.random(len(x)) < 0.7, scores.argmax(axis=1), (scores.argmax(axis=1) + 1) % 4)
    cuts = np.cumsum(sizes)[:-1]

    def arguments():
        model = nn.Sequential(
            nn.BatchNorm(FEATURES, dtype="float64"),
            nn.Dense(FEATURES, CLASSES, bias=False, rng=np.random.default_rng(0), dtype="float64"))
        state = dict(model.state_dict())
        state |= {"0.running_mean": mean, "0.running_var": var, "1.weight": weight}
        model.load_state_dict(state)
        model.train(training)
        batches = [(paths.array(path, part), model.as_input(labels))
                   for part, labels in zip(np.split(x, cuts), np.split(y, cuts), strict=True)]
        return model, batches

    expected = {
        "score": float(np.mean(scores.argmax(axis=1) == y)),
        "mode afterwards": "training" if training else "evaluation",
        "running mean afterwards": mean,
    }
    return Case(arguments, expected, path=path, read=read)


EXERCISE = Exercise(
    identifier="debugging.share_right",
    title="cases G and J, a score that disturbs",
    level="repair",
    prompt=(
        "One function is behind both cases: in G the score depends on how the rows are put "
        "together, and somebody who mended that with one line brought case J about. Mend it for "
        "good: the score is that of the network as it will be used, each row counts once, and "
        "afterwards the model is as it came: in the same mode, which may be either, and with the "
        "same running statistics. `model.training` says the mode, `model.train(mode)` sets it."
    ),
    solution=share_right,
    broken=broken,
    cases=cases,
    judge=judge_looks,
    hints=(
        "Which mode do these rows need, and who sets it?",
        "Whoever calls the function goes on training, or goes on using. Can the function know "
        "which?",
        "Look up the mode first, switch, score, and set what you have looked up.",
    ),
    passed="A measurement leaves things as it found them: look the mode up, switch, and set it "
           "back.",
    mistakes=(
        Mistake(
            "does not set the mode back",
            "The score is right. But a model that came in training mode is left in evaluation "
            "mode: that is case J.",
            answers=(never_back, never_back_by_lists, back_to_what_is_now),
        ),
        Mistake(
            "sets training mode in any case",
            "The score is right. But a model that is in use came in evaluation mode, and goes back "
            "in training mode.",
            answers=(always_to_training, always_to_training_by_lists, always_to_training_by_flag),
        ),
        Mistake(
            "averages the batches",
            "The modes are right. But the mean of the batches' shares lets a row of a small batch "
            "count for more than one of a large.",
            answers=(mean_of_the_batches, mean_of_the_batches_by_counts,
                     mean_of_the_batches_by_error),
        ),
        Mistake(
            "puts all rows into one batch",
            "Another order, or another batch, hides it: in this mode the answer still depends on "
            "who is in the batch, and the running statistics move.",
            answers=(all_in_one_batch,),
        ),
        Mistake(
            "switches after the first batch",
            "The first batch goes through before the mode is set.",
            answers=(switches_after_the_first_batch, switches_after_the_first_batch_by_lists,
                     switches_after_the_first_batch_by_number),
        ),
    ),
    also_right=(on_a_copy, row_by_row),
)
