"""What a figure is computed from: one part of a release, and where that part stands."""

from dataclasses import dataclass

from survey.counts import Reason
from survey.definitions.model import Mode, Questionnaire
from survey.release import Part, Tallied


@dataclass(frozen=True)
class Scope:
    """One part of a release with its questionnaire; `is_whole`: the whole wave, not a group or a pool."""

    questionnaire: Questionnaire
    part: Part
    mode: Mode
    is_whole: bool

    @property
    def population(self) -> int | None:
        """The people the figures speak of; None: unknown."""
        return self.part.population

    @property
    def is_named(self) -> bool:
        """A named wave, whose answers carry their organization's name for evaluators."""
        return self.mode is Mode.NAMED

    def figure(self, name: str) -> Tallied | Reason:
        """The tally of a figure or why it is withheld; KeyError where the release does not know it."""
        return self.part.figures[name]
