"""Closing waves of 10,000 to 1,000,000 responses: counting, disclosure, rewriting what is stored, memory.

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
from tests.benchmarks.questionnaires import (
    forty_items,
    forty_items_with_dimensions,
    forty_items_with_gender_and_age,
)
from tests.benchmarks.servers import ROOT
from tests.benchmarks.table import Line
from tests.cast import Instance, make_instance

FEW, MANY, MILLION = 10_000, 100_000, 1_000_000
DEFINITIONS = {
    "40 items": (forty_items, (FEW, MANY)),
    "40 items, gender, age": (forty_items_with_gender_and_age, (FEW, MANY)),
    "40 items, dimensions, statuses": (forty_items_with_dimensions, (FEW, MANY, MILLION)),
}
MILAN_WAVES = 3
STEPS = {
    "counting": (publishing, "count"),
    "disclosure": (disclosure, "solve"),
    "rewriting": (publishing, "_coarsen"),
    "forgetting": (publishing, "_forget"),
}
Timings = dict[str, float]


def run(instance: Instance) -> Iterator[Line]:
    """The lines of this benchmark."""
    for number, (kind, (definition, sizes)) in enumerate(DEFINITIONS.items()):
        took = {}
        for responses in sizes:
            wave = f"closing-{number}-{responses}"
            filling.fill(instance, wave, definition(), responses)
            took[responses] = _closed_apart(instance, wave)
        yield from _lines(kind, took)
        if MILLION in took:
            yield from _million(took[MANY], took[MILLION])
    yield _milan()


def _lines(kind: str, took: dict[int, Timings]) -> Iterator[Line]:
    few, many = took[FEW], took[MANY]
    yield Line(f"counting 100k responses, {kind}", many["counting"], "s CPU", target=6)
    yield _linear("  per response, against 10k", few["counting"], many["counting"], FEW, MANY)
    yield Line("  disclosure apart, 10k", few["disclosure"], "s CPU", target=20)
    yield Line("  disclosure apart, 100k", many["disclosure"], "s CPU", target=20)
    yield Line("  rewriting apart, 100k", many["rewriting"], "s CPU")
    yield Line("  closing altogether, 100k", many["closing"], "s")
    yield Line("  peak memory, 100k against 10k", many["peak"], "MB", few["peak"], many["peak"] / few["peak"])


def _million(many: Timings, million: Timings) -> Iterator[Line]:
    yield _linear("  1M: counting per response, against 100k", many["counting"], million["counting"], MANY)
    for step in STEPS:
        yield Line(f"  1M: {step} apart", million[step], "s CPU")
    yield Line("  1M: closing altogether, CPU", million["cpu"], "s CPU", target=60)
    yield Line("  1M: closing altogether", million["closing"], "s", target=60)
    yield Line("  1M: peak memory", million["peak"], "MB", target=500)


def _linear(what: str, few: float, many: float, less: int, more: int = MILLION) -> Line:
    """The time for one response of many, against one of few."""
    return Line(what, 1e6 * many / more, "us CPU", 1e6 * few / less, many / few * less / more)


def _milan() -> Line:
    """Small groups are the hard ones: a wave of 1,280 responses."""
    seconds = []
    for seed in range(MILAN_WAVES):
        counts, breakdowns = bench_disclosure.milan(np.random.default_rng(seed), bench_disclosure.KINDS["40"])
        before = process_time()
        disclosure.solve(counts, breakdowns, bench_disclosure.THRESHOLD)
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
    for name, (module, function) in STEPS.items():
        setattr(module, function, _timed(spent, name, getattr(module, function)))
    before, cpu = perf_counter(), process_time()
    instance.close(wave)
    spent |= {"closing": perf_counter() - before, "cpu": process_time() - cpu, "peak": _peak()}
    print(json.dumps(spent))


if __name__ == "__main__":
    main(*sys.argv[1:])
