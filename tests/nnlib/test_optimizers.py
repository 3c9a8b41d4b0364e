"""Optimizers and clipping: trajectories, states, refusals."""

import re
import tracemalloc

import numpy as np
import pytest
import torch
from parity_cases import torch_optimizer

import nnlib.numpy as nn
from nnlib.numpy.optimizer import Optimizer

SHAPES = [(4, 3), (3,), (2, 2, 2), ()]


def rng(seed=0):
    return np.random.default_rng(seed)


def raises(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}")


def parameters(dtype="float64", seed=1):
    r = rng(seed)
    return [nn.Parameter(np.asarray(r.standard_normal(shape)).astype(dtype)) for shape in SHAPES]


def one(value=1.0, grad=None, dtype="float64"):
    parameter = nn.Parameter(np.array([value], dtype))
    parameter.grad = None if grad is None else np.array([grad], dtype)
    return parameter


def draw_gradients(weights, r):
    """Gradients over many orders of magnitude; now and then a parameter gets none."""
    for index, weight in enumerate(weights):
        scale = 10.0 ** r.uniform(-4, 2)
        grad = np.asarray(scale * r.standard_normal(weight.shape)).astype(weight.dtype)
        weight.grad = None if index == 1 and r.random() < 0.4 else grad


def options(optimizer):
    state = optimizer.state_dict()
    return {name: state[name] for name in optimizer.options}


CASES = [
    ("SGD", {"lr": 0.1}),
    ("SGD", {"lr": 0.1, "weight_decay": 0.01}),
    ("SGD", {"lr": 0.05, "momentum": 0.9}),
    ("SGD", {"lr": 0.05, "momentum": 0.9, "weight_decay": 0.1}),
    ("SGD", {"lr": 0.05, "momentum": 0.7, "nesterov": True}),
    ("SGD", {"lr": 0.05, "momentum": 0.7, "nesterov": True, "weight_decay": 0.1}),
    ("Adam", {}),
    ("Adam", {"lr": 0.01, "betas": (0.8, 0.95), "eps": 1e-3}),
    ("Adam", {"lr": 0.01, "weight_decay": 0.1}),
    ("Adam", {"lr": 0.01, "betas": (0.0, 0.0)}),
    ("AdamW", {}),
    ("AdamW", {"lr": 0.01, "betas": (0.8, 0.95), "eps": 1e-3, "weight_decay": 0.2}),
    ("AdaGrad", {}),
    ("AdaGrad", {"lr": 0.1, "lr_decay": 0.1, "weight_decay": 0.1, "eps": 1e-3}),
    ("AdaGrad", {"lr": 0.1, "initial_accumulator_value": 0.5}),
    ("RMSprop", {}),
    ("RMSprop", {"lr": 0.02, "alpha": 0.9, "eps": 1e-3, "weight_decay": 0.1}),
    ("RMSprop", {"lr": 0.01, "momentum": 0.8}),
    ("RMSprop", {"lr": 0.01, "centered": True, "eps": 1e-3}),
    ("RMSprop", {"lr": 0.01, "centered": True, "momentum": 0.7, "weight_decay": 0.1, "eps": 1e-3}),
]


@pytest.mark.parametrize(("name", "settings"), CASES)
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_trajectories_agree_with_torch(name, settings, dtype):
    ours = parameters(dtype)
    theirs = [torch.nn.Parameter(torch.tensor(weight.data)) for weight in ours]
    optimizer = getattr(nn, name)(ours, **settings)
    reference = torch_optimizer(name)(theirs, **settings)
    r = rng(5)
    for step in range(60):
        if step == 30:  # a schedule changes the rate in between
            optimizer.lr = reference.param_groups[0]["lr"] = 0.003
        draw_gradients(ours, r)
        for weight, twin in zip(ours, theirs, strict=True):
            twin.grad = None if weight.grad is None else torch.tensor(weight.grad)
        optimizer.step()
        reference.step()
    tolerance = {"float64": 1e-12, "float32": 2e-5}[dtype]
    for weight, twin in zip(ours, theirs, strict=True):
        assert weight.dtype == dtype
        np.testing.assert_allclose(weight.data, twin.detach().numpy(), rtol=tolerance, atol=1e-6)
        if dtype == "float64":
            np.testing.assert_allclose(weight.data, twin.detach().numpy(), rtol=1e-11)


