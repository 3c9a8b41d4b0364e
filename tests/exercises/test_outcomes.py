"""The mechanism: whatever a reader passes in, there is one of four outcomes and no harm done."""

import contextlib
import copy
import random
import signal
import warnings

import numpy as np
import pytest
import torch

from nnlib.exercises import attempting, catalogue, check, comparing
from nnlib.exercises.examining import examine
from nnlib.exercises.exercise import Case, Exercise
from nnlib.exercises.outcomes import Failed, NotAttempted, Passed, Raised

STEPS = catalogue.find("learning_rate.steps_per_epoch")
STEP = catalogue.find("learning_rate.sgd_step")
PATH = catalogue.find("learning_rate.gradient_descent")
SORT = catalogue.find("learning_rate.chosen_or_learned")
NOISE = catalogue.find("learning_rate.predicted_noise")
FUNCTIONS = [exercise for exercise in catalogue.exercises() if exercise.asks_for_function]
VALUES = [exercise for exercise in catalogue.exercises() if not exercise.asks_for_function]


def three(exercise, result):
    """A function with the right number of arguments that always returns this."""
    return eval(f"lambda {head(exercise)}: result", {"result": result})


def head(exercise):
    return ", ".join(f"a{i}" for i in range(len(exercise.cases()[0].make_arguments())))


# --- not attempted ---


@pytest.mark.parametrize("exercise", FUNCTIONS, ids=lambda e: e.name)
def test_none_is_not_attempted_and_asks_for_the_return(exercise):
    outcome = examine(exercise, three(exercise, None))
    assert isinstance(outcome, NotAttempted)
    assert "return missing" in str(outcome)


@pytest.mark.parametrize("answer", [None, ..., {}.get("missing")])
def test_an_empty_name_is_not_attempted(answer):
    for exercise in (*FUNCTIONS, *VALUES):
        assert isinstance(examine(exercise, answer), NotAttempted)


def test_not_implemented_is_not_attempted():
    def steps_per_epoch(n, batch_size, drop_last):
        raise NotImplementedError

    assert isinstance(examine(STEPS, steps_per_epoch), NotAttempted)


# --- to be repaired: the stub is the broken function itself ---


def halved(n):
    """Half of n."""
    return n / 2


def halves_by_four(n):
    """Half of n."""
    return n / 4


REPAIR = Exercise(
    identifier="learning_rate.halved",
    title="half",
    level="repair",
    prompt="Mend it.",
    solution=halved,
    broken=halves_by_four,
    cases=lambda: [Case((4,), 2.0), Case((6,), 3.0)],
    hints=("Divide.", "By two."),
    mistakes=(),
    passed="Mended.",
)


def test_the_stub_of_a_repair_is_the_broken_function_under_the_readers_name():
    assert REPAIR.stub == 'def halved(n):\n    """Half of n."""\n    return n / 4\n'


def test_what_was_not_mended_is_not_attempted():
    namespace = {}
    exec(REPAIR.stub, namespace)               # as where a function's source cannot be seen
    outcome = examine(REPAIR, namespace["halved"])
    assert isinstance(outcome, NotAttempted)
    assert "find the cause" in str(outcome)


def test_what_was_rewritten_and_is_still_the_same_is_told_so():
    outcome = examine(REPAIR, lambda n: n * 0.25)
    assert isinstance(outcome, Failed)
    assert "still gives what it gave before" in str(outcome)


def test_what_was_mended_wrongly_or_rightly_is_judged():
    assert isinstance(examine(REPAIR, lambda n: n / 3), Failed)
    assert isinstance(examine(REPAIR, halved), Passed)


# --- failed, for any strange thing ---


class Hostile:
    """Everything about it raises."""

    def __eq__(self, other):
        raise RuntimeError("no comparison")

    __hash__ = None

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no array")

    def __repr__(self):
        raise RuntimeError("no repr")


STRANGE = [
    True, 7, -1.5, 10**400, float("nan"), float("inf"), 1j, "text", b"bytes", [], {}, (), set(),
    [[1, 2], [3]], [None], [..., 1], {"a": 1}, np.array([]), np.array(["a"]), np.zeros((2, 3, 4)),
    np.array([object()]), np.datetime64("2020-01-01"), range(5), iter([1, "a"]), object(), Hostile,
    np.float32(3), torch.zeros(2, 2), torch.tensor(1), torch.tensor([True]), lambda: 1, print,
    torch.ones(2, requires_grad=True), np.array([1j]),
]


