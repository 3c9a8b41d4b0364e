"""Bugs that libraries for teaching really had, and that no other test here would notice.

Most of them fail the test of the layer concerned (running variance, softmax, dropout, pooling,
AdamW, negative ids, a second backward, float64). Here are those that hide in the tests themselves:
a check that cannot fail. Each docstring says what it would catch.
"""

import numpy as np
import parity_cases as cases
import pytest
import torch

import nnlib.numpy
import nnlib.torch
from nnlib.gradcheck import GradientError, gradcheck


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_the_comparison_behind_the_parity_tests_sees_what_is_not_a_number(bad, dtype):
    """A NaN-blind comparison: NaN > tolerance is False, so everything agrees with NaN."""
    good = np.ones(3, dtype)
    poisoned = good.copy()
    poisoned[1] = bad
    cases.assert_close(good, torch.tensor(good), dtype)
    for pair in ((poisoned, good), (good, poisoned), (poisoned, poisoned)):
        with pytest.raises(AssertionError, match="not finite"):
            cases.assert_close(*pair, dtype)


def test_the_comparison_behind_the_parity_tests_sees_shapes_dtypes_and_small_differences():
    """Broadcasting in the comparison itself, and float64 that crept in, would pass unseen."""
    one = np.ones((3, 1))
    for other, dtype, words in (
        (np.ones(3), "float64", "shape"),
        (np.ones((1, 3)), "float64", "shape"),
        (np.ones((3, 1), "float32"), "float64", "float32"),
        (one, "float32", "float64"),
        (one + 1e-9, "float64", "differs by 1e-09"),
    ):
        with pytest.raises(AssertionError, match=words):
            cases.assert_close(one, other, dtype)


class ForgetsItsInput(nnlib.numpy.Dense):
    """A right dW and db, and a dX that is twice too large."""

    def backward(self, grad_output, *, input_grad=True):
        return 2 * super().backward(grad_output)


class HandsOnZeros(nnlib.numpy.Softmax):
    """Right for an upstream gradient of ones, because each row sums to 1 whatever the input."""

    def backward(self, grad_output, *, input_grad=True):
        return 0 * super().backward(grad_output)


class SaysNothing(nnlib.numpy.Dense):
    """NaN for a gradient."""

    def backward(self, grad_output, *, input_grad=True):
        return super().backward(grad_output) * np.nan


class OverwritesItsGradient(nnlib.numpy.Module):
    """y = x ⊙ x with only one of both ways back."""

    def forward(self, x):
        self.keep(x)
        return x * x

    def backward(self, grad_output, *, input_grad=True):
        (x,) = self.kept()
        return grad_output * x


class DoesNotReduce(nnlib.numpy.Dense):
    """The bias was broadcast over the rows, and its gradient is that of one row."""

    def backward(self, grad_output, *, input_grad=True):
        gradient = super().backward(grad_output)
        self.bias.grad = grad_output[0].copy()
        return gradient


