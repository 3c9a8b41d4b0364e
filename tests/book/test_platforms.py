"""Where things are on systems that these tests do not run on, and what a reader there is told."""

import pytest

from tools.platforms import (
    browsers,
    course_command,
    find_browser,
    has_display,
    lab_flags,
)

WINDOWS = {
    "PROGRAMFILES": r"C:\Program Files",
    "PROGRAMFILES(X86)": r"C:\Program Files (x86)",
    "LOCALAPPDATA": r"C:\Users\Ana\AppData\Local",
}
EDGE = r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe"
CHROME = r"C:\Users\Ana\AppData\Local\Google\Chrome\Application\chrome.exe"
MAC_EDGE = "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"
MAC_CHROME = "/Users/ana/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def with_only(*present):
    """Like shutil.which, on a machine that has these programs."""
    return lambda name: name if name in present else None


@pytest.mark.parametrize(
    ("system", "environment", "present", "found"),
    [
        ("linux", {}, ["google-chrome", "chromium"], "chromium"),
        ("linux", {}, ["microsoft-edge"], "microsoft-edge"),
        ("win32", WINDOWS, [EDGE], EDGE),
        ("win32", WINDOWS, [EDGE, CHROME], CHROME),
        ("darwin", {"HOME": "/Users/ana"}, [MAC_EDGE], MAC_EDGE),
        ("darwin", {"HOME": "/Users/ana"}, [MAC_EDGE, MAC_CHROME], MAC_CHROME),
        ("win32", {**WINDOWS, "CHROMIUM": "D:/mine.exe"}, [EDGE, "D:/mine.exe"], "D:/mine.exe"),
    ],
)
def test_the_browser_is_found_where_the_system_keeps_it(system, environment, present, found):
    assert find_browser(system, environment, with_only(*present)) == found


@pytest.mark.parametrize(
    ("system", "says"),
    [
        ("linux", "the system package `chromium`"),
        ("win32", "Chrome or Edge"),
        ("darwin", "Google Chrome"),
    ],
)
def test_without_a_browser_it_is_said_what_to_install(system, says):
    with pytest.raises(FileNotFoundError, match=f": install {says}, or name .* CHROMIUM"):
        find_browser(system, {}, with_only())


def test_a_named_browser_that_is_not_there_is_not_replaced_by_another():
    with pytest.raises(FileNotFoundError, match="CHROMIUM names /opt/none, and there is no such"):
        find_browser("linux", {"CHROMIUM": "/opt/none"}, with_only("chromium"))


def test_a_windows_without_one_of_its_folders_is_searched_too():
    assert browsers("win32", {"LOCALAPPDATA": r"C:\L"})[0].startswith(r"C:\L\Google")


@pytest.mark.parametrize(
    ("system", "make", "called"),
    [
        ("linux", True, "make serve PORT=9000"),
        ("darwin", False, "python3 tools/course.py serve --port 9000"),
        ("win32", False, r"py tools\course.py serve --port 9000"),
    ],
)
def test_a_reader_is_told_a_command_that_works_there(system, make, called):
    assert course_command("serve", make, system, port=9000) == called


def test_a_display_is_what_a_window_needs():
    assert has_display("win32", {})
    assert has_display("darwin", {})
    assert has_display("linux", {"WAYLAND_DISPLAY": "wayland-0"})
    assert not has_display("linux", {"DISPLAY": ""})


def test_jupyterlab_is_told_of_root_and_of_a_missing_display_and_the_reader_too():
    assert lab_flags(root=False, display=True) == ([], [])
    flags, notes = lab_flags(root=True, display=False)
    assert flags == ["--allow-root", "--no-browser"]
    assert "--allow-root" in notes[0]
    assert "open the address" in notes[1]
