"""Stored responses of a panel wave as numbers, and who is in two of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from survey.counts import NOT_ASSIGNED, Cell
from survey.definitions.comparing import compare
from survey.definitions.model import Item, Kind, Questionnaire, Source
from survey.release import Divided, Part, Pooled, Release

Numbers = NDArray[np.int32]
Flags = NDArray[np.bool_]
UNKNOWN = -1
"""The part of somebody whose group is not told by what is stored."""
KINDS = (Kind.SCALE, Kind.CHOICE)
"""Of numbers and several choices nearly every pair would be somebody's own."""


@dataclass(frozen=True)
class Sheet:
    """The responses of a wave: `rows` leads from a code to a row.

    `answers` (people x items): 0 where there is no valid answer, else the place of the code from 1 on.
    `parts` (people x divisions): the published part that somebody is in, by each division of the wave into
    published parts, or UNKNOWN: what was coarsened when the wave closed is told no more. `published` says
    how many parts each division has, numbered from 1 on; 0 is all that no part shows.
    """

    rows: Mapping[str, int]
    answers: Numbers
    parts: Numbers
    published: tuple[int, ...] = ()


def linkable(older: Questionnaire, newer: Questionnaire) -> tuple[Item, ...]:
    """The items whose pairs of answers mean something, in the newer one's order.

    They read the same in both waves, have a scale or one choice, and are put to everybody. Items that tell
    who somebody is are left out: they divide people, and are coarsened.
    """
    same = set(compare(older, newer).comparable)
    dividing = {one.id for questionnaire in (older, newer) for one in questionnaire.answered_by}
    telling = dividing | {item.id for one in (older, newer) for item in one.items if item.demographic}
    return tuple(
        item
        for item in newer.items
        if item.id in same - telling and item.kind in KINDS and item.show_if is None
    )


def sheet(
    items: Sequence[Item],
    stored: Iterable[tuple[str, int, Mapping[str, Any]]],
    questionnaire: Questionnaire,
    cells: Iterable[Cell],
    release: Release,
) -> Sheet:
    """The Sheet of a closed wave; `stored` are (code, cell, answers) as decoded JSON."""
    places = [{code: place for place, code in enumerate(item.codes, 1)} for item in items]
    divisions = _Divisions(questionnaire, cells, release)
    rows: dict[str, int] = {}
    answers: list[list[int]] = []
    parts: list[list[int]] = []
    for code, cell, given in stored:
        rows[code] = len(answers)
        answers.append(
            [known.get(str(given.get(item.id)), 0) for item, known in zip(items, places, strict=True)]
        )
        parts.append(divisions.of(cell, given))
    shape = (len(rows), len(items)), (len(rows), len(divisions.names))
    return Sheet(
        rows,
        np.array(answers, dtype=np.int32).reshape(shape[0]),
        np.array(parts, dtype=np.int32).reshape(shape[1]),
        divisions.published,
    )


def linked(one: Sheet, other: Sheet) -> tuple[Numbers, Numbers]:
    """The rows of the people who are in both sheets, pair by pair."""
    both = [code for code in one.rows if code in other.rows]
    return (
        np.array([one.rows[code] for code in both], dtype=np.int32),
        np.array([other.rows[code] for code in both], dtype=np.int32),
    )


class _Divisions:
    """The ways in which a wave's release divides its people, and where somebody is in each.

    A breakdown divides them into its groups, its pools and the rest; each option of a several-choice
    breakdown into those who ticked it and the others.
    """

    def __init__(self, questionnaire: Questionnaire, cells: Iterable[Cell], release: Release) -> None:
        self._told = {cell.number: cell.values for cell in cells}
        self._column = {one.id: place for place, one in enumerate(questionnaire.invited_by)}
        self.names: list[tuple[str, str | None]] = []
        self._parts: list[dict[str, int]] = []
        for breakdown in questionnaire.breakdowns:
            divided = release.by.get(breakdown.id)
            if divided is None:
                continue
            answered = breakdown.source is Source.ITEM
            several = answered and questionnaire.item(breakdown.id).kind is Kind.CHOICES
            for option in divided.groups if several else (None,):
                self.names.append((breakdown.id, option))
                self._parts.append({} if several else _numbered(divided))

    @property
    def published(self) -> tuple[int, ...]:
        """How many parts each division has beside part 0; of an option the people who ticked it."""
        return tuple(max(parts.values(), default=1) for parts in self._parts)

    def of(self, cell: int, given: Mapping[str, Any]) -> list[int]:
        """The part of one person by each division."""
        return [
            self._part(place, name, option, cell, given) for place, (name, option) in enumerate(self.names)
        ]

    def _part(self, place: int, name: str, option: str | None, cell: int, given: Mapping[str, Any]) -> int:
        if option is not None:
            ticked = given.get(name)
            return int(option in ticked) if isinstance(ticked, list) else UNKNOWN
        if name in self._column:
            told = self._told[cell][self._column[name]]
        else:
            told = str(given.get(name, NOT_ASSIGNED))
        return UNKNOWN if told == NOT_ASSIGNED else self._parts[place].get(told, 0)


def _numbered(divided: Divided) -> dict[str, int]:
    """Group -> the number of the part that shows it; 0 for all that no part shows."""
    pools = {member: place for place, pool in enumerate(divided.others, 1) for member in pool.members}
    found = {}
    for place, (group, shown) in enumerate(divided.groups.items(), len(divided.others) + 1):
        if isinstance(shown, Part):
            found[group] = place
        elif isinstance(shown, Pooled):
            found[group] = pools.get(group, 0)
    return found
