"""The cases show what the page says of them: over three seeds, the sick run and the healthy one."""

import functools
import re

import numpy as np
import pytest

from nnlib.chapters.debugging import figures, material, measuring
from nnlib.chapters.debugging.cases import CASES, SEEDS
from nnlib.chapters.debugging.exercises._diagnoses import DIAGNOSES
from nnlib.chapters.debugging.figures import evidence
from nnlib.chapters.debugging.figures.runs import logs, on_one_batch
from nnlib.chapters.debugging.watching import watch

LETTERS = tuple(CASES)
SICK, WELL = True, False


def ends(case, sick, what):
    return [getattr(log, what)[-1] for log in logs(case, sick)]


@functools.cache
def said(case):
    """The alternative texts of all views of a case."""
    return {view: evidence.view_frame(case, view).alt for view in evidence.VIEWS}


# --- what the hints say -------------------------------------------------------------------------


@pytest.mark.parametrize("letter", LETTERS)
def test_the_ranges_in_the_hints_are_those_of_the_views(letter):
    [exercise] = [e for e in DIAGNOSES if e.name == f"case_{letter.lower()}"]
    texts = " ".join([exercise.passed, *exercise.hints, *(m.hint for m in exercise.mistakes)])
    shown = " ".join(said(letter).values())
    for low, high in re.findall(r"([\d.]+%?) to ([\d.]+%?)(?![\d.]*[\d])", texts):
        if (letter, low) not in {("K", "1"), ("K", "2.5")}:      # counts and points: asserted below
            assert f"{low} to {high.rstrip('.')}" in shown, (low, high)


def test_every_case_has_its_diagnosis_in_order():
    assert [e.name for e in DIAGNOSES] == [f"case_{letter.lower()}" for letter in LETTERS]


def test_the_right_options_are_spread_over_the_places():
    for key, most in (("cause", 3), ("measurement", 4)):
        places = [e.judge.options[key].index(e.solution[key]) for e in DIAGNOSES]
        offered = {len(e.judge.options[key]) for e in DIAGNOSES}
        assert len(offered) == 1
        assert max(map(places.count, places)) <= most
        assert set(places) == set(range(*offered))
    causes = [e.solution["cause"] for e in DIAGNOSES]
    assert len(set(causes)) == len(causes) == 11


def test_no_title_tells_a_cause():
    for exercise in DIAGNOSES:
        for telling in ("softmax", "broadcast", "leak", "scale", "shuffle", "zero_grad", "eval",
                        "train()", "order", "rate", "dead"):
            assert telling not in exercise.title


# --- what each case shows -----------------------------------------------------------------------


def test_a_good_answers_and_a_floor():
    assert min(ends("A", SICK, "validation_score")) > 0.85
    assert all(1.4612 < loss < 1.65 for loss in ends("A", SICK, "train_loss"))
    assert min(one[-1] for one in on_one_batch("A", SICK)) > 1.4612
    assert max(one[-1] for one in on_one_batch("A", WELL)) < 0.02
    assert np.log(np.e + 9) - 1 == pytest.approx(1.4612, abs=5e-5)
    assert np.log(1 + 9 / np.e) == pytest.approx(1.4612, abs=5e-5)
    assert np.log(np.e + 9) == pytest.approx(2.46, abs=5e-3)          # the ceiling, at case E
    assert np.log(1 + 1 / np.e) > 0.31                                # of two classes, at case K


def test_b_answers_hardly_vary():
    assert max(np.std(log.answers) for log in logs("B", SICK)) < 0.25
    assert min(np.std(log.answers) for log in logs("B", WELL)) > 0.6
    assert max(ends("B", SICK, "validation_score")) < 0.1
    # Stopped, and not slow: the last third of the updates on one batch changes nothing.
    assert all(one[200] - one[-1] < 0.02 for one in on_one_batch("B", SICK))


def test_c_the_score_is_above_what_labels_allow():
    for seed in SEEDS:
        assert measuring.twins(seed, SICK) > 0.95
        assert measuring.twins(seed, WELL) < 0.02
    assert min(ends("C", SICK, "validation_score")) > 0.95
    assert max(log.later_score for log in logs("C", SICK)) < 0.75


