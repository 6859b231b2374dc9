"""Questionnaire + stored responses -> counts by cell.

Responses are read once, in chunks: each item's answer becomes the number of its category
(`coding`), items that were not put to a person are marked (`asking`), each person is given a row
(`dividing`), each figure a number made of its items' (`figures`), and numpy adds up rows and
numbers (`tables`). Dimensions, pairs, whole blocks (`joint`) and `products` are counted per person
here, because they cannot be had from the items' counts later.
"""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

import numpy as np

from survey.counting.asking import Asking, follows, looked_at, routes
from survey.counting.coding import Codes, Coding
from survey.counting.completing import Completing
from survey.counting.dividing import Rows
from survey.counting.figures import Figure, figures
from survey.counting.joint import Joint, blocks
from survey.counting.products import Products
from survey.counting.tables import Dense, Sparse
from survey.counts import Cell, Counts, Tally, Vectors, WaveCounts, products_figure
from survey.definitions.model import Kind, Questionnaire

CHUNK = 20_000
LARGEST_WRITTEN = 2**40
"""More different answers to one item than this cannot be met."""
Stored = tuple[int, Mapping[str, Any]]
"""One stored response: its cell's number, and its answers as decoded JSON (null: does not apply)."""


def count(questionnaire: Questionnaire, cells: tuple[Cell, ...], responses: Iterable[Stored]) -> WaveCounts:
    """All counts of a wave by cell; cells are numbered 0 to len(cells) - 1 in order.

    Text items are not among them: their texts carry no cell.
    """
    counting = _Counting(questionnaire, cells)
    stream = iter(responses)
    while chunk := list(islice(stream, CHUNK)):
        counting.add(chunk)
    return counting.finished()


class _Counting:
    """The tables that chunks of responses are added to."""

    def __init__(self, questionnaire: Questionnaire, cells: tuple[Cell, ...]) -> None:
        self._questionnaire = questionnaire
        self._items = [item for item in questionnaire.items if item.kind is not Kind.TEXT]
        self._codings = [Coding(item) for item in self._items]
        self._place = {item.id: column for column, item in enumerate(self._items)}
        self._asking = Asking(self._codings, self._place)
        self._rows = Rows(questionnaire, cells, self._codings)
        self._figures = list(figures(questionnaire, self._codings))
        self._tables = {figure.name: Dense(figure.width) for figure in self._figures if figure.width}
        self._written = {figure.name: Sparse() for figure in self._figures if not figure.width}
        self._blocks = blocks(self._figures, map(looked_at, self._items))
        self._joints = [self._joint(block) for block in self._blocks if len(block) > 1]
        self._products = [
            Products(products_figure(profile.id, dimension.id), dimension.items, self._codings)
            for profile, dimension in questionnaire.dimensions()
            if len(dimension.items) > 1
        ]
        self._completing = Completing(questionnaire, self._items)
        self._completeness = Dense(3)

    def _joint(self, block: tuple[Figure, ...]) -> Joint:
        columns = sorted({self._place[item] for figure in block for item in figure.items})
        return Joint(block, columns, self._codings)

    def add(self, chunk: list[Stored]) -> None:
        """Count some responses."""
        cells = np.fromiter((cell for cell, _ in chunk), np.int64, len(chunk))
        answers = [answers for _, answers in chunk]
        coded = np.zeros((len(self._codings), len(chunk)), dtype=np.int64)
        for column, coding in enumerate(self._codings):
            coded[column] = coding.codes(answers)
        self._asking.mark(coded)
        rows = self._rows.of(cells, coded)
        self._add_figures(rows, coded)
        for joint in self._joints:
            joint.add(rows, coded)
        for products in self._products:
            products.add(coded)
        self._completeness.add(rows, self._completing.codes(coded), self._rows.number)

    def _add_figures(self, rows: Codes, coded: Codes) -> None:
        for figure in self._figures:
            codes = figure.codes(coded)
            if figure.name in self._tables:
                self._tables[figure.name].add(rows, codes, self._rows.number)
            else:
                self._written[figure.name].add(rows * LARGEST_WRITTEN + codes)

    def finished(self) -> WaveCounts:
        """All that was counted; nothing can be added any more."""
        cells, order = self._rows.finished()
        tallies = {figure.name: self._tally(figure, order) for figure in self._figures}
        return WaveCounts(
            cells,
            self._completeness.table(order),
            tallies,
            tuple(tuple(figure.name for figure in block) for block in self._blocks),
            self._vectors(np.argsort(order)),
            follows(self._items),
            routes(self._items, {name: tally.categories for name, tally in tallies.items()}),
            {products.name: products.finished() for products in self._products},
        )

    def _vectors(self, place: Codes) -> dict[tuple[str, ...], Vectors]:
        """Each block's vectors; what they are made of is let go at once, as it may be large."""
        found = {}
        while self._joints:
            joint = self._joints.pop(0)
            if joint.known:
                found[joint.names] = joint.vectors(place)
        return found

    def _tally(self, figure: Figure, order: Codes) -> Tally:
        if figure.width:
            table = self._tables.pop(figure.name).table(order)
        else:
            table = self._written_table(figure, order)
        shown = figure.shown if figure.shown is not None else np.flatnonzero(table.any(axis=0)).tolist()
        categories = tuple(figure.category(code) for code in shown)
        valid = tuple(figure.valid(code) for code in shown)
        return Tally(categories, valid, table[:, list(shown)], figure.several)

    def _written_table(self, figure: Figure, order: Codes) -> Counts:
        keys, n = self._written.pop(figure.name).counted()
        rows, codes = np.divmod(keys, LARGEST_WRITTEN)
        shown = figure.shown or ()
        table = np.zeros((len(order), len(shown)), dtype=np.int64)
        table[np.argsort(order)[rows], codes] = n
        return table
