"""Figures that share items, together: what one of them tells bears on the others."""

from collections.abc import Iterable, Sequence

import numpy as np

from survey.counting.coding import Codes, Coding
from survey.counting.figures import Figure
from survey.counting.tables import Sparse
from survey.counts import Vectors

MOST_VECTORS = 20_000
"""A block with more different vectors of answers than this keeps none, so that closing stays cheap."""
LARGEST_CODE = 2**62
MOST_ROWS = 10**6


def blocks(figures: Sequence[Figure], together: Iterable[Iterable[str]]) -> tuple[tuple[Figure, ...], ...]:
    """The figures, those that share an item (directly, or through others) in one block.

    `together` are sets of items that belong in one block though no figure is made of all of them.
    """
    ties = [set(figure.items) for figure in figures] + [set(items) for items in together if items]
    groups: list[set[str]] = []
    for tie in ties:
        touching = [group for group in groups if group & tie]
        groups = [group for group in groups if group not in touching] + [tie.union(*touching)]
    found = [tuple(figure for figure in figures if group.issuperset(figure.items)) for group in groups]
    place = {figure.name: number for number, figure in enumerate(figures)}
    return tuple(sorted(found, key=lambda block: place[block[0].name]))


class Joint:
    """Counts the answers to all items of a block together, by row."""

    def __init__(self, block: Sequence[Figure], columns: Sequence[int], codings: Sequence[Coding]) -> None:
        """`columns` are the places of the block's items among all `codings`."""
        self.names = tuple(figure.name for figure in block)
        self._figures = block
        self._columns = columns
        self._all = len(codings)
        self._codings = [codings[column] for column in columns]
        # Of a written answer as many categories as vectors may be: with more, the vectors are too many.
        self._widths = [
            MOST_VECTORS if coding.written else len(coding.categories) for coding in self._codings
        ]
        self._size = int(np.prod([float(width) for width in self._widths]))
        self._found = Sparse()
        self._different = np.zeros(0, dtype=np.int64)

    @property
    def known(self) -> bool:
        """False where the vectors are too many to be kept."""
        fitting = all(
            len(coding.categories) <= width for coding, width in zip(self._codings, self._widths, strict=True)
        )
        return self._size < LARGEST_CODE // MOST_ROWS and fitting and len(self._different) <= MOST_VECTORS

    def add(self, rows: Codes, coded: Codes) -> None:
        """Count some people's answers."""
        if not self.known:
            self._found = Sparse()
            return
        vectors = np.zeros(len(rows), dtype=np.int64)
        for column, width in zip(self._columns, self._widths, strict=True):
            vectors = vectors * width + coded[column]
        self._found.add(rows * self._size + vectors)
        self._different = np.union1d(self._different, vectors)

    def vectors(self, place: Codes) -> Vectors:
        """The vectors that occur, each as one category of every figure.

        `place[row]` is the position that a row has in the end.
        """
        coded = np.zeros((self._all, len(self._different)), dtype=np.int64)
        rest = self._different
        for column, width in reversed(list(zip(self._columns, self._widths, strict=True))):
            rest, coded[column] = np.divmod(rest, width)
        categories = list(zip(*(_named(figure, coded) for figure in self._figures), strict=True))
        # By name: the numbers of written answers go by which came first.
        order = sorted(range(len(categories)), key=categories.__getitem__)
        places = np.argsort(order)
        keys, n = self._found.counted()
        rows, vectors = np.divmod(keys, self._size)
        rows, vectors = place[rows], places[np.searchsorted(self._different, vectors)]
        pairs = np.lexsort((vectors, rows))
        return Vectors(
            tuple(categories[one] for one in order),
            rows[pairs].astype(np.int32),
            vectors[pairs].astype(np.int32),
            n[pairs],
        )


def _named(figure: Figure, coded: Codes) -> list[str]:
    """The category of each vector."""
    codes, place = np.unique(figure.codes(coded), return_inverse=True)
    names = [figure.category(code) for code in codes.tolist()]
    return [names[one] for one in place.reshape(-1).tolist()]
