"""A page worked through on a narrow phone: all is answered and opened, and still in its place."""

import pytest
from browser_page import expect_none
from browser_site import or_not_built, pages_with

# Answers the first option of every question, fills and checks every form, opens what is folded.
ANSWER = """() => {
    for (const group of document.querySelectorAll(".nn-widget .widget-radio-box")) {
        group.querySelector("input").click();
    }
    for (const form of document.querySelectorAll("form.nn-answer")) {
        form.querySelectorAll("select").forEach((field) => { field.selectedIndex = 1; });
        form.querySelectorAll("input").forEach((field) => { field.value = "3"; });
        form.querySelector("button").click();
    }
    document.querySelectorAll(".nn-exercise details").forEach((part) => { part.open = true; });
}"""
# What reaches beyond the card it stands in, where nothing leads to the rest of it.
STICKS_OUT = """() => [...document.querySelectorAll(".nn-widget")].flatMap((card) => {
    const edge = card.getBoundingClientRect().right;
    return [...card.querySelectorAll("select, button, input, img, p, label, dd")]
        .filter((part) => part.getBoundingClientRect().width
            && part.getBoundingClientRect().right > edge + 0.5)
        .map((part) => `${part.tagName} ${(part.textContent || "").slice(0, 40)} reaches `
            + `${Math.round(part.getBoundingClientRect().right - edge)} px beyond its card`);
})"""

PAGES = or_not_built(pages_with("nn-widget"))


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_leaves_its_card(visit, path, width):
    opened = visit(path, viewport={"width": width, "height": 740}, theme="dark")
    opened.page.evaluate(ANSWER)
    opened.page.wait_for_timeout(400)          # what was revealed is laid out
    findings = opened.page.evaluate(STICKS_OUT) + opened.check("overflow")
    if width == 320:
        findings += opened.axe()
    expect_none(path, f"answered, at {width} px", findings)


def test_a_part_that_sticks_out_is_found(visit):
    opened = visit(PAGES[0], viewport={"width": 320, "height": 740})
    opened.page.evaluate("""() => document.querySelector(".nn-widget").insertAdjacentHTML(
        "beforeend", '<button style="width: 400px">wide</button>')""")
    assert any("BUTTON wide reaches" in found for found in opened.page.evaluate(STICKS_OUT))
