"""Code far down is laid out as the reader comes near, and grows: the focus must stay in sight."""

import pytest
from browser_page import DESKTOP

# Tab goes on to the next control; above it, in the window, something grows in the next picture.
GROWS = """() => {
    const controls = [...document.querySelectorAll(".bd-article button.copybtn")];
    document.documentElement.style.overflowAnchor = "none";
    controls[2].focus({ preventScroll: true });
    addEventListener("focusin", ({ target }) => requestAnimationFrame(() => {
        const grown = document.createElement("div");
        grown.style.height = "3000px";
        // The next control is a button of a cell or a link in the text.
        target.closest(".cell_input, p, li, dd").before(grown);
        window.grew = true;
    }), { once: true });
}"""
IN_SIGHT = """async () => {
    for (let i = 0; i < 12; i += 1) await new Promise((drawn) => requestAnimationFrame(drawn));
    const { top, bottom } = document.activeElement.getBoundingClientRect();
    return { at: document.activeElement.className, grew: window.grew === true,
             seen: bottom > 0 && top < innerHeight };
}"""


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_what_grows_above_the_focus_does_not_push_it_out_of_the_window(visit, key):
    reader = visit("04_layers.html", viewport=DESKTOP, theme="light")
    reader.page.evaluate(GROWS)
    reader.page.keyboard.press(key)
    found = reader.page.evaluate(IN_SIGHT)
    assert found["grew"], "nothing grew: the test proves nothing"
    assert found["seen"], f"{found['at']} has the focus and is out of the window"
