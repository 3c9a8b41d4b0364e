"""The extensions in book/_ext, each on a book of a page or two."""

import importlib.util
import json
import re

import pytest
from small_book import ROOT, SmallBook

NAMES = {
    "Predict": "predict",
    "Try it": "try-it",
    "Exercise": "exercise",
    "Common question": "common-question",
    "In this chapter": "in-this-chapter",
    "In this laboratory": "in-this-laboratory",
    "Fact": "fact",
    "Rule of thumb": "rule-of-thumb",
    "Contested": "contested",
}

# The head of a page whose code cells run.
NOTEBOOK = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n"


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


def page_with_widgets(box, text, layout):
    """A page with a box that holds one text; the arguments are the ids of the models."""
    models = {
        layout: ("LayoutModel", {"width": "100%", "height": None}),
        box: ("VBoxModel", {"children": [f"IPY_MODEL_{text}"], "box_style": None}),
        text: ("HTMLModel", {"value": "<p>x</p>", "layout": f"IPY_MODEL_{layout}"}),
    }
    state = {"version_major": 2, "state": {
        key: {"model_name": name, "state": values} for key, (name, values) in models.items()
    }}
    return (
        '<html><head><script type="application/vnd.jupyter.widget-state+json">'
        + json.dumps(state).replace("</", "<\\/")
        + '</script>\n</head><body><p>text</p><script type="application/vnd.jupyter.widget-view'
        f'+json">{{"model_id": "{box}"}}</script></body></html>'
    )


def saved_state(page):
    found = re.search(r'widget-state\+json">(.*?)</script>', page)
    return json.loads(found.group(1))["state"]


def test_widget_state_comes_last(page_assets):
    moved = page_assets.widget_state_last(page_with_widgets("a" * 32, "b" * 32, "c" * 32))
    assert moved.startswith("<html><head></head><body><p>text</p><script")
    assert moved.index("widget-view") < moved.index("widget-state")
    assert moved.endswith("</script>\n</body></html>")


def test_a_layout_says_what_is_set_and_other_models_say_all(page_assets):
    page = page_assets.widget_state_last(page_with_widgets("a" * 32, "b" * 32, "c" * 32))
    states = {m["model_name"]: m["state"] for m in saved_state(page).values()}
    assert states["LayoutModel"] == {"width": "100%"}
    assert states["VBoxModel"]["box_style"] is None
    assert states["HTMLModel"]["value"] == "<p>x</p>"


def test_the_same_widgets_are_the_same_bytes_whatever_their_ids(page_assets):
    first = page_assets.widget_state_last(page_with_widgets("a" * 32, "b" * 32, "c" * 32))
    second = page_assets.widget_state_last(page_with_widgets("3" * 32, "1" * 32, "2" * 32))
    assert first == second
    state = saved_state(first)
    shown = re.search(r'"model_id": "(w\d)"', first).group(1)
    (inside,) = state[shown]["state"]["children"]
    assert state[inside.removeprefix("IPY_MODEL_")]["model_name"] == "HTMLModel"


def test_pages_without_widgets_are_left_alone(page_assets):
    page = "<html><head></head><body></body></html>"
    assert page_assets.widget_state_last(page) == page
    assert page_assets.without_font_awesome_script(page) == page


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
def formulas(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "book" / "_ext"))
    return extension("formulas")


@pytest.fixture
def setter(formulas):
    setter = formulas.Setter()
    yield setter
    setter.close()


INLINE = '<span class="math notranslate nohighlight">\\(a &lt; b\\)</span>'
DISPLAY = (
    '<div class="math notranslate nohighlight" id="equation-step">\n'
    '<span class="eqno">(1)<a class="headerlink" href="#equation-step">#</a></span>'
    "\\[w - \\eta \\frac{\\partial L}{\\partial w}\\]</div>"
)
PAGE = (
    '<html data-content_root="../"><head><script>window.MathJax = {}</script>'
    '<script defer="defer" src="https://somewhere.org/mathjax@3/es5/tex-mml-chtml.js"></script>'
    "<title>t</title></head><body><p>%s</p></body></html>"
)


