"""Build: the gradient of a large batch from small pieces, on either path."""

import numpy as np

from nnlib.exercises import comparing, paths
from nnlib.exercises.exercise import Case, Exercise, Mistake


def accumulate_gradients(model, loss_fn, x, y, size):
    """Gradients of the mean loss over all rows of x, `size` rows at a time."""
    model.zero_grad()
    for start in range(0, len(x), size):
        x_part, y_part = x[start : start + size], y[start : start + size]
        loss_fn(model(x_part), y_part)
        share = len(x_part) / len(x)
        model.backward(loss_fn.backward() * share)
    return [parameter.grad for parameter in model.parameters()]


# --- answers with one misconception each ---


def no_share(model, loss_fn, x, y, size):
    model.zero_grad()
    for start in range(0, len(x), size):
        loss_fn(model(x[start : start + size]), y[start : start + size])
        model.backward(loss_fn.backward())
    return [parameter.grad for parameter in model.parameters()]


def equal_shares(model, loss_fn, x, y, size):
    model.zero_grad()
    starts = range(0, len(x), size)
    for start in starts:
        loss_fn(model(x[start : start + size]), y[start : start + size])
        model.backward(loss_fn.backward() / len(starts))
    return [parameter.grad for parameter in model.parameters()]


def clears_each_time(model, loss_fn, x, y, size):
    for start in range(0, len(x), size):
        x_part, y_part = x[start : start + size], y[start : start + size]
        model.zero_grad()
        loss_fn(model(x_part), y_part)
        model.backward(loss_fn.backward() * (len(x_part) / len(x)))
    return [parameter.grad for parameter in model.parameters()]


def never_clears(model, loss_fn, x, y, size):
    for start in range(0, len(x), size):
        x_part, y_part = x[start : start + size], y[start : start + size]
        loss_fn(model(x_part), y_part)
        model.backward(loss_fn.backward() * (len(x_part) / len(x)))
    return [parameter.grad for parameter in model.parameters()]


def one_backward_after_the_loop(model, loss_fn, x, y, size):
    model.zero_grad()
    for start in range(0, len(x), size):
        x_part, y_part = x[start : start + size], y[start : start + size]
        loss_fn(model(x_part), y_part)
    model.backward(loss_fn.backward() * len(x_part) / len(x))
    return [parameter.grad for parameter in model.parameters()]


def shares_of_full_pieces(model, loss_fn, x, y, size):
    model.zero_grad()
    for start in range(0, len(x), size):
        loss_fn(model(x[start : start + size]), y[start : start + size])
        model.backward(loss_fn.backward() * size / len(x))
    return [parameter.grad for parameter in model.parameters()]


def rows_for_shares(model, loss_fn, x, y, size):
    model.zero_grad()
    for start in range(0, len(x), size):
        x_part, y_part = x[start : start + size], y[start : start + size]
        loss_fn(model(x_part), y_part)
        model.backward(loss_fn.backward() * len(x_part))
    return [parameter.grad for parameter in model.parameters()]


def adds_what_was_added(model, loss_fn, x, y, size):
    model.zero_grad()
    total = [0.0 for _ in model.parameters()]
    for start in range(0, len(x), size):
        x_part, y_part = x[start : start + size], y[start : start + size]
        loss_fn(model(x_part), y_part)
        model.backward(loss_fn.backward() * len(x_part) / len(x))
        for index, parameter in enumerate(model.parameters()):
            total[index] = total[index] + parameter.grad
    return total


def returns_in_the_loop(model, loss_fn, x, y, size):
    model.zero_grad()
    for start in range(0, len(x), size):
        x_part, y_part = x[start : start + size], y[start : start + size]
        loss_fn(model(x_part), y_part)
        model.backward(loss_fn.backward() * len(x_part) / len(x))
        return [parameter.grad for parameter in model.parameters()]