@pytest.mark.parametrize("exercise", FUNCTIONS, ids=lambda e: e.name)
@pytest.mark.parametrize("number", range(len(STRANGE)))
def test_a_strange_constant_fails_and_never_crashes(exercise, number):
    outcome = examine(exercise, three(exercise, STRANGE[number]))
    assert isinstance(outcome, Failed), str(outcome)
    assert str(outcome).startswith("Not yet: ")
    assert " at 0x" not in str(outcome)


@pytest.mark.parametrize("exercise", VALUES, ids=lambda e: e.name)
@pytest.mark.parametrize("number", range(len(STRANGE)))
def test_a_strange_value_fails_and_never_crashes(exercise, number):
    outcome = examine(exercise, STRANGE[number])
    assert isinstance(outcome, Failed), str(outcome)
    assert " at 0x" not in str(outcome)


@pytest.mark.parametrize("exercise", VALUES, ids=lambda e: e.name)
@pytest.mark.parametrize("result", [None, Hostile(), 1, ["chosen"], np.nan])
def test_strange_entries_of_a_dictionary_fail(exercise, result):
    answer = dict.fromkeys(exercise.solution, result)
    outcome = examine(exercise, answer)
    assert isinstance(outcome, Failed)
    assert outcome.mistake is None


def test_an_object_that_cannot_be_read_is_raised_or_failed():
    assert isinstance(examine(SORT, Hostile()), Failed)
    outcome = examine(STEPS, lambda n, batch_size, drop_last: Hostile())
    assert isinstance(outcome, Raised)
    assert "no array" in str(outcome)


def test_a_result_in_place_of_the_function_is_explained():
    outcome = examine(STEPS, 45)
    assert isinstance(outcome, Failed)
    assert "expected the function itself, got 45" in str(outcome)
    assert "without parentheses" in str(outcome)


def test_a_wrong_number_of_arguments_is_explained():
    outcome = examine(STEPS, lambda n, batch_size: 45)
    assert isinstance(outcome, Failed)
    assert "is called with 3 values, and yours takes (n, batch_size)" in str(outcome)
    assert "def steps_per_epoch(n, batch_size, drop_last):" in str(outcome)


def test_a_missing_return_on_one_branch_is_named():
    def steps_per_epoch(n, batch_size, drop_last):
        if drop_last:
            return n // batch_size

    outcome = examine(STEPS, steps_per_epoch)
    assert isinstance(outcome, Failed)
    assert "steps_per_epoch(1437, 32, False) should be 45, got None" in str(outcome)
    assert "return missing on one branch" in str(outcome)


def test_nan_and_a_wrong_shape_are_told_apart():
    nan = examine(NOISE, lambda spread, batch_size: float("nan"))
    shape = examine(NOISE, lambda spread, batch_size: np.array([spread / batch_size**0.5]))
    assert "should be 0.176777, got nan" in str(nan)
    assert "should be a number (0.176777), got an array of one number" in str(shape)


def test_a_half_filled_dictionary_names_what_is_left():
    answer = {**SORT.solution, "batch size": ...}
    assert "still has to be filled in for: batch size" in str(examine(SORT, answer))
    answer = {**SORT.solution, "batch size": "picked"}
    assert 'takes only "chosen", "learned"; something else stands at: batch size' in str(
        examine(SORT, answer)
    )


def test_an_answer_that_fits_no_mistake_gets_the_way_to_a_hint():
    outcome = examine(STEPS, lambda n, batch_size, drop_last: n * batch_size + drop_last)
    assert outcome.mistake is None
    assert 'hint("learning_rate.steps_per_epoch")' in str(outcome)


# --- raised ---


def test_an_exception_is_shown_with_the_call_and_the_line():
    def steps_per_epoch(n, batch_size, drop_last):
        rest = n % 0
        return rest

    outcome = examine(STEPS, steps_per_epoch)
    assert isinstance(outcome, Raised)
    text = str(outcome)
    assert "Raised ZeroDivisionError:" in text
    assert "when called as steps_per_epoch(1437, 32, False)" in text
    assert ": rest = n % 0\nHint: Something was divided by 0." in text
    assert len(text.splitlines()) == 4


@pytest.mark.parametrize("exercise", FUNCTIONS, ids=lambda e: e.name)
@pytest.mark.parametrize("error", [ValueError, SystemExit, RecursionError, MemoryError])
def test_every_exception_of_the_reader_is_an_outcome(exercise, error):
    def answer(*arguments):
        raise error("mine\nand more")

    outcome = examine(exercise, answer)
    assert isinstance(outcome, Raised)
    assert f"Raised {error.__name__}: mine\nwhen" in str(outcome)


