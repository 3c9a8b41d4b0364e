"""A book of one or two pages, made for a test and built with the extensions of the real one."""

import subprocess
import sys
from pathlib import Path

from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]

CONFIGURATION = """
import sys
sys.path.insert(0, {ext!r})
extensions = {extensions!r}
html_theme = "basic"
myst_enable_extensions = ["dollarmath"]
bibtex_bibfiles = ["references.bib"]
"""


class SmallBook:
    def __init__(self, folder, *extensions):
        self.folder = folder
        bibliography = "sphinxcontrib.bibtex"
        parser = [] if "myst_nb" in extensions else ["myst_parser"]
        names = [*parser, bibliography, *extensions]
        configuration = CONFIGURATION.format(ext=str(ROOT / "book" / "_ext"), extensions=names)
        (folder / "conf.py").write_text(configuration, encoding="utf-8")
        (folder / "references.bib").write_text(
            "@article{someone2020, author={Some One}, title={A title}, journal={J}, year={2020}}\n"
        )

    def build(self, **pages):
        """Write the pages, build with warnings as errors, return what the build said."""
        for name, text in pages.items():
            (self.folder / f"{name}.md").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html"]
        done = subprocess.run(
            [*command, ".", "out"], cwd=self.folder, capture_output=True, text=True
        )
        return done.stdout + done.stderr

    def text(self, name):
        return (self.folder / "out" / f"{name}.html").read_text(encoding="utf-8")

    def page(self, name):
        return BeautifulSoup(self.text(name), "html.parser")
