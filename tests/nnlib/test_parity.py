"""Both paths and plain torch.nn agree: outputs, every gradient, and every error sentence."""

import numpy as np
import parity_cases as cases
import pytest
import torch
from parity_cases import assert_close

import nnlib.numpy
import nnlib.torch

DTYPES = ("float64", "float32")


def by_name(items):
    return pytest.mark.parametrize("case", items, ids=lambda case: case.name)


@pytest.mark.parametrize("mode", ["train", "eval"])
@pytest.mark.parametrize("dtype", DTYPES)
@by_name(cases.LAYERS)
def test_layer_and_its_gradients(case, dtype, mode):
    rng = np.random.default_rng(1)
    x = case.input(rng, dtype)
    learns_input = x.dtype.kind == "f"  # token ids are integers and have no gradient
    by_hand = case.make(nnlib.numpy, np.random.default_rng(0), dtype)
    autograd = case.make(nnlib.torch, np.random.default_rng(0), dtype)
    # Biases start at zeros: only other values show whether they are used at all.
    state = {
        name: value + rng.uniform(-0.5, 0.5, value.shape).astype(dtype)
        for name, value in by_hand.state_dict().items()
    }
    by_hand.load_state_dict(state)
    autograd.load_state_dict(state)
    twin = case.twin(state)
    for model in (by_hand, autograd, twin):
        getattr(model, mode)()

    y = by_hand(x)
    upstream = rng.standard_normal(y.shape).astype(dtype)
    x_grad = by_hand.backward(upstream)

    y_torch = autograd(torch.tensor(x))
    x_grad_torch = autograd.backward(torch.tensor(upstream))

    x_twin = torch.tensor(x, requires_grad=learns_input)
    y_twin = twin(x_twin)
    y_twin.backward(torch.tensor(upstream))

    assert_close(y, y_twin, dtype, "output by hand")
    assert_close(y_torch, y_twin, dtype, "output on torch")
    if learns_input:
        assert_close(x_grad, x_twin.grad, dtype, "input gradient by hand")
        assert_close(x_grad_torch, x_twin.grad, dtype, "input gradient on torch")
    else:
        assert x_grad is None
        assert x_grad_torch is None

    twin_gradients = {
        name: parameter.grad for name, parameter in twin.named_parameters()
        if parameter.requires_grad
    }  # fmt: skip
    gradients = {name: parameter.grad for name, parameter in by_hand.named_parameters()}
    gradients_torch = {name: parameter.grad for name, parameter in autograd.named_parameters()}
    assert gradients.keys() == gradients_torch.keys() == case.twin_names.keys()
    assert twin_gradients.keys() == {twin_name for twin_name, _ in case.twin_names.values()}
    for name, (twin_name, layout) in case.twin_names.items():
        expected = cases.in_our_layout(twin_gradients[twin_name], layout)
        assert_close(gradients[name], expected, dtype, f"{name} by hand")
        assert_close(gradients_torch[name], expected, dtype, f"{name} on torch")


@by_name(cases.LAYERS)
def test_input_is_not_changed_and_may_have_any_strides(case):
    values = case.input(np.random.default_rng(1), "float64")
    x = np.asfortranarray(values)
    by_hand = case.make(nnlib.numpy, np.random.default_rng(0), "float64")
    autograd = case.make(nnlib.torch, np.random.default_rng(0), "float64")
    y, y_torch = by_hand(x), autograd(torch.from_numpy(x))
    upstream = np.asfortranarray(np.random.default_rng(2).standard_normal(y.shape))
    kept = upstream.copy()
    x_grad = by_hand.backward(upstream)
    x_grad_torch = autograd.backward(torch.from_numpy(upstream))
    assert_close(y_torch, y, "float64", "output")
    if x_grad is None:
        assert x_grad_torch is None
    else:
        assert_close(x_grad_torch, x_grad, "float64", "input gradient")
    np.testing.assert_array_equal(x, values)
    np.testing.assert_array_equal(upstream, kept)


@pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
@by_name(cases.LAYERS)
def test_gradients_add_up_and_input_grad_only_leaves_out_the_input(case, nn):
    model = case.make(nn, np.random.default_rng(0), "float64")
    x = nn.tensor(case.values(np.random.default_rng(1), case.shape))
    y = model(x)
    upstream = nn.tensor(np.random.default_rng(2).standard_normal(tuple(y.shape)))
    model.backward(upstream)
    once = [cases.as_array(parameter.grad).copy() for parameter in model.parameters()]
    model(x)
    assert model.backward(upstream, input_grad=False) is None
    for parameter, gradient in zip(model.parameters(), once, strict=True):
        assert_close(parameter.grad, 2 * gradient, "float64", "the sum of two backwards")
    model.zero_grad()
    assert all(parameter.grad is None for parameter in model.parameters())


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", cases.FUNCTIONS)
def test_function(name, dtype):
    function, options, plain = cases.FUNCTIONS[name]
    for values in (np.random.default_rng(0).standard_normal((5, 4)), [[0.0, -700.0, 700.0]]):
        x = np.array(values, dtype)
        expected = plain(torch.tensor(x))
        by_hand = getattr(nnlib.numpy, function)(x, **options)
        on_torch = getattr(nnlib.torch, function)(torch.tensor(x), **options)
        assert_close(by_hand, expected, dtype, "by hand")
        assert_close(on_torch, expected, dtype, "on torch")