def test_d_and_e_look_alike_and_are_told_apart_by_one_batch():
    for case in "DE":
        assert all(abs(loss - np.log(10)) < 0.1 for loss in
                   [*ends(case, SICK, "train_loss"), *ends(case, SICK, "validation_loss")])
        assert max(ends(case, SICK, "validation_score")) < 0.12
    assert max(one[-1] for one in on_one_batch("D", SICK)) < 0.3
    assert min(one[-1] for one in on_one_batch("E", SICK)) > 2
    assert min(log.first[0] for log in logs("E", SICK)) > 100
    assert all(np.all(log.firing == 0) for log in logs("E", SICK))
    assert max(np.sum(log.firing == 0) for log in logs("D", SICK)) <= 2


def test_e_scores_are_too_large_by_as_much_as_the_inputs():
    for seed in SEEDS:
        (top, size), (_, well) = (measuring.first_scores(seed, one) for one in (SICK, WELL))
        assert top == 255
        assert size == pytest.approx(255 * well, rel=1e-4)            # first biases are 0


def test_a_healthy_run_of_c_is_scored_on_rows_as_they_are():
    rows = {row.tobytes() for row in material.digits()[0][0]}
    for seed in SEEDS:
        x, _ = CASES["C"](seed, WELL).validation
        assert len(x) == 80
        assert {row.tobytes() for row in x} <= rows


def test_f_at_a_tenth_of_the_rate_trains_well_and_piles_up():
    for seed, healthy in zip(SEEDS, logs("F", WELL), strict=True):
        patient = CASES["F"](seed)
        patient.optimizer.lr /= 10
        log = watch(patient)
        assert log.train_loss[-1] < healthy.train_loss[-1] + 0.1
        assert log.train_score > 0.9
        assert np.nanmedian(log.turns) > 0.9


def test_g_more_sorted_rows_score_no_better():
    for seed in SEEDS:
        patient = CASES["G"](seed)
        _, validation, later = material.digits()
        x, y = (np.concatenate(both) for both in zip(validation, later, strict=True))
        order = np.argsort(y, kind="stable")[:512]
        as_it_was = watch(CASES["G"](seed)).validation_score[-1]
        patient.validation = x[order], y[order]
        assert watch(patient).validation_score[-1] <= as_it_was


def test_f_gradients_pile_up():
    for log, healthy in zip(logs("F", SICK), logs("F", WELL), strict=True):
        assert log.first[0] == healthy.first[0]
        assert np.nanmedian(log.turns) > 0.95
        assert np.nanmedian(healthy.turns) < 0.5
        assert log.norms["0.weight"][-1] > 3 * log.norms["0.weight"][0]
        assert min(log.validation_loss) + 0.1 < max(log.validation_loss[2:])
        assert np.sum(log.firing == 0) > 16                           # more than half are dead
    assert all(measuring.second_norm(seed, SICK) == pytest.approx(2) for seed in SEEDS)


def test_g_training_is_the_healthy_runs_to_the_last_digit():
    for log, healthy in zip(logs("G", SICK), logs("G", WELL), strict=True):
        assert log.train_loss == healthy.train_loss
        assert log.validation_score[0] < 0.5
    for seed in SEEDS:
        as_they_come, mixed = measuring.in_two_orders(seed, SICK)
        assert as_they_come < 0.5 < 0.9 < mixed


def test_h_to_and_fro():
    for seed in SEEDS:
        (rate, edge), (healthy, _) = (measuring.rate_and_edge(seed, one) for one in (SICK, WELL))
        assert healthy < 0.5 * edge < 0.95 * edge < rate < edge
    for log, healthy in zip(logs("H", SICK), logs("H", WELL), strict=True):
        assert np.nanmedian(log.turns) < -0.99
        assert np.nanmedian(healthy.turns) > 0.99
        assert log.train_loss[20] > healthy.train_loss[20] + 0.02
    assert all(one[-1] > 1e6 for one in on_one_batch("H", SICK))


def test_i_each_digit_has_one_answer():
    for seed in SEEDS:
        assert measuring.answers_by_class(seed, SICK) == measuring.answers_by_class(0, SICK)
    for log in logs("I", SICK):
        counts = evidence.confusion(log)
        assert np.trace(counts) / counts.sum() < 0.12
        assert counts.max(axis=1).sum() / counts.sum() > 0.95


def test_j_the_first_epoch_is_healthy_and_the_second_is_not():
    for log, healthy in zip(logs("J", SICK), logs("J", WELL), strict=True):
        assert log.train_loss[0] == healthy.train_loss[0]
        assert log.train_loss[1] != healthy.train_loss[1]
        assert log.train_loss[-1] < 0.2 < 0.6 < healthy.train_loss[-1]
    assert [measuring.two_passes(seed, SICK) for seed in SEEDS] == [0, 0, 0]
    assert min(measuring.two_passes(seed, WELL) for seed in SEEDS) > 1


