"""Learning-rate schedules: the rate as a function of time.

A schedule is called with the time t in epochs and returns the rate: ``schedule(18)``, or between
epochs ``schedule(18.5)``. `fit` asks before every step, at ``t = epoch + step / steps_per_epoch``,
so one schedule serves every batch size. A schedule keeps no state; only `ReduceLROnPlateau`, which
reacts to what it is told, does.

In the formulas η₀ is ``lr`` and T is ``epochs``. All raise ValueError for numbers out of range,
also for a time that is negative or NaN.
"""

import math

from nnlib import validation


class Schedule:
    """Base: checks η₀ and t, and calls ``rate``."""

    def __init__(self, lr: float):
        self.lr = validation.check_at_least(type(self).__name__, "lr", lr)

    def __call__(self, t: float) -> float:
        """Return the rate at time t, in epochs since the start of training."""
        return self.rate(validation.check_at_least(type(self).__name__, "t", t))

    def rate(self, t: float) -> float:
        raise NotImplementedError

    def __repr__(self) -> str:
        settings = ", ".join(f"{name}={value:g}" for name, value in vars(self).items())
        return f"{type(self).__name__}({settings})"


class ConstantLR(Schedule):
    """The same rate always: ``η(t) = η₀``."""

    def rate(self, t: float) -> float:
        return self.lr


class StepLR(Schedule):
    """Every so many epochs a fraction of before: ``η(t) = η₀ γ^⌊t / step_size⌋``.

    Parameters
    ----------
    lr : float
        η₀ ≥ 0.
    step_size : float
        Epochs between two drops, > 0.
    gamma : float
        γ, 0 < γ ≤ 1: what is left after a drop.
    """

    def __init__(self, lr: float, *, step_size: float, gamma: float = 0.1):
        super().__init__(lr)
        self.step_size = validation.check_above("StepLR", "step_size", step_size)
        self.gamma = _check_factor("StepLR", "gamma", gamma)

    def rate(self, t: float) -> float:
        return self.lr * self.gamma ** math.floor(t / self.step_size)


class ExponentialLR(Schedule):
    """The same fraction lost in every epoch: ``η(t) = η₀ γ^t``.

    At whole epochs this is PyTorch's; in between it falls smoothly, where PyTorch's stays.

    Parameters
    ----------
    lr : float
        η₀ ≥ 0.
    gamma : float
        γ, 0 < γ ≤ 1: what is left after an epoch.
    """

    def __init__(self, lr: float, *, gamma: float):
        super().__init__(lr)
        self.gamma = _check_factor("ExponentialLR", "gamma", gamma)

    def rate(self, t: float) -> float:
        return self.lr * self.gamma**t


class InverseTimeLR(Schedule):
    """Hyperbolic decay: ``η(t) = η₀ / (1 + k t)``.

    Slow enough that the steps sum to infinity (any place can be reached) and fast enough that their
    squares do not (the noise of mini-batches averages out): the conditions under which Robbins and
    Monro (1951), "A stochastic approximation method", proved convergence.

    Parameters
    ----------
    lr : float
        η₀ ≥ 0.
    decay : float
        k ≥ 0, per epoch: after 1/k epochs the rate has halved.
    """

    def __init__(self, lr: float, *, decay: float):
        super().__init__(lr)
        self.decay = validation.check_at_least("InverseTimeLR", "decay", decay)

    def rate(self, t: float) -> float:
        return self.lr / (1.0 + self.decay * t)


class CosineLR(Schedule):
    """Half a cosine wave from η₀ down to η_min: slow, fast, slow.

    ``η(t) = η_min + ½ (η₀ - η_min) (1 + cos(π t / T))``, and η_min after T.

    Loshchilov and Hutter (2017), "SGDR: stochastic gradient descent with warm restarts", eq. 5,
    without the restarts.

    Parameters
    ----------
    lr : float
        η₀ ≥ 0.
    epochs : float
        T > 0, the length of the training.
    min_lr : float
        η_min, 0 ≤ η_min ≤ η₀.
    """

    def __init__(self, lr: float, *, epochs: float, min_lr: float = 0.0):
        super().__init__(lr)
        self.epochs = validation.check_above("CosineLR", "epochs", epochs)
        self.min_lr = _check_min_lr("CosineLR", min_lr, self.lr)

    def rate(self, t: float) -> float:
        return _cosine(self.lr, self.min_lr, t / self.epochs)


