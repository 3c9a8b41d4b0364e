"""The service: what surrounds the answering function, under good, bad and silent clients."""

import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from nnlib.chapters.inference import service


def echo(body):
    return 200, {"bytes": len(body)}


def never(body):
    raise AssertionError("this request should not have come so far")


def raw(port, sent, *, ends=False):
    """(status, head, body as JSON) of what comes back for these very bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(sent)
        if ends:
            client.shutdown(socket.SHUT_WR)
        return told(client)


def told(client):
    """(status, head, body as JSON) of all that a connection still brings."""
    got = b""
    while part := client.recv(65536):
        got += part
    head, _, body = got.partition(b"\r\n\r\n")
    return int(head.split()[1]), head.decode(), json.loads(body) if body else None


def head(method="POST", path="/predict", **more):
    """The bytes of a head; an underscore in a name stands for a hyphen."""
    lines = [f"{method} {path} HTTP/1.1", "Content-Type: application/json"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def test_a_request_is_handed_on_and_its_answer_sent():
    with service.running(echo) as port:
        assert service.ask(port, {"a": 1}) == (200, {"bytes": 8})
        assert service.ask(port, b"abc", content_type="application/json; charset=utf-8")[0] == 200


@pytest.mark.parametrize(
    ("options", "status"),
    [({"path": "/"}, 404), ({"path": "/predict/"}, 404), ({"length": 10**9}, 413),
     ({"length": 10**40}, 413), ({"length": "many"}, 411), ({"length": "-1"}, 411),
     ({"length": ""}, 411), ({"length": service.LARGEST + 1}, 413),
     ({"content_type": "text/plain"}, 415), ({"content_type": ""}, 415)],
)
def test_the_head_alone_is_enough_to_refuse(options, status):
    with service.running(never) as port:
        got, said = service.ask(port, b"{}", **options)
        assert (got, list(said)) == (status, ["error"])
        assert service.ask(port, b"", path="/")[0] == 404                # and it stays up


def test_the_largest_body_is_taken_and_one_byte_more_is_not():
    with service.running(echo) as port:
        assert service.ask(port, b"x" * service.LARGEST) == (200, {"bytes": service.LARGEST})
        assert service.ask(port, b"x" * (service.LARGEST + 1))[0] == 413


@pytest.mark.parametrize("size", [20_000, 5_000_000, 50_000_000])
def test_a_huge_body_that_is_really_sent_gets_its_code(size):
    with service.running(never) as port:
        for _ in range(3):
            assert service.ask(port, b"x" * size)[0] == 413


def test_a_body_without_one_clear_length_is_refused():
    with service.running(never) as port:
        for more in ({}, {"Transfer_Encoding": "chunked"},
                     {"Transfer_Encoding": "chunked", "Content_Length": 5}):
            assert raw(port, head(**more))[0] == 411
        assert raw(port, head(Content_Length="5\r\nContent-Length: 6") + b"{}   ")[0] == 411


def test_a_body_that_ends_early_is_refused_though_it_could_be_read():
    with service.running(never) as port:
        status, _, said = raw(port, head(Content_Length=50) + b'{"a": 1}', ends=True)
        assert (status, said) == (400, {"error": "the body ended early"})
        assert service.ask(port, {"a": 1}, length=50) == (status, said)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW", "post"])
def test_other_methods_are_refused_as_json(method):
    with service.running(never) as port:
        status, lines, said = raw(port, head(method, Content_Length=0))
        assert (status, said) == (405, {"error": "send POST"})
        assert "Allow: POST" in lines
        assert "Content-Type: application/json" in lines


def test_a_head_is_answered_by_a_head():
    with service.running(never) as port:
        status, lines, said = raw(port, head("HEAD"))
        assert (status, said) == (405, None)
        assert "Allow: POST" in lines


@pytest.mark.parametrize(
    ("sent", "status"),
    [(b"\x00\xff\x17 hello\r\n\r\n", 400), (b"\x16\x03\x01\x02\x00\x01\n\n", 400),
     (b"GET /predict\r\n\r\n", 405), (b"POST /predict HTTP/2.0\r\n\r\n", 400),
     (b"POST /predict HTTP/x\r\n\r\n", 400), (b"POST /" + b"a" * 70_000, 414),
     (b"POST /predict HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n", 431),
     (b"POST /predict HTTP/1.1\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", 431)],
)
def test_nonsense_instead_of_a_head_is_refused_as_json(sent, status, capfd):
    with service.running(echo) as port:
        got, lines, said = raw(port, sent)
        assert (got, list(said)) == (status, ["error"])
        assert "application/json" in lines
        assert service.ask(port, b"{}")[0] == 200
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "said", [{"p": float("nan")}, {"p": np.float32(0.5)}, {"digit": np.int64(3)}, {1, 2}],
)
def test_what_is_no_json_is_a_500(said):
    with service.running(lambda body: (200, said)) as port:
        assert service.ask(port, b"{}") == (500, {"error": "the service failed"})


def test_an_error_of_ours_is_a_500_that_tells_nothing(capfd):
    def fails(body):
        raise RuntimeError("the password is swordfish")

    with service.running(fails) as port:
        assert service.ask(port, b"{}") == (500, {"error": "the service failed"})
    with service.running(lambda body: None) as port:
        assert service.ask(port, b"{}") == (500, {"error": "the service failed"})
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("sent", [b"", b"POST /pre", head(Content_Length=5) + b"ab"])
def test_a_silent_client_holds_nobody_up_and_is_told(sent, monkeypatch, capfd):
    monkeypatch.setattr(service, "PATIENCE", 0.3)
    with (service.running(echo) as port,
          socket.create_connection(("127.0.0.1", port), timeout=10) as silent):
        silent.sendall(sent)
        assert service.ask(port, b"{}")[0] == 200
        assert told(silent)[0] == 408
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("start", [b"", head(Content_Length=5000)], ids=["head", "body"])
def test_a_client_that_drips_is_cut_off(start, monkeypatch):
    """It is never silent for long, but the whole request has one time limit."""
    monkeypatch.setattr(service, "PATIENCE", 0.3)
    drops = 0
    with (service.running(never) as port,
          socket.create_connection(("127.0.0.1", port)) as client):
        client.sendall(start)
        client.settimeout(0.02)
        while drops < 4000:
            client.sendall(b"x")
            drops += 1
            try:
                got = client.recv(1000)
                break
            except TimeoutError:
                pass
        assert drops < 4000
        assert got.startswith(b"HTTP/1.0 408")


def send_for_ever(client):
    while True:
        client.sendall(b"x" * 65536)


def test_a_client_that_goes_on_sending_after_the_answer_is_left(monkeypatch):
    monkeypatch.setattr(service, "PATIENCE", 0.3)
    with (service.running(never) as port,
          socket.create_connection(("127.0.0.1", port), timeout=10) as client):
        client.sendall(head(path="/", Content_Length=10**9))
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            send_for_ever(client)


def test_as_many_as_wait_in_line_at_one_instant_get_their_own_answers():
    askers = 64
    barrier = threading.Barrier(askers)

    def own(body):
        return 200, {"is": json.loads(body)["number"]}

    def ask(number):
        barrier.wait()
        return service.ask(port, {"number": number})[1]["is"]

    with service.running(own) as port, ThreadPoolExecutor(askers) as pool:
        for _ in range(3):
            assert list(pool.map(ask, range(askers))) == list(range(askers))


def failing_use_of_it():
    with service.running(echo) as port:
        assert service.ask(port, b"{}")[0] == 200
        raise LookupError(port)


def test_afterwards_nothing_is_left_even_of_a_cell_that_failed():
    before = set(threading.enumerate())
    with pytest.raises(LookupError) as failed:
        failing_use_of_it()
    assert set(threading.enumerate()) <= before
    with pytest.raises(ConnectionRefusedError):
        service.ask(failed.value.args[0], b"{}")


def test_no_thread_outlives_the_block_whatever_clients_do(monkeypatch):
    monkeypatch.setattr(service, "PATIENCE", 0.3)
    before = set(threading.enumerate())
    clients = []
    with service.running(echo) as port:
        for sent in (b"", b"POST", head(Content_Length=9) + b"a", head(Content_Length=0)):
            clients.append(socket.create_connection(("127.0.0.1", port)))
            clients[-1].sendall(sent)
    assert set(threading.enumerate()) <= before
    for client in clients:
        client.close()


def test_a_request_in_flight_is_answered_before_the_block_ends():
    asked, ended = threading.Event(), []

    def slow(body):
        asked.set()
        time.sleep(0.3)
        ended.append("answered")
        return 200, {}

    with ThreadPoolExecutor(1) as pool:
        with service.running(slow) as port:
            found = pool.submit(service.ask, port, b"{}")
            assert asked.wait(10)
        ended.append("left")
        assert found.result(10)[0] == 200
    assert ended == ["answered", "left"]


def test_it_listens_to_this_machine_only():
    server = service.Server(echo)
    assert server.server_address[0] == "127.0.0.1"
    server.server_close()
