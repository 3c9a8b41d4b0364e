"""Repair: an epoch that sets one mode, and sets it too late."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Case, Exercise, Mistake


def train_and_validate(model, loss_fn, optimizer, batches, validation):
    """Train on each pair of batches; return the loss of the pair validation."""
    model.train()
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    model.eval()
    with model.no_grad():
        loss = loss_fn(model(validation[0]), validation[1])
    return loss.item()


def broken(model, loss_fn, optimizer, batches, validation):
    """Train on each pair of batches; return the loss of the pair validation."""
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    with model.no_grad():
        loss = loss_fn(model(validation[0]), validation[1])
    model.eval()
    return loss.item()


# --- answers with one misconception each ---


def leaves_every_mode(model, loss_fn, optimizer, batches, validation):
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    with model.no_grad():
        loss = loss_fn(model(validation[0]), validation[1])
    return loss.item()


def trains_in_the_mode_it_finds(model, loss_fn, optimizer, batches, validation):
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    model.eval()
    with model.no_grad():
        loss = loss_fn(model(validation[0]), validation[1])
    model.train()
    return loss.item()


def validates_in_training_mode(model, loss_fn, optimizer, batches, validation):
    model.train()
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    with model.no_grad():
        loss = loss_fn(model(validation[0]), validation[1])
    model.eval()
    return loss.item()


def trains_in_evaluation_mode(model, loss_fn, optimizer, batches, validation):
    model.eval()
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    with model.no_grad():
        loss = loss_fn(model(validation[0]), validation[1])
    model.train()
    return loss.item()


def switches_over_within_the_loop(model, loss_fn, optimizer, batches, validation):
    model.train()
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
        model.eval()
    with model.no_grad():
        loss = loss_fn(model(validation[0]), validation[1])
    return loss.item()


def switches_after_the_forward(model, loss_fn, optimizer, batches, validation):
    for x, y in batches:
        loss = loss_fn(model(x), y)
        model.train()
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    model.eval()
    with model.no_grad():
        loss = loss_fn(model(validation[0]), validation[1])
    return loss.item()


def trains_the_wrong_half(model, loss_fn, optimizer, batches, validation):
    model.eval()
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    model.train()
    with model.no_grad():
        loss = loss_fn(model(validation[0]), validation[1])
    model.eval()
    return loss.item()


def validates_as_it_came(model, loss_fn, optimizer, batches, validation):
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    model.train()
    with model.no_grad():
        loss = loss_fn(model(validation[0]), validation[1])
    return loss.item()


def returns_the_training_loss(model, loss_fn, optimizer, batches, validation):
    model.train()
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    model.eval()
    return loss.item()


def validates_before_training(model, loss_fn, optimizer, batches, validation):
    model.eval()
    with model.no_grad():
        before = loss_fn(model(validation[0]), validation[1])
    model.train()
    for x, y in batches:
        loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    return before.item()


def never_clears(model, loss_fn, optimizer, batches, validation):
    model.train()
    for x, y in batches:
        loss = loss_fn(model(x), y)
        model.backward(loss_fn.backward())
        optimizer.step()
    model.eval()
    with model.no_grad():
        loss = loss_fn(model(validation[0]), validation[1])
    return loss.item()


def returns_within_the_loop(model, loss_fn, optimizer, batches, validation):
    model.train()
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
        model.eval()
        with model.no_grad():
            loss = loss_fn(model(validation[0]), validation[1])
        return loss.item()


def learns_from_the_validation(model, loss_fn, optimizer, batches, validation):
    model.train()
    for x, y in [*batches, validation]:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    model.eval()
    with model.no_grad():
        loss = loss_fn(model(validation[0]), validation[1])
    return loss.item()


def makes_no_step(model, loss_fn, optimizer, batches, validation):
    model.train()
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
    model.eval()
    with model.no_grad():
        loss = loss_fn(model(validation[0]), validation[1])
    return loss.item()


# --- unusual and right ---


def with_evaluate(model, loss_fn, optimizer, batches, validation):
    from nnlib.training import evaluate

    model.train()
    for x, y in batches:
        optimizer.zero_grad()
        loss_fn(model(x), y)
        model.backward(loss_fn.backward())
        optimizer.step()
    return evaluate(model, loss_fn, validation)["loss"]


def switches_layer_by_layer(model, loss_fn, optimizer, batches, validation):
    for _, layer in model.named_modules():
        layer.train()
    for x, y in batches:
        loss_fn(model(x), y)
        model.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    for _, layer in model.named_modules():
        layer.eval()
    return float(loss_fn(model(validation[0]), validation[1]).item())


def switches_back_at_the_end_too(model, loss_fn, optimizer, batches, validation):
    model.train(True)
    for batch in batches:
        loss_fn(model(batch[0]), batch[1])
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    model.train(False)
    try:
        return loss_fn(model(validation[0]), validation[1]).item()
    finally:
        model.train()


FEATURES = 3
RATE = 0.2


def cases():
    """As a new model comes, in training mode, and as a validation leaves it."""
    return [_case(path, *setting) for path in paths.available()
            for setting in ((0, 3, 4, True), (1, 2, 5, False), (2, 3, 5, False))]


def _case(path, seed, count, rows, training):
    """A batch norm and one logit, in one of the modes, some batches, some new rows."""
    nn = paths.load(path)
    rng = np.random.default_rng(seed)
    data = [(rng.normal(2, 3, (rows, FEATURES)), _labels(rng, rows))
            for _ in range(count)]
    new = rng.normal(1, 2, (7, FEATURES)), _labels(rng, 7)

    def build():
        return nn.Sequential(
            nn.BatchNorm(FEATURES, dtype="float64"),
            nn.Dense(FEATURES, 1, rng=np.random.default_rng(seed), dtype="float64"))

    def arguments():
        model, loss_fn = build(), nn.BCEWithLogitsLoss()
        optimizer = nn.SGD(model.parameters(), lr=RATE)
        model.train(training)
        batches = [(paths.array(path, x), paths.array(path, y)) for x, y in data]
        return model, loss_fn, optimizer, batches, tuple(paths.array(path, v) for v in new)

    first = {name: np.asarray(value, "float64") for name, value in build().state_dict().items()}
    return Case(arguments, oracle(first, data, new), path=path)


def _labels(rng, rows):
    """Random answers of yes and no, 1.0 and 0.0."""
    return rng.integers(0, 2, (rows, 1)).astype("float64")


def oracle(state, data, new):
    """The same training with every derivative written out; the loss of the new rows."""
    gamma, beta = state["0.weight"].copy(), state["0.bias"].copy()
    weight, bias = state["1.weight"].copy(), state["1.bias"].copy()
    r_mean, r_var = np.zeros(FEATURES), np.ones(FEATURES)
    for x, y in data:
        n = len(x)
        mu, var = x.mean(axis=0), x.var(axis=0)
        normal = (x - mu) / np.sqrt(var + 1e-5)
        hidden = gamma * normal + beta
        error = (1 / (1 + np.exp(-(hidden @ weight + bias))) - y) / n
        from_hidden = error @ weight.T
        grads = (from_hidden * normal).sum(axis=0), from_hidden.sum(axis=0)
        grad_weight, grad_bias = hidden.T @ error, error.sum(axis=0)
        gamma, beta = gamma - RATE * grads[0], beta - RATE * grads[1]
        weight, bias = weight - RATE * grad_weight, bias - RATE * grad_bias
        r_mean = 0.9 * r_mean + 0.1 * mu
        r_var = 0.9 * r_var + 0.1 * var * n / (n - 1)
    x, y = new
    hidden = gamma * (x - r_mean) / np.sqrt(r_var + 1e-5) + beta
    z = hidden @ weight + bias
    return float(np.mean(np.log(1 + np.exp(z)) - y * z))


EXERCISE = Exercise(
    identifier="inference.train_and_validate",
    title="an epoch too calm",
    level="repair",
    prompt=(
        "A loop calls `train_and_validate` once for each epoch, the first time with a new network. "
        "Two symptoms: after the first epoch, the loss of the validation rows depends on which of "
        "them are measured together; from the second epoch on, the loss of the training rows, "
        "which jumped about before, is strangely smooth, and the running statistics stand still. "
        "Repair it, so that every epoch trains and measures as it should. The model may come in "
        "either mode, since others use it between the epochs. `batches` is a list of pairs (x, y), "
        "`validation` is one pair, and the loss of its rows is returned as a number."
    ),
    solution=train_and_validate,
    broken=broken,
    cases=cases,
    hints=(
        "In which mode are the layers when the first batch comes? And when the validation rows do?",
        "Two modes are needed, one for each half of the function. For which half is none set in "
        "time?",
        "Set a mode where it is needed, and do not trust what somebody left behind.",
    ),
    passed="Who needs a mode sets it, at the beginning of each half.",
    mistakes=(
        Mistake(
            "runs through in the mode that it finds",
            "Both halves run in the mode in which the model came: whatever sets one comes too "
            "late, or is never called.",
            answers=(leaves_every_mode,),
        ),
        Mistake(
            "trains in the mode that it finds",
            "The validation is right now. And the training is right where the model comes in "
            "training mode. But it may come in the other: a switch that stands at the end, behind "
            "the return or without brackets does not help the first batch.",
            answers=(trains_in_the_mode_it_finds,),
        ),
        Mistake(
            "validates in training mode",
            "Now it trains rightly. But the validation rows are normalised with statistics of "
            "their own, and they move the running ones.",
            answers=(validates_in_training_mode,),
        ),
        Mistake(
            "trains in evaluation mode",
            "The training rows go through in evaluation mode, in every epoch now: nothing drops, "
            "and no running statistic moves.",
            answers=(trains_in_evaluation_mode,),
        ),
        Mistake(
            "leaves training mode after one batch",
            "The first batch is trained on in training mode. But the switch to the other mode "
            "stands inside the loop, so all batches after the first are not.",
            answers=(switches_over_within_the_loop,),
        ),
        Mistake(
            "switches when the first batch is through",
            "A mode counts when the forward runs. The first batch has gone through before you set "
            "it.",
            answers=(switches_after_the_forward,),
        ),
        Mistake(
            "takes the modes for each other",
            "It is the other way round: the training rows go through in evaluation mode, and the "
            "validation rows in training mode.",
            answers=(trains_the_wrong_half,),
        ),
        Mistake(
            "switches before the wrong half",
            "The validation runs in training mode: the last switch before it says so. And the "
            "batches still run in the mode in which the model came.",
            answers=(validates_as_it_came,),
        ),
        Mistake(
            "returns the loss of the last batch",
            "That is a loss of training rows, measured in training mode. Asked is that of the "
            "validation rows.",
            answers=(returns_the_training_loss,),
        ),
        Mistake(
            "validates before it trains",
            "That is the loss of the model as it came, before this epoch.",
            answers=(validates_before_training,),
        ),
        Mistake(
            "lets gradients pile up",
            "The modes are right now, but each update repeats the gradients of all batches before "
            "it.",
            answers=(never_clears,),
        ),
        Mistake(
            "returns after the first batch",
            "The return stands inside the loop, so only one batch is trained on.",
            answers=(returns_within_the_loop,),
        ),
        Mistake(
            "learns from the validation rows",
            "The loss is too good: these rows were trained on as well.",
            answers=(learns_from_the_validation,),
        ),
        Mistake(
            "makes no update",
            "No weight has changed: when a step is made, there are no gradients, or none is made.",
            answers=(makes_no_step,),
        ),
    ),
    also_right=(with_evaluate, switches_layer_by_layer, switches_back_at_the_end_too),
)