def test_k_few_units_fire():
    before, fire = zip(*[measuring.firing_units(seed, SICK) for seed in SEEDS], strict=True)
    assert (min(fire), max(fire)) == (1, 4)
    assert max(before) < 16 / 2                                       # most never do
    assert [measuring.firing_units(seed, WELL) for seed in SEEDS] == [(16, 16)] * 3
    points = [100 * (well - sick) for well, sick in zip(
        ends("K", WELL, "validation_score"), ends("K", SICK, "validation_score"), strict=True)]
    assert (min(points), max(points)) == pytest.approx((2.5, 11.5), abs=0.01)


def test_norms_of_healthy_runs_have_no_common_range():
    norms = [log.norms["0.weight"] for case in LETTERS for log in logs(case, WELL)]
    assert max(map(max, norms)) == pytest.approx(3.5, abs=0.05)
    assert min(log.norms["0.weight"][-1] for log in logs("K", WELL)) == pytest.approx(
        0.018, abs=0.001)


# --- what is drawn ------------------------------------------------------------------------------


def test_a_frame_says_the_numbers_of_its_runs():
    log = logs("B", SICK)[0]
    assert f"{np.std(log.truth):.2g}" in said("B")["answers"]
    assert "32 of 32 units fire for no training row" in said("E")["units"]
    assert "no hidden layer" in said("H")["units"]
    firsts = [run.first[0] for run in logs("K", SICK)]
    assert f"first loss {min(firsts):.3g} to {max(firsts):.3g}" in said("K")["first"]


def test_an_explorer_has_a_frame_for_every_view():
    explorer = evidence.case_explorer("H")
    assert [explorer.alt((view,)) for view in evidence.VIEWS] == list(said("H").values())


def test_a_healthy_run_differs_in_the_fault_alone():
    """Equal seeds, equal weights at the start (but for the biases of case K)."""
    for case, make in CASES.items():
        sick, well = (make(1, one).model.state_dict() for one in (SICK, WELL))
        for name in well:
            if (case, name) != ("K", "0.bias"):
                np.testing.assert_array_equal(sick[name], well[name], err_msg=f"{case} {name}")


def test_a_range_has_no_minus_before_a_zero():
    assert evidence.spread([-0.001, 0.02], "{:.2f}") == "0.00 to 0.02"
    assert evidence.spread([-0.04, 0.04], "{:.1f}") == "0.0"
    assert evidence.spread([-1.0, -0.5], "{:.1f}") == "-1.0 to -0.5"
    assert evidence.spread([0.5, 0.5], "{:.0%}") == "50%"


def test_the_tree_leads_to_the_fault_of_each_case():
    """The first no: one batch, the training loss, the validation, the labels, the answers."""
    first_no = {}
    for case in LETTERS:
        sick, well = logs(case, SICK), logs(case, WELL)
        baseline = 1 if case in "BH" else 0.693 if case == "K" else np.log(10)
        batch = max(one[-1] for one in on_one_batch(case, SICK))
        if not batch < 0.5 or batch > 2 * max(one[-1] for one in on_one_batch(case, WELL)) + 0.15:
            first_no[case] = "one batch"
        elif not all(log.train_loss[-1] < 0.6 * baseline and
                     log.train_loss[-1] < min(log.train_loss) + 0.2 for log in sick):
            first_no[case] = "training"
        elif max(log.train_score - log.validation_score[-1] for log in sick) > 0.15:
            first_no[case] = "validation"
        elif min(log.validation_score[-1] for log in sick) > 0.9 > max(
                log.validation_score[-1] for log in well):
            first_no[case] = "labels"
        else:
            first_no[case] = "answers"
    assert first_no == {
        **dict.fromkeys("ABEHK", "one batch"), **dict.fromkeys("DF", "training"),
        **dict.fromkeys("GJ", "validation"), "C": "labels", "I": "answers"}


def test_the_tree_asks_five_questions_and_the_rows_show_their_labels():
    tree = figures.tree_frame().alt
    assert tree.count("If not: ") == tree.count("?") == 5
    x, y = CASES["D"](0).train
    assert f"their labels, {', '.join(map(str, y[:10]))}," in figures.rows_frame().alt
    true = {row.tobytes(): label for row, label in zip(*material.digits()[0], strict=True)}
    assert sum(true[row.tobytes()] != label for row, label in zip(x[:10], y, strict=False)) > 5
