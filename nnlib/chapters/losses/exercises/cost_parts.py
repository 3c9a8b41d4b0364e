"""Compute: what a soft target costs, and which part of it no model can save."""

import math

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def cost_parts(z, y):
    """Cross-entropy of logits z for the target y, entropy of y, and KL."""
    shifted = z - z.max()
    log_p = shifted - np.log(np.exp(shifted).sum())
    used = y > 0                     # what never happens costs nothing
    crossed = -np.sum(y[used] * log_p[used])
    entropy = -np.sum(y[used] * np.log(y[used]))
    return crossed, entropy, crossed - entropy


# --- answers with one misconception each ---


def zero_times_infinity(z, y):
    shifted = z - z.max()
    log_p = shifted - np.log(np.exp(shifted).sum())
    crossed = -np.sum(y * log_p)
    entropy = -np.sum(y * np.log(y))
    return crossed, entropy, crossed - entropy


def hardens_the_target(z, y):
    shifted = z - z.max()
    crossed = np.log(np.exp(shifted).sum()) - shifted[y.argmax()]
    return crossed, 0.0, crossed


def entropy_of_the_prediction(z, y):
    shifted = z - z.max()
    log_p = shifted - np.log(np.exp(shifted).sum())
    crossed, entropy = -np.sum(y * log_p), -np.sum(np.exp(log_p) * log_p)
    return crossed, entropy, crossed - entropy


def the_other_divergence(z, y):
    shifted, used = z - z.max(), y > 0
    log_p = shifted - np.log(np.exp(shifted).sum())
    entropy = -np.sum(y[used] * np.log(y[used]))
    with np.errstate(divide="ignore"):
        return -np.sum(y * log_p), entropy, np.sum(np.exp(log_p) * (log_p - np.log(y)))


def the_other_divergence_where_used(z, y):
    shifted, used = z - z.max(), y > 0
    log_p = shifted - np.log(np.exp(shifted).sum())
    entropy = -np.sum(y[used] * np.log(y[used]))
    other = np.sum(np.exp(log_p[used]) * (log_p[used] - np.log(y[used])))
    return -np.sum(y * log_p), entropy, other


def hardens_the_cross_entropy(z, y):
    shifted, used = z - z.max(), y > 0
    crossed = np.log(np.exp(shifted).sum()) - shifted[y.argmax()]
    entropy = -np.sum(y[used] * np.log(y[used]))
    return crossed, entropy, crossed - entropy


def forgets_the_softmax(z, y):
    used = y > 0
    crossed = -np.sum(y * z)
    entropy = -np.sum(y[used] * np.log(y[used]))
    return crossed, entropy, crossed - entropy


def softmax_twice(z, y):
    used = y > 0
    once = np.exp(z - z.max())
    once = once / once.sum()
    crossed = -np.sum(y * (once - np.log(np.exp(once).sum())))
    entropy = -np.sum(y[used] * np.log(y[used]))
    return crossed, entropy, crossed - entropy


def averages(z, y):
    shifted, used = z - z.max(), y > 0
    log_p = shifted - np.log(np.exp(shifted).sum())
    crossed = -np.mean(y * log_p)
    entropy = -np.sum(y[used] * np.log(y[used])) / len(y)
    return crossed, entropy, crossed - entropy


def in_bits(z, y):
    shifted, used = z - z.max(), y > 0
    log_p = (shifted - np.log(np.exp(shifted).sum())) / np.log(2)
    crossed = -np.sum(y * log_p)
    entropy = -np.sum(y[used] * np.log2(y[used]))
    return crossed, entropy, crossed - entropy


def adds_the_entropy(z, y):
    shifted, used = z - z.max(), y > 0
    log_p = shifted - np.log(np.exp(shifted).sum())
    crossed = -np.sum(y * log_p)
    entropy = -np.sum(y[used] * np.log(y[used]))
    return crossed, entropy, crossed + entropy


def in_another_order(z, y):
    shifted, used = z - z.max(), y > 0
    log_p = shifted - np.log(np.exp(shifted).sum())
    crossed = -np.sum(y * log_p)
    entropy = -np.sum(y[used] * np.log(y[used]))
    return crossed, crossed - entropy, entropy


