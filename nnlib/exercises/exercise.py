"""What an exercise is made of: the task, its cases, the mistakes it knows, and its solution.

An exercise is one object in a file of its own, in the folder of its chapter. Nothing in it prints
or runs a reader's code: `attempting` calls the reader's function, `examining` compares, `printing`
speaks.
"""

from __future__ import annotations

import copy
import inspect
import json
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nnlib.exercises import comparing

LEVELS = ("predict", "compute", "build", "repair")


@dataclass(frozen=True)
class Case:
    """One call of the reader's function and what it should give.

    `arguments` is a tuple, or a function that makes one (for models, which a call changes and
    which torch does not copy whole). `path` is "numpy" or "torch" where the arguments belong to
    one of them, else None. `read`, if there is one, makes of an object that came back the plain
    data that is compared: it is called with the result and the arguments of the call.
    """

    arguments: tuple | Callable[[], tuple]
    expected: Any
    path: str | None = None
    read: Callable[[Any, tuple], Any] | None = None

    def make_arguments(self) -> tuple:
        """Arguments for one call, shared with no other."""
        return self.arguments() if callable(self.arguments) else copy.deepcopy(self.arguments)

    def plain(self, result, arguments: tuple):
        """A result as plain data; nothing is read from the ... of a stub, or from no result."""
        if self.read is not None and result is not None and result is not Ellipsis:
            result = self.read(result, arguments)
        return comparing.plain(result)


@dataclass(frozen=True)
class Asked:
    """One call of an exercise on a function, asked as a question: what is the result?

    A published page asks it, since a number can be typed in where no function can be run.
    `arguments` are those of one of the exercise's cases; `parts` names the numbers of a result
    that has several.
    """

    question: str
    arguments: tuple
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mistake:
    """One misconception: complete answers that a person who has it would write, and its hint.

    `answers` are functions (or values, where the exercise asks for a value). A reader's answer is
    taken to make this mistake when it gives, on every case, what the first of them gives.
    `recognise`, if there is one, decides instead: it is called with the list of observations.
    """

    name: str
    hint: str
    answers: tuple
    recognise: Callable[[Sequence], bool] | None = None


@dataclass(frozen=True, eq=False)
class Exercise:
    """A task, how it is judged, and everything the reader can ask to be shown.

    identifier : "chapter.name"; the reader's function or variable has that same name.
    level      : "predict", "compute", "build" or "repair".
    prompt     : what is asked, as Markdown (one paragraph and an example).
    stub       : the source of the cell that the reader fills in. Left out where something is to
                 be repaired: there it is the source of `broken`.
    solution   : a real function, or a value where `cases` is a single expected value.
    cases      : called to make the list of `Case`, so that nothing is computed on import.
    mistakes   : the bank of wrong answers, each with its hint.
    hints      : staged, from a nudge to nearly the answer.
    passed     : one sentence that the reader takes along.
    also_right : unusual answers that must pass.
    judge      : compares a result with what is expected; says what is wrong, or None.
    broken     : the function that a "repair" begins with; what behaves like it was not mended.
    by_hand    : some of the cases as questions, which a page without a kernel asks instead.
    """

    identifier: str
    title: str
    level: str
    prompt: str
    solution: Any
    cases: Callable[[], list[Case]]
    hints: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    passed: str
    stub: str = ""
    also_right: tuple = ()
    judge: Callable[[Any, Any], str | None] = field(default=comparing.difference)
    broken: Callable | None = None
    by_hand: tuple[Asked, ...] = ()

    def __post_init__(self):
        if self.broken is not None:
            object.__setattr__(self, "stub", self.source_of(self.broken))

    @property
    def name(self) -> str:
        """What the reader's function or variable is called."""
        return self.identifier.partition(".")[2]

    @property
    def asks_for_function(self) -> bool:
        return inspect.isfunction(self.solution)

    @property
    def check_line(self) -> str:
        return f'check("{self.identifier}", {self.name})'

    def solution_source(self) -> str:
        """Source of the tested solution, as the reader would write it in the stub cell."""
        return self.source_of(self.solution)

    def source_of(self, answer) -> str:
        """Source of a solution or of a member of the bank, under the name the reader uses."""
        if not self.asks_for_function:
            return f"{self.name} = {spell_value(answer)}\n"
        source = textwrap.dedent(inspect.getsource(answer))
        return re.sub(rf"\b{answer.__name__}\(", f"{self.name}(", source)

    def as_markdown(self) -> str:
        """The prompt as the box that stands in the notebook."""
        text = f"**Exercise: {self.title}** ({self.level}). {self.prompt}"
        return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def spell_value(value) -> str:
    """A value as source text; a dictionary with one entry a line."""
    if not isinstance(value, Mapping):
        return repr(value)
    lines = [f"    {_quoted(key)}: {_quoted(item)}," for key, item in value.items()]
    return "\n".join(["{", *lines, "}"])


def _quoted(value) -> str:
    """A text in double quotation marks, with letters such as × as they are, or a number."""
    return json.dumps(value, ensure_ascii=False)