@pytest.mark.parametrize(("name", "settings"), CASES)
def test_a_step_changes_weights_in_place_and_gradients_not_at_all(name, settings):
    weights = parameters()
    draw_gradients(weights, rng(2))
    held = [(w.data, w.grad, w.grad.copy(), w.data.copy()) for w in weights]
    getattr(nn, name)(weights, **({"lr": 0.1} | settings)).step()
    for weight, (data, grad, grad_before, data_before) in zip(weights, held, strict=True):
        assert weight.data is data
        assert weight.grad is grad
        np.testing.assert_array_equal(grad, grad_before)
        assert not np.array_equal(data, data_before)


@pytest.mark.parametrize("name", ["SGD", "Adam"])
def test_parameters_without_a_gradient_stay_as_they_are(name):
    idle, busy = one(), one(grad=1.0)
    optimizer = getattr(nn, name)([idle, busy], lr=0.1)
    optimizer.step()
    assert idle.data == 1.0
    assert busy.data == pytest.approx(0.9)
    optimizer.zero_grad()
    assert busy.grad is None


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_the_usual_step_makes_no_arrays(momentum):
    """A temporary would be as large as the weights, 64 KiB; a call needs a few hundred bytes."""
    weight = nn.Parameter(np.ones((128, 128), np.float32))
    weight.grad = np.ones((128, 128), np.float32)
    options = {"momentum": momentum, "weight_decay": momentum}
    for optimizer in (
        nn.SGD([weight], 0.1, **options, nesterov=momentum > 0),
        nn.Adam([weight], weight_decay=momentum),
        nn.AdamW([weight]),
        nn.AdaGrad([weight], weight_decay=momentum),
        nn.RMSprop([weight], **options),
        nn.RMSprop([weight], **options, centered=True),
    ):
        optimizer.step()
        tracemalloc.start()
        optimizer.step()
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < weight.data.nbytes / 4


# ------------------------------------------------------------------------------------ by hand


def test_sgd_by_hand():
    weight = one(1.0, grad=2.0)
    nn.SGD([weight], lr=0.1).step()
    assert weight.data == pytest.approx(0.8, rel=1e-15)


def test_momentum_reaches_one_over_one_minus_m_times_the_gradient():
    weight = one(0.0, grad=1.0)
    optimizer = nn.SGD([weight], lr=1.0, momentum=0.9)
    for _ in range(400):
        before = weight.data.copy()
        optimizer.step()
    assert before - weight.data == pytest.approx(10.0, rel=1e-12)


def test_adam_by_hand():
    weight, moves = one(0.0), []
    optimizer = nn.Adam([weight], lr=0.001)
    for gradient in (0.1, 0.1, -0.2):
        weight.grad, before = np.array([gradient]), weight.data.item()
        optimizer.step()
        moves.append(before - weight.data.item())
    np.testing.assert_allclose(moves, [0.001, 0.001, -7.565e-5], rtol=1e-4)
    np.testing.assert_allclose(optimizer.mean[0], -0.0029, rtol=1e-12)
    np.testing.assert_allclose(optimizer.square[0], 5.997e-5, rtol=1e-3)


@pytest.mark.parametrize("gradient", [100.0, 0.001, -0.001])
def test_the_first_step_of_adam_does_not_depend_on_the_size_of_the_gradient(gradient):
    weight = one(0.0, grad=gradient)
    nn.Adam([weight], lr=0.001).step()
    assert weight.data.item() == pytest.approx(-0.001 * np.sign(gradient), rel=1e-4)


def test_adam_puts_epsilon_outside_the_root():
    weight = one(0.0, grad=1.0)
    nn.Adam([weight], lr=1.0, eps=1.0).step()
    assert weight.data.item() == pytest.approx(-0.5)  # inside it would be -1/√2


