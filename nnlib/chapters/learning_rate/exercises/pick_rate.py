"""Build: read a learning rate off a range test, even one that ends in NaN."""

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.exercise import Case, Exercise, Mistake


def pick_rate(rates, losses):
    """Return a rate well below the one with the lowest loss of a range test."""
    finite = np.where(np.isfinite(losses), losses, np.inf)
    return rates[np.argmin(finite)] / 5


# --- answers with one misconception each ---


def at_the_bottom(rates, losses):
    return rates[np.nanargmin(losses)]


def at_the_bottom_and_nan(rates, losses):
    return rates[np.argmin(losses)]


def at_the_bottom_and_nan_by_list(rates, losses):
    return rates[list(losses).index(np.min(losses))] if np.min(losses) > 0 else rates[
        list(np.isnan(losses)).index(True)
    ]


def nan_is_the_minimum(rates, losses):
    return rates[np.argmin(losses)] / 8


def nan_is_the_minimum_of_a_fifth(rates, losses):
    lowest = np.argmin(losses)
    return rates[lowest] / 5


def half_of_the_bottom(rates, losses):
    return rates[np.nanargmin(losses)] / 2


def one_before_the_bottom(rates, losses):
    return rates[np.nanargmin(losses) - 1]


def a_hundredth(rates, losses):
    return rates[np.nanargmin(losses)] / 100


def steepest_fall(rates, losses):
    finite = losses[np.isfinite(losses)]
    return rates[np.argmin(np.diff(finite))]


def steepest_fall_on_a_log_axis(rates, losses):
    bottom = int(np.nanargmin(losses))
    slope = np.diff(losses[: bottom + 1]) / np.diff(np.log(rates[: bottom + 1]))
    return float(rates[np.argmin(slope)])


def last_before_nan(rates, losses):
    return rates[np.isfinite(losses)][-1]


def last_before_nan_in_a_loop(rates, losses):
    best = rates[0]
    for rate, loss in zip(rates, losses, strict=True):
        if np.isfinite(loss):
            best = rate
    return best


def as_small_as_possible(rates, losses):
    return rates[0]


def a_share_of_the_last_finite(rates, losses):
    return rates[np.isfinite(losses)][-1] / 5


def multiplies(rates, losses):
    return rates[np.nanargmin(losses)] * 5


def five_places_earlier(rates, losses):
    return rates[np.nanargmin(losses) - 5]


def index_of_the_rate(rates, losses):
    return int(np.nanargmin(losses))


def the_loss(rates, losses):
    return np.nanmin(losses)


def a_share_of_the_loss(rates, losses):
    return np.nanmin(losses) / 5


# --- unusual and right ---


def five_times_below(rates, losses):
    pairs = [(loss, rate) for rate, loss in zip(rates, losses, strict=True) if loss == loss]
    return min(pairs)[1] / 5


def on_the_list(rates, losses):
    bottom = rates[np.nanargmin(losses)]
    return max(rate for rate in rates if rate <= bottom / 4)


def cases():
    settings = [
        (0.02, 30, 2.3, None, 61),
        (0.003, 1000, 0.7, np.nan, 90),
        (0.002, 30, 2.3, np.inf, 80),
        (0.01, 3, 5.0, np.nan, 200),
    ]
    made = []
    for falls_at, wide, start, after, count in settings:
        rates = np.geomspace(falls_at / 300, falls_at * wide * 100, count)
        losses = range_test_losses(rates, falls_at, wide, start, after)
        made.append(Case((rates, losses), lowest_rate(rates, losses)))
    return made


def range_test_losses(rates, falls_at, wide, start, after):
    """A range test's losses: flat, falling around `falls_at`, exploding `wide` times above.

    How far the steepest fall lies below the lowest loss depends on `wide`. Beyond 20 times the
    start the loss is `after` (NaN or infinite), or stays there with None.
    """
    losses = start * (0.1 + 0.9 / (1 + (rates / falls_at) ** 2) + (rates / (wide * falls_at)) ** 4)
    return np.where(losses > 20 * start, 20 * start if after is None else after, losses)


