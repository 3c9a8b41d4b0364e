"""Say once where the course's repository is, and write that everywhere it is needed.

    python tools/set_repository.py https://github.com/OWNER/REPO   (or: make repository URL=...)
    python tools/set_repository.py --unset       no public address, so no launch links
    python tools/set_repository.py --refresh     write it again, after adding a notebook
    python tools/set_repository.py --check       do all places agree?

The single source is ``repository: url`` in ``_config.yml``. Everything else is rendered from it:
the launch buttons (Binder and Colab) of the book, beside it in that file; the reading section of
the README; and the first code cell of every notebook, the one tagged ``setup``. Only the standard
library is used, so that this runs before anything is installed.
"""

import argparse
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CONFIG_START = "# repository: start (written by tools/set_repository.py)"
CONFIG_END = "# repository: end"
README_START = "<!-- repository: start (written by tools/set_repository.py) -->"
README_END = "<!-- repository: end -->"

BINDER = "https://mybinder.org"
COLAB = "https://colab.research.google.com"


@dataclass(frozen=True)
class Repository:
    """Where the course is published; an empty url means that it is not."""

    url: str = ""
    branch: str = "main"

    def __post_init__(self):
        if self.url and not re.fullmatch(r"https://github\.com/[\w.-]+/[\w.-]+", self.url):
            raise ValueError(
                f"expected an address like https://github.com/OWNER/REPO, got {self.url!r}"
            )
        if not re.fullmatch(r"[\w./-]+", self.branch):
            raise ValueError(f"expected the name of a branch, got {self.branch!r}")

    @property
    def owner_and_name(self):
        return self.url.removeprefix("https://github.com/")


def normalise_url(url):
    """What people paste (a trailing slash, ``.git``) as the address that everything else uses."""
    return url.strip().rstrip("/").removesuffix(".git")


# --- what each place should say -----------------------------------------------------------------


def config_block(repository):
    lines = ["repository:", f'  url: "{repository.url}"', f"  branch: {repository.branch}"]
    if repository.url:
        lines += [
            "launch_buttons:",
            "  notebook_interface: jupyterlab",
            f"  binderhub_url: {BINDER}",
            f"  colab_url: {COLAB}",
        ]
    else:
        # The theme cannot make a launch link without an address, and fails when asked to.
        lines += ["launch_buttons: {}"]
    return "\n".join(lines)


def readme_block(repository):
    if not repository.url:
        return (
            "The course has no public address yet, so there is nothing to link to here. Whoever\n"
            "publishes it runs `make repository URL=<its address>` once: that fills in this\n"
            "section, the launch buttons of the book and the setup cell of every notebook."
        )
    where, branch = repository.owner_and_name, repository.branch
    binder = f"{BINDER}/v2/gh/{where}/{branch}?urlpath=lab/tree/book"
    colab = f"{COLAB}/github/{where}/blob/{branch}/book/index.ipynb"
    return "\n".join(
        [
            "```sh",
            f"git clone --branch {branch} {repository.url}.git",
            f"cd {where.split('/')[1]}",
            "```",
            "",
            f"- [Run it on Binder]({binder}):",
            "  nothing to install; the first start takes some minutes.",
            f"- [Open it in Colab]({colab}):",
            "  the first code cell of each notebook installs `nnlib`.",
        ]
    )


# `find_spec` of the name alone imports nothing; a part of ours then tells it from other packages.
SETUP = """\
# Setup: finds nnlib, the library of this course. There is nothing to change here.
import importlib.util
import sys
from pathlib import Path

if Path("../nnlib/numpy").is_dir():                # the library lies beside the book
    sys.path.insert(0, str(Path("..").resolve()))
found = importlib.util.find_spec("nnlib")
places = found and list(found.submodule_search_locations or [found.origin])
if not places:                                     # Colab for one
    {missing}
elif not any(Path(place, "numpy").is_dir() for place in places):
    raise ImportError(f"{{places[0]}} is another nnlib: {another}")

import nnlib"""
IN_A_COPY = "open this notebook in a copy of the course"


def setup_cell(repository):
    """The source of every notebook's first code cell."""
    if repository.url:
        missing = f'%pip install --quiet "git+{repository.url}@{repository.branch}"'
        another = "uninstall it and restart the kernel"
    else:
        missing = f'raise ModuleNotFoundError("no nnlib: {IN_A_COPY}")'
        another = IN_A_COPY
    return SETUP.format(missing=missing, another=another)


