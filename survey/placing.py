"""Which part of a release a response stands in by one breakdown: a group, a pool, or none that is shown.

A file of answers names these parts and nothing finer, and coarsening keeps every response in its part,
so that counting the file gives the figures of the release and subtracting the one from the other nothing.
"""

from dataclasses import dataclass

from survey.cells import Values
from survey.counts import NOT_ASSIGNED
from survey.definitions.model import Questionnaire
from survey.release import Divided, Others, Part, Pooled


@dataclass(frozen=True)
class Place:
    """A group that is shown, or a pool (`pooled`), which has a parent (`inside`) or is the wave's own.

    Neither: the response is in no part that is shown.
    """

    group: str | None = None
    pooled: bool = False
    inside: str | None = None


NOWHERE = Place()


class Places:
    """Places by one breakdown that the invitation tells; before it come only those it lies inside."""

    def __init__(self, questionnaire: Questionnaire, breakdown: str, divided: Divided) -> None:
        ids = [one.id for one in questionnaire.invited_by]
        self._column = ids.index(breakdown)
        self._divided = divided
        self._pools = {pool.inside: pool for pool in divided.others}

    def of(self, told: Values) -> Place:
        """The place of a response by what its cell tells (further values behind do not matter)."""
        group, inside = told[self._column], told[self._column - 1] if self._column else None
        shown = self._divided.groups.get(group)
        if isinstance(shown, Part):
            return Place(group)
        if (group == NOT_ASSIGNED or isinstance(shown, Pooled)) and inside in self._pools:
            return Place(None, True, inside)
        return NOWHERE

    def kept(self, told: Values) -> tuple[Values, Place]:
        """(the leading values that a response keeps whatever is dropped, its place)."""
        place = self.of(told)
        depth = 0 if place == NOWHERE else self._column + (place.group is not None)
        return told[:depth], place

    def part(self, place: Place) -> Part | None:
        """The part of the release that a place is; None for no part."""
        if place.group is not None:
            shown = self._divided.groups[place.group]
            return shown if isinstance(shown, Part) else None
        return self._pools[place.inside].part if place.pooled else None

    @property
    def all(self) -> dict[Place, Part]:
        """Every place that is shown, the groups by name and then the pools, with its part."""
        groups = {
            Place(name): shown for name, shown in self._divided.groups.items() if isinstance(shown, Part)
        }
        return groups | {Place(None, True, pool.inside): pool.part for pool in self._divided.others}

    def pool(self, place: Place) -> Others:
        """The pool that a place is; KeyError for another place."""
        return self._pools[place.inside]
