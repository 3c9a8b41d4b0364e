"""Two processes train as one does, and what is killed goes on from its checkpoint."""

import ast
import json
import os
import re
import signal
import socket
import sys
import textwrap
import threading
from pathlib import Path

import nbformat
import pytest
import torch

from nnlib.chapters.beyond_one_process import launching, train

NOTEBOOK = launching.REPOSITORY / "book" / "beyond_one_process.ipynb"


def weights_of(result):
    return torch.tensor(result["weights"], dtype=torch.float64)


def alone(*arguments):
    model, _ = train.train(train.parse(list(arguments)))
    return train.flat(model)


def gone(pid):
    """Whether no process of this number runs (one that has ended and waits to be read counts)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z"


def run(folder, *arguments, processes=2):
    result = folder / "result.json"
    with launching.torchrun("train", *arguments, "--result", result, "--status", folder,
                            processes=processes) as started:
        status, errors = started.wait()
    assert status == 0, errors
    return json.loads(result.read_text())


def test_this_machine_has_what_the_page_needs():
    assert launching.missing() is None


@pytest.mark.parametrize(("question", "sentence"), [
    ("is_available", "without torch.distributed"), ("is_gloo_available", "without gloo"),
])
def test_what_is_missing_is_said_and_nothing_is_started(monkeypatch, question, sentence):
    monkeypatch.setattr(torch.distributed, question, lambda: False)
    assert sentence in launching.missing()
    with pytest.raises(RuntimeError, match=sentence):
        launching.torchrun("train")


def test_two_processes_end_with_the_weights_of_one(tmp_path):
    two = run(tmp_path, "--epochs", 3, "--lr", 0.05)
    assert two["processes"] == 2
    assert two["apart"] == 0
    difference = (weights_of(two) - alone("--epochs", "3", "--lr", "0.05")).abs().max()
    assert difference < 1e-12
    for rank in (0, 1):
        assert gone(json.loads((tmp_path / f"started-{rank}.json").read_text())["pid"])


def test_another_seed_batch_or_rate_gives_other_weights():
    """So the equality above is not that of two untrained networks."""
    usual = alone("--epochs", "1")
    for other in (["--seed", "1"], ["--batch-size", "32"], ["--lr", "0.05"]):
        assert (alone("--epochs", "1", *other) - usual).abs().max() > 1e-3


@pytest.mark.parametrize(("size", "rows"), [(3, "64"), (3, "96"), (5, "64")])
def test_processes_that_would_change_the_batch_are_refused(size, rows, capsys):
    with pytest.raises(SystemExit):
        train.parse(["--batch-size", rows], size)
    assert f"{size} processes cannot share" in capsys.readouterr().err
    train.parse(["--batch-size", "64"], 4)


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """A run of which one process is killed, and which torchrun starts again."""
    folder = tmp_path_factory.mktemp("killed")
    files = ["--checkpoint", folder / "run.npz", "--result", folder / "run.json"]
    with launching.torchrun("train", *files, "--status", folder, "--stall", 2, 7,
                            restarts=1) as started:
        victim = started.until(folder / "stalled-1.json")
        launching.kill(victim["pid"])
        status, errors = started.wait()
    return folder, victim, status, errors


def test_the_victim_was_in_the_middle_of_an_epoch(killed):
    _, victim, _, _ = killed
    assert (victim["epoch"], victim["step"]) == (2, 7)


def test_the_other_process_ends_with_an_error_that_says_why(killed):
    folder, _, _, errors = killed
    told = json.loads((folder / "error-0.json").read_text())
    assert launching.reason(told["error"]) == "the connection to the other process broke"
    assert "rank 0: " in errors
    assert "Traceback" in errors                       # another error than gloo's is told in full


def test_the_restarted_run_ends_with_the_weights_of_an_undisturbed_one(killed):
    folder, _, status, errors = killed
    assert status == 0, errors
    resumed = json.loads((folder / "run.json").read_text())
    assert resumed["started_at_epoch"] == 2
    assert resumed["apart"] == 0
    assert (weights_of(resumed) - alone()).abs().max() < 1e-12


def test_a_resumed_run_without_velocities_would_be_another(killed, tmp_path):
    """The comparison above can fail: the optimizer's state is part of what is resumed."""
    from nnlib import checkpoint

    options = train.parse(["--epochs", "2", "--checkpoint", str(tmp_path / "half.npz")])
    model, _ = train.train(options)
    checkpoint.save(options.checkpoint, model=model, epoch=2,
                    optimizer=train.nn.SGD(model.parameters(), lr=0.1, momentum=0.9))
    again = alone("--checkpoint", str(tmp_path / "half.npz"))
    assert (again - alone()).abs().max() > 1e-6


