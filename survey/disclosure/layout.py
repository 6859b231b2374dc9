"""A partition as arrays: which rows each part, level, line and group holds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from survey.definitions.model import Breakdown, Source
from survey.disclosure.partition import Partition, Values, lines, options_of
from survey.disclosure.solution import WHOLE, PartKey

Rows = NDArray[np.intp]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Level:
    """One breakdown, or one option of several choices: parts that do not overlap.

    `parts` numbers its parts within the layout; `index[row]` is the row's place among them, and
    `len(parts)` where no part holds the row.
    """

    parts: Rows
    index: Rows

    @classmethod
    def of(cls, parts: Sequence[int], inside: Flags) -> "Level":
        """The level of some parts; `inside[part, row]` tells the rows of all of the layout's."""
        index = np.full(inside.shape[1], len(parts), dtype=np.intp)
        for place, part in enumerate(parts):
            index[inside[part]] = place
        return cls(np.array(parts, dtype=np.intp), index)


@dataclass(frozen=True)
class Layout:
    """All parts of a wave, the whole wave being part 0.

    `inside[part, row]` tells the rows of each part; `depth` is 0 for the whole, 1 for the outermost
    breakdowns; `families` are the parts of one breakdown inside one parent, outer ones first, each with
    that parent. `lines[line]` are levels nested in one another, outermost first: the lines of the
    invitation's breakdowns, then those from answers, each option of several choices being a line.
    `groups` number the group of every row, shown or not, by breakdown (-1: none), each with its line
    where answers tell it, and -1 where the invitation does; the first are the invitation's cells.
    Then come the crosses, each a line of one level: its cells. `crosses` holds by line the levels of its
    rows and columns.
    `stages` count the lines of the invitation, then those with each breakdown from answers added, and with
    each cross. `least[part]` is the fewest answers of a figure that must not be hidden in it.
    """

    inside: Flags
    depth: Rows
    families: Sequence[tuple[int, Rows]]
    lines: Sequence[Sequence[Level]]
    groups: Sequence[tuple[int, Rows]]
    stages: Sequence[int]
    least: Rows
    crosses: Mapping[int, tuple[Level, Level]]

    def first(self, lines: int) -> "Layout":
        """The same with nothing but what the first lines tell."""
        kept = self.lines[:lines]
        parts = {int(part) for line in kept for level in line for part in level.parts}
        families = [(parent, family) for parent, family in self.families if int(family[0]) in parts]
        groups = [(line, group) for line, group in self.groups if line < lines]
        crosses = {line: sides for line, sides in self.crosses.items() if line < lines}
        return replace(self, families=families, lines=kept, groups=groups, crosses=crosses)

    def dead(self, nulls: Flags) -> frozenset[int]:
        """The lines from answers, and the crosses, of which no part is shown: they tell nothing."""
        every = range(self.stages[0], len(self.lines))
        return frozenset(
            line for line in every if all(nulls[level.parts].all() for level in self.lines[line])
        )

    @cached_property
    def levels(self) -> Sequence[tuple[int, Level]]:
        """The whole wave as a level, then those of all lines; each with its line, -1 as with groups."""
        whole = Level(np.zeros(1, dtype=np.intp), np.zeros(self.inside.shape[1], dtype=np.intp))
        return [(-1, whole)] + [
            (-1 if number < self.stages[0] else number, level)
            for number, line in enumerate(self.lines)
            for level in line
        ]

    @cached_property
    def parts(self) -> Flags:
        """By part, whether a level of this layout holds it."""
        held = np.zeros(len(self.inside), dtype=bool)
        for _, level in self.levels:
            held[level.parts] = True
        return held

    def labels(self, nulls: Flags) -> Rows:
        """By row and line, the finest part in which nothing is withheld; 0 for the whole."""
        labels = np.zeros((self.inside.shape[1], len(self.lines)), dtype=np.intp)
        for line, levels in enumerate(self.lines):
            for level in levels:
                shown = np.append(np.where(nulls[level.parts], 0, level.parts), 0)[level.index]
                labels[shown > 0, line] = shown[shown > 0]
        return labels


def numbered(*columns: Rows) -> Rows:
    """One number for each different combination of some columns, from 0 up."""
    numbers = np.zeros(len(columns[0]) if columns else 0, dtype=np.intp)
    for column in columns:
        together = numbers * (int(column.max(initial=0)) + 1) + column
        numbers = np.unique(together, return_inverse=True)[1].reshape(-1).astype(np.intp)
    return numbers


