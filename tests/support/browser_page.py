"""A page opened in the browser: what it asks for, what it complains about, and checks of it."""

import re
from pathlib import Path

import pytest
from browser_site import axe_source

CHECKS = (Path(__file__).parent / "browser_checks.js").read_text(encoding="utf-8")
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

# Rules that axe-core leaves off unless asked, and that this book promises.
AXE_EXTRA = [
    "target-size",
    "label-content-name-mismatch",
    "p-as-heading",
    "table-fake-caption",
    "td-has-header",
]

# What a script that is not ours says on every page that uses it, with no effect on the page.
KNOWN_NOISE = [
    # The widget manager's schema validator comments on the manager's own schema.
    re.compile(r"console warning: strict mode: use allowUnionTypes .*embed\.js"),
]


class OpenPage:
    """One visit of a page. Only `origin` can be reached from it; what else it tried is recorded."""

    def __init__(self, browser, origin, *, viewport=DESKTOP, javascript=True, theme=None):
        self.origin = origin
        self.foreign, self.requests, self.failed, self.complaints = [], [], [], []
        self.under_way = set()
        self.context = browser.new_context(
            viewport=viewport, java_script_enabled=javascript, service_workers="block"
        )
        foreign = re.compile(rf"^(?!data:|blob:|about:|{re.escape(origin)}/)")
        self.context.route(foreign, lambda route: route.abort())
        if theme:
            # Where the theme keeps a reader's choice: the page starts as it would for that reader.
            self.context.add_init_script(
                f"try {{ localStorage.setItem('mode', '{theme}');"
                f" localStorage.setItem('theme', '{theme}'); }} catch (e) {{}}"
            )
        self.page = self.context.new_page()
        self.page.on("request", self._on_request)
        self.page.on("websocket", lambda socket: self.foreign.append(f"websocket {socket.url}"))
        self.page.on("response", self._on_response)
        self.page.on("requestfinished", lambda done: self.under_way.discard(done))
        self.page.on("requestfailed", self._on_failed)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))

    def _is_own(self, url):
        return url.startswith(("data:", "blob:", "about:", f"{self.origin}/"))

    def _on_request(self, request):
        self.under_way.add(request)
        if not self._is_own(request.url):
            self.foreign.append(f"{request.resource_type} {request.url}")
        elif request.url.startswith(self.origin):
            self.requests.append(request.url)

    def _on_response(self, response):
        if response.status >= 400:
            self.failed.append(f"{response.status} {response.url}")

    def _on_failed(self, request):
        self.under_way.discard(request)
        if self._is_own(request.url) and "ERR_ABORTED" not in (request.failure or ""):
            self.failed.append(f"{request.failure} {request.url}")

    def _on_console(self, message):
        if message.type in ("error", "warning"):
            where = message.location or {}
            place = f"{where.get('url', '')}:{where.get('lineNumber', '')}"
            said = f"console {message.type}: {message.text} ({place})"
            if not any(noise.search(said) for noise in KNOWN_NOISE):
                self.complaints.append(said)

    def goto(self, path, *, settle=True, idle=False):
        """Open `path` and wait until it has loaded and its widgets stand.

        `idle` also waits until the page asks for nothing more.
        """
        self.page.goto(path if "://" in path else f"{self.origin}/{path}", wait_until="load")
        self.arm(settle=settle)
        if idle:
            self._wait_until_quiet()
        return self

    def _wait_until_quiet(self):
        """Wait until nothing is under way or asked for in a quarter of a second (10 s at most)."""
        quiet, seen = 0, None
        for _ in range(200):
            now = (len(self.requests), len(self.foreign), len(self.under_way))
            quiet = quiet + 1 if now == seen and not self.under_way else 0
            if quiet == 5:
                return
            seen = now
            self.page.wait_for_timeout(50)

    def show(self, html):
        """Open a page given as text: for the tests of the checks themselves."""
        self.page.set_content(html, wait_until="load")
        self.arm(settle=False)
        return self

    def arm(self, *, settle=True):
        self.page.evaluate(CHECKS)
        if not settle:
            return
        # A widget that never comes is a finding of `widgets`, so the wait itself does not fail.
        self.page.evaluate(
            """async () => {
                const end = performance.now() + 10000;
                while (!bookChecks.widgetsReady() && performance.now() < end) {
                    await new Promise((next) => setTimeout(next, 20));
                }
                const decoded = [...document.images].map((image) => image.decode());
                await Promise.allSettled(decoded);
            }"""
        )

    def check(self, name):
        """The findings of one check of browser_checks.js."""
        return self.page.evaluate("(name) => bookChecks[name]()", name)

    def axe(self):
        """Everything that axe-core finds, one line an element."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(axe_source())
        violations = self.page.evaluate(
            """async (extra) => (await axe.run(document, {
                resultTypes: ['violations'],
                rules: Object.fromEntries(extra.map((rule) => [rule, { enabled: true }])),
            })).violations.map((v) => ({ id: v.id, help: v.help, impact: v.impact,
                nodes: v.nodes.map((n) => [n.target.join(' '), n.html.slice(0, 140),
                    (n.any[0] || n.all[0] || n.none[0] || {}).message || '']) }))""",
            AXE_EXTRA,
        )
        return [
            f"{v['id']} ({v['impact']}): {v['help']}\n      at {target}\n      {html}\n      {why}"
            for v in violations
            for target, html, why in v["nodes"]
        ]

    def at(self, viewport):
        """Resize the window, as turning a phone or narrowing a window does."""
        if self.page.viewport_size != viewport:
            self.page.set_viewport_size(viewport)
            self.page.wait_for_timeout(100)  # what listens for the new size has its turn
        return self

    def tab_through(self):
        """Walk the whole page with Tab; what is wrong with focus on the way."""
        most = self.check("startWalk") + 20
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if not self.check("step"):
                return self.check("endWalk")
        return [f"Tab does not come to the end of the page within {most} presses"]

    def close(self):
        self.context.close()


def expect_none(path, what, findings):
    """Fail, naming the page, what was asked of it, and each finding on a line of its own."""
    if findings:
        lines = "".join(f"\n  - {finding}" for finding in findings)
        pytest.fail(f"{path}: {what}{lines}", pytrace=False)
