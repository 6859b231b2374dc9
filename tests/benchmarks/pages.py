"""CPU of opening and answering a questionnaire of thirty items; bytes on the wire."""

import gzip
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from statistics import median
from urllib.parse import urlencode

from survey import definitions
from tests.benchmarks import floor
from tests.benchmarks.filling import open_wave
from tests.benchmarks.questionnaires import thirty_items
from tests.benchmarks.servers import Server, running
from tests.benchmarks.table import Line
from tests.cast import Instance, definition_text, make_instance

ROUNDS, REQUESTS, WARM_UP = 15, 80, 1
INVITED = (ROUNDS + WARM_UP) * REQUESTS
LOADS = re.compile(
    rb"""(?:\ssrc|<link\b[^>]*\shref)=["']?+(?!data:)|@import|url\(["']?+(?!data:)""", re.IGNORECASE
)
"""Whatever makes a browser ask for more."""


def run(folder: Path) -> Iterator[Line]:
    """The lines of this benchmark."""
    instance = make_instance(folder / "pages")
    links = _open_wave(instance, "thirty", thirty_items(), INVITED)
    shipped = _open_wave(instance, "shipped", definition_text("beneficiaries"), 1)
    with running("ours", instance.settings.instance) as ours:
        page = ours.request("GET", links[0])[1]
        bare = [f"/a/{link}" for link in floor.prepare(folder / "floor", page, _items(), INVITED)]
        with running("floor", folder / "floor") as least:
            yield from _cpu({"ours": (ours, links), "floor": (least, bare)})
        yield from _wire("30 items", ours, _open_wave(instance, "again", thirty_items(), 1)[0])
        yield from _wire("shipped for beneficiaries", ours, shipped[0])
    instance.store.close()


def _open_wave(instance: Instance, wave: str, definition: str, invited: int) -> list[str]:
    """The paths of an open wave's links."""
    return [f"/a/{instance.links.link(one)}" for one in open_wave(instance, wave, definition, invited)]


def _items() -> list[str]:
    return [item.id for item in definitions.load(thirty_items(), "thirty").items]


def _cpu(servers: Mapping[str, tuple[Server, list[str]]]) -> Iterator[Line]:
    """CPU per request in rounds that alternate between the programs; the median of the rounds' ratios."""
    bodies = _bodies()
    used: dict[tuple[str, str], list[float]] = {(method, name): [] for method in STATUS for name in servers}
    for place in range(-WARM_UP, ROUNDS):
        first = (place + WARM_UP) * REQUESTS
        for name, (server, links) in servers.items():
            for method, times in TIMES.items():
                seconds = _spent(server, method, links[first : first + REQUESTS] * times, bodies * times)
                used[method, name] += [seconds / REQUESTS / times] * (place >= 0)
    for method in STATUS:
        pairs = list(zip(used[method, "ours"], used[method, "floor"], strict=True))
        yield Line(
            f"CPU of a {method}, 30 items",
            1000 * median(ours for ours, _ in pairs), "ms", 1000 * median(least for _, least in pairs),
            median(ours / least for ours, least in pairs), 1.5,
        )  # fmt: skip


STATUS = {"GET": 200, "POST": 303}
"""What is measured, and the status it must have."""
TIMES = {"GET": 4, "POST": 1}
"""How often each link is asked for in a round: a link can be opened again and again, but answered once."""


def _bodies() -> list[bytes]:
    random, items = Random(1), _items()
    return [urlencode({item: random.randint(1, 5) for item in items}).encode() for _ in range(REQUESTS)]


def _spent(server: Server, method: str, links: list[str], bodies: list[bytes]) -> float:
    """CPU seconds of the server for one request to each link."""
    before = server.cpu()
    for link, body in zip(links, bodies, strict=True):
        response, _ = server.request(method, link, body if method == "POST" else None)
        if response.status != STATUS[method]:
            raise RuntimeError(f"{method} was answered with {response.status}")
    return server.cpu() - before


def _wire(name: str, server: Server, link: str) -> Iterator[Line]:
    """The compressed body, and how many requests a browser makes in all."""
    response, body = server.request("GET", link)
    assert response.headers["Content-Encoding"] == "gzip"
    more = len(LOADS.findall(gzip.decompress(body)))
    yield Line(f"page on the wire, {name}", len(body) / 1024, "KB", target=7)
    yield Line(f"requests for it, {name}", 1 + more, "", target=1)
