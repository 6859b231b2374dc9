"""A load driver: twelve people at a time open their link, answer, and see the thanks.

Each journey is a connection of its own, kept open for its three requests, as a browser's. Requests
are written by hand, so that the driver takes as little as can be of the cores that it shares with the server.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from tests.benchmarks.servers import HEADERS

CLIENTS = 12
PATIENCE = 60.0
"""Seconds after which a journey counts as failed."""
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
BROWSER = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())


@dataclass
class Driven:
    """What came of many journeys: how long each request took (seconds), how many journeys failed and why."""

    elapsed: float = 0
    gets: list[float] = field(default_factory=list)
    posts: list[float] = field(default_factory=list)
    thanks: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Whole journeys a second."""
        return len(self.thanks) / self.elapsed


def drive(port: int, links: Sequence[str], bodies: Sequence[bytes], clients: int = CLIENTS) -> Driven:
    """One journey for each link, `clients` at a time; `bodies` are sent in turns."""
    return asyncio.run(_driven(port, zip(links, _endless(bodies), strict=False), clients))


def _endless(bodies: Sequence[bytes]) -> Iterator[bytes]:
    while True:
        yield from bodies


async def _driven(port: int, journeys: Iterator[tuple[str, bytes]], clients: int) -> Driven:
    came = Driven()
    start = perf_counter()
    await asyncio.gather(*(_client(port, journeys, came) for _ in range(clients)))
    came.elapsed = perf_counter() - start
    return came


async def _client(port: int, journeys: Iterator[tuple[str, bytes]], came: Driven) -> None:
    for link, body in journeys:
        try:
            async with asyncio.timeout(PATIENCE):
                await _journey(port, link, body, came)
        except (OSError, EOFError, ValueError, TimeoutError) as failure:
            came.failures.append(f"{type(failure).__name__}: {failure}")


async def _journey(port: int, link: str, body: bytes, came: Driven) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for method, path, status, sent, times in (
            ("GET", link, 200, None, came.gets),
            ("POST", link, 303, body, came.posts),
            ("GET", f"{link}/thanks", 200, None, came.thanks),
        ):
            start = perf_counter()
            writer.write(request(method, path, sent))
            answered = await _status(reader)
            if answered != status:
                raise ValueError(f"{method} was answered with {answered}")
            times.append(perf_counter() - start)
    finally:
        writer.close()


def request(method: str, path: str, body: bytes | None = None) -> bytes:
    """A request as a browser writes it."""
    form = "" if body is None else f"{FORM}Content-Length: {len(body)}\r\n"
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{BROWSER}{form}\r\n".encode() + (body or b"")


async def _status(reader: asyncio.StreamReader) -> int:
    """The status of a response, once all of it has come."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    await reader.readexactly(int(fields["content-length"]))
    return int(head.split(" ", 2)[1])
