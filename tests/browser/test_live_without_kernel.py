"""A notebook converted to HTML has widgets and no kernel: the control that needs one is hidden."""

import os
import subprocess
import sys

import nbformat
import pytest
from browser_site import ROOT

EMBED = ROOT / "node_modules" / "@jupyter-widgets" / "html-manager" / "dist" / "embed.js"
CELL = """
from nnlib import widgets
from little_frames import little_explorer, little_frame

live = widgets.Live(lambda progress, rate: little_frame(f"trained at {rate:g}"),
                    {"rate": widgets.Number("Free rate", 0.1)})
live.button.click()
little_explorer(live=live)"""


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """A notebook in which a reader has trained with a value, executed and saved by nbconvert."""
    path = tmp_path_factory.mktemp("converted") / "live.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)]), path)
    folders = os.pathsep.join(map(str, (ROOT, ROOT / "tests" / "support")))
    done = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "html", "--execute", str(path)],
        env={**os.environ, "PYTHONPATH": folders}, capture_output=True, text=True,
    )
    assert done.returncode == 0, done.stderr
    return path.with_suffix(".html")


def test_a_dead_live_is_hidden_in_the_html_of_nbconvert(browser, converted):
    page = browser.new_page()

    def from_here(route):
        """The page takes the widgets' script from a server of others: here it is the same file."""
        if route.request.url.startswith("file:"):
            route.continue_()
        elif "html-manager" in route.request.url:
            route.fulfill(path=str(EMBED), content_type="text/javascript")
        else:
            route.abort()

    page.route("**/*", from_here)
    page.goto(converted.as_uri())
    page.wait_for_selector(".nn-explorer img")
    live = page.locator(".nn-live-only")
    live.wait_for(state="attached")
    page.wait_for_function("document.querySelector('.nn-live-only input') !== null")
    assert "trained at 0.1" in live.inner_html()          # it is saved as the reader left it
    assert not live.is_visible()
    page.close()
