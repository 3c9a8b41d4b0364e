"""Measuring: one and two processes in turn, memory of a reader, bytes of the built pages."""

import gzip
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

import nbformat
import torch

from nnlib.chapters.beyond_one_process import launching
from nnlib.chapters.beyond_one_process.study import kept

REPEATS = 5
BOOK = launching.REPOSITORY / "book"
PAGES = launching.REPOSITORY / "_build" / "html"

# What a notebook of the course has imported when it has run its first cells.
KERNELS = {
    "kernel alone": "",
    "nnlib.numpy": "import matplotlib.pyplot, nnlib.numpy, nnlib.widgets",
    "nnlib.torch": "import matplotlib.pyplot, nnlib.numpy, nnlib.widgets, nnlib.torch",
}

AFTER = ("01_learning_loop", "12_architectures")     # the first chapter, and one of the largest


def write_results(parts=(), path=kept.RESULTS):
    """Measure the parts that are named, or all, and write them to `path` beside the kept ones.

    All of them take about a quarter of an hour on a machine with two cores. ValueError for an
    unknown part, and where the rest was measured on another machine or with other versions.
    """
    here = {
        "machine": machine(), "cores": os.cpu_count(),
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
    }
    parts = set(parts or PARTS)
    if unknown := parts - set(PARTS):
        raise ValueError(f"no such parts: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    made = {} if parts == set(PARTS) else json.loads(Path(path).read_text())
    if made and any(made[name] != value for name, value in here.items()):
        raise ValueError("the kept results are of another machine or version: measure all")
    made |= here
    for part in PARTS:
        if part in parts:
            made |= PARTS[part]()
    Path(path).write_text(json.dumps(made, indent=1) + "\n")


def times():
    """Return the times of steps, of the all-reduce alone, and beside a slow process."""
    runs = {1: [], 2: []}
    for _ in range(REPEATS):                           # in turn, so that both meet the same weather
        for processes, of_these in runs.items():
            of_these.append(timed(processes))
    return {
        "repeats": REPEATS,
        "steps": {model: {str(n): [round(run["steps"][model], 3) for run in of_these]
                          for n, of_these in runs.items()} for model in ("small", "large")},
        "all_reduce": medians(runs[2], "all_reduce"),
        "straggler": medians(runs[2], "straggler"),
    }


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


def memory():
    """Return the MB of a kernel that has imported, and of one that has run a chapter."""
    return {
        "memory": {name: kernel([code]) for name, code in KERNELS.items()},
        "after": {stem: kernel(code_of(BOOK / f"{stem}.ipynb")) for stem in AFTER},
    }


def others():
    """Return the MB of what runs beside a kernel: a reader's server, and this page's processes."""
    return {"server": server(), "launched": launched()}


def chapters():
    """Return the notebooks of the chapters."""
    return sorted(BOOK.glob("[0-9]*.ipynb"))


def code_of(path):
    """Return the code cells of a notebook."""
    return [cell.source for cell in nbformat.read(path, as_version=4).cells
            if cell.cell_type == "code"]


def kernel(cells):
    """Return the MB that a notebook's kernel holds after running `cells`: (resident, of its own).

    What is shared with other processes (the code of libraries) counts in full in the first, and in
    equal parts in the second, so several kernels on one machine need less than the sum.
    """
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(cwd=str(BOOK), env=launching.environment())
    try:
        for code in cells:
            client.execute_interactive(code, timeout=300, output_hook=lambda message: None)
        return held(manager.provisioner.pid)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def server():
    """Return the MB of the JupyterLab that one reader has beside the kernels, as `kernel` does."""
    with tempfile.TemporaryDirectory() as home:
        started = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--port=0", "--allow-root",
             "--IdentityProvider.token="], cwd=home, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env=launching.environment(HOME=home,
                                                                 JUPYTER_RUNTIME_DIR=home))
        try:
            while not (told := list(Path(home).glob("jpserver-*.json"))):
                if started.poll() is not None:
                    raise RuntimeError("JupyterLab has not started")
                time.sleep(0.2)
            time.sleep(1)                              # the file may still be being written
            for page in ("lab", "api/contents", "api/kernelspecs"):
                address = json.loads(told[0].read_text())["url"] + page
                urllib.request.urlopen(address, timeout=60).read()
            return held(started.pid)
        finally:
            started.terminate()
            started.wait(60)


def launched():
    """Return the MB of torchrun and two workers in a training together, as `kernel` does."""
    with (tempfile.TemporaryDirectory() as folder,
          launching.torchrun("train", "--status", folder, "--stall", 0, 3) as run):
        told = [run.until(Path(folder, name)) for name in ("started-0.json", "stalled-1.json")]
        processes = [run.process.pid, *(one["pid"] for one in told)]
        return [sum(sizes) for sizes in zip(*map(held, processes), strict=True)]


def held(process):
    """Return the MB that a process holds: resident, and with shared pages in equal parts."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    return [round(sizes[name] * 1024 / 1e6) for name in ("Rss", "Pss")]


def pages():
    """Return the bytes of the built book: on the disk, and of each chapter's page on its way."""
    files = [file for file in PAGES.rglob("*") if file.is_file()]
    built = {file.stem: file for file in PAGES.glob("[0-9]*.html")}
    if missing := [path.stem for path in chapters() if path.stem not in built]:
        raise FileNotFoundError(f"{PAGES} lacks {', '.join(missing)}: run make book first")
    return {"pages": {
        "folder": sum(file.stat().st_size for file in files), "files": len(files),
        "chapters": {stem: len(gzip.compress(file.read_bytes(), 6, mtime=0))
                     for stem, file in sorted(built.items())},
        "plain": {stem: file.stat().st_size for stem, file in sorted(built.items())},
    }}


def machine():
    """Name the processor, as far as the operating system tells."""
    found = subprocess.run(["lscpu"], capture_output=True, text=True, check=False).stdout
    names = [line.split(":", 1)[1].strip() for line in found.splitlines()
             if line.startswith("Model name")]
    return names[0] if names else platform.processor() or sys.platform


PARTS = {"times": times, "memory": memory, "others": others, "pages": pages}
