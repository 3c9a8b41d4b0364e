"""The same misconceptions as in the banks of "Activations", written by other hands.

`RIGHT` holds further correct answers.
"""

import math

import numpy as np
import torch

# --- stable_sigmoid ---


def sigmoid_clipped_at_100(x):
    limited = np.where(np.abs(x) > 100, 100 * np.sign(x), x)
    return 1 / (1 + np.exp(-limited))


def sigmoid_zero_by_try(x):
    values = []
    for one in x.tolist():
        values.append(1 / (1 + math.exp(-one)) if one > -35 else 0.0)
    return values


def sigmoid_by_subtraction_in_a_loop(x):
    values = []
    for one in x.tolist():
        right = 1 / (1 + math.exp(-abs(one)))
        values.append(right if one >= 0 else 1 - right)
    return np.array(values)


def sigmoid_torch_quotient(x):
    e = torch.exp(torch.as_tensor(x))
    return e / (1 + e)


def sigmoid_as_a_power(x):
    return (1 + np.e ** -x) ** -1


def sigmoid_bordered_at_half(x):
    e = np.exp(-np.abs(x))
    return np.array([(1 if one > 0.8 else part) / (1 + part)
                     for one, part in zip(x.tolist(), e.tolist(), strict=True)])


# --- zero_centred ---

CENTRED_LEAKY = {
    "ELU": "positive", "leaky ReLU, slope 0.01": "zero", "sigmoid": "positive",
    "tanh": "zero", "GELU": "positive", "the step function: 0 or 1": "positive",
}
CENTRED_SIGMOID = {**CENTRED_LEAKY, "leaky ReLU, slope 0.01": "positive", "sigmoid": "Zero"}

CENTRED_ELU = {**CENTRED_LEAKY, "leaky ReLU, slope 0.01": "positive", "ELU": "negative"}
CENTRED_GELU_BELOW = {**CENTRED_ELU, "ELU": "positive", "GELU": "negative"}

# --- softsign ---


def softsign_value_only(x):
    return x * (1 + abs(x)) ** -1.0


def softsign_top_only(x):
    return x / (abs(x) + 1), (abs(x) + 1) ** -1


def softsign_no_abs(x):
    return x * (1 + x) ** -1.0, (1 + x) ** -2.0


def softsign_swapped(x):
    return (1 + abs(x)) ** -2.0, x / (1 + abs(x))


def softsign_signed(x):
    y = x / (1 + abs(x))
    return y, y / abs(y) * (1 - abs(y)) ** 2


# --- slope_product ---


def product_in_logs_of_outputs(z):
    return math.exp(-sum(math.log1p(math.exp(-one)) for one in z))


def product_by_sum(z):
    total = 0.0
    for one in z:
        s = 1 / (1 + math.exp(-one))
        total += s * (1 - s)
    return total


def product_upper_bound(z):
    return 4.0 ** -np.size(z)


def product_of_tanh_slopes(z):
    return np.prod(1 / np.cosh(z) ** 2)


# --- dead_units ---


def dead_rows(z):
    return len([row for row in z if not (row > 0).any()])


def dead_if_ever_off(z):
    return sum(not bool((unit > 0).all()) for unit in z.T)


def dead_by_mean(z):
    return sum(float(unit.sum()) <= 0 for unit in z.T)


def dead_alive(z):
    return sum(bool((unit > 0).any()) for unit in z.T)


def dead_without_axis(z):
    return bool(z.max() <= 0)


# --- stable_softmax ---