def test_without_restarts_a_frozen_process_ends_all_after_the_timeout(tmp_path):
    with launching.torchrun("train", "--status", tmp_path, "--stall", 0, 3,
                            "--timeout", 10) as started:
        frozen = started.until(tmp_path / "stalled-1.json")
        status, _ = started.wait()
    assert status != 0
    told = json.loads((tmp_path / "error-0.json").read_text())
    assert launching.reason(told["error"]) == "waited too long for the other process"
    assert gone(frozen["pid"])


def test_leaving_the_block_ends_all_processes(tmp_path):
    with launching.torchrun("train", "--status", tmp_path, "--stall", 0, 3) as started:
        told = [started.until(tmp_path / name) for name in ("started-0.json", "stalled-1.json")]
    assert started.process.poll() is not None
    assert all(gone(one["pid"]) for one in told)


def test_frozen_workers_are_ended_with_the_block(tmp_path, monkeypatch):
    """torchrun kills who does not leave, and is given the time for it."""
    monkeypatch.setenv("TORCH_ELASTIC_SHUTDOWN_TIMEOUT", "12")      # its own is 30
    with launching.torchrun("train", "--status", tmp_path, "--stall", 0, 3) as started:
        pids = [started.until(tmp_path / name)["pid"]
                for name in ("started-0.json", "stalled-1.json")]
        started.workers.clear()                        # a page need not have asked for them
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
    assert started.process.poll() is not None
    assert all(map(gone, pids))


def test_a_frozen_torchrun_does_not_keep_the_notebook(tmp_path):
    """What is left then holds the pipes, and nobody waits for it."""
    started = launching.torchrun("train", "--status", tmp_path, "--stall", 0, 3)
    known, unknown = (started.until(tmp_path / name)["pid"]
                      for name in ("stalled-1.json", "started-0.json"))
    started.workers = {known}
    for pid in (known, unknown, started.process.pid):
        os.kill(pid, signal.SIGSTOP)
    ending = threading.Thread(target=started.end, kwargs={"patience": 0.5}, daemon=True)
    try:
        ending.start()
        ending.join(60)                                # else it hangs
        assert not ending.is_alive()
        assert started.process.poll() is not None
        assert gone(known)
        assert not gone(unknown)
    finally:
        launching.kill(unknown)
        ending.join()


def test_a_process_that_still_waits_for_the_others_can_be_ended(tmp_path):
    """Before there are steps, nobody reads that it was told to end."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))                  # and does not listen
        meeting = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(nobody.getsockname()[1]),
                   "RANK": "1", "WORLD_SIZE": "2", "TORCHELASTIC_RUN_ID": "test"}
        started = launching.Run(
            [sys.executable, "-m", f"{launching.ROOM}.train", "--status", tmp_path,
             "--timeout", "20"], launching.environment(**meeting))
        started.until(tmp_path / "started-1.json")
        started.process.terminate()
        status, _ = started.wait()
    assert status == -signal.SIGTERM


def test_waiting_has_an_end(tmp_path):
    with launching.torchrun("train", "--status", tmp_path, "--stall", 0, 3) as started:
        started.until(tmp_path / "stalled-1.json")
        with pytest.raises(TimeoutError, match=r"had not ended after 0\.1 s"):
            started.wait(0.1)
    assert started.process.poll() is not None


def test_a_failed_start_is_said_while_waiting_for_a_file(tmp_path):
    with (launching.torchrun("train", "--no-such-option") as started,
          pytest.raises(RuntimeError, match="ended before that")):
        started.until(tmp_path / "never.json")


@pytest.mark.parametrize(("text", "words"), [
    ("[/a/pair.cc:553] Connection closed by peer [127.0.0.1]:2479.", "connection to the other"),
    ("[/a/pair.cc:537] Read error [127.0.0.1]:10130: Connection reset by peer.",
     "connection to the other"),
    ("[/a/buffer.cc:78] Timed out waiting 3000ms for recv operation", "waited too long"),
    ("something else", "something else"),
])
def test_reasons_in_words(text, words):
    assert words in launching.reason(text)


def test_the_loop_in_the_text_is_the_one_of_the_program():
    markdown = [cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells
                if cell.cell_type == "markdown"]
    (loop,) = (found[1] for text in markdown
               if (found := re.search(r"```python\n(.*?)```", text, re.DOTALL)))
    program = Path(train.__file__).read_text(encoding="utf-8")
    assert textwrap.indent(loop, "    ").rstrip() in program
    ast.parse(loop)
