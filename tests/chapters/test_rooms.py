"""A chapter is one room: one slug everywhere, and nobody reaches into a room."""

import ast
import json
import pathlib
import re

import pytest

from nnlib.chapters import ORDER, PRACTICE, TITLES, WITHOUT_EXERCISES
from nnlib.exercises import catalogue

ROOT = pathlib.Path(__file__).parents[2]
LIBRARY = ROOT / "nnlib"
ROOMS = LIBRARY / "chapters"
SLUGS = sorted(path.name for path in ROOMS.iterdir() if (path / "__init__.py").exists())
NOTEBOOKS = {
    found[1]: path for path in (ROOT / "book").glob("*.ipynb")
    if (found := re.fullmatch(r"\d\d_(\w+)\.ipynb", path.name))
} | {slug: ROOT / "book" / f"{slug}.ipynb" for slug in (*PRACTICE, *WITHOUT_EXERCISES)}
SOURCES = sorted(LIBRARY.rglob("*.py"))


def imported_chapters(text, where):
    """The slugs of the rooms that a Python text imports from; "" for the package of all rooms."""
    found = set()
    for node in ast.walk(ast.parse(text, str(where))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{where} imports relatively"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[:2] == ["nnlib", "chapters"]:
                found.add(parts[2] if len(parts) > 2 else "")
    return found


def room_of(path):
    """The slug of the room in which a file of the library stands; None outside the rooms."""
    parts = path.relative_to(LIBRARY).parts
    return parts[1] if parts[0] == "chapters" and len(parts) > 2 else None


def test_each_notebook_has_a_room_and_each_room_a_notebook():
    assert sorted(NOTEBOOKS) == SLUGS


def test_every_room_has_its_place_in_the_book():
    assert sorted([*ORDER, *PRACTICE, *WITHOUT_EXERCISES]) == SLUGS
    assert set(TITLES) <= set(PRACTICE)
    numbers = [catalogue.number(slug) for slug in (*ORDER, *PRACTICE)]
    assert numbers == [*range(1, len(ORDER) + 1), *[None] * len(PRACTICE)]


def test_the_chapters_with_exercises_are_the_rooms():
    assert catalogue.chapters() == [*ORDER, *PRACTICE]
    for slug in catalogue.chapters():
        assert {e.identifier.split(".")[0] for e in catalogue.exercises(slug)} == {slug}


def test_tests_of_chapters_stand_under_the_same_slugs():
    folders = {path.name for path in (ROOT / "tests" / "chapters").iterdir() if path.is_dir()}
    assert folders - {"__pycache__"} == set(SLUGS)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(LIBRARY)))
def test_nobody_reaches_into_another_room(path):
    others = imported_chapters(path.read_text(encoding="utf-8"), path) - {room_of(path)}
    assert not others, f"{path} imports from the rooms of {sorted(others)}"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_notebook_uses_its_own_room_only(slug):
    cells = json.loads(NOTEBOOKS[slug].read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        if cell["cell_type"] == "code":
            lines = "".join(cell["source"]).splitlines()
            text = "\n".join(line.replace("%pip", "pass  # %pip") for line in lines)
            assert imported_chapters(text, NOTEBOOKS[slug]) <= {slug}


def test_the_rule_bites():
    text = "from nnlib.chapters.weights import figures\nimport nnlib.chapters.losses.exercises"
    assert imported_chapters(text, "here") == {"weights", "losses"}
    assert imported_chapters("from nnlib import chapters", "here") == {""}
    assert room_of(ROOMS / "weights" / "figures" / "bias.py") == "weights"
    assert room_of(ROOMS / "__init__.py") is None
    assert room_of(LIBRARY / "exercises" / "catalogue.py") is None
