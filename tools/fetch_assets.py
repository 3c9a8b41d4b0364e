"""Fetch the browser files that the published pages load into vendor/, from locked npm packages.

The pages must work with no network, so widgets and fonts come from the site itself. The packages
are those of package-lock.json, whose checksums npm verifies; nothing fetched is committed. Where
the machine has no npm, tools/node.py brings one.
"""

import hashlib
import shutil
import sys
from pathlib import Path

import commands
import node

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
# Sphinx copies what is *in* a static folder, so the files keep a `vendor/` of their own in the
# site.
SITE = ROOT / "vendor" / "static" / "vendor"
STAMP = ROOT / "vendor" / "fingerprint"

# package folder -> folder in the site, and the files and folders taken
TAKEN = {
    # embed.js has all of the core widgets (embed-amd.js adds a loader for third-party ones: twice
    # the size).
    "@jupyter-widgets/html-manager/dist": ("widgets", ["embed.js", "embed.js.LICENSE.txt"]),
    # Formulas are set when the book is built (book/_ext/formulas.py): pages need the fonts only.
    "mathjax/es5/output/chtml/fonts/woff-v2": ("mathjax", ["*.woff"]),
}

# embed.js brings icon fonts of its own. The theme has a later version of the same fonts, with the
# same icons at the same places, on every page: use those, and save each reader a second download.
# The names are hashes of the content, so another version of the package stops here and not on a
# reader's page.
ICON_FONTS = {
    "1551f4f60c37af51121f.woff2": "fa-solid-900.woff2",
    "7a3337626410ca2f4071.woff2": "fa-regular-400.woff2",
    "d878b0a6a1144760244f.woff2": "fa-brands-400.woff2",
}
THEME_FONTS = "../fontawesome/webfonts"  # seen from the widgets' folder, as the theme lays it


def fingerprint():
    """What the fetched files depend on: the lock and this file."""
    digest = hashlib.sha256()
    for path in (ROOT / "package-lock.json", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def install():
    """`npm ci`: exactly the packages of the lock, checked against its checksums, no scripts run."""
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1"]
    commands.run(
        [*node.command("npm"), "ci", *flags],
        "Installing the browser files (npm ci)",
        "to download the widget, math and test scripts that package-lock.json names",
        ROOT,
    )


def copy():
    shutil.rmtree(SITE.parent, ignore_errors=True)
    for package, (folder, patterns) in TAKEN.items():
        source = MODULES / package
        for pattern in patterns:
            found = sorted(source.glob(pattern))
            if not found:
                sys.exit(f"{source} has no {pattern}: the package has changed, adapt {__file__}")
            for path in found:
                target = SITE / folder / path.relative_to(source)
                target.parent.mkdir(parents=True, exist_ok=True)
                if path.is_dir():
                    shutil.copytree(path, target)
                else:
                    shutil.copyfile(path, target)


def share_icon_fonts():
    script = SITE / "widgets" / "embed.js"
    text = script.read_text(encoding="utf-8")
    for own, themes in ICON_FONTS.items():
        if own not in text:
            sys.exit(f"{script} does not name {own}: the package has changed, adapt {__file__}")
        text = text.replace(own, f"{THEME_FONTS}/{themes}")
    script.write_text(text, encoding="utf-8")


def main():
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text() == wanted and MODULES.is_dir() and SITE.is_dir():
        return
    STAMP.unlink(missing_ok=True)  # what an interruption leaves is not finished
    install()
    copy()
    share_icon_fonts()
    STAMP.write_text(wanted)
    print(f"Browser files are in {SITE.relative_to(ROOT)}")


if __name__ == "__main__":
    commands.until_interrupted(main)
