"""Hints that once misled: each says now what is so."""

import numpy as np
import torch
from small_exercises import asked, rate

from nnlib.exercises import attempting, catalogue, comparing
from nnlib.exercises.examining import examine
from nnlib.exercises.exercise import Mistake

# --- what was passed in stays as it was ---


def step(w, grad, lr):
    return w - lr * grad


def in_place(w, grad, lr):
    w -= lr * grad
    return w


STEP = asked(
    step, (np.ones(2), np.array([1.0, 2.0]), 0.5), (np.zeros(2), np.ones(2), 0.25),
    mistakes=(Mistake("changes w", "w was changed.", answers=(in_place,)),),
)


def test_the_argument_that_was_changed_is_named():
    def changes_the_gradient(w, grad, lr):
        grad *= lr
        return w - grad

    outcome = examine(STEP, changes_the_gradient)
    assert outcome.mistake is None
    assert "it changes grad, which was passed in" in outcome.complaint
    assert outcome.relation == "in place"
    assert "grad of the caller changed" in outcome.hint
    assert examine(STEP, in_place).mistake == "changes w"

    def changes_both(w, grad, lr):
        w -= lr * grad
        grad *= 0
        return w

    outcome = examine(STEP, changes_both)
    assert "it changes w and grad" in outcome.complaint
    assert outcome.mistake == "changes w"


def test_a_list_that_was_changed_gets_the_words_of_lists():
    def longer(values, by):
        return [*values, by]

    def appends(values, by):
        values.append(by)
        return values

    outcome = examine(asked(longer, ([1, 2], 3), ([4], 5)), appends)
    assert outcome.relation == "in place"
    assert "values of the caller changed with them: append, extend" in outcome.hint
    assert "x * 2" not in outcome.hint


def test_places_of_changed_arguments_are_counted():
    observation = attempting.observe(in_place, STEP.cases()[0])
    assert observation.changed_input == (0,)


# --- hints that misled ---


def test_a_bank_comes_before_a_diagnosis():
    known = Mistake("turned", "Turned round.", answers=(lambda s, n: -s / n,))
    exercise = asked(rate, (2.0, 4), (3.0, 7), mistakes=(known,))
    outcome = examine(exercise, lambda s, n: -s / n)
    assert (outcome.mistake, outcome.relation) == ("turned", None)


def test_a_recognise_that_raises_hides_nothing():
    known = Mistake("x", "X.", answers=(rate,), recognise=lambda seen: seen[0].result["a"])
    exercise = asked(rate, (2.0, 4), (3.0, 7), mistakes=(known,))
    assert examine(exercise, lambda s, n: -s / n).relation == "sign"


def test_two_results_in_one_array_are_not_told_to_be_a_list():
    outcome = examine(
        catalogue.find("weights.perceptron_step"),
        lambda w, b, x, y, lr: np.append(np.asarray(w), b),
    )
    assert "should be 2 results (2 numbers, a number (1)), got 3 numbers" in outcome.complaint


def test_a_mistake_is_recognised_where_the_paths_differ():
    """std divides by N on one path and by N - 1 on the other: each row by itself, on both."""
    def standardise(x_train, x_new):
        def rows(x):
            return (x - x.mean(axis=1)[:, None]) / x.std(axis=1)[:, None]
        return rows(x_train), rows(x_new)

    outcome = examine(catalogue.find("tensors.standardise"), standardise)
    assert outcome.mistake == "standardises rows"


def test_a_broken_function_rewritten_for_one_path_is_told_that_it_is_still_the_broken_one():
    def mean_of_words(vectors, mask):
        return np.mean(vectors * mask[:, :, None], axis=1)

    outcome = examine(catalogue.find("tensors.mean_of_words"), mean_of_words)
    assert outcome.mistake == "divides by all places as before"


def test_values_of_a_dictionary_in_lists_are_read():
    exercise = catalogue.find("learning_rate.chosen_or_learned")
    outcome = examine(exercise, {name: [word] for name, word in exercise.solution.items()})
    assert "takes only" in outcome.complaint
    assert outcome.relation == "wrapped"
    outcome = examine(exercise, {name: [1, 2] for name in exercise.solution})
    assert "takes only" in outcome.complaint


def test_the_name_in_quotation_marks_is_told_so():
    outcome = examine(catalogue.find("learning_rate.sgd_step"), "sgd_step")
    assert "without quotation marks" in outcome.hint


