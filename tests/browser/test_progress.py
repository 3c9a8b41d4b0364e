"""What a reader did is remembered in the browser: answers, the place, counts, file and back."""

import json

import pytest
from browser_page import PHONE, OpenPage

from nnlib.exercises import by_hand, catalogue

CHAPTER, FORM = "05_activations.html", "activations.slope_product"
RIGHT = [f"{field.expected:.6g}" for field in by_hand.fields(catalogue.find(FORM))]
BLOCKED = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('blocked', 'SecurityError'); } });"""


@pytest.fixture
def reader(browser, origin):
    """One reader with several pages: all of them share what the browser keeps."""
    first = OpenPage(browser, origin)
    first.goto(CHAPTER)

    def go(path):
        return first.goto(path).page

    go.page, go.visit = first.page, first
    yield go
    assert first.complaints == []
    assert first.foreign == []
    first.close()


def predictions(page):
    return page.locator(".nn-predict")


def answer_one(page, which=1, option=1):
    predictions(page).nth(which).locator('input[type="radio"]').nth(option).check()


def pass_the_form(page):
    form = page.locator(f'form[data-exercise="{FORM}"]')
    for field, value in zip(form.locator("input").all(), RIGHT, strict=True):
        field.fill(value)
    form.get_by_role("button", name="Check").click()
    return form


def done_sign(page, chapter):
    return page.locator(f'#pst-primary-sidebar a[href*="{chapter[:-5]}"] .nn-done, '
                        "#pst-primary-sidebar li.current.active > a .nn-done").first


def test_answers_come_back_without_being_read_out(reader):
    page = reader.page
    answer_one(page)
    said = predictions(page).nth(1).locator(".nn-feedback").inner_text()
    form = pass_the_form(page)
    verdict = form.get_by_role("status").inner_text()
    page = reader(CHAPTER)
    again = predictions(page).nth(1)
    again.locator(".nn-feedback").wait_for()
    assert again.locator('input[type="radio"]').nth(1).is_checked()
    assert again.locator(".nn-feedback").inner_text() == said
    assert predictions(page).nth(0).locator("input:checked").count() == 0
    form = page.locator(f'form[data-exercise="{FORM}"]')
    assert form.locator("input").first.input_value() == RIGHT[0]
    assert form.get_by_role("status").inner_text() == verdict
    # What is put back is no news; what is answered afterwards is.
    stage = again.locator(".nn-stage").first
    page.wait_for_function("node => node.getAttribute('aria-live') === 'polite'",
                           arg=stage.element_handle())
    assert page.locator("[data-nn-quiet]").count() == 0


def test_put_back_answers_are_silent_at_first(reader):
    answer_one(reader.page)
    # The moment of silence lasts as long as this test looks.
    reader.visit.context.add_init_script(
        "const timer = setTimeout;"
        "window.setTimeout = (act, ms, ...rest) => timer(act, ms === 1000 ? 1e6 : ms, ...rest);")
    reader.page.goto(reader.page.url)
    reader.page.locator(".nn-predict[data-nn-quiet] .nn-feedback").wait_for()
    live = reader.page.locator(".nn-predict[data-nn-quiet] .nn-stage").first
    assert live.get_attribute("aria-live") == "off"


def test_counts_stand_in_the_sidebar_and_on_the_landing_page(reader):
    page = reader.page
    questions = page.locator(".nn-predict, .nn-quiz-question").count()
    forms = page.locator("form.nn-answer").count()
    assert done_sign(page, CHAPTER).count() == 0
    answer_one(page)
    pass_the_form(page)
    assert f"2/{questions + forms}" in done_sign(page, CHAPTER).inner_text()
    page.evaluate("document.querySelector('main h2:nth-of-type(1)').scrollIntoView()")
    page = reader("index.html")
    panel = page.get_by_role("group", name="Your progress")
    row = panel.locator("tbody tr").filter(has_text="Activations")
    assert row.locator("td").all_inner_texts() == [f"1 of {questions}", f"1 of {forms}"]
    assert f", 2 of {questions + forms} done" in done_sign(page, CHAPTER).inner_text()
    assert "sent nowhere" in panel.inner_text()


def test_a_wrong_answer_is_kept_but_not_counted_and_a_passed_one_stays_passed(reader):
    page = reader.page
    form = page.locator(f'form[data-exercise="{FORM}"]')
    for field in form.locator("input").all():
        field.fill("3")
    form.get_by_role("button", name="Check").click()
    assert done_sign(page, CHAPTER).count() == 0
    pass_the_form(page)
    assert "1/" in done_sign(page, CHAPTER).inner_text()
    form.locator("input").first.fill("3")
    form.get_by_role("button", name="Check").click()
    assert "1/" in done_sign(page, CHAPTER).inner_text()


def test_the_place_where_one_stopped(reader):
    page = reader.page
    heading = page.locator("main section section > h2").nth(3)
    heading.evaluate("node => node.scrollIntoView({block: 'start', behavior: 'instant'})")
    identifier = heading.evaluate("node => node.parentElement.id")
    page.wait_for_timeout(500)
    page = reader("index.html")
    link = page.locator(".nn-progress .nn-place a")
    assert link.get_attribute("href") == f"{CHAPTER}#{identifier}"
    link.click()
    page.wait_for_url(f"**/{CHAPTER}#{identifier}")


def test_to_a_file_forgotten_and_back(reader, tmp_path):
    answer_one(reader.page)
    pass_the_form(reader.page)
    page = reader("index.html")
    panel = page.get_by_role("group", name="Your progress")
    before = panel.locator("tbody").inner_text()
    with page.expect_download() as waiting:
        panel.get_by_role("button", name="Save to a file").click()
    file = tmp_path / "saved.json"
    waiting.value.save_as(file)
    page.once("dialog", lambda dialog: dialog.dismiss())
    panel.get_by_role("button", name="Forget everything").click()
    assert panel.locator("tbody").inner_text() == before
    page.once("dialog", lambda dialog: dialog.accept())
    panel.get_by_role("button", name="Forget everything").click()
    assert "Nothing answered yet" in panel.inner_text()
    assert page.locator(".nn-done").count() == 0
    panel.locator('input[type="file"]').set_input_files(file)
    panel.get_by_text("Loaded: saved.json.").wait_for()
    assert panel.locator("tbody").inner_text() == before


@pytest.mark.parametrize(
    "content",
    [b"\xff\x00", b"{}", b"[]", b"null", b'{"course": "nnlib", "version": 2, "items": {}}',
     b'{"course": "nnlib", "version": 1}'],
)  # fmt: skip
def test_a_file_of_another_kind_changes_nothing(reader, tmp_path, content):
    page = reader("index.html")
    panel = page.get_by_role("group", name="Your progress")
    file = tmp_path / "other.json"
    file.write_bytes(content)
    before = page.evaluate("JSON.stringify(localStorage)")
    panel.locator('input[type="file"]').set_input_files(file)
    panel.get_by_text("is not a file that was saved here").wait_for()
    assert page.evaluate("JSON.stringify(localStorage)") == before


def test_a_file_brings_in_nothing_but_answers(reader, tmp_path):
    page = reader("index.html")
    items = {"mode": "dark", "exercise x": {}, "exercise losses.a": None,
             "exercise losses.b": {"page": "06_losses", "texts": [], "passed": True},
             "place": {"page": "javascript:alert(1)", "id": "x"}}
    file = tmp_path / "made_up.json"
    file.write_text(json.dumps({"course": "nnlib", "version": 1, "items": items}))
    panel = page.get_by_role("group", name="Your progress")
    panel.locator('input[type="file"]').set_input_files(file)
    panel.get_by_text("Loaded").wait_for()
    kept = page.evaluate("Object.keys(localStorage).filter((k) => /^nnlib-course [^s]/.test(k))")
    assert sorted(kept) == ["nnlib-course exercise losses.b", "nnlib-course place"]
    assert panel.locator(".nn-place").is_hidden()


def test_what_is_kept_may_be_damaged(reader):
    answer_one(reader.page)
    reader.page.evaluate(
        "for (const k of Object.keys(localStorage))"
        " if (k.startsWith('nnlib-course')) localStorage.setItem(k, '{half')")
    page = reader(CHAPTER)
    assert page.locator(".nn-predict input:checked").count() == 0
    answer_one(page)
    assert "1/" in done_sign(page, CHAPTER).inner_text()


def test_pages_work_where_the_browser_keeps_nothing(browser, origin):
    opened = OpenPage(browser, origin)
    opened.context.add_init_script(BLOCKED)
    try:
        page = opened.goto(CHAPTER).page
        answer_one(page)
        assert predictions(page).nth(1).locator(".nn-feedback").is_visible()
        assert "Passed" in pass_the_form(page).get_by_role("status").inner_text()
        assert "2/" in done_sign(page, CHAPTER).inner_text()
        page = opened.goto("index.html").page
        panel = page.get_by_role("group", name="Your progress")
        assert "keeps nothing for these pages" in panel.inner_text()
        assert not [said for said in opened.complaints if "progress.js" in said]
    finally:
        opened.close()


def test_the_panel_fits_a_phone_and_is_accessible(browser, origin):
    opened = OpenPage(browser, origin, viewport=PHONE)
    try:
        opened.goto(CHAPTER)
        answer_one(opened.page)
        page = opened.goto("index.html").page
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        panel = page.locator(".nn-progress")
        assert panel.evaluate("node => node.scrollWidth <= node.clientWidth")
        for control in panel.locator("button, label").all():
            box = control.bounding_box()
            assert min(box["width"], box["height"]) >= 24
    finally:
        opened.close()
