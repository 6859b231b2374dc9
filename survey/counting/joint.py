"""Figures that share items, together: what one of them tells bears on the others."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from survey.counting.figures import Codes, Figure
from survey.counts import Vectors

MOST_VECTORS = 20_000
"""A block with more different vectors of answers than this keeps none, so that closing stays cheap."""
LARGEST_CODE = 2**62


def blocks(figures: Sequence[Figure]) -> tuple[tuple[Figure, ...], ...]:
    """The figures, those that share an item (directly, or through others) in one block."""
    found: list[list[Figure]] = []
    for figure in figures:
        touching = [block for block in found if any(set(figure.items) & set(one.items) for one in block)]
        found = [block for block in found if block not in touching]
        found.append([one for block in touching for one in block] + [figure])
    return tuple(tuple(block) for block in found)


class Joint:
    """Counts the answers to all items of a block together, by cell."""

    def __init__(self, block: Sequence[Figure], widths: Sequence[int], columns: Sequence[int]) -> None:
        """`columns` are the places of the block's items, `widths` their numbers of categories."""
        self.names = tuple(figure.name for figure in block)
        self._figures = block
        self._columns = columns
        self._widths = widths
        self._size = int(np.prod([float(width) for width in widths]))
        self._found: Counter[tuple[int, int]] = Counter()
        self._different: set[int] = set()

    @property
    def known(self) -> bool:
        """False where the vectors are too many to be kept."""
        return self._size < LARGEST_CODE // 10**6 and len(self._different) <= MOST_VECTORS

    def add(self, cells: Codes, coded: Codes) -> None:
        """Count some people's answers."""
        if not self.known:
            self._found.clear()
            return
        vectors = np.zeros(len(coded), dtype=np.int64)
        for column, width in zip(self._columns, self._widths, strict=True):
            vectors = vectors * width + coded[:, column]
        places, n = np.unique(cells * self._size + vectors, return_counts=True)
        pairs = [divmod(place, self._size) for place in places.tolist()]
        self._found.update(dict(zip(pairs, n.tolist(), strict=True)))
        self._different.update(vector for _, vector in pairs)

    def vectors(self, cells: int, items: int) -> Vectors:
        """The vectors that occur, each as one category of every figure; `items` columns are coded in all."""
        given = sorted(self._different)
        coded = np.zeros((len(given), items), dtype=np.int64)
        rest = np.array(given, dtype=np.int64)
        for column, width in reversed(list(zip(self._columns, self._widths, strict=True))):
            rest, coded[:, column] = np.divmod(rest, width)
        table = np.zeros((cells, len(given)), dtype=np.int64)
        place = {vector: number for number, vector in enumerate(given)}
        for (cell, vector), n in self._found.items():
            table[cell, place[vector]] += n
        named = [[figure.category(code) for code in figure.codes(coded).tolist()] for figure in self._figures]
        return Vectors(tuple(zip(*named, strict=True)), table)