def test_adam_counts_the_steps_of_each_parameter_on_its_own():
    late, early = one(0.0), one(0.0, grad=1.0)
    optimizer = nn.Adam([late, early], lr=0.001)
    for _ in range(10):
        optimizer.step()
    late.grad = np.array([1.0])
    optimizer.step()
    assert late.data.item() == pytest.approx(-0.001, rel=1e-6)
    assert [int(count) for count in optimizer.steps] == [1, 11]


def test_an_optimizer_without_an_update_of_its_own_has_none():
    parameter = nn.Parameter(np.ones(2))
    parameter.add_grad(np.ones(2))
    with pytest.raises(NotImplementedError):
        Optimizer([parameter], 0.1).step()


def test_a_rate_of_zero_changes_nothing():
    weight = one(1.0, grad=2.0)
    for name in ("SGD", "Adam", "AdamW", "AdaGrad", "RMSprop"):
        getattr(nn, name)([weight], lr=0).step()
    assert weight.data == 1.0


@pytest.mark.parametrize("name", ["SGD", "Adam", "AdamW", "AdaGrad", "RMSprop"])
def test_a_numpy_rate_does_not_turn_weights_into_float64(name):
    weight = one(1.0, grad=2.0, dtype="float32")
    optimizer = getattr(nn, name)([weight], lr=np.float64(0.1))
    optimizer.step()
    assert weight.data.dtype == np.float32
    assert type(optimizer.lr) is float


def test_adamw_shrinks_every_weight_alike_and_adam_does_not():
    """The sign too: with the wrong one the weights would grow."""
    for name, expected in (("AdamW", 1.0 - 0.1 * 0.5), ("Adam", 1.0)):
        still, moving = one(2.0, grad=0.0), one(2.0, grad=1e6)
        free = one(2.0, grad=1e6)
        getattr(nn, name)([still, moving], lr=0.1, weight_decay=0.5).step()
        getattr(nn, name)([free], lr=0.1, weight_decay=0.0).step()
        assert (moving.data - free.data).item() == pytest.approx(2.0 * expected - 2.0, abs=1e-6)
        assert still.data.item() < 2.0


def test_adamw_decays_by_default():
    weight = one(1.0, grad=0.0)
    nn.AdamW([weight], lr=0.1).step()
    assert weight.data.item() == pytest.approx(1 - 0.1 * 0.01, rel=1e-12)


def test_adagrad_by_hand():
    weight, moves = one(0.0), []
    optimizer = nn.AdaGrad([weight], lr=0.1)
    for gradient in (3.0, -4.0, 12.0):
        weight.grad, before = np.array([gradient]), weight.data.item()
        optimizer.step()
        moves.append(before - weight.data.item())
    np.testing.assert_allclose(moves, [0.1, -0.08, 0.1 * 12 / 13], rtol=1e-8)
    assert optimizer.total[0] == 169.0


def test_adagrad_slows_down_by_its_own_decay():
    weight = one(0.0, grad=0.0)
    optimizer = nn.AdaGrad([weight], lr=1.0, lr_decay=0.5, initial_accumulator_value=4.0)
    optimizer.step()
    weight.grad = np.array([1.0])
    optimizer.step()
    assert weight.data.item() == pytest.approx(-1.0 / 1.5 / np.sqrt(5.0), rel=1e-9)


def test_rmsprop_by_hand():
    weight = one(0.0, grad=2.0)
    optimizer = nn.RMSprop([weight], lr=0.1, alpha=0.75)
    optimizer.step()
    assert weight.data.item() == pytest.approx(-0.1 * 2, rel=1e-7)  # 2/√(¼·4)
    assert optimizer.square[0] == 1.0
    weight = one(0.0, grad=2.0)
    optimizer = nn.RMSprop([weight], lr=0.1, alpha=0.75, centered=True, momentum=0.5)
    optimizer.step()
    assert optimizer.mean[0] == 0.5
    assert weight.data.item() == pytest.approx(-0.1 * 2 / np.sqrt(0.75), rel=1e-7)
    weight.grad = np.array([0.0])
    optimizer.step()
    assert weight.data.item() == pytest.approx(-0.1 * 3 / np.sqrt(0.75), rel=1e-7)


