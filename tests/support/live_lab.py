"""A real JupyterLab, with nothing of the account's own settings, and what a reader sees in it."""

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.request

import nbformat
from browser_site import ROOT

SECONDS_TO_START = 120              # a server that never comes must end the test
WAIT = 300_000                      # milliseconds, for what the browser waits for

SETTINGS = {
    # Every cell is in the page, as it is for a reader who scrolls to it.
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}

ALL_CELLS_ARE_THERE = """
count => {
  const cells = [...document.querySelectorAll('.jp-Notebook .jp-Cell')];
  const drawn = '.cm-content, .jp-InputPlaceholder, .jp-RenderedMarkdown';
  return cells.length === count && cells.every(cell => cell.querySelector(drawn));
}
"""

# A notebook can call its kernel idle before it is connected; to run a cell then does nothing, and
# nobody is told.
CONNECTED = """
async () => {
  const { sessionContext } = window.jupyterapp.shell.currentWidget;
  await sessionContext.ready;
  const kernel = sessionContext.session && sessionContext.session.kernel;
  if (!kernel) return false;
  await kernel.info;
  return kernel.connectionStatus === 'connected';
}
"""

# The text that is painted, closed <details> and hidden widgets left out.
VISIBLE_TEXT = """
root => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const seen = [];
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    if (holder.tagName === 'STYLE' || holder.tagName === 'SCRIPT') continue;
    if (holder.checkVisibility({visibilityProperty: true})) seen.push(walker.currentNode.data);
  }
  return seen.join('');
}
"""


def own_folders(folder):
    """An environment in which Jupyter and IPython read and write in `folder` only."""
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR",
             "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
    own = {name: str(folder / name.lower()) for name in names}
    for name, setting in SETTINGS.items():
        path = folder / "jupyterlab_settings_dir" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(setting), encoding="utf-8")
    one_thread = dict.fromkeys(
        ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"
    )
    return {**os.environ, **own, **one_thread, "PYTHONPATH": str(ROOT)}


@contextlib.contextmanager
def lab(notebooks, folder):
    """JupyterLab on the folder `notebooks`, on a free port; gives its address."""
    environment = own_folders(folder)
    log = folder / "lab.log"
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
        "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", "--IdentityProvider.token=",
        f"--ServerApp.root_dir={notebooks}", "--LabApp.expose_app_in_browser=True",
    ]
    with log.open("w") as output:
        server = subprocess.Popen(
            command, env=environment, cwd=notebooks, stdout=output, stderr=output
        )
    try:
        yield address_of(server, folder / "jupyter_runtime_dir", log)
    finally:
        server.terminate()
        server.wait()


def address_of(server, runtime, log):
    """Where the server says that it listens, once it answers there."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and server.poll() is None:
        for path in runtime.glob("jpserver-*.json"):
            with contextlib.suppress(OSError, ValueError):
                url = json.loads(path.read_text(encoding="utf-8"))["url"].rstrip("/")
                urllib.request.urlopen(f"{url}/api/status").close()
                return url
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')}")


class OpenNotebook:
    """One notebook, alone in the window."""

    def __init__(self, browser, address, path):
        count = len(nbformat.read(path, as_version=4).cells)
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.page = self.context.new_page()
        self.page.goto(f"{address}/doc/tree/{path.name}?reset")
        self.page.wait_for_function(ALL_CELLS_ARE_THERE, arg=count, timeout=WAIT)
        self.cells = self.page.locator(".jp-Notebook .jp-Cell")

    def visible_text(self):
        return self.page.locator(".jp-Notebook").evaluate(VISIBLE_TEXT)

    def cell_text(self, index):
        return self.cells.nth(index).evaluate(VISIBLE_TEXT)

    def run_all(self):
        """Run every cell from the menu and wait for the last one, whose source is not folded."""
        self.page.wait_for_function(CONNECTED, timeout=WAIT)
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        code = self.page.locator(".jp-Notebook .jp-CodeCell")
        done = code.last.locator(".jp-InputPrompt", has_text=f"[{code.count()}]:")
        done.wait_for(timeout=WAIT)

    def show_source(self, index):
        """Open a folded source as a reader does, by a click on what stands in its place."""
        self.cells.nth(index).locator(".jp-InputPlaceholder").click()

    def close(self):
        self.context.close()
