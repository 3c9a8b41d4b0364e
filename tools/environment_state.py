"""What state a virtual environment is in: finished, half made, moved, of another Python.

Runs under any Python 3, as setup_environment does.
"""

import hashlib
import json
import os
import subprocess
import sys
from urllib.parse import quote_from_bytes, unquote_to_bytes

from platforms import python_of

# What an environment says of itself. It is started with -I, which leaves out what would hide it:
# PYTHONPATH, and the folder that we stand in. That also leaves out settings of the encoding, so no
# path goes from here to there but as an argument, and none comes back.
PROBE = """
import importlib.util, json, os, sys, sysconfig
library = importlib.util.find_spec("nnlib")
packages = sysconfig.get_paths()["purelib"]
print(json.dumps({
    "python": list(sys.version_info[:2]),
    "pip": importlib.util.find_spec("pip") is not None,
    "packages": os.path.relpath(packages, sys.prefix),
    "library": bool(library and os.path.realpath(library.origin) == os.path.realpath(sys.argv[1])),
}))
"""


def shown(version):
    return ".".join(str(part) for part in version)


def ask(root, folder):
    """What the environment in `folder` says of itself; None when it does not answer.

    Returns
    -------
    dict
        "python": its version; "pip": has it pip; "packages": where they lie, seen from `folder`;
        "library": does it find the nnlib of the checkout in `root`.
    """
    library = os.path.join(root, "nnlib", "__init__.py")
    command = [python_of(folder), "-I", "-c", PROBE, library]
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
        )
        return json.loads(done.stdout.decode("ascii"))
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None


def recipe(root, folder, requirements):
    """What the environment is made from, as its stamp records it."""
    digest = hashlib.sha256()
    here = os.path.dirname(os.path.abspath(__file__))
    set_up = os.path.join(here, "setup_environment.py")
    for path in (os.path.join(root, requirements), set_up):
        with open(path, "rb") as file:
            digest.update(file.read())
    return {
        "requirements": requirements,
        "fingerprint": digest.hexdigest(),
        "python": list(sys.version_info[:2]),
        # As bytes, because under another locale the same folder has another name.
        "location": quote_from_bytes(os.fsencode(folder)),
    }


def read_stamp(folder):
    """The recipe that the finished environment was made from; None when it was never finished."""
    try:
        with open(os.path.join(folder, "ready"), encoding="ascii") as file:
            stamp = json.load(file)
    except OSError:
        return None
    except ValueError:
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(folder, stamp):
    with open(os.path.join(folder, "ready"), "w", encoding="ascii") as file:
        json.dump(stamp, file)


def in_place(folder, stamp):
    """Is `folder` where the environment was made? A stamp that does not say is trusted."""
    if "location" not in stamp:
        return True
    made = os.fsdecode(unquote_to_bytes(stamp["location"]))
    return os.path.exists(made) and os.path.samefile(made, folder)


def fault(folder, stamp, answer):
    """Why an environment cannot be used or mended, as the end of a sentence; None if it can."""
    if answer is None:
        return "has no working Python any more"
    if stamp is None:
        return "was left unfinished"
    # The scripts in it begin with the path of its Python, as it was when they were made.
    if not in_place(folder, stamp):
        return "was made in another place"
    made, asked = tuple(answer["python"]), sys.version_info[:2]
    # By minor version: packages are built for these, and 3.11.8 goes on where 3.11.7 was.
    if made != asked:
        return f"is of Python {shown(made)}, and {shown(asked)} is asked for"
    if tuple(stamp.get("python", made)) != made:
        return f"was made for Python {shown(stamp['python'])}, which is now {shown(made)}"
    if not answer["pip"]:
        return "has no pip any more"
    return None


def up_to_date(stamp, wanted, answer):
    """Is a faultless environment made from this recipe, and does it find the library?"""
    recorded = {**stamp, "location": wanted["location"]}  # `fault` has compared the places
    return recorded == wanted and answer["library"]
