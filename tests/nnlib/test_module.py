"""Module, Parameter, tensor, no_grad: what every layer has in common."""

import copy
import pickle
import re
import threading

import numpy as np
import pytest
import torch

import nnlib.numpy as nn


def rng(seed=0):
    return np.random.default_rng(seed)


def model(seed=0, dtype="float32"):
    r = rng(seed)
    return nn.Sequential(
        nn.Dense(4, 3, rng=r, dtype=dtype),
        nn.ReLU(),
        nn.Residual(nn.Sequential(nn.Dense(3, 3, bias=False, rng=r, dtype=dtype), nn.Tanh())),
        nn.Dense(3, 2, rng=r, dtype=dtype),
    )


NAMES = ["0.weight", "0.bias", "2.module.0.weight", "3.weight", "3.bias"]


class Scaled(nn.Module):
    """A module as a reader would write it, with a buffer."""

    buffers = ("seen",)

    def __init__(self):
        self.scale = nn.Parameter(np.full(3, 2.0, np.float32))
        self.seen = np.zeros(1, np.float32)

    def forward(self, x):
        self.keep(x)
        self.seen += len(x)
        return x * self.scale.data

    def backward(self, grad_output, *, input_grad=True):
        (x,) = self.kept()
        self.scale.add_grad((grad_output * x).sum(axis=0))
        return grad_output * self.scale.data if input_grad else None


# ------------------------------------------------------------------------------ names and walking


def test_parameters_come_in_the_order_of_the_layers_under_dotted_names():
    network = model()
    named = list(network.named_parameters())
    assert [name for name, _ in named] == NAMES
    assert [p for _, p in named] == list(network.parameters())
    assert dict(named)["2.module.0.weight"] is network[2].module[0].weight


def test_named_modules_starts_with_the_model_itself():
    names = [name for name, _ in model().named_modules()]
    assert names == ["", "0", "1", "2", "2.module", "2.module.0", "2.module.1", "3"]
    assert [type(child).__name__ for child in model().children()] == [
        "Dense",
        "ReLU",
        "Residual",
        "Dense",
    ]


def test_a_parameter_knows_its_shape_and_dtype_and_starts_without_a_gradient():
    weight = model()[0].weight
    assert (weight.shape, weight.dtype, weight.grad) == ((4, 3), np.float32, None)
    assert repr(weight) == "Parameter(shape=(4, 3), dtype=float32)"


def test_repr_shows_the_tree():
    assert repr(model()) == "\n".join(
        [
            "Sequential(",
            "  (0): Dense(4, 3, bias=True)",
            "  (1): ReLU()",
            "  (2): Residual(",
            "    (module): Sequential(",
            "      (0): Dense(3, 3, bias=False)",
            "      (1): Tanh()",
            "    )",
            "  )",
            "  (3): Dense(3, 2, bias=True)",
            ")",
        ]
    )


def test_train_and_eval_reach_every_module_and_return_the_model():
    network = model()
    assert network.eval() is network
    assert not any(module.training for _, module in network.named_modules())
    assert network.train() is network
    assert all(module.training for _, module in network.named_modules())


def test_a_module_without_methods_says_which_one_is_missing():
    with pytest.raises(NotImplementedError, match="Module has no forward"):
        nn.Module()(np.ones((1, 1)))
    with pytest.raises(NotImplementedError, match="Module has no backward"):
        nn.Module().backward(np.ones((1, 1)))


# ------------------------------------------------------------------------------ forward, backward


def test_a_second_backward_without_a_forward_raises():
    network, x, g = model(), np.ones((2, 4), np.float32), np.ones((2, 2), np.float32)
    network(x)
    network.backward(g)
    message = (
        "Dense.backward expected a forward before it: each backward uses up what one forward "
        "kept, and a forward under no_grad() keeps nothing"
    )
    with pytest.raises(RuntimeError, match=f"^{re.escape(message)}$"):
        network.backward(g)


