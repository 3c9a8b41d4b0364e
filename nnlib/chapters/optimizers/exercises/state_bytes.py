"""Compute: the memory of an optimizer's state."""

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def state_bytes(weights, method, bytes_each):
    """Bytes that the state of an optimizer takes for so many weights."""
    stored = {"SGD": 0, "Adam": 2, "AdamW": 2}.get(method, 1)
    return stored * weights * bytes_each


# --- answers with one misconception each ---


def with_the_weights(weights, method, bytes_each):
    stored = {"SGD": 1, "momentum": 2, "AdaGrad": 2, "RMSprop": 2, "Adam": 3, "AdamW": 3}
    return stored[method] * weights * bytes_each


def numbers_for_bytes(weights, method, bytes_each):
    stored = {"SGD": 0, "momentum": 1, "AdaGrad": 1, "RMSprop": 1, "Adam": 2, "AdamW": 2}
    return stored[method] * weights


def one_for_adam(weights, method, bytes_each):
    return (method != "SGD") * weights * bytes_each


def counts_the_decay(weights, method, bytes_each):
    stored = {"SGD": 0, "momentum": 1, "AdaGrad": 1, "RMSprop": 1, "Adam": 2, "AdamW": 3}
    return stored[method] * weights * bytes_each


def keeps_the_gradient(weights, method, bytes_each):
    stored = {"SGD": 1, "momentum": 1, "AdaGrad": 1, "RMSprop": 1, "Adam": 2, "AdamW": 2}
    return stored[method] * weights * bytes_each


def two_for_rmsprop(weights, method, bytes_each):
    stored = {"SGD": 0, "momentum": 1, "AdaGrad": 1, "RMSprop": 2, "Adam": 2, "AdamW": 2}
    return stored[method] * weights * bytes_each


def always_four_bytes(weights, method, bytes_each):
    stored = {"SGD": 0, "momentum": 1, "AdaGrad": 1, "RMSprop": 1, "Adam": 2, "AdamW": 2}
    return stored[method] * weights * 4


# --- unusual and right ---


def by_conditions(weights, method, bytes_each):
    if method.startswith("Adam"):
        return weights * bytes_each + weights * bytes_each
    return 0 if method == "SGD" else bytes_each * weights


def cases():
    settings = [(1000, "SGD", 4), (2410, "Adam", 4), (2410, "momentum", 2), (500, "AdaGrad", 4),
                (500, "RMSprop", 8), (70, "AdamW", 4)]
    return [Case(setting, in_the_library(*setting)) for setting in settings]


def in_the_library(weights, method, bytes_each):
    """Count the arrays that the library's optimizers hold."""
    import numpy as np

    import nnlib.numpy as nn

    w = nn.Parameter(np.zeros(weights))
    options = {"momentum": 0.9} if method == "momentum" else {}
    optimizer = getattr(nn, "SGD" if method == "momentum" else method)([w], lr=0.1, **options)
    arrays = [array for slot in optimizer.slots if slot != "steps"
              for array in getattr(optimizer, slot)]
    return bytes_each * sum(array.size for array in arrays)


EXERCISE = Exercise(
    identifier="optimizers.state_bytes",
    title="the memory of a method",
    level="compute",
    prompt=(
        "Write `state_bytes(weights, method, bytes_each)`: how many bytes the state of an "
        "optimizer takes, for a model with `weights` weights and numbers of `bytes_each` bytes. "
        "`method` is `\"SGD\"`, `\"momentum\"`, `\"AdaGrad\"`, `\"RMSprop\"`, `\"Adam\"` or "
        "`\"AdamW\"`. The weights, their gradients and counters of steps do not count. Example: "
        "momentum on 2,410 weights of 2 bytes takes 4,820."
    ),
    stub='''\
def state_bytes(weights, method, bytes_each):
    """Bytes that the state of an optimizer takes for so many weights."""
    return ...
''',
    solution=state_bytes,
    cases=cases,
    hints=(
        "Which letters of each formula have to be remembered from one step to the next?",
        "g is new in every step. v, m and s are not.",
        "What the formula of AdamW has more than Adam's uses w, η and λ, and nothing of the past.",
    ),
    passed="Adam on a model of a billion weights of 4 bytes stores 8 gigabytes besides them.",
    mistakes=(
        Mistake(
            "counts numbers",
            "These are numbers. How many bytes does each take?",
            answers=(numbers_for_bytes,),
        ),
        Mistake(
            "gives Adam one",
            "Adam remembers two means, that of the gradients and that of their squares.",
            answers=(one_for_adam,),
        ),
        Mistake(
            "stores the decay",
            "The decay is computed from the weight itself: nothing has to be stored for it.",
            answers=(counts_the_decay,),
        ),
        Mistake(
            "stores the gradient",
            "SGD uses the gradient and forgets it. The gradient itself does not count here.",
            answers=(keeps_the_gradient,),
        ),
        Mistake(
            "counts the weights",
            "The weights, or their gradients, are counted as well. Asked is what the optimizer "
            "stores besides them.",
            answers=(with_the_weights,),
        ),
        Mistake(
            "gives RMSprop two",
            "RMSprop remembers less than Adam. Which letters does its formula hand on?",
            answers=(two_for_rmsprop,),
        ),
        Mistake(
            "takes four bytes for every number",
            "Not all numbers have four bytes: their size is passed in.",
            answers=(always_four_bytes,),
        ),
    ),
    also_right=(by_conditions,),
    by_hand=(
        Asked("1,000 weights, SGD, 4 bytes", (1000, "SGD", 4)),
        Asked("500 weights, RMSprop, 8 bytes", (500, "RMSprop", 8)),
        Asked("70 weights, AdamW, 4 bytes", (70, "AdamW", 4)),
    ),
)
