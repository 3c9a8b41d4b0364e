"""Reading what was measured."""

import functools
import json
from pathlib import Path

RESULTS = Path(__file__).with_name("results.json")


@functools.cache
def results():
    """Return the kept measurements.

    Returns
    -------
    dict
        ``steps``: for each model and number of processes, the milliseconds that a tenth of the
        steps stayed below, one for each repeat. ``all_reduce``: pairs of (numbers, milliseconds)
        with two processes. ``straggler``: pairs of (milliseconds slept by one of two, milliseconds
        of a step).
        ``memory``: MB of a kernel by what it has imported, ``after``: by the chapter that it has
        run, ``server``: of the JupyterLab beside it, ``launched``: of torchrun and two workers
        together; each resident, and with shared pages in equal parts. ``pages``: bytes of the built
        book, of each chapter compressed and plain. ``machine`` and ``versions``.
    """
    return json.loads(RESULTS.read_text())
