"""The rubric of the projects: filled in on the page, remembered, and of use without storage."""

import json

import pytest
from browser_page import PHONE, OpenPage

PAGE = "projects.html"
BLOCKED = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('blocked', 'SecurityError'); } });"""


@pytest.fixture
def opened(browser, origin):
    page = OpenPage(browser, origin)
    yield page.goto(PAGE)
    assert page.complaints == []
    page.close()


def panel_of(opened):
    return opened.page.get_by_role("group", name="Rubric of your project")


def choose(panel, levels):
    for criterion, level in levels.items():
        panel.get_by_label(criterion, exact=True).select_option(str(level))


def said(panel):
    return panel.get_by_role("status").inner_text()


ALL = {"Baseline": 2, "Cuts and leaks": 3, "Seeds and spread": 3, "Ablation": 2, "Errors": 0,
       "Claim": 2}


def test_it_says_what_to_raise_first(opened):
    panel = panel_of(opened)
    assert said(panel) == "Nothing chosen yet."
    choose(panel, {"Baseline": 1, "Claim": 3})
    assert said(panel) == ("4 of 6 points; lowest level 1. Raise first: Baseline. "
                           "4 of 6 rows still open.")
    choose(panel, ALL)
    assert said(panel) == "12 of 18 points; lowest level 0. Raise first: Errors."
    choose(panel, dict.fromkeys(ALL, 3))
    assert said(panel) == "18 of 18 points; lowest level 3. Nothing is left to raise."


def test_the_chosen_level_is_marked_in_the_table(opened):
    choose(panel_of(opened), {"Ablation": 2})
    marked = opened.page.locator("td.nn-chosen")
    assert marked.all_inner_texts() == ["each main choice taken away alone"]
    option = panel_of(opened).get_by_label("Ablation", exact=True).locator("option:checked")
    assert option.inner_text() == "2: each main choice taken away alone"


def test_each_project_is_remembered_by_itself(opened):
    panel = panel_of(opened)
    choose(panel, ALL)
    panel.get_by_label("Project", exact=True).select_option("A text of your own")
    assert said(panel) == "Nothing chosen yet."
    choose(panel, {"Errors": 1})
    panel = panel_of(opened.goto(PAGE))
    assert said(panel).startswith("12 of 18 points")
    panel.get_by_label("Project", exact=True).select_option("A text of your own")
    assert said(panel).startswith("1 of 3 points")
    panel.get_by_role("button", name="Clear").click()
    assert said(panel) == "Nothing chosen yet."
    assert opened.page.locator("td.nn-chosen").count() == 0


@pytest.mark.parametrize(
    "kept", ["{half", "null", "[]", '{"levels": 3}', '{"levels": [9, "x", -1]}'])
def test_what_is_kept_may_be_damaged(opened, kept):
    opened.page.evaluate("text => localStorage.setItem('nnlib-course rubric 1', text)", kept)
    panel = panel_of(opened.goto(PAGE))
    assert said(panel) == "Nothing chosen yet."
    choose(panel, {"Errors": 1})
    assert said(panel).startswith("1 of 3 points")


def test_it_goes_to_the_file_and_is_forgotten_with_the_rest(opened, tmp_path):
    choose(panel_of(opened), ALL)
    page = opened.goto("index.html").page
    progress = page.get_by_role("group", name="Your progress")
    with page.expect_download() as waiting:
        progress.get_by_role("button", name="Save to a file").click()
    file = tmp_path / "saved.json"
    waiting.value.save_as(file)
    assert json.loads(file.read_text())["items"]["rubric 1"] == {"levels": list(ALL.values())}
    page.once("dialog", lambda dialog: dialog.accept())
    progress.get_by_role("button", name="Forget everything").click()
    assert said(panel_of(opened.goto(PAGE))) == "Nothing chosen yet."
    progress = opened.goto("index.html").page.get_by_role("group", name="Your progress")
    progress.locator('input[type="file"]').set_input_files(file)
    progress.get_by_text("Loaded: saved.json.").wait_for()
    assert said(panel_of(opened.goto(PAGE))).startswith("12 of 18 points")


def test_it_works_on_a_phone_where_the_browser_keeps_nothing(browser, origin):
    opened = OpenPage(browser, origin, viewport=PHONE)
    opened.context.add_init_script(BLOCKED)
    try:
        panel = panel_of(opened.goto(PAGE))
        choose(panel, ALL)
        assert said(panel).startswith("12 of 18 points")
        assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert not [text for text in opened.complaints if "rubric.js" in text]
    finally:
        opened.close()


def test_only_this_page_loads_the_script(opened):
    loaded = "document.querySelectorAll('script[src*=rubric]').length"
    assert opened.page.evaluate(loaded) == 1
    assert opened.goto("notation.html").page.evaluate(loaded) == 0