def test_formulas_are_found_as_they_were_written(formulas):
    assert formulas.sources(INLINE + DISPLAY) == [
        {"source": "a < b", "display": False},
        {"source": r"w - \eta \frac{\partial L}{\partial w}", "display": True},
    ]


def test_formulas_are_set_and_need_no_script(formulas, setter):
    page = formulas.with_formulas_set(PAGE % (INLINE + DISPLAY), setter)
    for left_over in ("<script", "\\(", "\\["):
        assert left_over not in page
    assert page.count("<mjx-container") == 2
    assert page.count('display="block"') == 1
    # for those who listen: the picture is hidden, the MathML says it
    assert page.count('<mjx-math class=" MJX-TEX" aria-hidden="true">') >= 1
    assert page.count('aria-hidden="true"') == page.count("<mjx-assistive-mml><math ") == 2
    assert "<mi>a</mi><mo>&lt;</mo><mi>b</mi>" in page
    # the number of the formula and its link stay, the fonts come from the page's own site
    assert '<span class="eqno">(1)<a class="headerlink" href="#equation-step">#</a></span>' in page
    assert 'url("../_static/vendor/mathjax/MathJax_Math-Italic.woff")' in page


def test_a_page_has_the_rules_of_its_own_formulas_only(formulas, setter):
    first = formulas.with_formulas_set(PAGE % DISPLAY, setter)
    second = formulas.with_formulas_set(PAGE % INLINE, setter)
    assert "mjx-mfrac" in first
    assert "mjx-mfrac" not in second


def test_a_page_without_formulas_loads_nothing_for_them(formulas):
    page = formulas.with_formulas_set(PAGE % "text", setter=None)
    assert page == '<html data-content_root="../"><head><title>t</title></head>' + (
        "<body><p>text</p></body></html>"
    )


@pytest.mark.parametrize("mistake", [r"\fraction{1}{2}", r"\frac{1}", "x^1^2"])
def test_a_formula_that_is_not_tex_is_named(formulas, setter, monkeypatch, mistake):
    warnings = []
    monkeypatch.setattr(formulas.logger, "warning", lambda text, *a: warnings.append(text % a))
    broken = f'<span class="math notranslate nohighlight">\\({mistake}\\)</span>'
    formulas.with_formulas_set(PAGE % (INLINE + broken), setter)
    (warning,) = warnings
    assert "not valid TeX" in warning
    assert warning.endswith(mistake)


def test_sources_stand_below_what_they_show_and_the_search_leaves_them_out(tmp_path):
    book = SmallBook(tmp_path, "myst_nb", "sources_below", "search_without_answers")
    code = "print('open' + 'ly')  # zebrawood"
    cell = f"```{{code-cell}} ipython3\n:tags: [hide-input]\n\n{code}\n```\n"
    said = book.build(index=f"{NOTEBOOK}# A page\n\nA word: sandalwood.\n\n{cell}")
    assert said == ""
    parts = book.page("index").select("div.cell > *")
    assert [part.name for part in parts] == ["div", "details"]
    assert "openly" in parts[0].get_text()
    assert "zebrawood" in parts[1].get_text()
    index = (tmp_path / "out" / "searchindex.js").read_text(encoding="utf-8")
    assert "sandalwood" in index
    assert "zebrawood" not in index


def test_a_frame_brings_its_alternative_text_into_the_page(tmp_path):
    book = SmallBook(tmp_path, "myst_nb", "alternative_texts")
    cells = [
        "from IPython.display import Image\n\nfrom nnlib import widgets\n"
        "from nnlib.widgets import plots\n\n"
        "frame = widgets.frame(plots.figure(300, 200)[0], alt=\"Two points, 'a' and (b).\")",
        "frame",
        "Image(frame.image)",
    ]
    code = "".join(f"```{{code-cell}} ipython3\n{cell}\n```\n\n" for cell in cells)
    assert book.build(index=f"{NOTEBOOK}# A page\n\n{code}") == ""
    first, second = book.page("index").select("div.cell_output img")
    assert first["alt"] == "Two points, 'a' and (b)."
    assert "Two points" not in second["alt"]
