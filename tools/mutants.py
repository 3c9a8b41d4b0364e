"""Do the tests bite? Break nnlib in small ways, one at a time, and count which breaks they notice.

A mutant is a file of nnlib with one change: a sign, a number, a comparison, a dropped statement. A
seeded sample of them is put, one by one, into a copy of the library in a temporary folder, where
the tests that belong to the changed file run. A mutant that they let pass is printed with its
change: write the test that is missing, simplify the code, or, if nobody could tell the difference,
explain why in tests/support/equivalent_mutants.txt.

    make mutants                              300 mutants of the whole library, seed 0
    make mutants ONLY=nnlib/numpy/conv.py     of one file or folder, or one mutant by its name
"""

import argparse
import difflib
import gc
import importlib
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path

import hypothesis
import pytest
from own_tests import tests_of

ROOT = Path(__file__).resolve().parent.parent
# What tests import that takes long and is no part of nnlib: once for all forks.
PRELOADED = "hypothesis.extra.numpy scipy.special sklearn.datasets torch._inductor.compile_fx"
EXPLAINED = ROOT / "tests" / "support" / "equivalent_mutants.txt"
# The same examples for every mutant, and none that counts as noticed because the machine is slow.
REPEATABLE = {"derandomize": True, "database": None, "deadline": None,
              "suppress_health_check": [hypothesis.HealthCheck.too_slow]}  # fmt: skip
SECONDS = 60  # of computing: a mutant that takes more hangs, and counts as noticed

# --- one mutant in a copy of the library ----------------------------------------------------------


def run_tests(folder: Path, tests: list[str], *, unchanged: bool = False) -> str:
    """Run tests in a fork of this process, which has not imported nnlib."""
    seconds = 10 * SECONDS if unchanged else SECONDS
    child = os.fork()
    if child == 0:
        status = 70  # what a crash of this function itself counts as
        try:
            os.setsid()
            os.chdir(folder)
            log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(log, 1)
            os.dup2(log, 2)
            resource.setrlimit(resource.RLIMIT_DATA, (6 * 2**30, 6 * 2**30))
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
            # Bytecode knows its source by size and second, which is too coarse for mutants.
            sys.dont_write_bytecode = not unchanged
            os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
            sys.path.insert(0, str(folder))
            hypothesis.settings.register_profile("mutants", **REPEATABLE)
            hypothesis.settings.load_profile("mutants")
            quiet = ["-x", "-q", "--no-header", "--tb=line", "-p", "no:cacheprovider"]
            status = int(pytest.main([*quiet, *tests]))
        finally:
            os._exit(status)
    deadline = time.monotonic() + 20 * seconds  # for one that sleeps
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            if code in (4, 5, 70):  # wrong usage, no tests
                sys.exit(f"These tests did not run: {tests}\n{(folder / 'log').read_text()}")
            return {0: "survived", -signal.SIGXCPU: "timeout"}.get(code, "killed")
        time.sleep(0.01)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timeout"


def copy_of_the_library(folder: Path) -> None:
    for name in ("nnlib", "tests/nnlib", "tests/support"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", folder)


def check_mutant(folder: Path, path: str, source: str) -> str:
    target = folder / path
    original = target.read_text()
    target.write_text(source)
    for stale in (target.parent / "__pycache__").glob(f"{target.stem}.*.pyc"):
        stale.unlink()
    try:
        return run_tests(folder, tests_of(path))
    finally:
        target.write_text(original)


# --- the sample -----------------------------------------------------------------------------------


def draw(mutants: list, count: int, seed: int) -> list:
    """From each file its share, at least one, of the mutants that come first in a seeded order.

    The order is that of a hash of the mutant's name, so that a change elsewhere in the library does
    not change which are drawn.
    """
    files = {}
    for mutant in mutants:
        files.setdefault(mutant.path, []).append(mutant)
    chosen = []
    for members in files.values():
        members.sort(key=lambda mutant: sha256(f"{seed} {mutant.name}".encode()).digest())
        chosen += members[: max(1, round(count * len(members) / len(mutants)))]
    return chosen


def explanations() -> dict[str, str]:
    lines = EXPLAINED.read_text().splitlines() if EXPLAINED.exists() else []
    return dict(line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))


def show(mutant, folder: Path) -> None:
    before, after = (folder / mutant.path).read_text(), mutant.source()
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))
    print(f"\n{mutant.name} {mutant.path} in {mutant.function}", *lines[2:], sep="\n", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=300, help="about how many mutants")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=[], help="files, folders, names of mutants")
    parser.add_argument("--operators", default=ROOT / "_build" / "mutants", help="folder of mutmut")
    options = parser.parse_args()
    sys.path.append(str(options.operators))
    from mutation import mutants_of  # which needs libcst

    os.nice(10)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # the unit tests need none of them
    for module in PRELOADED.split():
        importlib.import_module(module)
    gc.freeze()
    known, outcomes, start = explanations(), {}, time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_of_the_library(folder)
        paths = sorted(
            str(file.relative_to(folder))
            for part in ("nnlib", "nnlib/data", "nnlib/numpy", "nnlib/torch")
            for file in (folder / part).glob("*.py") if file.name != "__init__.py"
        )  # fmt: skip
        mutants = [mutant for path in paths for mutant in mutants_of(path, folder)]
        named = [mutant for mutant in mutants if mutant.name in options.only]
        inside = [m for m in mutants if not options.only or m.path.startswith(tuple(options.only))]
        chosen = named or draw(inside, options.count, options.seed)
        print(f"{len(chosen)} of {len(mutants)} mutants, seed {options.seed}", flush=True)
        tests = {test for mutant in chosen for test in tests_of(mutant.path)}
        files = [test for test in tests if test.endswith(".py")]
        if run_tests(folder, sorted(files), unchanged=True) != "survived":
            sys.exit(f"The unchanged library fails:\n{(folder / 'log').read_text()}")
        for mutant in chosen:
            if mutant.name in known and mutant not in named:
                outcome = "explained"
            else:
                outcome = check_mutant(folder, mutant.path, mutant.source())
            outcomes.setdefault(str(Path(mutant.path).parent), Counter())[outcome] += 1
            if outcome in ("survived", "timeout"):
                show(mutant, folder)
                print(f"# {outcome}", flush=True)
    print()
    outcomes["all"] = sum(outcomes.values(), Counter())
    for part, counts in outcomes.items():
        noticed = counts["killed"] + counts["timeout"]
        score = noticed / max(1, noticed + counts["survived"])
        kinds = ("killed", "timeout", "survived", "explained")
        row = [f"{counts[kind]:4} {kind}" for kind in kinds]
        print(f"{part:12}", *row, f"score {score:.1%}", sep="   ")
    print(f"{time.monotonic() - start:.0f} s")
    sys.exit(1 if outcomes["all"]["survived"] else 0)


if __name__ == "__main__":
    main()
