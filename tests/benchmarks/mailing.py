"""How fast mails go out to a real SMTP server in a process of its own."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from survey import mailing
from survey.mail.kinds import INVITATION
from survey.store import outbox
from tests.benchmarks.table import Line
from tests.cast import NOW
from tests.mail_cast import WAVE, office
from tests.mail_servers import Server

PEOPLE = 4000
SINK = """
import sys
from tests.mail_servers import smtp_server
with smtp_server() as server:
    print(server.url, flush=True)
    sys.stdin.read()
    print(len(server.accepted), len(set(server.addresses)), server.connections, flush=True)
"""


def run(folder: Path, people: int = PEOPLE) -> Iterator[Line]:
    """Queue and send one invitation each to `people` people."""
    arguments = [sys.executable, "-c", SINK]
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    ) as sink:
        assert sink.stdin
        assert sink.stdout
        server = Server()
        server.url = sink.stdout.readline().strip()
        here = office(folder / "mail", server, people)
        start = perf_counter()
        mailing.queue(here.instance.store, WAVE, INVITATION, "bench", NOW)
        yield Line(f"queue {people:,} invitations", perf_counter() - start, "s", target=2)
        start = perf_counter()
        done = here.courier.deliver(lambda: NOW, threading.Event())
        took = perf_counter() - start
        sink.stdin.close()
        accepted = sink.stdout.readline().split()
    assert accepted == [str(people), str(people), "1"]
    with here.instance.store.read() as db:
        assert done.sent == outbox.states(db, WAVE)[INVITATION][outbox.SENT] == people
    yield Line(f"send {people:,} invitations over one connection", took, "s", target=60)
    here.instance.store.close()