def lowest_rate(rates, losses):
    """The rate with the lowest loss, by looking at each pair."""
    pairs = zip(losses.tolist(), rates.tolist(), strict=True)
    return min((loss, rate) for loss, rate in pairs if np.isfinite(loss))[1]


def judge(got, lowest):
    """Any rate from a tenth to a third of the one with the lowest loss is accepted."""
    if isinstance(got, bool) or not isinstance(got, (int, float)):
        return f"should be one rate, a number, got {comparing.spell(got)}"
    if lowest / 10 * 0.999 <= got <= lowest / 3 * 1.001:
        return None
    return (
        f"gives {comparing.spell(got)}, while the loss is lowest at {comparing.spell(lowest)}: "
        f"it should be between {comparing.spell(lowest / 10)} and {comparing.spell(lowest / 3)}"
    )


# --- what a wrong rate is a share of ---


def shares(seen, of):
    """Each result as a share of the rate `of(case)`; None where a result is no number."""
    if any(isinstance(item.result, bool) or not isinstance(item.result, (int, float))
           for item in seen):
        return None
    return np.array([item.result / of(item.case) for item in seen])


def lowest(case):
    return case.expected


def lowest_loss(case):
    return np.nanmin(case.arguments[1])


def last_finite(case):
    rates, losses = case.arguments
    return rates[np.isfinite(losses)][-1]


def at_argmin(case):
    rates, losses = case.arguments
    return rates[np.argmin(losses)]


def is_share(of, low, high):
    """Recognise answers that are on every case between `low` and `high` times the rate `of`."""

    def recognise(seen) -> bool:
        found = shares(seen, of)
        return found is not None and bool(np.all((low <= found) & (found <= high)))

    return recognise


def too_far_down(seen) -> bool:
    """Whether every rate is below a tenth, and it is not the first of the list."""
    first = is_share(lambda case: case.arguments[0][0], 0.999, 1.001)
    return is_share(lowest, 1e-9, 0.999 / 10)(seen) and not first(seen)


def is_above(seen) -> bool:
    """Whether every rate is above that of the lowest loss, without being the last finite one."""
    return (
        all(isinstance(item.result, float) for item in seen)
        and is_share(lowest, 1.001, np.inf)(seen)
        and not is_share(last_finite, 0.999 / 10, 1.001)(seen)
        and not is_share(lowest_loss, 0.999 / 10, 1.001)(seen)
    )


def is_some_places_earlier(seen) -> bool:
    """Whether every rate stands the same number of places, at least two, before the lowest."""
    places = set()
    for item in seen:
        rates, losses = item.case.arguments
        found = np.flatnonzero(rates == item.result)
        places.add(int(np.nanargmin(losses)) - int(found[0]) if len(found) else 0)
    return len(places) == 1 and min(places) >= 2


def is_steepest(seen) -> bool:
    """Whether every rate is at the end of the steepest piece of the curve, on either axis."""
    def picks(rule):
        return all(
            isinstance(item.result, float)
            and any(np.isclose(item.result, rates[i]) for i in (rule(rates, losses),
                                                                rule(rates, losses) + 1))
            for item in seen
            for rates, losses in [item.case.arguments]
        )

    def fall(rates, losses):
        with np.errstate(invalid="ignore"):                # infinity minus infinity is NaN
            return int(np.nanargmin(np.diff(losses)))

    def fall_on_a_log_axis(rates, losses):
        bottom = int(np.nanargmin(losses))
        return int(np.argmin(np.diff(losses[: bottom + 1]) / np.diff(np.log(rates[: bottom + 1]))))

    return picks(fall) or picks(fall_on_a_log_axis)


