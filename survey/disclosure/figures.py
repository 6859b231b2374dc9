"""A wave's counts as disclosure control works on them: sparse, one row for each combination of values."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from survey.counts import NOT_ASKED, NOT_ASSIGNED, Tally, Vectors, WaveCounts
from survey.disclosure.layout import Flags, Rows, numbered

Numbers = NDArray[np.int64]

CHUNK = 2_000_000
"""Tables of more sets x categories than this are looked at some categories at a time."""


@dataclass(frozen=True)
class RowsOf:
    """The cells in the order of their values; cells of equal values are one row."""

    values: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[int, ...], ...]
    responses: tuple[int, ...]
    row: Rows
    """By cell, its row."""

    @classmethod
    def of(cls, counts: WaveCounts, unknown: Collection[int] = ()) -> "RowsOf":
        """The rows of some counts; values in the columns `unknown` are taken as not assigned."""
        found: dict[tuple[str, ...], list[int]] = {}
        for position, cell in enumerate(counts.cells):
            told = tuple(NOT_ASSIGNED if n in unknown else value for n, value in enumerate(cell.values))
            found.setdefault(told, []).append(position)
        values = tuple(sorted(found))
        cells = tuple(tuple(found[combination]) for combination in values)
        row = np.zeros(len(counts.cells), dtype=np.intp)
        for number, group in enumerate(cells):
            row[list(group)] = number
        responses = np.zeros(len(values), dtype=np.int64)
        np.add.at(responses, row, counts.responses)
        return cls(values, cells, tuple(responses.tolist()), row)


@dataclass(frozen=True)
class Block:
    """Who gave which vector of answers to figures that share items.

    Somebody of row `rows[i]` gave the vector `vectors[i]`, in the order of rows and vectors.
    `codes[vector, figure]` is the vector's category of a figure, and `valid[vector, figure]` whether
    that is a valid answer. `asked[vector]` numbers which of the block's items were put to the person
    because of answers to other blocks, `kinds[vector]` besides which conditions its answers meet.
    Where the vectors are not known (`known` is False), a figure stands alone: then only two people may
    exchange, whatever else they answered.

    `beside[row]`: people who exchange answers of different kinds, or unknown vectors, exchange what
    follows from them, too, and must agree in these numbers.
    """

    rows: Rows
    vectors: Rows
    codes: Rows
    valid: Flags
    asked: Rows
    kinds: Rows
    known: bool
    beside: Rows


@dataclass(frozen=True)
class Figure:
    """One figure: `n[i]` people of row `rows[i]` gave the valid answer `codes[i]`.

    `place` is its column in the block, `valid` tells which of its categories are answers.
    `options[category, option]` tells which options a category of a
    several-choice item ticks, over all its categories; other figures have none: each category is an answer.
    """

    block: Block
    place: int
    rows: Rows
    codes: Rows
    n: Numbers
    valid: Flags
    options: Flags | None = None

    @property
    def different(self) -> int:
        """How many different answers are shown: categories, or options."""
        return int(self.valid.sum()) if self.options is None else int(self.options.shape[1])

    @cached_property
    def shown(self) -> tuple[Rows, Rows, Numbers, int]:
        """(rows, answers, n, width): the answers that are shown, numbers below `width`."""
        if self.options is None:
            return self.rows, self.codes, self.n, len(self.valid)
        entry, option = np.nonzero(self.options[self.codes])
        return self.rows[entry], option, self.n[entry], self.options.shape[1]

    def answers(self, groups: Rows, size: int) -> Numbers:
        """How many valid answers each group of rows has; `groups[row]` is below `size`."""
        return _added(groups[self.rows], self.n, size)

    def tables(self, groups: Rows, size: int) -> Iterator[Numbers]:
        """Groups x shown answers, some answers at a time."""
        rows, codes, n, width = self.shown
        step = max(1, CHUNK // max(1, size))
        for first in range(0, width, step):
            wide = min(step, width - first)
            here = (codes >= first) & (codes < first + wide)
            places = groups[rows[here]] * wide + codes[here] - first
            yield _added(places, n[here], size * wide).reshape(size, wide)

    def secrets(self, members: Flags) -> list[Rows]:
        """What must not follow of some rows: by vector, numbers that tell its answers apart.

        An exchange must change each: the category, or every option that all the members ticked.
        """
        if self.options is None:
            return [self.block.codes[:, self.place]]
        here = members[self.rows]
        ticked = (self.options[self.codes[here]] * self.n[here, None]).sum(axis=0)
        common = np.flatnonzero(ticked == self.n[here].sum())
        return [self.options[:, option].astype(np.intp) for option in common] or [
            self.block.codes[:, self.place]
        ]


def _added(places: Rows, n: Numbers, size: int) -> Numbers:
    return np.bincount(places, weights=n, minlength=size).astype(np.int64)


def figures_of(counts: WaveCounts, rows: RowsOf, names: tuple[str, ...], beside: Rows) -> list[Figure]:
    """A block's figures, with its vectors where these are known."""
    tallies = [counts.tallies[name] for name in names]
    if names in counts.vectors:
        block = _joint(counts, rows, names, beside)
        blocks = [block] * len(names)
        places = list(range(len(names)))
    else:
        blocks = [_alone(counts, rows, name, len(names) == 1, beside) for name in names]
        places = [0] * len(names)
    return [_figure(*one, rows) for one in zip(blocks, places, tallies, strict=True)]


