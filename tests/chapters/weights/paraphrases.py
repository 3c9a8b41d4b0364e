"""The same misconceptions as in the banks of the chapter "Weights", written by other hands.

Other operations, dtypes, loops and torch, each with the mistake that must be recognised.
`RIGHT` holds further correct answers.
"""

import itertools
import math

import numpy as np
import torch

# --- neuron ---


def neuron_without_bias_by_loop(x, w, b):
    z = 0.0
    for i in range(len(x)):
        z += float(x[i]) * float(w[i])
    return 0.5 * (1 + math.tanh(z / 2))


def neuron_average_over_inputs(x, w, b):
    total = sum(float(p) * float(q) for p, q in zip(x, w, strict=True))
    return 1 / (1 + math.exp(-(total / len(w) + b)))


def neuron_only_z_torch(x, w, b):
    return torch.as_tensor(x) @ torch.as_tensor(w) + b


def neuron_minus_bias(x, w, b):
    z = float(np.dot(np.asarray(x), np.asarray(w))) - b
    return torch.sigmoid(torch.tensor(z, dtype=torch.float64))


def neuron_step_as_bool(x, w, b):
    return float(np.heaviside(float((x * w).sum()) + b, 0.0))


def neuron_falling(x, w, b):
    z = float((x * w).sum()) + b
    return 1 - 1 / (1 + math.exp(-z))


def neuron_in_few_digits(x, w, b):
    return float(f"{1 / (1 + math.exp(-float((w * x).sum()) - b)):.3f}")


def neuron_rectified(x, w, b):
    return torch.relu(torch.as_tensor(w) @ torch.as_tensor(x) + b)


def neuron_bias_in_the_loop(x, w, b):
    z = sum(float(p) * float(q) + b for p, q in zip(x, w, strict=True))
    return 0.5 * (1 + math.tanh(z / 2))


def neuron_of_two(x, w, b):
    z = sum(float(x[i]) * float(w[i]) for i in range(2)) + b
    return 0.5 * (1 + math.tanh(z / 2))


# --- break_even ---


def even_with_sign_kept(w_age, w_income, b, income):
    return b / w_age - w_income / w_age * income


def even_without_income(w_age, w_income, b, income):
    return np.float64(b) / -w_age


def even_at_one_half(w_age, w_income, b, income):
    return (1 - 2 * b - 2 * income * w_income) / (2 * w_age)


def even_by_the_other_weight(w_age, w_income, b, income):
    return -b / w_income - income


def even_without_parentheses(w_age, w_income, b, income):
    return -(b + w_income * income / w_age)


def even_in_whole_years(w_age, w_income, b, income):
    return int(-(b + w_income * income) / w_age + 0.5)


# --- perceptron_step ---


def step_fires_at_zero(w, b, x, y, lr):
    z = float(np.asarray(w) @ np.asarray(x)) + b
    error = y - (0 if z < 0 else 1)
    return [float(p) + lr * error * float(q) for p, q in zip(w, x, strict=True)], b + lr * error


def step_uphill(w, b, x, y, lr):
    fires = bool((w * x).sum() + b > 0)
    change = lr * (int(fires) - y)
    return w + change * x, b + change


def step_bias_kept(w, b, x, y, lr):
    guess = float((w * x).sum() + b > 0)
    return torch.as_tensor(w) + lr * (y - guess) * torch.as_tensor(x), b


def step_by_z(w, b, x, y, lr):
    z = sum(float(p) * float(q) for p, q in zip(w, x, strict=True)) + b
    return w - lr * (z - y) * x, b - lr * (z - y)


def step_by_weights_only(w, b, x, y, lr):
    fires = sum(float(p) for p in w) > -b
    return w + lr * (y - fires) * x, b + lr * (y - fires)


def step_of_full_length(w, b, x, y, lr):
    fires = bool((w * x).sum() > -b)
    return w - (fires - y) * x, b - (fires - y)