def adds_a_little(z, y):
    used, little = y > 0, 1e-12
    p = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    crossed = -np.sum(y * np.log(p + little))
    entropy = -np.sum(y[used] * np.log(y[used]))
    return crossed, entropy, crossed - entropy


def without_the_shift(z, y):
    log_p, used = z - np.log(np.exp(z).sum()), y > 0
    crossed = -np.sum(y[used] * log_p[used])
    entropy = -np.sum(y[used] * np.log(y[used]))
    return crossed, entropy, crossed - entropy


def without_the_shift_by_p(z, y):
    used = y > 0
    p = np.exp(z) / np.exp(z).sum()
    crossed = -np.sum(y * np.log(p))
    entropy = -np.sum(y[used] * np.log(y[used]))
    return crossed, entropy, crossed - entropy


# --- unusual and right ---


def by_a_loop(z, y):
    top = max(z)
    total = top + math.log(sum(math.exp(v - top) for v in z))
    crossed = sum(t * (total - v) for t, v in zip(y, z, strict=True))
    entropy = -sum(t * math.log(t) for t in y if t)
    divergence = sum(t * (math.log(t) - v + total) for t, v in zip(y, z, strict=True) if t)
    return crossed, entropy, divergence


def by_the_library(z, y):
    import nnlib.numpy as nn

    crossed = nn.CrossEntropyLoss()(z[None], y[None])
    divergence = nn.KLDivLoss()(nn.log_softmax(z[None]), y[None])
    return [crossed, crossed - divergence, divergence]


PARTS = ("cross-entropy", "entropy", "divergence")


def cases():
    settings = [
        ([2.0, 1.0, 0.1], [0.7, 0.2, 0.1]),
        ([0.0, 0.0], [0.3, 0.7]),
        ([0.0, 0.0, 1.0, 2.0], [0.0, 0.5, 0.5, 0.0]),
        ([2.0, 1.0, 0.1], [1.0, 0.0, 0.0]),
        ([1.0, -1.0, 3.0], [0.05, 0.05, 0.9]),
        ([1500.0, 0.0, 3.0], [0.5, 0.25, 0.25]),                  # the largest far above the mean
        ([-900.0, -901.0], [0.5, 0.5]),
    ]
    return [Case((np.array(z), np.array(y)), oracle(z, y)) for z, y in settings]


def oracle(z, y):
    """By decimal arithmetic, outcome by outcome; each of the three from its own definition."""
    from decimal import Decimal

    e = [Decimal(v).exp() for v in z]
    p, target = [v / sum(e) for v in e], [Decimal(repr(v)) for v in y]
    pairs = [(t, q) for t, q in zip(target, p, strict=True) if t]
    return np.array([
        float(-sum(t * q.ln() for t, q in pairs)),
        float(-sum(t * t.ln() for t, _ in pairs)),
        float(sum(t * (t / q).ln() for t, q in pairs)),
    ])


