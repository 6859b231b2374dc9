"""The figures of a questionnaire: from the numbers of people's answers to each figure's category.

A figure's `codes` turns the answers of many people (items x people, see `coding`) into one number for each
person, below `width`; `category` is the name of such a number and `valid` whether it is a valid answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from survey.counting.asking import Lookup
from survey.counting.coding import Codes, Coding, turned
from survey.counts import MISSING, NO, YES, dimension_figure, item_figure, pair_figure, share_figure
from survey.definitions.model import Comparison, JointShare, Kind, Operator, Questionnaire, StatusChange


class Figure(Protocol):
    """One figure that is counted. `items` names the items that it is made of."""

    name: str
    items: tuple[str, ...]
    several: bool
    """Whether a category is several ticked options."""

    @property
    def width(self) -> int | None:
        """How many numbers there are; None where that is known only in the end."""

    @property
    def shown(self) -> Sequence[int] | None:
        """The numbers in the order of the tally; None for those that occur, ascending."""

    def codes(self, coded: Codes) -> Codes:
        """One number for each person."""

    def category(self, code: int) -> str:
        """The name of a number."""

    def valid(self, code: int) -> bool:
        """Whether a number is a valid answer."""


def figures(questionnaire: Questionnaire, codings: Sequence[Coding]) -> Iterator[Figure]:
    """Every figure; `codings` are those of the columns, the items that are no texts."""
    place = {coding.item.id: column for column, coding in enumerate(codings)}
    asked = _Asked(codings, place)
    for column, coding in enumerate(codings):
        yield _ItemFigure(coding, column)
    for profile, dimension in questionnaire.dimensions():
        yield _Scores(dimension_figure(profile.id, dimension.id), dimension.items, asked)
    for change in questionnaire.status_changes():
        yield _Pair(change, asked)
    for share in questionnaire.joint_shares():
        yield _JointShare(share, asked)


@dataclass(frozen=True)
class _Asked:
    """The columns of items, and how each is coded."""

    codings: Sequence[Coding]
    place: Mapping[str, int]

    def of(self, items: Sequence[str]) -> list[tuple[int, Coding]]:
        return [(self.place[item], self.codings[self.place[item]]) for item in items]


class _ItemFigure:
    """An item's own categories."""

    def __init__(self, coding: Coding, column: int) -> None:
        self.name = item_figure(coding.item.id)
        self.items: tuple[str, ...] = (coding.item.id,)
        self.several = coding.item.kind is Kind.CHOICES
        self._coding = coding
        self._column = column

    @property
    def width(self) -> int | None:
        return None if self._coding.written else len(self._coding.categories)

    @property
    def shown(self) -> Sequence[int]:
        return self._coding.shown

    def codes(self, coded: Codes) -> Codes:
        column: Codes = coded[self._column]
        return column

    def category(self, code: int) -> str:
        return self._coding.categories[code]

    def valid(self, code: int) -> bool:
        return code >= self._coding.first


class _Scores:
    """A dimension: items answered * span + sum, reversed items turned; valid from half of the items."""

    several = False
    shown = None

    def __init__(self, name: str, items: tuple[str, ...], asked: _Asked) -> None:
        self.name = name
        self.items = items
        columns = asked.of(items)
        values = [turned(coding.item) for _, coding in columns]
        self._lowest = min(map(min, values))
        self._span = 1 + sum(max(some) - self._lowest for some in values)
        # Counted from the lowest value up, so that sums are never negative, whatever the scale.
        self._worth = [
            (column, coding.of_answers([self._span + value - self._lowest for value in some]))
            for (column, coding), some in zip(columns, values, strict=True)
        ]
        self.width = self._span * (len(items) + 1)

    def codes(self, coded: Codes) -> Codes:
        codes = np.zeros(coded.shape[1], dtype=np.int64)
        for column, worth in self._worth:
            codes += worth[coded[column]]
        return codes

    def category(self, code: int) -> str:
        answered, above = divmod(code, self._span)
        return f"{answered}:{above + answered * self._lowest}"

    def valid(self, code: int) -> bool:
        answered = code // self._span
        return answered > 0 and 2 * answered >= len(self.items)


class _Pair:
    """Before * (statuses + 1) + after; a side that is no status counts as the last, empty one."""

    several = False

    def __init__(self, change: StatusChange, asked: _Asked) -> None:
        self.name = pair_figure(change.id)
        self.items: tuple[str, ...] = (change.before, change.after)
        (_, first), (_, _) = sides = asked.of(self.items)
        statuses = first.item.codes
        self._sides = (*statuses, MISSING)
        self._places = [
            (column, coding.of_answers([statuses.index(code) for code in coding.item.codes], len(statuses)))
            for column, coding in sides
        ]
        self.width = len(self._sides) ** 2
        self.shown = range(self.width)

    def codes(self, coded: Codes) -> Codes:
        before, after = (places[coded[column]] for column, places in self._places)
        codes: Codes = before * len(self._sides) + after
        return codes

    def category(self, code: int) -> str:
        before, after = divmod(code, len(self._sides))
        return f"{self._sides[before]}>{self._sides[after]}"

    def valid(self, code: int) -> bool:
        return MISSING not in (self._sides[side] for side in divmod(code, len(self._sides)))


class _JointShare:
    """Whether any, or all, of several answers are among some; the base is everybody who answered them all."""

    several = False
    width = 3
    shown = range(3)
    _categories = (YES, NO, MISSING)

    def __init__(self, share: JointShare, asked: _Asked) -> None:
        self.name = share_figure(share.id)
        self.items = share.items
        self._hits = [
            (column, coding.first, Lookup(Comparison(coding.item.id, Operator.IN, share.values), coding))
            for column, coding in asked.of(share.items)
        ]
        self._joined = _NEEDED[share.need]

    def codes(self, coded: Codes) -> Codes:
        answered = np.logical_and.reduce([coded[column] >= first for column, first, _ in self._hits])
        hit = self._joined.reduce([lookup.of(coded[column]) for column, _, lookup in self._hits])
        return np.where(answered, np.where(hit, 0, 1), 2)

    def category(self, code: int) -> str:
        return self._categories[code]

    def valid(self, code: int) -> bool:
        return self._categories[code] != MISSING


_NEEDED = {"any": np.logical_or, "all": np.logical_and}
