"""What a step costs in several processes: the arithmetic of a ring all-reduce.

A model of a cluster, not a measurement: every device equally fast, every link equally wide, no
stragglers.
"""

BYTES = 4                              # of a gradient in float32
FLOPS_A_WEIGHT = 6                     # forward 2, backward 4, for each weight and row
BACKWARD = 2 / 3                       # the part of a step behind which an all-reduce can hide


def bytes_sent(parameters, processes, bytes_each=BYTES):
    """Return what each process sends in one all-reduce: 2 (n − 1) / n of the gradient."""
    return 2 * (processes - 1) / processes * parameters * bytes_each


def all_reduce(parameters, processes, bandwidth, latency):
    """Return the seconds of one ring all-reduce: 2 (n − 1) messages, and their bytes."""
    return (2 * (processes - 1) * latency
            + bytes_sent(parameters, processes) / bandwidth)


def compute(parameters, rows, speed):
    """Return the seconds of forward and backward for the rows of one process."""
    return FLOPS_A_WEIGHT * parameters * rows / speed


def step(parameters, processes, rows, *, speed, bandwidth, latency, overlap):
    """Return the seconds of one step: compute, and what of the all-reduce cannot hide."""
    working = compute(parameters, rows, speed)
    talking = all_reduce(parameters, processes, bandwidth, latency)
    hidden = BACKWARD * working if overlap else 0.0
    return working + max(0.0, talking - hidden)


def efficiency(parameters, processes, rows, **cluster):
    """Return which part of a step every process spends on its rows."""
    alone = compute(parameters, rows, cluster["speed"])
    return alone / step(parameters, processes, rows, **cluster)
