"""Build: how wide may an MLP of a given depth be, for a given number of parameters?"""

from nnlib.chapters.architectures.exercises._telling import is_right
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake
from nnlib.exercises.recognising import only_numbers


def same_budget(inputs, depth, outputs, budget):
    """Largest width of `depth` hidden layers with at most `budget` parameters."""
    def parameters(width):
        widths = [inputs] + depth * [width] + [outputs]
        return sum((widths[i] + 1) * widths[i + 1] for i in range(depth + 1))

    width = 1
    while parameters(width + 1) <= budget:
        width += 1
    return width


# --- answers with one misconception each ---


def no_biases(inputs, depth, outputs, budget):
    def parameters(width):
        widths = [inputs] + depth * [width] + [outputs]
        return sum(widths[i] * widths[i + 1] for i in range(depth + 1))

    width = 1
    while parameters(width + 1) <= budget:
        width += 1
    return width


def stays_below(inputs, depth, outputs, budget):
    def parameters(width):
        widths = [inputs] + depth * [width] + [outputs]
        return sum((widths[i] + 1) * widths[i + 1] for i in range(depth + 1))

    width = 1
    while parameters(width + 1) < budget:
        width += 1
    return width


def first_that_is_too_large(inputs, depth, outputs, budget):
    def parameters(width):
        widths = [inputs] + depth * [width] + [outputs]
        return sum((widths[i] + 1) * widths[i + 1] for i in range(depth + 1))

    width = 1
    while parameters(width + 1) <= budget:
        width += 1
    return width + 1


def counts_the_output_as_hidden(inputs, depth, outputs, budget):
    def parameters(width):
        widths = [inputs] + (depth - 1) * [width] + [outputs]
        return sum((widths[i] + 1) * widths[i + 1] for i in range(depth))

    width = 1
    while parameters(width + 1) <= budget and width < budget:
        width += 1
    return width


def one_square_too_many(inputs, depth, outputs, budget):
    def parameters(width):
        return (inputs + 1) * width + depth * (width + 1) * width + (width + 1) * outputs

    width = 1
    while parameters(width + 1) <= budget:
        width += 1
    return width


def forgets_the_output_layer(inputs, depth, outputs, budget):
    def parameters(width):
        return (inputs + 1) * width + (depth - 1) * (width + 1) * width

    width = 1
    while parameters(width + 1) <= budget:
        width += 1
    return width


def one_layer_whatever_the_depth(inputs, depth, outputs, budget):
    def parameters(width):
        return (inputs + 1) * width + (width + 1) * outputs

    width = 1
    while parameters(width + 1) <= budget:
        width += 1
    return width


def returns_the_parameters(inputs, depth, outputs, budget):
    def parameters(width):
        widths = [inputs] + depth * [width] + [outputs]
        return sum((widths[i] + 1) * widths[i + 1] for i in range(depth + 1))

    width = 1
    while parameters(width + 1) <= budget:
        width += 1
    return parameters(width)


def looks_up_to_a_hundred(inputs, depth, outputs, budget):
    def parameters(width):
        widths = [inputs] + depth * [width] + [outputs]
        return sum((widths[i] + 1) * widths[i + 1] for i in range(depth + 1))

    return max(width for width in range(1, 101) if parameters(width) <= budget)


def no_biases_of_the_outputs(inputs, depth, outputs, budget):
    def parameters(width):
        widths = [inputs] + depth * [width] + [outputs]
        return sum((widths[i] + 1) * widths[i + 1] for i in range(depth + 1)) - outputs

    width = 1
    while parameters(width + 1) <= budget:
        width += 1
    return width


def rounds(inputs, depth, outputs, budget):
    a, b, c = depth - 1, inputs + depth + outputs, outputs - budget
    return round(-c / b if a == 0 else (-b + (b * b - 4 * a * c) ** 0.5) / (2 * a))


def every_hidden_layer_reads_the_inputs(inputs, depth, outputs, budget):
    def parameters(width):
        return depth * (inputs + 1) * width + (width + 1) * outputs

    width = 1
    while parameters(width + 1) <= budget:
        width += 1
    return width


def stops_at_a_bound(seen):
    """Right up to some width, and that width wherever the budget buys clearly more."""
    if not only_numbers(seen):
        return False
    wrong = [item for item in seen if not is_right(item)]
    right = [item.result for item in seen if is_right(item)]
    bounds = {item.result for item in wrong}
    return (
        len(bounds) == 1
        and all(item.case.expected > 1.1 * item.result for item in wrong)
        and max(right, default=0) <= min(bounds)
    )


# --- unusual and right ---


