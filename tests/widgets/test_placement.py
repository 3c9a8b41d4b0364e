"""Questions that say where to start: what is stored for a page is what a kernel says."""

import itertools
import re

import pytest
from saved_page import SavedPage

from nnlib.widgets import Placement, Probe

PROBES = [Probe("One?", ["a", "b", "c"], 2), Probe("Two?", ["d", "e"], 0),
          Probe("Three?", ["f", "g"], 1)]


def advise(right):
    yield f"<b>{sum(right)} right</b>"
    if not right[0]:
        yield "The first was missed."
    if right[1] and not right[2]:
        yield "The second without the third."


@pytest.fixture
def placement():
    return Placement(PROBES, advise, skip="Begin.", buttons=("Answer", "Skip"))


def said(widget):
    return re.search(r'role="status">(.*?)</div>', widget.advice.value)[1]


def looked_up(widget, right):
    """As book/_assets/placement.js does it."""
    rows = re.search('data-table="(.*?)"', widget.advice.value)[1].split(",")
    sentences = re.findall("<li>(.*?)</li>", widget.advice.value)
    pattern = sum(2**place for place, known in enumerate(right) if known)
    return "".join(f"<p>{sentences[int(number)]}</p>" for number in rows[pattern].split())


def test_every_pattern_is_said_and_stored_alike(placement):
    for right in itertools.product((False, True), repeat=3):
        for radio, probe, known in zip(placement.radios, PROBES, right, strict=True):
            radio.index = probe.answer if known else (probe.answer + 1) % len(probe.options)
        expected = "".join(f"<p>{sentence}</p>" for sentence in advise(right))
        assert said(placement) == expected == looked_up(placement, right)


def test_nothing_is_advised_before_all_is_answered(placement):
    assert said(placement) == "<p>0 of 3 answered.</p>"
    placement.radios[2].index = 0
    placement.radios[0].index = 0
    assert said(placement) == "<p>2 of 3 answered.</p>"
    placement.radios[1].index = 0
    assert said(placement) == "<p><b>1 right</b></p><p>The first was missed.</p>" \
                              "<p>The second without the third.</p>"


def test_an_answer_can_be_changed(placement):
    for radio in placement.radios:
        radio.index = 0
    placement.radios[0].index = 2
    assert "The first" not in said(placement)


def test_one_click_opens_or_skips(placement):
    page = SavedPage(placement)
    assert "One?" not in page.shown(placement)
    assert "Begin." not in page.shown(placement)
    page.move(placement.toggle, "index", 1)
    assert "Begin." in page.shown(placement)
    assert "One?" not in page.shown(placement)
    page.move(placement.toggle, "index", 0)
    shown = page.shown(placement)
    for place, probe in enumerate(PROBES, start=1):
        assert f"{place}. {probe.stem}" in shown
    assert "Begin." not in shown


def test_each_sentence_is_stored_once(placement):
    sentences = re.findall("<li>(.*?)</li>", placement.advice.value)
    assert len(sentences) == len(set(sentences)) == 6


def test_text_form(placement):
    assert repr(placement) == "Placement(3 questions)"
