"""A folder with the tools in it, as of a fresh clone, and how they are run there."""

import os
import shutil
import subprocess

from built_book import ROOT

# No package index, no proxy, nothing at hand: as on a machine without network.
OFFLINE = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_EXTRA_INDEX_URL": "",
    "PIP_FIND_LINKS": "",
    "PIP_DEFAULT_TIMEOUT": "1",
    "PIP_NO_CACHE_DIR": "1",
    "npm_config_registry": "http://127.0.0.1:9/",
    "npm_config_fetch_timeout": "1000",
    "npm_config_fetch_retry_mintimeout": "10",
}


def run(command, folder, **environment):
    environment = {**os.environ, **environment}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    return done.returncode, done.stderr


def lay_tools(folder):
    """Put the tools and what they read into a folder, and nothing of what they make."""
    shutil.copytree(ROOT / "tools", folder / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("package.json", "package-lock.json", "requirements-npm.txt"):
        shutil.copyfile(ROOT / name, folder / name)
    (folder / "nnlib").mkdir()
    (folder / "nnlib" / "__init__.py").write_text("")
    return folder
