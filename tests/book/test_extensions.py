"""The extensions in book/_ext, each on a book of a page or two."""

import importlib.util

import pytest
from small_book import ROOT, SmallBook

NAMES = {
    "Predict": "predict",
    "Try it": "try-it",
    "Exercise": "exercise",
    "Common question": "common-question",
    "In this chapter": "in-this-chapter",
    "Fact": "fact",
    "Rule of thumb": "rule-of-thumb",
    "Contested": "contested",
}


@pytest.fixture(scope="module")
def boxes(tmp_path_factory):
    quotes = "\n\n".join(f"> **{name}.** Text of {name}.\n>\n> Second." for name in NAMES)
    text = f"""# Boxes

{quotes}

> **Exercise: count the steps.** With a title.

> **Predictable.** A quotation like any other.

> Predict. Not bold, not a box.

This is **Contested** and this **Contested claim** is bold.

| claim | label |
|---|---|
| one | **Rule of thumb** |
"""
    book = SmallBook(tmp_path_factory.mktemp("boxes"), "boxes")
    assert book.build(index=text) == ""
    return book.page("index")


@pytest.mark.parametrize(("name", "slug"), NAMES.items())
def test_a_quotation_with_a_known_name_is_a_box(boxes, name, slug):
    box = boxes.select_one(f"div.nn-box.nn-box-{slug}")
    assert box["role"] == "note"
    assert box["aria-label"] == name
    assert box.select_one("strong.nn-box-title").get_text() == f"{name}."
    assert [p.get_text() for p in box.find_all("p")] == [f"{name}. Text of {name}.", "Second."]


def test_a_box_may_have_a_title(boxes):
    titles = [b.strong.get_text() for b in boxes.select("div.nn-box-exercise")]
    assert titles == ["Exercise.", "Exercise: count the steps."]


def test_other_quotations_stay_quotations(boxes):
    texts = [quote.get_text().strip() for quote in boxes.find_all("blockquote")]
    assert texts == ["Predictable. A quotation like any other.", "Predict. Not bold, not a box."]


def test_a_lone_evidence_label_is_a_badge(boxes):
    badges = [(badge["class"], badge.get_text()) for badge in boxes.select("span.nn-badge")]
    assert badges == [
        (["nn-badge", "nn-badge-contested"], "Contested"),
        (["nn-badge", "nn-badge-rule-of-thumb"], "Rule of thumb"),
    ]
    assert "Contested claim" in [strong.get_text() for strong in boxes.find_all("strong")]


REFERENCES = "# References\n\n```{bibliography}\n:all:\n```\n"


def test_a_citation_leads_to_its_entry(tmp_path):
    book = SmallBook(tmp_path, "citations")
    text = "# A page\n\n[One, 2020](references.md#someone2020)\n\n```{toctree}\nreferences\n```\n"
    assert book.build(index=text, references=REFERENCES) == ""
    assert book.page("index").find("a", string="One, 2020")["href"] == "references.html#someone2020"
    assert book.page("references").find(id="someone2020").name == "div"


def test_a_citation_of_nothing_fails_the_build(tmp_path):
    book = SmallBook(tmp_path, "citations")
    text = "# A page\n\n[Else, 2021](references.md#else2021)\n\n```{toctree}\nreferences\n```\n"
    assert "else2021" in book.build(index=text, references=REFERENCES)


def extension(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "book" / "_ext" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def page_assets(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "book" / "_ext"))
    return extension("page_assets")


@pytest.fixture
def page_markup(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "book" / "_ext"))
    return extension("page_markup")


def test_widget_state_comes_last(page_assets):
    state = '<script type="application/vnd.jupyter.widget-state+json">{"a": "</p>"}</script>'
    page = f"<html><head>{state}</head><body><p>text</p></body></html>"
    moved = page_assets.widget_state_last(page)
    assert moved == f"<html><head></head><body><p>text</p>{state}\n</body></html>"
    assert page_assets.widget_state_last(moved).count(state) == 1


