"""What holds for every chapter: its length, its times, its questions."""

import ast
import re
from collections import Counter

import nbformat
import pytest
from notebook_tools import reading_time

CHAPTERS = reading_time.chapters()
LONGEST = 4500                    # words of prose, without the exercises


def ids(path):
    return path.stem


def questions(path):
    """(kind, options as source, position of the right one), for predictions and the quiz."""
    found = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code" or not reading_time.QUESTION.search(cell.source):
            continue
        for node in ast.walk(ast.parse(cell.source)):
            name = isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2]
            if name in ("Predict", "Question"):
                given = dict(zip(("question", "options", "answer"), node.args, strict=False))
                given |= {keyword.arg: keyword.value for keyword in node.keywords}
                options = [ast.unparse(option) for option in given["options"].elts]
                found.append((name, options, ast.literal_eval(given["answer"])))
    return found


@pytest.mark.parametrize("path", CHAPTERS, ids=ids)
def test_no_chapter_is_longer_than_it_may_be(path):
    assert 0 < reading_time.measure(path).words <= LONGEST


@pytest.mark.parametrize("path", CHAPTERS, ids=ids)
def test_the_opening_box_says_how_long_it_takes(path):
    opening = "\n".join(c.source for c in nbformat.read(path, as_version=4).cells[:2])
    assert reading_time.measure(path).box in opening


def test_the_measured_things_are_all_seen(tmp_path):
    cells = [
        nbformat.v4.new_markdown_cell("one two three\n\n$$ x = y $$\n\n| a | b |"),
        nbformat.v4.new_markdown_cell("> **Exercise: a title** (build). Do this."),
        nbformat.v4.new_code_cell("a = 1\n\nb = 2"),
        nbformat.v4.new_code_cell("widgets.Predict('q')\nfigures.bowl_explorer()",
                                  metadata={"tags": ["hide-input"]}),
    ]
    path = tmp_path / "00_small.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    found = reading_time.measure(path)
    assert (found.words, found.code_lines, found.questions, found.widgets) == (3, 2, 1, 1)
    assert found.levels == ["build"]


@pytest.mark.parametrize("kind", ["Predict", "Question"])
@pytest.mark.parametrize("path", CHAPTERS, ids=ids)
def test_the_right_option_is_now_here_and_now_there(path, kind):
    """Nobody gets along by choosing one place: no place holds more than half of the answers."""
    places = Counter(answer for name, _, answer in questions(path) if name == kind)
    assert places.total() >= 4
    assert max(places.values()) <= places.total() / 2, places
    assert 0 in places, f"the first option is never right: {places}"


def test_over_all_chapters_every_place_is_right_about_equally_often():
    expected, seen = Counter(), Counter()
    for path in CHAPTERS:
        for _, options, answer in questions(path):
            seen[answer] += 1
            for place in range(len(options)):
                expected[place] += 1 / len(options)
    for place in range(3):
        assert abs(seen[place] - expected[place]) <= 0.3 * expected[place] + 2, (seen, expected)


@pytest.mark.parametrize("path", CHAPTERS, ids=ids)
def test_the_right_option_does_not_show_by_its_length(path):
    asked = questions(path)
    longest = [max(options, key=len) == options[answer] for _, options, answer in asked]
    assert sum(longest) <= 0.7 * len(longest), f"{sum(longest)} of {len(longest)}"


@pytest.mark.parametrize("path", CHAPTERS, ids=ids)
def test_prints_in_repeated_comparisons_stay_few(path):
    """One visible comparison of paths where an operation is new; the others are tests."""
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    agreeing = [c for c in cells if re.search(r"largest difference|difference [{:]", c.source)]
    assert len(agreeing) <= 8, f"{len(agreeing)} cells compare paths"