EXERCISE = Exercise(
    identifier="learning_rate.pick_rate",
    title="pick a rate from a range test",
    level="build",
    prompt=(
        "A range test gives `rates` (rising) and the smoothed `losses` seen at them: flat at "
        "first, then falling, then shooting up, and at the end perhaps NaN (which `np.nanargmin` "
        "skips) or infinite. Write `pick_rate(rates, losses)`, for two NumPy arrays: return one "
        "rate that the rule of thumb allows, at least 3 times and at most 10 times below the rate "
        "with the lowest loss. Example: if the loss is lowest at 0.6, any rate from 0.06 to 0.2 "
        "passes."
    ),
    stub='''\
def pick_rate(rates, losses):
    """Return a rate well below the one with the lowest loss of a range test."""
    return ...
''',
    solution=pick_rate,
    cases=cases,
    hints=(
        "First find the index of the lowest loss; then look up the rate at that index.",
        "np.argmin takes NaN for the smallest number of all. np.nanargmin, or a mask with "
        "np.isfinite, does not.",
        "From the rate at the lowest loss go down by a factor between 3 and 10.",
    ),
    passed=(
        "A third to a tenth of the rate at the bottom is a rule of thumb and a start for a "
        "search, not the best rate."
    ),
    mistakes=(
        Mistake(
            "takes the bottom itself",
            "That is the rate at the bottom of the curve, where it is about to blow up; go 3 to 10 "
            "times lower.",
            answers=(at_the_bottom,),
            recognise=is_share(lowest, 0.999, 1.001),
        ),
        Mistake(
            "takes the bottom itself, or NaN",
            "Two things: np.argmin points at the NaN where there is one, and at the bottom of the "
            "curve it is about to blow up: go 3 to 10 times lower.",
            answers=(at_the_bottom_and_nan, at_the_bottom_and_nan_by_list),
            recognise=is_share(at_argmin, 0.999, 1.001),
        ),
        Mistake(
            "stays too close to the bottom",
            "This is below the rate with the lowest loss, but not far enough: take a third of "
            "that rate at most.",
            answers=(half_of_the_bottom, one_before_the_bottom),
            recognise=is_share(lowest, 1.001 / 3, 0.998),
        ),
        Mistake(
            "goes too far down",
            "This is lower than needed: training would be slow. Stay within 10 times below the "
            "rate with the lowest loss.",
            answers=(a_hundredth,),
            recognise=too_far_down,
        ),
        Mistake(
            "takes NaN for the minimum",
            "Where the losses end in NaN, np.argmin points at the NaN. Leave out what is not "
            "finite.",
            answers=(nan_is_the_minimum, nan_is_the_minimum_of_a_fifth),
            recognise=is_share(at_argmin, 0.999 / 10, 1.001 / 3),
        ),
        Mistake(
            "takes the steepest fall",
            "This is where the loss falls fastest. How far that is below the bottom depends on the "
            "test; asked is the rule that starts from the lowest loss.",
            answers=(steepest_fall_on_a_log_axis, steepest_fall),
            recognise=is_steepest,
        ),
        Mistake(
            "goes up from the bottom",
            "This is above the rate with the lowest loss, where the loss shoots up. Start from the "
            "lowest loss and divide.",
            answers=(multiplies,),
            recognise=is_above,
        ),
        Mistake(
            "counts places",
            "How far apart two places of the array are depends on the test; places are no "
            "factors. Divide the rate at the lowest loss.",
            answers=(five_places_earlier,),
            recognise=is_some_places_earlier,
        ),
        Mistake(
            "takes the last rate before NaN",
            "A loss can be finite and already far too high. Start from the lowest loss, not from "
            "the last finite one.",
            answers=(last_before_nan, last_before_nan_in_a_loop, a_share_of_the_last_finite),
            recognise=is_share(last_finite, 0.999 / 10, 1.001),
        ),
        Mistake(
            "takes the smallest rate",
            "At the smallest rate the loss has not begun to fall: training would crawl. Look where "
            "the loss is lowest and go down from there.",
            answers=(as_small_as_possible,),
        ),
        Mistake(
            "returns the index",
            "This is a position in the array. Look up the rate there: rates[...].",
            answers=(index_of_the_rate,),
        ),
        Mistake(
            "returns the loss",
            "This comes from the lowest loss itself. Asked is a rate: find the index of that loss "
            "and look it up in rates.",
            answers=(the_loss, a_share_of_the_loss),
            recognise=is_share(lowest_loss, 0.999 / 10, 1.001),
        ),
    ),
    also_right=(five_times_below, on_the_list),
    judge=judge,
)
