"""Two attackers who add up and subtract all that is published of a wave.

Both reason about *unknowns*: how many people of each row gave each vector of answers to some linked
figures. What is published are sums of unknowns. `Linear` finds by linear programming whether a sum
can only be what it is; `Span` whether it follows by adding and subtracting alone, in integers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product

import numpy as np
from scipy.optimize import OptimizeResult, linprog
from scipy.sparse import csr_array

from survey.counts import WaveCounts
from survey.definitions.model import Breakdown, Cross, Source
from survey.disclosure import PartKey, Solution
from survey.disclosure.partition import lines, options_of

PRIME = 2**31 - 1
CORNERS = 3
"""So many waves that fit what is published are looked at first, for any."""
Rows = tuple[int, ...]


def sets_of(counts: WaveCounts, solution: Solution, breakdowns: Sequence[Breakdown]) -> list[Rows]:
    """The invitation's cells, every group, and the differences and overlaps of two parts that are shown."""
    rows = [cell.values for cell in counts.cells]
    invited = [n for n, breakdown in enumerate(breakdowns) if breakdown.source is Source.INVITATION]
    found: dict[object, set[int]] = {}
    for row, values in enumerate(rows):
        found.setdefault(tuple(values[column] for column in invited), set()).add(row)
        for line in lines(breakdowns):
            path = tuple(values[column] for column in line)
            several = counts.tallies.get(f"item/{breakdowns[line[-1]].id}")
            for value in options_of(path[-1]) if several and several.several else [path]:
                found.setdefault((line, value), set()).add(row)
    sets = {frozenset(some) for some in found.values()}
    for one, other in permutations(map(frozenset, solution.parts.values()), 2):
        sets |= {one - other, one & other}
    return sorted(tuple(sorted(some)) for some in sets if some)


def sets_of_crosses(
    counts: WaveCounts,
    solution: Solution,
    breakdowns: Sequence[Breakdown],
    crosses: Sequence[Cross],
    figure: str,
) -> list[Rows]:
    """What the stricter threshold of crosses holds for, where something of a figure is shown by them.

    These are the cells, shown or not and as they were before groups were put together; what is left of each
    row and column without a cell; and without all cells in which the figure is shown.
    """
    rows, found = [cell.values for cell in counts.cells], set()
    columns = {breakdown.id: n for n, breakdown in enumerate(breakdowns)}
    for cross in crosses:
        shown = [
            frozenset(cells)
            for key, cells in solution.parts.items()
            if key.breakdown == cross.id and figure not in solution.withheld[key]
        ]
        if not shown:
            continue
        sides = [
            [frozenset(cells) for key, cells in solution.parts.items() if key.breakdown == side]
            for side in (cross.rows, cross.columns)
        ]
        places = [tuple(values[columns[side]] for side in (cross.rows, cross.columns)) for values in rows]
        found |= {frozenset(n for n, other in enumerate(places) if other == place) for place in places}
        found |= {one & other for one, other in product(*sides)}
        for line in (line for side in sides for line in side):
            found |= {line - cell for cell in shown}
            found.add(line - frozenset().union(*shown))
    return sorted(tuple(sorted(some)) for some in found if some)


def at_risk(counts: WaveCounts, figure: str, sets: Sequence[Rows], threshold: int) -> Iterator[Rows]:
    """The sets with some valid answers that are fewer than the threshold, or all alike."""
    tally = counts.tallies[figure]
    table = tally.table[:, np.array(tally.valid)]
    options = sorted(
        {o for c, ok in zip(tally.categories, tally.valid, strict=True) if ok for o in c.split("|")}
    )
    for rows in sets:
        n = table[list(rows)].sum()
        shown = table[list(rows)].sum(axis=0)
        if tally.several:
            ticks = tally.ticks(list(rows), options)
            shown = np.array([ticks[option] for option in options])
        if 0 < n < threshold or n == shown.max(initial=0) > 0:
            yield rows


@dataclass(frozen=True)
class Universe:
    """The vectors of answers that somebody may give: `answers[figure][vector]` is a category."""

    answers: Mapping[str, Sequence[str]]

    @property
    def size(self) -> int:
        """How many vectors there are."""
        return len(next(iter(self.answers.values())))

    def shown(self, figure: str, several: bool) -> dict[str, np.ndarray]:
        """What is shown of a figure -> which vectors count for it."""
        given = self.answers[figure]
        if not several:
            return {c: np.array([answer == c for answer in given]) for c in sorted(set(given))}
        options = sorted({option for answer in given if answer for option in answer.split("|")})
        ticked = {o: np.array([o in answer.split("|") for answer in given]) for o in options}
        return ticked | {"": np.array([not answer for answer in given])}


