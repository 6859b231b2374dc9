"""Questionnaire + stored responses -> counts by cell.

Responses are read once, in chunks: each item's answer becomes the number of its category
(`coding`), each figure a number made of its items' (`figures`), and numpy adds up cells and
numbers. Dimensions, pairs and whole blocks (`joint`) are counted per person here, because they
cannot be had from the items' counts later.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

import numpy as np

from survey.counting.coding import ABSENT, WRITTEN, coder, width
from survey.counting.figures import Codes, Figure, figures
from survey.counting.joint import Joint, blocks
from survey.counts import MISSING, NOT_APPLICABLE, Cell, Counts, Tally, WaveCounts, item_figure
from survey.definitions.model import Item, Kind, Questionnaire

CHUNK = 20_000
Stored = tuple[int, Mapping[str, Any]]
"""One stored response: its cell's number, and its answers as decoded JSON (null: does not apply)."""


def count(questionnaire: Questionnaire, cells: tuple[Cell, ...], responses: Iterable[Stored]) -> WaveCounts:
    """All counts of a wave by cell; cells are numbered 0 to len(cells) - 1 in order.

    Text items are not among them: their texts carry no cell.
    """
    counting = _Counting(questionnaire, len(cells))
    stream = iter(responses)
    while chunk := list(islice(stream, CHUNK)):
        counting.add(chunk)
    return counting.finished(cells)


class _Counting:
    """The tables that chunks of responses are added to."""

    def __init__(self, questionnaire: Questionnaire, cells: int) -> None:
        self._questionnaire = questionnaire
        self._cells = cells
        self._items = [item for item in questionnaire.items if item.kind is not Kind.TEXT]
        self._coders = [(item.id, coder(item)) for item in self._items]
        place = {item.id: column for column, item in enumerate(self._items)}
        self._figures = list(figures(questionnaire, place))
        self._tables = {figure.name: self._table(figure.width) for figure in self._figures}
        self._written: dict[str, Counter[tuple[int, str]]] = {
            item_figure(item.id): Counter() for item in self._items if item.kind in WRITTEN
        }
        self._blocks = blocks(self._figures)
        self._joints = [self._joint(block, place) for block in self._blocks if len(block) > 1]
        self._completeness = self._table(3)

    def _table(self, width: int) -> Counts:
        return np.zeros((self._cells, width), dtype=np.int64)

    def _joint(self, block: tuple[Figure, ...], place: Mapping[str, int]) -> Joint:
        columns = sorted({place[item] for figure in block for item in figure.items})
        return Joint(block, [width(self._items[column]) for column in columns], columns)

    def add(self, chunk: list[Stored]) -> None:
        """Count some responses."""
        cells = np.fromiter((cell for cell, _ in chunk), np.int64, len(chunk))
        coded = self._coded(chunk)
        for figure in self._figures:
            self._tables[figure.name] += _crossed(cells, figure.codes(coded), (self._cells, figure.width))
        for joint in self._joints:
            joint.add(cells, coded)
        for item in self._items:
            if item.kind in WRITTEN:
                self._add_written(item, chunk)
        self._completeness += _crossed(cells, self._completeness_codes(coded), (self._cells, 3))

    def _coded(self, chunk: list[Stored]) -> Codes:
        """Responses x items: the number of each answer's category."""
        rows = [[code(answers.get(item, ABSENT)) for item, code in self._coders] for _, answers in chunk]
        return np.array(rows, dtype=np.int64).reshape(len(chunk), len(self._coders))

    def _add_written(self, item: Item, chunk: list[Stored]) -> None:
        name = WRITTEN[item.kind]
        self._written[item_figure(item.id)].update(
            (cell, name(answers[item.id])) for cell, answers in chunk if answers.get(item.id) is not None
        )

    def _completeness_codes(self, coded: Codes) -> Codes:
        """0 complete, 1 partial, 2 below: by the share of items that were answered at all."""
        base = [column for column, item in enumerate(self._items) if item.counts_for_completeness]
        missing = np.array([width(self._items[column]) - 1 for column in base])
        answered = (coded[:, base] != missing).sum(axis=1) if base else np.ones(len(coded))
        share = answered / max(1, len(base))
        complete = share >= self._questionnaire.complete_from
        partial = share >= self._questionnaire.partial_from
        return np.where(complete, 0, np.where(partial, 1, 2))

    def finished(self, cells: tuple[Cell, ...]) -> WaveCounts:
        """All that was counted."""
        tallies = {figure.name: self._tally(figure) for figure in self._figures}
        tallies |= {
            item_figure(item.id): self._written_tally(item) for item in self._items if item.kind in WRITTEN
        }
        named = tuple(tuple(figure.name for figure in block) for block in self._blocks)
        vectors = {
            joint.names: joint.vectors(self._cells, len(self._items)) for joint in self._joints if joint.known
        }
        return WaveCounts(cells, self._completeness, tallies, named, vectors)

    def _tally(self, figure: Figure) -> Tally:
        table = self._tables[figure.name]
        codes = range(figure.width) if figure.every else np.flatnonzero(table.any(axis=0)).tolist()
        categories = tuple(figure.category(code) for code in codes)
        return Tally(categories, tuple(figure.valid(code) for code in codes), table[:, list(codes)])

    def _written_tally(self, item: Item) -> Tally:
        """The answers that occur, then "does not apply" and missing."""
        name = item_figure(item.id)
        found = self._written[name]
        answers = sorted({answer for _, answer in found})
        place = {answer: column for column, answer in enumerate(answers)}
        table = self._table(len(answers))
        for (cell, answer), n in found.items():
            table[cell, place[answer]] += n
        valid = (True,) * len(answers) + (False, False)
        categories = (*answers, NOT_APPLICABLE, MISSING)
        several = item.kind is Kind.CHOICES
        return Tally(categories, valid, np.hstack([table, self._tables[name][:, 1:]]), several)


def _crossed(cells: Codes, codes: Codes, shape: tuple[int, int]) -> Counts:
    """Cells x categories: how many responses fall into each."""
    counted = np.bincount(cells * shape[1] + codes, minlength=shape[0] * shape[1])
    table: Counts = counted.reshape(shape)
    return table
