"""Crosses of two breakdowns: the groups in their rows and columns, and the cells that can be shown.

The rows and columns are the parts of either breakdown. Where both are told by invitations, a cell with
too few responses is not shown, and the figures of others are withheld to protect it. Where one of them is
what people answered, the number of people in a cell is itself an answer of theirs: then the smallest
groups are put together until no cell has too few.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from survey.counts import Reason
from survey.definitions.model import Breakdown, Cross, Source
from survey.disclosure.layout import Flags, Rows
from survey.disclosure.partition import Partition
from survey.disclosure.solution import Grid, Members, PartKey


@dataclass(frozen=True)
class _Side:
    """The rows, or the columns: who stands in each, and the rows of the counts that each holds."""

    members: list[Members]
    inside: list[Flags]

    def together(self, one: int, other: int) -> "_Side":
        """The same with two of its lines as one."""
        kept = [place for place in range(len(self.members)) if place not in (one, other)]
        return _Side(
            [self.members[place] for place in kept] + [self.members[one] + self.members[other]],
            [self.inside[place] for place in kept] + [self.inside[one] | self.inside[other]],
        )


def add_crosses(
    partition: Partition,
    responses: Sequence[int],
    breakdowns: Sequence[Breakdown],
    crosses: Sequence[Cross],
    least: int | None,
) -> None:
    """Add the cells of the crosses to a partition, and what became of each cross.

    `least` is the fewest responses in a cell; with None every cell is shown in which somebody answered.
    """
    answered = {breakdown.id for breakdown in breakdowns if breakdown.source is Source.ITEM}
    sizes = np.array(responses, dtype=np.int64)
    for cross in crosses:
        sides = _side(partition, cross.rows, len(sizes)), _side(partition, cross.columns, len(sizes))
        if least is not None and not answered.isdisjoint((cross.rows, cross.columns)):
            sides = _large_enough(sides, sizes, (cross.rows in answered, cross.columns in answered), least)
        _add(partition, cross, sides, sizes, least)


def _side(partition: Partition, breakdown: str, rows: int) -> _Side:
    side = _Side([], [])
    for key, members in partition.parts.items():
        if key.breakdown == breakdown:
            inside = np.zeros(rows, dtype=bool)
            inside[members] = True
            side.members.append(partition.pools[key] if key.pooled else (key.group or "",))
            side.inside.append(inside)
    return side


def _table(sides: tuple[_Side, _Side], sizes: Rows) -> Rows:
    """Responses by row and column."""
    return np.array(
        [[int(sizes[row & column].sum()) for column in sides[1].inside] for row in sides[0].inside]
    ).reshape(len(sides[0].inside), len(sides[1].inside))


def _large_enough(
    sides: tuple[_Side, _Side], sizes: Rows, answered: tuple[bool, bool], least: int
) -> tuple[_Side, _Side]:
    """The same with groups put together until every cell has nobody or at least `least` responses.

    All of a group giving one answer would be told of each of them: its line needs two cells.
    """
    while min(len(side.members) for side in sides) > 1:
        table = _table(sides, sizes)
        wrong = _first_wrong(table, answered, least)
        if wrong is None:
            return sides
        axis, line = wrong
        totals = table.sum(axis=1 - axis)
        others = [place for place in range(len(totals)) if place != line]
        other = min(others, key=lambda place: (totals[place], sides[axis].members[place]))
        merged = sides[axis].together(line, other)
        sides = (merged, sides[1]) if axis == 0 else (sides[0], merged)
    return sides


def _first_wrong(table: Rows, answered: tuple[bool, bool], least: int) -> tuple[int, int] | None:
    """(0: row, 1: column; which) the line to put together with another; None where all are in order.

    Of a small cell it is the shorter of its two lines.
    """
    small = np.argwhere((table > 0) & (table < least))
    if len(small):
        row, column = min(small.tolist(), key=lambda place: (table[tuple(place)], place))
        shorter = table[row].sum() <= table[:, column].sum()
        return (0, row) if shorter else (1, column)
    for axis in (0, 1):
        alone = np.flatnonzero((table > 0).sum(axis=1 - axis) < 2)
        if answered[1 - axis] and len(alone):
            return axis, int(alone[0])
    return None


def _add(
    partition: Partition, cross: Cross, sides: tuple[_Side, _Side], sizes: Rows, least: int | None
) -> None:
    rows, columns = (_in_order(side) for side in sides)
    if least is not None and min(len(rows.members), len(columns.members)) < 2:
        partition.crosses[cross.id] = Grid()
        return
    table = _table((rows, columns), sizes)
    cells: dict[tuple[int, int], PartKey | Reason] = {}
    for (row, column), n in np.ndenumerate(table):
        key = PartKey(cross.id, ("|".join(rows.members[row]),), "|".join(columns.members[column]))
        if n:
            partition.parts[key] = np.flatnonzero(rows.inside[row] & columns.inside[column]).tolist()
        enough = n and (least is None or n >= least)
        cells[row, column] = key if enough else Reason.TOO_FEW_ANSWERS if n else Reason.NO_ANSWERS
    partition.crosses[cross.id] = Grid(tuple(rows.members), tuple(columns.members), cells)


def _in_order(side: _Side) -> _Side:
    """Single groups as their breakdown has them, then those together."""
    order = sorted(range(len(side.members)), key=lambda place: (len(side.members[place]) > 1, place))
    return _Side(
        [tuple(sorted(side.members[place])) for place in order], [side.inside[place] for place in order]
    )


def shown_parts(partition: Partition) -> Iterator[PartKey]:
    """The parts that are shown: all but the cells of crosses that are too small."""
    cells = {key for grid in partition.crosses.values() for key in grid.cells.values()}
    return (key for key in partition.parts if key.breakdown not in partition.crosses or key in cells)
