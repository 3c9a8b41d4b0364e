"""How fast and how heavy the built pages are, in a real browser.

Usage: python benchmarks/pages.py [page …]   (every page of _build/html without one)

Prints for every page the time until it can be used (loaded, widgets standing, formulas set), the
time from a control's move to the painted picture, at full speed and with the processor slowed down
six times, and the compressed bytes: what pages share, and the page's own. Nothing is asserted here:
times belong to the machine that they were taken on.
"""

import platform
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from browser_page import CHECKS, DESKTOP, OpenPage  # noqa: E402
from browser_site import BUILT, NOT_BUILT, content_pages, launch, serve  # noqa: E402
from browser_sizes import weigh  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

RUNS = 5
MOVES = 20

USABLE = """async () => {
    while (document.readyState !== "complete" || !bookChecks.widgetsReady()) {
        await new Promise((next) => setTimeout(next, 4));
    }
    return performance.now();
}"""

# From the change of a drop-down list to the frame in which its decoded picture has been painted.
REPAINT = """async (moves) => {
    const panel = document.querySelector(".nn-explorer");
    const select = panel && panel.querySelector(".nn-controls select");
    if (!select) return [];
    const stage = panel.querySelector(".nn-stage");
    const picture = () => [...stage.querySelectorAll("img")].find((el) => el.checkVisibility());
    const painted = () => new Promise((done) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = done;
        port2.postMessage(0);
    }));
    const times = [];
    for (let move = 0; move < moves; move++) {
        await new Promise((next) => setTimeout(next, 50));
        const before = picture().src, start = performance.now();
        select.selectedIndex = (select.selectedIndex + 1) % select.options.length;
        select.dispatchEvent(new Event("change", { bubbles: true }));
        while (!picture() || picture().src === before) await Promise.resolve().then(painted);
        await picture().decode();
        await painted();
        times.push(performance.now() - start);
    }
    return times;
}"""


def time_to_usable(browser, origin, path):
    """Milliseconds from the start of the navigation, each run with an empty cache."""
    times = []
    for _ in range(RUNS):
        context = browser.new_context(viewport=DESKTOP)
        page = context.new_page()
        page.goto(f"{origin}/{path}", wait_until="commit")
        page.wait_for_function("() => document.head && document.body")
        page.evaluate(CHECKS)
        times.append(page.evaluate(USABLE))
        context.close()
    return times


def repaint(browser, origin, path, slowdown):
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(f"{origin}/{path}", wait_until="load")
    page.evaluate(CHECKS)
    page.evaluate(USABLE)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    times = page.evaluate(REPAINT, MOVES)
    context.close()
    return times


def bytes_of(browser, origin, path):
    opened = OpenPage(browser, origin).goto(path)
    shared, own = weigh(opened.requests, BUILT)
    opened.close()
    return shared, own


def spread(times):
    if not times:
        return "–"
    return f"{statistics.median(times):.0f} ({min(times):.0f} to {max(times):.0f})"


def main(chosen):
    paths = chosen or content_pages()
    if not paths:
        sys.exit(NOT_BUILT)
    with sync_playwright() as playwright, serve(BUILT) as origin:
        browser = launch(playwright)
        print(
            f"Chromium {browser.version}, {platform.machine()}, {platform.system()}; median (range)"
        )
        print(
            f"{'page':44} {'usable, ms':>20} {'repaint, ms':>18} {'6× slower, ms':>18}"
            f" {'shared, kB':>11} {'own, kB':>8}"
        )
        for path in paths:
            shared, own = bytes_of(browser, origin, path)
            print(
                f"{path:44} {spread(time_to_usable(browser, origin, path)):>20}"
                f" {spread(repaint(browser, origin, path, 1)):>18}"
                f" {spread(repaint(browser, origin, path, 6)):>18}"
                f" {shared / 1000:>11.0f} {own / 1000:>8.0f}",
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
