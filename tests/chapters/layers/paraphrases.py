"""The misconceptions of the chapter on layers, written by other hands than the banks'.

Other operations, loops and torch, each with the mistake that must be recognised.
"""

import numpy as np
import torch

# --- dense_layer ---


def dense_mean_gradient(x, weight, bias, grad_y):
    share = grad_y / len(grad_y)
    return x @ weight + bias, grad_y @ weight.T, x.T @ share, sum(share)


def dense_bias_by_row(x, weight, bias, grad_y):
    return x @ weight + bias, grad_y @ weight.T, x.T @ grad_y, [sum(row) for row in grad_y]


def dense_weight_as_torch_stores_it(x, weight, bias, grad_y):
    grad = torch.as_tensor(grad_y).T @ torch.as_tensor(x)
    return x @ weight + bias, grad_y @ weight.T, grad, grad_y.sum(0)


def dense_weight_first(x, weight, bias, grad_y):
    grads = {"w": np.einsum("ni,nj->ij", x, grad_y), "x": np.einsum("nj,ij->ni", grad_y, weight)}
    return x @ weight + bias, *grads.values(), np.einsum("nj->j", grad_y)


def dense_by_linear(x, weight, bias, grad_y):
    x, weight, bias, grad_y = (torch.as_tensor(a) for a in (x, weight, bias, grad_y))
    y = torch.nn.functional.linear(x, weight.T, bias)
    return y, grad_y.mm(weight.T), torch.einsum("bi,bj->ij", x, grad_y), grad_y.sum(dim=0)


# --- collapse ---


def collapse_matrices_only(weights, biases):
    return np.linalg.multi_dot(weights) if len(weights) > 1 else weights[0], biases[-1]


def collapse_by_homogeneous_coordinates(weights, biases):
    total = np.eye(len(weights[0]) + 1)
    for w, b in zip(weights, biases, strict=True):
        block = np.zeros((w.shape[0] + 1, w.shape[1] + 1))
        block[:-1, :-1], block[-1, :-1], block[-1, -1] = w, b, 1
        total = total @ block
    return total[:-1, :-1], total[-1, :-1]


# --- convolve ---


def convolve_turned(image, kernels, bias):
    turned = np.rot90(np.asarray(kernels), 2)
    windows = np.lib.stride_tricks.sliding_window_view(
        np.asarray(image), turned.shape[:2], axis=(0, 1))
    return np.tensordot(windows, turned.transpose(2, 0, 1, 3), 3) + np.asarray(bias)


def convolve_without_bias(image, kernels, bias):
    image, kernels = torch.as_tensor(image), torch.as_tensor(kernels)
    maps = torch.nn.functional.conv2d(image.permute(2, 0, 1)[None], kernels.permute(3, 2, 0, 1))
    return maps[0].permute(1, 2, 0)


def convolve_zeros_at_the_end(image, kernels, bias):
    full = convolve_turned(image, np.rot90(np.asarray(kernels), 2), bias)
    full[-1], full[:, -1] = 0, 0
    return full


def convolve_with_the_first_kernel(image, kernels, bias):
    kernels = np.asarray(kernels)[:, :, :, [0]].repeat(len(bias), axis=3)
    return convolve_turned(image, np.rot90(kernels, 2), bias)


# --- attend ---


def attend_by_queries(q, k, v):
    return torch.softmax(torch.tensor(q @ k.T) / q.shape[0] ** 0.5, dim=-1) @ torch.tensor(v)


def attend_divided_late(q, k, v):
    return attend_unscaled(q, k, v) / q.shape[1] ** 0.5


def attend_causal(q, k, v):
    q, k, v = (torch.tensor(a)[None] for a in (q, k, v))
    return torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)[0]


def attend_unscaled(q, k, v):
    return torch.softmax(torch.tensor(q) @ torch.tensor(k).T, dim=-1) @ torch.tensor(v)


