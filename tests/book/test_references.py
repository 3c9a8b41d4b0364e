"""Citations, glossary and the refresher: what the reference pages promise."""

import doctest
import json
import re
from pathlib import Path

import pytest
from pybtex.database import parse_file

BOOK = Path(__file__).resolve().parents[2] / "book"
LINK = re.compile(r"\[([^\]]*)\]\((?:\.\./)?references\.md#([^)\s]*)\)")
NEEDED = {
    "article": {"author", "title", "journal", "volume", "year"},
    "inproceedings": {"author", "title", "booktitle", "year"},
    "incollection": {"author", "title", "booktitle", "publisher", "year"},
    "book": {"author", "title", "publisher", "year"},
    "misc": {"author", "title", "year"},
}
ENTRIES = parse_file(BOOK / "references.bib", bib_format="bibtex").entries


def pages():
    """(name, Markdown text) of every page and notebook."""
    for path in sorted([*BOOK.glob("*.md"), *BOOK.glob("api/*.md")]):
        yield path.name, path.read_text(encoding="utf-8")
    for path in sorted(BOOK.glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        yield (
            path.name,
            "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"),
        )


@pytest.mark.parametrize(("name", "text"), list(pages()), ids=[name for name, _ in pages()])
def test_every_citation_has_an_entry_with_that_name_and_year(name, text):
    for label, key in LINK.findall(text):
        assert key in ENTRIES, f"{name} cites {key}, which references.bib does not have"
        year = ENTRIES[key].fields["year"]
        assert year in label, f"{name} cites {key} of {year} as {label!r}"
        surname = ENTRIES[key].persons["author"][0].last_names[0]
        assert surname in label, f"{name} cites {key} by {surname} as {label!r}"


@pytest.mark.parametrize("key", sorted(ENTRIES))
def test_every_entry_is_complete(key):
    entry = ENTRIES[key]
    have = set(entry.fields) | ({"author"} if entry.persons.get("author") else set())
    assert not NEEDED[entry.type] - have
    # What has no publisher says where it is.
    assert entry.type != "misc" or have & {"eprint", "howpublished"}
    assert ("eprint" in have) == ("archiveprefix" in have)
    assert re.fullmatch(r"[a-z]+[12][0-9]{3}[a-z]*", key), "surname, year and perhaps a word"
    assert entry.fields["year"] in key


def cited_by_docstrings():
    """(file, what stands before a year in brackets, the year) for every citation in nnlib."""
    for path in sorted((BOOK.parent / "nnlib").rglob("*.py")):
        text = " ".join(path.read_text(encoding="utf-8").split())
        for found in re.finditer(r"(?<=[\s(,])\(?((?:19|20)\d\d)\)", text):
            before = text[max(0, found.start() - 80) : found.start()]
            if re.search(r"[A-Z][a-z]+,? ?(et al\.,? ?)?\(?$", before):
                yield path.name, before, found.group(1)


@pytest.mark.parametrize(
    ("name", "before", "year"),
    list(cited_by_docstrings()),
    ids=[f"{name}-{year}" for name, _, year in cited_by_docstrings()],
)
def test_what_the_library_cites_is_in_the_bibliography(name, before, year):
    surnames = [
        entry.persons["author"][0].last_names[0]
        for entry in ENTRIES.values()
        if entry.fields["year"] == year
    ]
    assert any(surname in before for surname in surnames), f"{name}: …{before} {year}"


def test_every_entry_is_cited():
    """By a link of a page, or by a docstring that names first author and year."""
    linked = {key for _, text in pages() for _, key in LINK.findall(text)}
    named = list(cited_by_docstrings())
    uncited = [
        key for key, entry in ENTRIES.items()
        if key not in linked
        and not any(
            year == entry.fields["year"] and entry.persons["author"][0].last_names[0] in before
            for _, before, year in named
        )
    ]
    assert not uncited


def glossary():
    text = (BOOK / "glossary.md").read_text(encoding="utf-8")
    body = text.split("```{glossary}")[1].split("```")[0]
    return re.findall(r"^(\S.*)\n  (.*)$", body, re.MULTILINE)


def test_glossary_is_sorted_and_says_each_term_once():
    terms = [term for term, _ in glossary()]
    assert len(terms) > 50
    assert terms == sorted(set(terms), key=str.lower)


@pytest.mark.parametrize(("term", "sentence"), glossary(), ids=[term for term, _ in glossary()])
def test_glossary_entry_is_one_sentence(term, sentence):
    assert sentence.endswith((".", "`."))
    assert not re.search(r"[.!?] [A-Z]", sentence)


def test_examples_of_the_refresher_are_right():
    text = (BOOK / "matrix_multiplication.md").read_text(encoding="utf-8")
    text = text.replace("```", "")  # an empty line is what ends an expected output
    test = doctest.DocTestParser().get_doctest(text, {}, "matrix_multiplication.md", None, 0)
    assert len(test.examples) > 8
    report = []
    results = doctest.DocTestRunner(verbose=False).run(test, out=report.append)
    assert results.failed == 0, "".join(report)