@dataclass(frozen=True)
class Known:
    """Sums of unknowns that are known: `sums @ truth`, `truth` being the wave as it is."""

    sums: np.ndarray
    truth: np.ndarray


def known(
    counts: WaveCounts,
    solution: Solution,
    universe: Universe,
    truth: np.ndarray,
    possible: np.ndarray | None = None,
) -> Known:
    """All published tallies of the universe's figures, and how many people of each row answered.

    `truth[row, vector]` is the wave; `possible[row, vector]` tells what people of a row may answer.
    """
    sums = [_row(truth.shape, [row], np.ones(universe.size)) for row in range(len(truth))]
    if possible is not None:
        sums += list(np.eye(truth.size, dtype=np.int64)[~possible.ravel()])
    for part, cells in solution.parts.items():
        for figure in set(universe.answers) - set(solution.withheld[part]):
            shown = universe.shown(figure, counts.tallies[figure].several)
            sums += [_row(truth.shape, cells, vectors) for vectors in shown.values()]
    return Known(np.unique(np.array(sums, dtype=np.int64), axis=0), truth.ravel())


def _row(shape: tuple[int, ...], rows: Sequence[int], vectors: np.ndarray) -> np.ndarray:
    row = np.zeros(shape, dtype=np.int64)
    row[list(rows)] = vectors
    return row.ravel()


def asked(shape: tuple[int, ...], rows: Rows, shown: Mapping[str, np.ndarray]) -> np.ndarray:
    """The sums that make the tally of a set: one for each valid answer."""
    return np.array([_row(shape, rows, vectors) for vectors in shown.values()])


class Linear:
    """Linear programming: is only one tally possible?

    Every solution found is kept: a set whose tally differs in one of them is safe.
    """

    def __init__(self, facts: Known) -> None:
        self._facts = facts
        self._matrix = csr_array(facts.sums)
        self._totals = facts.sums @ facts.truth
        random = np.random.default_rng(0)
        aims = random.normal(size=(CORNERS, facts.sums.shape[1]))
        self._solutions: list[np.ndarray] = [self._best(aim).x for aim in aims]

    def _best(self, aim: np.ndarray) -> OptimizeResult:
        found = linprog(aim, A_eq=self._matrix, b_eq=self._totals, bounds=(0, None), method="highs")
        assert found.status == 0, found.message
        return found

    def recovers(self, tally: np.ndarray) -> bool:
        """Whether all sums of a tally are certain."""
        truth = tally @ self._facts.truth
        if any((np.abs(tally @ found - truth) > 1e-6).any() for found in self._solutions):
            return False
        return all(self._certain(row, float(n)) for row, n in zip(tally, truth, strict=True))

    def _certain(self, row: np.ndarray, truth: float) -> bool:
        for sign in (1, -1):
            found = linprog(
                sign * row, A_eq=self._matrix, b_eq=self._totals, bounds=(0, None), method="highs"
            )
            assert found.status == 0, found.message
            if abs(found.fun * sign - truth) > 1e-6:
                self._solutions.append(found.x)
                return False
        return True


class Span:
    """Adding and subtracting: is a sum one of those that the known ones span?

    In integers modulo a prime. What the rationals span is spanned modulo the prime, too, unless the
    prime divides one of the finitely many minors of a table of zeros and ones.
    """

    def __init__(self, facts: Known) -> None:
        self._table = facts.sums % PRIME
        self._pivots: list[int] = []
        self._reduce()

    def _reduce(self) -> None:
        done = 0
        for column in range(self._table.shape[1]):
            left = np.flatnonzero(self._table[done:, column])
            if not len(left):
                continue
            pivot = done + left[0]
            self._table[[done, pivot]] = self._table[[pivot, done]]
            self._table[done] = self._table[done] * pow(int(self._table[done, column]), -1, PRIME) % PRIME
            others = np.flatnonzero(self._table[:, column])
            others = others[others != done]
            self._table[others] -= self._table[others, column][:, None] * self._table[done] % PRIME
            self._table[others] %= PRIME
            self._pivots.append(column)
            done += 1
            if done == len(self._table):
                break
        self._table = self._table[:done]

    def recovers(self, tally: np.ndarray) -> bool:
        """Whether all sums of a tally are spanned."""
        rest = tally % PRIME
        for row, pivot in zip(self._table, self._pivots, strict=True):
            rest = (rest - rest[:, [pivot]] * row % PRIME) % PRIME
        return not rest.any()