def lay_out(
    partition: Partition,
    values: Sequence[Values],
    breakdowns: Sequence[Breakdown],
    several: Iterable[str],
    least: tuple[int, int],
) -> Layout:
    """The arrays of a partition of rows with these `values`.

    `least` are the fewest answers in a part, and in a cell of a cross.
    """
    keys = list(partition.parts)
    number = {key: part for part, key in enumerate(keys)}
    inside = np.zeros((len(keys), len(values)), dtype=bool)
    for key, rows in partition.parts.items():
        inside[number[key], rows] = True
    depth = np.array([0 if key == WHOLE else 1 + len(key.within) for key in keys])
    told = _Lines(keys, inside, values, breakdowns, frozenset(several))
    lines, groups, stages = told.invited()
    for column, breakdown in enumerate(breakdowns):
        if breakdown.source is Source.ITEM:
            more = told.options(column) if breakdown.id in several else told.choice(column)
            groups += [(len(lines) + n, group) for n, (_, found) in enumerate(more) for group in found]
            lines += [levels for levels, _ in more]
            stages += range(stages[-1] + 1, len(lines) + 1)
    crosses = {}
    for cross in (cross for cross, grid in partition.crosses.items() if grid.cells):
        sides, cells, group = told.cross(cross)
        groups.append((len(lines), group))
        crosses[len(lines)] = sides
        lines.append([cells])
        stages.append(len(lines))
    strict = np.array([key.breakdown in partition.crosses for key in keys])
    # A cell that is all of a group is told by that group's figures, with or without the cross.
    groups_of = {inside[part].tobytes() for part in np.flatnonzero(~strict)}
    strict &= [inside[part].tobytes() not in groups_of for part in range(len(keys))]
    fewest = np.where(strict, *reversed(least))
    families = _families(partition, number, depth) + list(_crossed(partition, number))
    return Layout(inside, depth, families, lines, groups, stages, fewest, crosses)


def _crossed(partition: Partition, number: Mapping[PartKey, int]) -> Iterator[tuple[int, Rows]]:
    """The families of crosses: the cells of a row in each of its parts, and those of a column."""
    for cross, grid in partition.crosses.items():
        cells = [(key, part) for key, part in number.items() if key.breakdown == cross]
        for breakdown, groups, own in zip(cross.split(","), (grid.rows, grid.columns), (0, 1), strict=True):
            for members in groups:
                name = "|".join(members)
                family = [part for key, part in cells if (key.within[0], key.group)[own] == name]
                for parent in _parents(partition, breakdown, members):
                    yield number[parent], np.array(family, dtype=np.intp)


def _parents(partition: Partition, breakdown: str, members: Values) -> Iterator[PartKey]:
    """The parts of a breakdown that stand together in one row or column of a cross."""
    for key in partition.parts:
        if key.breakdown == breakdown and not {key.group, *partition.pools.get(key, ())}.isdisjoint(members):
            yield key


def _families(partition: Partition, number: Mapping[PartKey, int], depth: Rows) -> list[tuple[int, Rows]]:
    siblings: dict[tuple[int, str | None], list[int]] = {}
    for key in sorted(partition.parents, key=lambda key: (depth[number[key]], number[key])):
        siblings.setdefault((number[partition.parents[key]], key.breakdown), []).append(number[key])
    return [(parent, np.array(parts)) for (parent, _), parts in siblings.items()]


class _Lines:
    """Makes the lines and the groups of breakdowns."""

    def __init__(
        self,
        keys: Sequence[PartKey],
        inside: Flags,
        values: Sequence[Values],
        breakdowns: Sequence[Breakdown],
        several: frozenset[str],
    ) -> None:
        self._keys, self._inside, self._values = keys, inside, values
        self._breakdowns, self._several = breakdowns, several

    def invited(self) -> tuple[list[list[Level]], list[tuple[int, Rows]], list[int]]:
        """The invitation's lines, its cells and groups, and how many lines these are."""
        by_invitation = [
            line for line in lines(self._breakdowns) if self._breakdowns[line[-1]].source is Source.INVITATION
        ]
        parents = {breakdown.inside for breakdown in self._breakdowns}
        found = [
            [self._level(column) for column in line]
            for line in by_invitation
            if self._breakdowns[line[-1]].id not in parents
        ]
        cells = tuple(line[-1] for line in by_invitation)
        return found, [(-1, self._groups(path)) for path in (cells, *by_invitation)], [len(found)]

    def choice(self, column: int) -> list[tuple[list[Level], list[Rows]]]:
        """The one line of a choice, with its groups."""
        return [([self._level(column)], [self._groups((column,))])]

    def options(self, column: int) -> list[tuple[list[Level], list[Rows]]]:
        """A line for each option that is shown; its groups are those who ticked it, or something else."""
        ticked = [frozenset(options_of(row[column])) for row in self._values]
        found = []
        for part, key in enumerate(self._keys):
            if key.breakdown == self._breakdowns[column].id:
                group = [-1 if not options else int(key.group in options) for options in ticked]
                found.append(([Level.of([part], self._inside)], [np.array(group, dtype=np.intp)]))
        return found

    def cross(self, name: str) -> tuple[tuple[Level, Level], Level, Rows]:
        """A cross: the levels of its rows and columns, that of its cells, and its groups."""
        ids = [breakdown.id for breakdown in self._breakdowns]
        rows, columns = (ids.index(breakdown) for breakdown in name.split(","))
        cells = Level.of([part for part, key in enumerate(self._keys) if key.breakdown == name], self._inside)
        return (self._level(rows), self._level(columns)), cells, self._groups((rows, columns))

    def _level(self, column: int) -> Level:
        name = self._breakdowns[column].id
        return Level.of([part for part, key in enumerate(self._keys) if key.breakdown == name], self._inside)

    def _groups(self, path: Sequence[int]) -> Rows:
        return _numbers([tuple(row[column] for column in path) for row in self._values])


def _numbers(names: Sequence[Values]) -> Rows:
    place = {name: number for number, name in enumerate(sorted(set(names)))}
    return np.array([place[name] for name in names], dtype=np.intp)


def fixed_values(values: Sequence[Values], column: int) -> Rows:
    """One number for each different value of a breakdown, by row."""
    return _numbers([(row[column],) for row in values])