# --- reading and writing the places -------------------------------------------------------------


def replace_block(text, start, end, body, name):
    """``text`` with what stands between the lines ``start`` and ``end`` replaced by ``body``."""
    if text.count(start) != 1 or text.count(end) != 1:
        raise ValueError(f"{name} must hold the lines {start!r} and {end!r} once each")
    before, rest = text.split(start)
    _, after = rest.split(end)
    return f"{before}{start}\n{body}\n{end}{after}"


def read_repository(root=ROOT):
    """The address that ``_config.yml`` states."""
    text = (root / "_config.yml").read_text(encoding="utf-8")
    found = re.findall(r'^repository:\n  url: "([^"\n]*)"\n  branch: (\S+)$', text, re.MULTILINE)
    if len(found) != 1:
        raise ValueError(
            "_config.yml must say once 'repository:', and under it 'url: \"…\"' and 'branch: …'"
        )
    return Repository(*found[0])


def notebooks(root=ROOT):
    """The committed notebooks of the book."""
    return sorted((root / "book").glob("*.ipynb"))


def with_setup_cell(text, source, name):
    """The notebook ``text`` with its setup cell replaced; the same bytes if it was right."""
    notebook = json.loads(text)
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    tagged = [cell for cell in code if "setup" in cell["metadata"].get("tags", [])]
    if len(tagged) != 1 or tagged[0] is not code[0]:
        raise ValueError(f"{name}: the first code cell, and no other, must carry the tag 'setup'")
    lines = source.splitlines(keepends=True)
    if tagged[0]["source"] == lines:
        return text
    tagged[0]["source"] = lines
    # The layout that nbformat writes, so that nothing but this cell changes in the file.
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def rendered(repository, root=ROOT):
    """What every place should hold: path → text."""
    config, readme = root / "_config.yml", root / "README.md"
    texts = {
        config: replace_block(
            config.read_text(encoding="utf-8"),
            CONFIG_START,
            CONFIG_END,
            config_block(repository),
            "_config.yml",
        ),
        readme: replace_block(
            readme.read_text(encoding="utf-8"),
            README_START,
            README_END,
            readme_block(repository),
            "README.md",
        ),
    }
    for path in notebooks(root):
        texts[path] = with_setup_cell(
            path.read_text(encoding="utf-8"), setup_cell(repository), path.name
        )
    return texts


def stale(repository, root=ROOT):
    """The places that do not say what ``repository`` demands."""
    return [
        path
        for path, text in rendered(repository, root).items()
        if path.read_text(encoding="utf-8") != text
    ]


def write(repository, root=ROOT):
    """Write every place. All are rendered first, so that an error leaves them as they were."""
    texts = rendered(repository, root)
    changed = [path for path, text in texts.items() if path.read_text(encoding="utf-8") != text]
    for path in changed:
        path.write_text(texts[path], encoding="utf-8")
    return changed


def main(arguments=None, root=ROOT):
    parser = argparse.ArgumentParser(
        description="Write the address of the course's repository everywhere it is needed."
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("url", nargs="?", help="https://github.com/OWNER/REPO")
    what.add_argument("--unset", action="store_true", help="no public address: no launch links")
    what.add_argument("--refresh", action="store_true", help="write the present address again")
    what.add_argument("--check", action="store_true", help="fail if a place disagrees")
    parser.add_argument("--branch", help="the branch that readers get (default: as it is)")
    options = parser.parse_args(arguments)

    try:
        present = read_repository(root)
        if options.check:
            differing = stale(present, root)
            for path in differing:
                print(f"{path.relative_to(root)} disagrees with repository: url in _config.yml")
            return 1 if differing else 0
        if options.url is not None and not options.url.strip():
            # `make repository` without URL= must not silently take the address away.
            raise ValueError("expected an address like https://github.com/OWNER/REPO, got none")
        url = present.url if options.refresh else normalise_url(options.url or "")
        repository = Repository(url, options.branch or present.branch)
        changed = write(repository, root)
    except ValueError as error:
        print(f"set_repository: {error}", file=sys.stderr)
        return 2
    print(f"The repository is {repository.url or 'unset'} (branch {repository.branch}).")
    for path in changed:
        print(f"  wrote {path.relative_to(root)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
