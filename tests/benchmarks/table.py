"""The lines that the benchmarks print."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One measured thing.

    `measured` and `floor` are in `unit`. `target` is the most that is wanted: of the ratio where
    there is one, of the measured value where there is none.
    """

    what: str
    measured: float
    unit: str
    floor: float | None = None
    ratio: float | None = None
    target: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without a target."""
        if self.target is None:
            return None
        judged = self.measured if self.ratio is None else self.ratio
        return judged <= self.target


HEADER = ("what", "measured", "floor", "ratio", "target", "")
WIDTHS = (66, 12, 12, 7, 16, 6)
"""Columns of the table; fixed, so that a line can be printed once it is measured."""
VERDICT = {None: "", True: "met", False: "MISSED"}


def printed(lines: Iterable[Line]) -> Iterator[str]:
    """The table as lines of text, each as soon as it is measured."""
    yield _aligned(HEADER)
    for line in lines:
        yield _aligned(_cells(line))


def _aligned(cells: Sequence[str]) -> str:
    first, *rest = WIDTHS
    values = (cell.rjust(width) for cell, width in zip(cells[1:], rest, strict=True))
    return "  ".join([cells[0].ljust(first), *values]).rstrip()


def _cells(line: Line) -> tuple[str, ...]:
    unit = "x" if line.ratio is not None else f" {line.unit}"
    target = "" if line.target is None else f"at most {_number(line.target)}{unit}"
    return (
        line.what,
        f"{_number(line.measured)} {line.unit}",
        "" if line.floor is None else f"{_number(line.floor)} {line.unit}",
        "" if line.ratio is None else f"{line.ratio:.2f}x",
        target,
        VERDICT[line.met],
    )


def _number(value: float) -> str:
    """Three significant digits, or whole."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