@pytest.mark.parametrize(("name", "divisor"), [("AdaGrad", 2.0), ("RMSprop", np.sqrt(0.5) + 1)])
def test_adaptive_rates_put_epsilon_outside_the_root(name, divisor):
    weight = one(0.0, grad=1.0)
    options = {"alpha": 0.5} if name == "RMSprop" else {}
    getattr(nn, name)([weight], lr=1.0, eps=1.0, **options).step()
    assert weight.data.item() == pytest.approx(-1 / divisor, rel=1e-12)


# ------------------------------------------------------------------------------------- states


@pytest.mark.parametrize(("name", "settings"), CASES)
def test_a_loaded_state_continues_the_run_exactly(name, settings):
    settings = {"lr": 0.1} | settings
    straight, resumed = parameters(), parameters()
    first = getattr(nn, name)(straight, **settings)
    second = getattr(nn, name)(resumed, **settings)
    r, s = rng(3), rng(3)
    for _ in range(5):
        draw_gradients(straight, r)
        draw_gradients(resumed, s)
        first.step()
        second.step()
    saved = second.state_dict()
    second.step()  # does not reach what was saved
    restarted = [nn.Parameter(weight.data.copy()) for weight in straight]
    third = getattr(nn, name)(restarted, **(settings | {"lr": 0.7}))
    third.load_state_dict(saved)
    for _ in range(5):
        draw_gradients(straight, r)
        draw_gradients(restarted, s)
        first.step()
        third.step()
    assert options(third) == options(first)
    for weight, twin in zip(straight, restarted, strict=True):
        np.testing.assert_array_equal(weight.data, twin.data)


def test_the_state_is_plain_numbers_and_lists_of_arrays():
    weights = parameters()
    state = nn.Adam(weights).state_dict()
    assert list(state) == [
        *("optimizer", "lr", "beta1", "beta2", "eps", "weight_decay", "steps", "mean", "square")
    ]
    assert state["optimizer"] == "Adam"
    for slot in ("mean", "square"):
        assert [array.shape for array in state[slot]] == SHAPES
    assert [array.shape for array in state["steps"]] == [()] * len(SHAPES)
    plain = nn.SGD(weights, 0.1).state_dict()
    assert plain == {
        "optimizer": "SGD",
        "lr": 0.1,
        "momentum": 0.0,
        "nesterov": False,
        "weight_decay": 0.0,
        "velocity": [],
    }


def test_a_wrong_state_raises_and_changes_nothing():
    optimizer = nn.SGD([one()], 0.1, momentum=0.9)
    good = optimizer.state_dict() | {"lr": 0.5, "velocity": [np.ones(1)]}
    wrong = [
        (nn.Adam([one()]).state_dict(), "SGD expected the state of SGD, got that of Adam"),
        (good | {"velocity": [np.ones(2)]}, "velocity.0 of shape (2,) where (1,) is expected"),
        (good | {"velocity": []}, "missing velocity.0"),
        (good | {"velocity": [np.ones(1)] * 2}, "unexpected velocity.1"),
        ({k: v for k, v in good.items() if k != "momentum"}, "missing momentum"),
    ]
    for state, message in wrong:
        with pytest.raises(ValueError, match=re.escape(message)):
            optimizer.load_state_dict(state)
        assert (optimizer.lr, optimizer.velocity[0]) == (0.1, np.zeros(1))
    optimizer.load_state_dict(good)
    assert (optimizer.lr, optimizer.velocity[0]) == (0.5, np.ones(1))


