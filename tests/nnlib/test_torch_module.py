"""A model of the torch path is a real torch module: whatever torch does with those works."""

import copy
import io
import pickle
import warnings

import numpy as np
import parity_cases as cases
import pytest
import torch

import nnlib.torch as nn


def make_model(seed=0, dtype="float64"):
    rng = np.random.default_rng(seed)
    return nn.Sequential(
        nn.Dense(6, 8, rng=rng, dtype=dtype), nn.Tanh(), nn.Dense(8, 3, rng=rng, dtype=dtype)
    )


def make_data(dtype="float64"):
    rng = np.random.default_rng(1)
    return nn.tensor(rng.standard_normal((10, 6)).astype(dtype)), nn.tensor(rng.integers(0, 3, 10))


def gradients(model):
    return [parameter.grad.clone() for parameter in model.parameters()]


def assert_same(tensors, others):
    for one, other in zip(tensors, others, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-12, atol=1e-14)


def by_course():
    """Gradients by model.backward, as on the NumPy path."""
    model, loss_fn = make_model(), nn.CrossEntropyLoss()
    x, y = make_data()
    loss_fn(model(x), y)
    model.backward(loss_fn.backward())
    return gradients(model)


def test_parameters_are_torch_parameters():
    model = make_model()
    assert isinstance(model, torch.nn.Module)
    assert all(type(parameter) is torch.nn.Parameter for parameter in model.parameters())
    assert [name for name, _ in model.named_parameters()] == [
        "0.weight", "0.bias", "2.weight", "2.bias",
    ]  # fmt: skip
    assert model[0].weight.shape == (6, 8)


def test_plain_loss_backward_gives_the_same_gradients():
    model, loss_fn = make_model(), nn.CrossEntropyLoss()
    x, y = make_data()
    loss_fn(model(x), y).backward()
    assert_same(gradients(model), by_course())


def test_inside_plain_torch_code():
    model = torch.nn.Sequential(make_model()[0], torch.nn.Tanh(), make_model()[2])
    x, y = make_data()
    torch.nn.functional.cross_entropy(model(x), y).backward()
    assert all(parameter.grad is not None for parameter in model.parameters())
    wrapped = nn.Sequential(make_model()[0], torch.nn.Tanh(), make_model()[2])
    loss_fn = nn.CrossEntropyLoss()
    loss_fn(wrapped(x), y)
    wrapped.backward(loss_fn.backward())
    assert_same(gradients(wrapped), gradients(model))


def test_input_that_wants_its_gradient_gets_it():
    model = make_model()
    x, _ = make_data()
    x.requires_grad_()
    y = model(x)
    (expected,) = torch.autograd.grad(y.sum(), x, retain_graph=True)
    y.sum().backward()
    torch.testing.assert_close(x.grad, expected)
    model(x)
    torch.testing.assert_close(model.backward(torch.ones(10, 3, dtype=x.dtype)), expected)
    torch.testing.assert_close(x.grad, expected)  # what is returned is not added a second time
    assert model(x).requires_grad
    with nn.no_grad():
        assert not model(x).requires_grad


def test_the_callers_tensor_stays_a_leaf_of_nothing():
    x, _ = make_data()
    make_model()(x)
    assert not x.requires_grad


def test_backward_after_loss_backward_is_out_of_order():
    model, loss_fn = make_model(), nn.CrossEntropyLoss()
    x, y = make_data()
    loss_fn(model(x), y).backward()
    with pytest.raises(RuntimeError, match="expected a forward before it"):
        model.backward(torch.ones(10, 3, dtype=torch.float64))


@pytest.mark.parametrize("lr", [0.1, 0.01])
def test_torch_optim_and_torch_schedulers(lr):
    ours, plain = make_model(), make_model()
    x, y = make_data()
    mine, theirs = nn.Adam(ours.parameters(), lr=lr), torch.optim.Adam(plain.parameters(), lr=lr)
    schedules = [torch.optim.lr_scheduler.StepLR(optimizer, 2, 0.5) for optimizer in (mine, theirs)]
    loss_fn = nn.CrossEntropyLoss()
    for _ in range(5):
        for model, optimizer in ((ours, mine), (plain, theirs)):
            optimizer.zero_grad()
            loss_fn(model(x), y).backward()
            optimizer.step()
        for schedule in schedules:
            schedule.step()
    assert mine.lr == theirs.param_groups[0]["lr"] == lr / 4
    assert_same(ours.state_dict().values(), plain.state_dict().values())


