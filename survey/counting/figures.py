"""The figures of a questionnaire: from the numbers of people's answers to each figure's category.

A figure's `codes` turns the answers of many people (people x items, see `coding`) into one number for each
person, below `width`; `category` is the name of such a number and `valid` whether it is a valid answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from survey.counting.coding import WRITTEN, turned, width
from survey.counts import MISSING, NOT_APPLICABLE, dimension_figure, item_figure, pair_figure
from survey.definitions.model import Dimension, Item, Questionnaire, StatusChange

Codes = NDArray[np.int64]


class Figure(Protocol):
    """One figure that is counted. `items` names the items that it is made of."""

    name: str
    items: tuple[str, ...]
    width: int
    every: bool
    """Whether categories that nobody chose are counted too, with 0."""

    def codes(self, coded: Codes) -> Codes:
        """One number for each person."""

    def category(self, code: int) -> str:
        """The name of a number."""

    def valid(self, code: int) -> bool:
        """Whether a number is a valid answer."""


def figures(questionnaire: Questionnaire, place: Mapping[str, int]) -> Iterator[Figure]:
    """Every figure; `place` tells the column of each item that is not a text."""
    for item_id, column in place.items():
        yield _ItemFigure(questionnaire.item(item_id), column)
    for profile, dimension in questionnaire.dimensions():
        yield _Scores(dimension_figure(profile.id, dimension.id), dimension, questionnaire, place)
    for change in questionnaire.status_changes():
        yield _Pair(change, questionnaire, place)


class _ItemFigure:
    """An item's own categories; of a number or several choices only whether it was answered."""

    every = True

    def __init__(self, item: Item, column: int) -> None:
        self.name = item_figure(item.id)
        self.items: tuple[str, ...] = (item.id,)
        self.width = width(item)
        self._column = column
        answered = ("",) if item.kind in WRITTEN else item.codes
        self._categories = (*answered, NOT_APPLICABLE, MISSING)

    def codes(self, coded: Codes) -> Codes:
        column: Codes = coded[:, self._column]
        return column

    def category(self, code: int) -> str:
        return self._categories[code]

    def valid(self, code: int) -> bool:
        return code < self.width - 2


class _Scores:
    """A dimension: items answered * span + sum, reversed items turned; valid from half of the items."""

    every = False

    def __init__(
        self, name: str, dimension: Dimension, questionnaire: Questionnaire, place: Mapping[str, int]
    ) -> None:
        asked = [questionnaire.item(item_id) for item_id in dimension.items]
        self.name = name
        self.items = dimension.items
        self._columns = [place[item.id] for item in asked]
        self._lowest = min(min(turned(item)) for item in asked)
        # Counted from the lowest value up, so that sums are never negative, whatever the scale.
        self._values = [np.array([value - self._lowest for value in turned(item)] + [0, 0]) for item in asked]
        self._answered = [np.array([1] * len(item.codes) + [0, 0]) for item in asked]
        self._span = 1 + sum(int(values.max()) for values in self._values)
        self.width = self._span * (len(asked) + 1)

    def codes(self, coded: Codes) -> Codes:
        codes = np.zeros(len(coded), dtype=np.int64)
        for column, values, answered in zip(self._columns, self._values, self._answered, strict=True):
            codes += answered[coded[:, column]] * self._span + values[coded[:, column]]
        return codes

    def category(self, code: int) -> str:
        answered, above = divmod(code, self._span)
        return f"{answered}:{above + answered * self._lowest}"

    def valid(self, code: int) -> bool:
        answered = code // self._span
        return answered > 0 and 2 * answered >= len(self._columns)


@dataclass(frozen=True)
class _Side:
    """One side of a pair: the item's column, and its categories' places among the statuses."""

    column: int
    places: Codes


class _Pair:
    """Before * (statuses + 1) + after; a side that is no status counts as the last, empty one."""

    every = True

    def __init__(self, change: StatusChange, questionnaire: Questionnaire, place: Mapping[str, int]) -> None:
        self.name = pair_figure(change.id)
        self.items: tuple[str, ...] = (change.before, change.after)
        statuses = questionnaire.item(change.before).codes
        self._sides = (*statuses, MISSING)
        self.width = len(self._sides) ** 2
        self._asked = [
            _Side(place[item_id], _places(statuses, questionnaire.item(item_id).codes))
            for item_id in self.items
        ]

    def codes(self, coded: Codes) -> Codes:
        before, after = (side.places[coded[:, side.column]] for side in self._asked)
        codes: Codes = before * len(self._sides) + after
        return codes

    def category(self, code: int) -> str:
        before, after = divmod(code, len(self._sides))
        return f"{self._sides[before]}>{self._sides[after]}"

    def valid(self, code: int) -> bool:
        return MISSING not in (self._sides[side] for side in divmod(code, len(self._sides)))


def _places(statuses: tuple[str, ...], own: tuple[str, ...]) -> Codes:
    """The place among the statuses of each of an item's own categories."""
    return np.array([statuses.index(code) for code in own] + [len(statuses)] * 2)
