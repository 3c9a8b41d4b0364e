"""One side of a comparison, in a process of its own.

    python -m benchmarks.sides "nnlib.numpy" "MLP 64-64-10, batch 32"

It builds its network, says "ready", and for each line on its standard input trains for a moment
and answers with two numbers: the microseconds that one step took, and the mebibytes by which the
process has at most grown since it had its libraries and data. In between it does nothing.
"""

import os
import sys
import time

import numpy as np

from benchmarks.cases import BY_NAME

RATE = 0.001
SECONDS = 0.5  # of training for one answer


def nnlib_epoch(nn, case, *, autograd=False, device=None, compiled=False):
    """A function that goes once through the data with the loop of the course.

    With ``autograd`` the way back is torch's ``loss.backward()`` instead, through the same layers.
    """
    model = case.ours(nn, np.random.default_rng(0))
    if device:
        model.to(device)
    if compiled:
        model.compile()
    batches = [tuple(on(nn, part, device) for part in pair) for pair in case.data()]
    if case.labels is None:
        return lambda: ours_alone(nn, model, batches, autograd)
    loss_fn = nn.CrossEntropyLoss()
    optimizer = nn.Adam(model.parameters(), lr=RATE)

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


def on(nn, array, device):
    """An array as the path takes it, on the device."""
    if array is None:
        return None
    array = nn.tensor(array)
    return array.to(device) if device else array


def ours_alone(nn, layer, batches, autograd):
    """Forward and backward of one layer."""
    for x, _ in batches:
        layer.zero_grad()
        if autograd:
            y = layer(x.detach().requires_grad_())
            y.backward(upstream(y, nn.tensor))
        else:
            y = layer(x)
            layer.backward(upstream(y, nn.tensor))


_upstream = {}


def upstream(y, tensor):
    """Random numbers of the shape of y, made once."""
    shape = tuple(y.shape)
    if shape not in _upstream:
        values = np.random.default_rng(1).standard_normal(shape).astype("float32")
        values = tensor(values)
        _upstream[shape] = values.to(y.device) if hasattr(values, "to") else values
    return _upstream[shape]


def numpy_epoch(case):
    import nnlib.numpy as nn

    return nnlib_epoch(nn, case)


def nnlib_torch_epoch(case, **options):
    import nnlib.torch as nn

    return nnlib_epoch(nn, case, **options)


def torch_epoch(case, device=None, compiled=False, fused=None):
    """The same in torch's own words, eager unless compiled; Adam in one kernel where fused."""
    import torch

    torch.manual_seed(0)
    model = case.plain(torch.nn).to(device)
    if compiled:
        model.compile()
    batches = []
    for x, y in case.data():
        x = torch.from_numpy(x)
        x = x.movedim(-1, 1).contiguous() if case.images else x
        batches.append((x.to(device), y if y is None else torch.from_numpy(y).to(device)))
    if case.labels is None:

        def alone():
            for x, _ in batches:
                model.zero_grad()
                y = model(x.detach().requires_grad_())
                y.backward(upstream(y, torch.from_numpy))

        return alone
    loss_fn = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE, fused=fused)

    def epoch():
        for x, y in batches:
            prediction = model(x)
            if prediction.ndim > 2:
                prediction, y = prediction.flatten(0, 1), y.flatten()
            loss = loss_fn(prediction, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    return epoch


def sklearn_epoch(case, step_by_step=False):
    """``partial_fit`` is one epoch; its checks of the data are shared by all the epoch's steps.

    Step by step it is called for each batch, as whoever writes the training loop has to.
    """
    from sklearn.neural_network import MLPClassifier

    x, y = (np.concatenate(parts) for parts in zip(*case.data(), strict=True))
    model = MLPClassifier(
        (case.hidden,), solver="adam", alpha=0.0, batch_size=case.shape[0],
        learning_rate_init=RATE, shuffle=False, random_state=0,
    )  # fmt: skip
    model.partial_fit(x, y, classes=np.arange(case.classes))
    if not step_by_step:
        return lambda: model.partial_fit(x, y)

    def epoch():
        for inputs, labels in case.data():
            model.partial_fit(inputs, labels)

    return epoch


SIDES = {
    "torch.nn": torch_epoch,
    "torch.nn, fused Adam": lambda case: torch_epoch(case, fused=True),
    "nnlib.numpy": numpy_epoch,
    "nnlib.torch": nnlib_torch_epoch,
    "nnlib.torch, loss.backward()": lambda case: nnlib_torch_epoch(case, autograd=True),
    "MLPClassifier, a whole epoch": sklearn_epoch,
    "MLPClassifier, step by step": lambda case: sklearn_epoch(case, step_by_step=True),
}
GPU_SIDES = {
    "torch.nn": lambda case: torch_epoch(case, "cuda"),
    "nnlib.torch": lambda case: nnlib_torch_epoch(case, device="cuda"),
    "torch.nn, compiled": lambda case: torch_epoch(case, "cuda", compiled=True),
    "nnlib.torch, compiled": lambda case: nnlib_torch_epoch(case, device="cuda", compiled=True),
}


def resident(field):
    """A memory figure of this process in MiB: VmRSS is now, VmHWM the highest so far (Linux)."""
    with open("/proc/self/status") as file:
        line = next(line for line in file if line.startswith(field))
    return int(line.split()[1]) / 1024


def keep_freed_memory():
    """Make chance equal for all sides: whether the C library keeps memory between steps.

    By default glibc hands a freed end of its heap back to the system, and the next step gets it
    again page by page. Whether that happens in every step or never depends on how a few blocks come
    to lie, and makes up to a half of a small CNN's step, on any side. Once one large array has been
    freed it keeps what it has, as in any program that has freed its raw data after loading.
    """
    np.empty(31 * 2**20, "uint8")  # never touched, so it takes no memory


def main(side, name, device="cpu"):
    case = BY_NAME[name]
    if "numpy" not in side:
        import torch
    if "MLP" in side:
        import sklearn.neural_network  # noqa: F401
    elif side.startswith("nnlib"):
        __import__("nnlib.numpy" if "numpy" in side else "nnlib.torch")
    keep_freed_memory()
    size_of_data = sum(part.nbytes for pair in case.data() for part in pair if part is not None)
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")  # the highest so far becomes what it is now
    start = resident("VmRSS") + size_of_data / 2**20
    epoch = (SIDES if device == "cpu" else GPU_SIDES)[side](case)
    # On one thread the processor's time is the time taken, less what other programs took of it.
    alone = device == "cpu" and os.environ.get("OMP_NUM_THREADS") == "1"
    clock = time.process_time if alone else time.perf_counter
    epoch()  # the first steps make buffers and wake threads
    print("ready", flush=True)
    for _ in sys.stdin:
        epochs, begin = 0, clock()
        while clock() - begin < SECONDS:
            epoch()
            epochs += 1
            if device != "cpu":
                torch.cuda.synchronize()
        elapsed = clock() - begin
        grown = resident("VmHWM") - start
        if device != "cpu":
            grown = torch.cuda.max_memory_allocated() / 2**20
        print(elapsed / (epochs * case.batches) * 1e6, grown, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