def _figure(block: Block, place: int, tally: Tally, rows: RowsOf) -> Figure:
    valid = np.array(tally.valid, dtype=bool)
    cells, codes = np.nonzero(tally.table * valid)
    n = tally.table[cells, codes]
    return Figure(block, place, rows.row[cells], codes, n, valid, _options(tally))


def _options(tally: Tally) -> Flags | None:
    """Categories x options that occur, True where ticked; None where each category is an answer."""
    if not tally.several:
        return None
    ticked = [set(c.split("|")) if ok else set() for c, ok in zip(tally.categories, tally.valid, strict=True)]
    options = sorted(set().union(*ticked))
    flags = [[option in together for option in options] for together in ticked]
    return np.array(flags, dtype=bool).reshape(len(ticked), len(options))


def _joint(counts: WaveCounts, rows: RowsOf, names: tuple[str, ...], beside: Rows) -> Block:
    vectors = counts.vectors[names]
    codes = _codes(vectors, [counts.tallies[name] for name in names])
    return _block(
        counts, names, codes, (rows.row[vectors.cells], vectors.vectors.astype(np.intp)), True, beside
    )


def _codes(vectors: Vectors, tallies: Sequence[Tally]) -> Rows:
    columns = [{category: n for n, category in enumerate(tally.categories)} for tally in tallies]
    return np.array(
        [[column[c] for column, c in zip(columns, vector, strict=True)] for vector in vectors.categories],
        dtype=np.intp,
    ).reshape(-1, len(tallies))


def _alone(counts: WaveCounts, rows: RowsOf, name: str, known: bool, beside: Rows) -> Block:
    tally = counts.tallies[name]
    cells, codes = np.nonzero(tally.table)
    every = np.arange(len(tally.categories))[:, None]
    return _block(counts, (name,), every, (rows.row[cells], codes), known, beside)


def _block(
    counts: WaveCounts, names: Sequence[str], codes: Rows, given: tuple[Rows, Rows], known: bool, beside: Rows
) -> Block:
    order = np.lexsort(given[::-1])
    valid = np.column_stack(
        [
            np.array(counts.tallies[name].valid, dtype=bool)[codes[:, place]]
            for place, name in enumerate(names)
        ]
    )
    asked = numbered(np.zeros(len(codes), dtype=np.intp), *_patterns(counts, names, codes))
    kinds = numbered(asked, *_routes(counts, names, codes))
    rows, vectors = (one[order].astype(np.intp) for one in given)
    return Block(rows, vectors, codes, valid, asked, kinds, known, beside)


def _patterns(counts: WaveCounts, names: Sequence[str], codes: Rows) -> list[Rows]:
    """By vector, whether each item was asked that answers outside the block decide on.

    What answers inside decide on goes with these: whole vectors are exchanged.
    """
    return [
        _not_asked(counts.tallies[name])[codes[:, place]]
        for place, name in enumerate(names)
        if not set(counts.follows.get(name, ())) <= set(names)
    ]


def _routes(counts: WaveCounts, names: Sequence[str], codes: Rows) -> list[Rows]:
    """By vector, the route of each answer that decides on items outside the block."""
    outside = {one for name, filters in counts.follows.items() if name not in names for one in filters}
    return [
        np.array(counts.routes[name], dtype=np.intp)[codes[:, place]]
        for place, name in enumerate(names)
        if name in outside
    ]


def _not_asked(tally: Tally) -> Rows:
    return np.array([category == NOT_ASKED for category in tally.categories], dtype=np.intp)
