"""One browser and one server for all browser tests; one visit serves every check of a page."""

import pytest
from browser_page import OpenPage
from browser_site import BUILT, NOT_BUILT, built_pages, content_pages, launch, or_not_built, serve
from playwright.sync_api import sync_playwright


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def built():
    if not built_pages():
        pytest.fail(NOT_BUILT, pytrace=False)
    return BUILT


@pytest.fixture(scope="session")
def origin(built):
    with serve(built) as address:
        yield address


@pytest.fixture
def visit(browser, origin):
    """Open pages as a reader: visit(path, viewport=…, javascript=…, theme=…)."""
    opened = []

    def open_page(path, *, settle=True, idle=False, **reader):
        opened.append(OpenPage(browser, origin, **reader))
        return opened[-1].goto(path, settle=settle, idle=idle)

    yield open_page
    for page in opened:
        page.close()


# The parameter belongs to a session fixture, so pytest runs all checks of one page together.
@pytest.fixture(scope="session", params=or_not_built(content_pages()))
def path(request, built):
    return request.param


@pytest.fixture(scope="session")
def opened(browser, origin, path):
    """The page at desktop size in the light theme, loaded once for all its checks."""
    page = OpenPage(browser, origin, theme="light").goto(path, idle=True)
    page.loading_shifts = page.check("shifts")  # before any check resizes the window
    yield page
    page.close()
