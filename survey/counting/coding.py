"""Answers as numbers: which category of its item an answer is, and what a scale's categories are worth.

Every item's numbers begin with its marks: 0 for missing, 1 for "does not apply" and, where the item is
not put to everybody, 2 for "not asked". Then come its answers: all codes of a scale or choice; of a
number or several choices those that were given, in the order in which they were met.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from survey.counts import MISSING, NOT_APPLICABLE, NOT_ASKED
from survey.definitions.model import Item, Kind

Codes = NDArray[np.int64]
ABSENT = object()
"""Stands for an item that a response does not hold."""
MISSING_CODE, NOT_ASKED_CODE = 0, 2
MARKS = (MISSING, NOT_APPLICABLE, NOT_ASKED)
WRITTEN = (Kind.NUMBER, Kind.CHOICES)
"""Kinds whose answers are known only once they are given."""


class Coding:
    """The numbers of one item's categories; `categories[number]` is the name, and grows for written kinds."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.written = item.kind in WRITTEN
        marks = MARKS if item.show_if else MARKS[:NOT_ASKED_CODE]
        self.first = len(marks)
        """The number of the first answer: below it are the marks."""
        self.categories = [*marks, *(() if self.written else item.codes)]
        self._numbers: dict[object, int] = _Met(self.categories) if self.written else {}
        self._numbers |= {ABSENT: MISSING_CODE, None: 1}
        if not self.written:
            stored = [point.value for point in item.scale.points] if item.scale else item.codes
            self._numbers |= {answer: self.first + place for place, answer in enumerate(stored)}

    def codes(self, responses: Sequence[Mapping[str, Any]]) -> Codes:
        """One number for each response; KeyError for an answer that the item does not take."""
        name = self.item.id
        answers: Iterable[Any] = [response.get(name, ABSENT) for response in responses]
        if self.item.kind is Kind.CHOICES:
            answers = ["|".join(answer) if isinstance(answer, list) else answer for answer in answers]
        return np.fromiter(map(self._numbers.__getitem__, answers), np.int64, len(responses))

    def of_answers(self, values: Sequence[int], mark: int = 0) -> Codes:
        """A table from numbers to `values`, one for each answer, and `mark` for all marks."""
        return np.array([mark] * self.first + list(values), dtype=np.int64)

    @property
    def shown(self) -> list[int]:
        """The numbers in the order of a tally: answers (written ones sorted), then the marks."""
        answers = list(range(self.first, len(self.categories)))
        if self.written:
            answers.sort(key=self.categories.__getitem__)
        return [*answers, 1, MISSING_CODE, *([NOT_ASKED_CODE] if self.item.show_if else [])]


class _Met(dict[object, int]):
    """Written answers -> their numbers; one that was not met before gets the next."""

    def __init__(self, categories: list[str]) -> None:
        super().__init__()
        self._categories = categories

    def __missing__(self, answer: object) -> int:
        self[answer] = number = len(self._categories)
        self._categories.append(str(answer))
        return number


def turned(item: Item) -> list[int]:
    """The item's values in the order of its codes, turned (lowest + highest - value) where reversed."""
    scale = item.scale
    if scale is None:
        raise ValueError(f"{item.id} has no scale")
    return [
        scale.lowest + scale.highest - point.value if item.reversed else point.value for point in scale.points
    ]
