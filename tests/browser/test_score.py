"""The knowledge check in the published page: its score, by keys, after a reload, kept or not."""

import re

import pytest
from browser_page import PHONE, OpenPage, expect_none

PAGE = "knowledge_check.html"
BLOCKED = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('blocked', 'SecurityError'); } });"""
COUNTED = re.compile(r"(\d+) of (\d+) answered, (\d+) right at the first choice\.")


@pytest.fixture
def check(visit):
    return visit(PAGE)


def answers(page, part):
    """The positions of the right options, as the page stores them."""
    line = page.locator(".nn-quiz").nth(part).locator(".nn-score")
    return [int(place) for place in line.get_attribute("data-answers").split(",")]


def question(page, part, number):
    return page.locator(".nn-quiz").nth(part).locator(".nn-quiz-question").nth(number)


def choose(page, part, number, option):
    asked = question(page, part, number)
    asked.locator("input").nth(option).check()
    asked.locator(".nn-feedback").wait_for()
    return asked


def score(page, part):
    said = page.locator(".nn-quiz").nth(part).locator(".nn-score").inner_text()
    return tuple(map(int, COUNTED.fullmatch(said).groups()))


def table(page):
    rows = page.locator(".nn-score-table tbody tr").all()
    return [row.locator("td").all_inner_texts() for row in rows]


def test_it_counts_what_was_chosen_first(check):
    page = check.page
    of = [len(answers(page, part)) for part in range(3)]
    right = answers(page, 1)
    assert score(page, 1) == (0, of[1], 0)
    choose(page, 1, 0, right[0])
    choose(page, 1, 1, (right[1] + 1) % 4)
    assert score(page, 1) == (2, of[1], 1)
    choose(page, 1, 1, right[1])                     # found at the second try
    assert score(page, 1) == (2, of[1], 1)
    choose(page, 1, 0, (right[0] + 1) % 4)           # and looked at another
    assert score(page, 1) == (2, of[1], 1)
    choose(page, 2, 0, answers(page, 2)[0])
    assert table(page) == [[f"0 of {of[0]}", "0"], [f"2 of {of[1]}", "1"], [f"1 of {of[2]}", "1"],
                           [f"3 of {sum(of)}", "2"]]
    assert check.complaints == []


def test_what_it_calls_right_is_what_the_feedback_calls_right(check):
    for part in range(3):
        for number, place in enumerate(answers(check.page, part)):
            asked = choose(check.page, part, number, place)
            assert asked.locator(".nn-right").count() == 1
        assert score(check.page, part)[0] == score(check.page, part)[2] == number + 1


def test_with_keys_alone(check):
    page = check.page
    question(page, 2, 0).locator("input").first.focus()
    page.keyboard.press("Space")
    assert score(page, 2)[0] == 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    # From the question on to the link in its feedback, and into the next question.
    if page.evaluate("document.activeElement.matches('.nn-section')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert score(page, 2)[0] == 2


def test_after_a_reload_the_score_is_what_it_was_and_is_not_read_out(check):
    right = answers(check.page, 0)
    choose(check.page, 0, 0, right[0])
    choose(check.page, 0, 1, (right[1] + 1) % 4)
    choose(check.page, 0, 1, right[1])
    before, sums = score(check.page, 0), table(check.page)
    assert before[0] == 2
    assert before[2] == 1
    # The moment of silence lasts as long as this test looks.
    check.context.add_init_script(
        "const timer = setTimeout;"
        "window.setTimeout = (act, ms, ...rest) => timer(act, ms === 1000 ? 1e6 : ms, ...rest);")
    page = check.goto(PAGE).page
    question(page, 0, 1).locator(".nn-right").wait_for()
    assert score(page, 0) == before
    assert table(page) == sums
    assert page.locator(".nn-score").first.get_attribute("aria-live") == "off"


def test_a_change_is_announced_by_a_region_that_stays(check):
    page = check.page
    page.evaluate("window.line = document.querySelector('.nn-score')")
    assert page.evaluate("line.getAttribute('role')") == "status"
    choose(page, 0, 0, 0)
    assert page.evaluate("line.isConnected && line.textContent").startswith("1 of ")
    assert page.evaluate("line.getAttribute('aria-live')") in (None, "polite")
    # The table says the same once more, and is silent.
    assert page.locator(".nn-scores [aria-live], .nn-scores [role=status]").count() == 0


def test_where_the_browser_keeps_nothing(browser, origin):
    opened = OpenPage(browser, origin)
    opened.context.add_init_script(BLOCKED)
    try:
        page = opened.goto(PAGE).page
        right = answers(page, 2)
        choose(page, 2, 0, right[0])
        choose(page, 2, 1, (right[1] + 1) % 4)
        choose(page, 2, 1, right[1])
        assert score(page, 2) == (2, len(right), 1)
        assert table(page)[-1][1] == "1"
        assert not [said for said in opened.complaints if "progress.js" in said or "score" in said]
    finally:
        opened.close()


def test_starting_again_forgets_this_page_and_no_other(check):
    page = check.page
    page.evaluate("localStorage.setItem('nnlib-course question 05_activations x', '{}')")
    assert page.get_by_role("button", name="start again").count() == 0     # nothing to forget yet
    choose(page, 0, 3, 0)
    with page.expect_navigation():
        page.get_by_role("button", name="Forget these answers and start again").click()
    check.arm()
    assert score(page, 0)[0] == 0
    assert page.locator(".nn-quiz input:checked").count() == 0
    kept = page.evaluate("Object.keys(localStorage).filter((name) => name.includes('question'))")
    assert kept == ["nnlib-course question 05_activations x"]


def test_it_goes_into_the_file_and_comes_out_of_it(check, tmp_path):
    right = answers(check.page, 2)
    choose(check.page, 2, 0, (right[0] + 1) % 4)
    choose(check.page, 2, 0, right[0])
    panel = check.goto("index.html").page.get_by_role("group", name="Your progress")
    with check.page.expect_download() as waiting:
        panel.get_by_role("button", name="Save to a file").click()
    file = tmp_path / "saved.json"
    waiting.value.save_as(file)
    check.page.evaluate("localStorage.clear()")
    panel.locator('input[type="file"]').set_input_files(file)
    panel.get_by_text("Loaded").wait_for()
    page = check.goto(PAGE).page
    question(page, 2, 0).locator(".nn-right").wait_for()
    assert score(page, 2) == (1, len(right), 0)


def test_a_wrong_option_leads_to_its_section_and_back(check):
    page = check.page
    place = answers(page, 0)[10]
    link = choose(page, 0, 10, (place + 1) % 4).locator("a.nn-section")
    address = link.get_attribute("href")
    link.click()
    page.wait_for_url(f"**/{address}")
    anchor = address.partition("#")[2]
    assert page.evaluate("(id) => document.getElementById(id) !== null", anchor)
    page.go_back()
    check.arm()
    question(page, 0, 10).locator(".nn-wrong").wait_for()
    assert score(page, 0)[0] == 1


@pytest.mark.parametrize("reader", [{}, {"theme": "dark", "viewport": PHONE}],
                         ids=["desktop", "dark phone"])
def test_answered_it_is_accessible_and_fits(visit, reader):
    opened = visit(PAGE, **reader)
    for number in range(4):
        choose(opened.page, 2, number, number % 4)
    # The theme's own button, which shows after scrolling, is not ours to judge here.
    opened.page.add_style_tag(content="#pst-back-to-top { display: none !important; }")
    findings = opened.axe() + opened.check("overflow")
    button = opened.page.locator(".nn-scores button").bounding_box()
    assert min(button["width"], button["height"]) >= 24
    expect_none(PAGE, "answered", findings)


def test_other_pages_do_not_load_the_script(visit):
    opened = visit("05_activations.html")
    assert not [url for url in opened.requests if "score.js" in url or "placement.js" in url]
