"""The same in a real kernel, where `exit`, `input`, streams and interrupts are the kernel's own."""

import os
import time
from pathlib import Path

import exercise_notebooks as notebooks
import nbformat
import pytest
from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).parents[2]
SETUP = "from nnlib.exercises import check"
ANSWER = """\
def steps_per_epoch(n, batch_size, drop_last):
    {line}
    return n // batch_size if drop_last else -(-n // batch_size)

check("learning_rate.steps_per_epoch", steps_per_epoch)"""
LINES = {
    "exit": "exit()",
    "quit": "quit()",
    "ask_exit": "get_ipython().ask_exit()",
    "input": "n = int(input('n? '))",
    "flood": "print('flood ' * 200_000)",
    "stdin": "import sys; sys.stdin.readline()",
    "interrupted": "raise KeyboardInterrupt",
}


@pytest.fixture(scope="module")
def said():
    """What each cell printed, and the next one: all in one kernel, which must live to the end."""
    sources = [SETUP]
    for line in LINES.values():
        sources += [ANSWER.format(line=line), "import time; time.sleep(0.3); print('still here')"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    done = notebooks.run(notebook)
    assert notebooks.complaints(done) == []
    texts = [notebooks.printed(cell) for cell in done.cells[1:]]
    return dict(zip(LINES, zip(texts[::2], texts[1::2], strict=True), strict=True))


@pytest.mark.parametrize("name", LINES)
def test_the_kernel_lives_on(said, name):
    assert said[name][1] == "still here\n"


@pytest.mark.parametrize("name", ["exit", "quit", "ask_exit"])
def test_leaving_is_told(said, name):
    assert said[name][0].startswith("Raised SystemExit")
    assert "a function ends with return" in said[name][0]


@pytest.mark.parametrize("name", ["input", "stdin"])
def test_asking_is_told(said, name):
    assert said[name][0].startswith("Not yet: steps_per_epoch asks for input")


def test_a_flood_is_cut_and_the_verdict_stands_first(said):
    text = said["flood"][0]
    assert text.startswith("Passed. ")
    assert len(text) < 3000
    assert "more characters left out]" in text


def test_an_interrupt_that_the_answer_raises_is_its_error(said):
    assert said["interrupted"][0].startswith("Raised KeyboardInterrupt")


LOOP = SETUP + """
from nnlib.exercises import attempting
attempting.SECONDS = attempting.SECONDS_IN_ALL = 1000.0

def steps_per_epoch(n, batch_size, drop_last):
    open({file!r}, "w").close()
    while True:
        try:
            n += 1
        except:
            pass

check("learning_rate.steps_per_epoch", steps_per_epoch)"""


def test_the_interrupt_button_ends_a_loop_that_catches_everything(tmp_path):
    file = tmp_path / "running"
    manager, client = start_new_kernel(env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        # An error would also abort whatever reaches the kernel in the same instant.
        message = client.execute(LOOP.format(file=str(file)), stop_on_error=False)
        for _ in range(1200):
            if file.exists():
                break
            time.sleep(0.05)
        manager.interrupt_kernel()
        while (reply := client.get_shell_msg(timeout=60))["parent_header"]["msg_id"] != message:
            pass
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        again = client.execute_interactive("1 + 1", timeout=60, output_hook=lambda message: None)
        assert again["content"]["status"] == "ok"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