@pytest.mark.parametrize("way", ["deepcopy", "pickle", "torch.save"])
def test_copies_after_a_forward(way):
    model = make_model()
    x, _ = make_data()
    y = model(x)
    if way == "deepcopy":
        other = copy.deepcopy(model)
    elif way == "pickle":
        other = pickle.loads(pickle.dumps(model))
    else:
        file = io.BytesIO()
        torch.save(model, file)
        file.seek(0)
        other = torch.load(file, weights_only=False)
    with pytest.raises(RuntimeError, match="expected a forward before it"):
        other.backward(torch.ones_like(y))
    torch.testing.assert_close(other(x), y)
    assert all(a is not b for a, b in zip(model.parameters(), other.parameters(), strict=True))
    upstream = torch.randn(y.shape, dtype=y.dtype, generator=torch.Generator().manual_seed(0))
    model.backward(upstream)  # the original still has its forward
    other.backward(upstream)
    assert_same(gradients(model), gradients(other))


def test_state_dict_in_a_file_that_holds_no_code():
    model, other = make_model(0), make_model(1)
    model(make_data()[0])
    file = io.BytesIO()
    torch.save(model.state_dict(), file)
    file.seek(0)
    other.load_state_dict(torch.load(file, weights_only=True))
    assert_same(other.state_dict().values(), model.state_dict().values())


def test_state_dict_shares_memory_only_where_torch_is_asked_for_that():
    layer = nn.Dense(2, 3, rng=np.random.default_rng(0))
    assert layer.state_dict()["weight"].data_ptr() != layer.weight.data_ptr()
    assert layer.state_dict(keep_vars=True)["weight"] is layer.weight
    inside_plain_torch = torch.nn.Sequential(layer).state_dict()["0.weight"]
    assert inside_plain_torch.data_ptr() == layer.weight.data_ptr()


@pytest.mark.parametrize("name", ["Adam", "AdamW", "AdaGrad"])
def test_optimizers_use_the_fused_kernel_of_torch(name):
    parameter = nn.Parameter(torch.ones(3))
    parameter.grad = torch.ones(3)
    optimizer = getattr(nn, name)([parameter])
    optimizer.step()
    assert [group["fused"] for group in optimizer.param_groups] == [True]


def test_optimizer_copies():
    model = make_model()
    optimizer = nn.SGD(model.parameters(), lr=0.1, momentum=0.9)
    both = copy.deepcopy((model, optimizer))
    x, y = make_data()
    for a_model, an_optimizer in ((model, optimizer), both):
        nn.fit(
            a_model, nn.CrossEntropyLoss(), an_optimizer, (x, y), epochs=2, batch_size=5,
            rng=np.random.default_rng(0),
        )  # fmt: skip
    assert_same(both[0].state_dict().values(), model.state_dict().values())


@pytest.mark.parametrize("backend", ["eager", "aot_eager"])
def test_torch_compile(backend):
    torch._dynamo.reset()
    model, loss_fn = make_model(), nn.CrossEntropyLoss()
    compiled = torch.compile(model, backend=backend, fullgraph=True)
    x, y = make_data()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # torch's own, while it compiles
        loss_fn(compiled(x), y).backward()
    assert_same(gradients(model), by_course())


def test_a_compiled_model_can_be_trained_by_fit():
    torch._dynamo.reset()
    x, y = make_data()
    histories = []
    for compiled in (False, True):
        model = make_model()
        if compiled:
            model.compile(backend="aot_eager")
        optimizer = nn.SGD(model.parameters(), lr=0.1)
        histories.append(
            nn.fit(
                model, nn.CrossEntropyLoss(), optimizer, (x, y), epochs=3, batch_size=5, rng=None
            )
        )
    np.testing.assert_allclose(histories[1].train_loss, histories[0].train_loss, rtol=1e-12)


def test_device():
    """The one other device that every machine has is meta: shapes without numbers."""
    model = make_model().to("meta")
    assert {parameter.device.type for parameter in model.parameters()} == {"meta"}
    x = model.as_input(np.zeros((4, 6)))
    assert x.device.type == "meta"
    assert model(x).shape == (4, 3)
    assert make_model().to("cpu").as_input(np.zeros((4, 6))).device.type == "cpu"
    labels = torch.zeros(4, dtype=torch.int64, device="meta")
    assert nn.CrossEntropyLoss(reduction="none")(model(x), labels).shape == (4,)


