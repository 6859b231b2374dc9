"""Where counts are kept while responses come in: by row and category, all of them or those that occur."""

import numpy as np
from numpy.typing import NDArray

from survey.counting.coding import Codes
from survey.counts import Counts

FEWEST_WAITING = 50_000
"""Pairs are put in order once so many wait, or a quarter of those that are in order."""


class Dense:
    """A count for every row and category; rows come to be as they are met."""

    def __init__(self, width: int) -> None:
        self._table = np.zeros((0, width), dtype=np.int64)

    def add(self, rows: Codes, codes: Codes, number: int) -> None:
        """Count some people in their rows, of which there are `number` by now."""
        width = self._table.shape[1]
        counted = np.bincount(rows * width + codes, minlength=number * width).reshape(number, width)
        counted[: len(self._table)] += self._table
        self._table = counted

    def table(self, places: Codes) -> Counts:
        """Rows x categories, the rows in the order of `places`; rows without people hold zeros."""
        found = np.zeros((len(places), self._table.shape[1]), dtype=np.int64)
        met = places < len(self._table)
        found[met] = self._table[places[met]]
        return found


class Sparse:
    """A count for every number that occurs, of numbers that may be as large as 2**62."""

    def __init__(self) -> None:
        self._keys = np.zeros(0, dtype=np.int64)
        self._n = np.zeros(0, dtype=np.int32)
        self._waiting: list[tuple[Codes, Codes]] = []

    def add(self, keys: Codes) -> None:
        """Count one number for each person."""
        self._waiting.append(np.unique(keys, return_counts=True))
        if sum(len(found) for found, _ in self._waiting) > max(FEWEST_WAITING, len(self._keys) // 4):
            self._put_in_order()

    def _put_in_order(self) -> None:
        keys = np.concatenate([self._keys, *(found for found, _ in self._waiting)])
        n = np.concatenate([self._n, *(n.astype(np.int32) for _, n in self._waiting)])
        self._waiting.clear()
        # A stable sort merges stretches that are in order already.
        order = np.argsort(keys, kind="stable")
        keys, n = keys[order], n[order]
        first = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
        self._keys, self._n = keys[first], np.add.reduceat(n, first)

    def counted(self) -> tuple[Codes, NDArray[np.int32]]:
        """The numbers that occur, ascending, and how often each."""
        if self._waiting:
            self._put_in_order()
        return self._keys, self._n
