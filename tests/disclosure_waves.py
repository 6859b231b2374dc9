"""Small waves for the tests of disclosure control, and the attacker who adds up what is published."""

from collections.abc import Mapping, Sequence
from itertools import permutations

import numpy as np
from scipy.optimize import linprog

from survey.counts import Cell, Tally, Vectors, WaveCounts
from survey.definitions.model import Breakdown
from survey.disclosure import Solution

ALLIANCE = Breakdown("alliance", {})
ORGANIZATION = Breakdown("organization", {}, inside="alliance")
SERVICE = Breakdown("service", {})
NESTED = (ALLIANCE, ORGANIZATION)
CROSSED = (ALLIANCE, ORGANIZATION, SERVICE)

Values = tuple[str, ...]
POINTS = frozenset("12345")


def wave(
    answers: Mapping[Values, Mapping[str, Sequence[str]]] | Mapping[Values, Sequence[str]],
    blocks: tuple[tuple[str, ...], ...] = (),
) -> WaveCounts:
    """Counts of cell -> answers to the one item `item/q`, or cell -> figure -> answers, one a person.

    Where somebody's answer joins options by "|", the item is one of several choices.
    """
    cells = {v: a if isinstance(a, Mapping) else {"item/q": a} for v, a in answers.items()}
    figures = {figure: None for by_figure in cells.values() for figure in by_figure}
    people = [len(next(iter(by_figure.values()), ())) for by_figure in cells.values()]
    return WaveCounts(
        tuple(Cell(n, values, max(5, people[n])) for n, values in enumerate(cells)),
        np.array([[n, 0, 0] for n in people], dtype=np.int64).reshape(-1, 3),
        {figure: _tally([by_figure.get(figure, ()) for by_figure in cells.values()]) for figure in figures},
        blocks,
        {
            block: _vectors([[by_figure[f] for f in block] for by_figure in cells.values()])
            for block in blocks
        },
    )


def _vectors(by_cell: Sequence[Sequence[Sequence[str]]]) -> Vectors:
    people = [list(zip(*answers, strict=True)) for answers in by_cell]
    categories = sorted({vector for vectors in people for vector in vectors})
    table = [[vectors.count(vector) for vector in categories] for vectors in people]
    return Vectors(tuple(categories), np.array(table, dtype=np.int64))


def _tally(by_cell: Sequence[Sequence[str]]) -> Tally:
    """A question with points has them all among its categories, given or not."""
    given = {answer for answers in by_cell for answer in answers}
    several = any("|" in answer for answer in given)
    categories = sorted({"", "DK"} | given | (POINTS if given & POINTS and not several else set()))
    table = [[list(answers).count(category) for category in categories] for answers in by_cell]
    return Tally(
        tuple(categories),
        tuple(c not in ("", "DK") for c in categories),
        np.array(table, dtype=np.int64),
        several,
    )


def targets(counts: WaveCounts, solution: Solution, threshold: int, figure: str) -> list[tuple[int, ...]]:
    """What must stay secret: sets of cells with some valid answers, but fewer than the threshold.

    The cells, the groups, and the differences and overlaps of two parts that are shown.
    """
    sets = {frozenset([n]) for n in range(len(counts.cells))}
    for depth in range(len(counts.cells[0].values)):
        for value in {cell.values[depth] for cell in counts.cells}:
            sets.add(frozenset(n for n, cell in enumerate(counts.cells) if cell.values[depth] == value))
    for one, other in permutations(map(frozenset, solution.parts.values()), 2):
        sets |= {one - other, one & other}
    valid = counts.tallies[figure].table[:, counts.tallies[figure].valid].sum(axis=1)
    return sorted(tuple(sorted(cells)) for cells in sets if 0 < valid[list(cells)].sum() < threshold)


class Attacker:
    """Knows every published tally, and how many people of each cell answered the questionnaire.

    The unknowns are, by cell, how many people gave each vector of answers to the block;
    `categories[figure][vector]` is the category of the figure that the vector falls into.
    """

    def __init__(
        self, counts: WaveCounts, solution: Solution, categories: Mapping[str, Sequence[str]]
    ) -> None:
        self.counts, self.categories = counts, categories
        self.vectors = len(next(iter(categories.values())))
        rows, sums = [], []
        for n, responses in enumerate(counts.responses):
            rows.append(self._row((n,)))
            sums.append(responses)
        for part, cells in solution.parts.items():
            for figure in set(categories) - set(solution.withheld[part]):
                for category, n in counts.tallies[figure].of(list(cells)).items():
                    rows.append(self._row(cells, figure, category))
                    sums.append(n)
        self.rows, self.sums = np.array(rows), np.array(sums)

    def _row(self, cells: Sequence[int], figure: str = "", category: str = "") -> np.ndarray:
        row = np.zeros((len(self.counts.cells), self.vectors))
        row[list(cells)] = [c == category for c in self.categories[figure]] if figure else 1
        return row.ravel()

    def recovers(self, figure: str, cells: Sequence[int]) -> bool:
        """Whether only one tally of valid answers is possible for these cells."""
        tally = self.counts.tallies[figure]
        known = zip(tally.categories, tally.valid, strict=True)
        truth = tally.of(list(cells))
        asked = sorted((c for c, valid in known if valid), key=lambda c: -truth[c])
        return all(self._certain(self._row(cells, figure, category), truth[category]) for category in asked)

    def _certain(self, row: np.ndarray, truth: int) -> bool:
        for sign in (1, -1):
            found = linprog(sign * row, A_eq=self.rows, b_eq=self.sums, bounds=(0, None), method="highs")
            assert found.status == 0, found.message
            if abs(found.fun * sign - truth) > 1e-6:
                return False
        return True


def attacker_of_one(counts: WaveCounts, solution: Solution, figure: str = "item/q") -> Attacker:
    """The attacker of one figure by itself."""
    return Attacker(counts, solution, {figure: counts.tallies[figure].categories})
