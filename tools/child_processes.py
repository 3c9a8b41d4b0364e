"""How the course starts the programs that do its work: their settings, and how they end."""

import os
import shlex
import signal
import subprocess
import sys

# What every program is started with.
ENVIRONMENT = {
    # One thread a process: the order of sums, and so the last digits, do not depend on the
    # machine's cores, and two test processes side by side do not fight over them.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # No debugger chatter on stderr.
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    # Paths and files are UTF-8 on every system, whatever the locale says: otherwise a folder whose
    # name is not ASCII cannot be built in.
    "PYTHONUTF8": "1",
}

INTERRUPTED = 130  # what a shell reports of a program that Ctrl-C ended
CONTROL_C_EXIT = 0xC000013A  # and how Windows says it


def shown(command, windows=os.name == "nt"):
    """The command in a form that can be pasted into the shell of this system."""
    return subprocess.list2cmdline(command) if windows else shlex.join(command)


def say(text):
    """Print a line at once, in whatever characters the console has."""
    encoding = sys.stdout.encoding or "ascii"
    print(text.encode(encoding, "backslashreplace").decode(encoding), flush=True)


def exit_status(code):
    """The status to end with for what a finished program's `returncode` says."""
    if code in (-signal.SIGINT, CONTROL_C_EXIT):
        return INTERRUPTED
    return code if code >= 0 else 128 - code


def run(*command):
    """Show a command and run it; where it fails, end with its exit status."""
    say(shown(command))
    process = subprocess.Popen(command, env={**os.environ, **ENVIRONMENT})
    code = None
    while code is None:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            # It reached the program as well, which says so itself and may have things to put away.
            continue
    if code:
        sys.exit(exit_status(code))
