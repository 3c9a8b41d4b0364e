"""A small service over HTTP, with nothing but the standard library, for this machine only.

What it answers is decided by one function, ``answer(content_type, body) -> (status, dictionary)``.
Here is what surrounds it: the way from a socket to that function and back, a limit on the size, a
time limit, and a clean end.
"""

from __future__ import annotations

import http.client
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LARGEST = 10_000                     # bytes of a body
PATIENCE = 5.0                       # seconds without a byte, after which a client is left


class Handler(BaseHTTPRequestHandler):
    """One request: look at its head, read its body, ask `answer`, send what it says."""

    timeout = PATIENCE

    def do_POST(self):
        if self.path != "/predict":
            return self.send(404, {"error": "there is only /predict"})
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            return self.send(411, {"error": "say Content-Length, in bytes"})
        if len(length) > 12 or int(length) > LARGEST:        # before a byte of it is read
            return self.send(413, {"error": f"at most {LARGEST:,} bytes"})
        body = self.rfile.read(int(length))
        try:
            status, said = self.server.answer(self.headers.get_content_type(), body)
        except Exception:                    # ours: the sender learns no more than that
            status, said = 500, {"error": "the service failed"}
        self.send(status, said)

    def send(self, status, said):
        text = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(text)
        self.close_connection = True

    def log_message(self, *_):
        """Write nothing: the standard library's log goes to stderr, with times and addresses."""


class Server(ThreadingHTTPServer):
    """A thread for each request; those still open do not hold up the end."""

    daemon_threads = True

    def __init__(self, answer):
        super().__init__(("127.0.0.1", 0), Handler)          # 0: any port that is free
        self.answer = answer

    def handle_error(self, request, client_address):
        """A client that went away or fell silent is no failure of ours: say nothing."""


@contextmanager
def running(answer):
    """Within it the service answers at the port given; after it nothing is left of it."""
    server = Server(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ask(port, body, *, path="/predict", content_type="application/json", length=None):
    """Send one request from this machine and return (status, what was said).

    `body` is sent as it is where it is bytes, and as JSON otherwise. `length` is announced in place
    of the true length, and then no byte of the body follows.
    """
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.putrequest("POST", path)
        connection.putheader("Content-Type", content_type)
        connection.putheader("Content-Length", str(len(data) if length is None else length))
        connection.endheaders(data if length is None else None)
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()
