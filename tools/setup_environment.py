"""Create a virtual environment with exactly the packages of a requirements file.

Runs under the machine's own Python, whatever its version, so that a too old one gets a sentence
and not a traceback. Where the environment is good already, it finds that out at once and does
nothing; one that is half made, moved, or of another Python is made anew.
"""

import argparse
import importlib.util
import json
import os
import shutil
import sys

import commands
from environment_state import ask, fault, read_stamp, recipe, shown, up_to_date, write_stamp
from platforms import python_of

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OLDEST, NEWEST = (3, 11), (3, 14)  # every pin of requirements.txt is published for these
# CPython 3.14.1 broke dataclasses with slots, which a pin (networkx) uses; 3.14.2 mended them.
BROKEN = (3, 14, 1)


def check_python():
    """Stop unless this Python can have the pinned packages, and can make environments."""
    running, wanted = sys.version_info[:3], f"Python {shown(OLDEST)} to {shown(NEWEST)}"
    name_another = "name another one, as in `make book PYTHON=python3.12`."
    if not OLDEST <= running[:2] <= NEWEST:
        sys.exit(
            f"The course needs {wanted}, and {sys.executable} is {shown(running[:2])}:"
            f" {name_another}"
        )
    if running == BROKEN:
        sys.exit(
            f"Python {shown(BROKEN)} has a fault of its own that packages of the course run into:"
            f" {name_another}"
        )
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{shown(running[:2])}-venv"
        sys.exit(
            "Python cannot make virtual environments here, because its module ensurepip is"
            f" missing: on Debian and Ubuntu, `sudo apt install {package}`, then run it again."
        )


def check_ours(folder, name):
    """Stop where something else than an environment lies: it is not for us to delete."""
    something = not os.path.isdir(folder) or any(files for _, _, files in os.walk(folder))
    if something and not os.path.exists(os.path.join(folder, "pyvenv.cfg")):
        sys.exit(
            f"{name} is not a virtual environment, and one is wanted there: move it out of the way,"
            " then run it again."
        )


def remove(folder, name, why):
    by_hand = f"{name} {why}, and must be made anew"
    if os.path.islink(folder):
        sys.exit(f"{by_hand}: it is a link, so delete it, or what it leads to, yourself.")
    # pyvenv.cfg last: what an interruption leaves is still known to be ours.
    last = os.path.join(folder, "pyvenv.cfg")
    try:
        for path in (os.path.join(folder, entry) for entry in os.listdir(folder)):
            if os.path.isdir(path) and not os.path.islink(path):
                shutil.rmtree(path)
            elif path != last:
                os.remove(path)
        shutil.rmtree(folder)
    except OSError as error:
        sys.exit(f"{by_hand}, but could not be deleted ({error}): delete it yourself.")


def link_library(packages):
    """Let the environment find nnlib in this checkout, without nnlib being installed.

    By a relative path, because how the file is decoded depends on the version of Python and on
    the locale: it names no folder above this one, whose name may be anything.
    """
    with open(os.path.join(packages, "nnlib_course.pth"), "w", encoding="utf-8") as link:
        link.write(os.path.relpath(ROOT, packages) + "\n")


def quiet_kernel(folder):
    """Have notebook kernels print errors only.

    Each would otherwise warn that it talks to its client unencrypted, which it does on this
    machine alone, in the middle of every build and test.
    """
    path = os.path.join(folder, "share", "jupyter", "kernels", "python3", "kernel.json")
    if not os.path.exists(path):
        return
    with open(path, encoding="utf-8") as file:
        kernel = json.load(file)
    flag = "--IPKernelApp.log_level=ERROR"
    if flag not in kernel["argv"]:
        kernel["argv"].append(flag)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(kernel, file, indent=1)


def create(folder, name):
    # Not the Python of the environment itself, when that is what runs this.
    python = getattr(sys, "_base_executable", None) or sys.executable
    commands.run(
        [python, "-m", "venv", folder],
        f"Making a virtual environment in {name}",
        "to bring pip into it",
        ROOT,
    )


def install(folder, requirements):
    print(f"Installing the packages of {requirements}", file=sys.stderr, flush=True)
    pip = [python_of(folder), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    commands.run(
        [*pip, "--retries", "2", "-r", requirements],
        f"Installing the packages of {requirements}",
        "to download them from the Python package index",
        ROOT,
    )


def ensure(folder, requirements):
    """Have a good environment in `folder`, and return the path of its Python.

    Parameters
    ----------
    folder : str
        Seen from the root of this checkout, such as ".venv".
    requirements : str
        The file that names its packages, seen from there too.

    Raises
    ------
    SystemExit
        With one sentence, when it cannot be had.
    """
    check_python()
    name, folder = folder, os.path.join(ROOT, folder)
    wanted = recipe(ROOT, folder, requirements)
    if os.path.lexists(folder):
        check_ours(folder, name)
        stamp, answer = read_stamp(folder), ask(ROOT, folder)
        why = fault(folder, stamp, answer)
        if why:
            remove(folder, name, why)
            print(f"{name} {why}: making it anew.", file=sys.stderr, flush=True)
        elif up_to_date(stamp, wanted, answer):
            return python_of(folder)
    if not os.path.lexists(folder):
        stamp = None
        create(folder, name)
    if stamp is not None:
        # Until it is up to date again, an end without warning leaves it unfinished.
        os.remove(os.path.join(folder, "ready"))
    try:
        install(folder, requirements)
    except SystemExit:
        if stamp is not None:
            write_stamp(folder, stamp)  # pip failed and took back what it had begun
        raise
    link_library(os.path.join(folder, ask(ROOT, folder)["packages"]))
    quiet_kernel(folder)
    write_stamp(folder, wanted)
    return python_of(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", default=".venv")
    parser.add_argument("--requirements", default="requirements.txt")
    options = parser.parse_args()
    ensure(options.folder, options.requirements)


if __name__ == "__main__":
    commands.until_interrupted(main)
