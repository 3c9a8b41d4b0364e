"""The pre-test on the landing page: every pattern of answers, one click to skip, first screen."""

import html
import re

import pytest
from browser_page import DESKTOP, PHONE, OpenPage, expect_none

from nnlib.chapters.where_to_start import PROBES, where_to_start

PAGE, SKIP = "index.html", "Skip them"
BLOCKED = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('blocked', 'SecurityError'); } });"""


@pytest.fixture
def landing(visit):
    return visit(PAGE)


def open_questions(page):
    page.get_by_role("button", name=re.compile("^Answer .* questions$")).click()
    page.locator(".nn-placement-question").last.wait_for()
    return page.locator(".nn-placement-question").all()


def choose(asked, option):
    asked.locator("input").nth(option).check()


def answer(questions, right):
    for asked, probe, known in zip(questions, PROBES, right, strict=True):
        choose(asked, probe.answer if known else len(probe.options) - 1)


def advice(page):
    return " ".join(page.locator(".nn-advice").inner_text().split())


def as_said(right):
    text = re.sub(r"<[^>]*>", "", " ".join(where_to_start(right)))
    return html.unescape(text)


def test_every_pattern_of_answers_gets_what_the_rule_says(landing):
    questions = open_questions(landing.page)
    right = [False] * len(PROBES)
    answer(questions, right)
    assert advice(landing.page) == as_said(right)
    # From each pattern to the next one answer changes (a Gray code).
    for step in range(1, 2 ** len(PROBES)):
        place = (step & -step).bit_length() - 1
        right[place] = not right[place]
        probe = PROBES[place]
        choose(questions[place], probe.answer if right[place] else (probe.answer + 1) % 3)
        assert advice(landing.page) == as_said(right), right
    assert landing.complaints == []


def test_its_links_lead_to_pages_that_are_there(landing, built):
    questions = open_questions(landing.page)
    for right in ([False] * 8, [True] * 8, [True, True, False, True, True, True, True, True]):
        answer(questions, right)
        for link in landing.page.locator(".nn-advice a").all():
            assert (built / link.get_attribute("href").partition("#")[0]).is_file()


def test_it_says_nothing_before_all_is_answered(landing):
    questions = open_questions(landing.page)
    assert advice(landing.page) == "0 of 8 answered."
    for asked in questions[1:]:
        choose(asked, 0)
    assert advice(landing.page) == "7 of 8 answered."


def test_one_click_skips_it_and_is_announced(landing):
    page = landing.page
    stage = page.locator(".nn-placement .nn-stage")
    assert stage.get_attribute("aria-live") == "polite"
    page.get_by_role("button", name=SKIP).click()
    stage.get_by_text("Begin at chapter 1.").wait_for()
    assert page.locator(".nn-placement-question").count() == 0
    assert stage.locator("a").get_attribute("href") == "01_learning_loop.html"


def test_questions_do_not_stand_in_a_region_that_is_read_out(landing):
    questions = open_questions(landing.page)
    for asked in questions:
        assert asked.evaluate("node => node.closest('[aria-live], [role=status]')") is None
    assert landing.page.locator(".nn-advice").get_attribute("role") == "status"


def test_with_keys_alone(landing):
    page = landing.page
    page.get_by_role("button", name=re.compile("^Answer")).focus()
    page.keyboard.press("Enter")
    page.locator(".nn-placement-question").last.wait_for()
    page.keyboard.press("Tab")                       # past the other button
    for probe in PROBES:
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        for _ in range(probe.answer):
            page.keyboard.press("ArrowDown")
    assert advice(page) == as_said([True] * len(PROBES))


def test_answers_come_back_and_the_advice_with_them(landing):
    answer(open_questions(landing.page), [True] * 8)
    page = landing.goto(PAGE).page
    open_questions(page)
    page.locator(".nn-advice").get_by_text("Why: you had every question").wait_for()
    assert advice(page) == as_said([True] * 8)


def test_opened_again_it_says_what_it_said(landing):
    answer(open_questions(landing.page), [False] * 8)
    landing.page.get_by_role("button", name=SKIP).click()
    landing.page.locator(".nn-placement-question").first.wait_for(state="detached")
    open_questions(landing.page)
    landing.page.locator(".nn-advice strong").first.wait_for()
    assert advice(landing.page) == as_said([False] * 8)


def test_where_the_browser_keeps_nothing(browser, origin):
    opened = OpenPage(browser, origin)
    opened.context.add_init_script(BLOCKED)
    try:
        page = opened.goto(PAGE).page
        answer(open_questions(page), [True] * 8)
        assert advice(page) == as_said([True] * 8)
    finally:
        opened.close()


@pytest.mark.parametrize("width", [1000, 360])
def test_the_headline_explorer_keeps_the_first_screen(visit, width):
    opened = visit(PAGE, viewport={"width": width, "height": 900})
    controls = opened.page.locator(".nn-explorer .nn-controls").first.bounding_box()
    assert controls["y"] + controls["height"] < 900
    pre_test = opened.page.locator(".nn-placement").bounding_box()
    assert pre_test["y"] > 900
    assert opened.page.locator(".nn-explorer").first.bounding_box()["y"] < pre_test["y"]


@pytest.mark.parametrize("reader", [{"viewport": DESKTOP}, {"theme": "dark", "viewport": PHONE}],
                         ids=["desktop", "dark phone"])
def test_answered_it_is_accessible_and_fits(visit, reader):
    opened = visit(PAGE, **reader)
    answer(open_questions(opened.page), [False, True] * 4)
    opened.page.add_style_tag(content="#pst-back-to-top { display: none !important; }")
    expect_none(PAGE, "with its questions answered", opened.axe() + opened.check("overflow"))
