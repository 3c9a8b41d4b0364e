"""Repair: a training loop in which clipping does nothing."""

import numpy as np

from nnlib.exercises import comparing, paths
from nnlib.exercises.exercise import Case, Exercise, Mistake


def clipped_training(model, loss_fn, optimizer, batches, clip, limit):
    """One clipped update for each batch; return the losses before the updates."""
    losses = []
    for x, y in batches:
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        clip(model.parameters(), limit)
        optimizer.step()
    return losses


def broken(model, loss_fn, optimizer, batches, clip, limit):
    """One clipped update for each batch; return the losses before the updates."""
    losses = []
    for x, y in batches:
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        clip(model.parameters(), limit)
        model.backward(loss_fn.backward())
        optimizer.step()
    return losses


# --- wrong repairs ---


def after_the_step(model, loss_fn, optimizer, batches, clip, limit):
    losses = []
    for x, y in batches:
        losses.append(loss_fn(model(x), y).item())
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
        clip(model.parameters(), limit)
    return losses


def clears_after_backward(model, loss_fn, optimizer, batches, clip, limit):
    losses = []
    for x, y in batches:
        losses.append(loss_fn(model(x), y).item())
        model.backward(loss_fn.backward())
        optimizer.zero_grad()
        clip(model.parameters(), limit)
        optimizer.step()
    return losses


def never_clears(model, loss_fn, optimizer, batches, clip, limit):
    losses = []
    for x, y in batches:
        losses.append(loss_fn(model(x), y).item())
        model.backward(loss_fn.backward())
        clip(model.parameters(), limit)
        optimizer.step()
    return losses


def each_by_itself(model, loss_fn, optimizer, batches, clip, limit):
    losses = []
    for x, y in batches:
        losses.append(loss_fn(model(x), y).item())
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        for parameter in model.parameters():
            clip([parameter], limit)
        optimizer.step()
    return losses


def the_first_gradient(model, loss_fn, optimizer, batches, clip, limit):
    losses = []
    for x, y in batches:
        losses.append(loss_fn(model(x), y).item())
        optimizer.zero_grad()
        start = loss_fn.backward()
        model.backward(start * min(1.0, limit / float((start**2).sum()) ** 0.5))
        optimizer.step()
    return losses


def leaves_batches_out(model, loss_fn, optimizer, batches, clip, limit):
    losses = []
    for x, y in batches:
        losses.append(loss_fn(model(x), y).item())
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        if clip(model.parameters(), limit) <= limit:
            optimizer.step()
    return losses


def two_steps(model, loss_fn, optimizer, batches, clip, limit):
    losses = []
    for x, y in batches:
        losses.append(loss_fn(model(x), y).item())
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
        clip(model.parameters(), limit)
        optimizer.step()
    return losses


def cuts_the_losses(model, loss_fn, optimizer, batches, clip, limit):
    losses = []
    for x, y in batches:
        loss = loss_fn(model(x), y)
        losses.append(min(loss.item(), limit))
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    return losses


# --- unusual and right ---


def clears_at_the_end(model, loss_fn, optimizer, batches, clip, limit):
    losses = []
    for x, y in batches:
        loss = loss_fn(model(x), y)
        model.backward(loss_fn.backward())
        clip(list(model.parameters()), limit)
        optimizer.step()
        model.zero_grad()
        losses.append(float(loss))
    return losses


# --- cases: one dense layer with a squared error, so that each step is known in closed form ---

FEATURES, OUTPUTS = 3, 2


def batches_of(path, strange):
    """Four batches of five rows; the targets of one batch are multiplied by `strange`."""
    rng = np.random.default_rng(7)
    made = []
    for place in range(4):
        x, y = rng.normal(size=(5, FEATURES)), rng.normal(size=(5, OUTPUTS))
        y = y * strange if place == 1 else y
        made.append((paths.array(path, x), paths.array(path, y)))
    return made


def arguments(path, limit, strange):
    nn = paths.load(path)
    layer = nn.Dense(FEATURES, OUTPUTS, rng=np.random.default_rng(1), dtype="float64")
    model = nn.Sequential(layer)
    optimizer = nn.SGD(model.parameters(), lr=0.3)
    return model, nn.MSELoss(), optimizer, batches_of(path, strange), nn.clip_grad_norm, limit


def cases():
    return [
        Case(lambda path=path, limit=limit, strange=strange: arguments(path, limit, strange),
             by_arithmetic(limit, strange), path=path)
        for path in paths.available()
        for limit, strange in [(1.0, 20.0), (0.2, 1.0), (100.0, 1.0)]
    ]


def by_arithmetic(limit, strange):
    """The losses from the layer's first weights, the bias as one more row of them."""
    model, *_ = arguments("numpy", limit, strange)
    state = comparing.plain(model.state_dict())
    weights = np.vstack([state["0.weight"], state["0.bias"]])
    losses = []
    for x, y in batches_of("numpy", strange):
        x = np.column_stack([x, np.ones(len(x))])
        error = x @ weights - y
        losses.append(float(np.mean(error**2)))
        grad = 2 * x.T @ error / error.size
        weights = weights - 0.3 * grad * min(1, limit / (np.linalg.norm(grad) + 1e-6))
    return losses


EXERCISE = Exercise(
    identifier="optimizers.clipped_training",
    title="a limit without effect",
    level="repair",
    prompt=(
        "One batch has strange targets, and its gradient throws the weights far off. So somebody "
        "put a limit on the gradients, and nothing changed: not one loss, however small the limit "
        "is. `clip` is the library's `clip_grad_norm`, which is sound. Find the cause in "
        "`clipped_training`, and mend it."
    ),
    solution=clipped_training,
    broken=broken,
    cases=cases,
    hints=(
        "What is in the gradients at the moment when `clip` is called?",
        "Follow one gradient through these lines: where is it made, where used, where cleared?",
        "`clip` has something to shorten only once the gradients of this batch exist, and it helps "
        "only before they are used.",
    ),
    passed=(
        "No error and no warning: that a limit bites is seen only where the length of the "
        "gradients is printed, which is what clip_grad_norm returns."
    ),
    mistakes=(
        Mistake(
            "clips too early or too late",
            "Still nothing is shortened in time: where `clip` stands now, this batch has no "
            "gradient yet, or its step is over.",
            answers=(after_the_step,),
        ),
        Mistake(
            "clears what was just computed",
            "The weights do not move at all: the gradients are cleared between the backward pass "
            "and the step.",
            answers=(clears_after_backward,),
        ),
        Mistake(
            "does not clear",
            "The gradients of earlier batches are still in there: what is clipped is their sum.",
            answers=(never_clears,),
        ),
        Mistake(
            "clips each by itself",
            "Weights and biases are each clipped by themselves. The limit is on all of them "
            "together.",
            answers=(each_by_itself,),
        ),
        Mistake(
            "clips where the way back begins",
            "This shortens the gradient of the loss with respect to the outputs. The gradients of "
            "the weights can still be longer than the limit, or shorter than they need to be.",
            answers=(the_first_gradient,),
        ),
        Mistake(
            "leaves batches out",
            "A batch whose gradient is too long makes no update at all here. It should make a "
            "shorter one.",
            answers=(leaves_batches_out,),
        ),
        Mistake(
            "steps twice",
            "There are two steps for each batch, and the first one is not clipped.",
            answers=(two_steps,),
        ),
        Mistake(
            "cuts the losses",
            "The losses that are reported are cut. The gradients are as long as before, and so are "
            "the steps.",
            answers=(cuts_the_losses,),
        ),
    ),
    also_right=(clears_at_the_end,),
)