EXERCISE = Exercise(
    identifier="losses.cost_parts",
    title="what no model can save",
    level="compute",
    prompt=(
        "Write `cost_parts(z, y)` for one row of logits `z` and a target `y` of probabilities, "
        "some of which may be 0 (NumPy arrays). Return three numbers in nats: the cross-entropy "
        "of the prediction p = softmax(z), the entropy of the target, and KL(y‖p). Where a target "
        "is 0, its term counts as 0, and no finite logits may break it. Example: z = (2, 1, 0.1) "
        "and y = (0.7, 0.2, 0.1) give 0.807030, 0.801819 and 0.005211."
    ),
    stub='''\
def cost_parts(z, y):
    """Cross-entropy of logits z for the target y, entropy of y, and KL."""
    return ...
''',
    solution=cost_parts,
    cases=cases,
    hints=(
        "Two of the three are sums of y times a logarithm; the third follows from them.",
        "The cross-entropy has ln p, with p = softmax(z); the entropy has ln y. The divergence is "
        "their difference.",
        "used = y > 0 picks the classes that count, in both sums. ln p is the logit minus the "
        "logarithm of a sum of exponentials.",
    ),
    passed="A model can bring the divergence to 0. The entropy of the target stays.",
    mistakes=(
        Mistake(
            "multiplies zero by infinity",
            "np.log(0) is minus infinity, and 0 times that is NaN. Which classes should not be in "
            "the sum?",
            answers=(zero_times_infinity,),
        ),
        Mistake(
            "makes a hard label of the target",
            "The likeliest class alone was used here. Each class counts with its own target.",
            answers=(hardens_the_target,),
        ),
        Mistake(
            "takes the entropy of the prediction",
            "The part that no model can change cannot depend on the model: the entropy is that of "
            "y.",
            answers=(entropy_of_the_prediction,),
        ),
        Mistake(
            "goes the other direction",
            "The first two are right. The third is KL(p‖y), weighed by the prediction; asked is "
            "KL(y‖p).",
            answers=(the_other_divergence,),
        ),
        Mistake(
            "takes logits for log-probabilities",
            "The softmax is missing: logits are no logarithms of probabilities yet.",
            answers=(forgets_the_softmax,),
        ),
        Mistake(
            "applies softmax twice",
            "The probabilities were treated as logits again: one softmax.",
            answers=(softmax_twice,),
        ),
        Mistake(
            "averages over the classes",
            "Weighted by the target, the sum already is an average: do not divide by the number "
            "of classes as well.",
            answers=(averages,),
        ),
        Mistake(
            "counts in bits",
            "These are bits, 1.442695 times as large as nats.",
            answers=(in_bits,),
        ),
        Mistake(
            "leaves out the shift",
            "e^1500 overflows: the logits need the shift of the stable softmax.",
            answers=(without_the_shift,),
        ),
        Mistake(
            "goes the other direction where the target is not 0",
            "The first two are right. The third is KL(p‖y), weighed by the prediction, over the "
            "classes of the target; asked is KL(y‖p).",
            answers=(the_other_divergence_where_used,),
        ),
        Mistake(
            "makes a hard label in the cross-entropy",
            "The entropy is right. The cross-entropy counts every class too, with its own target.",
            answers=(hardens_the_cross_entropy,),
        ),
        Mistake(
            "divides infinity by infinity",
            "e^1500 overflows, and infinity over infinity is NaN: the logits need the shift of the "
            "stable softmax.",
            answers=(without_the_shift_by_p,),
        ),
        Mistake(
            "gives the three in another order",
            "Three right numbers, the second and third exchanged: entropy first, divergence last.",
            answers=(in_another_order,),
        ),
        Mistake(
            "adds a little to the probability",
            "Right but for the logit 1500: a class 1497 below it costs 1497. With a little added "
            "to p there is a limit.",
            answers=(adds_a_little,),
            recognise=lambda seen: _levels_off(seen),
        ),
        Mistake(
            "adds the entropy",
            "The first two are right. Cross-entropy is entropy plus divergence; yours adds the "
            "entropy once more.",
            answers=(adds_the_entropy,),
        ),
    ),
    also_right=(by_a_loop, by_the_library),
    by_hand=(
        Asked("z = (0, 0), y = (0.3, 0.7)", (np.array([0.0, 0.0]), np.array([0.3, 0.7])), PARTS),
        Asked("z = (0, 0, 1, 2), y = (0, 0.5, 0.5, 0)",
              (np.array([0.0, 0.0, 1.0, 2.0]), np.array([0.0, 0.5, 0.5, 0.0])), PARTS),
    ),
)


def _levels_off(seen) -> bool:
    """Right where all logits are small; a limited cross-entropy where one is 1500."""
    for item in seen:
        got, expected = item.result, item.case.expected
        if np.shape(got) != (3,) or not np.isfinite(got).all():
            return False
        if expected[0] > 100:
            if not (abs(got[1] - expected[1]) < 1e-4 and 5 < got[0] < 100):
                return False
        elif not np.allclose(got, expected, atol=1e-4):
            return False
    return True
