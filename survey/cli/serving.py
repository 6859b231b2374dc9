"""`survey serve`: the pages, by a few processes that share one address, and one that keeps them alive."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from time import monotonic
from types import TracebackType
from urllib.parse import urlsplit

import click

from survey.cli.common import Command, Instance, now, say, t
from survey.cli.working import LONGEST_FINISH, TURN, work
from survey.courier import Beside
from survey.language import Refusal
from survey.uploads import Uploads, swept
from survey.web import create_app

PROCESSES = 2
THREADS = 8
"""Measured: docs/decisions/0026-serving.md."""
BACKLOG = 1024
"""Connections that wait to be taken."""
PATIENCE = LONGEST_FINISH + 5
"""Seconds that a process gets to end, running requests included."""
SHORTEST_LIFE = 1.0
"""Seconds between the starts of two processes of which one replaces the other."""


class NoPort(Refusal):
    """The address cannot be listened on."""


@click.command(cls=Command, help=t("Serve the pages until Ctrl-C."))
@click.option("--host", default="127.0.0.1", show_default=True, help=t("the address to listen on"))
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=t("the port to listen on")
)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=PROCESSES,
    show_default=True,
    help=t("how many processes serve: one for each core, two at least"),
)
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=THREADS,
    show_default=True,
    help=t("how many requests a process works on at a time"),
)
def serve(host: str, port: int, processes: int, threads: int) -> None:
    """No access log is written: addresses of questionnaires are secrets."""
    instance = Instance()
    if urlsplit(instance.settings.public_url).port not in (port, None):
        say("links lead to {url}; if people reach this site elsewhere, set SURVEY_PUBLIC_URL",
            url=instance.settings.public_url)  # fmt: skip
    run(instance, host, port, processes, threads)


def run(instance: Instance, host: str, port: int, processes: int = PROCESSES, threads: int = THREADS) -> None:
    """Serve until Ctrl-C or SIGTERM; requests that are running then are finished. Raises NoPort.

    Whatever is wrong with the instance is said before anything is served.
    """
    _ = instance.links
    with ExitStack() as opened:
        sockets = _listening(host, port, opened)
        # One courier for all processes that serve, in the one that looks after them.
        opened.enter_context(swept(Uploads(instance.settings.uploads), now))
        opened.enter_context(Beside(instance.courier, instance.settings, now))
        if processes == 1:
            app = create_app(instance.settings)
            say("serving on http://{host}:{port} - Ctrl-C ends it", host=host, port=str(port))
            work(app, sockets, threads, instance.settings.proxy)
        else:
            with _Crew(instance, sockets, processes, threads) as crew:
                say("serving on http://{host}:{port} - Ctrl-C ends it", host=host, port=str(port))
                crew.watch()
    say("ended")


def _listening(host: str, port: int, opened: ExitStack) -> list[socket.socket]:
    """A socket on each of the host's addresses, shared by whoever inherits it. Raises NoPort."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        return [
            opened.enter_context(socket.create_server(address[:2], family=family, backlog=BACKLOG))
            for family, _, _, _, address in dict.fromkeys(found)
        ]
    except OSError as failure:
        raise NoPort(
            "{host}:{port} cannot be listened on ({why}); stop the other program, or choose another --port",
            host=host, port=str(port), why=str(failure.strerror),
        ) from failure  # fmt: skip


class _Crew:
    """The processes that serve; one that ends by itself is replaced."""

    def __init__(
        self, instance: Instance, sockets: Sequence[socket.socket], processes: int, threads: int
    ) -> None:
        self._sockets = sockets
        self._descriptors = [one.fileno() for one in sockets]
        self._words = [sys.executable, "-m", "survey.cli.worker"]
        self._words += map(str, (os.getpid(), threads, *self._descriptors))
        self._environ = os.environ | {"SURVEY_PUBLIC_URL": instance.settings.public_url}
        self._ended = threading.Event()
        self._started = 0.0
        self._workers: list[subprocess.Popen[bytes]] = []
        self._processes = processes

    def __enter__(self) -> "_Crew":
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._ended.set())
        self._fill()
        return self

    def watch(self) -> None:
        """Until SIGINT or SIGTERM."""
        while not self._ended.wait(TURN):
            for one in [one for one in self._workers if one.poll() is not None]:
                self._workers.remove(one)
                one.communicate()
                say("a process that serves ended by itself ({code}); another one takes its place",
                    code=str(one.returncode))  # fmt: skip
            if monotonic() > self._started + SHORTEST_LIFE:
                self._fill()

    def _fill(self) -> None:
        """Start those that are missing, and wait until they serve."""
        fresh = [self._start() for _ in range(self._processes - len(self._workers))]
        self._workers += fresh
        for one in fresh:
            if one.stdout:
                one.stdout.readline()

    def _start(self) -> "subprocess.Popen[bytes]":
        self._started = monotonic()
        return subprocess.Popen(  # noqa: S603 - our own program, no word of which comes from outside
            self._words,
            env=self._environ,
            pass_fds=self._descriptors,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nobody is accepted any more; the processes finish what is running, or are ended."""
        for listening in self._sockets:
            listening.close()
        for one in self._workers:
            one.terminate()
        patience = monotonic() + PATIENCE
        for one in self._workers:
            with suppress(subprocess.TimeoutExpired):
                one.wait(max(0, patience - monotonic()))
            one.kill()
            one.communicate()