def test_a_cause_is_seen_in_the_cases_that_come_back_where_others_raise():
    """The bank's answer is guarded against 0, the reader's is not."""
    def share(s, n):
        return s / n if n else 0.0

    def turned(s, n):
        return -s / n if n else 0.0

    known = Mistake("turned", "Turned round.", answers=(turned,))
    exercise = asked(share, (2.0, 4), (3.0, 0), (3.0, 7), mistakes=(known,))
    outcome = examine(exercise, lambda s, n: -s / n)
    assert (type(outcome.error), outcome.mistake) == (ZeroDivisionError, "turned")
    right_elsewhere = examine(exercise, lambda s, n: s / n)
    assert right_elsewhere.mistake is None
    assert "divided by 0" in right_elsewhere.hint


def test_where_a_factor_meets_a_0_nothing_is_said_of_it():
    """d · x is right wherever x is 0, whatever d is: the finger would point at x."""
    def scaled(x, y):
        return np.exp(y) * x, np.exp(y)

    def otherwise(x, y):
        return (np.tan(y) + y) * x, np.tan(y) + y

    x = np.array([1.0, 0.0]), np.array([2.0, 0.0, -1.0]), np.array([0.0, 3.0])
    exercise = asked(scaled, (x[0], 0.5), (x[1], 1.3), (x[2], -1.0))
    outcome = examine(exercise, otherwise)
    assert "x is not 0" not in outcome.hint


def test_a_product_of_matrices_is_explained_without_names_of_arguments():
    exercise = asked(lambda a, b: a @ b.T, (np.ones((2, 3)), np.ones((1, 3))))
    assert "the last axis on the left is as long as" in examine(exercise, lambda a, b: a @ b).hint


def test_of_an_object_that_is_read_no_relation_is_told():
    """The check reads a Value into a dictionary; nobody was asked for one."""
    outcome = examine(catalogue.find("backpropagation.minus"), lambda a, b: [a, b])
    assert "should be a new Value, got [a Value, a Value]" in outcome.complaint
    assert outcome.hint == 'For more, run hint("backpropagation.minus").'


def test_tensors_and_tuples_are_spelt_as_what_they_are():
    assert comparing.spell_argument(torch.zeros(4, 3)) == "a tensor of shape (4, 3)"
    assert comparing.spell_argument((4, 3)) == "(4, 3)"
    short = [np.array([3.0]), torch.zeros(2)]
    assert comparing.spell_argument(short) == "[np.array([3.0]), torch.tensor([0.0, 0.0])]"
    assert comparing.spell_argument([np.zeros(11)]) == "a list"
    assert comparing.spell_argument((4,)) == "(4,)"
    assert comparing.spell(-0.0) == "0"
    assert comparing.difference([4, 1], (4, 3)) == "should be (4, 3), got (4, 1)"
    assert comparing.difference([4, 1], [4, 3]) == "is wrong at index 1: it should be 3, got 1"


def test_a_few_short_lists_are_spelt_out():
    """A call that is shown can be tried; longer ones stay "a list"."""
    assert comparing.spell_argument([[1.0, 3.0], [5.0, 9.0]]) == "[[1, 3], [5, 9]]"
    assert comparing.spell_argument([[2.5]]) == "[[2.5]]"
    for longer in ([[1.0]] * 11, [[1.0] * 11]):
        assert comparing.spell_argument(longer) == "a list"
    outcome = examine(catalogue.find("inference.running_statistics"), lambda batches, m: (0, 0))
    assert "running_statistics([[2, 4, 6]], 0.5) should be (2, 2.5)" in outcome.complaint


def test_signs_in_the_names_of_a_dictionary_stay_as_they_are():
    exercise = catalogue.find("tensors.number_of_axes")
    assert '"8×8": 2' in exercise.source_of({"8×8": 2})


def test_gradients_cleared_before_the_step_are_among_the_causes_that_are_named():
    def one_epoch(model, loss_fn, optimizer, batches):
        losses = []
        for x, y in batches:
            losses.append(loss_fn(model(x), y).item())
            model.backward(loss_fn.backward())
            optimizer.zero_grad()
            optimizer.step()
        return losses

    outcome = examine(catalogue.find("learning_loop.one_epoch"), one_epoch)
    assert "cleared between backward and step" in outcome.hint
