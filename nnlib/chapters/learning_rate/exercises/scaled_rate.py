"""Compute: linear scaling of the rate with the batch, reached by a warm-up."""

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def scaled_rate(base_rate, base_batch, batch, step, warmup_steps):
    """Rate of a step (counted from 0): linear scaling after a linear warm-up."""
    target = base_rate * batch / base_batch
    if step < warmup_steps:
        return target * (step + 1) / warmup_steps
    return target


# --- answers with one misconception each ---


def scales_by_the_root(base_rate, base_batch, batch, step, warmup_steps):
    target = base_rate * (batch / base_batch) ** 0.5
    return target * min(1.0, (step + 1) / max(1, warmup_steps))


def scales_the_wrong_way(base_rate, base_batch, batch, step, warmup_steps):
    target = base_rate * base_batch / batch
    return target * min(1.0, (step + 1) / max(1, warmup_steps))


def starts_at_zero(base_rate, base_batch, batch, step, warmup_steps):
    target = base_rate * batch / base_batch
    return target * step / warmup_steps if step < warmup_steps else target


def starts_at_zero_by_min(base_rate, base_batch, batch, step, warmup_steps):
    share = min(1.0, step / warmup_steps) if warmup_steps else 1.0
    return base_rate * batch / base_batch * share


def no_warmup(base_rate, base_batch, batch, step, warmup_steps):
    return base_rate * batch / base_batch


def never_stops_rising(base_rate, base_batch, batch, step, warmup_steps):
    return base_rate * batch / base_batch * (step + 1) / max(1, warmup_steps)


def rises_past_the_target(base_rate, base_batch, batch, step, warmup_steps):
    target = base_rate * batch / base_batch
    if warmup_steps == 0:
        return target
    return target * (step + 1) / warmup_steps


def forgets_the_base_batch(base_rate, base_batch, batch, step, warmup_steps):
    target = base_rate * batch
    return target * (step + 1) / warmup_steps if step < warmup_steps else target


def forgets_the_base_batch_and_the_warmup(base_rate, base_batch, batch, step, warmup_steps):
    return base_rate * batch


def turns_the_ratio_over(base_rate, base_batch, batch, step, warmup_steps):
    return base_rate * (base_batch / batch)


def divides_by_no_warmup(base_rate, base_batch, batch, step, warmup_steps):
    return base_rate * batch / base_batch * min(1.0, (step + 1) / warmup_steps)


def divides_by_no_warmup_before_it_asks(base_rate, base_batch, batch, step, warmup_steps):
    target = base_rate * batch / base_batch
    increment = target / warmup_steps
    return increment * (step + 1) if step < warmup_steps else target


def rises_from_the_base_rate(base_rate, base_batch, batch, step, warmup_steps):
    target = base_rate * batch / base_batch
    share = min(1.0, (step + 1) / max(1, warmup_steps))
    return base_rate + (target - base_rate) * share


