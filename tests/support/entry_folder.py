"""A folder with tools/course.py in it and small programs in place of the long ones it starts."""

import os
import shutil
import signal
import subprocess
import sys
import time

from built_book import ROOT

# The environment is the one that the tests run in: nothing is installed for a test.
ENSURE = f"def ensure(folder, requirements):\n    return {sys.executable!r}\n"
WAITS = (
    "import pathlib, sys, time\n"
    "pathlib.Path('started').touch()\n"
    "try:\n    time.sleep(60)\n"
    "except KeyboardInterrupt:\n    time.sleep(0.5); print('put away'); sys.exit(130)\n"
)


class Entry:
    def __init__(self, root):
        self.root = root
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "tools", root / "tools", ignore=ignored)
        shutil.copyfile(ROOT / "Makefile", root / "Makefile")
        self.program("setup_environment", ENSURE)
        for name in ("fetch_assets", "build_book"):
            self.program(name, "")

    def program(self, name, text):
        """Put a program into tools/, in place of the one of that name."""
        (self.root / "tools" / f"{name}.py").write_text(text, encoding="utf-8")

    def command(self, name, *options, make=False):
        if make:
            return ["make", "--no-print-directory", name, f"PYTHON={sys.executable}", *options]
        return [sys.executable, "tools/course.py", name, *options]

    def start(self, name, *options, make=False, **environment):
        """Start a command in a process group of its own, as a terminal does."""
        return subprocess.Popen(
            self.command(name, *options, make=make),
            cwd=self.root,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=heed_ctrl_c,
        )

    def run(self, name, *options, make=False, **environment):
        """Run a command to its end; its exit status and what it said."""
        process = self.start(name, *options, make=make, **environment)
        said = process.communicate()[0]
        return process.returncode, said

    def wait_for(self, name, process):
        """Wait for a file that a program makes when it has come that far."""
        while not (self.root / name).exists():
            assert process.poll() is None, process.stdout.read()
            time.sleep(0.05)


def heed_ctrl_c():
    """A program started in the background ignores Ctrl-C, and what it starts would do so too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def press_ctrl_c(process):
    """What a terminal does then: SIGINT to all in the group. Exit status and output of the rest."""
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate()[0]
    return process.returncode, said
