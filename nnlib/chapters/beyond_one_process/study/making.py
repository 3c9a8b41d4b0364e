"""Measuring: one and two processes in turn, memory of a kernel, bytes of the built pages."""

import gzip
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import torch

from nnlib.chapters.beyond_one_process import launching
from nnlib.chapters.beyond_one_process.study import kept

REPEATS = 5
PAGES = launching.REPOSITORY / "_build" / "html"
COMPRESSED_ALREADY = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".woff", ".woff2"}

# What a notebook of the course has imported when it has run its first cells.
KERNELS = {
    "kernel alone": "",
    "nnlib.numpy": "import matplotlib.pyplot, nnlib.numpy, nnlib.widgets",
    "nnlib.torch": "import matplotlib.pyplot, nnlib.numpy, nnlib.widgets, nnlib.torch",
}


def write_results(path=kept.RESULTS):
    """Measure everything and write it to `path`: a few minutes on a machine with two cores."""
    runs = {1: [], 2: []}
    for _ in range(REPEATS):                           # in turn, so that both meet the same weather
        for processes, of_these in runs.items():
            of_these.append(timed(processes))
    made = {
        "machine": machine(), "cores": os.cpu_count(),
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
        "repeats": REPEATS,
        "steps": {model: {str(n): [round(run["steps"][model], 3) for run in of_these]
                          for n, of_these in runs.items()} for model in ("small", "large")},
        "all_reduce": medians(runs[2], "all_reduce"),
        "straggler": medians(runs[2], "straggler"),
        "memory": {name: memory(code) for name, code in KERNELS.items()},
        "pages": pages(),
    }
    Path(path).write_text(json.dumps(made, indent=1) + "\n")


def timed(processes):
    """Run the timing program once and return what it found."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder, "times.json")
        with launching.torchrun("study.timing", "--result", result, processes=processes) as run:
            status, errors = run.wait(300)
        if status:
            raise RuntimeError(errors)
        return json.loads(result.read_text())


def medians(runs, key):
    """Return, for each place of a list of pairs, the median of the repeats."""
    columns = zip(*(run[key] for run in runs), strict=True)
    return [[column[0][0], round(median(time for _, time in column), 4)] for column in columns]


def memory(code):
    """Return the MB that a notebook's kernel holds after running `code`: (resident, of its own).

    What is shared with other processes (the code of libraries) counts in full in the first, and in
    equal parts in the second, so several kernels on one machine need less than the sum.
    """
    from jupyter_client.manager import start_new_kernel

    read = ("import pathlib as _p; print({l.split(':')[0]: int(l.split()[1]) for l in "
            "_p.Path('/proc/self/smaps_rollup').read_text().splitlines()[1:]})")
    manager, client = start_new_kernel(env=launching.environment())
    try:
        said = []

        def listen(message):
            if message["msg_type"] == "stream":
                said.append(message["content"]["text"])

        client.execute_interactive(code, timeout=120, output_hook=listen)
        client.execute_interactive(read, timeout=120, output_hook=listen)
        sizes = json.loads(said[-1].replace("'", '"'))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return [round(sizes[name] * 1024 / 1e6) for name in ("Rss", "Pss")]


def pages():
    """Return the bytes of the built book: on the disk, shared by pages, and of the pages."""
    def travelling(file):
        data = file.read_bytes()
        packed = file.suffix in COMPRESSED_ALREADY
        return len(data) if packed else len(gzip.compress(data, 6, mtime=0))

    files = [file for file in PAGES.rglob("*") if file.is_file()]
    if not files:
        raise FileNotFoundError(f"there is no built book in {PAGES}: run make book first")
    return {
        "folder": sum(file.stat().st_size for file in files), "files": len(files),
        "chapters": {file.stem: travelling(file) for file in sorted(PAGES.glob("[0-9]*.html"))},
    }


def machine():
    """Name the processor, as far as the operating system tells."""
    found = subprocess.run(["lscpu"], capture_output=True, text=True, check=False).stdout
    names = [line.split(":", 1)[1].strip() for line in found.splitlines()
             if line.startswith("Model name")]
    return names[0] if names else platform.processor() or sys.platform
