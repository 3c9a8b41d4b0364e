"""Pages with widgets without JavaScript: the first state of each, and every question."""

import pytest
from browser_page import PHONE, expect_none
from browser_site import VIEW_MARK, built_pages, pages_with
from browser_widgets import Gate, find, panels

WITH_WIDGETS = (pages_with(VIEW_MARK) if built_pages() else []) or ["no page has a widget"]


@pytest.mark.parametrize("path", WITH_WIDGETS)
def test_widgets_leave_a_still(visit, built, path):
    assert (built / path).is_file(), f"{path}: `make book` built no such page"
    lively = visit(path)
    first = [panel.read() for panel in panels(lively, ".nn-explorer, .nn-side, .nn-stepper")]
    gates = [
        Gate(lively.page, handle).read()
        for handle in find(lively, ".nn-predict, .nn-quiz-question")
    ]

    plain = visit(path, javascript=False, settle=False)
    shown = plain.page.evaluate(
        "() => [...document.images].filter(bookChecks.visible).map((image) => image.alt)"
    )
    words = " ".join(plain.check("mainText").split())
    findings = [
        f"the first picture of a widget is not there: “{picture['alt'][:120]}”"
        for state in first
        for picture in state["pictures"]
        if picture["alt"] not in shown
    ]
    findings += [
        f"the question “{gate['question'][:70]}” misses “{line[:70]}”"
        for gate in gates
        for line in (gate["question"], *gate["options"])
        if " ".join(line.split()) not in words
    ]
    narrow = visit(path, javascript=False, settle=False, viewport=PHONE)
    findings += narrow.check("overflow") + narrow.check("squeezed")
    expect_none(path, "without JavaScript", findings)