def drops_the_fraction(base_rate, base_batch, batch, step, warmup_steps):
    target = base_rate * (batch // base_batch)
    return target * min(1.0, (step + 1) / max(1, warmup_steps))


def rises_to_the_base_rate(base_rate, base_batch, batch, step, warmup_steps):
    if step < warmup_steps:
        return base_rate * (step + 1) / warmup_steps
    return base_rate * batch / base_batch


def falls_back_to_the_base_rate(base_rate, base_batch, batch, step, warmup_steps):
    if step < warmup_steps:
        return base_rate * batch / base_batch * (step + 1) / warmup_steps
    return base_rate


def one_increment_less(base_rate, base_batch, batch, step, warmup_steps):
    target = base_rate * batch / base_batch
    if step < warmup_steps and warmup_steps > 1:
        return target * step / (warmup_steps - 1)
    return target


# --- unusual and right ---


def in_one_line(base_rate, base_batch, batch, step, warmup_steps):
    return base_rate / base_batch * batch * min(1, (step + 1) / max(1, warmup_steps))


def from_a_table(base_rate, base_batch, batch, step, warmup_steps):
    target = np.float32(base_rate) * (batch / base_batch)
    ramp = np.linspace(0, target, warmup_steps + 1)[1:]
    return ramp[step] if step < len(ramp) else target


def cases():
    settings = [
        (0.1, 256, 1024, 100, 10),
        (0.1, 256, 1024, 0, 10),
        (0.1, 256, 1024, 4, 10),
        (0.1, 256, 1024, 9, 10),
        (0.1, 256, 1024, 10, 10),
        (0.1, 32, 128, 3, 0),
        (0.3, 128, 32, 1, 5),
        (0.05, 64, 64, 1, 4),
    ]
    return [Case(setting, _interpolated(*setting)) for setting in settings]


def _interpolated(base_rate, base_batch, batch, step, warmup_steps):
    """By interpolation between the corners of the schedule, step + 1 updates after its start."""
    target = batch * (base_rate / base_batch)
    if warmup_steps == 0:
        return target
    return np.interp(step + 1, [0, warmup_steps, warmup_steps + 1], [0.0, target, target])


# --- what is wrong with the target, whatever the warm-up does ---


def target_is(rule):
    """Recognise answers whose rate after the warm-up is `rule(base_rate, base_batch, batch)`."""

    def recognise(seen) -> bool:
        after = [item for item in seen if item.case.arguments[3] >= item.case.arguments[4]]
        return all(
            comparing.same(item.result, rule(*item.case.arguments[:3])) for item in after
        )

    return recognise


def goes_on_rising(seen) -> bool:
    """Whether the ramp is right, and goes on after the warm-up (of at least one step)."""
    if any(item.error for item in seen):
        return False
    ramps = [item for item in seen if item.case.arguments[4] > 0]
    return all(
        comparing.same(item.result, never_stops_rising(*item.case.arguments)) for item in ramps
    )


def divides_by_zero(seen) -> bool:
    """Whether it divides by zero where there is no warm-up, and nowhere else raises."""
    return all(
        isinstance(item.error, ZeroDivisionError)
        if item.case.arguments[4] == 0
        else item.error is None
        for item in seen
    )


EXERCISE = Exercise(
    identifier="learning_rate.scaled_rate",
    title="a larger batch, a larger rate",
    level="compute",
    prompt=(
        "Write `scaled_rate(base_rate, base_batch, batch, step, warmup_steps)`. The target rate "
        "follows the linear scaling rule: as many times `base_rate` as `batch` is times "
        "`base_batch`. During the first `warmup_steps` steps (counted from 0) the rate rises in "
        "equal increments and is at its target in the last of them; after that it stays there. "
        "`warmup_steps` may be 0. Example: with a base of 0.1 at batch 256, batch 1,024 has the "
        "target 0.4; with 10 warm-up steps, step 0 has 0.04, step 4 has 0.2 and step 9 has 0.4."
    ),
    stub='''\
def scaled_rate(base_rate, base_batch, batch, step, warmup_steps):
    """Rate of a step (counted from 0): linear scaling after a linear warm-up."""
    return ...
''',
    solution=scaled_rate,
    cases=cases,
    hints=(
        "First the target alone: what is the rate when the warm-up is over?",
        "In the warm-up the rate is the share (step + 1) / warmup_steps of the target.",
        "Two cases: while step < warmup_steps that share of the target, after that the target.",
    ),
    passed=(
        "Linear scaling is a rule of thumb: it holds up to some batch size, which differs from "
        "problem to problem, and fails beyond."
    ),
    mistakes=(
        Mistake(
            "scales by the square root",
            "The target grows with the square root of the batch. That rule exists too, but asked "
            "is linear scaling: four times the batch, four times the rate.",
            answers=(scales_by_the_root,),
            recognise=target_is(lambda rate, base, batch: rate * (batch / base) ** 0.5),
        ),
        Mistake(
            "scales the wrong way",
            "A larger batch gets a smaller rate here. It is the other way round.",
            answers=(scales_the_wrong_way, turns_the_ratio_over),
            recognise=target_is(lambda rate, base, batch: rate * base / batch),
        ),
        Mistake(
            "forgets the base batch",
            "The rate is base_rate times the whole batch, far too high. What counts is how many "
            "times base_batch the batch is.",
            answers=(forgets_the_base_batch, forgets_the_base_batch_and_the_warmup),
            recognise=target_is(lambda rate, base, batch: rate * batch),
        ),
        Mistake(
            "starts at zero",
            "Step 0 has a rate of 0, so the first update changes nothing, and the last step of the "
            "warm-up is short of the target.",
            answers=(starts_at_zero, starts_at_zero_by_min),
        ),
        Mistake(
            "leaves out the warm-up",
            "The target is right, but the rate is there from the first step. Let it rise over the "
            "first warmup_steps steps.",
            answers=(no_warmup,),
        ),
        Mistake(
            "never stops rising",
            "After the warm-up the rate goes on growing. Let it stay at the target.",
            answers=(never_stops_rising, rises_past_the_target),
            recognise=goes_on_rising,
        ),
        Mistake(
            "divides by a warm-up of no steps",
            "warmup_steps is 0 in this call: there is no warm-up, and nothing to divide by.",
            answers=(divides_by_no_warmup, divides_by_no_warmup_before_it_asks),
            recognise=divides_by_zero,
        ),
        Mistake(
            "rises from the base rate",
            "The ramp begins at base_rate. Some papers do that; asked are equal increments from "
            "zero, of which step 0 has the first.",
            answers=(rises_from_the_base_rate,),
        ),
        Mistake(
            "drops the fraction",
            "batch // base_batch is a whole number, and 0 where batch is the smaller of the two.",
            answers=(drops_the_fraction,),
        ),
        Mistake(
            "rises to the base rate",
            "The ramp leads to base_rate, and then the rate jumps. Let it rise to the target.",
            answers=(rises_to_the_base_rate,),
        ),
        Mistake(
            "falls back to the base rate",
            "After the warm-up this is base_rate again. The rate stays at the target.",
            answers=(falls_back_to_the_base_rate,),
        ),
        Mistake(
            "makes one increment less",
            "Step 0 has a rate of 0, so the first update changes nothing. The ramp has "
            "warmup_steps increments, not one less.",
            answers=(one_increment_less,),
        ),
    ),
    also_right=(in_one_line, from_a_table),
    by_hand=(
        Asked(
            "0.05 at batch 64; batch 64, step 1 of 4 for the warm-up",
            (0.05, 64, 64, 1, 4),
        ),
        Asked("0.3 at batch 128; batch 32, step 1 of 5 for the warm-up", (0.3, 128, 32, 1, 5)),
        Asked("0.1 at batch 32; batch 128, step 3, no warm-up", (0.1, 32, 128, 3, 0)),
    ),
)
