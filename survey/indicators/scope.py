"""What a figure is computed from: one part of a release, and where that part stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from survey.counts import Reason
from survey.definitions.conditions import conditional
from survey.definitions.model import Mode, Questionnaire
from survey.release import Part, Tallied


@dataclass(frozen=True)
class Scope:
    """One part of a release with its questionnaire; `is_whole`: the whole wave, not a group or a pool.

    `threshold` is the wave's own.
    """

    questionnaire: Questionnaire
    part: Part
    mode: Mode
    is_whole: bool
    threshold: int

    def population(self, items: Iterable[str]) -> int | None:
        """The people whom a figure of some items speaks of; None: unknown, or not everybody is asked."""
        return None if conditional(self.questionnaire, items) else self.part.population

    def why_no_population(self, items: Iterable[str]) -> Reason:
        """Why `population` is None."""
        if conditional(self.questionnaire, items):
            return Reason.NOT_ASKED_OF_ALL
        return Reason.FROM_ANSWERS if self.part.invited is None else Reason.POPULATION_UNKNOWN

    @property
    def is_named(self) -> bool:
        """A named wave, whose answers carry their organization's name for evaluators."""
        return self.mode is Mode.NAMED

    def figure(self, name: str) -> Tallied | Reason:
        """The tally of a figure or why it is withheld; KeyError where the release does not know it."""
        return self.part.figures[name]
