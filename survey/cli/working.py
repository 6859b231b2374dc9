"""One process that serves: waitress with a few threads on sockets that somebody else has opened."""

import logging
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

from waitress.server import create_server
from waitress.wasyncore import loop

from survey.web import LARGEST_BODY

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

TURN = 0.25
"""Seconds after which a process looks whether it shall end."""
LONGEST_FINISH = 30.0
"""Seconds that running requests get to finish; longer than the database may keep them waiting."""
CONNECTIONS = 900
"""Open at once in a process, most of them idle: below the 1,024 files that systems commonly allow."""
LARGEST_READ = 10 * LARGEST_BODY
"""Bytes of a body that are read at all; whoever sends less gets a page that says what is too much."""


def work(
    app: "WSGIApplication",
    listening: Sequence[socket.socket],
    threads: int,
    proxy: str = "",
    alone: Callable[[], bool] = lambda: False,
) -> None:
    """Serve until SIGINT, SIGTERM or `alone` says so; requests that are running then are finished.

    `proxy` is the address whose X-Forwarded-For is believed, "" for nobody's. Waitress reads a request
    whole before a thread works on it: slow senders keep no thread busy.
    """
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    # Its warnings of a queue would be a diary of when people answered.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    sockets: dict[int, Any] = {}
    server = create_server(
        app, map=sockets, sockets=list(listening), threads=threads, ident=None,
        connection_limit=CONNECTIONS, max_request_body_size=LARGEST_READ,
        # Answers stay in memory: a body goes to a file only where it is too large to be answers.
        inbuf_overflow=2 * LARGEST_BODY,
        **_trusted(proxy),
    )  # fmt: skip
    while not ended.is_set() and not alone():
        loop(timeout=TURN, use_poll=True, map=sockets, count=1)
    _finish(sockets)
    server.task_dispatcher.shutdown()


def _trusted(proxy: str) -> dict[str, Any]:
    """Whom to believe about the address of whoever asks."""
    if not proxy:
        return {}
    return {"trusted_proxy": proxy, "trusted_proxy_headers": {"x-forwarded-for"}}


def _finish(sockets: dict[int, Any]) -> None:
    """Accept nobody any more, and go on until whoever was being served has the reply.

    Waitress itself stops at once and drops the replies of requests that are running.
    """
    for one in [one for one in sockets.values() if getattr(one, "accepting", False)]:
        one.del_channel(sockets)
        one.socket.close()
    patience = monotonic() + LONGEST_FINISH
    while monotonic() < patience and any(_busy(one) for one in sockets.values()):
        loop(timeout=TURN, use_poll=True, map=sockets, count=1)


def _busy(one: Any) -> bool:
    """Whether a connection has a request that is running, or a reply that is not sent yet."""
    return bool(getattr(one, "requests", None) or getattr(one, "total_outbufs_len", 0))