@pytest.mark.parametrize("dtype", DTYPES)
@by_name(cases.LOSSES)
def test_loss_and_its_gradient(case, dtype):
    rng = np.random.default_rng(1)
    prediction = rng.standard_normal(case.shape).astype(dtype)
    target = case.target(rng)
    target = target if target.dtype.kind == "i" else target.astype(dtype)

    by_hand, autograd = case.make(nnlib.numpy), case.make(nnlib.torch)
    loss, gradient = by_hand(prediction, target), by_hand.backward()
    loss_torch = autograd(torch.tensor(prediction), torch.tensor(target))
    gradient_torch = autograd.backward()

    x_twin = torch.tensor(prediction, requires_grad=True)
    t_twin = torch.tensor(target)
    if case.last_to_one and prediction.ndim > 2:
        moved = x_twin.movedim(-1, 1)
        t_twin = t_twin.movedim(-1, 1) if target.ndim == prediction.ndim else t_twin
    else:
        moved = x_twin
    loss_twin = case.twin(torch.nn)(moved, t_twin)
    loss_twin.sum().backward()

    assert_close(loss, loss_twin, dtype, "loss by hand")
    assert_close(loss_torch, loss_twin, dtype, "loss on torch")
    assert_close(gradient, x_twin.grad, dtype, "gradient by hand")
    assert_close(gradient_torch, x_twin.grad, dtype, "gradient on torch")


def test_loss_of_extreme_logits_is_finite():
    logits = np.array([[1e4, -1e4, 0.0], [-1e4, 1e4, 0.0]], "float32")
    labels = np.array([1, 1])
    for nn in (nnlib.numpy, nnlib.torch):
        loss_fn = nn.CrossEntropyLoss()
        assert loss_fn(nn.tensor(logits), nn.tensor(labels)).item() == pytest.approx(1e4)
        assert_close(
            loss_fn.backward(),
            np.array([[0.5, -0.5, 0], [0, 0, 0]], "float32"), "float32", "gradient",
        )  # fmt: skip


def test_not_a_number_is_not_hidden():
    for nn in (nnlib.numpy, nnlib.torch):
        poisoned = nn.tensor([[float("nan"), 0.0], [0.0, 0.0]])
        assert np.isnan(nn.CrossEntropyLoss()(poisoned, nn.tensor([0, 1])).item())
        assert np.isnan(nn.MSELoss()(poisoned, nn.tensor([[0.0, 0.0], [0.0, 0.0]])).item())
        assert np.isnan(cases.as_array(nn.relu(poisoned))[0, 0])


@pytest.mark.parametrize("name", cases.ERRORS)
def test_the_same_mistake_gets_the_same_sentence(name):
    kind, call = cases.ERRORS[name]
    sentences = []
    for nn in (nnlib.numpy, nnlib.torch):
        with pytest.raises(kind) as error:
            call(nn, np.random.default_rng(0))
        assert type(error.value) is kind
        sentences.append(str(error.value))
    assert sentences[0] == sentences[1]
    assert "\n" not in sentences[0]


@pytest.mark.parametrize("dtype", DTYPES)
def test_equal_seeds_give_equal_models(dtype):
    def make(nn):
        return cases.LAYERS[-1].make(nn, np.random.default_rng(3), dtype)

    states = [make(nn).state_dict() for nn in (nnlib.numpy, nnlib.torch)]
    assert list(states[0]) == list(states[1])
    for name in states[0]:
        np.testing.assert_array_equal(states[0][name], cases.as_array(states[1][name]))


def test_layer_by_layer_is_the_same_as_whole():
    for nn in (nnlib.numpy, nnlib.torch):
        case = cases.LAYERS[-1]
        whole, parts = (case.make(nn, np.random.default_rng(0), "float64") for _ in range(2))
        x = nn.tensor(np.random.default_rng(1).standard_normal(case.shape))
        y = whole(x)
        upstream = nn.tensor(np.random.default_rng(2).standard_normal(tuple(y.shape)))
        expected = whole.backward(upstream)
        parts(x)
        gradient = upstream
        for layer in reversed(parts.layers):
            gradient = layer.backward(gradient)
        np.testing.assert_array_equal(cases.as_array(gradient), cases.as_array(expected))
        for one, other in zip(whole.parameters(), parts.parameters(), strict=True):
            np.testing.assert_array_equal(cases.as_array(one.grad), cases.as_array(other.grad))
        with pytest.raises(RuntimeError, match="expected a forward before it"):
            parts.backward(upstream)  # the layers have used up this forward


