"""Serve the built book on this machine, at the port that is asked for or the next free one."""

import argparse
import errno
import functools
import os
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from platforms import course_command

HTML = Path(__file__).resolve().parent.parent / "_build" / "html"
TRIED = 20  # ports, from the one that is asked for
# What the system says of a port that another program has; Windows has a word of its own, and
# sometimes refuses access instead.
BUSY = {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", None)}


class Server(ThreadingHTTPServer):
    # On Windows this would let two programs share a port, and a reader see the wrong one's pages.
    allow_reuse_address = os.name != "nt"


def server_at(port, handler):
    """A server at the first free port from `port` on."""
    for number in range(port, min(port + TRIED, 65536)):
        try:
            return Server(("127.0.0.1", number), handler)
        except PermissionError:
            if number < 1024:
                sys.exit(f"Ports below 1024 are the system's, {number} too: {another()}")
        except OSError as error:
            if error.errno not in BUSY:
                raise
    sys.exit(f"No port from {port} on is free: {another()}")


def another():
    return f"choose another one, as in `{course_command('serve', port=9000)}`."


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    asked = parser.parse_args().port
    server = server_at(asked, functools.partial(SimpleHTTPRequestHandler, directory=str(HTML)))
    port = server.server_port
    if asked not in (0, port):
        print(f"Port {asked} is in use by another program, so this takes {port}; or {another()}")
    print(f"Serving the book at http://localhost:{port}/ (stop with Ctrl-C)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("\nStopped.")
    finally:
        server.server_close()


if __name__ == "__main__":
    main()
