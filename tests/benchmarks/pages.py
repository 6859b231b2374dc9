"""CPU of opening and answering a questionnaire of thirty items; bytes on the wire."""

import gzip
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random
from statistics import fmean
from urllib.parse import urlencode

from survey import definitions
from tests.benchmarks import first_answer, floor
from tests.benchmarks.filling import open_wave
from tests.benchmarks.questionnaires import thirty_items
from tests.benchmarks.servers import Server, running
from tests.benchmarks.table import Line
from tests.cast import Instance, definition_text, make_instance

ROUNDS, REQUESTS, WARM_UP = 45, 80, 1
INVITED = (ROUNDS + WARM_UP) * REQUESTS
LOADS = re.compile(
    rb"""(?:\ssrc|<link\b[^>]*\shref)=["']?+(?!data:)|@import|url\(["']?+(?!data:)""", re.IGNORECASE
)
"""Whatever makes a browser ask for more."""


def run(folder: Path) -> Iterator[Line]:
    """The lines of this benchmark."""
    instance = make_instance(folder / "pages")
    links = _open_wave(instance, "thirty", thirty_items(), INVITED + 1)
    shipped = _open_wave(instance, "shipped", definition_text("beneficiaries"), 1)
    with running("ours", instance.settings.instance) as ours:
        page = ours.request("GET", links[0])[1]
        ours.request("POST", links[-1], bodies()[0])
        thanks = ours.request("GET", f"{links[-1]}/thanks")[1]
        bare = [f"/a/{link}" for link in floor.prepare(folder / "floor", page, _items(), INVITED, thanks)]
        with running("floor", folder / "floor") as least:
            yield from _cpu({"ours": (ours, links), "floor": (least, bare)})
        yield from _wire("30 items", ours, _open_wave(instance, "again", thirty_items(), 1)[0])
        yield from _wire("shipped for beneficiaries", ours, shipped[0])
        yield from first_answer.run(f"http://127.0.0.1:{ours.port}{shipped[0]}")
    instance.store.close()


def _open_wave(instance: Instance, wave: str, definition: str, invited: int) -> list[str]:
    """The paths of an open wave's links."""
    return [f"/a/{instance.links.link(one)}" for one in open_wave(instance, wave, definition, invited)]


def _items() -> list[str]:
    return [item.id for item in definitions.load(thirty_items(), "thirty").items]


@dataclass(frozen=True)
class _Asked:
    """One of a journey's requests; how often each link is asked for in a round: it can be answered once."""

    method: str
    path: str
    status: int
    times: int


JOURNEY = {
    "a GET": _Asked("GET", "", 200, 4),
    "a POST": _Asked("POST", "", 303, 1),
    "the thanks": _Asked("GET", "/thanks", 200, 1),
}


def _cpu(servers: Mapping[str, tuple[Server, list[str]]]) -> Iterator[Line]:
    """CPU per request in rounds that alternate between the programs: what all rounds together used."""
    used: dict[tuple[str, str], list[float]] = {(what, name): [] for what in JOURNEY for name in servers}
    for place in range(-WARM_UP, ROUNDS):
        first = (place + WARM_UP) * REQUESTS
        for name, (server, links) in servers.items():
            for what, seconds in spent(server, links[first : first + REQUESTS]).items():
                used[what, name] += [seconds] * (place >= 0)
    for what in JOURNEY:
        yield _compared(f"CPU of {what}, 30 items", used[what, "ours"], used[what, "floor"])
    whole = {name: [sum(each) for each in zip(*(used[what, name] for what in JOURNEY), strict=True)]
             for name in servers}  # fmt: skip
    yield _compared("CPU of a journey, 30 items", whole["ours"], whole["floor"])


def _compared(what: str, ours: list[float], floor: list[float]) -> Line:
    return Line(what, 1000 * fmean(ours), "ms", 1000 * fmean(floor), fmean(ours) / fmean(floor), 1.3)


def bodies() -> list[bytes]:
    """Forms as browsers send them."""
    random, items = Random(1), _items()
    return [urlencode({item: random.randint(1, 5) for item in items}).encode() for _ in range(REQUESTS)]


def spent(server: Server, links: list[str]) -> dict[str, float]:
    """CPU seconds of the server for each request of a journey; every link is answered."""
    sent, used = bodies(), {}
    for what, asked in JOURNEY.items():
        before = server.cpu()
        for link, body in list(zip(links, cycle(sent), strict=False)) * asked.times:
            response, _ = server.request(
                asked.method, link + asked.path, body if asked.method == "POST" else None
            )
            if response.status != asked.status:
                raise RuntimeError(f"{asked.method} was answered with {response.status}")
        used[what] = (server.cpu() - before) / len(links) / asked.times
    return used


def _wire(name: str, server: Server, link: str) -> Iterator[Line]:
    """The compressed body, and how many requests a browser makes in all."""
    response, body = server.request("GET", link)
    assert response.headers["Content-Encoding"] == "gzip"
    more = len(LOADS.findall(gzip.decompress(body)))
    yield Line(f"page on the wire, {name}", len(body) / 1024, "KB", target=7)
    yield Line(f"requests for it, {name}", 1 + more, "", target=1)
