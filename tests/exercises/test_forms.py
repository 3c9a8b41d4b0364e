"""Exercises as forms of the page: fields, readings of what is typed, verdicts in Python."""

import pytest

from nnlib.exercises import by_hand, catalogue, forms
from nnlib.exercises.exercise import Asked, Case, Exercise
from nnlib.exercises.outcomes import Failed, NotAttempted, Passed
from nnlib.exercises.sorting import judge_words_of

EXERCISES = catalogue.exercises()
WITH_FORM = [exercise for exercise in EXERCISES if forms.has_form(exercise)]
BY_HAND = [exercise for exercise in EXERCISES if exercise.by_hand]
# Asked as code only: the answer is a picture, whose 64 numbers nobody types in.
AS_CODE = {"weights.weight_image"}


def ids(exercise):
    return exercise.identifier


def right_texts(exercise):
    return [text_of(value) for value in forms.form(exercise)["expected"]]


def text_of(value):
    return repr(value) if isinstance(value, float) else str(value)


def test_what_is_predicted_or_computed_can_be_answered_in_the_page():
    asked = {e.identifier for e in EXERCISES if e.level in ("predict", "compute")}
    assert asked - {e.identifier for e in WITH_FORM} == AS_CODE


@pytest.mark.parametrize("exercise", WITH_FORM, ids=ids)
def test_the_right_answers_pass_and_empty_fields_are_not_attempted(exercise):
    texts = right_texts(exercise)
    assert isinstance(forms.verdict(exercise, texts), Passed)
    assert isinstance(forms.verdict(exercise, [""] * len(texts)), NotAttempted)
    one_missing = forms.verdict(exercise, ["", *texts[1:]])
    assert isinstance(one_missing, Failed)
    assert forms.form(exercise)["labels"][0] in one_missing.complaint


@pytest.mark.parametrize("exercise", BY_HAND, ids=ids)
def test_a_mistake_of_the_bank_gets_its_hint_by_hand_too(exercise):
    """Typed in where it shows: most mistakes do, in the cases that are asked."""
    expected = [field.expected for field in by_hand.fields(exercise)]
    recognised = 0
    for mistake, rows in zip(exercise.mistakes, by_hand.rows_of_mistakes(exercise), strict=True):
        for row in rows:
            texts = [text_of(right if value is None else value)
                     for value, right in zip(row, expected, strict=True)]
            said = by_hand.judge(exercise, texts)
            if isinstance(said, Failed):
                assert said.mistake, f"{texts} got {said}"
                recognised += said.mistake == mistake.name
    assert recognised >= min(4, len(exercise.mistakes))


@pytest.mark.parametrize("exercise", BY_HAND, ids=ids)
def test_what_is_asked_is_not_the_example_of_the_prompt(exercise):
    for field in by_hand.fields(exercise):
        if isinstance(field.expected, float) and abs(field.expected) > 20:
            assert f"{field.expected:g}" not in exercise.prompt.replace(",", "")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0.25", [0.25]), ("0,25", [0.25]), (" 1/4 ", [0.25]), ("2.5e-1", [0.25]), (".5", [0.5]),
        ("\u22123", [-3.0]), ("+3", [3.0]), ("1,350", [1350.0, 1.35]), ("1 350", [1350.0]),
        ("60,000,000", [60_000_000.0]), ("1/0", []), ("", []), ("nan", []), ("0x10", []),
        ("three", []), ("1,35,0", []), ("--1", []), ("1/2/4", [2.0]), ("5 %", []),
    ],
)
def test_what_a_text_may_mean(text, numbers):
    assert by_hand.readings(text) == numbers


@pytest.mark.parametrize(
    ("text", "value", "right"),
    [
        ("4.605", 4.605170185988092, True), ("4.6", 4.605170185988092, False),
        ("4.61", 4.605170185988092, False), ("180", 180.0, True), ("180.1", 180.0, False),
        ("(32, 1)", "32, 1", True), ("[32,1]", "32, 1", True), ("32 x 1", "32, 1", False),
        ("(32, 1)", "1, 32", False), ("Error", "error", True), ("1", None, False),
    ],
)
def test_close_is_three_digits_and_whole_is_whole(text, value, right):
    assert by_hand.means(text, value) is right


def test_an_exercise_that_asks_for_what_is_no_case_says_so():
    exercise = catalogue.find("learning_loop.updates")
    with pytest.raises(ValueError, match="has no case for 'three rows'"):
        by_hand.case_of(exercise, Asked("three rows", (3, 1, 1)))


def test_right_in_part_names_what_is_wrong_and_a_letter_is_no_number():
    exercise = catalogue.find("learning_loop.updates")
    texts = right_texts(exercise)
    said = by_hand.judge(exercise, [texts[0], "17", texts[2]])
    label = by_hand.fields(exercise)[1].label
    assert said.complaint == f"2 of 3 right. Look again at: {label}."
    assert label in by_hand.judge(exercise, [texts[0], "many", texts[2]]).complaint


def test_each_name_can_have_words_of_its_own():
    judge = judge_words_of(cause=("a", "b"), proof=("c", "d", "e"))
    expected = {"cause": "b", "proof": "c"}
    exercise = Exercise(
        identifier="chapter.both", title="", level="predict", prompt="", solution=expected,
        cases=lambda: [Case((), expected)], judge=judge, hints=(), mistakes=(), passed="Right.")
    assert forms.form(exercise)["options"] == [["a", "b"], ["c", "d", "e"]]
    assert judge({"cause": " B", "proof": "C"}, expected) is None
    assert judge({"cause": "a", "proof": "c"}, expected) == "has 1 of 2 right"
    assert judge({"cause": "b", "proof": ...}, expected) == "still has to be filled in for: proof"
    assert judge({"cause": "b", "proof": "a"}, expected) == 'takes only "c", "d", "e" at proof'
    assert "2 entries: cause, proof" in judge("b", expected)