@pytest.mark.parametrize(
    "layer",
    [
        ForgetsItsInput(4, 3, rng=rng()),
        HandsOnZeros(),
        SaysNothing(4, 3, rng=rng()),
        OverwritesItsGradient(),
        DoesNotReduce(4, 3, rng=rng()),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_the_gradient_check_finds_each_classic(layer):
    """A check of dW alone, by a plain sum, blind for NaN or for shapes, would pass them all."""
    with pytest.raises(GradientError):
        gradcheck(layer, rng(1).standard_normal((5, 4)), rng=rng(2))


@pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
def test_an_input_that_is_used_three_times_gets_all_three_gradients(nn):
    """A gradient that is overwritten instead of added up where ways meet again."""
    x = rng(1).standard_normal((2, 3))
    model = nn.Residual(nn.Residual(nn.Residual(nn.Tanh())))  # y = 3 x + tanh x
    assert cases.as_array(model(nn.tensor(x))) == pytest.approx(3 * x + np.tanh(x))
    gradient = cases.as_array(model.backward(nn.tensor(np.ones_like(x))))
    assert gradient == pytest.approx(3 + 1 - np.tanh(x) ** 2)


@pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
def test_float32_stays_float32_through_a_whole_training_step(nn):
    """Float64 that creeps in: a NumPy scalar for a rate, a mask, a mean, a table of positions."""
    parent = rng()
    model = nn.Sequential(
        nn.Conv2D(1, 2, 3, rng=parent), nn.BatchNorm(2), nn.ReLU(), nn.MaxPool2D(2),
        nn.Dropout(0.2, rng=parent), nn.Flatten(), nn.Dense(18, 6, rng=parent), nn.LayerNorm(6),
        nn.GELU(), nn.Dense(6, 3, rng=parent),
    )  # fmt: skip
    x = nn.tensor(rng(1).standard_normal((4, 8, 8, 1), np.float32))
    y = nn.tensor(np.arange(4) % 3)
    for make in (
        lambda p: nn.SGD(p, np.float64(0.1), momentum=np.float64(0.9), weight_decay=1e-3),
        lambda p: nn.AdaGrad(p, np.float64(0.1)),
        lambda p: nn.RMSprop(p, np.float64(0.01), momentum=np.float64(0.5), centered=True),
        lambda p: nn.Adam(p, np.float64(0.01)),
        lambda p: nn.AdamW(p, np.float64(0.01)),
    ):
        optimizer = make(model.parameters())
        optimizer.lr = np.float64(0.02)
        loss_fn = nn.CrossEntropyLoss(label_smoothing=np.float64(0.1))
        prediction = model(x)
        loss = loss_fn(prediction, y)
        optimizer.zero_grad()
        gradient = model.backward(loss_fn.backward())
        nn.clip_grad_norm(model.parameters(), np.float64(1.0))
        grads = [parameter.grad for parameter in model.parameters()]
        optimizer.step()
        kept = [
            array for name, values in optimizer.state_dict().items()
            if isinstance(values, list) and name != "steps" for array in values
        ]  # fmt: skip
        values = [prediction, loss, gradient, *grads, *model.state_dict().values(), *kept]
        assert {str(cases.as_array(value).dtype) for value in values} == {"float32"}


@pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
def test_each_row_has_its_own_maximum(nn):
    """The maximum taken over the array: beside a large row, all exponentials of a small one are 0.

    In the softmax, its logarithm, the cross-entropy and the scores of attention.
    """
    x = np.array([[0.0, -1.0], [2000.0, 1999.0]])
    p = np.exp([0.0, -1.0]) / np.exp([0.0, -1.0]).sum()
    assert cases.as_array(nn.softmax(nn.tensor(x))) == pytest.approx(np.stack([p, p]))
    assert cases.as_array(nn.Softmax()(nn.tensor(x))) == pytest.approx(np.stack([p, p]))
    assert cases.as_array(nn.log_softmax(nn.tensor(x))) == pytest.approx(np.log([p, p]))
    loss_fn = nn.CrossEntropyLoss(reduction="none")
    losses = cases.as_array(loss_fn(nn.tensor(x), nn.tensor([1, 1])))
    assert losses == pytest.approx(-np.log([p[1], p[1]]))
    assert cases.as_array(loss_fn.backward()) == pytest.approx(np.stack([p, p]) - [0, 1])

    # Scores of 0 and of about 2000 in one head: with one maximum for both, the small row is lost.
    attention = nn.MultiHeadAttention(1, 1, rng=rng(), dtype="float64")
    ones = {name: np.ones_like(cases.as_array(v)) for name, v in attention.state_dict().items()}
    attention.load_state_dict(ones | {f"bias_{name}": np.zeros(1) for name in "qkvo"})
    y = cases.as_array(attention(nn.tensor(np.array([[[0.0], [45.0]]]))))
    assert y[0, :, 0] == pytest.approx([22.5, 45.0])
