"""Build: many answers with dropout on, and everything else as at inference."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Case, Exercise, Mistake


def many_answers(model, x, passes):
    """Outputs of `passes` forwards: dropout on, all else as at inference."""
    model.eval()
    for _, layer in model.named_modules():
        if type(layer).__name__ == "Dropout":
            layer.train()
    with model.no_grad():
        return [model(x) for _ in range(passes)]


# --- answers with one misconception each ---


def all_in_training_mode(model, x, passes):
    model.train()
    with model.no_grad():
        outputs = [model(x) for _ in range(passes)]
    model.eval()
    return outputs


def all_in_evaluation_mode(model, x, passes):
    model.eval()
    with model.no_grad():
        return [model(x) for _ in range(passes)]


def one_forward_repeated(model, x, passes):
    model.eval()
    for _, layer in model.named_modules():
        if type(layer).__name__ == "Dropout":
            layer.train()
    with model.no_grad():
        output = model(x)
    model.eval()
    return [output] * passes


def switches_in_the_wrong_order(model, x, passes):
    for _, layer in model.named_modules():
        if type(layer).__name__ == "Dropout":
            layer.train()
    outputs = []
    for _ in range(passes):
        model.eval()
        outputs.append(model(x))
    return outputs


def the_mean_of_all(model, x, passes):
    model.eval()
    for _, layer in model.named_modules():
        if type(layer).__name__ == "Dropout":
            layer.train()
    with model.no_grad():
        total = sum(model(x) for _ in range(passes))
    model.eval()
    return total / passes


def freezes_the_dropout(model, x, passes):
    model.train()
    for _, layer in model.named_modules():
        if type(layer).__name__ == "Dropout":
            layer.eval()
    with model.no_grad():
        outputs = [model(x) for _ in range(passes)]
    model.eval()
    return outputs


def one_pass_more(model, x, passes):
    model.eval()
    for _, layer in model.named_modules():
        if type(layer).__name__ == "Dropout":
            layer.train()
    with model.no_grad():
        outputs = [model(x) for _ in range(passes + 1)]
    model.eval()
    return outputs


def the_first_dropout_only(model, x, passes):
    model.eval()
    for _, layer in model.named_modules():
        if type(layer).__name__ == "Dropout":
            layer.train()
            break
    with model.no_grad():
        return [model(x) for _ in range(passes)]


def the_last_layer(model, x, passes):
    model.eval()
    list(model.named_modules())[-1][1].train()
    with model.no_grad():
        return [model(x) for _ in range(passes)]


def each_row_by_itself(model, x, passes):
    model.eval()
    for _, layer in model.named_modules():
        if type(layer).__name__ == "Dropout":
            layer.train()
    with model.no_grad():
        return [[model(x[i:i + 1]) for _ in range(passes)] for i in range(len(x))]


# --- unusual and right ---


def by_batch_norms(model, x, passes):
    model.train()
    for _, layer in model.named_modules():
        if "Norm" in type(layer).__name__:
            layer.eval()
    outputs = [model(x) for _ in range(passes)]
    model.eval()
    return np.stack([model.as_numpy(output) for output in outputs])


def switching_each_time(model, x, passes):
    outputs = []
    while len(outputs) < passes:
        model.eval()
        layers = [layer for _, layer in model.named_modules()]
        for layer in layers:
            layer.training = type(layer).__name__ == "Dropout"
        outputs.append(model(x))
        model.eval()
    return tuple(outputs)


# What a scripted dropout multiplies by, forward for forward: the first of a model, the second.
FACTORS = (2.0, 0.0, 1.5, 0.5, 3.0, 1.0), (0.5, 4.0, 1.0, 3.0, 0.0, 2.0)
FEATURES, OUTPUTS = 3, 2


def cases():
    return [_case(path, *setting) for path in paths.available()
            for setting in ((0, 2, 3, 1), (1, 4, 5, 2), (2, 3, 1, 1), (3, 2, 4, 2))]


def _case(path, seed, rows, passes, dropouts):
    """Batch norm, dropout whose masks are known, a dense layer, and perhaps dropout once more.

    The second dropout stands in a Sequential of its own. Each forward in training mode multiplies
    by the next factor of its row of `FACTORS`.
    """
    nn = paths.load(path)
    rng = np.random.default_rng(seed)
    x = rng.normal(1, 2, (rows, FEATURES))
    statistics = {"0.running_mean": rng.normal(size=FEATURES),
                  "0.running_var": rng.uniform(1, 3, FEATURES)}

    class Dropout(nn.Dropout):
        """A dropout whose masks are known beforehand."""

        def forward(self, values):
            if not self.training:
                return values
            self.count = getattr(self, "count", -1) + 1
            return values * self.factors[self.count % len(self.factors)]

    def dropout(place, layers):
        layer = Dropout(0.5, rng=layers)
        layer.factors = FACTORS[place]
        return layer

    def build():
        layers = np.random.default_rng(seed)
        model = nn.Sequential(
            nn.BatchNorm(FEATURES, dtype="float64"), dropout(0, layers),
            nn.Dense(FEATURES, OUTPUTS, rng=layers, dtype="float64"),
            *([nn.Sequential(dropout(1, layers))] if dropouts == 2 else []))
        model.load_state_dict({**model.state_dict(), **statistics})
        return model

    state = {name: np.asarray(value, "float64") for name, value in build().state_dict().items()}
    normal = (x - statistics["0.running_mean"]) / np.sqrt(statistics["0.running_var"] + 1e-5)
    later = FACTORS[1] if dropouts == 2 else np.ones(passes)
    expected = [second * (first * normal @ state["2.weight"] + state["2.bias"])
                for first, second in zip(FACTORS[0][:passes], later, strict=False)]
    return Case(lambda: (build(), paths.array(path, x), passes), expected, path=path)


def _one_row_at_a_time(seen):
    """There is an item for each row, or for each row and pass, of one row each."""
    return all(_singly(item.result, item.case.expected) for item in seen)


def _singly(result, expected):
    passes, rows = np.shape(expected)[:2]
    shape = np.shape(result)
    if rows == passes or len(shape) < 3:
        return False
    return shape in {(rows, passes, 1, OUTPUTS), (passes, rows, 1, OUTPUTS),
                     (rows, passes, OUTPUTS), (rows * passes, 1, OUTPUTS)}


EXERCISE = Exercise(
    identifier="inference.many_answers",
    title="many opinions",
    level="build",
    prompt=(
        "Write `many_answers(model, x, passes)`: the list of the outputs of `passes` forwards of "
        "`x`, with dropout dropping and every other layer in evaluation mode, whatever the modes "
        "were before; they may stay as they then are. `model.named_modules()` gives pairs of a "
        "name and a layer, each layer has `train()` and `eval()` of its own, and "
        '`type(layer).__name__` is `"Dropout"` for a dropout. Example: with `passes=3` and '
        "two rows the list holds three arrays of two rows."
    ),
    stub='''\
def many_answers(model, x, passes):
    """Outputs of `passes` forwards: dropout on, all else as at inference."""
    return ...
''',
    solution=many_answers,
    cases=cases,
    hints=(
        "Begin with the mode that most layers need.",
        "A single layer can be switched by itself, after the model.",
        "A model's eval() reaches all layers, dropout as well: what is switched on has to be "
        "switched on after it.",
    ),
    passed="A mode belongs to each layer; the model's own switch only throws them all at once.",
    mistakes=(
        Mistake(
            "switches batch norm along",
            "Dropout drops now. But batch norm is in training mode as well: the answers to a row "
            "depend on its neighbours, and the running statistics move.",
            answers=(all_in_training_mode,),
        ),
        Mistake(
            "leaves no dropout on",
            "All passes give the same: when the forwards run, dropout is in evaluation mode. Look "
            "at what comes last before the forward.",
            answers=(all_in_evaluation_mode, switches_in_the_wrong_order),
        ),
        Mistake(
            "asks once",
            "The modes are right. But the same output stands there several times: one forward has "
            "one mask.",
            answers=(one_forward_repeated,),
        ),
        Mistake(
            "averages the answers",
            "One array came out. Asked are the single outputs: their scatter is what matters.",
            answers=(the_mean_of_all,),
        ),
        Mistake(
            "switches the wrong layers",
            "It is the other way round here: dropout is still, and batch norm uses its batch.",
            answers=(freezes_the_dropout,),
        ),
        Mistake(
            "switches one dropout of several",
            "Where there is one dropout it drops. But a model may have several, and one of them "
            "may lie in a part that has layers of its own.",
            answers=(the_first_dropout_only,),
        ),
        Mistake(
            "finds dropout by its place",
            "You switch a layer that stands in a certain place. Where dropout stands, and whether "
            "once, differs from model to model: its type tells.",
            answers=(the_last_layer,),
        ),
        Mistake(
            "asks row by row",
            "Each row went through by itself. A forward takes all rows of x at once, and it is one "
            "item of the list.",
            answers=(each_row_by_itself,),
            recognise=_one_row_at_a_time,
        ),
        Mistake(
            "makes a pass too many",
            "There is one output more than passes.",
            answers=(one_pass_more,),
        ),
    ),
    also_right=(by_batch_norms, switching_each_time),
)
