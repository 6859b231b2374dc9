"""What moves along when people exchange answers that decide what else they are asked.

Somebody who comes to meet other conditions takes over the answers to the items that follow, too. Where
all on one side of an exchange may be taken to have given the same answers to these, and so may all on
the other side, the exchange leaves the items that follow as they were wherever it leaves the filter.
People of one row who were asked the same are in all the same parts, so that it does not matter who
of them gave which answer: it is enough that somebody of the row did.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from survey.disclosure.figures import Block, Numbers
from survey.disclosure.layout import Flags

MOST_KINDS = 8
"""With more kinds of answers than this nothing is moved along: that withholds more, never less."""


@dataclass(frozen=True)
class Follower:
    """A block that follows one other block, and nothing else: whom it is put to is its filter's kind.

    `asked[kind]` is the number (see `Block.asked`) of the vectors that people of a kind give.
    """

    block: Block
    asked: Mapping[int, int]
    rows: int

    @classmethod
    def of(cls, block: Block, by_asked: Numbers, by_kind: Numbers) -> "Follower | None":
        """The follower of a filter; rows x number of people asked alike, and rows x kind of the filter.

        Who is asked what is read from these numbers; None where they could mean two things.
        """
        asked: dict[int, int] = {}
        kinds = np.flatnonzero(by_kind.any(axis=0))
        if len(kinds) > MOST_KINDS:
            return None
        subsets = np.arange(2 ** len(kinds))[:, None] >> np.arange(len(kinds)) & 1
        sums = by_kind[:, kinds] @ subsets.T
        for number in np.flatnonzero(by_asked.any(axis=0)).tolist():
            fitting = np.flatnonzero((sums == by_asked[:, [number]]).all(axis=0))
            if len(fitting) != 1:
                return None
            asked |= dict.fromkeys(kinds[subsets[fitting[0]] == 1].tolist(), number)
        return cls(block, asked, len(by_kind))

    @cached_property
    def _given(self) -> Flags:
        """Rows x vectors, whether somebody gave it."""
        given = np.zeros((self.rows, len(self.block.codes)), dtype=bool)
        given[self.block.rows, self.block.vectors] = True
        return given

    def sharing(self, kind: int, row: int | None) -> Flags:
        """The rows in which people of a kind may have given one and the same vector; `row` among them.

        It is the vector that occurs in the most rows.
        """
        able = self.block.asked == self.asked[kind]
        if row is not None:
            able = able & self._given[row]
        if not able.any():
            return np.zeros(self.rows, dtype=bool)
        vectors = np.flatnonzero(able)
        most = vectors[np.argmax(self._given[:, vectors].sum(axis=0))]
        sharing: Flags = self._given[:, most]
        return sharing


@dataclass(frozen=True)
class Following:
    """All blocks that follow a block, where their answers can be moved along."""

    followers: Sequence[Follower]

    def sides(self, own: int, given: int, row: int) -> tuple[Flags, Flags] | None:
        """The rows of people who may exchange kind `own` for `given`, and back; `row` among the first.

        None where it is not known who is asked what.
        """
        if not all(own in one.asked and given in one.asked for one in self.followers):
            return None
        moving = [one for one in self.followers if one.asked[own] != one.asked[given]]
        every = np.ones(self.followers[0].rows, dtype=bool)
        owners: Flags = np.all([every, *(one.sharing(own, row) for one in moving)], axis=0)
        givers: Flags = np.all([every, *(one.sharing(given, None) for one in moving)], axis=0)
        return owners, givers