def exchanges_prediction_and_target(model, loss_fn, x, y, size):
    model.zero_grad()
    for start in range(0, len(x), size):
        x_part, y_part = x[start : start + size], y[start : start + size]
        loss_fn(y_part, model(x_part))
        model.backward(loss_fn.backward() * len(x_part) / len(x))
    return [parameter.grad for parameter in model.parameters()]


def returns_the_parameters(model, loss_fn, x, y, size):
    model.zero_grad()
    for start in range(0, len(x), size):
        x_part, y_part = x[start : start + size], y[start : start + size]
        loss_fn(model(x_part), y_part)
        model.backward(loss_fn.backward() * len(x_part) / len(x))
    return list(model.parameters())


def leaves_out_the_rest_with_shares(model, loss_fn, x, y, size):
    model.zero_grad()
    for start in range(0, len(x) - size + 1, size):
        loss_fn(model(x[start : start + size]), y[start : start + size])
        model.backward(loss_fn.backward() * size / len(x))
    return [parameter.grad for parameter in model.parameters()]


def leaves_out_the_rest(model, loss_fn, x, y, size):
    model.zero_grad()
    parts = len(x) // size
    for part in range(parts):
        rows = slice(part * size, (part + 1) * size)
        loss_fn(model(x[rows]), y[rows])
        model.backward(loss_fn.backward() / parts)
    return [parameter.grad for parameter in model.parameters()]


# --- unusual and right ---


def adds_by_hand(model, loss_fn, x, y, size):
    total = [0.0 for _ in model.parameters()]
    for start in range(0, len(x), size):
        model.zero_grad()
        part = y[start : start + size]
        loss_fn(model(x[start : start + size]), part)
        model.backward(loss_fn.backward())
        for index, parameter in enumerate(model.parameters()):
            total[index] = total[index] + parameter.grad * (len(part) / len(y))
    return tuple(total)


def from_the_last_rows(model, loss_fn, x, y, size):
    for parameter in model.parameters():
        parameter.grad = None
    end = len(x)
    while end > 0:
        start = max(0, end - size)
        loss_fn(model(x[start:end]), y[start:end])
        model.backward((end - start) / len(x) * loss_fn.backward())
        end = start
    return [parameter.grad for parameter in model.parameters()]


def with_autograd(model, loss_fn, x, y, size):
    import torch

    model.zero_grad()
    for x_part, y_part in zip(torch.split(x, size), torch.split(y, size), strict=True):
        loss = loss_fn(model(x_part), y_part) * x_part.shape[0] / x.shape[0]
        loss.backward()
    return [parameter.grad for parameter in model.parameters()]


FEATURES, OUTPUTS = 3, 2


def cases():
    made = []
    for path in paths.available():
        for rows, size in ((32, 8), (30, 8), (9, 4)):
            made.append(_case(path, rows, size))
    return made


def _case(path, rows, size):
    """A linear model with squared error, whose gradient is known in closed form.

    It is handed over with gradients from an earlier step, as an optimizer's loop would.
    """
    nn = paths.load(path)
    rng = np.random.default_rng(rows)
    x, y = rng.normal(size=(rows, FEATURES)), rng.normal(size=(rows, OUTPUTS))

    class SmallMachine(nn.Sequential):
        """A model with room for `size` rows at a time."""

        def forward(self, x):
            if len(x) > size:
                raise ValueError(f"{len(x)} rows do not fit in: send at most {size} at a time")
            return super().forward(x)

    def build():
        layer = nn.Dense(FEATURES, OUTPUTS, rng=np.random.default_rng(1), dtype="float64")
        return SmallMachine(layer)

    def arguments():
        model, loss_fn = build(), nn.MSELoss()
        loss_fn(model(paths.array(path, x[:2])), paths.array(path, y[:2]))
        model.backward(loss_fn.backward())
        return model, nn.MSELoss(), paths.array(path, x), paths.array(path, y), size

    state = comparing.plain(build().state_dict())
    weight, bias = state["0.weight"], state["0.bias"]
    error = 2 * (x @ weight + bias - y) / y.size
    return Case(arguments, [x.T @ error, error.sum(axis=0)], path=path)


