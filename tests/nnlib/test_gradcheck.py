"""The gradient check finds wrong backwards of every kind, and leaves the module alone."""

import re

import numpy as np
import pytest
import torch

import nnlib.numpy as nn
import nnlib.torch as torch_path
from nnlib.gradcheck import GradientError, compare_gradients, gradcheck


def rng(seed=0):
    return np.random.default_rng(seed)


X = rng(1).standard_normal((5, 3))


def dense(kind=nn.Dense):
    return kind(3, 4, rng=rng(2))


class WrongInput(nn.Dense):
    def backward(self, grad_output, *, input_grad=True):
        return 1.001 * super().backward(grad_output)


class WrongWeight(nn.Dense):
    def backward(self, grad_output, *, input_grad=True):
        dx = super().backward(grad_output)
        self.weight.grad[1, 2] *= -1
        return dx


class MissingBias(nn.Dense):
    def backward(self, grad_output, *, input_grad=True):
        dx = super().backward(grad_output)
        self.bias.grad = None
        return dx


class NotANumber(nn.Dense):
    def backward(self, grad_output, *, input_grad=True):
        dx = super().backward(grad_output)
        dx[2, 1] = np.nan
        return dx


class WrongShape(nn.Dense):
    def backward(self, grad_output, *, input_grad=True):
        dx = super().backward(grad_output)
        self.bias.grad = self.bias.grad[None, :]
        return dx


class NoInputGradient(nn.Dense):
    def backward(self, grad_output, *, input_grad=True):
        super().backward(grad_output)


class ZeroSoftmax(nn.Softmax):
    """What a check with a plain sum as the upstream gradient lets pass."""

    def backward(self, grad_output, *, input_grad=True):
        return 0 * super().backward(grad_output)


class HalfLoss(nn.MSELoss):
    def backward(self):
        return super().backward() / 2


def test_a_right_backward_passes_with_a_tiny_error_that_is_not_zero():
    error = gradcheck(dense(), X, rng=rng())
    assert 0 < error < 1e-7


