"""`statement(name)`: a page to print, for somebody who has passed every exercise."""

from __future__ import annotations

import html
import pathlib

from nnlib.exercises import catalogue, record
from nnlib.exercises.saying import say

FILE = "statement_of_completion.html"

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Statement of completion</title>
<style>
body {{ font: 1.1rem/1.6 Georgia, serif; max-width: 42rem; margin: 10vh auto; padding: 2rem;
       border: 3px double #1f2933; color: #1f2933; background: #fff; text-align: center }}
h1 {{ font-size: 1.8rem }}
.name {{ font-size: 1.6rem; font-style: italic }}
small {{ display: block; margin-top: 2rem }}
</style>
</head>
<body>
<h1>Neural networks, step by step</h1>
<p>This states that</p>
<p class="name">{name}</p>
<p>has passed all {count} exercises of the course, in {places},<br>
from {first} to {last}.</p>
<small>Made on the learner's own machine from the learner's own record of checked answers;
nobody else has seen or certified it.</small>
</body>
</html>
"""


def statement(name: str) -> None:
    """Write a statement of completion into the current folder, as a page to print.

    It is made on this machine from what `check` has passed. While an exercise is open, it says
    which, and writes nothing.

    Parameters
    ----------
    name : str
        Whom it is about.

    Raises
    ------
    TypeError
        If the name is no text, or an empty one.
    OSError
        If the file cannot be written here.
    """
    if not isinstance(name, str) or not name.strip():
        raise TypeError(f"statement expected a name as text, got {name!r}")
    done = record.passed()
    wanted = [exercise.identifier for exercise in catalogue.exercises()]
    missing = [identifier for identifier in wanted if identifier not in done]
    if missing:
        shown = ", ".join(missing[:5]) + (" and others" if len(missing) > 5 else "")
        say(f"{len(missing)} of {len(wanted)} exercises are still open: {shown}. "
            "progress() lists them all.")
        return
    days = sorted(done[identifier] for identifier in wanted)
    page = PAGE.format(
        name=html.escape(name.strip()), count=len(wanted), places=_places(),
        first=_spelt(days[0]), last=_spelt(days[-1]),
    )
    file = pathlib.Path(FILE)
    file.write_text(page, encoding="utf-8")
    say(f"Written: {file.resolve()}. Open it in a browser and print it.")


def _places() -> str:
    """In how many chapters, and pages of practice beside them, exercises stand."""
    numbered = [slug for slug in catalogue.chapters() if catalogue.number(slug)]
    beside = len(catalogue.chapters()) - len(numbered)
    return f"{len(numbered)} chapters and {beside} {'page' if beside == 1 else 'pages'} of practice"


def _spelt(day) -> str:
    return f"{day.day} {day:%B %Y}"
