"""Every published page, in a real browser: what each reader may expect of each page."""

import pytest
from browser_page import DESKTOP, PHONE, expect_none
from browser_site import built_pages, redirect_target


def test_no_request_leaves_the_site(opened, path):
    expect_none(path, "asks another server for", opened.foreign)


def test_every_file_is_there(opened, path):
    expect_none(path, "loads a file that is not there", opened.failed)


def test_console_is_silent(opened, path):
    expect_none(path, "the console says", opened.complaints)


def test_every_widget_is_rendered(opened, path):
    findings = opened.at(DESKTOP).check("widgets")
    expect_none(path, "widgets are missing", findings)


def test_nothing_dead_is_shown(opened, path):
    findings = opened.at(DESKTOP).check("deadControls")
    expect_none(path, "shows what only a kernel can move", findings)


def test_nothing_jumps_while_the_page_comes_up(opened, path):
    jumps = opened.loading_shifts
    findings = [f"{j['value']:.3f} of the screen: {', '.join(j['moved'][:3])}" for j in jumps]
    expect_none(path, "jumps", findings if sum(j["value"] for j in jumps) > 0.1 else [])


def test_headings_are_in_order(opened, path):
    findings = opened.at(DESKTOP).check("headings")
    expect_none(path, "headings are out of order", findings)


def test_pictures_have_alternatives(opened, path):
    findings = opened.check("alternatives")
    expect_none(path, "pictures say nothing to who cannot see them", findings)


def test_axe_finds_nothing_in_light(opened, path):
    findings = opened.at(DESKTOP).axe()
    expect_none(path, "axe-core finds (light)", findings)


def test_tab_reaches_everything_and_focus_shows(opened, path):
    findings = opened.at(DESKTOP).tab_through()
    expect_none(path, "with the keyboard alone", findings)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_layout_fits(opened, path, viewport):
    opened.at(viewport)
    findings = opened.check("overflow") + opened.check("squeezed")
    expect_none(path, f"at {viewport['width']} px", findings)


def test_axe_finds_nothing_in_dark_on_a_phone(visit, path):
    dark = visit(path, theme="dark", viewport=PHONE)
    theme = dark.page.evaluate("() => document.documentElement.dataset.theme")
    assert theme == "dark", f"{path}: the reader chose dark and the page shows {theme!r}"
    findings = dark.axe()
    expect_none(path, "axe-core finds (dark, phone)", findings)


def test_text_is_there_without_javascript(visit, opened, path):
    plain = visit(path, javascript=False, settle=False)
    words, all_words = (set(p.check("mainText").split()) for p in (plain, opened))
    # Formulas are set by a script and read differently without it, so a few words may differ.
    share = len(words & all_words) / max(1, len(all_words))
    assert share > 0.7, f"{path}: only {share:.0%} of the page's words are there without JavaScript"


def test_pages_that_only_forward_lead_somewhere(built):
    pages = built_pages()
    lost = [f"{p} -> {to}" for p in pages if (to := redirect_target(p)) and to not in pages]
    expect_none("the book", "pages that forward to no page", lost)
