"""Whoever holds the releases of all waves of a study and all its pairs, and solves them together.

The attacker knows everybody's group in each wave and who answered which wave (and, unless conditions decide
it, who answered which question), and asks of every small set of people what they answered, by linear
programming over the joint answers to all waves at once. Where a study release holds only differences or
sums, the attacker is given the whole table.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from survey.counts import Reason
from survey.release import Part, Release

Answers = Mapping[str, Any]
Person = tuple[str, Answers]
"""A group, and what was answered."""
People = Mapping[str, Person]
Category = Callable[[Answers], str]
"""What a figure makes of somebody's answers; "" for no valid answer."""


@dataclass(frozen=True)
class Kind:
    """A family of questions that the attack is about.

    `vectors` are all ways to answer it, `figures` what the release of a wave tells of it, `topics` what a
    study release does; `aims` are the figures of the questions themselves. `validity` says which questions
    somebody answered, as far as the attacker knows.
    """

    vectors: Sequence[Answers]
    figures: Mapping[str, Category]
    topics: Mapping[str, Category]
    aims: Sequence[str]
    validity: Callable[[Answers], object]


Atom = tuple[tuple[str | None, object], ...]
"""Wave by wave the group (None: took no part) and the validity of people who are alike to the attacker."""


@dataclass(frozen=True)
class Table:
    """A topic that is shown of two waves."""

    topic: str
    first: int
    second: int


class Attack:
    """All that is published of some waves, as linear equations over how many of an atom answered what."""

    def __init__(self, kind: Kind, waves: Sequence[People], releases: Sequence[Release]) -> None:
        self._kind, self._waves, self._releases = kind, waves, releases
        self._codes = sorted(set().union(*waves))
        sizes = Counter(self._atom(code) for code in self._codes)
        self.atoms = list(sizes)
        self.n = [sizes[atom] for atom in self.atoms]
        self._ways = [self._of_atom(atom) for atom in self.atoms]
        starts = np.cumsum([0, *map(len, self._ways)])
        self._starts, self._size = starts[:-1], int(starts[-1])

    def _atom(self, code: str) -> Atom:
        return tuple(
            (people[code][0], self._kind.validity(people[code][1])) if code in people else (None, None)
            for people in self._waves
        )

    def _of_atom(self, atom: Atom) -> list[tuple[int, ...]]:
        """Every way in which people of an atom can have answered, by wave the place of a vector, -1: none."""
        fitting = [
            [
                place
                for place, vector in enumerate(self._kind.vectors)
                if group is not None and self._kind.validity(vector) == valid
            ]
            or [-1]
            for group, valid in atom
        ]
        return list(product(*fitting))

    def recovered(self, tables: Sequence[Table], few: int) -> int:
        """How many times it follows what a set of fewer than `few` people answered to a question."""
        matrix, sums = self._equations(tables)
        random = np.random.default_rng(1)
        points = [
            linprog(random.normal(size=self._size), A_eq=matrix, b_eq=sums, bounds=(0, None)).x
            for _ in range(8)
        ]
        return sum(
            self._fixed(some, wave, aim, matrix, sums, points)
            for some in self._small(few)
            for wave in range(len(self._waves))
            if all(self.atoms[at][wave][0] is not None for at in some)
            for aim in self._kind.aims
        )

    def _small(self, few: int) -> Iterator[tuple[int, ...]]:
        for size in (1, 2):
            for some in combinations(range(len(self.atoms)), size):
                if sum(self.n[at] for at in some) < few:
                    yield some

    def _fixed(
        self, some: Sequence[int], wave: int, aim: str, matrix: Any, sums: Any, points: Sequence[Any]
    ) -> bool:
        """Whether each answer to a question has one possible number of people; no answer is none."""
        rows = self._aims(some, wave, aim)
        if not rows or any(np.ptp([row @ point for point in points]) > 0.5 for row in rows.values()):
            return False
        for row in rows.values():
            low, high = (
                sign * linprog(sign * row, A_eq=matrix, b_eq=sums, bounds=(0, None)).fun for sign in (1, -1)
            )
            if high - low > 0.5:
                return False
        return True

    def _aims(self, some: Sequence[int], wave: int, aim: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for at in some:
            for place, way in enumerate(self._ways[at]):
                category = self._kind.figures[aim](self._kind.vectors[way[wave]])
                if category:
                    row = found.setdefault(category, np.zeros(self._size))
                    row[self._starts[at] + place] = 1
        return found

    def _equations(self, tables: Sequence[Table]) -> tuple[Any, Any]:
        entries: list[tuple[int, int]] = []
        sums: list[float] = []
        for equation, total in (*self._sizes(), *self._published(), *self._shown(tables)):
            entries += [(len(sums), column) for column in equation]
            sums.append(total)
        rows, columns = np.array(entries).T
        matrix = coo_array((np.ones(len(rows)), (rows, columns)), shape=(len(sums), self._size)).tocsr()
        return matrix, np.array(sums)

    def _sizes(self) -> Iterator[tuple[list[int], float]]:
        for at, start in enumerate(self._starts):
            yield [int(start) + place for place in range(len(self._ways[at]))], self.n[at]

    def _published(self) -> Iterator[tuple[list[int], float]]:
        """What the releases tell of the whole, of groups and of pools."""
        for wave, release in enumerate(self._releases):
            divided = release.by["alliance"]
            parts: list[tuple[set[str] | None, Part]] = [(None, release.whole)]
            parts += [({group}, part) for group, part in divided.groups.items() if isinstance(part, Part)]
            parts += [(set(pool.members), pool.part) for pool in divided.others]
            for members, part in parts:
                for name, category in self._kind.figures.items():
                    figure = name.partition("=")[0]
                    if not isinstance(part.figures[figure], Reason):
                        yield from self._told(wave, members, category)

    def _told(
        self, wave: int, members: set[str] | None, category: Category
    ) -> Iterator[tuple[list[int], float]]:
        vectors = self._kind.vectors
        totals = Counter(
            category(answers)
            for group, answers in self._waves[wave].values()
            if members is None or group in members
        )
        columns: dict[str, list[int]] = {category(vector): [] for vector in vectors}
        for at, atom in enumerate(self.atoms):
            group = atom[wave][0]
            if group is not None and (members is None or group in members):
                for place, way in enumerate(self._ways[at]):
                    columns[category(vectors[way[wave]])].append(int(self._starts[at]) + place)
        yield from ((found, totals[name]) for name, found in columns.items() if found)

    def _shown(self, tables: Sequence[Table]) -> Iterator[tuple[list[int], float]]:
        for table in tables:
            category = self._kind.topics[table.topic]
            first, second = self._waves[table.first], self._waves[table.second]
            totals = Counter(
                (category(first[code][1]), category(second[code][1])) for code in first if code in second
            )
            columns: dict[tuple[str, str], list[int]] = {}
            for at, atom in enumerate(self.atoms):
                if atom[table.first][0] is None or atom[table.second][0] is None:
                    continue
                for place, way in enumerate(self._ways[at]):
                    sides = [category(self._kind.vectors[way[side]]) for side in (table.first, table.second)]
                    columns.setdefault((sides[0], sides[1]), []).append(int(self._starts[at]) + place)
            yield from ((found, totals[pair]) for pair, found in columns.items() if all(pair))