@pytest.mark.parametrize(
    ("module", "place"),
    [
        (dense(WrongInput), "input["),
        (dense(WrongWeight), "weight[1, 2]: backward gives "),
        (dense(MissingBias), "bias["),
        (dense(NotANumber), "input[2, 1]: backward gives nan"),
        (dense(NoInputGradient), "input["),
        (ZeroSoftmax(), "input["),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_wrong_backward_is_found_and_named(module, place):
    with pytest.raises(GradientError) as caught:
        gradcheck(module, X, rng=rng())
    lines = str(caught.value).splitlines()
    assert lines[0] == f"{type(module).__name__}.backward is wrong at"
    assert len(lines) == 2, "only what is wrong is named"
    assert lines[1].strip().startswith(place)


def test_a_gradient_of_another_shape_is_named():
    message = "WrongShape.backward gives bias a gradient of shape (1, 4), expected (4,)"
    with pytest.raises(GradientError, match=re.escape(message)):
        gradcheck(dense(WrongShape), X, rng=rng())


def test_a_wrong_loss_is_found():
    with pytest.raises(GradientError, match=r"HalfLoss.backward is wrong at\n  input\["):
        gradcheck(HalfLoss(), X, X + 1, rng=rng())


def test_a_factor_of_two_is_found_however_small_the_gradient():
    class Small(nn.Module):
        def forward(self, x):
            self.keep(x)
            return 1e-9 * x

        def backward(self, grad_output, *, input_grad=True):
            self.kept()
            return 2e-9 * grad_output

    with pytest.raises(GradientError):
        gradcheck(Small(), X, rng=rng())


def test_rounding_is_not_taken_for_a_gradient():
    """The mean takes the bias away again, so its gradient is 0; the difference is rounding."""
    network = nn.Sequential(dense(), nn.BatchNorm(4))
    found = {c.name: c for c in compare_gradients(network, 1e3 * X, rng=rng())}
    assert found["0.bias"].backward != found["0.bias"].difference
    assert found["0.bias"].error < 1e-6


def test_the_step_is_that_of_the_difference():
    class Cube(nn.Module):
        def forward(self, x):
            self.keep(x)
            return x**3

        def backward(self, grad_output, *, input_grad=True):
            (x,) = self.kept()
            return grad_output * 3 * x**2

    (worst,) = compare_gradients(Cube(), np.array([0.5]), rng=rng(), step=0.1)
    upstream = rng().standard_normal()
    assert worst.backward == pytest.approx(0.75 * upstream)
    assert worst.difference == pytest.approx((0.75 + 0.1**2) * upstream)  # ((x+h)³ - (x-h)³) / 2h
    gradcheck(Cube(), X, rng=rng())
    with pytest.raises(GradientError):
        gradcheck(Cube(), X, rng=rng(), step=0.1)


def test_the_report_has_the_worst_entry_of_each_array():
    comparisons = {c.name: c for c in compare_gradients(dense(WrongWeight), X, rng=rng())}
    assert list(comparisons) == ["input", "weight", "bias"]
    worst = comparisons["weight"]
    assert worst.entry == (1, 2)
    assert worst.error == pytest.approx(2.0)
    assert worst.backward == pytest.approx(-worst.difference)
    assert str(worst).startswith(f"weight[1, 2]: backward gives {worst.backward:.6g}, the finite")


def test_the_module_stays_as_it_is():
    module = dense()
    module(X.astype("float32"))
    module.backward(np.ones((5, 4), np.float32))
    before, grad = module.state_dict(), module.weight.grad
    x = X.copy()
    gradcheck(module, x, rng=rng())
    assert module.weight.dtype == np.float32
    assert module.weight.grad is grad
    np.testing.assert_array_equal(module.weight.data, before["weight"])
    np.testing.assert_array_equal(x, X)


def test_a_mask_does_not_change_within_one_check():
    class Masked(nn.Module):
        """Dropout in short: a new mask in every forward."""

        def __init__(self):
            self.rng = rng(3)

        def forward(self, x):
            mask = self.rng.random(x.shape) < 0.5
            self.keep(mask)
            return x * mask

        def backward(self, grad_output, *, input_grad=True):
            (mask,) = self.kept()
            return grad_output * mask

    module = Masked()
    state = module.rng.bit_generator.state
    assert gradcheck(module, X, rng=rng()) < 1e-7
    assert module.rng.bit_generator.state == state


def test_an_input_of_integers_has_no_gradient_to_check():
    class Lookup(nn.Module):
        def __init__(self):
            self.weight = nn.Parameter(rng(1).standard_normal((4, 2)))

        def forward(self, ids):
            self.keep(ids)
            return self.weight.data[ids]

        def backward(self, grad_output, *, input_grad=True):
            (ids,) = self.kept()
            grad = np.zeros_like(self.weight.data)
            np.add.at(grad, ids, grad_output)
            self.weight.add_grad(grad)

    comparisons = compare_gradients(Lookup(), np.array([0, 2, 2]), rng=rng())
    assert [c.name for c in comparisons] == ["weight"]
    assert comparisons[0].error < 1e-7


def test_only_some_entries_of_large_arrays_are_compared():
    calls = []

    class Counted(nn.Dense):
        def forward(self, x):
            calls.append(1)
            return super().forward(x)

    gradcheck(Counted(40, 40, rng=rng()), np.ones((2, 40)), rng=rng(), entries=3)
    assert len(calls) == 2 + 3 * (3 * 2)  # input, weight, bias; two forwards an entry


def test_the_check_wants_a_generator():
    with pytest.raises(TypeError, match="gradcheck expected rng to be a numpy"):
        gradcheck(nn.ReLU(), X, rng=None)


def test_the_check_works_on_the_torch_path_too():
    r = rng(4)
    model = torch_path.Sequential(torch_path.Dense(3, 4, rng=r), torch_path.Tanh())
    assert 0 < gradcheck(model, X, rng=rng()) < 1e-7
    assert gradcheck(torch_path.CrossEntropyLoss(), X, np.array([0, 1, 2, 1, 0]), rng=rng()) < 1e-6

    class Doubled(torch_path.Tanh):
        def backward(self, grad_output, *, input_grad=True):
            return 2 * super().backward(grad_output)

    with pytest.raises(GradientError, match=r"Doubled.backward is wrong at\n  input\["):
        gradcheck(Doubled(), X, rng=rng())
    assert model[0].weight.dtype == torch.float32
