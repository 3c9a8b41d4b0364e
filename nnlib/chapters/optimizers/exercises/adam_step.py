"""Build: one step of Adam."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def adam_step(w, m, s, t, grad, lr, beta1, beta2, eps):
    """Return w, m and s after step t of Adam, where t counts from 1."""
    m = beta1 * m + (1 - beta1) * grad
    s = beta2 * s + (1 - beta2) * grad**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return w - lr * m_hat / (s_hat**0.5 + eps), m, s


# --- answers with one misconception each ---


def uncorrected(w, m, s, t, grad, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    s = beta2 * s + (1 - beta2) * grad**2
    return w - lr * m / (s**0.5 + eps), m, s


def keeps_the_corrected(w, m, s, t, grad, lr, beta1, beta2, eps):
    m = (beta1 * m + (1 - beta1) * grad) / (1 - beta1**t)
    s = (beta2 * s + (1 - beta2) * grad**2) / (1 - beta2**t)
    return w - lr * m / (s**0.5 + eps), m, s


def counts_one_too_many(w, m, s, t, grad, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    s = beta2 * s + (1 - beta2) * grad**2
    m_hat, s_hat = m / (1 - beta1 ** (t + 1)), s / (1 - beta2 ** (t + 1))
    return w - lr * m_hat / (s_hat**0.5 + eps), m, s


def corrects_without_t(w, m, s, t, grad, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    s = beta2 * s + (1 - beta2) * grad**2
    m_hat, s_hat = m / (1 - beta1), s / (1 - beta2)
    return w - lr * m_hat / (s_hat**0.5 + eps), m, s


def eps_inside(w, m, s, t, grad, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    s = beta2 * s + (1 - beta2) * grad**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return w - lr * m_hat / (s_hat + eps) ** 0.5, m, s


def follows_the_gradient(w, m, s, t, grad, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    s = beta2 * s + (1 - beta2) * grad**2
    s_hat = s / (1 - beta2**t)
    return w - lr * grad / (s_hat**0.5 + eps), m, s


def without_the_root(w, m, s, t, grad, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    s = beta2 * s + (1 - beta2) * grad**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return w - lr * m_hat / (s_hat + eps), m, s


def mean_alone(w, m, s, t, grad, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    s = beta2 * s + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t)
    return w - lr * m_hat / (s**0.5 + eps), m, s


def squares_alone(w, m, s, t, grad, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    s = beta2 * s + (1 - beta2) * grad**2
    s_hat = s / (1 - beta2**t)
    return w - lr * m / (s_hat**0.5 + eps), m, s


def exchanges_the_memories(w, m, s, t, grad, lr, beta1, beta2, eps):
    m = beta2 * m + (1 - beta2) * grad
    s = beta1 * s + (1 - beta1) * grad**2
    m_hat, s_hat = m / (1 - beta2**t), s / (1 - beta1**t)
    return w - lr * m_hat / (s_hat**0.5 + eps), m, s


def uphill(w, m, s, t, grad, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    s = beta2 * s + (1 - beta2) * grad**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return w + lr * m_hat / (s_hat**0.5 + eps), m, s


# --- unusual and right ---


def with_the_corrections_in_the_rate(w, m, s, t, grad, lr, beta1, beta2, eps):
    m = m + (1 - beta1) * (grad - m)
    s = s + (1 - beta2) * (grad * grad - s)
    share = (1 - beta2**t) ** 0.5
    return [w - lr * share / (1 - beta1**t) * m / (s**0.5 + eps * share), m, s]


# After the gradients 2.5 and 2.75; the third step.
BY_HAND = (np.array([1.0]), np.array([2.0]), np.array([3.0625]), 3, np.array([-0.25]),
           1.5, 0.5, 0.75, 1.0)


def cases():
    made = []
    for path in paths.available():
        for seed, (t, eps) in enumerate([(1, 1e-8), (2, 0.5), (5, 1e-3), (40, 0.1)]):
            rng = np.random.default_rng(seed)
            earlier = rng.normal(size=(t, 3)) * 2
            expected = from_all_gradients(earlier, 0.1, 0.8, 0.95, eps)
            m, s = means(earlier[:-1], 0.8, 1), means(earlier[:-1], 0.95, 2)
            arrays = [paths.array(path, one) for one in (np.ones(3), m, s)]
            grad = paths.array(path, earlier[-1])
            made.append(Case((*arrays, t, grad, 0.1, 0.8, 0.95, eps), expected, path=path))
        w, m, s, t, grad, *settings = BY_HAND
        arrays = [paths.array(path, one) for one in (w, m, s)]
        expected = from_all_gradients(np.array([[2.5], [2.75], [-0.25]]), *settings)
        made.append(Case((*arrays, t, paths.array(path, grad), *settings), expected, path=path))
    return made


def means(gradients, beta, power):
    """The running mean of a power of the gradients, as one weighted sum."""
    weights = (1 - beta) * beta ** np.arange(len(gradients))[::-1]
    return (weights[:, None] * gradients**power).sum(axis=0)


def from_all_gradients(gradients, lr, beta1, beta2, eps):
    """What the step is, from the true weighted averages of all gradients so far."""
    ages = np.arange(len(gradients))[::-1]
    mean = np.average(gradients, axis=0, weights=beta1**ages)
    size = np.sqrt(np.average(gradients**2, axis=0, weights=beta2**ages))
    return [1 - lr * mean / (size + eps), means(gradients, beta1, 1), means(gradients, beta2, 2)]


EXERCISE = Exercise(
    identifier="optimizers.adam_step",
    title="a step of Adam",
    level="build",
    prompt=(
        "Write `adam_step(w, m, s, t, grad, lr, beta1, beta2, eps)`: return the new `w`, `m` and "
        "`s`, in this order, and leave the old ones as they were. `t` is the number of this step, "
        "from 1. `w`, `m`, `s` and `grad` are NumPy arrays or torch tensors of one shape. Example: "
        "in step 1, from `w = 1` with both means at 0, the gradient −3 at rate 0.1 gives a `w` of "
        "1.1."
    ),
    stub='''\
def adam_step(w, m, s, t, grad, lr, beta1, beta2, eps):
    """Return w, m and s after step t of Adam, where t counts from 1."""
    return ...
''',
    solution=adam_step,
    cases=cases,
    hints=(
        "Four lines: both means, both corrections, the step, and what is returned.",
        "The corrected means serve this step only. What is handed on are m and s as they are.",
        "A power takes roots on either path; ε is added to the root.",
    ),
    passed="The corrected means are true averages: the shares in each add up to 1.",
    mistakes=(
        Mistake(
            "leaves out the corrections",
            "The means are right, and the step uses them uncorrected: early steps have the wrong "
            "length.",
            answers=(uncorrected,),
        ),
        Mistake(
            "keeps the corrected means",
            "The corrected means are handed on, so the next step corrects them once more.",
            answers=(keeps_the_corrected,),
        ),
        Mistake(
            "counts one too many",
            "The powers are one too high: t counts from 1 already.",
            answers=(counts_one_too_many,),
        ),
        Mistake(
            "corrects without t",
            "Right in the first step. The share that is missing shrinks with every step.",
            answers=(corrects_without_t,),
        ),
        Mistake(
            "puts ε inside the root",
            "ε stands under the root here. The formula adds it outside.",
            answers=(eps_inside,),
        ),
        Mistake(
            "follows the newest gradient",
            "The step follows the newest gradient, not the mean of them: that is RMSprop with a "
            "correction.",
            answers=(follows_the_gradient,),
        ),
        Mistake(
            "leaves out the root",
            "The divisor is the mean of squares itself, without its root.",
            answers=(without_the_root,),
        ),
        Mistake(
            "corrects the mean alone",
            "The mean of the gradients is corrected and that of their squares is not. Both start "
            "at 0.",
            answers=(mean_alone,),
        ),
        Mistake(
            "corrects the squares alone",
            "The mean of the squares is corrected and that of the gradients is not. Both start at "
            "0.",
            answers=(squares_alone,),
        ),
        Mistake(
            "exchanges the memories",
            "β₁ and β₂ are exchanged: β₁ belongs to the mean of the gradients.",
            answers=(exchanges_the_memories,),
        ),
        Mistake(
            "goes uphill",
            "m and s are right. The weights move along the mean gradient, which points uphill.",
            answers=(uphill,),
        ),
    ),
    also_right=(with_the_corrections_in_the_rate,),
    by_hand=(
        Asked("t = 3, w = 1, m = 2, s = 3.0625; g = −0.25; rate 1.5, β 0.5 and 0.75, ε 1", BY_HAND,
              parts=("w", "m", "s")),
    ),
)
