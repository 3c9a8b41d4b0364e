"""The widgets of the published pages, with keys only, no kernel and no network."""

import pytest
from browser_page import OpenPage, expect_none
from browser_site import VIEW_MARK, built_pages, pages_with
from browser_widgets import (
    Gate,
    Panel,
    answer_all,
    faults_of_state,
    find,
    panels,
    walk_grid,
)


def pages_that_have(css_class):
    """Parameters: every page with such a widget. None at all is a failure, not a skip."""
    # The source of a widget, shown among the reference pages, names its class too.
    views = set(pages_with(VIEW_MARK)) if built_pages() else set()
    marked = sorted(views & set(pages_with(f'"{css_class}"'))) if views else []
    return pytest.mark.parametrize("path", marked or [f"no page has an {css_class}"])


@pytest.fixture
def offline(visit, built):
    """Open a page, then cut the network: what follows has to work without it."""

    def open_page(path, **reader):
        if not (built / path).is_file():
            pytest.fail(f"{path}: `make book` built no such page", pytrace=False)
        page = visit(path, idle=True, **reader)
        page.context.set_offline(True)
        page.loaded, page.said = len(page.requests), len(page.complaints)
        return page

    return open_page


def finish(path, what, page, findings):
    later = [f"asked for {url} after it had loaded" for url in page.requests[page.loaded :]]
    expect_none(path, what, findings + later + page.complaints[page.said :])


@pages_that_have("nn-explorer")
def test_explorer_shows_every_setting(offline, path):
    page = offline(path)
    found = panels(page, ".nn-explorer")
    findings = [fault for panel in found for fault in walk_grid(panel)]
    if not found and not find(page, ".nn-predict"):  # an explorer may wait behind a prediction
        findings.append("no explorer is shown")
    finish(path, "explorers", page, findings)


@pages_that_have("nn-compare")
def test_compare_keeps_one_side_while_the_other_moves(offline, path):
    page = offline(path)
    findings, found = [], find(page, ".nn-compare")
    for card in found:
        sides = [Panel(page.page, side) for side in card.query_selector_all(".nn-side")]
        if len(sides) != 2:
            findings.append(f"a comparison shows {len(sides)} sides")
            continue
        for moved, pinned in (sides, reversed(sides)):
            kept = pinned.read()
            for number, control in enumerate(moved.read()["controls"]):
                last = len(control["options"]) - 1
                for index in {0, last, control["index"]} - {control["index"]}:
                    state = moved.move(number, index)
                    findings += faults_of_state(moved.title, state)
                    if state["controls"][number]["index"] != index:
                        findings.append(f"{moved.title}: {control['name']} did not move")
                    if pinned.read() != kept:
                        findings.append(f"{pinned.title} moved with {moved.title}")
    finish(path, "comparisons", page, findings or ([] if found else ["no comparison is shown"]))


@pages_that_have("nn-predict")
def test_predict_reveals_after_a_choice(offline, path):
    page = offline(path)
    found = [Gate(page.page, handle) for handle in find(page, ".nn-predict")]
    written = page.page.evaluate("() => bookWidgets.gates()")
    findings = [fault for gate in found for fault in answer_all(gate, written)]
    finish(path, "predictions", page, findings if found else ["no prediction is shown"])


@pages_that_have("nn-predict")
def test_what_a_prediction_reveals_works(offline, path):
    """Explorers behind a prediction are driven like those in the open."""
    page = offline(path)
    open_before = len(find(page, ".nn-explorer"))
    for handle in find(page, ".nn-predict"):
        Gate(page.page, handle).choose(0)
    hidden = panels(page, ".nn-predict .nn-explorer")
    findings = [fault for panel in hidden for fault in walk_grid(panel)]
    if open_before + len(hidden) != len(find(page, ".nn-explorer")):
        findings.append("an explorer is shown neither at first nor behind a prediction")
    finish(path, "explorers behind predictions", page, findings)


@pages_that_have("nn-quiz")
def test_quiz_answers_each_option(offline, path):
    page = offline(path)
    found = [Gate(page.page, handle) for handle in find(page, ".nn-quiz-question")]
    written = page.page.evaluate("() => bookWidgets.gates()")
    findings = [fault for gate in found for fault in answer_all(gate, written)]
    finish(path, "quizzes", page, findings if found else ["no question is shown"])


def position(panel):
    return int(float(panel.handle.query_selector("[role=slider]").get_attribute("aria-valuenow")))


@pages_that_have("nn-stepper")
def test_stepper_goes_to_every_frame(offline, path):
    page = offline(path)
    findings, found = [], panels(page, ".nn-stepper")
    for panel in found:
        handle = panel.handle.query_selector("[role=slider]")
        last = int(float(handle.get_attribute("aria-valuemax")))
        panel.press(handle, "End")
        if position(panel) != last:
            findings.append(f"{panel.title}: End leads to {position(panel)}, not to {last}")
        panel.press(handle, "Home")
        seen = [panel.read()]
        for number in range(1, last + 1):
            seen.append(panel.press(handle, "ArrowRight"))
            if position(panel) != number:
                findings.append(f"{panel.title}: a key led to {position(panel)}, not to {number}")
        for number, state in enumerate(seen):
            findings += faults_of_state(f"{panel.title}, frame {number}", state)
        for what, things in (
            ("pictures", {str(state["pictures"]) for state in seen}),
            ("labels", {state["text"] for state in seen}),
        ):
            if len(things) != last + 1:
                findings.append(f"{panel.title}: {last + 1} steps show {len(things)} {what}")
        if not handle.get_attribute("aria-valuetext").strip(" 0123456789."):
            findings.append(f"{panel.title}: the slider speaks a bare number, not its step")
    finish(path, "steppers", page, findings if found else ["no stepper is shown"])


@pages_that_have("nn-stepper")
def test_stepper_plays_and_pauses_when_asked(offline, path):
    page = offline(path)
    findings, found = [], panels(page, ".nn-stepper")
    for panel in found:
        opening = panel.read()
        page.page.wait_for_timeout(1500)
        if panel.read() != opening:
            findings.append(f"{panel.title}: plays without being asked")
        play = panel.handle.query_selector(".widget-play button")
        first = panel.press(play, "Enter")
        later = panel.handle.evaluate(
            "(panel) => bookWidgets.changed(panel, bookWidgets.state(panel), 3000)"
        )
        if not opening["pictures"] != first["pictures"] != later["pictures"]:
            findings.append(f"{panel.title}: Play does not go on from frame to frame")
        play.focus()
        page.page.keyboard.press("Enter")
        page.page.evaluate("() => bookWidgets.settled()")
        paused = panel.read()
        page.page.wait_for_timeout(1500)
        if panel.read() != paused:
            findings.append(f"{panel.title}: goes on after Pause")
    finish(path, "players", page, findings if found else ["no stepper is shown"])


@pages_that_have("nn-explorer")
def test_explorer_works_from_a_file(browser, built, path):
    """A copy of the site on a disk, opened with no server at all."""
    page = OpenPage(browser, built.as_uri()).goto(path)
    try:
        findings = page.check("widgets")
        for panel in panels(page, ".nn-explorer")[:1]:
            control = panel.read()["controls"][0]
            state = panel.move(0, len(control["options"]) - 1 if control["index"] == 0 else 0)
            findings += faults_of_state(panel.title, state)
            if state["controls"][0]["index"] == control["index"]:
                findings.append(f"{panel.title}: {control['name']} did not move")
        expect_none(path, "opened as a file", findings + page.foreign + page.complaints)
    finally:
        page.close()
