"""Who gave which vector of answers, found by row, by vector, by place, and by likeness."""

from dataclasses import dataclass

import numpy as np

from survey.disclosure.figures import Block
from survey.disclosure.followers import Following
from survey.disclosure.layout import Flags, Rows, numbered


@dataclass(frozen=True)
class Likeness:
    """Vectors by their categories of some figures (`same`) and of all the others (`rest`)."""

    same: Rows
    rest: Rows
    order: Rows
    starts: Rows

    def like(self, vector: int) -> Rows:
        """The vectors that agree with one in the `same` figures."""
        number = self.same[vector]
        return self.order[self.starts[number] : self.starts[number + 1]]


class Entries:
    """A block's entries (row, vector), found by row, and by vector; and what follows the block."""

    def __init__(self, block: Block, rows: int, following: Following | None = None) -> None:
        self.block, self.following = block, following
        self._of_row = np.searchsorted(block.rows, np.arange(rows + 1))
        self._by_vector = np.argsort(block.vectors, kind="stable")
        self._of_vector = np.searchsorted(block.vectors[self._by_vector], np.arange(len(block.codes) + 1))
        self._likeness: dict[bytes, Likeness] = {}

    def of_rows(self, rows: Rows) -> Rows:
        """The entries of some rows."""
        return _ranges(self._of_row[rows], self._of_row[rows + 1])

    def of_vectors(self, vectors: Rows) -> Rows:
        """The entries of some vectors."""
        entries: Rows = self._by_vector[_ranges(self._of_vector[vectors], self._of_vector[vectors + 1])]
        return entries

    def likeness(self, figures: Flags) -> Likeness:
        """The block's vectors by the figures named and the others."""
        key = figures.tobytes()
        if key not in self._likeness:
            codes = self.block.codes
            nothing = np.zeros(len(codes), dtype=np.intp)
            same, rest = (numbered(nothing, *codes[:, some].T) for some in (figures, ~figures))
            order = np.argsort(same, kind="stable")
            starts = np.searchsorted(same[order], np.arange(int(same.max(initial=0)) + 2))
            self._likeness[key] = Likeness(same, rest, order, starts)
        return self._likeness[key]


def _ranges(starts: Rows, stops: Rows) -> Rows:
    """All numbers from each start up to its stop."""
    lengths = stops - starts
    ends = np.cumsum(lengths)
    numbers: Rows = np.arange(int(lengths.sum())) + np.repeat(starts - ends + lengths, lengths)
    return numbers


class View:
    """People's places: `across` by some lines' labels together, `others` by all the other lines'."""

    def __init__(self, block: Block, across: Rows, others: Rows) -> None:
        self.across, self.others = across, others
        self.p, self.q = across[block.rows], others[block.rows]
        self._order = np.argsort(self.p, kind="stable")
        self._starts = np.searchsorted(self.p[self._order], np.arange(int(across.max(initial=0)) + 2))

    def at(self, place: int) -> Rows:
        """The entries at one place across."""
        return self._order[self._starts[place] : self._starts[place + 1]]