class Folded:
    """A wave of which nobody knows how many people of each cell are in which group that answers tell.

    The unknowns are people by invitation's cell, groups and vector; only the sizes of cells are known.
    """

    def __init__(self, counts: WaveCounts, breakdowns: Sequence[Breakdown], truth: np.ndarray) -> None:
        self._breakdowns = {breakdown.id: n for n, breakdown in enumerate(breakdowns)}
        self._told = [b for b in breakdowns if b.source is Source.ITEM]
        invited = len(breakdowns) - len(self._told)
        rows = [cell.values for cell in counts.cells]
        self._cells = sorted({values[:invited] for values in rows})
        self._groups = sorted({values[invited:] for values in rows})
        self._place = [
            (self._cells.index(values[:invited]), self._groups.index(values[invited:])) for values in rows
        ]
        self._truth = np.zeros((len(self._cells), len(self._groups), truth.shape[1]), dtype=np.int64)
        np.add.at(self._truth, tuple(np.array(self._place).T), truth)

    def known(self, counts: WaveCounts, solution: Solution, universe: Universe) -> Known:
        """All published tallies, groups' sizes and cells' sizes."""
        every = range(len(self._groups))
        sums = [self._sum([cell], every) for cell in range(len(self._cells))]
        for part, rows in solution.parts.items():
            told = {breakdown.id for breakdown in self._told}
            by_answers = not told.isdisjoint((part.breakdown or "").split(","))
            where: Iterable[int] = range(len(self._cells))
            who: Iterable[int] = every
            if part.breakdown in solution.crosses:
                where, who = self._crossed(part)
            elif by_answers:
                who = {self._place[row][1] for row in rows}
            else:
                where = {self._place[row][0] for row in rows}
            sums.append(self._sum(where, who))
            for figure in set(universe.answers) - set(solution.withheld[part]):
                shown = universe.shown(figure, counts.tallies[figure].several)
                sums += [self._sum(where, who, vectors) for vectors in shown.values()]
            for place, breakdown in enumerate(self._told):
                if not by_answers and f"item/{breakdown.id}" not in solution.withheld[part]:
                    for value in {group[place] for group in self._groups}:
                        alike = [n for n, group in enumerate(self._groups) if group[place] == value]
                        sums.append(self._sum(where, alike))
        return Known(np.unique(np.array(sums), axis=0), self._truth.ravel())

    def small_cells(self, solution: Solution, threshold: int) -> Iterator[np.ndarray]:
        """How many people are in each small cell of a cross, before groups were put together."""
        sizes = self._truth.sum(axis=2)
        told = {breakdown.id for breakdown in self._told}
        for cross, grid in solution.crosses.items():
            if not grid.cells or told.isdisjoint(cross.split(",")):
                continue
            columns = [self._breakdowns[side] for side in cross.split(",")]
            people = [(*cell, *group) for cell, group in product(self._cells, self._groups)]
            for row, column in sorted({tuple(values[n] for n in columns) for values in people}):
                where, who = self._crossed(PartKey(cross, (row,), column))
                if 0 < sizes[np.ix_(where, who)].sum() < threshold:
                    yield np.array([self._sum(where, who)])

    def _crossed(self, part: PartKey) -> tuple[list[int], list[int]]:
        """The cells and the groups of a cell of a cross, whether they occur together or not."""
        sides = zip((part.breakdown or "").split(","), (part.within[0], part.group or ""), strict=True)
        wanted = [(self._breakdowns[side], names.split("|")) for side, names in sides]
        invited = len(self._breakdowns) - len(self._told)
        where = [
            n
            for n, cell in enumerate(self._cells)
            if all(cell[column] in names for column, names in wanted if column < invited)
        ]
        who = [
            n
            for n, group in enumerate(self._groups)
            if all(group[column - invited] in names for column, names in wanted if column >= invited)
        ]
        return where, who

    def at_risk(self, sets: Sequence[Rows], threshold: int) -> Iterator[np.ndarray]:
        """The tallies of groups in sets of cells with few people, or people of one group only."""
        sizes = self._truth.sum(axis=2)
        for cells in sorted({tuple(sorted({self._place[row][0] for row in rows})) for rows in sets}):
            by_group = sizes[list(cells)].sum(axis=0)
            if 0 < by_group.sum() < threshold or by_group.sum() == by_group.max():
                yield np.array([self._sum(cells, [group]) for group in range(len(self._groups))])

    def _sum(self, cells: Iterable[int], groups: Iterable[int], vectors: np.ndarray | int = 1) -> np.ndarray:
        found = np.zeros_like(self._truth)
        for cell, group in product(cells, groups):
            found[cell, group] = vectors
        return found.ravel()