def step_full_bias(w, b, x, y, lr):
    error = y - int((w * x).sum() > -b)
    return [float(p) + lr * error * float(q) for p, q in zip(w, x, strict=True)], b + error


def step_towards_misses(w, b, x, y, lr):
    missed = y == 1 and float((w * x).sum()) <= -b
    return w + lr * missed * x, b + lr * missed


def step_without_offset(w, b, x, y, lr):
    error = y - int(float((w * x).sum()) > 0)
    return w + x * error * lr, b + error * lr


def step_by_probability(w, b, x, y, lr):
    error = y - float(torch.sigmoid(torch.as_tensor(float((w * x).sum()) + b)))
    return w + lr * error * x, b + lr * error


def step_silent_when_right(w, b, x, y, lr):
    error = y - int(float((w * x).sum()) + b > 0)
    return (w + lr * error * x, b + lr * error) if error else None


# --- count_parameters ---


def count_without_biases(widths, bias):
    return int(np.sum(np.array(widths[:-1]) * np.array(widths[1:])))


def count_always(widths, bias):
    total = 0
    for a, b in itertools.pairwise(widths):
        total += sum(p.numel() for p in torch.nn.Linear(a, b).parameters())
    return total


def count_one_a_layer(widths, bias):
    weights = sum(a * b for a, b in itertools.pairwise(widths))
    return weights + (len(widths) - 1 if bias else 0)


def count_biases_of_inputs(widths, bias):
    weights = sum(a * b for a, b in itertools.pairwise(widths))
    return weights + bias * sum(widths[:-1])


def count_sums(widths, bias):
    total = sum(widths)
    return total + sum(widths) - widths[0] if bias else total


def count_to_the_last_but_one(widths, bias):
    total = 0
    for a, b in itertools.pairwise(widths[:-1]):
        total += a * b + b * bias
    return total


def count_one_row_of_biases(widths, bias):
    return count_without_biases(widths, bias) + int(bias) * widths[-1]


# --- first_weights ---


def draw_with_variance(fan_in, fan_out, rng):
    return (2 / fan_in) * rng.standard_normal((fan_in, fan_out))


def draw_hundredth_uniform(fan_in, fan_out, rng):
    return rng.uniform(-0.01 * 3**0.5, 0.01 * 3**0.5, (fan_in, fan_out))


def draw_by_outputs_transposed(fan_in, fan_out, rng):
    return (rng.standard_normal((fan_out, fan_in)) * np.sqrt(2 / fan_out)).T


def draw_lecun_uniform(fan_in, fan_out, rng):
    bound = np.sqrt(3 / fan_in)
    return rng.uniform(-bound, bound, (fan_in, fan_out))


def draw_glorot_uniform_torch(fan_in, fan_out, rng):
    generator = torch.Generator().manual_seed(int(rng.integers(1000)))
    return torch.nn.init.xavier_uniform_(torch.empty(fan_in, fan_out), generator=generator)


def draw_torch_layout(fan_in, fan_out, rng):
    generator = torch.Generator().manual_seed(int(rng.integers(1000)))
    return torch.nn.init.kaiming_normal_(torch.empty(fan_out, fan_in), generator=generator)


def draw_same_by_broadcasting(fan_in, fan_out, rng):
    return np.sqrt(2 / fan_in) * rng.standard_normal(fan_in)[:, None] * np.ones(fan_out)


def draw_from_torch(fan_in, fan_out, rng):
    generator = torch.Generator().manual_seed(0)
    return torch.nn.init.kaiming_uniform_(
        torch.empty(fan_out, fan_in), nonlinearity="relu", generator=generator).numpy().T


def draw_as_in_the_example(fan_in, fan_out, rng):
    return 0.0505 * rng.standard_normal((fan_in, fan_out))


def draw_root_too_short(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2) / fan_in, (fan_in, fan_out))


def draw_nothing(fan_in, fan_out, rng):
    return np.ones((fan_in, fan_out)) * np.sqrt(2 / fan_in)


