"""The starting points of the projects run on a reader's own data, too, and on both paths."""

import re

import exercise_notebooks as notebooks
import numpy as np
import pytest
from notebook_tools import ROOT
from PIL import Image

NOTEBOOK = ROOT / "book" / "projects.ipynb"


def pieces(*names):
    """The setup, the imports, and the cells that define these names, as one program."""
    cells = [c.source for c in notebooks.read(NOTEBOOK).cells if c.cell_type == "code"]
    wanted = [c for c in cells[2:] if any(re.search(rf"^(def )?{n}\b", c, re.M) for n in names)]
    assert len(wanted) == len(names)
    return "\n".join([*cells[1:2], *wanted])


def said_by(program, capsys):
    exec(compile(program, "projects", "exec"), {"__name__": "projects"})
    return capsys.readouterr().out


def lines_of_paths(said):
    """What each path printed, without its name."""
    return [re.sub(rf"nnlib\.{path} +", "", "\n".join(re.findall(rf"^nnlib.{path}.*", said, re.M)))
            for path in ("numpy", "torch")]


def test_pictures_of_a_reader(tmp_path, capsys):
    rng = np.random.default_rng(0)
    colours = {"apples": (200, 30, 30), "limes": (40, 180, 40), "plums": (60, 20, 120)}
    for kind, colour in colours.items():
        (tmp_path / kind).mkdir()
        for number in range(15):
            pixels = np.clip(rng.normal(colour, 20, (40, 50, 3)), 0, 255).astype("uint8")
            Image.fromarray(pixels).save(tmp_path / kind / f"{number}.jpg")
    program = pieces("my_folder", "picture_scores").replace("my_folder = None",
                                                            f"my_folder = {str(tmp_path)!r}")
    said = said_by(program, capsys)
    assert "apples: 15, limes: 15, plums: 15" in said
    by_numpy, by_torch = lines_of_paths(said)
    assert by_numpy == by_torch
    assert "0.33, from 0.33 to 0.33" in by_numpy
    assert float(re.search(r"small CNN +(\S+),", by_numpy).group(1)) > 0.6


def test_text_of_a_reader(capsys):
    text = "the cat sat on the mat and the dog lay by the door. " * 40
    program = pieces("my_text", "text_losses").replace("my_text = None", f"my_text = {text!r}")
    said = said_by(program, capsys)
    by_numpy, by_torch = lines_of_paths(said)
    assert by_numpy == by_torch
    pairs = float(re.search(r"pairs (\S+)", said).group(1))
    assert float(re.search(r"lowest (\S+),", by_numpy).group(1)) < 0.5 * pairs


@pytest.mark.parametrize("load", ["load_iris", "load_breast_cancer", "load_digits"])
def test_tables_that_the_library_has(load, capsys):
    program = pieces("table").replace("load_wine", load)
    by_numpy, by_torch = lines_of_paths(said_by(program, capsys))
    assert by_numpy == by_torch
    assert all(float(score) > 0.8 for score in re.findall(r"(\S+), from", by_numpy))
