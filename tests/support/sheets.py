"""The tables of a page of Markdown: what the reference pages promise is looked up in them."""

import re
from pathlib import Path

BOOK = Path(__file__).resolve().parents[2] / "book"


def page(name):
    return (BOOK / f"{name}.md").read_text(encoding="utf-8")


def tables(text):
    """Heading: rows of all tables beneath it, each a list of cells; the head rows are left out."""
    found, heading = {}, ""
    for line in text.splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif line.startswith("|"):
            found.setdefault(heading, []).append(cells(line))
    return {name: without_heads(rows) for name, rows in found.items()}


def cells(line):
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def without_heads(rows):
    rules = [i for i, row in enumerate(rows) if set("".join(row)) == {"-"}]
    return [row for i, row in enumerate(rows) if i not in rules and i + 1 not in rules]


def words(cell):
    """A cell as it is read: links as their text."""
    return re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", cell).replace("`", "")


def code(cell):
    """The pieces of code in a cell, each with what it is said to give: (code, "" or result)."""
    return re.findall(r"`([^`]+)`(?: → (\([\d, ]+\)|\d[\d,]*))?", cell)
