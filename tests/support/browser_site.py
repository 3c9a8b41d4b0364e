"""The built book: its pages on disk, a server that shows them, a browser that reads them."""

import contextlib
import functools
import os
import re
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tools.platforms import find_browser, is_root

ROOT = Path(__file__).resolve().parents[2]

# BOOK_HTML lets the same tests read another copy of the site, such as one about to be published.
BUILT = Path(os.environ.get("BOOK_HTML", ROOT / "_build" / "html")).resolve()

NOT_BUILT = f"The book is not built: {BUILT} has no pages. Run `make book` first."

# Folders of files that pages load, not of pages that a reader opens.
NOT_PAGES = {"_static", "_sources", "_images", "_downloads", "_sphinx_design_static"}

VIEW_MARK = "application/vnd.jupyter.widget-view+json"
REDIRECT = re.compile(r"""http-equiv=["']refresh["'][^>]*url=([^"'>]+)""", re.IGNORECASE)


def built_pages(built=BUILT):
    """Every HTML file of the site, as paths relative to it, in a fixed order."""
    found = (path.relative_to(built) for path in built.rglob("*.html"))
    return sorted(str(path) for path in found if path.parts[0] not in NOT_PAGES)


def redirect_target(page, built=BUILT):
    """Where a page that only forwards the reader leads to, or None for a page with content."""
    match = REDIRECT.search((built / page).read_text(encoding="utf-8")[:2000])
    return match and os.path.normpath(os.path.join(os.path.dirname(page), match.group(1)))


def content_pages(built=BUILT):
    """The pages a reader reads: everything but pages that only forward."""
    return [page for page in built_pages(built) if not redirect_target(page, built)]


def pages_with(mark, built=BUILT):
    """The content pages whose HTML contains `mark`."""
    return [p for p in content_pages(built) if mark in (built / p).read_text(encoding="utf-8")]


def or_not_built(pages):
    """Parameters for pytest: an unbuilt book has to fail, and an empty list would only skip."""
    return pages if built_pages() else ["the book is not built"]


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept, as a real server keeps them

    def log_message(self, *args):
        pass


@contextlib.contextmanager
def serve(folder):
    """Serve `folder` on a free port of this machine; gives the address without a final slash."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def launch(playwright):
    """Start the system's browser, sandboxed wherever the account allows it.

    Playwright's own download is not used.
    """
    arguments = ["--no-sandbox"] if is_root() else []
    return playwright.chromium.launch(executable_path=find_browser(), args=arguments)


def axe_source():
    """axe-core as fetched for the book by the lock file, wherever the build keeps it."""
    for folder in (ROOT / "node_modules" / "axe-core", ROOT / "vendor"):
        for path in sorted(folder.rglob("axe.min.js")) if folder.is_dir() else ():
            return path.read_text(encoding="utf-8")
    raise RuntimeError(
        "axe-core was not found in node_modules/ or vendor/: `make book` fetches the browser files."
    )
