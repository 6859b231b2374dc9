"""Run every benchmark and print one table."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from tests.benchmarks import answers, closing, enrolling, exporting, figures, growth, journeys, mailing, pages
from tests.benchmarks.table import Line, printed
from tests.cast import make_instance


def measured(folder: Path) -> Iterator[Line]:
    """Every line, in the order in which they are measured."""
    yield from _told("pages", pages.run(folder))
    yield from _told("journeys", journeys.run(folder))
    with tempfile.TemporaryDirectory(prefix="growth-", dir=folder) as own:
        yield from _told("growth", growth.run(Path(own)))
    waves = make_instance(folder / "waves")
    yield from _told("closing", closing.run(waves))
    yield from _told("people", enrolling.run(waves))
    yield from _told("figures", figures.run(waves))
    yield from _told("files of answers", exporting.run(waves))
    waves.store.close()
    yield from _told("answers", answers.run(folder))
    yield from _told("mails", mailing.run(folder))


def _told(name: str, lines: Iterator[Line]) -> Iterator[Line]:
    """The lines of one benchmark; how long it took is said on standard error."""
    start = perf_counter()
    yield from lines
    print(f"{name}: {perf_counter() - start:.0f} s", file=sys.stderr)


def main() -> None:
    """Print the table once all is measured."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        print(printed(measured(Path(folder))))


if __name__ == "__main__":
    main()
