"""What the text of the chapter says beside its pictures."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import numpy as np
import pytest
import torch

import nnlib.numpy
import nnlib.torch
from nnlib.chapters.inference import service, study

NOTEBOOK = Path(__file__).parents[3] / "book" / "11_inference.ipynb"
LABELS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@pytest.fixture(scope="module")
def answer():
    """The function of the page, with what the cells before it define."""
    (source,) = [cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells
                 if cell.cell_type == "code" and "def answer(content_type, body)" in cell.source]
    mean, std = study.pixel_scale()
    there = {"np": np, "nnlib": nnlib, "study": study, "reader": study.trained(0), "mean": mean,
             "std": std, "labels": LABELS}
    exec(compile(source, str(NOTEBOOK), "exec"), there)
    return there["answer"]


def test_a_picture_is_answered_as_the_model_answers_it(answer):
    x, _ = study.digits()[1]
    expected = nnlib.numpy.predict_class(study.trained(0), study.scaled(x))
    for picture, digit in zip(x[:20], expected[:20], strict=True):
        body = json.dumps({"pixels": picture.tolist()}).encode()
        status, said = answer("application/json", body)
        assert (status, said["digit"]) == (200, LABELS[digit])


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"{", 400), (b"\xff\xfe", 400), (b"[" * 9000, 400), (b"1" * 9000, 400),
     (b"null", 422), (b"[]", 422), (b"{}", 422), (b'{"pixels": null}', 422),
     (b'{"pixels": "' + b"7" * 64 + b'"}', 422), (b'{"pixels": {"0": 1}}', 422)],
)
def test_bodies_that_hold_no_picture(answer, body, status):
    got, said = answer("application/json", body)
    assert got == status
    assert set(said) == {"error"}


@pytest.mark.parametrize(
    "wrong", [float("nan"), float("inf"), -1, 16.5, 10**400, True, None, "7", [7], {}],
)
def test_one_pixel_that_is_no_count(answer, wrong):
    body = json.dumps({"pixels": [3] * 63 + [wrong]}).encode()
    assert answer("application/json", body)[0] == 422


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
    with pytest.raises(NotImplementedError):
        torch.export.export(reader, (torch.zeros(2, 64),)).module().train()
