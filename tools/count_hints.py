"""How many wrong answers get a hint of the bank, a diagnosis, or only the way to the staged hints?

Reads Python files that define `ANSWERS`, a list of (id of an exercise, answer), and puts every
answer through `check`. For each exercise it counts what came of them; with --show it also prints
what was said. Meant for answers written by people who have not seen the banks.

    python tools/count_hints.py answers.py more.py [--show]
"""

import argparse
import importlib.util
from collections import Counter
from pathlib import Path

from nnlib.exercises import catalogue
from nnlib.exercises.diagnosing import VAGUE
from nnlib.exercises.examining import examine
from nnlib.exercises.outcomes import Failed, Raised


def kind_of(outcome) -> str:
    """Which of the ways to help it was; a diagnosis that tells a tendency only is vague."""
    if not isinstance(outcome, (Failed, Raised)):
        return type(outcome).__name__.lower()
    if outcome.mistake:
        return "bank"
    if outcome.relation:
        return "vague" if outcome.relation in VAGUE else "diagnosis"
    return "fallback"


def answers_of(path: str) -> list[tuple]:
    spec = importlib.util.spec_from_file_location(Path(path).stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.ANSWERS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--show", action="store_true", help="print every outcome")
    options = parser.parse_args()
    counts = {}
    for path in options.files:
        for identifier, answer in answers_of(path):
            outcome = examine(catalogue.find(identifier), answer)
            kind = kind_of(outcome)
            counts.setdefault(identifier, Counter())[kind] += 1
            if options.show:
                name = getattr(answer, "__name__", "value")
                print(f"--- {identifier} {name}: {kind}\n{outcome}\n")
    kinds = ("bank", "diagnosis", "vague", "fallback", "passed", "notattempted")
    for identifier, count in sorted(counts.items()):
        print(f"{identifier:40}", *(f"{count[kind]:3} {kind}" for kind in kinds if count[kind]))
    total = sum(counts.values(), Counter())
    whole = sum(total.values())
    shares = (f"{total[kind]} {kind} ({total[kind] / whole:.0%})" for kind in kinds if total[kind])
    print(f"\n{whole} answers:", ", ".join(shares))


if __name__ == "__main__":
    main()