NOT_CALLED = [
    lambda grad, w0, lr, steps: [w0] + [w0 - lr * grad] * steps,
    lambda grad, w0, lr, steps: [w0 - grad * lr * step for step in range(steps + 1)],
    lambda grad, w0, lr, steps: [w0] + [w0 - grad] * steps,
    lambda grad, w0, lr, steps: [w0 + (-grad) * lr] * (steps + 1),
    lambda grad, w0, lr, steps: [w0] + [w0 - np.float64(lr) * grad] * steps,
    lambda grad, w0, lr, steps: [w0 - np.array([lr]) * grad] * (steps + 1),
]


@pytest.mark.parametrize("answer", NOT_CALLED)
def test_a_slope_that_is_not_called_says_so(answer):
    outcome = examine(PATH, answer)
    assert isinstance(outcome, Raised)
    text = str(outcome)
    assert "Raised TypeError: grad is a function: call it to get the slope at w, as grad(w)" in text
    assert "when called as gradient_descent(grad, 5, 0.1, 20)" in text


def test_an_exception_that_cannot_say_itself_is_an_outcome():
    class Mute(Exception):
        def __str__(self):
            raise RuntimeError

    def answer(n, batch_size, drop_last):
        raise Mute

    assert str(examine(STEPS, answer)).startswith("Raised Mute\n")


def test_a_loop_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(attempting, "SECONDS", 0.2)
    before = signal.getsignal(signal.SIGALRM)

    def answer(n, batch_size, drop_last):
        while True:
            with contextlib.suppress(Exception):
                n += 1

    outcome = examine(STEPS, answer)
    assert isinstance(outcome, Raised)
    assert "still running after 0.2 seconds" in str(outcome)
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_generator_that_never_ends_fails(monkeypatch):
    monkeypatch.setattr("nnlib.exercises.comparing.LONGEST", 1000)

    def answer(grad, w0, lr, steps):
        while True:
            yield w0

    assert "should be 21 numbers, got 1000 numbers" in str(examine(PATH, answer))


# --- one path alone ---


def test_an_answer_for_one_path_is_judged_there():
    def numpy_only(w, grad, lr):
        if not isinstance(w, np.ndarray):
            raise TypeError("arrays only")
        return w - lr * grad

    assert "Checked on the numpy path; it does not run on torch input." in str(
        examine(STEP, numpy_only)
    )
    assert "Checked on both paths." in str(examine(STEP, STEP.solution))


def test_a_wrong_answer_for_one_path_gets_its_hint_there():
    def torch_only(w, grad, lr):
        return torch.add(w, grad, alpha=lr)

    outcome = examine(STEP, torch_only)
    assert isinstance(outcome, Failed)
    assert outcome.mistake == "goes uphill"


def test_a_short_array_in_a_message_can_be_pasted():
    text = str(examine(STEP, lambda w, grad, lr: 0 * w))
    call = "sgd_step(np.array([1.0, -2.0, 0.5]), np.array([0.5, -1.0, 4.0]), 0.1)"
    assert text.startswith(f"Not yet: {call} is wrong at index 0")
    square = np.array([[1.0, 2.0], [3.0, 0.25]])
    for value in (square, square > 1, square.astype(int), torch.tensor(square)):
        pasted = eval(comparing.spell_argument(value), {"np": np, "torch": torch,
                                                        "True": True, "False": False})
        assert type(pasted) is type(value)
        assert np.array_equal(pasted, value)
        assert np.asarray(pasted).dtype.kind == np.asarray(value).dtype.kind
    assert comparing.spell_argument(np.arange(11.0)) == "np.array([0, 1, ... 11 numbers])"


def test_an_answer_that_raises_gets_the_hint_of_its_mistake():
    exercise = catalogue.find("learning_rate.scaled_rate")

    def answer(base_rate, base_batch, batch, step, warmup_steps):
        return base_rate * batch / base_batch * min(1, (step + 1) / warmup_steps)

    outcome = examine(exercise, answer)
    assert isinstance(outcome, Raised)
    assert outcome.mistake == "divides by a warm-up of no steps"
    assert "Hint: warmup_steps is 0 in this call" in str(outcome)
    other = examine(exercise, _raises_of_its_own)
    assert isinstance(other, Raised)
    assert other.mistake is None
    assert "Hint" not in str(other)


def _raises_of_its_own(base_rate, base_batch, batch, step, warmup_steps):
    raise ValueError("mine")


@pytest.mark.parametrize("share", [
    lambda step, warmup_steps: (step + 1) / warmup_steps,              # rises on as well
    lambda step, warmup_steps: min(1, step / warmup_steps),            # starts at zero as well
])
def test_where_an_answer_raises_and_is_wrong_the_hint_is_on_what_raises(share):
    def answer(base_rate, base_batch, batch, step, warmup_steps):
        return base_rate * batch / base_batch * share(step, warmup_steps)

    outcome = examine(catalogue.find("learning_rate.scaled_rate"), answer)
    assert isinstance(outcome, Raised)
    assert outcome.mistake == "divides by a warm-up of no steps"


