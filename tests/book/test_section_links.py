"""Links in widgets: in the built book each leads to the section whose title it says."""

import importlib
import re

import pytest
from bs4 import BeautifulSoup
from built_book import ROOT, pages


@pytest.fixture
def section_links(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "book" / "_ext")
    return importlib.import_module("section_links")


def links(page):
    """(text, address) of every such link that the widgets of a page may show."""
    found = []
    for model in page.widget_state.values():
        soup = BeautifulSoup(str(model["state"].get("value", "")), "html.parser")
        found += [(link.get_text(), link) for link in soup.select("a.nn-section")]
    return found


def test_every_link_of_a_widget_leads_to_the_section_that_it_names():
    by_path = {page.path.resolve(): page for page in pages()}
    seen = 0
    for page in pages():
        for text, link in links(page):
            target, anchor = page.local_file(link["href"])
            assert target in by_path, (page.name, link["href"])
            assert "target" not in link.attrs, (page.name, link["href"])
            there = by_path[target].soup
            section = there.find("section", id=anchor) if anchor else there.find("section")
            assert section is not None, (page.name, link["href"])
            heading = section.find(re.compile("^h[1-6]$")).get_text().removesuffix("#").strip()
            title = re.sub(r"^[Cc]hapter \d+(, |$)", "", text)
            # "chapter 7" and "the refresher" name a page in the words of a sentence.
            assert not anchor or title == heading, (page.name, text, heading)
            seen += 1
    assert seen > 100


def test_all_forms_in_which_a_link_stands_in_a_page(section_links):
    live = '<a class="nn-section" target="_blank" href="{}">'
    built = '<a class="nn-section" href="{}">'
    for form in (str, lambda text: text.replace('"', '\\"')):
        for source, page in (("04_layers.ipynb#counting", "04_layers.html#counting"),
                             ("matrix_multiplication.md", "matrix_multiplication.html")):
            changed = section_links.lead_to_pages(form(live.format(source)))
            assert changed == form(built.format(page))
    other = '<a class="reference" href="04_layers.ipynb">'
    assert section_links.lead_to_pages(other) == other
