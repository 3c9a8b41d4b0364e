"""Run another program; when it fails, say in one sentence what failed, in its own words.

The network is blamed only where it was the network. What the program writes is passed on as it
comes, so the sentence can be short. Runs under any Python 3, like what it is used by.
"""

import os
import re
import signal
import subprocess
import sys

INTERRUPTED = 130  # what a shell reports of a program that Ctrl-C ended

# How pip (first four lines) and npm (the last) report that they could not reach another machine.
NETWORK = re.compile(
    r"connection broken by|Max retries exceeded|Read timed out|ConnectTimeout|ProxyError"
    r"|NewConnectionError|NameResolutionError|ConnectionFailed|Failed to (resolve|connect)"
    r"|Connection (refused|reset|aborted|timed out)|Network is unreachable"
    r"|Temporary failure in name resolution|IncompleteRead"
    r"|\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH"
    r"|ERR_SOCKET_TIMEOUT)\b"
)
# An index that lists versions was reached, whatever else stumbled on the way.
ANSWERED = re.compile(r"\(from versions: (?!none)")
PIP_ERROR = re.compile(r"^\s*ERROR: (.+)")
# The lines that npm numbers, names and closes its report with say nothing to a reader.
NPM_ERROR = re.compile(r"^npm (?:ERR!|error) (?!code |errno |syscall |path |A complete log|\s)(.+)")


def environment():
    """What programs are started with: paths and files are UTF-8, whatever the locale is.

    Otherwise pip fails in a folder whose name is not ASCII, in a locale that is.
    """
    return dict(os.environ, PYTHONUTF8="1")


def failure(written):
    """Why a program failed, by what it has written: ("network" or "", its own words)."""
    lines = written.splitlines()
    network = NETWORK.search(written) and not ANSWERED.search(written)
    npm = [found.group(1) for found in map(NPM_ERROR.match, lines) if found]
    pip = [found.group(1) for found in map(PIP_ERROR.match, lines) if found]
    # npm begins with the reason and pip ends with it.
    words = npm[:1] or pip[-1:] or [line for line in lines if line.strip()][-1:]
    return ("network" if network else ""), "".join(words).strip()


def run(command, doing, why_network, folder):
    """Run a command in `folder`, its output passed on; stop with a sentence when it fails.

    Parameters
    ----------
    command : list of str
    doing : str
        Begins the sentence: "Installing the packages of requirements.txt".
    why_network : str
        What it needs the network for: "to download them from the Python package index".
    folder : str or path
    """
    try:
        process = subprocess.Popen(
            command,
            cwd=str(folder),
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",  # bytes of another encoding must not hide the failure
        )
    except OSError as error:
        sys.exit(f"\n{doing} failed: {error}.")
    written = []
    with process:
        try:
            for line in process.stdout:
                written.append(line)
                sys.stderr.write(line)
                sys.stderr.flush()
        except KeyboardInterrupt:
            process.wait()  # Ctrl-C reached it as well; what it does last, it does in peace
            raise
    status = process.returncode
    if status in (INTERRUPTED, -signal.SIGINT):
        raise KeyboardInterrupt
    if status:
        kind, words = failure("".join(written))
        if kind == "network":
            sys.exit(
                f"\n{doing} needs the network ({why_network}), and it failed: connect, then run it"
                " again."
            )
        sys.exit(f"\n{doing} failed: " + (words or f"it ended with status {status}."))


def until_interrupted(main):
    """Run `main`; Ctrl-C ends it with a sentence instead of a traceback."""
    try:
        main()
    except KeyboardInterrupt:
        print("\nInterrupted: run it again to finish.", file=sys.stderr)
        sys.exit(INTERRUPTED)
