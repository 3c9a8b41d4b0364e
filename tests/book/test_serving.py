"""`serve` and `lab`: a reader gets a page, whatever else runs on this machine."""

import re
import socket
import time
import urllib.error
import urllib.request

import pytest
from entry_folder import Entry, press_ctrl_c

ADDRESS = re.compile(r"http://localhost:(\d+)/")


@pytest.fixture
def entry(tmp_path):
    return Entry(tmp_path)


@pytest.fixture
def busy():
    """A port that another program has."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def read_to_address(process):
    """What a command says up to the address, and the port in it."""
    said = ""
    for line in process.stdout:
        said += line
        if found := ADDRESS.search(line):
            return said, int(found.group(1))
    raise AssertionError(said)


def fetch(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}") as answer:
        return answer.read().decode()


def fetch_when_ready(port, path, process):
    """JupyterLab says its address before it listens there."""
    while process.poll() is None:
        try:
            return fetch(port, path)
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(process.stdout.read())


@pytest.mark.parametrize("make", [False, True], ids=["course.py", "make"])
def test_on_a_busy_port_the_next_free_one_is_taken(entry, busy, make):
    html = entry.root / "_build" / "html"
    html.mkdir(parents=True)
    (html / "index.html").write_text("the book")
    option = [f"PORT={busy}"] if make else ["--port", str(busy)]
    process = entry.start("serve", *option, make=make)
    try:
        said, port = read_to_address(process)
        assert f"Port {busy} is in use by another program, so this takes {port}" in said
        assert "as in `make serve PORT=9000`" in said
        assert port != busy
        assert fetch(port, "") == "the book"
    finally:
        status, said = press_ctrl_c(process)
    # Beside the log of the page that was fetched it is one line; make has its own.
    assert "\nStopped.\n" in said
    assert "Traceback" not in said
    assert make or status == 0


def test_a_port_that_is_none_gets_a_sentence(entry):
    status, said = entry.run("serve", "--port", "70000")
    assert status == 2
    assert said.splitlines()[-1].endswith("a port is a number from 0 to 65535, not '70000'")


def test_jupyterlab_starts_for_this_user_and_stops(entry):
    """As root, too, in a container: there it refuses to run unless it is told to."""
    (entry.root / "book").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as other:
        free = other.getsockname()[1]
    own = {f"JUPYTER_{name}_DIR": str(entry.root) for name in ("CONFIG", "DATA", "RUNTIME")}
    process = entry.start("lab", "--port", str(free), DISPLAY="", WAYLAND_DISPLAY="", **own)
    try:
        said, port = read_to_address(process)
        assert "open the address that JupyterLab prints" in said
        token = said.strip().rpartition("?")[2]
        assert "<title>JupyterLab</title>" in fetch_when_ready(port, f"lab?{token}", process)
    finally:
        status, said = press_ctrl_c(process)
    assert status == 0, said