def test_an_answer_wrong_on_one_path_fails():
    def wrong_for_tensors(w, grad, lr):
        return w - lr * grad if isinstance(w, np.ndarray) else w + lr * grad

    outcome = examine(STEP, wrong_for_tensors)
    assert isinstance(outcome, Failed)
    assert "sgd_step(torch.tensor([1.0, -2.0, 0.5])" in str(outcome)


# --- no harm done ---


def test_random_states_stay_as_they_were():
    def answer(n, batch_size, drop_last):
        random.seed(1)
        np.random.seed(1)                                                        # noqa: NPY002
        torch.manual_seed(1)
        return n

    states = random.getstate(), np.random.get_state()[1].copy(), torch.get_rng_state()  # noqa: NPY002
    examine(STEPS, answer)
    assert random.getstate() == states[0]
    assert np.array_equal(np.random.get_state()[1], states[1])                   # noqa: NPY002
    assert torch.equal(torch.get_rng_state(), states[2])


@pytest.mark.parametrize("exercise", VALUES, ids=lambda e: e.name)
def test_a_dictionary_of_the_reader_stays_as_it_was(exercise):
    answer = {name: "TOO LOW " for name in exercise.solution}
    kept = copy.deepcopy(answer)
    examine(exercise, answer)
    assert answer == kept


def test_cases_do_not_share_arguments():
    """An answer that writes into its arguments spoils no later call and no later check."""
    def spoils(w, grad, lr):
        w *= 0
        return w

    case = STEP.cases()[0]
    attempting.observe(spoils, case)
    assert STEP.judge(attempting.observe(STEP.solution, case).result, case.expected) is None


def test_no_warning_reaches_the_notebook():
    def answer(spread, batch_size):
        warnings.warn("from the reader", stacklevel=1)
        return np.float32(1e38) * np.float32(10)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert isinstance(examine(NOISE, answer), Failed)


def test_a_coroutine_fails_without_a_warning():
    async def steps_per_epoch(n, batch_size, drop_last):
        return 45

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert "got a coroutine" in str(examine(STEPS, steps_per_epoch))


def test_right_numbers_with_a_changed_input_have_a_sentence_without_a_known_mistake():
    def answer(w, grad, lr):
        new = w - lr * grad
        grad *= 0
        return new

    outcome = examine(STEP, answer)
    assert isinstance(outcome, Failed)
    assert outcome.mistake is None
    assert "it changes grad, which was passed in" in str(outcome)


def test_check_prints_the_outcome_and_returns_nothing(capsys):
    assert check("learning_rate.sgd_step", STEP.solution) is None
    assert capsys.readouterr().out.startswith("Passed. ")


def test_a_list_of_unlike_arrays_is_spelt_in_words():
    layers = [(np.zeros((2, 3)), np.zeros(3)), (np.zeros((3, 1)), np.zeros(1))]
    assert comparing.spell_argument(layers) == "a list"
    assert comparing.spell_argument([[object()]]) == "a list"


def test_texts_of_numpy_are_texts():
    names, places = comparing.plain(np.unique(["dogs", "cats", "dogs"], return_inverse=True))
    assert comparing.difference([names, places], (["cats", "dogs"], [1, 0, 1])) is None
    assert comparing.difference(list(np.array(["a", "b"])), ["a", "b"]) is None
    assert comparing.difference(np.array("a"), "a") is None
    assert "should be \"b\", got \"a\"" in comparing.difference(np.array(["a"]), ["b"])


def test_a_short_list_in_a_message_can_be_pasted():
    for value in ([0.9, 0.7, 0.8, 0.6, 0.65, 0.62, 0.64, 0.5], [[1.0, 2.0], [3.0]], [], (), (4,),
                  [(np.array([1.0, 2.0]), np.array([3])), "a", None, True], tuple(range(9))):
        spelt = comparing.spell_argument(value)
        pasted = eval(spelt, {"np": np})
        assert comparing.same(comparing.plain(pasted), comparing.plain(value))
        assert comparing.spell_argument(pasted) == spelt
    assert comparing.spell_argument([torch.tensor([0.3, -0.4])]) == "[torch.tensor([0.3, -0.4])]"
    assert "should be (4, 4), got None" in comparing.difference(None, (4, 4))
    unlike = (np.zeros(2), np.zeros((2, 1)))
    assert "should be a list, got None" in comparing.difference(None, unlike)
    assert comparing.spell_argument(list(range(11))) == "[0, 1, ... 11 numbers]"
