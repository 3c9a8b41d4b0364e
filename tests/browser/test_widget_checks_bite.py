"""The widget checks on small imitations, sound and broken on purpose: each fault is found."""

import pytest
from browser_page import OpenPage
from browser_widgets import Gate, answer_all, find, panels, says, snake, walk_grid

# An explorer and a question as the published page has them, with the few lines that move them.
# What a fault changes stands between guillemets.
EXPLORER = """<!doctype html><html lang="en"><body>
<div class="nn-widget nn-explorer"><p class="nn-title">Trial</p>
<div class="nn-controls">
<div class="nn-control"><label class="widget-label">Rate</label>
<select><option>0.1</option><option>1</option><option>3</option></select></div>
<div class="nn-control"><span class="widget-label">Path</span>
<button class="mod-active">numpy</button><button>torch</button></div>
</div><div class="nn-stage" aria-live="polite"></div></div>
<script>
const select = document.querySelector("select"), buttons = [...document.querySelectorAll("button")];
const head = `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><text y="20">`;
const svg = (words) => "data:image/svg+xml," + encodeURIComponent(`${head}${words}</text></svg>`);
const show = () => {
  const rate = select.value, path = buttons.find((b) => b.className === "mod-active").textContent;
  const alt = `Rate ${rate} on ${path}`;
  const stage = document.querySelector(".nn-stage");
  stage.innerHTML = `<img class="nn-picture" alt="${alt}" src="${svg(alt)}">`;
};
select.onchange = () => show();
const press = (b) => buttons.forEach((c) => { c.className = c === b ? "mod-active" : ""; });
buttons.forEach((b) => { b.onclick = () => { press(b); show(); }; });
show();
</script></body></html>"""

QUESTION = """<!doctype html><html lang="en"><body><div class="nn-widget nn-predict">
<div class="nn-question-box"><p class="nn-question">Which is first?</p></div>
<div class="nn-options" role="radiogroup" aria-label="Which is first?">
<label><input type="radio" name="o">a</label><label><input type="radio" name="o">b</label>
<label><input type="radio" name="o">c</label></div>
<div class="nn-stage" aria-live="polite"></div></div>
<script>
const said = ["Yes, by the alphabet.", "No, second.", "No, last."];
const show = (i) => document.querySelector(".nn-stage").innerHTML =
  `<p class="${i === 0 ? "nn-right" : "nn-wrong"}">${said[i]}</p>`;
document.querySelectorAll("input").forEach((input, i) => input.onchange = () => show(i));
</script></body></html>"""
WRITTEN = {
    "Which is first?": {
        "options": ["a", "b", "c"],
        "feedback": ["Yes, by the alphabet.", "No, second.", "No, last."],
    }
}


@pytest.fixture
def show(browser):
    opened = []

    def open_html(html, *fault):
        before, after = fault or ("", "")
        assert before in html
        opened.append(OpenPage(browser, "").show(html.replace(before, after, 1)))
        return opened[-1]

    yield open_html
    for page in opened:
        page.close()


def explorer_faults(page):
    return [fault for panel in panels(page, ".nn-explorer") for fault in walk_grid(panel)]


def question_faults(page):
    return [f for h in find(page, ".nn-predict") for f in answer_all(Gate(page.page, h), WRITTEN)]


def test_sound_widgets_have_no_faults(show):
    assert explorer_faults(show(EXPLORER)) == []
    assert question_faults(show(QUESTION)) == []


@pytest.mark.parametrize(
    ("fault", "says_so"),
    [
        (("onchange = () => show()", "onchange = () => 0"), "the same is shown"),
        (("const alt = `Rate ${rate} on", "const alt = `Rate 0.1 on"), "does not say Rate"),
        (("on ${path}`", "on some path`"), "does not say Path"),
        (("${svg(alt)}", "data:image/png;base64,AAAA"), "the picture is broken"),
        (("});\nshow();", "});"), "0 pictures are shown"),
        (("innerHTML = `<img", "innerHTML += `<img"), "2 pictures are shown"),
        ((' aria-live="polite"', ""), "no aria-live"),
        (("<select>", "<select onkeydown='return false'>"), "keys moved Rate"),
        (('${alt}" src', 'Rates 0.1, 1 and 3 on numpy and torch" src'), "6 settings have 1 alt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_faulty_explorer_is_found(show, fault, says_so):
    faults = explorer_faults(show(EXPLORER, *fault))
    assert any(says_so in line for line in faults), faults


@pytest.mark.parametrize(
    ("fault", "says_so"),
    [
        (("show(i))", "0)"), "which is not its feedback"),
        (("said[i]}", "said[(i + 1) % 3]}"), "which is not its feedback"),
        (("said[i]}", "said}"), "which is not its feedback"),
        (('polite"></div>', 'polite">It is a.</div>'), "before a choice"),
        (('name="o">a', 'name="o" checked>a'), "before a choice"),
        (("i === 0 ?", "i < 2 ?"), "2 options are called right"),
        ((' role="radiogroup"', ""), "not a named group"),
        (('name="o">b', 'name="other">b'), "the keys chose"),
        (("Which is first?</p>", "Which is last?</p>"), "holds no such question"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_faulty_question_is_found(show, fault, says_so):
    faults = question_faults(show(QUESTION, *fault))
    assert any(says_so in line for line in faults), faults


@pytest.mark.parametrize(
    ("alt", "label", "expected"),
    [
        ("Learning rate 0.1, batch 64.", "0.1", True),
        ("Learning rate 0.01, batch 64.", "0.1", False),
        ("1,280 images at once", "1280", True),
        ("rate 0.0001", "1e-04", True),
        ("a slope of −2", "-2", True),
        ("a slope of 2", "-2", False),
        ("Warm-up + cosine from 0.5", "warm-up + cosine", True),
        ("step from 0.5", "cosine", False),
    ],
)
def test_what_an_alt_text_says(alt, label, expected):
    assert says(alt, label) is expected


@pytest.mark.parametrize(
    ("sizes", "start"), [([3], (1,)), ([3, 2], (0, 1)), ([2, 3, 2], (1, 1, 0))]
)
def test_the_walk_visits_every_setting_from_where_it_starts(sizes, start):
    walk = snake(sizes, start)
    assert walk[0] == start
    assert len(set(walk)) == len(walk) == len(list(walk))
    total = 1
    for size in sizes:
        total *= size
    assert len(walk) == total
