"""What a check says of answers that are looked at, and of the loops that the cases share."""

import numpy as np
import pytest

from nnlib.chapters.debugging.cases import CASES, SEEDS
from nnlib.chapters.debugging.exercises import REPAIRS, _looking, restarted
from nnlib.chapters.debugging.watching import watch
from nnlib.exercises import catalogue
from nnlib.exercises.examining import examine


@pytest.mark.parametrize(("name", "form"), [
    ("copied_parts", "two pairs (x, y), of training and of validation"),
    ("epoch_batches", "a list of batches, each a pair (x, y)"),
    ("share_right", "one number"),
    ("restarted", "a pair (w, b) of the shapes that came in"),
])
@pytest.mark.parametrize("junk", ["text", [(1, 2)], {}, np.zeros(3)], ids=str)
def test_an_answer_of_another_form_is_told_the_form(name, form, junk):
    outcome = examine(catalogue.find(f"debugging.{name}"), lambda *arguments: junk)
    assert f"should give {form}" in outcome.complaint


def test_the_first_thing_that_is_wrong_is_named():
    expected = {"rows": 3, "each once": True, "mode": "training", "mean": np.array([1.0, 2.0])}
    assert _looking.judge_looks(expected, expected) is None
    for name, value, said in (
        ("rows", 4, "gives, as rows: 4, and should give 3"),
        ("each once", False, "gives, as each once: no, and should give yes"),
        ("mode", "evaluation", "gives, as mode: evaluation, and should give training"),
        ("mean", np.array([1.0, 2.5]), "gives, as mean: [1. , 2.5], and should give [1., 2.]"),
        ("mean", np.array([1.0]), "gives, as mean: [1.], and should give [1., 2.]"),
    ):
        assert _looking.judge_looks({**expected, name: value}, expected) == said


def test_what_is_broken_is_told_so():
    for exercise in REPAIRS:
        def rewritten(*arguments, broken=exercise.broken):
            return broken(*arguments)

        assert exercise.level == "repair"
        assert "still gives what it gave before" in str(examine(exercise, rewritten))


def test_a_restart_mends_case_k():
    for seed in SEEDS:
        patient = CASES["K"](seed)
        first, x = patient.model.layers[0], patient.train[0]
        w, b = restarted.restarted(x, first.weight.data, first.bias.data,
                                   np.random.default_rng(seed))
        first.weight.data, first.bias.data = w.astype("float32"), b.astype("float32")
        log = watch(patient)
        assert np.sum(log.firing > 0) >= 15
        assert log.validation_score[-1] > 0.99


def test_no_prompt_of_a_repair_names_its_cause():
    for exercise in REPAIRS:
        for telling in ("softmax", "broadcast", "leak", "shuffl", "zero_grad", "eval()", "clear"):
            assert telling not in exercise.prompt, (exercise.name, telling)
