"""The checks of this folder on pages broken on purpose: each fault is found, and nothing else."""

import pytest
from browser_page import DESKTOP, PHONE, OpenPage
from browser_site import VIEW_MARK, serve

PIXEL = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='300' height='150'%3E"
    "%3Crect width='300' height='150'/%3E%3C/svg%3E"
)
SOUND = f"""<!doctype html><html lang="en" data-theme="light"><head><title>A sound page</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"></head><body><main>
<h1>One</h1><p>Text with <a href="#b">a link</a>.</p><h2 id="b">Two</h2>
<img src="{PIXEL}" alt="A black box" width="300" height="150" style="max-width:100%;height:auto">
<!-- here -->
</main></body></html>"""

LABELLED_RADIOS = "".join(
    f'<label style="display:block;min-height:30px"><input type="radio" name="r">{name}</label>'
    for name in "ab"
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """A served folder for pages made here, so that they have an origin as real pages have."""
    folder = tmp_path_factory.mktemp("broken_pages")
    with serve(folder) as address:
        yield folder, address


@pytest.fixture
def show(browser, shelf):
    folder, address = shelf
    pages = []

    def open_html(html, **reader):
        (folder / "page.html").write_text(html, encoding="utf-8")
        pages.append(
            OpenPage(browser, address, **reader).goto("page.html", idle="example.org" in html)
        )
        return pages[-1]

    yield open_html
    for page in pages:
        page.close()


def with_fault(fault, html=SOUND):
    return html.replace("<!-- here -->", fault)


def everything(page):
    """All that test_pages.py asks of a page at one size."""
    names = ["widgets", "deadControls", "headings", "alternatives", "overflow", "squeezed"]
    found = [finding for name in names for finding in page.check(name)]
    return found + page.foreign + page.failed + page.complaints + page.axe() + page.tab_through()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_sound_page_has_no_findings(show, viewport):
    assert everything(show(SOUND, viewport=viewport)) == []


@pytest.mark.parametrize(
    "fault",
    [
        '<img src="https://example.org/a.png" alt="a picture from elsewhere">',
        "<script>fetch('https://example.org/count').catch(() => 0)</script>",
        "<style>@import url('https://example.org/font.css');</style>",
        "<script>try { new WebSocket('wss://example.org/') } catch (e) {}</script>",
    ],
    ids=["image", "fetch", "style", "websocket"],
)
def test_a_request_to_elsewhere_is_recorded(show, fault):
    assert any("example.org" in line for line in show(with_fault(fault)).foreign)


def test_a_missing_file_is_recorded(show):
    page = show(with_fault('<img src="lost.png" alt="a lost picture" width="30" height="30">'))
    assert any(line.startswith("404") and "lost.png" in line for line in page.failed)
    assert any("did not load" in line for line in page.check("squeezed"))


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("<script>console.error('said so')</script>", "said so"),
        ("<script>console.warn('mind this')</script>", "mind this"),
        ("<script>throw new Error('went wrong')</script>", "went wrong"),
        ("<script>Promise.reject(new Error('broken promise'))</script>", "broken promise"),
    ],
)
def test_a_complaint_is_recorded(show, fault, says):
    assert any(says in line for line in show(with_fault(fault)).complaints)


VIEW = f'<script type="{VIEW_MARK}">{{"model_id": "12345678abc"}}</script>'
AREA = '<div class="widget-subarea">'


@pytest.mark.parametrize(
    ("output", "says"),
    [
        (VIEW, "was not rendered"),
        (f"{AREA}</div>{VIEW}", "is blank"),
        (f"{AREA}<div></div></div>{VIEW}", "has no height"),
        (f"{AREA}<p>a</p></div>{AREA}<p>a</p></div>{VIEW}", "was rendered 2 times"),
        (f"{AREA}<p>Error displaying widget</p></div>{VIEW}", "shows an error"),
    ],
)
def test_a_broken_widget_is_found(browser, output, says):
    page = OpenPage(browser, "").show(with_fault(f"<div>{output}</div>"))
    findings = page.check("widgets")
    page.close()
    assert any(says in line for line in findings), findings


