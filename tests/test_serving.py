"""`survey serve` as a process: it ends on a signal, and whoever was being served still gets the reply."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic

import pytest

from survey import mailing
from survey.mail.kinds import INVITATION
from tests import mail_cast
from tests.cast import Instance
from tests.mail_servers import smtp_server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(instance: Instance, port: int, *more: str) -> "subprocess.Popen[str]":
    """The server in a process of its own, once it says that it serves."""
    address = {"SURVEY_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    environ = os.environ | address | {"SURVEY_INSTANCE": str(instance.settings.instance)}
    words = [sys.executable, "-m", "survey.cli", "serve", "--port", str(port), *more]
    process = subprocess.Popen(words, env=environ, stderr=subprocess.PIPE, text=True)
    assert process.stderr and "serving" in process.stderr.readline()
    return process


@pytest.fixture
def served(
    instance: Instance, request: pytest.FixtureRequest
) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """The server with the options of the test's parameter, if it has any, and its port."""
    port = free_port()
    process = start(instance, port, *getattr(request, "param", ()))
    yield process, port
    kill(process, port)


def kill(process: "subprocess.Popen[str]", port: int) -> None:
    """End the server the hard way; those that it started end with it."""
    process.kill()
    process.wait()
    if process.stderr:
        process.stderr.close()
    _until(lambda: _refuses(port))


def post(port: int, path: str, body: bytes = b"utility=4") -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.skipif(
    not Path("/proc/locks").exists(), reason="Linux shows who waits for a lock, others do not"
)
@pytest.mark.parametrize(
    ("served", "number"),
    [((), signal.SIGTERM), (("--processes", "1", "--threads", "2"), signal.SIGINT)],
    indirect=["served"],
)
def test_a_running_post_is_finished(
    instance: Instance, served: tuple["subprocess.Popen[str]", int], number: signal.Signals
) -> None:
    process, port = served
    one, *_ = instance.wave("w", invited=5)
    lock = os.open(Path(instance.settings.database).with_suffix(".lock"), os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    with ThreadPoolExecutor(1) as pool:
        reply = pool.submit(post, port, f"/a/{instance.links.link(one)}")
        _until(lambda: _somebody_waits(instance.settings.database.with_suffix(".turnstile")))
        process.send_signal(number)
        _until(lambda: _refuses(port))
        os.close(lock)
        assert reply.result() == 303
    assert process.wait(30) == 0


def _until(true: Callable[[], bool]) -> None:
    """Look again and again; a minute without success is a failure."""
    end = monotonic() + 60
    while not true():
        assert monotonic() < end


def _refuses(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return True
    except ConnectionResetError:
        return False  # the listening socket was just being closed
    return False


def _somebody_waits(turnstile: Path) -> bool:
    """Whether a request is inside: it stands in the turnstile before the database's lock."""
    descriptor = os.open(turnstile, os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def test_a_port_that_is_taken_is_refused(instance: Instance) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        environ = os.environ | {"SURVEY_INSTANCE": str(instance.settings.instance)}
        words = [sys.executable, "-m", "survey.cli", "serve", "--port", str(port)]
        done = subprocess.run(words, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"{port} cannot be listened on" in done.stderr


def test_what_was_acknowledged_survives_a_kill(instance: Instance) -> None:
    invited = instance.wave("w", invited=12)
    for some in (invited[:6], invited[6:]):
        port = free_port()
        process = start(instance, port)
        assert [post(port, f"/a/{instance.links.link(one)}") for one in some] == [303] * 6
        kill(process, port)
    assert instance.close("w").whole.responses == 12


def workers(process: "subprocess.Popen[str]") -> list[int]:
    """The processes that the server has started."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii")
    return [int(child) for child in children.split()]


@pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="Linux tells who started whom, others do not"
)
def test_a_process_that_ends_is_replaced(
    instance: Instance, served: tuple["subprocess.Popen[str]", int]
) -> None:
    process, port = served
    invited = instance.wave("w", invited=6)
    before = workers(process)
    assert len(before) == 2
    for one in before:
        os.kill(one, signal.SIGKILL)
    _until(lambda: len({*workers(process)} - {*before}) == 2)
    assert [post(port, f"/a/{instance.links.link(one)}") for one in invited] == [303] * 6
    assert process.stderr
    assert "(-9)" in process.stderr.readline()


def test_slow_senders_and_large_bodies_keep_nobody_out(
    instance: Instance, served: tuple["subprocess.Popen[str]", int]
) -> None:
    _, port = served
    one, *_ = instance.wave("w", invited=5)
    path = f"/a/{instance.links.link(one)}"
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900000\r\n".encode()
    with ExitStack() as opened:
        for number in range(120):
            slow = opened.enter_context(socket.create_connection(("127.0.0.1", port)))
            slow.sendall(head[:30] if number % 2 else head + b"\r\nutility=4")
        assert post(port, path, b"x" * 1_000_001) == 413
        assert post(port, path) == 303


def test_one_courier_serves_for_all_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with smtp_server() as server:
        made = mail_cast.office(tmp_path / "i", server, people=3)
        for name, value in (("SMTP_URL", server.url), ("MAIL_FROM", mail_cast.FROM)):
            monkeypatch.setenv(f"SURVEY_{name}", value)
        port = free_port()
        process = start(made.instance, port)
        try:
            mailing.queue(made.instance.store, mail_cast.WAVE, INVITATION, "eva", datetime.now(UTC))
            _until(lambda: len(server.accepted) == 3)
            _until(lambda: [made.state(one.email) for one in made.people] == ["sent"] * 3)
            assert "matplotlib" not in Path(f"/proc/{process.pid}/maps").read_text()
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
        finally:
            kill(process, port)
        assert sorted(to for to, _ in server.accepted) == [one.email for one in made.people]
        assert server.connections == 1