def test_astype_and_to():
    for model in (make_model(dtype="float32").astype("float64"), make_model().to(torch.float64)):
        assert {parameter.dtype for parameter in model.parameters()} == {torch.float64}
        assert model(make_data()[0]).dtype == torch.float64
    model = make_model()
    x, y = make_data()
    nn.CrossEntropyLoss()(model(x), y).backward()
    assert all(parameter.grad is None for parameter in model.astype(torch.float32).parameters())
    with pytest.raises(RuntimeError, match="expected a forward before it"):
        model.backward(torch.ones(10, 3))


def test_autocast():
    model = make_model(dtype="float32")
    x, y = make_data("float32")
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert model(x).dtype == torch.bfloat16
        nn.CrossEntropyLoss()(model(x), y).backward()
    assert all(parameter.grad.dtype == torch.float32 for parameter in model.parameters())


def test_gradients_share_no_memory():
    """They are changed in place by clipping: what a caller or another parameter holds must stay."""

    class TwoShifts(nn.Module):
        def __init__(self):
            super().__init__()
            self.a = nn.Parameter(nn.tensor([0.0, 0.0]))
            self.b = nn.Parameter(nn.tensor([0.0, 0.0]))

        def forward(self, x):
            return (x + self.a) + self.b

    model, upstream = TwoShifts(), nn.tensor([3.0, 4.0])
    model(nn.tensor([1.0, 1.0]))
    model.backward(upstream)
    model.a.grad *= 0
    assert model.b.grad.tolist() == [3.0, 4.0]
    assert upstream.tolist() == [3.0, 4.0]


def test_a_parameter_that_takes_no_part_gets_no_gradient():
    class Forgetful(nn.Module):
        def __init__(self):
            super().__init__()
            self.used = nn.Dense(2, 2, rng=np.random.default_rng(0))
            self.forgotten = nn.Dense(2, 2, rng=np.random.default_rng(0))

        def forward(self, x):
            return self.used(x)

    model = Forgetful()
    model(nn.tensor([[1.0, 2.0]]))
    model.backward(nn.tensor([[1.0, 1.0]]))
    assert model.used.weight.grad is not None
    assert model.forgotten.weight.grad is None


def test_frozen_parameters_get_no_gradient():
    model = make_model()
    model[0].weight.requires_grad_(False)
    x, _ = make_data()
    model(x)
    assert model.backward(torch.ones(10, 3, dtype=x.dtype)).shape == x.shape
    assert model[0].weight.grad is None
    assert model[0].bias.grad is not None


def test_an_array_of_the_other_path_is_refused():
    x, y = make_data()
    for call in (
        lambda: make_model()(x.numpy()),
        lambda: nn.CrossEntropyLoss()(make_model()(x), y.numpy()),
    ):
        with pytest.raises(TypeError, match=r"to be a torch tensor, got ndarray: nn\.tensor\(x\)"):
            call()


@pytest.mark.parametrize("prepare", [lambda a: a[::-1], lambda a: (a.setflags(write=False), a)[1]])
def test_any_numpy_array_can_be_an_input(prepare):
    array = prepare(np.arange(6.0).reshape(3, 2))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tensor = make_model().as_input(array)
        loader = nn.batches(array, np.arange(3), batch_size=3)
        ((x, _),) = loader
    np.testing.assert_array_equal(tensor.numpy(), array)
    np.testing.assert_array_equal(x.numpy(), array)


def test_input_shares_memory_where_it_can():
    array = np.zeros((3, 2))
    make_model().as_input(array)[0, 0] = 5.0
    assert array[0, 0] == 5.0


@pytest.mark.parametrize("name", ["SGD", "Adam", "AdamW", "AdaGrad", "RMSprop"])
@pytest.mark.parametrize("what", ["gradient", "parameter", "state", "copy"])
def test_optimizers_take_any_strides(name, what):
    """torch's fused kernels on the CPU do not look at strides, so they are not always used."""
    start, gradients = np.random.default_rng(0).standard_normal((2, 3, 4))
    start, gradients = torch.tensor(start), [torch.tensor(gradients * s) for s in (1.0, -0.3, 2.0)]
    plain = nn.Parameter(start.clone())
    values = start.t().contiguous().t() if what == "parameter" else start.clone()
    ours = nn.Parameter(values)
    assert ours.is_contiguous() == (what != "parameter")
    reference = cases.torch_optimizer(name)([plain], lr=0.1)
    optimizer = getattr(nn, name)([ours], lr=0.1)
    for step, gradient in enumerate(gradients):
        plain.grad = gradient.clone()
        ours.grad = gradient.t().contiguous().t() if what == "gradient" else gradient.clone()
        if what == "copy" and step == 1:
            ours, optimizer = copy.deepcopy((ours, optimizer))
            ours.grad = gradient.t().contiguous().t()
        if what == "state" and step == 1:
            for key, value in optimizer.state[ours].items():
                if value is not None and value.ndim == 2:
                    optimizer.state[ours][key] = value.t().contiguous().t()
        reference.step()
        optimizer.step()
    torch.testing.assert_close(ours, plain, rtol=1e-12, atol=1e-14)