def softmax_as_for_a_vector(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


def softmax_naive_einsum(z):
    e = np.e ** z
    return np.einsum("ij,i->ij", e, 1 / e.sum(1))


def softmax_global_maximum(z):
    e = np.exp(z - np.max(z))
    return (e.T / e.T.sum(axis=0)).T


def softmax_columns_by_transpose(z):
    t = z.T
    e = np.exp(t - t.max(axis=-1, keepdims=True))
    return (e / e.sum(axis=-1, keepdims=True)).T


def softmax_whole_batch(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / np.sum(e)


def softmax_centred(z):
    centred = [row - np.average(row) for row in z]
    return np.array([np.exp(row) / np.exp(row).sum() for row in centred])


# --- temperature_for ---


def temperature_inverse(z_high, z_low, ratio):
    return math.log(ratio) * (z_high - z_low) ** -1


def temperature_base_ten(z_high, z_low, ratio):
    return (z_high - z_low) / math.log(ratio, 10)


def temperature_of_quotient(z_high, z_low, ratio):
    return z_high / (z_low * math.log(ratio))


# --- output_layer ---

OUTPUTS = {
    "minutes until the next bus": "softplus",
    "a rating from 0 to 10, fractions allowed": "stretched sigmoid",
    "the change of a price, up or down": "none",
    "a digit from 0 to 9, or an eleventh class: no digit": "softmax",
    "which of 20 symptoms a patient has, perhaps none": "Softmax",
    "a valve inside a layer, from shut to open": "sigmoid",
    "a number from -1 to 1 that the valve lets through": "tanh",
}
OUTPUTS_SQUEEZED = {
    **OUTPUTS, "which of 20 symptoms a patient has, perhaps none": "sigmoid",
    "minutes until the next bus": "tanh", "the change of a price, up or down": "sigmoid",
}
OUTPUTS_STRETCHED = {**OUTPUTS, "which of 20 symptoms a patient has, perhaps none": "sigmoid",
                     "a number from -1 to 1 that the valve lets through": "Stretched sigmoid"}
OUTPUTS_VALVE = {**OUTPUTS_SQUEEZED, "minutes until the next bus": "softplus",
                 "the change of a price, up or down": "none",
                 "a valve inside a layer, from shut to open": " TANH"}

# --- hidden_slope ---


def slope_alone(z, grad_output):
    return 1 / (2 + np.exp(z) + np.exp(-z))


def slope_quarter(z, grad_output):
    return grad_output / 4


def slope_forward(z, grad_output):
    return grad_output / (1 + np.exp(-z))


# --- log_probability ---


def log_with_epsilon(z, label):
    p = torch.softmax(torch.as_tensor(z), dim=0)[label].item()
    return math.log(p + 1e-8)


def log_without_shift(z, label):
    return float(np.log(1 / np.sum(np.exp(z) / np.exp(z[label]))))


def log_of_maximum_only(z, label):
    return float(z[label]) - max(z.tolist())


def log_centred(z, label):
    centred = z - z.sum() / len(z)
    return centred[label] - np.log(np.sum(np.e ** centred))


def log_negative(z, label):
    return -torch.log_softmax(torch.as_tensor(z), dim=0)[label].item()


WRONG = [
    ("stable_sigmoid", sigmoid_clipped_at_100, "limits the exponent"),
    ("stable_sigmoid", sigmoid_zero_by_try, "writes zero for small results"),
    ("stable_sigmoid", sigmoid_by_subtraction_in_a_loop, "subtracts from one"),
    ("stable_sigmoid", sigmoid_torch_quotient, "overflows on the other side"),
    ("stable_sigmoid", sigmoid_as_a_power, "writes the formula down as it is"),
    ("stable_sigmoid", sigmoid_bordered_at_half, "draws the line elsewhere"),
    ("stable_softmax", softmax_centred, "subtracts the mean"),
    ("log_probability", log_centred, "shifts by the mean"),
    ("zero_centred", CENTRED_GELU_BELOW, "takes negative values for a centre at zero"),
    ("zero_centred", CENTRED_ELU, "takes negative values for a centre at zero"),
    ("zero_centred", CENTRED_LEAKY, "takes negative values for a centre at zero"),
    ("zero_centred", CENTRED_SIGMOID, "lets values that are never negative average to zero"),
    ("softsign", softsign_value_only, "returns the value alone"),
    ("softsign", softsign_top_only, "differentiates the top only"),
    ("softsign", softsign_no_abs, "leaves out the absolute value"),
    ("softsign", softsign_swapped, "swaps value and slope"),
    ("softsign", softsign_signed, "gives the slope a sign"),
    ("slope_product", product_in_logs_of_outputs, "multiplies the outputs"),
    ("slope_product", product_by_sum, "adds the slopes"),
    ("slope_product", product_upper_bound, "takes the largest slope everywhere"),
    ("slope_product", product_of_tanh_slopes, "takes the slope of tanh"),
    ("dead_units", dead_rows, "looks along the wrong axis"),
    ("dead_units", dead_if_ever_off, "takes inactive for dead"),
    ("dead_units", dead_without_axis, "asks once for the whole table"),
    ("dead_units", dead_by_mean, "judges by the average"),
    ("dead_units", dead_alive, "counts the living"),
    ("stable_softmax", softmax_naive_einsum, "leaves out the shift"),
    ("stable_softmax", softmax_global_maximum, "one maximum for the whole batch"),
    ("stable_softmax", softmax_columns_by_transpose, "normalises down the columns"),
    ("stable_softmax", softmax_as_for_a_vector, "one softmax for the whole batch"),
    ("stable_softmax", softmax_whole_batch, "one sum for the whole batch"),
    ("temperature_for", temperature_inverse, "gives one over the temperature"),
    ("temperature_for", temperature_base_ten, "takes another logarithm"),
    ("temperature_for", temperature_of_quotient, "divides the logits"),
    ("output_layer", OUTPUTS, "one softmax for several labels"),
    ("output_layer", OUTPUTS_SQUEEZED, "a range too small for the target"),
    ("output_layer", OUTPUTS_STRETCHED, "stretches where a function fits"),
    ("output_layer", OUTPUTS_VALVE, "takes tanh for a valve"),
    ("hidden_slope", slope_alone, "drops the gradient from above"),
    ("hidden_slope", slope_quarter, "a quarter everywhere"),
    ("hidden_slope", slope_forward, "multiplies by the output"),
    ("log_probability", log_with_epsilon, "adds a little to the probability"),
    ("log_probability", log_without_shift, "leaves out the shift"),
    ("log_probability", log_of_maximum_only, "forgets the sum"),
    ("log_probability", log_negative, "gives the loss, not the logarithm"),
]


def right_sigmoid_by_tanh_of_the_logarithm(x):
    return torch.exp(torch.nn.functional.logsigmoid(torch.as_tensor(x)))


def right_softsign_by_torch_names(x):
    magnitude = np.abs(x) if isinstance(x, np.ndarray) else x.abs()
    return (x / (1 + magnitude), (1 + magnitude) ** -2.0)


def right_softmax_by_list(z):
    rows = []
    for row in z.tolist():
        powers = [math.exp(one - max(row)) for one in row]
        rows.append([power / sum(powers) for power in powers])
    return rows


def right_dead_by_torch(z):
    return (torch.as_tensor(z).amax(dim=0) <= 0).sum()


RIGHT = [
    ("stable_sigmoid", right_sigmoid_by_tanh_of_the_logarithm),
    ("softsign", right_softsign_by_torch_names),
    ("stable_softmax", right_softmax_by_list),
    ("dead_units", right_dead_by_torch),
]
