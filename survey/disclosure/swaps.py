"""Whether two people, or four, could exchange their answers without any published figure changing.

A set of people whose answers can be exchanged with those of others so that the set's own tally
changes while everything published stays the same cannot be recovered by any calculation: the wave
after the exchange would have been published in the very same words. Whole vectors of answers are
exchanged, one category for each figure of a block, so that what is made of several items (a
dimension, a pair) is kept too.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
"""Counts as exact floats, which numpy multiplies far faster than integers."""
Rows = NDArray[np.intp]
Flags = NDArray[np.bool_]

TRIES = 40
"""How many vectors are tried for one person, the nearest first. Fewer would withhold more, never less."""


@dataclass(frozen=True)
class Block:
    """How many people of each row gave which vector of answers to figures that share items.

    `table[row, vector]` counts people; `codes[vector, figure]` is the vector's category of a figure,
    and `valid[vector, figure]` whether that is a valid answer. Where the vectors are not known, a
    figure stands alone and `rectangles` is False: then only two people may exchange, whatever else
    they answered.
    """

    table: Table
    codes: Rows
    valid: Flags
    rectangles: bool = True


class Swaps:
    """The exchanges that a block's published parts leave open.

    `labels[row, line]` is the finest part that publishes the block for that row, along each line of
    nested breakdowns: people whose labels are all equal are in the same published parts.
    """

    def __init__(self, block: Block, labels: Rows) -> None:
        self._block = block
        self._views = [self._view(labels, line) for line in range(labels.shape[1])]

    def _view(self, labels: Rows, line: int) -> tuple[Rows, Rows, Table]:
        """Rows' place along one line and along all the others together, and the vectors at each place."""
        across = np.unique(labels[:, line], return_inverse=True)[1].reshape(-1)
        others = np.unique(np.delete(labels, line, axis=1), axis=0, return_inverse=True)[1].reshape(-1)
        there = np.zeros((across.max() + 1, others.max() + 1, self._block.table.shape[1]))
        order = np.lexsort((others, across))
        p, q = across[order], others[order]
        first = np.flatnonzero(np.r_[True, (np.diff(p) != 0) | (np.diff(q) != 0)])
        there[p[first], q[first]] = np.add.reduceat(self._block.table[order], first, axis=0)
        return across, others, there

    def hide(self, members: Rows, figure: int, answers: Rows | None = None) -> bool:
        """Whether an exchange changes one figure's tally for `members` (rows) and nothing published.

        `answers[vector]` tells vectors that answer the figure differently; without it its categories do.
        """
        codes = self._block.codes[:, figure] if answers is None else answers
        valid = self._block.valid[:, figure]
        mine = self._block.table[members]
        asked = np.argwhere((mine > 0) & valid)
        for across, others, there in self._views:
            places = across[members], others[members]
            np.subtract.at(there, places, mine)
            found = any(
                self._open(there, int(places[0][at]), int(places[1][at]), v, valid & (codes != codes[v]))
                for at, v in asked
            )
            np.add.at(there, places, mine)
            if found:
                return True
        return False

    def _open(self, there: Table, p: int, q: int, own: int, other: Flags) -> bool:
        """Whether the person at (p, q) with the vector `own` can exchange it for one of `other`."""
        if (there[p, q, other] > 0).any():
            return True
        return self._block.rectangles and any(
            self._closes(there, p, q, own, vector) for vector in self._along(there, p, q, own, other)
        )

    def _along(self, there: Table, p: int, q: int, own: int, other: Flags) -> Iterator[int]:
        """The other vectors at p but not at q, those that differ in the fewest figures first."""
        elsewhere = there[p] > 0
        elsewhere[q] = False
        found = np.flatnonzero(elsewhere.any(axis=0) & other)
        apart = (self._block.codes[found] != self._block.codes[own]).sum(axis=1)
        return iter(found[np.argsort(apart, kind="stable")][:TRIES].tolist())

    def _closes(self, there: Table, p: int, q: int, own: int, given: int) -> bool:
        """Whether others can bring back to q what `own` for `given`, exchanged along p, carried off.

        Two people at one p2 carry it from a to b: the one at (p2, a) is like `own` and the one at
        (p2, b) like `given` where `own` and `given` differ, and in every other figure these two
        agree, so that a and b hold the same categories as before, but for what is carried. One step
        closes a rectangle; several steps go through other places.
        """
        codes = self._block.codes
        apart = codes[own] != codes[given]
        like_given = np.flatnonzero((codes[:, apart] == codes[given, apart]).all(axis=1))
        if not there[:, q, like_given].any():
            return False
        like_own = np.flatnonzero((codes[:, apart] == codes[own, apart]).all(axis=1))
        agree = (codes[like_given][:, None, ~apart] == codes[like_own][None, :, ~apart]).all(axis=2)
        taking = (there[:, :, like_given] > 0).astype(np.float32) @ agree.astype(np.float32) > 0
        giving = there[:, :, like_own] > 0
        steps = np.tensordot(giving.astype(np.float32), taking.astype(np.float32), ([0, 2], [0, 2])) > 0
        reached = there[p, :, given] > 0
        while not reached[q]:
            further = reached | steps[reached].any(axis=0)
            if (further == reached).all():
                return False
            reached = further
        return True