# ----------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: nn.SGD([one()], -0.1), "SGD expected lr >= 0, got -0.1"),
        (lambda: nn.SGD([one()], float("nan")), "SGD expected lr >= 0, got nan"),
        (lambda: nn.SGD([one()], float("inf")), "SGD expected a finite lr, got inf"),
        (lambda: nn.Adam([one()], -1), "Adam expected lr >= 0, got -1"),
        (lambda: nn.SGD([one()], 1, momentum=1.0), "SGD expected 0 <= momentum < 1, got 1"),
        (lambda: nn.SGD([one()], 1, momentum=-0.1), "SGD expected 0 <= momentum < 1, got -0.1"),
        (
            lambda: nn.SGD([one()], 1, nesterov=True),
            "SGD expected momentum > 0 with nesterov=True, got momentum=0",
        ),
        (lambda: nn.SGD([one()], 1, weight_decay=-1), "SGD expected weight_decay >= 0, got -1"),
        (lambda: nn.Adam([one()], betas=(1.0, 0.9)), "Adam expected 0 <= betas[0] < 1, got 1"),
        (lambda: nn.Adam([one()], betas=(0.9, -1)), "Adam expected 0 <= betas[1] < 1, got -1"),
        (lambda: nn.Adam([one()], eps=-1e-8), "Adam expected eps >= 0, got -1e-08"),
        (lambda: nn.AdamW([one()], eps=-1), "AdamW expected eps >= 0, got -1"),
        (lambda: nn.AdamW([one()], betas=(2, 0)), "AdamW expected 0 <= betas[0] < 1, got 2"),
        (lambda: nn.AdaGrad([one()], lr_decay=-1), "AdaGrad expected lr_decay >= 0, got -1"),
        (lambda: nn.RMSprop([one()], alpha=1), "RMSprop expected 0 <= alpha < 1, got 1"),
        (lambda: nn.Adam([]), "Adam expected at least one parameter, got none: pass model.parame"),
        (lambda: nn.SGD([one()] * 2, 1), "SGD got the same parameter of shape (1,) twice: it woul"),
        (lambda: nn.clip_grad_norm([one()], 0), "clip_grad_norm expected max_norm > 0, got 0"),
        (lambda: nn.clip_grad_value([one()], -1), "clip_grad_value expected clip_value > 0"),
    ],
)
def test_numbers_out_of_range_raise(call, message):
    with raises(ValueError, message):
        call()


def test_the_rate_is_checked_when_it_is_set_too():
    optimizer = nn.SGD([one()], 0.1)
    with raises(ValueError, "SGD expected lr >= 0, got -0.5"):
        optimizer.lr = -0.5
    with raises(TypeError, "SGD expected lr to be a number, got '0.1'"):
        optimizer.lr = "0.1"
    assert optimizer.lr == 0.1


def test_what_is_no_parameter_raises():
    with raises(TypeError, "SGD expected parameters, got ndarray: pass model.parameters()"):
        nn.SGD([np.ones(2)], 0.1)


def test_a_model_whose_parameters_were_walked_through_already():
    walked = nn.Dense(2, 2, rng=rng()).parameters()
    list(walked)
    with raises(ValueError, "SGD expected at least one parameter, got none"):
        nn.SGD(walked, 0.1)


# ------------------------------------------------------------------------------------ blocks


def large_parameter(order):
    """Weights of several blocks, the last of them smaller, and their gradient."""
    weight = nn.Parameter(rng(3).standard_normal((37, 59)).astype("float32", order=order))
    weight.grad = rng(4).standard_normal((37, 59), np.float32)
    return weight


