"""Answers as numbers: which category of its item an answer is, and what a scale's categories are worth.

Every item's table ends with two categories: "does not apply" and missing.
"""

from collections.abc import Callable
from typing import Any

from survey.definitions.model import Item, Kind

ABSENT = object()
"""Stands for an item that a response does not hold."""


def width(item: Item) -> int:
    """How many categories the item has in its table; the last two are "does not apply" and missing."""
    return 3 if item.kind in WRITTEN else len(item.codes) + 2


def coder(item: Item) -> Callable[[object], int]:
    """Stored answer -> number of its category."""
    if item.kind in WRITTEN:
        return _written_code
    answers: list[object] = [point.value for point in item.scale.points] if item.scale else list(item.codes)
    codes = {answer: place for place, answer in enumerate([*answers, None, ABSENT])}
    return codes.__getitem__


def _written_code(answer: object) -> int:
    return 1 if answer is None else 2 if answer is ABSENT else 0


def _number(answer: Any) -> str:
    return str(answer)


def _ticked(answer: Any) -> str:
    return "|".join(answer)


WRITTEN = {Kind.NUMBER: _number, Kind.CHOICES: _ticked}


def turned(item: Item) -> list[int]:
    """The item's values in the order of its codes, turned (lowest + highest - value) where reversed."""
    scale = item.scale
    if scale is None:
        raise ValueError(f"{item.id} has no scale")
    return [
        scale.lowest + scale.highest - point.value if item.reversed else point.value for point in scale.points
    ]
