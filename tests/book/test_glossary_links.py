"""First uses lead to the glossary, and its entries lead back, on a book of a few pages."""

import json
import re
from pathlib import Path

import pytest
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

TREE = "\n\n```{toctree}\n01_first\n02_second\nglossary\n```\n"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    book = SmallBook(tmp_path_factory.mktemp("glossary"), "glossary_links")
    second = "# Second\n\nThe MSE of a batch.\n"
    pages = {"01_first": FIRST, "02_second": second, "index": "# Home\n\nA batch." + TREE}
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


def test_only_chapters_are_linked(book):
    assert linked(book, "index") == []


def back(book):
    return {term.get_text().strip("#¶"): [(a.get_text(), a["href"], a["title"]) for a in
                              term.find_next("dd").select(".nn-uses a")]
            for term in book.page("glossary").select("dt")}  # fmt: skip


def test_each_entry_leads_back_to_the_first_uses(book):
    assert back(book) == {
        "Batch": [("1", "01_first.html#use-batch", "Batch"),
                  ("2", "02_second.html#use-batch", "Second")],
        "Batch normalisation": [("1", "01_first.html#use-batch-normalisation", "Batch")],
        "Depth": [("1", "01_first.html#use-depth", "Batch")],
        "Mean squared error": [("2", "02_second.html#use-mean-squared-error", "Second")],
        "Unused": [],
    }  # fmt: skip


def test_a_second_build_knows_what_changed(tmp_path):
    book = SmallBook(tmp_path, "glossary_links")
    pages = {"01_first": "# First\n\nA batch.\n", "02_second": "# Second\n\nNothing.\n"}
    assert book.build(glossary=GLOSSARY, index="# Home" + TREE, **pages) == ""
    assert book.build(**{"02_second": "# Second\n\nThe depth of a batch.\n"}) == ""
    assert [number for number, *_ in back(book)["Batch"]] == ["1", "2"]
    assert book.build(glossary=GLOSSARY.replace("Depth\n", "Deep\n")) == ""
    assert [text for text, *_ in linked(book, "02_second")] == ["batch"]


def test_every_phrase_and_other_name_is_of_use(monkeypatch):
    """A name for a term that is gone, or a phrase that no chapter has, would only mislead."""
    monkeypatch.syspath_prepend(str(ROOT / "book" / "_ext"))
    import glossary_links

    text = (ROOT / "book" / "glossary.md").read_text(encoding="utf-8")
    assert set(glossary_links.ALSO) <= set(glossary_links.ENTRY.findall(text))
    chapters = sorted(Path(ROOT, "book").glob("[01]*.ipynb"))
    prose = glossary_links.spelled("\n".join(map(words, chapters)))
    assert [p for p in glossary_links.EVERYDAY if glossary_links.spelled(p) not in prose] == []


def words(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return re.sub(r"[*_]", "", "\n".join(prose))
