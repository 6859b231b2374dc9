"""The sets of rows whose answers must not follow from what is published of a figure.

These are the invitation's cells, every group, and all differences and overlaps of two parts, or of a
cell and a part that answers tell, where somebody answered, but fewer than the threshold, or all alike.
Of a cross it is the cells, and what its rows and columns are without one, with the stricter threshold.
The sets are never written down all together: tallies of all overlaps of two levels are one table, and
their differences follow.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from survey.disclosure.figures import Figure, Numbers
from survey.disclosure.layout import Flags, Layout, Level, Rows


def risky(n: Numbers, most: Numbers, threshold: int | Numbers) -> Flags:
    """Whether `n` valid answers, `most` of them alike, must not be told."""
    flags: Flags = (n > 0) & ((n < threshold) | (most == n))
    return flags


@dataclass(frozen=True)
class SetAtRisk:
    """The rows with answers of a set, and the lines from answers that tell it, by each way to tell it."""

    members: Rows
    told_by: frozenset[frozenset[int]]


class SetsAtRisk:
    """The sets at risk of one figure; those that more lines tell are added as these are."""

    def __init__(self, figure: Figure, threshold: int) -> None:
        self._figure, self._threshold = figure, threshold
        self._found: dict[bytes, set[frozenset[int]]] = {}

    def of(self, layout: Layout, before: int) -> list[SetAtRisk]:
        """All that the lines of a layout tell, those with the fewest answers first.

        The sets that the lines `before` that number tell were asked for already, if there are any.
        """
        rows = layout.inside.shape[1]
        answers = self._figure.answers(np.arange(rows), rows)
        for lines, flags in self._told(layout, before):
            members = np.flatnonzero(flags & (answers > 0))
            self._found.setdefault(members.tobytes(), set()).add(frozenset(lines) - {-1})
        sets = {key: np.frombuffer(key, dtype=np.intp) for key in self._found}
        order = sorted(sets, key=lambda key: (int(answers[sets[key]].sum()), key))
        return [SetAtRisk(sets[key], frozenset(self._found[key])) for key in order]

    def _told(self, layout: Layout, before: int) -> Iterator[tuple[tuple[int, ...], Flags]]:
        for line, groups in layout.groups:
            if line >= before or not before:
                for group in np.flatnonzero(self._small(groups, self._least(layout, line))):
                    yield (line,), groups == group
        cells = layout.groups[0][1]
        by_cell = -1, Level(np.arange(int(cells.max(initial=-1)) + 1), cells)
        answered = [level for level in layout.levels if level[0] >= 0]
        pairs = [*combinations(layout.levels, 2), *((by_cell, level) for level in answered)]
        for (line, one), (crossing, other) in pairs:
            if crossing >= before or not before:
                for flags in _crossed(self._figure, one, other, self._threshold):
                    yield (line, crossing), flags
        yield from self._told_by_crosses(layout, before)

    def _told_by_crosses(self, layout: Layout, before: int) -> Iterator[tuple[tuple[int, ...], Flags]]:
        """What rows and columns tell of a cell, and a cell of them: the stricter threshold holds."""
        for cross, (rows, columns) in layout.crosses.items():
            if cross < before:
                continue
            cells = layout.lines[cross][0]
            for one, other in ((rows, columns), (rows, cells), (columns, cells)):
                for flags in _crossed(self._figure, one, other, self._least(layout, cross)):
                    yield (cross,), flags

    def _least(self, layout: Layout, line: int) -> int:
        """The fewest answers that may be told of a group of a line."""
        if line not in layout.crosses:
            return self._threshold
        return int(layout.least[layout.lines[line][0].parts].max())

    def _small(self, groups: Rows, threshold: int) -> Flags:
        """By group, whether it is at risk."""
        size = int(groups.max(initial=-1)) + 2
        n = self._figure.answers(groups + 1, size)
        most = np.zeros_like(n)
        for table in self._figure.tables(groups + 1, size):
            most = np.maximum(most, table.max(axis=1, initial=0))
        return risky(n, most, threshold)[1:]


def _crossed(figure: Figure, one: Level, other: Level, threshold: int) -> Iterator[Flags]:
    """The overlaps and differences of the parts of two levels that are at risk."""
    shape = len(one.parts) + 1, len(other.parts) + 1
    groups, size = one.index * shape[1] + other.index, shape[0] * shape[1]
    n = _related(figure.answers(groups, size).reshape(*shape, 1))
    most = np.zeros_like(n)
    for table in figure.tables(groups, size):
        most = np.maximum(most, _related(table.reshape(*shape, -1)))
    both, first, second = risky(n, most, threshold)[:, :-1, :-1]
    for p, q in np.argwhere(both):
        yield (one.index == p) & (other.index == q)
    for p, q in np.argwhere(first):
        yield (one.index == p) & (other.index != q)
    for p, q in np.argwhere(second):
        yield (one.index != p) & (other.index == q)


def _related(table: Numbers) -> Numbers:
    """Overlaps, differences one way and the other: the largest number of each over the last axis."""
    away, back = table.sum(axis=1, keepdims=True) - table, table.sum(axis=0, keepdims=True) - table
    return np.stack([related.max(axis=2, initial=0) for related in (table, away, back)])
