"""Closing waves of 10,000 and 100,000 responses: counting, the disclosure solution, memory.

Each wave is closed by a process of its own, run as `python -m tests.benchmarks.closing FOLDER WAVE`,
so that its peak memory is its own.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

from survey import disclosure, publishing
from tests.benchmarks import bench_disclosure, filling
from tests.benchmarks.questionnaires import forty_items, forty_items_with_dimensions
from tests.benchmarks.servers import ROOT
from tests.benchmarks.table import Line
from tests.cast import Instance, make_instance

FEW, MANY = 10_000, 100_000
DEFINITIONS = {"40 items": forty_items, "40 items, dimensions, statuses": forty_items_with_dimensions}
MILAN_WAVES = 3
Timings = dict[str, float]


def run(instance: Instance) -> Iterator[Line]:
    """The lines of this benchmark."""
    for number, (kind, definition) in enumerate(DEFINITIONS.items()):
        took = {}
        for responses in (FEW, MANY):
            wave = f"closing-{number}-{responses}"
            filling.fill(instance, wave, definition(), responses)
            took[responses] = _closed_apart(instance, wave)
        yield from _lines(kind, took[FEW], took[MANY])
    yield _milan()


def _lines(kind: str, few: Timings, many: Timings) -> Iterator[Line]:
    yield Line(f"counting 100k responses, {kind}", many["counting"], "s CPU", target=6)
    yield Line(
        "  per response, against 10k", 1e6 * many["counting"] / MANY, "us CPU", 1e6 * few["counting"] / FEW,
        many["counting"] / few["counting"] * FEW / MANY,
    )  # fmt: skip
    yield Line("  disclosure apart, 10k", few["disclosure"], "s CPU", target=20)
    yield Line("  disclosure apart, 100k", many["disclosure"], "s CPU", target=20)
    yield Line("  closing altogether, 100k", many["closing"], "s")
    yield Line("  peak memory, 100k against 10k", many["peak"], "MB", few["peak"], many["peak"] / few["peak"])


def _milan() -> Line:
    """Small groups are the hard ones: a wave of 1,280 responses."""
    seconds = []
    for seed in range(MILAN_WAVES):
        counts = bench_disclosure.milan(np.random.default_rng(seed), items=40)
        before = process_time()
        disclosure.solve(counts, bench_disclosure.BREAKDOWNS, bench_disclosure.THRESHOLD)
        seconds.append(process_time() - before)
    return Line("disclosure of a wave like Milan's, worst of 3", max(seconds), "s CPU", target=20)


def _closed_apart(instance: Instance, wave: str) -> Timings:
    command = [sys.executable, "-m", "tests.benchmarks.closing", str(instance.settings.instance), wave]
    told = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(json.loads(told))


def _timed(spent: Timings, name: str, act: Callable[..., Any]) -> Callable[..., Any]:
    """`act`, with the CPU seconds it takes noted under `name`."""

    def timed(*arguments: Any) -> Any:
        before = process_time()
        result = act(*arguments)
        spent[name] = process_time() - before
        return result

    return timed


def _peak() -> float:
    """The most memory that this process has had, in MB."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main(folder: str, wave: str) -> None:
    """Close a wave and print what it took."""
    instance, spent = make_instance(Path(folder)), Timings()
    publishing.count = _timed(spent, "counting", publishing.count)
    disclosure.solve = _timed(spent, "disclosure", disclosure.solve)
    before = perf_counter()
    instance.close(wave)
    spent |= {"closing": perf_counter() - before, "peak": _peak()}
    print(json.dumps(spent))


if __name__ == "__main__":
    main(*sys.argv[1:])