@pytest.mark.parametrize(
    ("check", "fault", "says"),
    [
        ("headings", "<h4>Four</h4>", "h4 follows h2"),
        ("headings", "<h1>Another</h1>", "2 visible h1"),
        ("headings", "<h3> </h3><h3>x</h3>", ""),
        ("alternatives", f'<img src="{PIXEL}">', "no alt"),
        ("alternatives", f'<img src="{PIXEL}" alt="">', "empty alt"),
        ("alternatives", '<img src="loss.png" alt="loss.png">', "file name"),
        ("alternatives", f'<div hidden><img src="{PIXEL}"></div>', "no alt"),
        ("squeezed", f'<img alt="a" src="{PIXEL}" width="100" height="150">', "drawn 100×150"),
        ("deadControls", '<div class="nn-live-only">Train</div>', "needs a kernel"),
    ],
)
def test_a_fault_of_content_is_found(show, check, fault, says):
    page = show(with_fault(fault))
    if fault.startswith("<h3> "):
        page.page.evaluate("() => { document.querySelector('h3').style.cssText = 'height:9px' }")
        says = "empty heading"
    findings = page.check(check)
    assert any(says in line for line in findings), findings


@pytest.mark.parametrize(
    "fault",
    [
        '<table><tr><td style="min-width:900px">wide</td></tr></table>',
        "<pre>" + "x = 1 + " * 40 + "</pre>",
        f'<img src="{PIXEL}" alt="a wide picture" width="700" height="350">',
        '<div style="overflow:hidden"><p style="width:800px">cut off</p></div>',
    ],
    ids=["table", "code", "picture", "cut off"],
)
def test_what_is_too_wide_for_a_phone_is_found(show, fault):
    assert show(with_fault(fault), viewport=PHONE).check("overflow")


def test_what_scrolls_in_its_own_box_fits(show):
    fault = '<div style="overflow-x:auto" tabindex="0"><p style="width:800px">wide</p></div>'
    assert show(with_fault(fault), viewport=PHONE).check("overflow") == []


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ('<p style="color:#ccc;background:#fff">faint words</p>', "color-contrast"),
        ("<select><option>a</select>", "select-name"),
        ('<button aria-label="Search">Find</button>', "label-content-name-mismatch"),
        ('<button aria-label="a" style="width:9px;height:9px;padding:0"></button>' * 2, "target"),
        ('<div role="radio"></div>', "aria-"),
    ],
)
def test_axe_speaks(show, fault, rule):
    findings = show(with_fault(fault)).axe()
    assert any(line.startswith(rule) for line in findings), findings


def test_axe_sees_the_dark_theme(show):
    style = "<style>[data-theme=dark] p { color: #222; background: #111 }</style>"
    script = "document.documentElement.dataset.theme = localStorage.getItem('theme')"
    html = with_fault(f"{style}<script>{script}</script>")
    assert show(html, theme="light").axe() == []
    assert any(line.startswith("color-contrast") for line in show(html, theme="dark").axe())


def widget(inside):
    return with_fault(f'<div class="jupyter-widgets">{inside}</div>')


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ('<button tabindex="-1">Unreachable</button>', "does not reach <button> “Unreachable”"),
        ('<button style="outline:none">Plain</button>', "focus does not show on <button> “Plain”"),
        ('<button style="opacity:0;position:absolute;left:-999px">Gone</button>', "not to be seen"),
        (
            "<button onkeydown=\"if (event.key === 'Tab') event.preventDefault()\">Trap</button>",
            "Tab does not leave <button> “Trap”",
        ),
    ],
)
def test_a_fault_for_the_keyboard_is_found(show, inside, says):
    findings = show(widget(inside)).tab_through()
    assert any(says in line for line in findings), findings


def test_one_tab_stop_stands_for_a_group_of_radios(show):
    inside = f"<fieldset><legend>Rate</legend>{LABELLED_RADIOS}</fieldset><button>After</button>"
    assert show(widget(inside)).tab_through() == []


def test_a_page_that_ignores_the_dark_theme_is_told_from_one_that_obeys(show):
    page = show(SOUND, theme="dark")
    assert page.page.evaluate("() => document.documentElement.dataset.theme") == "light"
