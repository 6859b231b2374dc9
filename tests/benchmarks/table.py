"""The lines that the benchmarks print."""

from collections.abc import Iterable
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
VERDICT = {None: "", True: "met", False: "MISSED"}


def printed(lines: Iterable[Line]) -> str:
    """The table as text, columns aligned."""
    rows = [HEADER, *(_cells(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


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