# --- raw_weights ---


def raw_multiplied(w, b, mean, std):
    new = [float(p) * float(q) for p, q in zip(w, std, strict=True)]
    return new, b - sum(p * float(m) for p, m in zip(new, mean, strict=True))


def raw_bias_kept(w, b, mean, std):
    return np.divide(np.asarray(w), np.asarray(std)), b


def raw_means_added(w, b, mean, std):
    new = torch.as_tensor(w) / torch.as_tensor(std)
    return new, b + float(new @ torch.as_tensor(mean))


def raw_twice(w, b, mean, std):
    return w / std, b - float((w / std * mean / std).sum())


# --- weight_image ---


def image_on_its_side(weight, unit):
    return np.asarray(weight)[:, unit].reshape(8, 8, order="F")


def image_flat(weight, unit):
    return [float(row[unit]) for row in weight]


def image_mixed(weight, unit):
    return np.asarray(weight).reshape(-1, 64)[unit].reshape(8, 8)


def image_from_one(weight, unit):
    return torch.as_tensor(weight).T[unit - 1].reshape(8, 8)


def image_with_an_axis(weight, unit):
    return np.asarray(weight)[:, [unit]].reshape(8, 8, -1)


def image_from_0_to_1(weight, unit):
    column = np.asarray(weight)[:, unit]
    return np.interp(column, [column.min(), column.max()], [0, 1]).reshape(8, 8)


def image_of_a_pixel(weight, unit):
    return np.asarray(weight)[unit, :].reshape(8, -1)


def image_of_a_stripe(weight, unit):
    return np.asarray(weight).reshape(8, 8, -1)[unit, :, :]


# --- to_dense, train_neuron ---


def layout_copied(weight):
    return weight + 0


def layout_there_and_back(weight):
    return np.asarray(weight).T.ravel().reshape(np.asarray(weight).shape)


def layout_rotated(weight):
    return np.asarray(weight).T[:, ::-1]


def layout_by_length(weight):
    return np.asarray(weight).ravel().reshape(weight.shape[1], -1)


def layout_unless_square(weight):
    return weight.T if len(weight) != len(weight[0]) else weight


def descend(x, y, lr, steps, bias_step):
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        error = 0.5 * (1 + np.tanh(0.5 * (x @ w + b))) - y
        w, b = w - lr * np.mean(error[:, None] * x, axis=0), b + bias_step(error, lr)
    return w, b


def tied_and_uphill(x, y, lr, steps):
    return descend(x, y, lr, steps, lambda error, lr: lr * np.mean(error))


def tied_and_summed(x, y, lr, steps):
    return descend(x, y, lr, steps, lambda error, lr: -lr * np.sum(error))


def tied_without_rate(x, y, lr, steps):
    return descend(x, y, lr, steps, lambda error, lr: -np.mean(error))


def tied_by_rows(x, y, lr, steps):
    return descend(x, y, lr, steps, lambda error, lr: -lr * error * 0.5)


def tied_over_inputs(x, y, lr, steps):
    return descend(x, y, lr, steps, lambda error, lr: -lr * np.sum(error) / x.shape[1])


def tied_by_the_weights(x, y, lr, steps):
    return descend(x, y, lr, steps, lambda error, lr: -lr * np.mean(error[:, None] * x))


def tied_and_turned(x, y, lr, steps):
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        error = 0.5 * (1 - np.tanh(0.5 * (x @ w + b))) - y
        w, b = w - lr * np.mean(error[:, None] * x, axis=0), b - lr * np.mean(error)
    return w, b


def tied_one_after_the_other(x, y, lr, steps):
    w, b = np.zeros(x.shape[1]), 0.0

    def error():
        return 0.5 * (1 + np.tanh(0.5 * (x @ w + b))) - y

    for _ in range(steps):
        w = w - lr * error() @ x / len(x)
        b = b - lr * error().mean()
    return w, b


