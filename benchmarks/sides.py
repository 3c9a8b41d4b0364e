"""One side of a comparison, in a process of its own: ``python -m benchmarks.sides numpy small``.

It builds its model, says "ready", and for each line on its standard input trains for a moment and
answers with the microseconds that one step took. In between it does nothing.

Every side does the same work: the same data, network, batch size, loss and optimizer (Adam), in
float32, over batches in order.
"""

import sys
import time

import numpy as np

# name: (inputs, hidden units, classes, batch size)
CASES = {
    "64-64-10, batch 32": (64, 64, 10, 32),
    "784-512-10, batch 128": (784, 512, 10, 128),
}
BATCHES = 50
RATE = 0.001
SECONDS = 0.5  # of training for one answer


def make_data(inputs, classes, batch_size):
    rng = np.random.default_rng(0)
    rows = BATCHES * batch_size
    return rng.standard_normal((rows, inputs)).astype("float32"), rng.integers(0, classes, rows)


def nnlib_epoch(nn, inputs, hidden, classes, batch_size, *, autograd=False):
    """A function that trains one epoch with the loop of the course.

    With ``autograd`` the way back is torch's ``loss.backward()`` instead, through the same layers.
    """
    rng = np.random.default_rng(0)
    model = nn.Sequential(
        nn.Dense(inputs, hidden, rng=rng), nn.ReLU(), nn.Dense(hidden, classes, rng=rng)
    )
    loss_fn = nn.CrossEntropyLoss()
    optimizer = nn.Adam(model.parameters(), lr=RATE)
    batches = list(nn.batches(*make_data(inputs, classes, batch_size), batch_size=batch_size))

    def epoch():
        for x, y in batches:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            if autograd:
                loss.backward()
            else:
                model.backward(loss_fn.backward(), input_grad=False)
            optimizer.step()

    return epoch


def numpy_epoch(*case):
    import nnlib.numpy as nn

    return nnlib_epoch(nn, *case)


def nnlib_torch_epoch(*case):
    import nnlib.torch as nn

    return nnlib_epoch(nn, *case)


def nnlib_torch_autograd_epoch(*case):
    import nnlib.torch as nn

    return nnlib_epoch(nn, *case, autograd=True)


def torch_epoch(inputs, hidden, classes, batch_size):
    """The same in torch's own words, eager."""
    import torch

    torch.manual_seed(0)
    model = torch.nn.Sequential(
        torch.nn.Linear(inputs, hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, classes)
    )
    loss_fn = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    x, y = (torch.from_numpy(part) for part in make_data(inputs, classes, batch_size))
    batches = list(zip(x.split(batch_size), y.split(batch_size), strict=True))

    def epoch():
        for x, y in batches:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    return epoch


def sklearn_epoch(inputs, hidden, classes, batch_size):
    """``partial_fit`` is one epoch; its checks of the data are shared by all the epoch's steps."""
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier(
        (hidden,), solver="adam", alpha=0.0, batch_size=batch_size, learning_rate_init=RATE,
        shuffle=False, random_state=0,
    )  # fmt: skip
    x, y = make_data(inputs, classes, batch_size)
    model.partial_fit(x, y, classes=np.arange(classes))

    def epoch():
        model.partial_fit(x, y)

    return epoch


SIDES = {
    "torch.nn": torch_epoch,
    "nnlib.numpy": numpy_epoch,
    "nnlib.torch": nnlib_torch_epoch,
    "nnlib.torch with loss.backward()": nnlib_torch_autograd_epoch,
    "MLPClassifier": sklearn_epoch,
}


def main(side, case):
    epoch = SIDES[side](*CASES[case])
    epoch()  # the first steps make buffers and wake threads
    print("ready", flush=True)
    for _ in sys.stdin:
        epochs, start = 0, time.perf_counter()
        while time.perf_counter() - start < SECONDS:
            epoch()
            epochs += 1
        elapsed = time.perf_counter() - start
        print(elapsed / (epochs * BATCHES) * 1e6, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
