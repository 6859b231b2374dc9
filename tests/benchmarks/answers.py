"""Durable answers a second with one writer and with sixteen, and how long those who open links wait."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from sqlite3 import Connection
from statistics import median, quantiles
from time import perf_counter

from survey.answering import Door
from tests.benchmarks import floor
from tests.benchmarks.filling import open_wave
from tests.benchmarks.questionnaires import thirty_items
from tests.benchmarks.table import Line
from tests.cast import Instance, answers, make_instance

ALONE, TURN = 300, 30
TOGETHER, WRITERS = 960, 16


def run(folder: Path) -> Iterator[Line]:
    """The lines of this benchmark."""
    instance = make_instance(folder / "answers")
    invited = open_wave(instance, "wave", thirty_items(), ALONE + TOGETHER + 1)
    doors = [instance.door(one, datetime.now(UTC)) for one in invited]
    yield from _alone(instance, doors[:ALONE], folder / "bare")
    yield from _crowd(instance, doors[ALONE:-1], invited[-1])
    instance.store.close()


def _alone(instance: Instance, doors: list[Door], folder: Path) -> Iterator[Line]:
    """One writer, in turns with one writer of the bare program, on the same disk."""
    items = [item.id for item in doors[0].questionnaire.items]
    links = floor.prepare(folder, b"", items, len(doors))
    ours, least = [], []
    with floor.connect(folder) as db:
        for first in range(0, len(doors), TURN):
            ours.append(_written(instance, doors[first : first + TURN]))
            least.append(_bare(db, links[first : first + TURN], items))
    ratio = median(sum(bare) / sum(own) for own, bare in zip(ours, least, strict=True))
    waits = [wait for turn in ours for wait in turn]
    yield Line("durable answers, 1 writer", _rate(ours), "/s", _rate(least), ratio)
    yield from _waits("  an answer, 1 writer", waits)


def _rate(turns: list[list[float]]) -> float:
    """Answers a second of the turn in the middle."""
    return median(len(turn) / sum(turn) for turn in turns)


def _written(instance: Instance, doors: list[Door]) -> list[float]:
    """Seconds that each answer took, from asking for the lock to the end of the commit."""
    questionnaire = doors[0].questionnaire
    sent = answers(questionnaire, **{item.id: "4" for item in questionnaire.items})
    ends = [perf_counter()]
    for door in doors:
        instance.answering.receive(door, sent, datetime.now(UTC))
        ends.append(perf_counter())
    return [end - start for start, end in pairwise(ends)]


def _bare(db: Connection, links: list[str], items: list[str]) -> list[float]:
    """The same by the bare program's transaction."""
    body = json.dumps(dict.fromkeys(items, "4"))
    ends = [perf_counter()]
    for link in links:
        floor.store(db, link.partition(".")[0], body)
        ends.append(perf_counter())
    return [end - start for start, end in pairwise(ends)]


def _crowd(instance: Instance, doors: list[Door], reader: bytes) -> Iterator[Line]:
    """Sixteen writers at once, while somebody keeps opening a link."""
    share = len(doors) // WRITERS
    heaps = [doors[first : first + share] for first in range(0, len(doors), share)]
    over = threading.Event()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        opening = pool.submit(_opened, instance, reader, over)
        start = perf_counter()
        waits = [wait for took in pool.map(lambda heap: _written(instance, heap), heaps) for wait in took]
        rate = len(doors) / (perf_counter() - start)
        over.set()
    yield Line("durable answers, 16 writers", rate, "/s")
    yield from _waits("  an answer, 16 writers", waits)
    yield from _waits("  opening a link meanwhile", opening.result())


def _opened(instance: Instance, invitation: bytes, over: threading.Event) -> list[float]:
    """Seconds that each opening of a link took, ten milliseconds apart."""
    link, took = instance.links.link(invitation), []
    while not over.wait(0.01):
        start = perf_counter()
        instance.answering.open(link, datetime.now(UTC))
        took.append(perf_counter() - start)
    return took


def _waits(what: str, seconds: list[float]) -> Iterator[Line]:
    cuts = quantiles(seconds, n=100)
    yield Line(f"{what}: p99 against p50", 1000 * cuts[98], "ms", 1000 * cuts[49], cuts[98] / cuts[49])
