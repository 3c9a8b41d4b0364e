"""How fast a training step is, compared with PyTorch and scikit-learn on the same machine.

    make bench                                      all comparisons, about ten minutes
    python benchmarks/bench.py --only CNN --rounds 3 --threads 1

Absolute times say little about another machine; ratios say more. Each side runs in a process of its
own, so that no library sees the threads or caches of another. They take turns, A B C D A B C D …,
so that a slow spell of the machine hits all of them; a ratio is formed within a round, and of the
rounds the median is shown with the lowest and highest. Memory is by how much a process has at most
grown since it had loaded its libraries and data, on a GPU the most that torch had allocated there.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.cases import CASES, GROWTH  # noqa: E402  (the folder is no installed package)
from benchmarks.sides import GPU_SIDES, SIDES  # noqa: E402

REFERENCE = "torch.nn"
FUSED = "torch.nn, fused Adam"
PAUSE = 0.3  # seconds until the threads of the side before have gone to sleep


def blas_kernels():
    """Which kernels multiply matrices for NumPy: most of a large step is spent in them."""
    import numpy  # noqa: F401  (loads its library)
    from threadpoolctl import threadpool_info  # comes with scikit-learn

    pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
    return ", ".join(sorted({pool.get("architecture", "unknown") for pool in pools}))


def let_libraries_choose_their_kernels():
    """A variable that ties OpenBLAS to the kernels of an older processor ties NumPy, not torch."""
    for variable in [name for name in os.environ if name.startswith("OPENBLAS_")]:
        del os.environ[variable]


def start(side, case, threads, device):
    variables = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.sides", side, case.name, device],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | dict.fromkeys(variables, str(threads)),
    )
    if process.stdout.readline().strip() != "ready":
        raise RuntimeError(f"{side} did not start, see its error above")
    return process


def measure(case, threads, rounds, device="cpu"):
    """Microseconds a step, one list for each side with one entry for each round; and mebibytes."""
    sides = [
        side
        for side in (SIDES if device == "cpu" else GPU_SIDES)
        if case.hidden or not (side.startswith("MLPClassifier") or side == FUSED)
    ]
    processes, times, memory = {}, {side: [] for side in sides}, {}
    try:
        for side in sides:
            processes[side] = start(side, case, threads, device)
        for _ in range(rounds):
            for side, process in processes.items():
                time.sleep(PAUSE)
                process.stdin.write("go\n")
                process.stdin.flush()
                step, memory[side] = map(float, process.stdout.readline().split())
                times[side].append(step)
    finally:
        for process in processes.values():
            process.stdin.close()
            process.wait()
    return times, memory


def spread(values, form):
    values = sorted(values)
    return form.format(statistics.median(values), values[0], values[-1])


def ratio(times, side, other):
    return [a / b for a, b in zip(times[side], times[other], strict=True)]


def goals(case, times, threads):
    """(side, compared with, highest ratio aimed at); lower is better."""
    by_hand, on_torch = case.goals
    if threads > 1 and case.at_two_threads:
        by_hand = case.at_two_threads
    found = [("nnlib.numpy", REFERENCE, by_hand)] if "nnlib.numpy" in times else []
    if FUSED in times and case.beside_fused:
        found.append(("nnlib.numpy", FUSED, case.beside_fused))
    found += [(side, REFERENCE, on_torch) for side in times if side.startswith("nnlib.torch")]
    found += [("nnlib.numpy", side, 0.5) for side in times if side.startswith("MLPClassifier")]
    return found


def report(case, title, times, memory, threads=1):
    print(f"\n{case.name}, {title}")
    for side, values in times.items():
        step = spread(values, "{:9.0f} µs a step   ({:.0f} to {:.0f})")
        print(f"  {side:<32}{step:<42}{memory[side]:7.1f} MiB")
    for side, other, goal in goals(case, times, threads):
        ratios = ratio(times, side, other)
        met = "yes" if statistics.median(ratios) <= goal else "NO"
        text = spread(ratios, "{:.2f} ({:.2f} to {:.2f})")
        print(f"  {f'{side} / {other}':<45} {text:<22} goal ≤ {goal}: {met}")


def report_growth(rounds):
    """Cost over batch size and width, on one thread."""
    for title, cases in GROWTH.items():
        print(f"\nCost over {title}, 1 thread: µs a step, and as a ratio to {REFERENCE}")
        for case in cases:
            times, _ = measure(case, 1, rounds)
            cells = [f"  {case.name:<12}"]
            for side, values in times.items():
                part = f"{side} {statistics.median(values):.0f}"
                if side != REFERENCE:
                    part += f" ({statistics.median(ratio(times, side, REFERENCE)):.2f})"
                cells.append(part)
            print("   ".join(cells), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--only", default="", help="cases whose name contains this")
    parser.add_argument("--device", choices=["cpu", "cuda"], help="default: all there are")
    options = parser.parse_args()

    let_libraries_choose_their_kernels()
    kernels = blas_kernels()  # before torch brings a library of its own
    import torch

    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "torch", "scikit-learn"))
    print(f"One training step: forward, loss, backward, Adam; float32; {options.rounds} rounds.")
    print(f"Python {platform.python_version()}, {packages}; {os.cpu_count()} processors.")
    print(f"NumPy's BLAS kernels: {kernels}.")
    chosen = [case for case in CASES if options.only in case.name]
    if options.device != "cuda":
        for threads in options.threads:
            title = f"{threads} thread{'s' if threads > 1 else ''}"
            for case in chosen:
                report(case, title, *measure(case, threads, options.rounds), threads)
        if not options.only:
            report_growth(min(options.rounds, 3))
    if options.device != "cpu" and torch.cuda.is_available():
        for case in chosen:
            title = torch.cuda.get_device_name()
            report(case, title, *measure(case, 1, options.rounds, "cuda"))


if __name__ == "__main__":
    main()