def tied_by_squares(x, y, lr, steps):
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        p = 0.5 * (1 + np.tanh(0.5 * (x @ w + b)))
        error = 2 * (p - y) * (p - p**2)
        w, b = w - lr * np.mean(error[:, None] * x, axis=0), b - lr * np.mean(error)
    return w, b


def raw_with_bias_by_precedence(w, b, mean, std):
    raw = np.asarray(w) / np.asarray(std)
    return raw, b - np.asarray(w) @ np.asarray(mean) / np.asarray(std)


def draw_unscaled(fan_in, fan_out, rng):
    return rng.normal(size=(fan_in, fan_out))


def draw_uniform_too_narrow(fan_in, fan_out, rng):
    return np.sqrt(2 / fan_in) * (2 * rng.random((fan_in, fan_out)) - 1)


def count_one_layer(widths, bias):
    inputs, units = widths[:2]
    return inputs * units + units * int(bias)


WRONG = [
    ("neuron", neuron_without_bias_by_loop, "leaves out the bias"),
    ("neuron", neuron_average_over_inputs, "averages"),
    ("neuron", neuron_only_z_torch, "returns the pre-activation"),
    ("neuron", neuron_minus_bias, "subtracts the bias"),
    ("neuron", neuron_step_as_bool, "steps like a perceptron"),
    ("neuron", neuron_falling, "turns the sigmoid round"),
    ("neuron", neuron_in_few_digits, "rounds"),
    ("neuron", neuron_rectified, "takes ReLU for the sigmoid"),
    ("neuron", neuron_bias_in_the_loop, "adds the bias to each product"),
    ("neuron", neuron_of_two, "takes two inputs only"),
    ("break_even", even_by_the_other_weight, "divides by the weight of the income"),
    ("break_even", even_without_parentheses, "divides one term only"),
    ("break_even", even_in_whole_years, "rounds the age"),
    ("perceptron_step", step_by_probability, "takes a probability for the guess"),
    ("perceptron_step", step_silent_when_right, "returns nothing where the guess is right"),
    ("count_parameters", count_sums, "adds widths"),
    ("count_parameters", count_to_the_last_but_one, "leaves out the last layer"),
    ("count_parameters", count_one_row_of_biases, "a bias in the last layer only"),
    ("first_weights", draw_as_in_the_example, "takes the deviation of the example"),
    ("first_weights", draw_root_too_short, "takes the root of the two alone"),
    ("first_weights", draw_nothing, "one number for all"),
    ("raw_weights", raw_twice, "divides twice"),
    ("weight_image", image_with_an_axis, "keeps an axis"),
    ("weight_image", image_from_0_to_1, "scales the weights"),
    ("weight_image", image_of_a_pixel, "takes a row"),
    ("weight_image", image_of_a_stripe, "reshapes before choosing"),
    ("to_dense", layout_by_length, "still a reshape"),
    ("to_dense", layout_unless_square, "leaves a square weight"),
    ("train_neuron", tied_by_rows, "a bias for each row"),
    ("train_neuron", tied_over_inputs, "averages over the inputs"),
    ("train_neuron", tied_by_the_weights, "the mean of the weights' gradient"),
    ("train_neuron", tied_and_turned, "turns the sigmoid round"),
    ("train_neuron", tied_one_after_the_other, "takes a new error for the bias"),
    ("train_neuron", tied_by_squares, "takes the squared error"),
    ("break_even", even_with_sign_kept, "keeps the sign of the bias"),
    ("break_even", even_without_income, "leaves out the income"),
    ("break_even", even_at_one_half, "sets z to one half"),
    ("perceptron_step", step_fires_at_zero, "fires at zero"),
    ("perceptron_step", step_uphill, "moves away from the label"),
    ("perceptron_step", step_bias_kept, "leaves the bias as it was"),
    ("perceptron_step", step_by_z, "takes the error of the sum"),
    ("perceptron_step", step_by_weights_only, "decides without the input"),
    ("perceptron_step", step_of_full_length, "leaves out the rate"),
    ("perceptron_step", step_full_bias, "leaves the rate out of the bias"),
    ("perceptron_step", step_towards_misses, "learns from missed examples only"),
    ("perceptron_step", step_without_offset, "decides without the bias"),
    ("first_weights", draw_from_torch, "draws from another generator"),
    ("count_parameters", count_without_biases, "leaves out the biases"),
    ("count_parameters", count_always, "always counts biases"),
    ("count_parameters", count_one_a_layer, "one bias for a layer"),
    ("count_parameters", count_biases_of_inputs, "a bias for each input"),
    ("first_weights", draw_with_variance, "takes the variance for the deviation"),
    ("first_weights", draw_hundredth_uniform, "always one hundredth"),
    ("first_weights", draw_by_outputs_transposed, "scales by the outputs"),
    ("first_weights", draw_lecun_uniform, "leaves out the two"),
    ("first_weights", draw_glorot_uniform_torch, "takes Glorot for He"),
    ("first_weights", draw_torch_layout, "torch's layout"),
    ("first_weights", draw_same_by_broadcasting, "draws one column for all"),
    ("raw_weights", raw_multiplied, "multiplies by the deviation"),
    ("raw_weights", raw_bias_kept, "keeps the bias"),
    ("raw_weights", raw_means_added, "adds the means"),
    ("raw_weights", raw_with_bias_by_precedence, "a bias for each input"),
    ("first_weights", draw_unscaled, "does not scale"),
    ("first_weights", draw_uniform_too_narrow, "takes the bound for the deviation"),
    ("count_parameters", count_one_layer, "counts the first layer only"),
    ("weight_image", image_on_its_side, "stands the picture on its side"),
    ("weight_image", image_flat, "stays flat"),
    ("weight_image", image_mixed, "reshapes before choosing"),
    ("weight_image", image_from_one, "counts units from 1"),
    ("to_dense", layout_copied, "leaves the layout as it was"),
    ("to_dense", layout_there_and_back, "transposes and reshapes back"),
    ("to_dense", layout_rotated, "rotates"),
    ("train_neuron", tied_and_uphill, "the bias goes uphill"),
    ("train_neuron", tied_and_summed, "sums instead of averaging"),
    ("train_neuron", tied_without_rate, "leaves out the rate"),
]