def test_pages_without_widgets_are_left_alone(page_assets):
    page = "<html><head></head><body></body></html>"
    assert page_assets.widget_state_last(page) == page
    assert page_assets.with_math_in_widgets(page) == page
    assert page_assets.without_font_awesome_script(page) == page


MATH_SCRIPTS = (
    "<script>window.MathJax = {}</script>"
    '<script defer="defer" src="_static/vendor/mathjax/tex-mml-chtml.js?v=1"></script>'
)


@pytest.mark.parametrize(
    "formula", ['<span class="math notranslate">x</span>', r"in a label \(x\)"]
)
def test_math_script_is_loaded_where_there_is_a_formula(page_assets, formula):
    assert page_assets.without_idle_math_script(MATH_SCRIPTS + formula) == MATH_SCRIPTS + formula
    assert page_assets.without_idle_math_script(f"{MATH_SCRIPTS}<p>text</p>") == "<p>text</p>"


def test_font_awesome_goes_and_its_neighbour_stays(page_assets):
    kept = '<script defer src="_static/scripts/bootstrap.js?digest=1"></script>'
    gone = '<script defer src="../_static/scripts/fontawesome.js?digest=1"></script>\n'
    assert page_assets.without_font_awesome_script(gone + kept) == kept


@pytest.mark.parametrize(
    ("written", "repaired"),
    [
        (
            '<div id="pst-primary-sidebar" class="bd-sidebar">',
            '<div id="pst-primary-sidebar" role="navigation" aria-label="Book" class="bd-sidebar">',
        ),
        (
            '<button class="btn search-button-field" title="Search" aria-label="Search">',
            '<button class="btn search-button-field" title="Search">',
        ),
        ('<summary aria-label="Toggle hidden content">', "<summary>"),
        (
            '<summary><span class="toctree-toggle">',
            '<summary aria-label="Pages of this section"><span class="toctree-toggle">',
        ),
        ('<div role="list" class="citation-list">', '<div class="citation-list">'),
        (
            '<div class="citation" id="key" role="doc-biblioentry">',
            '<div class="citation" id="key">',
        ),
        ('<a class="other" aria-label="Search">', '<a class="other" aria-label="Search">'),
    ],
)
def test_markup_is_repaired(page_markup, written, repaired):
    assert page_markup.repaired(written) == repaired


@pytest.fixture
def formula_room(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "book" / "_ext"))
    return extension("formula_room")


ROWS = r"\begin{pmatrix} 1 \\ 2 \\ 3 \end{pmatrix}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\[ y = XW + b \]", 1.0),
        (r"\[ w - \eta \frac{\partial L}{\partial w} \]", 2.0),
        (r"\[ \sum_{p=1}^{k} A_{ip} B_{pj} \]", 2.8),
        (rf"\[ {ROWS} = {ROWS} \]", 3.6),
        (rf"\[\begin{{split}} a &= {ROWS} \\ &= b \end{{split}}\]", 4.8),
    ],
)
def test_room_for_a_displayed_formula(formula_room, source, expected):
    assert formula_room.lines(source) == expected


@pytest.mark.parametrize(
    ("source", "measured"),  # in the built page, in em
    [
        (r"\(B\)", 0.97),
        (r"\((n, \mathbf{k}) \cdot (\mathbf{k}, m) \to (n, m)\)", 12.87),
        (r"\(z = XW + b\)", 6.81),
        (r"\(0 &lt; \eta &lt; 2/\lambda\)", 6.67),
        (r"\(\lceil N/B \rceil\)", 3.86),
    ],
)
def test_room_for_a_formula_in_a_line(formula_room, source, measured):
    assert formula_room.ems(source) == pytest.approx(measured, rel=0.1)


def test_room_is_written_to_formulas_only(formula_room):
    other = '<div class="highlight"><span class="nn">x</span></div>'
    line = '<span class="math notranslate nohighlight">\\(B\\)</span>'
    block = '<div class="math notranslate nohighlight" id="eq">\\[B\\]</div>'
    page = formula_room.with_room(other + line + block)
    assert page == other + line.replace(">\\", ' style="--nn-ems:1.0">\\', 1) + block.replace(
        ">\\", ' style="--nn-lines:1.0">\\', 1
    )
