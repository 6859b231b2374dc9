"""Exchanges that were found, kept so that other sets at risk and coarser labels may use them again."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from survey.disclosure.layout import Flags, Rows


@dataclass(frozen=True)
class Exchange:
    """Answers that people of some rows exchange: `signs` is 1 where `own` becomes `given`, -1 where back."""

    rows: Rows
    signs: Rows
    own: int
    given: int

    @property
    def apart(self) -> bool:
        """Whether on each side all are of different rows."""
        return len(set(zip(self.rows.tolist(), self.signs.tolist(), strict=True))) == len(self.rows)


class Found:
    """The exchanges found so far for a block: coarser labels and other sets may use them again."""

    def __init__(self) -> None:
        self._rows, self._signs = Growing(), Growing()
        self._starts, self._own, self._given = Growing(), Growing(), Growing()

    def add(self, exchange: Exchange) -> None:
        """Remember one."""
        self._starts.extend([self._rows.size])
        self._rows.extend(exchange.rows)
        self._signs.extend(exchange.signs)
        self._own.extend([exchange.own])
        self._given.extend([exchange.given])

    def changes(self, members: Flags, told: Rows, valid: Flags) -> bool:
        """Whether one of them changes what `members` (by row) answered, `told` apart by vector."""
        own, given = self._own.kept, self._given.kept
        telling = (told[own] != told[given]) & valid[own] & valid[given]
        if not telling.any():
            return False
        taking_part = self._signs.kept * members[self._rows.kept]
        return bool((telling & (np.add.reduceat(taking_part, self._starts.kept) != 0)).any())


class Growing:
    """Numbers that are added to again and again."""

    def __init__(self) -> None:
        self._room, self.size = np.zeros(64, dtype=np.intp), 0

    @property
    def kept(self) -> Rows:
        """All numbers so far."""
        return self._room[: self.size]

    def extend(self, numbers: Sequence[int] | Rows) -> None:
        """Add some."""
        size = self.size + len(numbers)
        if size > len(self._room):
            self._room = np.resize(self._room, 2 * size)
        self._room[self.size : size] = numbers
        self.size = size
