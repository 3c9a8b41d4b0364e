"""First uses lead to the glossary, and its entries lead back, on a book of a few pages."""

import importlib
import json
import re
from pathlib import Path

import pytest
from built_book import pages
from small_book import ROOT, SmallBook

GLOSSARY = """# Glossary

```{glossary}

Batch
  Some examples.

Batch normalisation
  A layer.

Depth
  How many layers.

Mean squared error
  A loss.

Unused
  Nobody says it.
```
"""

FIRST = """# Batch

> **Batch.** A box whose title is left alone, as **depth** is not.

No `batch`, no $batch$, no [batch](02_second.md), no mini-batch. In depth: *Batches*
are cut, and a batch is one. Batch
normalisation.

```python
mean = "squared error"
```
"""

PROJECTS = "# Projects\n\n* **Depth** opens a line, and a batch is in it.\n"

TREE = "\n\n```{toctree}\n01_first\n02_second\nprojects\nglossary\n```\n"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    book = SmallBook(tmp_path_factory.mktemp("glossary"), "glossary_links")
    second = "# Second\n\nThe MSE of a batch.\n"
    pages = {"01_first": FIRST, "02_second": second, "projects": PROJECTS,
             "index": "# Home\n\nA batch." + TREE}  # fmt: skip
    assert book.build(glossary=GLOSSARY, **pages) == ""
    return book


def linked(book, page):
    return [(mark.get_text(), mark.find_parent("a")["href"], mark["id"])
            for mark in book.page(page).select(".nn-term")]  # fmt: skip


def test_the_first_use_of_each_term_is_a_link(book):
    assert linked(book, "01_first") == [
        ("depth", "glossary.html#term-Depth", "use-depth"),
        ("Batches", "glossary.html#term-Batch", "use-batch"),
        ("Batch\nnormalisation", "glossary.html#term-Batch-normalisation",
         "use-batch-normalisation"),
    ]
    assert linked(book, "02_second") == [
        ("MSE", "glossary.html#term-Mean-squared-error", "use-mean-squared-error"),
        ("batch", "glossary.html#term-Batch", "use-batch"),
    ]


def test_a_page_of_practice_is_linked_as_a_chapter_is_bold_openings_too(book):
    assert [text for text, *_ in linked(book, "projects")] == ["Depth", "batch"]


def test_no_other_page_is_linked(book):
    assert linked(book, "index") == []


def back(book):
    return {term.get_text().strip("#¶"): [(a.get_text(), a["href"], a["title"]) for a in
                              term.find_next("dd").select(".nn-uses a")]
            for term in book.page("glossary").select("dt")}  # fmt: skip


def test_each_entry_leads_back_to_the_first_uses(book):
    assert back(book) == {
        "Batch": [("1", "01_first.html#use-batch", "Batch"),
                  ("2", "02_second.html#use-batch", "Second"),
                  ("the projects", "projects.html#use-batch", "Projects")],
        "Batch normalisation": [("1", "01_first.html#use-batch-normalisation", "Batch")],
        "Depth": [("1", "01_first.html#use-depth", "Batch"),
                  ("the projects", "projects.html#use-depth", "Projects")],
        "Mean squared error": [("2", "02_second.html#use-mean-squared-error", "Second")],
        "Unused": [],
    }  # fmt: skip


def test_a_second_build_knows_what_changed(tmp_path):
    book = SmallBook(tmp_path, "glossary_links")
    pages = {"01_first": "# First\n\nA batch.\n", "02_second": "# Second\n\nNothing.\n",
             "projects": "# Projects\n\nNothing.\n"}  # fmt: skip
    assert book.build(glossary=GLOSSARY, index="# Home" + TREE, **pages) == ""
    assert book.build(**{"02_second": "# Second\n\nThe depth of a batch.\n"}) == ""
    assert [number for number, *_ in back(book)["Batch"]] == ["1", "2"]
    assert book.build(glossary=GLOSSARY.replace("Depth\n", "Deep\n")) == ""
    assert [text for text, *_ in linked(book, "02_second")] == ["batch"]


def test_a_term_is_no_link_where_its_word_means_something_else(tmp_path):
    book = SmallBook(tmp_path, "glossary_links")
    glossary = GLOSSARY.replace("Unused\n", "Width\n")
    pages = {"02_tensors": "# Tensors\n\nThe width and the depth.\n",
             "03_weights": "# Weights\n\nThe width.\n"}  # fmt: skip
    tree = TREE.replace("01_first\n02_second\nprojects", "02_tensors\n03_weights")
    assert book.build(glossary=glossary, index="# Home" + tree, **pages) == ""
    assert [text for text, *_ in linked(book, "02_tensors")] == ["depth"]
    assert [text for text, *_ in linked(book, "03_weights")] == ["width"]


@pytest.fixture
def extension(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "book" / "_ext"))
    return importlib.import_module("glossary_links")


def test_every_phrase_and_other_name_is_of_use(extension):
    """A name for a term that is gone, or a phrase that no page has, would only mislead."""
    spelled, terms = extension.spelled, extension.ENTRY.findall(entries())
    assert set(extension.ALSO) <= set(terms)
    pages = {path.stem: spelled(words(path)) for path in sorted(Path(ROOT, "book").glob("*.ipynb"))
             if extension.CHAPTER.match(path.stem) or path.stem in extension.PRACTICE}
    prose = "\n".join(pages.values())
    unused = [name for names in extension.ALSO.values() for name in names
              if not re.search(rf"(?<![\w-]){re.escape(spelled(name))}", prose)]
    assert [*unused, *(p for p in extension.EVERYDAY if spelled(p) not in prose)] == []
    pattern, of = extension.vocabulary(entries())
    for page, elsewhere in extension.ELSEWHERE.items():
        found = {of.get(spelled(name)) for name in pattern.findall(pages[page])}
        assert elsewhere <= found, page


def entries():
    return (ROOT / "book" / "glossary.md").read_text(encoding="utf-8")


def test_every_entry_of_the_book_leads_to_a_place():
    """To a use in the chapters or practice, to a section, or to an entry that has one."""
    page = next(page for page in pages() if page.name == "glossary.html")
    definitions = {term["id"]: term.find_next("dd") for term in page.soup.select("dt[id]")}
    assert len(definitions) == len(re.findall(r"(?m)^\S.*\n(?=  \S)", entries()))

    def leads(term):
        places = [link["href"] for link in definitions[term].select("a.reference[href]")]
        return any(place.split("#")[0] or leads(place.strip("#")) for place in places)

    assert [term for term in definitions if not leads(term)] == []


def words(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return re.sub(r"\*|(?<!\w)_|_(?!\w)", "", "\n".join(prose))
