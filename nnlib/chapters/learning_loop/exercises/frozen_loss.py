"""Repair: a loss that does not move by one digit, because gradients are cleared before the step."""

import numpy as np

from nnlib.chapters.learning_loop.exercises import _training_cases
from nnlib.exercises import paths
from nnlib.exercises.exercise import Case, Exercise, Mistake


def frozen_loss(model, loss_fn, optimizer, batches, epochs):
    """One update for each batch in each epoch; return all losses in order."""
    losses = []
    for _ in range(epochs):
        for x, y in batches:
            loss = loss_fn(model(x), y)
            losses.append(loss.item())
            optimizer.zero_grad()
            model.backward(loss_fn.backward())
            optimizer.step()
    return losses


def broken(model, loss_fn, optimizer, batches, epochs):
    """One update for each batch in each epoch; return all losses in order."""
    losses = []
    for _ in range(epochs):
        for x, y in batches:
            loss = loss_fn(model(x), y)
            losses.append(loss.item())
            model.backward(loss_fn.backward())
            optimizer.zero_grad()
            optimizer.step()
    return losses


# --- repairs that do not reach the cause ---


def never_cleared(model, loss_fn, optimizer, batches, epochs):
    losses = []
    for _ in range(epochs):
        for x, y in batches:
            losses.append(loss_fn(model(x), y).item())
            model.backward(loss_fn.backward())
            optimizer.step()
    return losses


def cleared_once(model, loss_fn, optimizer, batches, epochs):
    losses = []
    optimizer.zero_grad()
    for _ in range(epochs):
        for x, y in batches:
            losses.append(loss_fn(model(x), y).item())
            model.backward(loss_fn.backward())
            optimizer.step()
    return losses


def cleared_once_an_epoch(model, loss_fn, optimizer, batches, epochs):
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        for x, y in batches:
            losses.append(loss_fn(model(x), y).item())
            model.backward(loss_fn.backward())
            optimizer.step()
    return losses


def step_before_backward(model, loss_fn, optimizer, batches, epochs):
    losses = []
    for _ in range(epochs):
        for x, y in batches:
            losses.append(loss_fn(model(x), y).item())
            optimizer.step()
            optimizer.zero_grad()
            model.backward(loss_fn.backward())
    return losses


def loss_after_the_step(model, loss_fn, optimizer, batches, epochs):
    losses = []
    for _ in range(epochs):
        for x, y in batches:
            loss_fn(model(x), y)
            optimizer.zero_grad()
            model.backward(loss_fn.backward())
            optimizer.step()
            losses.append(loss_fn(model(x), y).item())
    return losses


def starts_with_old_gradients(model, loss_fn, optimizer, batches, epochs):
    losses = []
    for _ in range(epochs):
        for x, y in batches:
            losses.append(loss_fn(model(x), y).item())
            model.backward(loss_fn.backward())
            optimizer.step()
            optimizer.zero_grad()
    return losses


def one_loss_an_epoch(model, loss_fn, optimizer, batches, epochs):
    losses = []
    for _ in range(epochs):
        total = 0.0
        for x, y in batches:
            total += loss_fn(model(x), y).item()
            optimizer.zero_grad()
            model.backward(loss_fn.backward())
            optimizer.step()
        losses.append(total)
    return losses


def one_step_an_epoch(model, loss_fn, optimizer, batches, epochs):
    losses = []
    for _ in range(epochs):
        for x, y in batches:
            losses.append(loss_fn(model(x), y).item())
            optimizer.zero_grad()
            model.backward(loss_fn.backward())
        optimizer.step()
    return losses


def two_steps_a_batch(model, loss_fn, optimizer, batches, epochs):
    losses = []
    for _ in range(epochs):
        for x, y in batches:
            losses.append(loss_fn(model(x), y).item())
            optimizer.zero_grad()
            model.backward(loss_fn.backward())
            optimizer.step()
            optimizer.step()
    return losses


def uphill(model, loss_fn, optimizer, batches, epochs):
    losses = []
    for _ in range(epochs):
        for x, y in batches:
            losses.append(loss_fn(model(x), y).item())
            optimizer.zero_grad()
            model.backward(-loss_fn.backward())
            optimizer.step()
    return losses


# --- unusual and right ---


def cleared_at_the_end(model, loss_fn, optimizer, batches, epochs):
    losses = []
    optimizer.zero_grad()
    for _ in range(epochs):
        for x, y in batches:
            losses.append(loss_fn(model(x), y).item())
            model.backward(loss_fn.backward())
            optimizer.step()
            optimizer.zero_grad()
    return losses


