"""Measure how long a chapter takes: what its opening box says is checked against this.

    python tools/reading_time.py [NOTEBOOK ...]     (none named: every chapter)

Reading counts the prose, the code in sight, each question and each widget; exercises are counted
apart. The rates below are rules of thumb for a beginner who tries things out.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
CHAPTER = re.compile(r"\d\d_(\w+)")

WORDS_A_MINUTE = 200
CODE_LINES_A_MINUTE = 15         # lines in sight: folded cells only draw
MINUTES_A_QUESTION = 0.75        # a prediction, or one question of a quiz
MINUTES_A_WIDGET = 1.5           # an explorer, a stepper, a comparison
MINUTES_AN_EXERCISE = {"predict": 3, "compute": 4, "build": 8, "repair": 6}

QUESTION = re.compile(r"\b(?:widgets\.)?(?:Predict|Question)\(")
WIDGET = re.compile(
    r"\bfigures\.\w*(?:explorer|stepper|compare)\w*\(|\bwidgets\.(?:Explorer|Stepper)\("
)
EXERCISE = re.compile(r"^> \*\*Exercise: .+?\*\* \((\w+)\)", re.MULTILINE)
FOLDED = {"hide-input", "hide-cell", "remove-input", "remove-cell", "setup"}


@dataclass
class Measured:
    """What a chapter holds, and the minutes that follow from it, to the nearest five."""

    words: int
    code_lines: int
    questions: int
    widgets: int
    levels: list

    @property
    def reading(self):
        minutes = (
            self.words / WORDS_A_MINUTE
            + self.code_lines / CODE_LINES_A_MINUTE
            + self.questions * MINUTES_A_QUESTION
            + self.widgets * MINUTES_A_WIDGET
        )
        return 5 * round(minutes / 5)

    @property
    def exercises(self):
        return 5 * round(sum(MINUTES_AN_EXERCISE[level] for level in self.levels) / 5)

    @property
    def box(self):
        """The sentence of the opening box."""
        return (
            f"**Time**: about {self.reading} minutes to read, with its code and questions, "
            f"and about {self.exercises} for the exercises"
        )


def chapters():
    return [p for p in sorted((ROOT / "book").glob("*.ipynb")) if CHAPTER.fullmatch(p.stem)]


def is_prose(line):
    """Neither a table, a formula, a heading of one, nor the prompt of an exercise."""
    return bool(line.strip()) and not line.startswith(("|", "$$", "```"))


def words_of(markdown):
    """Words of prose; exercises have a time of their own."""
    if EXERCISE.match(markdown):
        return 0
    text = re.sub(r"\$\$.*?\$\$|```.*?```", " ", markdown, flags=re.DOTALL)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    return sum(len(line.split()) for line in text.splitlines() if is_prose(line))


def measure(path):
    notebook = nbformat.read(path, as_version=4)
    found = Measured(0, 0, 0, 0, [])
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found.words += words_of(cell.source)
            found.levels += EXERCISE.findall(cell.source)
            continue
        tags = set(cell.metadata.get("tags", []))
        found.questions += len(QUESTION.findall(cell.source))
        found.widgets += len(WIDGET.findall(cell.source))
        asks = any(tag.startswith("exercise:") for tag in tags) or cell.source.startswith("check(")
        if not tags & FOLDED and not asks:
            found.code_lines += sum(1 for line in cell.source.splitlines() if line.strip())
    return found


def main():
    for path in [Path(name) for name in sys.argv[1:]] or chapters():
        found = measure(path)
        print(
            f"{path.stem:20s} {found.words:5d} words  {found.code_lines:4d} lines of code  "
            f"{found.questions:2d} questions  {found.widgets:2d} widgets  "
            f"{len(found.levels):2d} exercises\n    {found.box}"
        )


if __name__ == "__main__":
    main()
