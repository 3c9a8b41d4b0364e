"""Start programs of several processes from a notebook, and end them with the cell.

Everything happens on this machine: processes meet on its loopback address, or in a file. Where the
notebook's kernel itself is killed, nobody is left to end them: they go on until they have finished,
or until the timeout with which they wait for each other.
"""

import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

ROOM = "nnlib.chapters.beyond_one_process"
REPOSITORY = Path(__file__).resolve().parents[3]
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)      # Windows knows only the second


def missing():
    """Return in one sentence what this machine lacks for the page, or None."""
    if importlib.util.find_spec("torch") is None:
        return "PyTorch is not installed here: `pip install torch`."
    import torch.distributed as dist

    if not dist.is_available():
        return "This build of PyTorch comes without torch.distributed."
    if not getattr(dist, "is_gloo_available", lambda: False)():
        return "This build of PyTorch comes without gloo, which connects processes without GPUs."
    return None


def environment(**extra):
    """Return the environment of a worker: one thread, this copy of nnlib, the loopback device."""
    loopback = [name for _, name in socket.if_nameindex() if name in ("lo", "lo0")]
    chosen = {"GLOO_SOCKET_IFNAME": loopback[0]} if loopback else {}
    if sys.platform == "win32":
        chosen["USE_LIBUV"] = "0"      # builds for Windows come without it, torchrun asks for it
    paths = [str(REPOSITORY), os.environ.get("PYTHONPATH", "")]
    return os.environ | chosen | {
        "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    } | extra


def torchrun(program, *arguments, processes=2, restarts=0):
    """Start ``torchrun`` with a program of this room; returns the `Run`, which goes on meanwhile.

    ``--standalone`` has the processes meet at a free port that the system chooses. RuntimeError
    where this machine cannot run several processes.
    """
    if lack := missing():
        raise RuntimeError(lack)
    command = [
        sys.executable, "-m", "torch.distributed.run", "--standalone",
        "--local-addr", "127.0.0.1", "--nproc-per-node", str(processes),
        "--max-restarts", str(restarts), "-m", f"{ROOM}.{program}", *map(str, arguments),
    ]
    # Else restarted workers find the addresses of the dead ones in torchrun's own store, and cannot
    # connect (a related report: https://github.com/pytorch/pytorch/issues/135712).
    return Run(command, environment(TORCH_DISABLE_SHARE_RDZV_TCP_STORE="1"))


class Run:
    """A started torchrun; used in a ``with``, which ends whatever is still running.

    Attributes
    ----------
    process : subprocess.Popen
        torchrun's own, which starts the workers, and ends the others when one of them fails.
    """

    def __init__(self, command, variables):
        self.workers = set()          # process numbers that workers have told
        self.process = subprocess.Popen(
            command, env=variables, text=True, encoding="utf-8", errors="replace",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.end()

    def wait(self, seconds=300):
        """Wait for the end; returns the exit status, and what was written to stderr.

        Raises TimeoutError, and ends it, if that takes longer.
        """
        try:
            _, errors = self.process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.end()
            raise TimeoutError(f"the processes had not ended after {seconds} s") from None
        return self.process.returncode, errors

    def until(self, path, seconds=180):
        """Return what a worker tells in the file `path`, as soon as it is there."""
        end = time.monotonic() + seconds
        while not Path(path).exists():
            if self.process.poll() is not None:
                raise RuntimeError(f"the processes ended before that: {self.wait()[1]}")
            if time.monotonic() > end:
                self.end()
                raise TimeoutError(f"there was no {Path(path).name} after {seconds} s")
            time.sleep(0.02)
        told = json.loads(Path(path).read_text())
        self.workers.add(told["pid"])
        return told

    def end(self, patience=45):
        """End what still runs: politely, so that torchrun ends its workers, and then not.

        torchrun kills a worker that does not leave within 30 seconds, so `patience` is longer. If
        torchrun itself does not leave either, it is killed with the workers that `until` has heard
        of: others may live on, and are not waited for.
        """
        if self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            for worker in self.workers:
                with suppress(OSError):
                    os.kill(worker, KILL)
            self.process.kill()
            with suppress(subprocess.TimeoutExpired):      # a worker that lives on holds the pipes
                self.process.communicate(timeout=5)


def kill(worker):
    """End a process at once, without a chance to say goodbye."""
    os.kill(worker, KILL)


def reason(error):
    """Say in a few fixed words why gloo gave up: its own text holds ports and paths."""
    text = error.lower()
    if "timed out" in text:
        return "waited too long for the other process"
    if any(word in text for word in ("closed by peer", "reset by peer", "broken pipe")):
        return "the connection to the other process broke"
    return error