def from_above(inputs, depth, outputs, budget):
    width = budget
    while (inputs * width + width + (depth - 1) * (width * width + width)
           + width * outputs + outputs > budget):
        width -= 1
    return width


def by_the_root(inputs, depth, outputs, budget):
    a, b, c = depth - 1, inputs + depth + outputs, outputs - budget
    guess = -c / b if a == 0 else (-b + (b * b - 4 * a * c) ** 0.5) / (2 * a)
    for width in range(int(guess) + 2, 0, -1):
        if a * width * width + b * width + c <= 0:
            return width
    return 1


def cases():
    asked = ((3, 1, 2, 26), (2, 2, 1, 20), (64, 1, 10, 4_522), (64, 3, 10, 4_522), (5, 1, 1, 8),
             (10, 2, 3, 200), (4, 4, 2, 95), (30, 2, 1, 1_000), (1, 1, 1, 4), (2, 2, 2, 16),
             (3, 1, 8, 91), (7, 3, 6, 240), (64, 1, 10, 12_084), (1, 1, 1, 4_600))
    return [Case(case, by_the_root(*case)) for case in asked]


EXERCISE = Exercise(
    identifier="architectures.same_budget",
    title="the same budget",
    level="build",
    prompt=(
        "To compare two MLPs fairly they get the same number of parameters. Write "
        "`same_budget(inputs, depth, outputs, budget)`: the largest width with which `depth` "
        "hidden layers, all of that width, have at most `budget` parameters, biases and the "
        "output layer included. A width of 1 always fits. Example: 64 inputs, 1 hidden layer, 10 "
        "outputs and a budget of 4,510 give 60."
    ),
    stub='''\
def same_budget(inputs, depth, outputs, budget):
    """Largest width of `depth` hidden layers with at most `budget` parameters."""
    return ...
''',
    solution=same_budget,
    cases=cases,
    hints=(
        "Write a function that counts the parameters for a given width first.",
        "List the widths from the inputs to the outputs. Each neighbouring pair is one layer.",
        "Then make the width larger as long as the next one still fits.",
    ),
    passed="With several hidden layers the width counts squared: depth is paid for in width.",
    mistakes=(
        Mistake(
            "counts weights only",
            "Your width is too large for the budget: the units' biases are parameters as well.",
            answers=(no_biases,),
        ),
        Mistake(
            "stays below the budget",
            "Where a width uses the budget up exactly, you stop one before it. It still fits.",
            answers=(stays_below,),
        ),
        Mistake(
            "goes one too far",
            "That is the first width that no longer fits, one more than is asked.",
            answers=(first_that_is_too_large,),
        ),
        Mistake(
            "counts the output layer as hidden",
            "Your network has one hidden layer too few: the output layer is not among the hidden "
            "ones.",
            answers=(counts_the_output_as_hidden,),
        ),
        Mistake(
            "counts a square too many",
            "Between two hidden layers there is one square of weights. Of two hidden layers, how "
            "many such gaps are there?",
            answers=(one_square_too_many,),
        ),
        Mistake(
            "forgets the output layer",
            "The hidden layers fit now. What leads from the last of them to the outputs is paid "
            "for too.",
            answers=(forgets_the_output_layer,),
        ),
        Mistake(
            "ignores the depth",
            "With one hidden layer that is right. More of them have to share the same budget.",
            answers=(one_layer_whatever_the_depth,),
        ),
        Mistake(
            "returns the parameters",
            "The width is found, and what it costs is returned. Asked is the width itself.",
            answers=(returns_the_parameters,),
        ),
        Mistake(
            "stops at a fixed width",
            "Small budgets come out right. Your search ends at a fixed width; a larger budget buys "
            "more.",
            answers=(looks_up_to_a_hundred,),
            recognise=stops_at_a_bound,
        ),
        Mistake(
            "forgets the biases of the outputs",
            "Nearly right: each output has a bias too, and you have not paid for these.",
            answers=(no_biases_of_the_outputs,),
        ),
        Mistake(
            "rounds to the nearest width",
            "You round to the nearest width. Where that is upwards, it no longer fits.",
            answers=(rounds,),
        ),
        Mistake(
            "lets every hidden layer read the inputs",
            "Each of your hidden layers is paid for as if it read the inputs. Only the first one "
            "does: what does the second read?",
            answers=(every_hidden_layer_reads_the_inputs,),
        ),
    ),
    also_right=(from_above, by_the_root),
    by_hand=(
        Asked("3 inputs, 1 hidden layer, 2 outputs, at most 26 parameters: the width",
              (3, 1, 2, 26)),
        Asked("2 inputs, 2 hidden layers, 1 output, at most 20 parameters: the width",
              (2, 2, 1, 20)),
    ),
)
