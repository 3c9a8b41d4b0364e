"""What the text of the chapter says beside its pictures."""

import contextlib
import itertools
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import numpy as np
import pytest
import torch

import nnlib.numpy
import nnlib.torch
from nnlib.chapters.inference import measuring, service, study

NOTEBOOK = Path(__file__).parents[3] / "book" / "11_inference.ipynb"
LABELS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@pytest.fixture(scope="module")
def answer():
    """The function of the page, with what the cells before it define."""
    (source,) = [cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells
                 if cell.cell_type == "code" and "def answer(body)" in cell.source]
    mean, std = study.pixel_scale()
    there = {"json": json, "np": np, "nnlib": nnlib, "study": study, "reader": study.trained(0),
             "mean": mean, "std": std, "labels": LABELS}
    exec(compile(source, str(NOTEBOOK), "exec"), there)
    return there["answer"]


def test_a_picture_is_answered_as_the_model_answers_it(answer):
    x, _ = study.digits()[1]
    expected = nnlib.numpy.predict_class(study.trained(0), study.scaled(x))
    for picture, digit in zip(x[:20], expected[:20], strict=True):
        body = json.dumps({"pixels": picture.tolist()}).encode()
        status, said = answer(body)
        assert (status, said["digit"]) == (200, LABELS[digit])


def test_the_example_of_a_request_is_the_picture_that_is_sent():
    body = json.dumps({"pixels": study.digits()[1][0][0].astype(int).tolist()})
    page = "".join(cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells)
    assert f"Content-Length: {len(body)}\n\n{body[:25]}…" in page


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"{", 400), (b"\xff\xfe", 400), (b"[" * 9000, 400), (b"1" * 9000, 400),
     (b"null", 422), (b"[]", 422), (b"{}", 422), (b'{"pixels": null}', 422),
     (b'{"pixels": "' + b"7" * 64 + b'"}', 422), (b'{"pixels": {"0": 1}}', 422)],
)
def test_bodies_that_hold_no_picture(answer, body, status):
    got, said = answer(body)
    assert got == status
    assert set(said) == {"error"}


@pytest.mark.parametrize(
    "wrong", [float("nan"), float("inf"), -1, 16.5, 10**400, True, None, "7", [7], {}],
)
def test_one_pixel_that_is_no_count(answer, wrong):
    body = json.dumps({"pixels": [3] * 63 + [wrong]}).encode()
    assert answer(body)[0] == 422


def test_many_askers_at_once_get_the_answers_of_one(answer):
    x, _ = study.digits()[1]
    with service.running(answer) as port:
        def ask(row):
            return service.ask(port, {"pixels": x[row].tolist()})

        singly = [ask(row) for row in range(40)]
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(ask, range(40))) == singly


def test_sorted_names_leave_only_six_in_its_place():
    assert sorted(LABELS)[:3] == ["eight", "five", "four"]
    assert [name for name, other in zip(LABELS, sorted(LABELS), strict=True)
            if name == other] == ["six"]


def test_pixels_scaled_twice_are_misread():
    x, y = study.digits()[1]
    right = [np.mean(nnlib.numpy.predict_class(study.trained(seed), study.scaled(study.scaled(x)))
                     == y) for seed in range(5)]
    assert max(right) < 0.6


@pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("record", [True, False])
def test_the_four_cells_of_the_two_switches(nn, training, record):
    x = study.scaled(study.digits()[1][0][:64])
    model, _ = study.network(0, nn=nn)
    model.train(training)
    before = np.asarray(model.state_dict()["1.running_mean"]).copy()
    with contextlib.nullcontext() if record else nn.no_grad():
        first, second = (model(nn.tensor(x)) for _ in range(2))
    assert bool((first == second).all()) == (not training)
    moved = not np.array_equal(before, np.asarray(model.state_dict()["1.running_mean"]))
    assert moved == training
    held = measuring.kept_bytes(model, x, record=record)
    assert round(held / 1000) == (0 if not record else 82 if training else 49)


def test_no_recording_keeps_what_inference_mode_made_for_a_backward():
    weight = torch.ones(3, requires_grad=True)
    with torch.inference_mode():
        made = torch.ones(3)
    (weight + made).sum().backward()                   # a sum keeps nothing of its inputs
    with pytest.raises(RuntimeError, match="saved for backward"):
        weight * made


def test_adam_holds_four_times_the_weights():
    for nn in (nnlib.numpy, nnlib.torch):
        rng = np.random.default_rng(0)
        sizes = (10, 64, 32, 16, 1)
        model = nn.Sequential(*(nn.Dense(a, b, rng=rng) for a, b in itertools.pairwise(sizes)))
        loss_fn, optimizer = nn.MSELoss(), nn.Adam(model.parameters(), lr=0.001)
        loss_fn(model(nn.tensor(np.ones((8, 10), "float32"))),
                nn.tensor(np.zeros((8, 1), "float32")))
        model.backward(loss_fn.backward())
        optimizer.step()
        state = optimizer.state_dict()
        arrays = [*(p.data for p in model.parameters()), *(p.grad for p in model.parameters()),
                  *state["mean"], *state["square"]]
        assert sum(np.asarray(array.detach() if nn is nnlib.torch and torch.is_tensor(array)
                              else array).nbytes for array in arrays) == 4 * 13_316


def test_an_export_without_a_free_axis_takes_one_size():
    model, _ = study.network(0, nn=nnlib.torch)
    program = torch.export.export(model.eval(), (torch.zeros(2, 64),)).module()
    assert program(torch.zeros(2, 64)).shape == (2, 10)
    with pytest.raises((AssertionError, RuntimeError)):
        program(torch.zeros(5, 64))


def drops(model, inputs):
    """Whether the exported program holds a dropout that is switched on."""
    nodes = torch.export.export(model, (inputs,)).graph.nodes
    return [bool(node.args[2]) for node in nodes if "dropout" in str(node.target)]


def test_what_an_export_makes_of_dropout():
    reader, _ = study.network(0, nn=nnlib.torch)
    assert drops(reader.eval(), torch.zeros(2, 64)) == []
    plain = torch.nn.Sequential(torch.nn.Linear(4, 4), torch.nn.Dropout(0.5))
    assert drops(plain.eval(), torch.zeros(2, 4)) == [False]
    assert drops(plain.train(), torch.zeros(2, 4)) == [True]
    program = torch.export.export(reader.eval(), (torch.zeros(2, 64),)).module()
    with pytest.raises(NotImplementedError):
        program.train()
    with pytest.raises(RuntimeError):
        program(torch.zeros(2, 64, dtype=torch.float64))
    program(torch.ones(2, 64)).sum().backward()               # its weights could be trained
    assert all(parameter.grad is not None for parameter in program.parameters())


def test_an_exported_program_needs_torch_and_no_class_of_ours(tmp_path):
    reader, _ = study.network(0, nn=nnlib.torch)
    path = tmp_path / "reader.pt2"
    torch.export.save(torch.export.export(reader.eval(), (torch.zeros(2, 64),)), path)
    script = ("import sys, torch; print(torch.export.load(sys.argv[1]).module()("
              "torch.zeros(2, 64)).shape[1], 'nnlib' in sys.modules)")
    done = subprocess.run([sys.executable, "-I", "-c", script, path], capture_output=True,
                          text=True)
    assert done.stdout.split() == ["10", "False"], done.stderr
