"""Where things lie on each system: the one place that knows how Windows, macOS and Linux differ."""

import os


def python_of(folder):
    """The interpreter of the virtual environment in `folder`, whether it exists or not."""
    parts = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(folder, *parts)
