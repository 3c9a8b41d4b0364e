"""Exercises in the page: the script says what the check says, and a reader can use the form."""

import json
import random
import re

import pytest
from browser_site import ROOT, pages_with

from nnlib.exercises import by_hand, catalogue, forms

WITH_FORM = [exercise for exercise in catalogue.exercises() if forms.has_form(exercise)]
SCRIPT = (ROOT / "book" / "_assets" / "exercises.js").read_text(encoding="utf-8")
FALLBACK = 'For more, run hint("{}").'


def spelt(value):
    return repr(value) if isinstance(value, float) else str(value)


def answers(exercise):
    """What readers may enter: right, empty, each known mistake, each single slip, nonsense."""
    form = forms.form(exercise)
    right = [spelt(value) for value in form["expected"]]
    found = [right, [""] * len(right), ["", *right[1:]], [" ", *right[1:]]]
    for mistake in exercise.mistakes if not exercise.by_hand else ():
        for answer in mistake.answers:
            found.append([spelt(answer[name]) for name in form["labels"]])
    for rows in by_hand.rows_of_mistakes(exercise) if exercise.by_hand else ():
        found += [[spelt(r if v is None else v) for v, r in zip(row, form["expected"], strict=True)]
                  for row in rows]
    typed = ["0", "1", "3", "64", "-2", "0,5", "1/8", "1,024", "many", "1e-3"]
    pools = form.get("options") or [typed] * len(right)
    for place, pool in enumerate(pools):
        found += [[*right[:place], text, *right[place + 1 :]] for text in pool]
    draw = random.Random(0)
    found += [[draw.choice(pool) for pool in pools] for _ in range(20)]
    # A select offers what it offers: other words cannot be chosen.
    if form.get("options"):
        found = [texts for texts in found
                 if all(t in {"", " ", *pool} for t, pool in zip(texts, pools, strict=True))]
    return found


def as_the_page_says_it(exercise, outcome):
    """The outcome's text; where a notebook says how to run a hint, a page says where it is."""
    text = str(outcome).replace(FALLBACK.format(exercise.identifier), by_hand.NEXT_HINT)
    return text.replace("Hint: Your dictionary ", "Hint: Your answer ")


@pytest.mark.parametrize("exercise", WITH_FORM, ids=lambda exercise: exercise.identifier)
def test_the_page_says_what_the_check_says(browser, exercise):
    page = browser.new_page()
    try:
        page.add_script_tag(content=SCRIPT)
        tried = answers(exercise)
        said = page.evaluate(
            "([form, tried]) => tried.map((texts) => window.nnExercises.judge(form, texts))",
            [json.loads(json.dumps(forms.form(exercise))), tried],
        )
    finally:
        page.close()
    assert len(tried) >= 20
    for texts, verdict in zip(tried, said, strict=True):
        outcome = forms.verdict(exercise, texts)
        assert "\n".join(verdict["says"]) == as_the_page_says_it(exercise, outcome), texts
        assert verdict["passed"] == (type(outcome).__name__ == "Passed"), texts


def test_every_exercise_with_a_form_stands_in_a_page():
    pages = pages_with('class="nn-widget nn-answer"')
    found = "".join((ROOT / "_build" / "html" / page).read_text(encoding="utf-8") for page in pages)
    for exercise in WITH_FORM:
        assert f'id="{exercise.identifier.replace(".", "-")}-0"' in found


def page_of(built, slug):
    """The page of a room: with a number before its slug, or without."""
    (name,) = (path.name for path in built.glob("*.html")
               if re.fullmatch(rf"(\d\d_)?{slug}\.html", path.name))
    return name


@pytest.mark.parametrize("width", [1200, 320])
@pytest.mark.parametrize("slug", sorted({e.identifier.partition(".")[0] for e in WITH_FORM}))
def test_a_reader_fills_in_a_form_by_keyboard(visit, built, slug, width):
    name = page_of(built, slug)
    page = visit(name, viewport={"width": width, "height": 800}).page
    for exercise in WITH_FORM:
        if not exercise.identifier.startswith(f"{slug}."):
            continue
        key = exercise.identifier.replace(".", "-")
        form = page.locator(f"form.nn-answer:has(#{key}-0)")
        form.scroll_into_view_if_needed()
        expected = forms.form(exercise)
        for number, value in enumerate(expected["expected"]):
            field = form.locator(f"#{key}-{number}")
            assert page.locator(f'label[for="{key}-{number}"]').inner_text().strip()
            if expected.get("options"):
                field.select_option(value=str(value))
            else:
                field.fill(spelt(value))
        field.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Check"
        page.keyboard.press("Enter")
        assert form.locator('[role="status"]').inner_text().startswith("Passed.")
        assert form.evaluate("(form) => form.scrollWidth <= form.clientWidth + 1")
        # A change makes the verdict old, and a wrong answer is told so.
        if expected.get("options"):
            form.locator(f"#{key}-0").select_option(index=0)
        else:
            form.locator(f"#{key}-0").fill("")
        assert form.locator('[role="status"]').inner_text() == ""
        page.keyboard.press("Enter") if not expected.get("options") else form.locator(
            "button").press("Enter")
        assert form.locator('[role="status"]').inner_text().startswith("Not yet:")


def test_hints_appear_one_by_one(visit, built):
    (name,) = (path.name for path in built.glob("[0-9][0-9]_weights.html"))
    page = visit(name).page
    exercise = page.locator(".nn-exercise").first
    hints = exercise.locator(".nn-hint")
    assert hints.count() >= 3
    assert [hint.is_visible() for hint in hints.all()][:2] == [True, False]
    hints.nth(0).locator("summary").press("Enter")
    assert [hint.is_visible() for hint in hints.all()][:3] == [True, True, False]
    hints.nth(1).locator("summary").press("Enter")
    assert hints.nth(2).is_visible()


@pytest.mark.parametrize(
    "exercise", [e for e in WITH_FORM if e.broken], ids=lambda exercise: exercise.identifier)
def test_the_code_that_is_to_be_mended_is_in_sight(visit, built, exercise):
    slug, _, name = exercise.identifier.partition(".")
    page = visit(page_of(built, slug)).page
    place = page.locator(".nn-exercise").filter(has=page.locator(f"#{slug}-{name}-0"))
    shown = [code.text_content() for code in place.locator("pre").all() if code.is_visible()]
    assert any(code.strip() == exercise.stub.strip() for code in shown)


def test_without_javascript_answers_and_hints_can_be_read(visit, built):
    (name,) = (path.name for path in built.glob("[0-9][0-9]_learning_rate.html"))
    page = visit(name, javascript=False, settle=False).page
    answers_there = page.locator(".nn-exercise noscript, .nn-exercise details")
    assert answers_there.count() >= 3
    assert page.locator("form.nn-answer").first.is_hidden()
    folded = page.locator(".nn-exercise details", has_text="Answers").first
    folded.locator("summary").first.click()
    assert "chosen" in folded.inner_text()


@pytest.mark.parametrize("path", pages_with("nn-answer")[:1] or ["the book is not built"])
def test_the_text_of_a_form_stands_clear_of_its_frame(visit, path):
    opened = visit(path)
    edges = opened.page.evaluate("""() => [...document.querySelectorAll("form.nn-answer")].map(
        (form) => form.querySelector("label").getBoundingClientRect().left
            - form.getBoundingClientRect().left)""")
    assert edges
    assert min(edges) >= 10          # a rule of the widgets was stronger once: 0
