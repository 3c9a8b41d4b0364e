"""A small service over HTTP, with nothing but the standard library, for this machine only.

What it answers is decided by one function, ``answer(body) -> (status, dictionary)``. Here is what
surrounds it: the way from a socket to that function and back, what can be refused by the head of a
request alone, limits on size and time, and a clean end.
"""

from __future__ import annotations

import http.client
import io
import json
import socket
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KIND = "application/json"
LARGEST = 10_000                     # bytes of a body
PATIENCE = 5.0                       # seconds for a whole request, however it trickles in


class TooSlow(Exception):
    """A request was not there in time."""


class Until(io.RawIOBase):
    """The bytes that a connection brings until a moment; after it, reading raises TooSlow."""

    def __init__(self, connection, moment):
        self.connection, self.moment = connection, moment

    def readable(self):
        return True

    def readinto(self, buffer):
        left = self.moment - time.monotonic()
        if left <= 0:
            raise TooSlow
        self.connection.settimeout(left)
        try:
            return self.connection.recv_into(buffer)
        except TimeoutError:
            raise TooSlow from None


class Handler(BaseHTTPRequestHandler):
    """One request: look at its head, read its body, ask `answer`, send what it says."""

    default_request_version = request_version = "HTTP/1.0"     # an answer always has a status
    command = None

    def setup(self):
        super().setup()
        self.rfile.close()
        self.incoming = Until(self.connection, time.monotonic() + PATIENCE)
        self.rfile = io.BufferedReader(self.incoming)

    def handle(self):
        try:
            super().handle()
        except TooSlow:
            self.refuse(408, f"the request took longer than {PATIENCE:g} seconds")

    def do_POST(self):
        lengths = self.headers.get_all("Content-Length", [])
        length = lengths[0] if len(lengths) == 1 else ""
        if self.path != "/predict":
            return self.refuse(404, "there is only /predict")
        if self.headers.get_content_type() != KIND:
            return self.refuse(415, f"send {KIND}")
        if "Transfer-Encoding" in self.headers or not (length.isascii() and length.isdigit()):
            return self.refuse(411, "say Content-Length, in bytes")
        if len(length) > 12 or int(length) > LARGEST:        # before a byte of it is read
            return self.refuse(413, f"at most {LARGEST:,} bytes")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            return self.refuse(400, "the body ended early")
        try:
            status, said = self.server.answer(body)
            status, text = int(status), json.dumps(said, allow_nan=False)
        except Exception:                    # ours: the sender learns no more than that
            return self.refuse(500, "the service failed")
        self.send(status, text)

    def refuse(self, status, error):
        self.send(status, json.dumps({"error": error}))

    def send_error(self, code, *_):
        """Refuse what the standard library cannot read, or a method that is not POST."""
        if code == 501:
            return self.refuse(405, "send POST")
        self.refuse(400 if code >= 500 else code, "this head cannot be read")

    def send(self, status, text):
        data = text.encode()
        self.connection.settimeout(PATIENCE)           # for a client that does not take it
        self.send_response(status)
        self.send_header("Content-Type", KIND)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Connection", "close")
        if status == 405:
            self.send_header("Allow", "POST")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
        self.close_connection = True

    def finish(self):
        """Throw away what a client is still sending, so that it gets to read its answer."""
        with suppress(OSError, TooSlow):
            self.connection.shutdown(socket.SHUT_WR)           # nothing more comes from here
            while self.incoming.readinto(bytearray(65536)):
                pass
        super().finish()

    def log_request(self, *_):
        """Write nothing: the standard library's log goes to stderr, with times and addresses."""

    def log_message(self, *_):
        """Write nothing, as above."""


class Server(ThreadingHTTPServer):
    """A thread for each request; the end waits for those that are open, `PATIENCE` at most."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 128                   # askers at one instant; 5 by default

    def __init__(self, answer):
        super().__init__(("127.0.0.1", 0), Handler)          # 0: any port that is free
        self.answer = answer

    def handle_error(self, request, client_address):
        """A client that went away is no failure of ours: say nothing."""


@contextmanager
def running(answer):
    """Within it the service answers at the port given; after it no thread of it is left.

    A request that is being answered at the end still gets its answer.
    """
    server = Server(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ask(port, body, *, method="POST", path="/predict", content_type=KIND, length=None):
    """Send one request from this machine and return (status, what was said).

    `body` is sent as it is where it is bytes, and as JSON otherwise. `length` is announced in place
    of the true length; nothing follows the body, so that a larger one is a body cut off.
    """
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.putrequest(method, path)
        connection.putheader("Content-Type", content_type)
        connection.putheader("Content-Length", str(len(data) if length is None else length))
        with suppress(BrokenPipeError, ConnectionResetError):     # the answer is there already
            connection.endheaders(data)
            connection.sock.shutdown(socket.SHUT_WR)
        response = connection.getresponse()
        return response.status, json.loads(response.read() or b"{}")
    finally:
        connection.close()