def leaves_rows_out(seen) -> bool:
    """Whether only full pieces count, whatever share they are given."""
    return any(
        all(comparing.same(item.result, comparing.plain(answer(*item.case.make_arguments())))
            for item in seen)
        for answer in (leaves_out_the_rest, leaves_out_the_rest_with_shares)
    )


EXERCISE = Exercise(
    identifier="learning_rate.accumulate_gradients",
    title="a large batch in small pieces",
    level="build",
    prompt=(
        "A batch that does not fit into memory can go through in pieces. Write "
        "`accumulate_gradients(model, loss_fn, x, y, size)`: send the rows through `size` at a "
        "time and return the list of the parameters' gradients, which should equal those of one "
        "batch with all rows. The loss is a mean, the last piece may be smaller, and the model may "
        "still hold the gradients of an earlier step, which `model.zero_grad()` clears. `backward` "
        "adds to the gradients that are there. Example: 30 rows with `size=8` go through as 8, 8, "
        "8 and 6."
    ),
    stub='''\
def accumulate_gradients(model, loss_fn, x, y, size):
    """Gradients of the mean loss over all rows of x, `size` rows at a time."""
    return ...                          # [parameter.grad for parameter in ...]
''',
    solution=accumulate_gradients,
    cases=cases,
    hints=(
        "Clear the gradients once, then loop over the starts of the pieces: "
        "range(0, len(x), size).",
        "Each piece's loss is a mean over that piece. Its share in the mean over all rows is the "
        "number of its rows divided by the number of all rows.",
        "The loss has no share of its own: multiply what loss_fn.backward() gives, before "
        "model.backward takes it.",
    ),
    passed=(
        "It is exact, up to rounding, unless a layer looks across the batch, as batch "
        "normalisation does, or draws random masks."
    ),
    mistakes=(
        Mistake(
            "adds means without a share",
            "The gradients are too large: each piece's loss is a mean, and means were added up. "
            "Weigh each piece by its share of the rows.",
            answers=(no_share,),
        ),
        Mistake(
            "gives every piece the same share",
            "This is right where all pieces are equal. A smaller last piece counts for less.",
            answers=(equal_shares,),
        ),
        Mistake(
            "keeps the last piece only",
            "Only the last piece is left. Either the gradients are cleared for each piece, or "
            "backward runs once, after the loop. Clear once, before it; backward for every piece.",
            answers=(clears_each_time, one_backward_after_the_loop),
        ),
        Mistake(
            "never clears the gradients",
            "The gradients of an earlier step are still in there: nothing clears them before the "
            "first piece.",
            answers=(never_clears,),
        ),
        Mistake(
            "leaves out the last rows",
            "Rows that do not fill a piece are never used. The last piece is merely shorter.",
            answers=(leaves_out_the_rest, leaves_out_the_rest_with_shares),
            recognise=leaves_rows_out,
        ),
        Mistake(
            "gives a small piece the share of a full one",
            "The last piece may be smaller than size, and then its share is smaller too.",
            answers=(shares_of_full_pieces,),
        ),
        Mistake(
            "takes rows for shares",
            "The gradients are as many times too large as there are rows: the number of rows in a "
            "piece is no share yet.",
            answers=(rows_for_shares,),
        ),
        Mistake(
            "adds what was added",
            "backward adds to .grad by itself. Adding .grad to a total after each piece counts the "
            "earlier pieces again.",
            answers=(adds_what_was_added,),
        ),
        Mistake(
            "returns from within the loop",
            "This is the first piece only: the return stands inside the loop.",
            answers=(returns_in_the_loop,),
        ),
        Mistake(
            "exchanges prediction and target",
            "The sign is turned: loss_fn takes the prediction first, then the target.",
            answers=(exchanges_prediction_and_target,),
        ),
        Mistake(
            "returns the parameters",
            "These are the parameters themselves. Asked is the .grad of each.",
            answers=(returns_the_parameters,),
        ),
    ),
    also_right=(adds_by_hand, from_the_last_rows, with_autograd),
)