def attend_columns(q, k, v):
    scores = torch.tensor(q) @ torch.tensor(k).T / q.shape[-1] ** 0.5
    return scores.softmax(dim=0) @ torch.tensor(v)


def attend_in_one_go(q, k, v):
    e = np.exp(q.dot(k.T) * q.shape[-1] ** -0.5)
    return np.einsum("nm,me->ne", e, v) / e.sum(1)[:, None]


# --- repairs ---


def kernel_all_turned(weight):
    return np.einsum("oikl->lkio", np.asarray(weight))


def kernel_by_swapping(weight):
    weight = np.asarray(weight)
    return np.swapaxes(np.swapaxes(weight, 0, 2), 1, 3)


def kernel_by_rolling(weight):
    return np.swapaxes(np.asarray(weight).transpose(2, 3, 0, 1), 2, 3)


def state_as_a_sum(x, w_x, w_h, b):
    return np.tanh(x @ w_x + b).sum(axis=0)


def state_from_the_end(x, w_x, w_h, b):
    h = np.zeros_like(b)
    for t in range(len(x) - 1, -1, -1):
        h = np.tanh(x[t] @ w_x + h @ w_h + b)
    return h


def state_with_what_was(x, w_x, w_h, b):
    h = np.zeros_like(b)
    for row in x:
        h += np.tanh(row @ w_x + h @ w_h + b)
    return h


def state_by_sigmoid(x, w_x, w_h, b):
    h = torch.zeros(len(b), dtype=torch.float64)
    for row in torch.tensor(x):
        h = torch.sigmoid(row @ torch.tensor(w_x) + h @ torch.tensor(w_h) + torch.tensor(b))
    return h


def state_of_the_rest(x, w_x, w_h, b):
    return state_in_a_list(x[1:], w_x, w_h, b)


def state_in_a_list(x, w_x, w_h, b):
    states = [np.zeros(w_h.shape[0])]
    for row in x:
        states.append(np.tanh(np.concatenate([row, states[-1]]) @ np.vstack([w_x, w_h]) + b))
    return states[-1]


def count(layer):
    return sum(p.numel() for p in layer.parameters())


SORTED = {
    "which of 3 species is this iris?": "3 softmax",
    "is this tumour benign, yes or no?": "1 sigmoid",
    "what will this house sell for?": "1 linear",
    "weight, waist and pulse of a person": "3 linear",
    "which of 3 topics does this article touch (any number of them)?": "3 sigmoid",
}
FIRST = {
    "10 measurements of a patient": "Dense",
    "photographs": "Conv2D",
    "heart rate, second by second": "LSTM",
    "word ids of a review": "Embedding",
    "training loss 0.01, validation loss 1.5": "Dropout",
    "40 layers learn less than 20": "Residual",
}

COUNTED = {                      # by PyTorch, less the second bias of its recurrent layers
    "Conv2D: 3 channels, 8 kernels of 5×5": count(torch.nn.Conv2d(3, 8, 5)),
    "MaxPool2D: windows of 2×2": count(torch.nn.MaxPool2d(2)),
    "Embedding: 1,000 ids, 32 numbers each": count(torch.nn.Embedding(1000, 32)),
    "BatchNorm: 16 features": count(torch.nn.BatchNorm2d(16)),
    "RNN: 10 inputs, 20 units": count(torch.nn.RNN(10, 20)) - 20,
    "LSTM: 10 inputs, 20 units": count(torch.nn.LSTM(10, 20)) - 4 * 20,
    "MultiHeadAttention: width 32, 4 heads": count(torch.nn.MultiheadAttention(32, 4)),
}
SIZED = {                        # by PyTorch's own convolution
    f"{n} pixels, kernel {k}, stride {s}, padding {p}":
        torch.nn.functional.conv1d(torch.zeros(1, 1, n), torch.zeros(1, 1, k), None, s, p).shape[2]
    for n, k, s, p in ((28, 5, 1, 0), (28, 5, 1, 2), (28, 3, 2, 1), (32, 5, 3, 0), (31, 2, 2, 0))
}

