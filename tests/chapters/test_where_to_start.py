"""The pre-test: its questions have the answers that they say, and its rule does what it says."""

import itertools
import math
import re
from collections import Counter

import numpy as np
import pytest
from notebook_tools import ROOT

import nnlib.numpy as nn
from nnlib.chapters import ORDER
from nnlib.chapters.where_to_start import COURSE, PROBES, UNSURE, pre_test, where_to_start

PATTERNS = list(itertools.product((False, True), repeat=len(PROBES)))
CHAPTERS = {1: 0, 3: 1, 5: 2, 7: 3, 10: 4, 11: 5}     # the chapter, and the place of its question


def links(sentences):
    return re.findall(r'href="([^"]+)"', " ".join(sentences))


def start(sentences):
    """The page where the bold sentence about the course sends one first."""
    bold = [re.search("<strong>(.*?)</strong>", s)[1] for s in sentences if "<strong>" in s]
    return re.search(r'href="([^"]+)"', bold[-1])[1]


def spelt(right):
    return "".join("01"[known] for known in right)


@pytest.mark.parametrize("right", PATTERNS, ids=spelt)
def test_every_pattern_of_answers(right):
    said = where_to_start(right)
    maths, python, *course = right
    assert ("matrix_multiplication.md" in links(said)) == (not maths)
    assert any("Brush up on Python" in sentence for sentence in said) == (not python)
    # Where to start: the first stretch missed, unless it is the only one and something after it
    # was known; then its section, and on to the end.
    missed = course.count(False)
    if missed == 0:
        assert start(said) == "knowledge_check.ipynb"
    elif missed == 1 and course[-1]:
        lone = COURSE[course.index(False)]
        assert start(said) == lone.section[1]
        assert "knowledge_check.ipynb" in links(said)
    else:
        stretch = COURSE[course.index(False)]
        assert start(said) == stretch.page
        skims = re.findall(r"Skim chapters 1 to (\d+)", " ".join(said))
        assert skims == ([] if stretch.number == 1 else [str(stretch.number - 1)])
    # Why: about the course once, and about what comes before it in its own sentence.
    assert sum(sentence.startswith("Why: ") for sentence in said) == 1
    for number, known in enumerate((maths, python), start=1):
        assert any(f"question {number} was missed" in s for s in said) == (not known)


def test_the_reason_names_the_right_question():
    for place in range(1, len(COURSE) - 1):
        first = (True, True, *[True] * place, *[False] * (len(COURSE) - place))
        assert f"question {place + 3} is the first about the course" in where_to_start(first)[1]
        lone = [True] * len(PROBES)
        lone[place + 2] = False
        assert f"question {place + 3} is the only one" in where_to_start(lone)[1]


def test_some_patterns_in_words():
    everything, nothing = (True,) * len(PROBES), (False,) * len(PROBES)
    assert "Take the" in where_to_start(everything)[0]
    assert "Start with" in where_to_start(nothing)[0]
    assert "Begin at" in where_to_start(nothing)[2]
    begins_at_7 = where_to_start((True, True, True, True, True, False, False, True))
    assert "Skim chapters 1 to 6, and begin at" in begins_at_7[0]
    assert "07_backpropagation.ipynb" in begins_at_7[0]


def test_links_lead_to_sources_of_the_book():
    sentences = {sentence for right in PATTERNS for sentence in where_to_start(right)}
    for address in links(sentences):
        assert (ROOT / "book" / address.partition("#")[0]).is_file(), address


def test_a_stretch_is_a_chapter_of_the_book():
    assert {stretch.number: place for place, stretch in enumerate(COURSE)} == CHAPTERS
    for stretch in COURSE:
        assert stretch.page == f"{stretch.number:02d}_{ORDER[stretch.number - 1]}.ipynb"
        assert f'"# {stretch.title}' in (ROOT / "book" / stretch.page).read_text(encoding="utf-8")


def test_the_widget_stores_what_the_rule_says():
    advice = pre_test().advice.value
    rows = re.search('data-table="(.*?)"', advice)[1].split(",")
    sentences = re.findall("<li>(.*?)</li>", advice)
    for right in PATTERNS:
        row = rows[sum(2**place for place, known in enumerate(right) if known)]
        assert [sentences[int(number)] for number in row.split()] == where_to_start(right)


def test_the_right_answers_are_right():
    right = [probe.options[probe.answer] for probe in PROBES]
    product = np.array([[1, 2], [0, 1]]) @ np.array([[3], [4]])
    assert right[0] == str(tuple(product.ravel().tolist()))
    assert right[1] == str(np.array([5, 6, 7])[1:] * 2)
    weight = nn.Parameter(np.array([2.0], "float32"))
    weight.grad = np.array([3.0], "float32")
    nn.SGD([weight], lr=0.1).step()
    assert float(right[2]) == pytest.approx(weight.data[0])
    layer = nn.Dense(10, 5, rng=np.random.default_rng(0))
    assert int(right[3]) == sum(p.data.size for p in layer.parameters())
    equal = nn.CrossEntropyLoss()(nn.tensor(np.zeros((1, 3))), np.array([1])).item()
    assert right[4] == "ln 3"
    assert equal == pytest.approx(math.log(3))


def test_one_may_say_that_one_does_not_know_and_no_place_is_favoured():
    for probe in PROBES:
        assert probe.options[-1] == UNSURE
        assert probe.answer < len(probe.options) - 1
        assert len(set(probe.options)) == len(probe.options) == 4
    places = Counter(probe.answer for probe in PROBES)
    assert len(places) == 3
    assert max(places.values()) <= 3
