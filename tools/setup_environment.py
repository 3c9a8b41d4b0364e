"""Create a virtual environment with exactly the packages of a requirements file.

Runs under the machine's own Python, whatever its version, so that a too old one gets a sentence
and not a traceback. Running it again is quick: what is installed already stays.
"""

import argparse
import json
import os
import subprocess
import sys

from platforms import python_of

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NEEDED = (3, 11)


def run(command, otherwise):
    if subprocess.call(command, cwd=ROOT) != 0:
        sys.exit("\n" + otherwise)


def library_folder(python):
    code = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    return subprocess.check_output([python, "-c", code], universal_newlines=True).strip()


def quiet_kernel(folder):
    """Have notebook kernels print errors only.

    Each would otherwise warn that it talks to its client unencrypted, which it does on this
    machine alone, in the middle of every build and test.
    """
    path = os.path.join(folder, "share", "jupyter", "kernels", "python3", "kernel.json")
    if not os.path.exists(path):
        return
    with open(path) as file:
        kernel = json.load(file)
    flag = "--IPKernelApp.log_level=ERROR"
    if flag not in kernel["argv"]:
        kernel["argv"].append(flag)
        with open(path, "w") as file:
            json.dump(kernel, file, indent=1)


def ensure(name, requirements):
    """Have an environment with these packages in the folder `name`; the path of its Python."""
    if sys.version_info < NEEDED:
        sys.exit(
            f"The course needs Python {NEEDED[0]}.{NEEDED[1]} or newer, and {sys.executable} is"
            f" {sys.version_info[0]}.{sys.version_info[1]}: name a newer one, as in"
            " `make book PYTHON=python3.12`."
        )
    folder = os.path.join(ROOT, name)
    python, ready = python_of(folder), os.path.join(folder, "ready")
    needed = [os.path.join(ROOT, requirements), os.path.abspath(__file__)]
    if os.path.exists(ready) and os.path.getmtime(ready) >= max(map(os.path.getmtime, needed)):
        return python
    if not os.path.exists(python):
        run(
            [sys.executable, "-m", "venv", folder],
            f"Python could not make a virtual environment in {name} (on Debian and Ubuntu"
            " it needs the package python3-venv).",
        )
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(
        [*install, "--retries", "2", "-r", requirements],
        f"Installing the packages of {requirements} needs the network (to download them"
        " from the Python package index), and it failed: connect, then run it again.",
    )
    # nnlib is used from this folder, in every notebook and test, without being installed.
    with open(os.path.join(library_folder(python), "nnlib_course.pth"), "w") as link:
        link.write(ROOT + "\n")
    quiet_kernel(folder)
    with open(ready, "w") as stamp:
        stamp.write(f"made from {requirements}\n")
    return python


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", default=".venv")
    parser.add_argument("--requirements", default="requirements.txt")
    options = parser.parse_args()
    ensure(options.folder, options.requirements)


if __name__ == "__main__":
    main()
