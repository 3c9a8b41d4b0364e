"""Compute: the age at which the customer's chance is one half."""

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def break_even(w_age, w_income, b, income):
    """Age at which a customer with this income buys with probability 0.5."""
    return (-b - w_income * income) / w_age


# --- answers with one misconception each ---


def keeps_the_sign_of_the_bias(w_age, w_income, b, income):
    return (b - w_income * income) / w_age


def adds_the_income(w_age, w_income, b, income):
    return (-b + w_income * income) / w_age


def forgets_the_income(w_age, w_income, b, income):
    return -b / w_age


def forgets_the_bias(w_age, w_income, b, income):
    return -w_income * income / w_age


def sets_z_to_one_half(w_age, w_income, b, income):
    return (0.5 - b - w_income * income) / w_age


def forgets_to_divide(w_age, w_income, b, income):
    return -b - w_income * income


def divides_by_the_incomes_weight(w_age, w_income, b, income):
    return (-b - w_income * income) / w_income


def divides_the_income_alone(w_age, w_income, b, income):
    return -b - w_income * income / w_age


def divides_the_bias_alone(w_age, w_income, b, income):
    return -b / w_age - w_income * income


def rounds(w_age, w_income, b, income):
    return round((-b - w_income * income) / w_age)


def rounds_up(w_age, w_income, b, income):
    return np.ceil((-b - w_income * income) / w_age - 1e-9)


# --- unusual and right ---


def by_bisection(w_age, w_income, b, income):
    low, high = -1e6, 1e6
    for _ in range(200):
        middle = (low + high) / 2
        if (w_age * middle + w_income * income + b > 0) == (w_age > 0):
            high = middle
        else:
            low = middle
    return middle


def by_the_sum_at_age_zero(w_age, w_income, b, income):
    at_zero = income * w_income + b
    return at_zero / -w_age


def _is_like(answer, item) -> bool:
    return item.error is None and comparing.same(
        item.result, comparing.plain(answer(*item.case.make_arguments()))
    )


def cases():
    """What is given is the age; the income that puts z to 0 there is found by a linear solve."""
    settings = [
        (0.2, 0.00001, -5.0, 21.0), (0.2, 0.00001, -5.0, 15.0), (0.1, 0.00002, -3.0, 12.5),
        (-0.05, 0.00004, 1.0, 44.0),
    ]
    made = []
    for w_age, w_income, b, age in settings:
        income = -(w_age * age + b) / w_income
        made.append(Case((w_age, w_income, b, income), age))
    return made


EXERCISE = Exercise(
    identifier="weights.break_even",
    title="the age of one half",
    level="compute",
    prompt=(
        "Write `break_even(w_age, w_income, b, income)`: the age at which a customer with this "
        "income buys with a probability of exactly 0.5. Example: `break_even(0.2, 0.00001, -5.0, "
        "80000)` is 21."
    ),
    stub='''\
def break_even(w_age, w_income, b, income):
    """Age at which a customer with this income buys with probability 0.5."""
    return ...
''',
    solution=break_even,
    cases=cases,
    hints=(
        "Which z does the sigmoid turn into 0.5?",
        "σ(0) = 0.5: so the three terms of z have to cancel.",
        "Which of the three terms has the age in it? What has it to come to, so that it cancels "
        "the two others, and how many years make that?",
    ),
    passed=(
        "All pairs of age and income with z = 0 form a straight line: the boundary of this neuron."
    ),
    mistakes=(
        Mistake(
            "keeps the sign of the bias",
            "b changes its sign when it goes to the other side of w · x + b = 0.",
            answers=(keeps_the_sign_of_the_bias,),
        ),
        Mistake(
            "adds the income's share",
            "The income's share changes its sign too: what income brings, age need not bring.",
            answers=(adds_the_income,),
        ),
        Mistake(
            "leaves out the income",
            "This is the age for an income of 0. The term w_income * income is part of z.",
            answers=(forgets_the_income,),
        ),
        Mistake(
            "leaves out the bias",
            "The bias is part of z, and here by far the largest thing to make up for.",
            answers=(forgets_the_bias,),
        ),
        Mistake(
            "sets z to one half",
            "The output is 0.5 where z is 0, not where z is 0.5.",
            answers=(sets_z_to_one_half,),
        ),
        Mistake(
            "does not divide by the weight",
            "This is how much age has to add to z, not how many years that takes: each year adds "
            "w_age.",
            answers=(forgets_to_divide,),
        ),
        Mistake(
            "divides by the weight of the income",
            "It is the age that is asked for, and this divides by the weight of the income.",
            answers=(divides_by_the_incomes_weight,),
        ),
        Mistake(
            "divides one term only",
            "Only one of the two terms is divided by the weight of the age. Set parentheses.",
            answers=(divides_the_income_alone, divides_the_bias_alone),
            recognise=lambda seen: any(
                all(_is_like(answer, item) for item in seen)
                for answer in (divides_the_income_alone, divides_the_bias_alone)
            ),
        ),
        Mistake(
            "rounds the age",
            "An age may have a fraction, such as 12.5 years: do not round.",
            answers=(rounds, rounds_up),
            recognise=lambda seen: all(
                item.error is None and item.result == round(item.result)
                and abs(item.result - item.case.expected) < 1
                for item in seen
            ),
        ),
    ),
    also_right=(by_bisection, by_the_sum_at_age_zero),
    by_hand=(
        Asked(
            "income 200,000, with the weights 0.2 and 0.00001 and the bias −5",
            (0.2, 0.00001, -5.0, 200000),
        ),
        Asked(
            "income 30,000, with the weights −0.05 and 0.00004 and the bias 1",
            (-0.05, 0.00004, 1.0, 30000),
        ),
    ),
)
