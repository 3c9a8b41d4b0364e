"""The service: what surrounds the answering function, under good, bad and silent clients."""

import http.client
import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from nnlib.chapters.inference import service


def echo(content_type, body):
    return 200, {"type": content_type, "bytes": len(body)}


def test_a_request_is_handed_on_and_its_answer_sent():
    with service.running(echo) as port:
        assert service.ask(port, {"a": 1}) == (200, {"type": "application/json", "bytes": 8})
        assert service.ask(port, b"abc", content_type="text/plain")[1]["type"] == "text/plain"


@pytest.mark.parametrize(
    ("options", "status"),
    [({"path": "/"}, 404), ({"path": "/predict/"}, 404), ({"length": 10**9}, 413),
     ({"length": 10**40}, 413), ({"length": "many"}, 411), ({"length": "-1"}, 411),
     ({"length": ""}, 411), ({"length": service.LARGEST + 1}, 413)],
)
def test_the_head_alone_is_enough_to_refuse(options, status):
    with service.running(echo) as port:
        assert service.ask(port, b"{}", **options)[0] == status
        assert service.ask(port, b"{}")[0] == 200                        # and it stays up


def test_the_largest_body_is_taken_and_one_byte_more_is_not():
    with service.running(echo) as port:
        assert service.ask(port, b"x" * service.LARGEST)[0] == 200
        assert service.ask(port, b"", length=service.LARGEST + 1)[0] == 413


def test_a_body_without_its_length_is_refused():
    with service.running(echo) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.putrequest("POST", "/predict")
        connection.putheader("Transfer-Encoding", "chunked")
        connection.endheaders()
        assert connection.getresponse().status == 411
        connection.close()


def test_other_methods_are_refused():
    with service.running(echo) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/predict")
        assert connection.getresponse().status == 501
        connection.close()


def test_an_error_of_ours_is_a_500_that_tells_nothing(capfd):
    def fails(content_type, body):
        raise RuntimeError("the password is swordfish")

    with service.running(fails) as port:
        status, said = service.ask(port, b"{}")
    assert (status, said) == (500, {"error": "the service failed"})
    assert capfd.readouterr() == ("", "")


def test_a_silent_client_holds_nobody_up(monkeypatch, capfd):
    monkeypatch.setattr(service.Handler, "timeout", 0.2)
    with (service.running(echo) as port,
          socket.create_connection(("127.0.0.1", port)) as silent):
        silent.sendall(b"POST /predict HTTP/1.0\r\nContent-Length: 5\r\n\r\nab")
        assert service.ask(port, b"{}")[0] == 200
        silent.settimeout(10)
        assert silent.recv(100) == b""                                   # left alone, and closed
    assert capfd.readouterr() == ("", "")


def test_nonsense_instead_of_a_request(capfd):
    with service.running(echo) as port:
        with socket.create_connection(("127.0.0.1", port)) as strange:
            strange.sendall(b"\x00\xff\x17 hello\r\n\r\n")
            strange.settimeout(10)
            strange.recv(1000)
        assert service.ask(port, b"{}")[0] == 200
    assert capfd.readouterr() == ("", "")


def test_many_at_once_get_their_own_answers():
    def own(content_type, body):
        return 200, {"is": json.loads(body)["number"]}

    with service.running(own) as port, ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: service.ask(port, {"number": n})[1]["is"], range(60)))
    assert found == list(range(60))


def failing_use_of_it():
    with service.running(echo) as port:
        assert service.ask(port, b"{}")[0] == 200
        raise LookupError(port)


def test_afterwards_nothing_is_left():
    before = threading.active_count()
    with pytest.raises(LookupError) as failed:
        failing_use_of_it()
    assert threading.active_count() <= before + 1        # a request's own thread may be ending
    with pytest.raises(ConnectionRefusedError):
        service.ask(failed.value.args[0], b"{}")


def test_it_listens_to_this_machine_only():
    with service.running(echo):
        server = service.Server(echo)
        assert server.server_address[0] == "127.0.0.1"
        server.server_close()
