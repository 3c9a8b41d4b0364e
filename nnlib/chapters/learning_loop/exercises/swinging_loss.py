"""Repair: a loss that falls, then swings, because gradients are never cleared."""

from nnlib.chapters.learning_loop.exercises import _training_cases
from nnlib.exercises import paths
from nnlib.exercises.exercise import Case, Exercise, Mistake


def swinging_loss(model, loss_fn, optimizer, x, y, steps):
    """Train for `steps` steps on all rows; return the loss before each of them."""
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    return losses


def broken(model, loss_fn, optimizer, x, y, steps):
    """Train for `steps` steps on all rows; return the loss before each of them."""
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.backward(loss_fn.backward())
        optimizer.step()
    return losses


# --- repairs that do not reach the cause ---


def smaller_rate(model, loss_fn, optimizer, x, y, steps):
    optimizer.lr = optimizer.lr / 10
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.backward(loss_fn.backward())
        optimizer.step()
    return losses


def cleared_once(model, loss_fn, optimizer, x, y, steps):
    losses = []
    optimizer.zero_grad()
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.backward(loss_fn.backward())
        optimizer.step()
    return losses


def cleared_too_early(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.backward(loss_fn.backward())
        optimizer.zero_grad()
        optimizer.step()
    return losses


def turned_round(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.backward(-loss_fn.backward())
        optimizer.step()
    return losses


def stops_when_it_rises(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        if losses and loss.item() > losses[-1]:
            losses.append(losses[-1])
            continue
        losses.append(loss.item())
        model.backward(loss_fn.backward())
        optimizer.step()
    return losses


def starts_with_old_gradients(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        losses.append(loss_fn(model(x), y).item())
        model.backward(loss_fn.backward())
        optimizer.step()
        optimizer.zero_grad()
    return losses


# --- unusual and right ---


def cleared_after_the_step(model, loss_fn, optimizer, x, y, steps):
    model.zero_grad()
    losses = []
    for _ in range(steps):
        losses.append(loss_fn(model(x), y).item())
        model.backward(loss_fn.backward())
        optimizer.step()
        optimizer.zero_grad()
    return losses


def cleared_parameter_by_parameter(model, loss_fn, optimizer, x, y, steps):
    for _ in range(steps):
        for parameter in model.parameters():
            parameter.grad = None
        yield loss_fn(model(x), y).item()
        model.backward(loss_fn.backward())
        optimizer.step()


def cases():
    settings = [(0.1, 8, 12, False), (0.2, 6, 5, True), (0.05, 9, 20, True)]
    return [_case(path, *setting) for path in paths.available() for setting in settings]


def _case(path, lr, rows, steps, stale):
    x, y = _training_cases.data(rows, rows)

    def arguments():
        arrays = paths.array(path, x), paths.array(path, y)
        return *_training_cases.build(path, lr, stale), *arrays, steps

    return Case(arguments, _training_cases.losses(path, lr, [(x, y)] * steps), path=path)


EXERCISE = Exercise(
    identifier="learning_loop.swinging_loss",
    title="a loss that swings",
    level="repair",
    prompt=(
        "The function below trains a model on all rows at once. Its loss falls, rises again, falls "
        "again and never settles, as printed above, although the same rate on the same data is "
        "calm elsewhere in this chapter; a smaller rate only makes the swings slower. Find the "
        "cause and mend it. The model may come with gradients of an earlier step. Example: on "
        "the three points of a line the loss should go 27.67, 0.33, 0.01."
    ),
    solution=swinging_loss,
    broken=broken,
    cases=cases,
    hints=(
        "Swings that never end mean that each step still follows the steps before it, past the "
        "minimum. What is still in .grad when the second backward begins?",
        "backward adds to the gradients that are there, and nothing in the loop removes them. So "
        "the second step repeats the first, the third both of them.",
        "Put optimizer.zero_grad() into the loop, before model.backward(...).",
    ),
    passed="Each step now follows the gradient of its own loss, and of no earlier one.",
    mistakes=(
        Mistake(
            "lowers the rate instead",
            "With a smaller rate the swings come later, and they still never end: old gradients "
            "are still added to each step. Look at what .grad holds when backward begins.",
            answers=(smaller_rate,),
        ),
        Mistake(
            "clears the gradients only once",
            "Clearing before the loop helps the first step only. From the second on, backward adds "
            "to the gradient of the step before: clear inside the loop.",
            answers=(cleared_once,),
        ),
        Mistake(
            "starts with the gradients of an earlier step",
            "Right for a fresh model. If gradients are left from an earlier step, your first step "
            "takes them along: clear before the first backward, too.",
            answers=(starts_with_old_gradients,),
        ),
        Mistake(
            "clears between backward and step",
            "Now the loss does not move at all: the gradients are thrown away just before the step "
            "that needs them. Clear before the backward.",
            answers=(cleared_too_early,),
        ),
        Mistake(
            "turns the direction round",
            "Now the loss only grows: the direction was right and was turned uphill. What is wrong "
            "is how much is in the gradient, not its sign.",
            answers=(turned_round,),
        ),
        Mistake(
            "skips the steps that hurt",
            "This hides the swings: the loss stands still, and is not where it should be. "
            "Find out why a step along the gradient makes it worse.",
            answers=(stops_when_it_rises,),
        ),
    ),
    also_right=(cleared_after_the_step, cleared_parameter_by_parameter),
)
