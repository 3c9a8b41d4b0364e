"""How fast a training step is, compared with PyTorch and scikit-learn on the same machine.

    make bench            all comparisons, about three minutes
    python benchmarks/bench.py --rounds 3

Absolute times say little about another machine; ratios say more. Each side runs in a process of its
own, so that no library sees the threads or caches of another. They take turns, A B C D A B C D …,
so that a slow spell of the machine hits all of them; a ratio is formed within a round, and of the
rounds the median is shown with the lowest and highest.
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

from benchmarks.sides import CASES, SIDES  # noqa: E402  (the folder is no installed package)

REFERENCE = "torch.nn"
# (side, compared with, highest ratio aimed at in each case); lower is better
GOALS = [
    ("nnlib.numpy", REFERENCE, (0.4, 1.1)),
    ("nnlib.torch", REFERENCE, (1.1, 1.1)),
    ("nnlib.torch with loss.backward()", REFERENCE, (1.1, 1.1)),
    ("nnlib.numpy", "MLPClassifier", (0.5, 0.5)),
]
PAUSE = 0.3  # seconds until the threads of the side before have gone to sleep


def start(side, case, threads):
    variables = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.sides", side, case],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | dict.fromkeys(variables, str(threads)),
    )
    if process.stdout.readline().strip() != "ready":
        raise RuntimeError(f"{side} did not start, see its error above")
    return process


def measure(case, threads, rounds):
    """Microseconds a step: one list for each side, one entry for each round."""
    processes = {side: start(side, case, threads) for side in SIDES}
    times = {side: [] for side in SIDES}
    try:
        for _ in range(rounds):
            for side, process in processes.items():
                time.sleep(PAUSE)
                process.stdin.write("go\n")
                process.stdin.flush()
                times[side].append(float(process.stdout.readline()))
    finally:
        for process in processes.values():
            process.stdin.close()
            process.wait()
    return times


def spread(values, form):
    values = sorted(values)
    return form.format(statistics.median(values), values[0], values[-1])


def report(case, threads, times):
    print(f"\n{case}, {threads} thread{'s' if threads > 1 else ''}")
    for side, values in times.items():
        print(f"  {side:<34}" + spread(values, "{:9.0f} µs a step   ({:.0f} to {:.0f})"))
    for side, other, goals in GOALS:
        ratios = [a / b for a, b in zip(times[side], times[other], strict=True)]
        goal = goals[list(CASES).index(case)]
        met = "yes" if statistics.median(ratios) <= goal else "NO"
        text = spread(ratios, "{:.2f} ({:.2f} to {:.2f})")
        print(f"  {f'{side} / {other}':<45} {text:<22} goal ≤ {goal}: {met}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()

    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "torch", "scikit-learn"))
    print(f"One training step: forward, loss, backward, Adam; float32; {options.rounds} rounds.")
    print(f"Python {platform.python_version()}, {packages}; {os.cpu_count()} processors.")
    for threads in options.threads:
        for case in CASES:
            report(case, threads, measure(case, threads, options.rounds))


if __name__ == "__main__":
    main()
