"""How the release of a wave divides its people into published parts, and the part that somebody is in."""

from collections.abc import Iterable, Mapping
from typing import Any

from survey.counts import NOT_ASSIGNED, Cell
from survey.definitions.model import Kind, Questionnaire, Source
from survey.release import Divided, Part, Pooled, Release

UNKNOWN = -1
"""The part of somebody whose group is not told by what is stored."""


class Divisions:
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
