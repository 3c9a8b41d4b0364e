"""The built book as the tests read it: pages parsed once, and what each of them loads."""

import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "book"
HTML = ROOT / "_build" / "html"

STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True)
class Page:
    path: Path

    @property
    def name(self):
        return self.path.relative_to(HTML).as_posix()

    @functools.cached_property
    def text(self):
        return self.path.read_text(encoding="utf-8")

    @functools.cached_property
    def soup(self):
        return BeautifulSoup(self.text, "html.parser")

    @functools.cached_property
    def widget_state(self):
        """Model id → model, for every widget model saved in the page."""
        script = self.soup.find("script", type=STATE)
        return json.loads(script.string)["state"] if script else {}

    @functools.cached_property
    def widget_views(self):
        return [json.loads(s.string)["model_id"] for s in self.soup.find_all("script", type=VIEW)]

    @functools.cached_property
    def anchors(self):
        return {tag["id"] for tag in self.soup.find_all(id=True)}

    def loads(self):
        """The addresses that the browser fetches by itself when it shows the page."""
        for tag in self.soup.find_all(["script", "img", "iframe", "source", "video", "embed"]):
            if tag.get("src"):
                yield tag["src"]
        for tag in self.soup.find_all("link"):
            if set(tag.get("rel", [])) & {"stylesheet", "preload", "icon", "shortcut", "manifest"}:
                yield tag["href"]

    def local_file(self, address):
        """The file an address of this page means, and the anchor in it; None for another origin."""
        address, anchor = urldefrag(address)
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return None, anchor
        target = self.path.parent / unquote(parts.path) if parts.path else self.path
        return target.resolve(), unquote(anchor)


@functools.cache
def pages():
    """Every page of the built book. Without a build there is nothing to test: that is a failure."""
    found = sorted(HTML.glob("**/*.html"))
    found = [path for path in found if "_static" not in path.relative_to(HTML).parts]
    assert found, f"no built book in {HTML}: run `make book` first"
    # A page that only redirects (the index of a book that begins elsewhere) has nothing of its own.
    return [Page(p) for p in found if "http-equiv" not in p.read_text(encoding="utf-8")[:500]]


def style_urls(css):
    """What a style sheet fetches: `url(...)` and `@import`, without embedded data."""
    found = re.findall(r"url\(\s*['\"]?([^'\")]+)", css)
    found += re.findall(r"@import\s+['\"]([^'\"]+)", css)
    return [url for url in found if not url.startswith(("data:", "#"))]
