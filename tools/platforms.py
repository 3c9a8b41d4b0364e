"""The one place that knows how Windows, macOS and Linux differ: where things lie, what is said."""

import ntpath
import os
import posixpath
import shutil
import sys


def python_of(folder):
    """The interpreter of the virtual environment in `folder`, whether it exists or not."""
    parts = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(folder, *parts)


def course_command(name, make=None, system=sys.platform, **options):
    """How a reader on this system calls a command of tools/course.py: `make serve`, or without.

    `make` says whether make is to be used; by default it is where there is one.
    """
    if make is None:
        make = shutil.which("make") is not None
    if make:
        said = [f"{option.upper()}={value}" for option, value in options.items()]
        return " ".join(["make", name, *said])
    said = [f"--{option} {value}" for option, value in options.items()]
    if system == "win32":
        return " ".join(["py", r"tools\course.py", name, *said])
    return " ".join(["python3", "tools/course.py", name, *said])


def browsers(system=sys.platform, environment=os.environ):
    """Where a Chromium, Chrome or Edge usually is: full paths, and names to look up in PATH."""
    if system == "win32":
        names = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        folders = [environment[name] for name in names if environment.get(name)]
        inside = [
            r"Google\Chrome\Application\chrome.exe",
            r"Chromium\Application\chrome.exe",
            r"Microsoft\Edge\Application\msedge.exe",
        ]
        return [ntpath.join(folder, path) for path in inside for folder in folders]
    found = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    found += ["microsoft-edge", "microsoft-edge-stable"]
    if system == "darwin":
        folders = ["/Applications", posixpath.join(environment.get("HOME", "/"), "Applications")]
        found += [
            posixpath.join(folder, f"{name}.app", "Contents", "MacOS", name)
            for name in ("Google Chrome", "Chromium", "Microsoft Edge")
            for folder in folders
        ]
    return found


def find_browser(system=sys.platform, environment=os.environ, which=shutil.which):
    """The executable of the system's browser; CHROMIUM names another one.

    Raises
    ------
    FileNotFoundError
        With a sentence that says what to install.
    """
    chosen = environment.get("CHROMIUM")
    if chosen:
        if which(chosen) is None:
            raise FileNotFoundError(
                f"The environment variable CHROMIUM names {chosen}, and there is no such program."
            )
        return which(chosen)
    for place in browsers(system, environment):
        if which(place):
            return which(place)
    install = {"win32": "Chrome or Edge", "darwin": "Google Chrome"}.get(
        system, "the system package `chromium`"
    )
    raise FileNotFoundError(
        f"No Chromium, Chrome or Edge was found: install {install}, or name the browser's"
        " executable in the environment variable CHROMIUM."
    )


def is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_display(system=sys.platform, environment=os.environ):
    """Can a window be opened here? Windows and macOS always have a screen."""
    if system in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def lab_flags(root=None, display=None):
    """What JupyterLab has to be told on this machine, and the sentences that say why."""
    flags, notes = [], []
    if is_root() if root is None else root:
        flags.append("--allow-root")
        notes.append(
            "You are root, as in a container, so JupyterLab is told to run all the same"
            " (--allow-root)."
        )
    if not (has_display() if display is None else display):
        flags.append("--no-browser")
        notes.append("There is no display here: open the address that JupyterLab prints below.")
    return flags, notes
