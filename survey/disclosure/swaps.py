"""Whether people could exchange their answers without any published figure changing.

A set of people whose answers can be exchanged with those of others so that the set's own tally
changes while everything published stays the same cannot be recovered by any calculation: the wave
after the exchange would have been published in the very same words. Whole vectors of answers are
exchanged, one category for each figure of a block, so that what is made of several items (a
dimension, a pair) is kept too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from survey.disclosure.entries import Entries, View
from survey.disclosure.exchanges import Exchange, Found
from survey.disclosure.figures import Block
from survey.disclosure.layout import Flags, Rows, numbered
from survey.disclosure.ways import Carriers

TRIES = 40
"""How many vectors are tried for one person, the nearest first. Fewer would withhold more, never less."""

PARTNERS = 40
"""How many people are tried for one person where what they exchange is brought back line by line."""
ALL_WAYS = 4
"""Up to so many lines of breakdowns, all ways to divide them into two are tried."""


@dataclass(frozen=True)
class Person:
    """Somebody in a set at risk: the row, and the vector of answers."""

    row: int
    vector: int


class Swaps:
    """The exchanges that a block's published parts leave open.

    `labels[row, line]` is the finest part that publishes the block for that row, along each line of
    nested breakdowns: people whose labels are all equal are in the same published parts.
    """

    def __init__(self, entries: Entries, labels: Rows, found: Found | None = None) -> None:
        self._entries, self._block = entries, entries.block
        self._found = Found() if found is None else found
        nothing = np.zeros(len(labels), dtype=np.intp)
        columns = [numbered(column) for column in labels.T if len(set(column.tolist())) > 1]
        self._alike = numbered(nothing, *columns)
        self._columns = columns

    @cached_property
    def _together(self) -> View:
        """People of equal labels."""
        return View(self._block, self._alike, np.zeros_like(self._alike))

    @cached_property
    def _views(self) -> list[View]:
        return [self._view(some) for some in _divided(len(self._columns))]

    @cached_property
    def _lines(self) -> list[View]:
        """Along all lines but one, for each line."""
        every = range(len(self._columns))
        return [self._view(tuple(line for line in every if line != one)) for one in every]

    def _view(self, across: tuple[int, ...]) -> View:
        nothing = np.zeros_like(self._alike)
        rest = [column for line, column in enumerate(self._columns) if line not in across]
        return View(
            self._block,
            numbered(nothing, *(self._columns[line] for line in across)),
            numbered(nothing, *rest),
        )

    def hide(self, members: Rows, figure: int, answers: Rows | None = None) -> bool:
        """Whether an exchange changes one figure's tally for `members` (rows) and nothing published.

        `answers[vector]` tells vectors that answer the figure differently; without it its categories do.
        """
        told = self._block.codes[:, figure] if answers is None else answers
        valid = self._block.valid[:, figure]
        flags = np.zeros(len(self._alike), dtype=bool)
        flags[members] = True
        if self._found.changes(flags, told, valid):
            return True
        for exchange in self.exchanges(members, flags, told, valid):
            self._found.add(exchange)
            return True
        return False

    def exchanges(self, rows: Rows, members: Flags, told: Rows, valid: Flags) -> Iterator[Exchange]:
        """Exchanges that change what `rows` answered, `told` apart by vector, and nothing published.

        `members` are the same rows as flags; `valid` tells the vectors that answer the figure.
        """
        people = self._people(rows, valid)
        yield from self._pairs(people, members, told, valid)
        if not self._block.known:
            return
        sides = [(person, side) for person in people for side in self._sides(person, members)]
        for view in self._views:
            for person, side in sides:
                yield from self._round(view, person, side, valid & (told != told[person.vector]))
        if len(self._lines) > 1:
            for person, side in sides:
                yield from self._line_by_line(person, side, valid & (told != told[person.vector]))

    def _sides(self, person: Person, members: Flags) -> Iterator["Sides"]:
        """Those who may exchange with a person: who meet the same conditions, then others.

        The latter must be people who may have given the same answers to all that follows.
        """
        block, own = self._block, int(self._block.kinds[person.vector])
        every = np.ones(len(block.codes), dtype=bool)
        yield Sides(every, ~members, block.kinds == own, ~members)
        if self._entries.following is None:
            return
        alike = block.asked == block.asked[person.vector]
        for given in np.unique(block.kinds[alike & (block.kinds != own)]).tolist():
            rows = self._entries.following.sides(own, given, person.row)
            if rows is not None:
                of_kinds = block.kinds == own, block.kinds == given
                yield Sides(of_kinds[0], rows[0] & ~members, of_kinds[1], rows[1] & ~members, moving=True)

    def _people(self, members: Rows, valid: Flags) -> list[Person]:
        """One person of each label and vector with a valid answer among some rows."""
        entries = self._entries.of_rows(members)
        entries = entries[valid[self._block.vectors[entries]]]
        rows, vectors = self._block.rows[entries], self._block.vectors[entries]
        first = np.unique(self._alike[rows] * len(valid) + vectors, return_index=True)[1]
        return [Person(int(rows[at]), int(vectors[at])) for at in np.sort(first)]

    def _pairs(
        self, people: Sequence[Person], members: Flags, told: Rows, valid: Flags
    ) -> Iterator[Exchange]:
        asked = self._block.asked
        for person in people:
            other = valid & (told != told[person.vector]) & (asked == asked[person.vector])
            yield from self._pair(person, members, other)

    def _pair(self, person: Person, members: Flags, other: Flags) -> Iterator[Exchange]:
        """Somebody of equal labels, who is no member, with one of the `other` vectors.

        People of different kinds must agree in what is exchanged along with the block, too.
        """
        block = self._block
        near = self._together.at(int(self._alike[person.row]))
        near = near[other[block.vectors[near]] & ~members[block.rows[near]]]
        alike = block.beside[block.rows[near]] == block.beside[person.row]
        if block.known:
            alike |= block.kinds[block.vectors[near]] == block.kinds[person.vector]
        for entry in near[alike][:1]:
            rows = np.array([person.row, block.rows[entry]])
            yield Exchange(rows, np.array([1, -1]), person.vector, int(block.vectors[entry]))

    def _round(self, view: View, person: Person, sides: "Sides", other: Flags) -> Iterator[Exchange]:
        """An exchange with somebody at the same place across, that others bring back.

        The other vectors that differ in the fewest figures are tried first.
        """
        block = self._block
        p, q = int(view.across[person.row]), int(view.others[person.row])
        along = view.at(p)
        along = along[(view.q[along] != q) & sides.giving(block, along, other)]
        given = np.unique(block.vectors[along])
        apart = (block.codes[given] != block.codes[person.vector]).sum(axis=1)
        for vector in given[np.argsort(apart, kind="stable")][:TRIES].tolist():
            partners = along[block.vectors[along] == vector]
            carriers = self._carriers(person, vector, sides)
            way = carriers.way(view, q, view.q[partners], [])
            if way is not None:
                yield self._exchange(person, [*way.carriers, int(partners[way.goal])])

    def _exchange(self, person: Person, entries: list[int]) -> Exchange:
        """What the person exchanges with the last of some entries; the others give and take in turn."""
        rows = np.array([person.row, *self._block.rows[entries]])
        given = int(self._block.vectors[entries[-1]])
        return Exchange(rows, np.resize([1, -1], len(rows)), person.vector, given)

    def _line_by_line(self, person: Person, sides: "Sides", other: Flags) -> Iterator[Exchange]:
        """An exchange with anybody, which others bring back along each line by itself.

        Those who share most labels and answers with the person are tried first.
        """
        block = self._block
        able = np.flatnonzero(sides.giving(block, np.arange(len(block.rows)), other))
        apart = (block.codes[block.vectors[able]] != block.codes[person.vector]).sum(axis=1)
        for line in self._lines:
            apart += line.q[able] != line.others[person.row]
        for partner in able[np.argsort(apart, kind="stable")][:PARTNERS].tolist():
            carriers = self._carriers(person, int(block.vectors[partner]), sides)
            used = [partner]
            for line in self._lines:
                way = carriers.way(line, int(line.others[person.row]), line.q[[partner]], used)
                if way is None:
                    break
                used = [*way.carriers, *used]
            else:
                exchange = self._exchange(person, used)
                if not sides.moving or exchange.apart:
                    yield exchange

    def _carriers(self, person: Person, given: int, sides: "Sides") -> Carriers:
        """Those who can carry back what `own` for `given`, exchanged by a person, carried off.

        Two people at one place across carry it: one like `given` and one like `own` where `own` and
        `given` differ, who in every other figure agree, so that the place holds the same categories
        as before, but for what is carried.
        """
        block = self._block
        likeness = self._entries.likeness(block.codes[person.vector] != block.codes[given])
        taking = self._entries.of_vectors(likeness.like(given))
        taking = taking[sides.givers[block.rows[taking]]]
        giving = self._entries.of_vectors(likeness.like(person.vector))
        giving = giving[sides.owners[block.rows[giving]]]
        if sides.moving:
            taking = taking[sides.given[block.vectors[taking]]]
            giving = giving[sides.own[block.vectors[giving]]]
        rests = (likeness.rest[block.vectors[entries]] for entries in (taking, giving))
        return Carriers(taking, giving, *rests)


@dataclass(frozen=True)
class Sides:
    """Who may take part in an exchange of `own` vectors (rows `owners`) for `given` ones (rows `givers`).

    `moving`: they exchange their answers to other blocks, too, so that nobody else than people with such
    vectors may take part, and no two of one row on one side.
    """

    own: Flags
    owners: Flags
    given: Flags
    givers: Flags
    moving: bool = False

    def giving(self, block: Block, entries: Rows, other: Flags) -> Flags:
        """Which of some entries may give one of the `other` vectors."""
        able: Flags = (other & self.given)[block.vectors[entries]] & self.givers[block.rows[entries]]
        return able


def _divided(lines: int) -> list[tuple[int, ...]]:
    """The ways to divide some lines into two, by the first half: all, or each line against the others."""
    sizes = range(1, lines) if lines <= ALL_WAYS else (1, lines - 1)
    return [some for size in sizes for some in combinations(range(lines), size)]