# ------------------------------------------------------------- data, which autograd need not record


def first_layers(seed=0):
    """Models by how they begin, each with whether its data have to be recorded."""
    rng = np.random.default_rng(seed)

    def dense(inputs=6):
        return nn.Dense(inputs, 6, rng=rng, dtype="float64")

    frozen = dense()
    frozen.weight.requires_grad_(False)
    return {
        "Dense": (dense(), False),
        "Dense-first": (nn.Sequential(dense(), nn.Tanh(), dense()), False),
        "Flatten-first": (nn.Sequential(nn.Flatten(), dense(), nn.Tanh()), False),
        "Flatten": (nn.Flatten(), False),
        "Flatten-inside": (nn.Sequential(nn.Sequential(nn.Flatten()), dense()), False),
        "Dense-inside": (nn.Sequential(nn.Sequential(dense(), nn.Tanh()), dense()), False),
        "frozen": (nn.Sequential(frozen, nn.Tanh(), dense()), True),
        "Tanh-first": (nn.Sequential(nn.Tanh(), dense()), True),
        "Flatten-Tanh": (nn.Sequential(nn.Flatten(), nn.Tanh(), dense()), True),
        "Residual": (nn.Residual(nn.Sequential(dense(), nn.Tanh())), True),
        "plain": (nn.Sequential(torch.nn.Linear(6, 6).double(), dense()), True),
        "Conv2D": (nn.Conv2D(6, 2, 1, rng=rng, dtype="float64"), False),
    }


@pytest.mark.parametrize("name", first_layers())
def test_gradient_of_data_whether_recorded_or_not(name):
    model, recorded = first_layers()[name]
    shape = (5, 2, 2, 6) if name == "Conv2D" else (5, 6)
    x = torch.tensor(np.random.default_rng(1).standard_normal(shape))
    tracked = x.clone().requires_grad_()
    y = model(tracked)
    upstream = torch.tensor(np.random.default_rng(2).standard_normal(tuple(y.shape)))
    learned = [parameter for parameter in model.parameters() if parameter.requires_grad]
    expected = torch.autograd.grad(y, [tracked, *learned], upstream)

    y = model(x)
    assert model._kept[0].requires_grad == recorded  # this is what loss.backward() is spared
    model(tracked)
    model(x)
    if isinstance(model, nn.Sequential) and isinstance(model[0], nn.Module):
        model[0](2 * x)  # another forward of a layer inside, which this backward is not about
    gradient = model.backward(upstream)
    assert_same([gradient, *(parameter.grad for parameter in learned)], expected)
    assert not gradient.requires_grad
    with pytest.raises(RuntimeError, match="expected a forward before it"):
        model.backward(upstream)


def test_gradient_of_data_under_autocast():
    model = make_model(dtype="float32")
    x, _ = make_data("float32")
    with torch.autocast("cpu", dtype=torch.bfloat16):
        y = model(x)
    gradient = model.backward(torch.ones_like(y))
    assert gradient.dtype == torch.float32
    expected = x.clone().requires_grad_()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        y = model(expected)
    y.backward(torch.ones_like(y))
    torch.testing.assert_close(gradient, expected.grad, rtol=0.05, atol=0.02)


@pytest.mark.parametrize("inside", [False, True])
def test_a_compiled_model_gives_the_gradient_of_data(inside):
    torch._dynamo.reset()
    x, _ = make_data()
    results = []
    for compiled in (False, True):
        model = make_model()
        outer = nn.Sequential(model, nn.Tanh()) if inside else model
        if compiled:
            model.compile(backend="eager")
        outer(x)
        results.append(outer.backward(torch.ones(10, 3, dtype=x.dtype)))
    assert_same(*[[result] for result in results])


def test_labels_of_nan_are_refused_too():
    """NaN becomes the least integer, which torch could be told to skip, but must not be."""
    loss_fn = nn.CrossEntropyLoss()
    least = torch.tensor([0, torch.iinfo(torch.int64).min])
    with pytest.raises(IndexError, match="expected class labels from 0 to 2"):
        loss_fn(torch.zeros(2, 3), least)