def right_neuron_in_float32(x, w, b):
    z = torch.as_tensor(x, dtype=torch.float32) @ torch.as_tensor(w, dtype=torch.float32) + b
    return torch.special.expit(z)


def right_break_even_by_fractions(w_age, w_income, b, income):
    from fractions import Fraction

    return -(Fraction(b) + Fraction(w_income) * Fraction(income)) / Fraction(w_age)


def right_count_of_real_layers(widths, bias):
    pairs = itertools.pairwise(widths)
    layers = [torch.nn.Linear(a, b, bias=bias) for a, b in pairs]
    return torch.tensor(sum(p.numel() for layer in layers for p in layer.parameters()))


def right_draw_truncated(fan_in, fan_out, rng):
    return np.sqrt(2 / fan_in) * rng.standard_normal((fan_in, fan_out)).astype("float32")


def right_image_by_index(weight, unit):
    picture = np.empty((8, 8))
    for row, column in itertools.product(range(8), range(8)):
        picture[row, column] = weight[8 * row + column, unit]
    return picture


def right_layout_by_einsum(weight):
    return np.einsum("oi->io", np.asarray(weight))


def right_training(x, y, lr, steps):
    return descend(x, y, lr, steps, lambda error, lr: -lr * np.mean(error))


RIGHT = [
    ("neuron", right_neuron_in_float32),
    ("break_even", right_break_even_by_fractions),
    ("count_parameters", right_count_of_real_layers),
    ("first_weights", right_draw_truncated),
    ("weight_image", right_image_by_index),
    ("to_dense", right_layout_by_einsum),
    ("train_neuron", right_training),
]