def test_clipping():
    rng = np.random.default_rng(0)
    gradients = [rng.standard_normal((3, 4)) * 5, rng.standard_normal(4)]
    for limit in (0.5, 1000.0):
        results = []
        for nn in (nnlib.numpy, nnlib.torch):
            parameters = [nn.Parameter(nn.tensor(np.zeros_like(g))) for g in gradients]
            parameters.append(nn.Parameter(nn.tensor(np.zeros(2))))  # without a gradient
            for parameter, gradient in zip(parameters, gradients, strict=False):
                parameter.grad = nn.tensor(gradient)
            norm = nn.clip_grad_norm(parameters, limit)
            clipped = [cases.as_array(parameter.grad).copy() for parameter in parameters[:2]]
            nn.clip_grad_value(parameters, 0.1)
            cut = [cases.as_array(parameter.grad) for parameter in parameters[:2]]
            assert parameters[2].grad is None
            results.append((norm, clipped, cut))
        plain = [torch.nn.Parameter(torch.zeros(g.shape, dtype=torch.float64)) for g in gradients]
        for parameter, gradient in zip(plain, gradients, strict=True):
            parameter.grad = torch.tensor(gradient)
        expected_norm = torch.nn.utils.clip_grad_norm_(plain, limit).item()
        for norm, clipped, cut in results:
            assert norm == pytest.approx(expected_norm, rel=1e-12)
            for index in range(2):
                assert_close(clipped[index], plain[index].grad, "float64", "by norm")
                assert_close(cut[index], plain[index].grad.clamp(-0.1, 0.1), "float64", "by value")


def test_state_goes_from_either_path_to_the_other_and_is_cast():
    case = cases.LAYERS[-1]
    for source, target in ((nnlib.numpy, nnlib.torch), (nnlib.torch, nnlib.numpy)):
        given = case.make(source, np.random.default_rng(0), "float64")
        taker = case.make(target, np.random.default_rng(1), "float32")
        taker.load_state_dict(given.state_dict())
        for name, value in taker.state_dict().items():
            expected = cases.as_array(given.state_dict()[name]).astype("float32")
            np.testing.assert_array_equal(cases.as_array(value), expected)
            assert cases.as_array(value).dtype == np.float32


@pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
def test_state_dict_holds_copies(nn):
    layer = nn.Dense(2, 2, rng=np.random.default_rng(0))
    before = cases.as_array(layer.weight.data).copy()
    layer.state_dict()["weight"][:] = 7.0
    np.testing.assert_array_equal(cases.as_array(layer.weight.data), before)


def test_tensor_copies_and_its_dtypes_are_the_same():
    for data, dtype in (
        ([1.0, 2.0], None), ([1, 2], None), (1.5, None), ([True], None), ([1, 2.5], None),
        (np.ones(2), None), (np.ones(2, "float32"), None), (np.ones(2, "int32"), None),
        (np.float64(1.5), None), ([1, 2], "float64"), (np.ones(2), "float32"),
        (np.ones(2), np.float32), ([0.1], "float64"),
    ):  # fmt: skip
        by_hand, on_torch = nnlib.numpy.tensor(data, dtype), nnlib.torch.tensor(data, dtype)
        np.testing.assert_array_equal(by_hand, on_torch.numpy())
        assert by_hand.dtype == on_torch.numpy().dtype, (data, dtype)
    for nn in (nnlib.numpy, nnlib.torch):
        array = np.ones(2)
        nn.tensor(array)[0] = 5.0
        assert array[0] == 1.0


@pytest.mark.parametrize("drop_last", [False, True])
@pytest.mark.parametrize("seed", [None, 0])
def test_batches_are_the_same_rows(seed, drop_last):
    x = np.arange(30, dtype="float32").reshape(10, 3)
    y = np.arange(10)
    runs = []
    for nn in (nnlib.numpy, nnlib.torch):
        rng = None if seed is None else np.random.default_rng(seed)
        loader = nn.batches(x, y, batch_size=4, rng=rng, drop_last=drop_last)
        epochs = [[cases.as_array(part) for part in batch] for _ in range(2) for batch in loader]
        assert len(loader) == (2 if drop_last else 3)
        assert len(epochs) == 2 * len(loader)
        runs.append(epochs)
    for one, other in zip(*runs, strict=True):
        np.testing.assert_array_equal(one[0], other[0])
        np.testing.assert_array_equal(one[1], other[1])
        np.testing.assert_array_equal(one[0][:, 0], 3 * one[1])
        assert one[1].dtype == other[1].dtype == np.int64
