"""`survey serve`: the pages, by waitress in one process."""

import logging
import signal
import threading
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import click
from waitress.server import create_server
from waitress.wasyncore import loop

from survey.cli.common import Command, Instance, say, t
from survey.language import Refusal
from survey.web import create_app

THREADS = 8
TURN = 0.25
"""Seconds after which the server looks whether it shall end."""
LONGEST_FINISH = 30.0
"""Seconds that running requests get to finish; longer than the database may keep them waiting."""


class NoPort(Refusal):
    """The address cannot be listened on."""


@click.command(cls=Command, help=t("Serve the pages until Ctrl-C."))
@click.option("--host", default="127.0.0.1", show_default=True, help=t("the address to listen on"))
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=t("the port to listen on")
)
def serve(host: str, port: int) -> None:
    """No access log is written: addresses of questionnaires are secrets."""
    instance = Instance()
    if urlsplit(instance.settings.public_url).port not in (port, None):
        say("links lead to {url}; if people reach this site elsewhere, set SURVEY_PUBLIC_URL",
            url=instance.settings.public_url)  # fmt: skip
    run(instance, host, port)


def run(instance: Instance, host: str, port: int) -> None:
    """Serve until Ctrl-C or SIGTERM; requests that are running then are finished. Raises NoPort."""
    app = create_app(instance.settings)
    sockets: dict[int, Any] = {}
    try:
        server = create_server(app, map=sockets, host=host, port=port, threads=THREADS, ident=None)
    except OSError as failure:
        raise NoPort(
            "{host}:{port} cannot be listened on ({why}); stop the other program, or choose another --port",
            host=host, port=str(port), why=str(failure.strerror),
        ) from failure  # fmt: skip
    # Its warnings of a queue would be a diary of when people answered.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    say("serving on http://{host}:{port} - Ctrl-C ends it", host=host, port=str(port))
    while not ended.is_set():
        loop(timeout=TURN, map=sockets, count=1)
    _finish(sockets)
    server.task_dispatcher.shutdown()
    say("ended")


def _finish(sockets: dict[int, Any]) -> None:
    """Accept nobody any more, and go on until whoever was being served has the reply.

    Waitress itself stops at once and drops the replies of requests that are running.
    """
    for one in [one for one in sockets.values() if getattr(one, "accepting", False)]:
        one.del_channel(sockets)
        one.socket.close()
    patience = monotonic() + LONGEST_FINISH
    while monotonic() < patience and any(_busy(one) for one in sockets.values()):
        loop(timeout=TURN, map=sockets, count=1)


def _busy(one: Any) -> bool:
    """Whether a connection has a request that is running, or a reply that is not sent yet."""
    return bool(getattr(one, "requests", None) or getattr(one, "total_outbufs_len", 0))