@pytest.mark.parametrize(("name", "settings"), [case for case in CASES if case[0] != "SGD"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_in_blocks_every_bit_is_as_in_one_piece(monkeypatch, name, settings, order):
    states = []
    for block in (37 * 59, 500):
        monkeypatch.setattr("nnlib.numpy.optimizer.BLOCK", block)
        weight = large_parameter(order)
        optimizer = getattr(nn, name)([weight], **settings)
        for _ in range(3):
            optimizer.step()
        state = optimizer.state_dict()
        states.append([weight.data, *(state[slot][0] for slot in optimizer.slots if state[slot])])
    for one_piece, in_blocks in zip(*states, strict=True):
        np.testing.assert_array_equal(in_blocks, one_piece)


def test_blocks_are_views_that_cover_the_parameter_once(monkeypatch):
    monkeypatch.setattr("nnlib.numpy.optimizer.BLOCK", 500)
    weight = large_parameter("C")
    optimizer = nn.Adam([weight])
    sizes = []
    for data, grad, mean, scratch in optimizer.blocks(0, weight.data, weight.grad, optimizer.mean):
        assert np.shares_memory(data, weight.data)
        assert np.shares_memory(grad, weight.grad)
        mean += 1
        sizes.append((data.size, grad.size, mean.size, scratch.size))
    assert sizes == [(500,) * 4] * 4 + [(183,) * 4]
    np.testing.assert_array_equal(optimizer.mean[0], np.ones((37, 59)))


# ----------------------------------------------------------------------------------- clipping


def with_gradients(*gradients, dtype="float64"):
    weights = [one(dtype=dtype) for _ in gradients]
    for weight, gradient in zip(weights, gradients, strict=True):
        weight.grad = None if gradient is None else np.array(gradient, dtype)
    return weights


def test_clipping_by_norm_keeps_the_direction():
    weights = with_gradients([3.0], None, [4.0])
    assert nn.clip_grad_norm(weights, 1.0) == 5.0
    assert weights[0].grad == pytest.approx(0.6, rel=1e-6)
    assert weights[2].grad == pytest.approx(0.8, rel=1e-6)
    assert weights[1].grad is None


def test_clipping_by_norm_leaves_short_gradients_alone():
    weights = with_gradients([3.0], [4.0])
    assert nn.clip_grad_norm(iter(weights), 5.1) == 5.0
    assert (weights[0].grad, weights[1].grad) == (3.0, 4.0)
    assert nn.clip_grad_norm(with_gradients(None), 1.0) == 0.0
    assert nn.clip_grad_norm(with_gradients([0.0]), 1.0) == 0.0


@pytest.mark.parametrize("max_norm", [0.1, 5.0, 100.0])
def test_clipping_agrees_with_torch(max_norm):
    weights = parameters()
    draw_gradients(weights, rng(7))
    twins = [torch.nn.Parameter(torch.tensor(weight.data)) for weight in weights]
    for weight, twin in zip(weights, twins, strict=True):
        twin.grad = torch.tensor(weight.grad)
    expected = torch.nn.utils.clip_grad_norm_(twins, max_norm)
    assert nn.clip_grad_norm(weights, max_norm) == pytest.approx(expected.item(), rel=1e-12)
    for weight, twin in zip(weights, twins, strict=True):
        np.testing.assert_allclose(weight.grad, twin.grad.numpy(), rtol=1e-12)
    torch.nn.utils.clip_grad_value_(twins, max_norm / 10)
    nn.clip_grad_value(weights, max_norm / 10)
    for weight, twin in zip(weights, twins, strict=True):
        np.testing.assert_allclose(weight.grad, twin.grad.numpy(), rtol=1e-12)


def test_exploding_float32_gradients_are_clipped_not_lost():
    weights = with_gradients([3e25], [4e25], dtype="float32")
    assert nn.clip_grad_norm(weights, 1.0) == pytest.approx(5e25)
    assert weights[0].grad == pytest.approx(0.6)
    assert weights[0].grad.dtype == np.float32


def test_gradients_that_are_not_finite():
    weights = with_gradients([np.nan], [1.0])
    assert np.isnan(nn.clip_grad_norm(weights, 1.0))
    assert np.isnan(weights[1].grad)
    weights = with_gradients([np.inf], [1.0])
    with np.errstate(invalid="ignore"):
        assert nn.clip_grad_norm(weights, 1.0) == np.inf
    assert weights[1].grad == 0.0
    assert np.isnan(weights[0].grad)


def test_clipping_by_value_changes_the_direction():
    weights = with_gradients([3.0], [-4.0], [0.5], None)
    nn.clip_grad_value(weights, 1.0)
    assert [w.grad if w.grad is None else w.grad.item() for w in weights] == [1.0, -1.0, 0.5, None]
