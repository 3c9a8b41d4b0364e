"""What a reader downloads: bytes are the same on every run, so they are asserted."""

from browser_site import VIEW_MARK
from browser_sizes import MB, heaviest, weigh

MATH = ('class="math', "\\(")


def test_shared_bytes(opened, built, path):
    shared, _ = weigh(opened.requests, built)
    where = heaviest(opened.requests, built, shared=True)
    assert shared <= 1.2 * MB, f"{path} loads {shared / MB:.2f} MB of shared files: {where}"


def test_own_bytes(opened, built, path):
    _, own = weigh(opened.requests, built)
    limit = 1.0 if VIEW_MARK in (built / path).read_text(encoding="utf-8") else 0.15
    where = heaviest(opened.requests, built, shared=False)
    assert own <= limit * MB, f"{path} has {own / MB:.3f} MB of its own, above {limit}: {where}"


def test_scripts_load_only_where_they_are_used(opened, built, path):
    html = (built / path).read_text(encoding="utf-8")
    loads = {
        name: any(f"/vendor/{name}/" in url for url in opened.requests)
        for name in ("widgets", "mathjax")
    }
    uses = {"widgets": VIEW_MARK in html, "mathjax": any(mark in html for mark in MATH)}
    wasted = [name for name in loads if loads[name] and not uses[name]]
    assert not wasted, f"{path} loads scripts that it does not use: {wasted}"