def stepped_by_hand(model, loss_fn, optimizer, batches, epochs):
    for _ in range(epochs):
        for x, y in batches:
            model.zero_grad()
            yield loss_fn(model(x), y).item()
            model.backward(loss_fn.backward())
            for parameter in model.parameters():
                parameter.data = parameter.data - optimizer.lr * parameter.grad


def cases():
    settings = [(0.1, 8, 4, False), (0.2, 6, 2, True), (0.05, 9, 5, True)]
    return [_case(path, *setting) for path in paths.available() for setting in settings]


def _case(path, lr, rows, epochs, stale):
    def arguments():
        batches = _training_cases.batches(path, rows)
        return *_training_cases.build(path, lr, stale), batches, epochs

    expected = _training_cases.losses(path, lr, _training_cases.parts(rows) * epochs)
    return Case(arguments, expected, path=path)


def one_for_each_epoch(seen) -> bool:
    """Whether as many numbers come back as there are epochs, and more batches."""
    return all(
        item.error is None
        and np.shape(item.result) == (item.case.make_arguments()[4],)
        and len(item.case.expected) > len(item.result)
        for item in seen
    )


EXERCISE = Exercise(
    identifier="learning_loop.frozen_loss",
    title="a loss that stands still",
    level="repair",
    prompt=(
        "No error and no warning, but in every epoch each batch has exactly the loss that it had "
        "in the first one, as printed above, to the last digit and at every learning rate. Find "
        "the cause and mend it. The model may come with gradients of an earlier step. Example: "
        "with the three points of the line as the only batch, from w = b = 0 at rate 0.1, the loss "
        "should go 27.67, 0.33, 0.01."
    ),
    solution=frozen_loss,
    broken=broken,
    cases=cases,
    hints=(
        "To the last digit: so the steps are not small, there are none. Which line changes the "
        "weights, and what does it need?",
        "optimizer.step() leaves out parameters that have no gradient, without a word. Which line "
        "stands right before it?",
        "The gradients are emptied after they are computed and before they are used. When would "
        "the emptying do no harm?",
    ),
    passed="Clear, compute, step: in this order every gradient is used exactly once.",
    mistakes=(
        Mistake(
            "removes the clearing altogether",
            "Now the weights move, but every step repeats all earlier gradients, those from before "
            "the loop too. The line is needed: it only stands in the wrong place.",
            answers=(never_cleared,),
        ),
        Mistake(
            "clears the gradients only once",
            "Before the loop it clears for the first batch only. From the second on, backward adds "
            "to the gradients of the batches before: clear inside the loop.",
            answers=(cleared_once,),
        ),
        Mistake(
            "clears the gradients once an epoch",
            "Right for the first batch of each epoch. For the others, backward adds to the "
            "gradients of the batches before: clear for every batch.",
            answers=(cleared_once_an_epoch,),
        ),
        Mistake(
            "starts with the gradients of an earlier step",
            "Right for a fresh model. If gradients are left from an earlier step, your first step "
            "takes them along: clear before the first backward, too.",
            answers=(starts_with_old_gradients,),
        ),
        Mistake(
            "steps with the gradients of the batch before",
            "The step now comes before the backward pass and uses gradients of the batch before: "
            "it has to wait for those of its own.",
            answers=(step_before_backward,),
        ),
        Mistake(
            "measures the loss after the step",
            "The steps are right now, but the loss in the list is no longer the one of the forward "
            "pass: keep it from before the update.",
            answers=(loss_after_the_step,),
        ),
        Mistake(
            "keeps one loss for each epoch",
            "One number for each epoch comes back. Asked are all losses in order, one for each "
            "batch.",
            answers=(one_loss_an_epoch,),
            recognise=one_for_each_epoch,
        ),
        Mistake(
            "makes one update for each epoch",
            "The step stands behind the loop over the batches: one update an epoch, with the "
            "gradient of its last batch. Asked is one for each batch.",
            answers=(one_step_an_epoch,),
        ),
        Mistake(
            "makes two updates for each batch",
            "Each batch moves the weights twice by the same gradient: one step is enough.",
            answers=(two_steps_a_batch,),
        ),
        Mistake(
            "goes uphill",
            "The loss rises: somewhere the sign of the gradient is turned.",
            answers=(uphill,),
        ),
    ),
    also_right=(cleared_at_the_end, stepped_by_hand),
)
