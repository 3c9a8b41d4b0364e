"""Delete what the commands made, on every system alike: no `rm`, no `find`."""

import os
import shutil
import stat
import sys

from child_processes import say

BUILT = ["_build", ".pytest_cache", ".ruff_cache", ".hypothesis"]


def is_fetched(name):
    """Environments, of which there is one for each requirements file, and npm's files."""
    return name.startswith(".venv") or name in ("vendor", "node_modules")


def delete(path, root):
    """Delete a file or a folder, if it is there; of a link, the link and not what it leads to."""
    if not os.path.lexists(path):
        return
    say(f"deleting {os.path.relpath(path, root)}")
    try:
        if os.path.islink(path) or not os.path.isdir(path):
            os.unlink(path)
        else:
            shutil.rmtree(path, onerror=make_writable_and_retry)
    except OSError as error:
        sys.exit(f"{os.path.relpath(path, root)} could not be deleted: {error}.")


def make_writable_and_retry(function, path, _):
    """What `rmtree` does with a file that Windows keeps read-only."""
    os.chmod(path, stat.S_IWRITE)
    function(path)


def delete_built(root):
    for name in BUILT:
        delete(os.path.join(root, name), root)
    for folder, inside, _ in os.walk(root):
        inside[:] = [name for name in inside if not is_fetched(name) and name != ".git"]
        if "__pycache__" in inside:
            inside.remove("__pycache__")
            delete(os.path.join(folder, "__pycache__"), root)


def delete_fetched(root):
    for name in filter(is_fetched, sorted(os.listdir(root))):
        delete(os.path.join(root, name), root)