WRONG = [
    ("output_layer", SORTED | {"what will this house sell for?": "1 Sigmoid"},
     "squeezes a quantity into a probability"),
    ("count_parameters", COUNTED | {"Conv2D: 3 channels, 8 kernels of 5×5": 5 * 5 * 8 + 8},
     "kernels without depth"),
    ("count_parameters", COUNTED | {"BatchNorm: 16 features": 4 * 16},
     "counts the running statistics"),
    ("count_parameters", COUNTED | {"LSTM: 10 inputs, 20 units": 4 * 30 * 20},
     "leaves out the biases"),
    ("count_parameters", COUNTED | {"MultiHeadAttention: width 32, 4 heads": 3 * 33 * 32},
     "forgets the layer behind the heads"),
    ("count_parameters", COUNTED | {"RNN: 10 inputs, 20 units": count(torch.nn.RNN(10, 20))},
     "counts two biases"),
    ("count_parameters",
     COUNTED | {"LSTM: 10 inputs, 20 units": count(torch.nn.GRU(10, 20)) - 3 * 20},
     "counts the gates only"),
    ("dense_layer", dense_mean_gradient, "averages over the batch"),
    ("dense_layer", dense_bias_by_row, "sums the bias over units"),
    ("dense_layer", dense_weight_as_torch_stores_it, "transposes the weight gradient"),
    ("dense_layer", dense_weight_first, "returns the gradient of the weight before that of x"),
    ("collapse", collapse_matrices_only, "forgets the bias of earlier layers"),
    ("convolve", convolve_turned, "flips the kernel"),
    ("convolve", convolve_without_bias, "leaves out the bias"),
    ("convolve", convolve_zeros_at_the_end, "leaves the last row and column at zero"),
    ("convolve", convolve_with_the_first_kernel, "uses the first kernel for all maps"),
    ("output_size", SIZED | {"31 pixels, kernel 2, stride 2, padding 0": 16}, "rounds up"),
    ("output_size", SIZED | {"28 pixels, kernel 5, stride 1, padding 0": 23},
     "forgets the first position"),
    ("output_size", SIZED | {"28 pixels, kernel 5, stride 1, padding 2": 26},
     "pads one side only"),
    ("output_size", SIZED | {"28 pixels, kernel 5, stride 1, padding 2": 24},
     "ignores the padding"),
    ("attend", attend_unscaled, "does not divide the scores"),
    ("attend", attend_columns, "takes softmax over the queries"),
    ("attend", attend_by_queries, "counts queries, not features"),
    ("attend", attend_divided_late, "divides after softmax"),
    ("attend", attend_causal, "masks later keys"),
    ("which_layer", FIRST | {"word ids of a review": "Dense"}, "feeds ids as numbers"),
    ("kernel_from_torch", kernel_all_turned, "turns all axes around"),
    ("kernel_from_torch", kernel_by_swapping, "leaves in and out swapped"),
    ("last_state", state_as_a_sum, "adds the steps up"),
    ("last_state", state_from_the_end, "reads from the end"),
    ("last_state", state_with_what_was, "adds the new state to the old one"),
    ("last_state", state_by_sigmoid, "uses a sigmoid"),
    ("last_state", state_of_the_rest, "leaves out the first row"),
]

RIGHT = [
    ("output_layer", {task: head.capitalize() for task, head in SORTED.items()}),
    ("count_parameters", COUNTED),
    ("dense_layer", dense_by_linear),
    ("collapse", collapse_by_homogeneous_coordinates),
    ("output_size", SIZED),
    ("attend", attend_in_one_go),
    ("which_layer", FIRST),
    ("kernel_from_torch", kernel_by_rolling),
    ("last_state", state_in_a_list),
]
