"""Two thousand people answer, twelve at a time: `survey serve` as it is served by default."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE
from time import clock_gettime

from survey.settings import Settings
from tests.benchmarks.driving import drive
from tests.benchmarks.filling import open_wave
from tests.benchmarks.pages import bodies
from tests.benchmarks.questionnaires import thirty_items
from tests.benchmarks.table import Line
from tests.cast import make_instance

PEOPLE, WARM_UP = 2000, 100
HOUR = 3600


def run(folder: Path) -> Iterator[Line]:
    """The lines of this benchmark."""
    instance = make_instance(folder / "journeys")
    invited = open_wave(instance, "wave", thirty_items(), PEOPLE + WARM_UP)
    links = [f"/a/{instance.links.link(one)}" for one in invited]
    instance.store.close()
    with _served(instance.settings) as (process, port):
        drive(port, links[:WARM_UP], bodies())
        before = _cpu(process.pid)
        came = drive(port, links[WARM_UP:], bodies())
        used = _cpu(process.pid) - before
    yield Line("journeys, 12 clients, load driver on the same cores", came.rate, "/s")
    yield Line("  people in an hour", came.rate * HOUR, "")
    yield Line("  server CPU of a journey", 1000 * used / PEOPLE, "ms")
    yield Line("  journeys that failed", len(came.failures), "", target=0)
    yield from _waits("GET", came.gets, None)
    yield from _waits("POST", came.posts, 250)


def _waits(method: str, seconds: list[float], target: float | None) -> Iterator[Line]:
    ordered = sorted(1000 * one for one in seconds)
    yield Line(f"  {method}, median", ordered[len(ordered) // 2], "ms")
    yield Line(f"  {method}, 99 in 100 within", ordered[len(ordered) * 99 // 100], "ms")
    yield Line(f"  {method}, longest", ordered[-1], "ms", target=target)


@contextmanager
def _served(settings: Settings) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environ = os.environ | {"SURVEY_INSTANCE": str(settings.instance)}
    words = [sys.executable, "-m", "survey.cli", "serve", "--port", str(port)]
    with subprocess.Popen(words, env=environ, stderr=PIPE, text=True) as process:
        assert process.stderr
        while "http://127.0.0.1:" + str(port) not in process.stderr.readline():
            assert process.poll() is None
        yield process, port
        process.terminate()


def _cpu(pid: int) -> float:
    """CPU seconds of a process and of those that it started (Linux)."""
    tree = [pid]
    for one in tree:
        children = Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii")
        tree += map(int, children.split())
    return sum(clock_gettime(~one << 3 | SCHEDULED) for one in tree)


SCHEDULED = 2
"""The clock of another process, as Linux numbers it: what it was given of the processor."""
