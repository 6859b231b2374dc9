"""Run every benchmark, or those that are named, and print one table."""

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter

from tests.benchmarks import answers, closing, enrolling, exporting, figures, growth, journeys, mailing, pages
from tests.benchmarks.table import Line, printed
from tests.cast import Instance, make_instance

BENCHMARKS: dict[str, Callable[[Path, Instance], Iterator[Line]]] = {
    "pages": lambda folder, _: pages.run(folder),
    "journeys": lambda folder, _: journeys.run(folder),
    "growth": lambda folder, _: _swept(folder, growth.run),
    "closing": lambda _, waves: closing.run(waves),
    "people": lambda _, waves: enrolling.run(waves),
    "figures": lambda _, waves: figures.run(waves),
    "exporting": lambda _, waves: exporting.run(waves),
    "answers": lambda folder, _: answers.run(folder),
    "mails": lambda folder, _: mailing.run(folder),
}
"""In the order in which they are measured: each gets a folder, and an instance that several share."""


def measured(folder: Path, names: Sequence[str]) -> Iterator[Line]:
    """The lines of some benchmarks; how long each took is said on standard error."""
    waves = make_instance(folder / "waves")
    for name in names:
        start = perf_counter()
        yield from BENCHMARKS[name](folder, waves)
        print(f"{name}: {perf_counter() - start:.0f} s", file=sys.stderr)
    waves.store.close()


def _swept(folder: Path, run: Callable[[Path], Iterator[Line]]) -> Iterator[Line]:
    """The lines of a benchmark whose files are not left lying about."""
    with tempfile.TemporaryDirectory(prefix="large-", dir=folder) as own:
        yield from run(Path(own))


def main(names: Sequence[str]) -> None:
    """Print the table, each line once it is measured."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        raise SystemExit(f"no benchmark is called {unknown[0]}: there are {', '.join(BENCHMARKS)}")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for line in printed(measured(Path(folder), names or list(BENCHMARKS))):
            print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
