"""Build: the five parts as a loop over batches, on either path."""

from nnlib.chapters.learning_loop.exercises import _training_cases
from nnlib.exercises import paths
from nnlib.exercises.exercise import Case, Exercise, Mistake


def one_epoch(model, loss_fn, optimizer, batches):
    """One update for each batch (x, y); return the list of the losses as floats."""
    losses = []
    for x, y in batches:
        prediction = model(x)
        loss = loss_fn(prediction, y)
        losses.append(loss.item())
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    return losses


# --- answers with one misconception each ---


def never_steps(model, loss_fn, optimizer, batches):
    losses = []
    for x, y in batches:
        losses.append(loss_fn(model(x), y).item())
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
    return losses


def clears_before_the_step(model, loss_fn, optimizer, batches):
    losses = []
    for x, y in batches:
        losses.append(loss_fn(model(x), y).item())
        model.backward(loss_fn.backward())
        optimizer.zero_grad()
        optimizer.step()
    return losses


def never_clears(model, loss_fn, optimizer, batches):
    losses = []
    for x, y in batches:
        losses.append(loss_fn(model(x), y).item())
        model.backward(loss_fn.backward())
        optimizer.step()
    return losses


def clears_once(model, loss_fn, optimizer, batches):
    losses = []
    optimizer.zero_grad()
    for x, y in batches:
        losses.append(loss_fn(model(x), y).item())
        model.backward(loss_fn.backward())
        optimizer.step()
    return losses


def steps_before_the_backward(model, loss_fn, optimizer, batches):
    losses = []
    for x, y in batches:
        losses.append(loss_fn(model(x), y).item())
        optimizer.step()
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
    return losses


def steps_once_at_the_end(model, loss_fn, optimizer, batches):
    losses = []
    optimizer.zero_grad()
    for x, y in batches:
        losses.append(loss_fn(model(x), y).item())
        model.backward(loss_fn.backward())
    optimizer.step()
    return losses


def last_loss_only(model, loss_fn, optimizer, batches):
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    return loss.item()


def loss_after_the_step(model, loss_fn, optimizer, batches):
    losses = []
    for x, y in batches:
        loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
        losses.append(loss_fn(model(x), y).item())
    return losses


def starts_with_old_gradients(model, loss_fn, optimizer, batches):
    losses = []
    for x, y in batches:
        losses.append(loss_fn(model(x), y).item())
        model.backward(loss_fn.backward())
        optimizer.step()
        optimizer.zero_grad()
    return losses


def target_first(model, loss_fn, optimizer, batches):
    losses = []
    for x, y in batches:
        losses.append(loss_fn(y, model(x)).item())
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    return losses


# --- unusual and right ---


def clears_at_the_end(model, loss_fn, optimizer, batches):
    model.zero_grad()

    def step(x, y):
        loss = loss_fn(model(x), y).item()
        model.backward(loss_fn.backward(), input_grad=False)
        optimizer.step()
        model.zero_grad()
        return loss

    return [step(x, y) for x, y in batches]


def by_hand_on_the_parameters(model, loss_fn, optimizer, batches):
    for x, y in batches:
        for parameter in model.parameters():
            parameter.grad = None
        yield float(loss_fn(model(x), y).item())
        model.backward(loss_fn.backward())
        for parameter in model.parameters():
            parameter.data = parameter.data - optimizer.lr * parameter.grad


def with_autograd(model, loss_fn, optimizer, batches):
    losses = []
    for x, y in batches:
        loss = loss_fn(model(x), y)
        losses.append(loss.detach())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


def cases():
    settings = [(0.05, 10, False), (0.1, 7, True), (0.2, 19, True)]
    return [_case(path, *setting) for path in paths.available() for setting in settings]


def _case(path, lr, rows, stale):
    def arguments():
        return *_training_cases.build(path, lr, stale), _training_cases.batches(path, rows)

    expected = _training_cases.losses(path, lr, _training_cases.parts(rows))
    return Case(arguments, expected, path=path)


EXERCISE = Exercise(
    identifier="learning_loop.one_epoch",
    title="write the loop",
    level="build",
    prompt=(
        "Write `one_epoch(model, loss_fn, optimizer, batches)`: go through the pairs `(x, y)` of "
        "`batches`, make one update for each pair, and return the list of their losses as floats, "
        "each measured before its update. The model may still hold the gradients of an earlier "
        "step. Written with the calls listed above alone, it runs on both paths of the library. "
        "Example: 10 rows in batches of 4 give a list of three losses."
    ),
    stub='''\
def one_epoch(model, loss_fn, optimizer, batches):
    """One update for each batch (x, y); return the list of the losses as floats."""
    losses = []
    for x, y in batches:
        ...                                  # the parts 1 to 4
    return ...
''',
    solution=one_epoch,
    cases=cases,
    hints=(
        "Forward, loss, backward, update. What has to happen to the gradients in between?",
        "Keep each loss as a plain number while the weights are still the old ones. And remember "
        "that the backward pass adds to the gradients that are there.",
        "Three things come after the loss: one empties the gradients, one fills them (two calls, "
        "one inside the other), and one uses them.",
    ),
    passed="This is the core of every training by gradients in this book.",
    mistakes=(
        Mistake(
            "no step between the batches",
            "The losses are those of the first weights throughout: no step uses the gradients "
            "before the next batch comes, or they are cleared between backward and step. Which "
            "call changes the weights, and what does it need?",
            answers=(never_steps, steps_once_at_the_end, clears_before_the_step),
        ),
        Mistake(
            "never clears the gradients",
            "backward adds to what is there, so each step repeats all earlier ones, those from "
            "before this loop too. Which call empties them, and how often is it needed?",
            answers=(never_clears,),
        ),
        Mistake(
            "clears the gradients only once",
            "Clearing before the loop is right for the first batch. From the second on, backward "
            "adds to the gradients of the batches before: clear inside the loop.",
            answers=(clears_once,),
        ),
        Mistake(
            "starts with the gradients of an earlier step",
            "Right for a fresh model. If gradients are left from before this loop, your first step "
            "takes them along: clear before the first backward, too.",
            answers=(starts_with_old_gradients,),
        ),
        Mistake(
            "steps before the backward pass",
            "The step comes before the gradients of this batch are there, so it uses those of the "
            "batch before. First backward, then step.",
            answers=(steps_before_the_backward,),
        ),
        Mistake(
            "returns the last loss only",
            "Only one number comes back. Append the loss of each batch to the list and return "
            "that.",
            answers=(last_loss_only,),
        ),
        Mistake(
            "measures the loss after the update",
            "Each loss is measured after the weights have changed. Keep the one from the forward "
            "pass of part 1.",
            answers=(loss_after_the_step,),
        ),
        Mistake(
            "goes uphill",
            "The first loss is right and then it rises: each step goes uphill. A loss of the "
            "library takes the prediction first, then the target; exchanged, the gradient has the "
            "other sign.",
            answers=(target_first,),
        ),
    ),
    also_right=(clears_at_the_end, by_hand_on_the_parameters, with_autograd),
)
