"""Whom items were put to: conditions over the numbers of many people's answers at once."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from survey.counting.coding import NOT_ASKED_CODE, Codes, Coding
from survey.counts import MISSING, NOT_ASKED, item_figure
from survey.definitions.conditions import comparisons, meets
from survey.definitions.model import AllOf, AnyOf, Comparison, Condition, Item, Kind

Flags = NDArray[np.bool_]


def said(item: Item, category: str) -> tuple[str, ...]:
    """The codes of an answer, as conditions compare them."""
    if category in (MISSING, NOT_ASKED):
        return ()
    return tuple(category.split("|")) if item.kind is Kind.CHOICES else (category,)


class Lookup:
    """Whether the answer of each number meets a comparison; grows with what is met of written answers."""

    def __init__(self, comparison: Comparison, coding: Coding) -> None:
        self._comparison = comparison
        self._coding = coding
        self._known = np.zeros(0, dtype=bool)

    def of(self, codes: Codes) -> Flags:
        """By person, from the numbers of their answers."""
        new = self._coding.categories[len(self._known) :]
        if new:
            item = self._coding.item
            found = [meets(self._comparison, said(item, category)) for category in new]
            self._known = np.append(self._known, np.array(found, dtype=bool))
        flags: Flags = self._known[codes]
        return flags


class Asking:
    """Marks the items that were not put to people; `place` tells the column of each item."""

    def __init__(self, codings: Sequence[Coding], place: Mapping[str, int]) -> None:
        self._place = place
        self._conditions = [
            (column, coding.item.show_if) for column, coding in enumerate(codings) if coding.item.show_if
        ]
        self._lookups = {
            comparison: Lookup(comparison, codings[place[comparison.item]])
            for _, condition in self._conditions
            for comparison in comparisons(condition)
        }

    def mark(self, coded: Codes) -> None:
        """Set "not asked" in place (items x people), whatever was stored there.

        Items are gone through in order: conditions look at earlier ones only, which are marked by then.
        """
        for column, condition in self._conditions:
            coded[column, ~self._holds(condition, coded)] = NOT_ASKED_CODE

    def _holds(self, condition: Condition, coded: Codes) -> Flags:
        if isinstance(condition, Comparison):
            return self._lookups[condition].of(coded[self._place[condition.item]])
        parts = [self._holds(part, coded) for part in condition.parts]
        flags: Flags = _JOINED[type(condition)].reduce(parts)
        return flags


_JOINED = {AllOf: np.logical_and, AnyOf: np.logical_or}


def looked_at(item: Item) -> tuple[str, ...]:
    """The items that an item's condition looks at, each once."""
    return tuple(dict.fromkeys(comparison.item for comparison in comparisons(item.show_if)))


def follows(items: Sequence[Item]) -> dict[str, tuple[str, ...]]:
    """The figure of each conditional item -> the figures of the items that its condition looks at."""
    return {
        item_figure(item.id): tuple(item_figure(one) for one in looked_at(item))
        for item in items
        if item.show_if
    }


def routes(items: Sequence[Item], categories: Mapping[str, Sequence[str]]) -> dict[str, tuple[int, ...]]:
    """The figure of each item that conditions look at -> a number for each of its tally's `categories`.

    Categories of one number meet the same conditions, wherever in the questionnaire these stand.
    """
    asked: dict[str, list[Comparison]] = {}
    for comparison in (one for item in items for one in comparisons(item.show_if)):
        asked.setdefault(comparison.item, []).append(comparison)
    return {
        item_figure(item.id): _numbered(item, asked[item.id], categories[item_figure(item.id)])
        for item in items
        if item.id in asked
    }


def _numbered(item: Item, asked: Sequence[Comparison], categories: Sequence[str]) -> tuple[int, ...]:
    met = [tuple(meets(one, said(item, category)) for one in asked) for category in categories]
    number = {pattern: place for place, pattern in enumerate(dict.fromkeys(met))}
    return tuple(number[pattern] for pattern in met)