@pytest.mark.parametrize(
    "layer",
    [
        nn.ReLU(),
        nn.Sigmoid(),
        nn.Tanh(),
        nn.Softmax(),
        nn.Flatten(),
        nn.Residual(nn.Tanh()),
        nn.Sequential(nn.Tanh()),
        Scaled(),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_every_layer_needs_one_forward_for_one_backward(layer):
    x = np.ones((2, 3), np.float32)
    with pytest.raises(RuntimeError, match="expected a forward before it"):
        layer.backward(x)
    layer(x)
    layer(x)  # two forwards still give one backward: that of the last
    layer.backward(x)
    with pytest.raises(RuntimeError, match="expected a forward before it"):
        layer.backward(x)
    with layer.no_grad():
        layer(x)
    with pytest.raises(RuntimeError, match="expected a forward before it"):
        layer.backward(x)


def test_forward_and_backward_twice_doubles_the_gradients():
    network, x = model(), rng(1).standard_normal((5, 4)).astype("float32")
    g = rng(2).standard_normal((5, 2)).astype("float32")
    network(x)
    network.backward(g)
    once = [p.grad.copy() for p in network.parameters()]
    network(x)
    network.backward(g)
    for p, single in zip(network.parameters(), once, strict=True):
        np.testing.assert_array_equal(p.grad, 2 * single)
        assert np.abs(single).max() > 0
    network.zero_grad()
    assert all(p.grad is None for p in network.parameters())


def test_adding_a_gradient_leaves_earlier_gradient_arrays_alone():
    network, x = model(), np.ones((2, 4), np.float32)
    network(x)
    network.backward(np.ones((2, 2), np.float32))
    held = network[3].weight.grad
    before = held.copy()
    network(x)
    network.backward(np.ones((2, 2), np.float32))
    np.testing.assert_array_equal(held, before)


def test_a_backward_after_a_forward_without_gradients_does_not_use_the_older_forward():
    network, x = model(), np.ones((2, 4), np.float32)
    network(x)
    with nn.no_grad():
        network(2 * x)
    with pytest.raises(RuntimeError, match="expected a forward"):
        network.backward(np.ones((2, 2), np.float32))


def test_no_grad_ends_with_its_block_also_after_an_error():
    layer, x = nn.Tanh(), np.ones((2, 2))
    with pytest.raises(KeyError), nn.no_grad():
        raise KeyError
    layer(x)
    assert layer.backward(x).shape == (2, 2)


def test_no_grad_nests_and_decorates():
    layer, x = nn.Tanh(), np.ones((2, 2))
    with nn.no_grad():
        with nn.no_grad():
            pass
        layer(x)
        with pytest.raises(RuntimeError):
            layer.backward(x)

    @nn.no_grad()
    def infer():
        return layer(x)

    infer()
    with pytest.raises(RuntimeError):
        layer.backward(x)


def test_no_grad_in_one_thread_does_not_reach_another():
    layer, x, outcome = nn.Tanh(), np.ones((2, 2)), []

    def work():
        layer(x)
        outcome.append(layer.backward(x))

    with nn.no_grad():
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert len(outcome) == 1


# ------------------------------------------------------------------------------ state and copies


def test_state_dict_is_a_copy():
    network = model()
    state = network.state_dict()
    assert list(state) == NAMES
    state["0.weight"][:] = 7
    assert not (network[0].weight.data == 7).any()


def test_load_state_dict_restores_values_in_place_and_keeps_the_dtype():
    source, target = model(0, "float64"), model(1)
    arrays = [p.data for p in target.parameters()]
    target.load_state_dict(source.state_dict())
    for array, p, q in zip(arrays, target.parameters(), source.parameters(), strict=True):
        assert p.data is array, "an optimizer holds this array"
        assert p.dtype == np.float32
        np.testing.assert_array_equal(p.data, q.data.astype("float32"))


def test_load_state_dict_takes_torch_tensors():
    target = model()
    state = {
        name: torch.full(array.shape, 0.5, dtype=torch.float64, requires_grad=True)
        for name, array in target.state_dict().items()
    }
    target.load_state_dict(state)
    assert all((p.data == 0.5).all() and p.dtype == np.float32 for p in target.parameters())


def test_a_wrong_state_changes_nothing_and_names_everything_that_is_wrong():
    network = model()
    before = network.state_dict()
    state = {name: array + 1 for name, array in before.items()}
    del state["0.bias"]
    state["9.weight"] = np.ones(2)
    state["3.weight"] = state["3.weight"].T
    with pytest.raises(ValueError, match="Sequential cannot load") as caught:
        network.load_state_dict(state)
    assert str(caught.value) == (
        "Sequential cannot load this state, nothing was changed: missing 0.bias; "
        "unexpected 9.weight; 3.weight of shape (2, 3) where (3, 2) is expected"
    )
    for name, array in network.state_dict().items():
        np.testing.assert_array_equal(array, before[name])


def test_buffers_are_saved_loaded_and_converted_but_are_not_parameters():
    first, second = nn.Sequential(Scaled()), nn.Sequential(Scaled())
    first(np.ones((5, 3), np.float32))
    assert [name for name, _ in first.named_parameters()] == ["0.scale"]
    state = first.state_dict()
    assert sorted(state) == ["0.scale", "0.seen"]
    second.load_state_dict(state)
    assert second[0].seen == 5
    assert first[0].seen is not second[0].seen
    assert second.astype("float64")[0].seen.dtype == np.float64


def test_astype_converts_parameters_and_forgets_gradients():
    network, x = model(), np.ones((2, 4), np.float32)
    network(x)
    network.backward(np.ones((2, 2), np.float32))
    assert network.astype("float64") is network
    assert all(p.dtype == np.float64 and p.grad is None for p in network.parameters())
    assert network(x.astype("float64")).dtype == np.float64
    with pytest.raises(TypeError, match=r"^Sequential\.astype expected dtype"):
        network.astype("int32")


@pytest.mark.parametrize(
    "duplicate", [copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))], ids=["copy", "pickle"]
)
def test_copies_after_a_forward_are_independent(duplicate):
    network, x = model(), np.ones((2, 4), np.float32)
    expected = network(x)
    twin = duplicate(network)
    twin[0].weight.data += 1
    np.testing.assert_array_equal(network(x), expected)
    assert not np.array_equal(twin(x), expected)


# ------------------------------------------------------------------------------ tensor, path hooks


def test_tensor_turns_python_floats_into_float32_and_keeps_array_dtypes():
    assert nn.tensor([1.0, 2]).dtype == np.float32
    assert nn.tensor(0.5).dtype == np.float32
    assert nn.tensor([1, 2]).dtype == np.int64
    assert nn.tensor([True]).dtype == np.bool_
    assert nn.tensor(np.ones(2)).dtype == np.float64
    assert nn.tensor(np.float64(1)).dtype == np.float64
    assert nn.tensor(np.ones(2, np.uint8)).dtype == np.uint8
    assert nn.tensor([1, 2], dtype="float64").dtype == np.float64


def test_tensor_copies():
    data = np.ones(2, np.float32)
    nn.tensor(data)[0] = 5
    assert data[0] == 1


def test_as_input_and_as_numpy_do_not_copy():
    x = np.ones((2, 4), np.float32)
    assert nn.Module.as_input(x) is x
    assert nn.Module.as_numpy(x) is x