class WarmupCosineLR(Schedule):
    """A straight rise to η₀ over the first epochs, then half a cosine wave down.

    ::

        η(t) = η₀ (s + (1 - s) t / W)                                     for t < W
        η(t) = η_min + ½ (η₀ - η_min) (1 + cos(π (t - W) / (T - W)))      for W ≤ t ≤ T

    and η_min after T. It rises with every step, not once an epoch; at t = W both lines give η₀.

    Goyal et al. (2017), "Accurate, large minibatch SGD", section 2.2, for the gradual warm-up.

    Parameters
    ----------
    lr : float
        η₀ ≥ 0, the highest rate.
    epochs : float
        T > W, the length of the whole training, warm-up included.
    warmup : float
        W ≥ 0, epochs of warm-up.
    start_factor : float
        s in [0, 1]: the first step is made at s · η₀.
    min_lr : float
        η_min, 0 ≤ η_min ≤ η₀.
    """

    def __init__(
        self,
        lr: float,
        *,
        epochs: float,
        warmup: float,
        start_factor: float = 0.2,
        min_lr: float = 0.0,
    ):
        super().__init__(lr)
        self.warmup = validation.check_at_least("WarmupCosineLR", "warmup", warmup)
        self.epochs = validation.check_above("WarmupCosineLR", "epochs", epochs, self.warmup)
        self.start_factor = validation.check_fraction(
            "WarmupCosineLR", "start_factor", start_factor, one=True
        )
        self.min_lr = _check_min_lr("WarmupCosineLR", min_lr, self.lr)

    def rate(self, t: float) -> float:
        if t < self.warmup:
            s = self.start_factor
            return self.lr * (s + (1.0 - s) * t / self.warmup)
        return _cosine(self.lr, self.min_lr, (t - self.warmup) / (self.epochs - self.warmup))


class ReduceLROnPlateau:
    """Lower the rate when a metric, such as the validation loss, has stopped falling.

    ``update`` takes the metric of an epoch. It is better than the best so far if it is below
    ``best · (1 - threshold)``; after more than ``patience`` epochs in a row that are not, the rate
    becomes ``max(factor · rate, min_lr)`` and counting starts anew. NaN is not better. The rules
    are those of PyTorch's scheduler of this name with its defaults.

    Parameters
    ----------
    lr : float
        The first rate, ≥ 0.
    factor : float
        0 < factor < 1.
    patience : int
        Epochs without improvement that are still forgiven, ≥ 0.
    threshold : float
        How much smaller counts as better, relative to the best, in [0, 1).
    min_lr : float
        The lowest rate, 0 ≤ min_lr ≤ lr.
    """

    def __init__(
        self,
        lr: float,
        *,
        factor: float = 0.1,
        patience: int = 10,
        threshold: float = 1e-4,
        min_lr: float = 0.0,
    ):
        owner = "ReduceLROnPlateau"
        self.lr = validation.check_at_least(owner, "lr", lr)
        self.factor = _check_factor(owner, "factor", factor)
        if self.factor == 1.0:
            raise ValueError(f"{owner} expected factor < 1, got 1: the rate would never fall")
        self.patience = validation.check_at_least(owner, "patience", patience)
        self.threshold = validation.check_fraction(owner, "threshold", threshold)
        self.min_lr = _check_min_lr(owner, min_lr, self.lr)
        self.best = math.inf
        self.bad_epochs = 0

    def update(self, metric: float) -> float:
        """Take the metric of the epoch that has ended, return the rate for the next one."""
        metric = float(metric)
        if metric < self.best * (1.0 - self.threshold):
            self.best, self.bad_epochs = metric, 0
        else:
            self.bad_epochs += 1
        if self.bad_epochs > self.patience:
            self.lr, self.bad_epochs = max(self.factor * self.lr, self.min_lr), 0
        return self.lr


def _cosine(high: float, low: float, progress: float) -> float:
    return low + 0.5 * (high - low) * (1.0 + math.cos(math.pi * min(progress, 1.0)))


def _check_factor(owner: str, argument: str, value: float) -> float:
    value = validation.check_above(owner, argument, value)
    return validation.check_fraction(owner, argument, value, one=True)


def _check_min_lr(owner: str, min_lr: float, lr: float) -> float:
    min_lr = validation.check_at_least(owner, "min_lr", min_lr)
    if min_lr > lr:
        raise ValueError(f"{owner} expected min_lr <= lr={lr:g}, got {min_lr:g}")
    return min_lr
