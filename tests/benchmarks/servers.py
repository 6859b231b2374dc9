"""Programs served as a process of `survey serve` serves, which tell how much CPU time they have used.

Run as `python -m tests.benchmarks.servers ours|floor FOLDER`: prints the port, then answers every
line on standard input with the CPU seconds (user and system, all threads) so far, and ends with it.
"""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from subprocess import PIPE
from time import process_time
from typing import IO

from survey.cli.serving import THREADS
from survey.cli.working import work
from survey.settings import load
from survey.web import create_app
from tests.benchmarks import floor

HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate, br",
    "Accept-Language": "it-IT,it;q=0.8,en-US;q=0.5,en;q=0.3",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
}
"""What a browser sends."""

ROOT = Path(__file__).parents[2]
PROGRAMS = {
    "ours": lambda folder: create_app(load({"SURVEY_INSTANCE": str(folder)})),
    "floor": floor.create_app,
}


@dataclass
class Server:
    """A running program, one kept-alive connection to it, and its clock."""

    port: int
    connection: HTTPConnection
    asking: IO[str]
    telling: IO[str]

    def request(self, method: str, path: str, body: bytes | None = None) -> tuple[HTTPResponse, bytes]:
        """One request as a browser makes it; the response and its body."""
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        self.connection.request(method, path, body, HEADERS | form)
        response = self.connection.getresponse()
        return response, response.read()

    def cpu(self) -> float:
        """CPU seconds that the process has used so far."""
        self.asking.write("\n")
        self.asking.flush()
        return float(self.telling.readline())


@contextmanager
def running(program: str, folder: Path) -> Iterator[Server]:
    """A program of PROGRAMS in a process of its own, until the block ends."""
    command = [sys.executable, "-m", "tests.benchmarks.servers", program, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) as process:
        assert process.stdin and process.stdout
        port = int(process.stdout.readline())
        connection = HTTPConnection("127.0.0.1", port)
        yield Server(port, connection, process.stdin, process.stdout)
        connection.close()
        process.stdin.close()


def _tell() -> None:
    for _ in sys.stdin:
        print(process_time(), flush=True)
    os._exit(0)


def main(program: str, folder: str) -> None:
    """Serve as one process of `survey serve` does."""
    app = PROGRAMS[program](Path(folder))
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)
    threading.Thread(target=_tell, daemon=True).start()
    work(app, [listening], THREADS)


if __name__ == "__main__":
    main(*sys.argv[1:])
