"""A group among the people invited, and among those who answered."""

from dataclasses import dataclass

from survey.counts import Reason
from survey.indicators.model import DividedResults, Response
from survey.release import Hidden


@dataclass(frozen=True)
class Representation:
    """A group's `invited` people and its `answers`, of all of the wave; both totals are above 0."""

    invited: int
    all_invited: int
    answers: int
    all_answers: int

    @property
    def of_invited(self) -> float:
        """The group's share (0 to 1) of the people invited."""
        return self.invited / self.all_invited

    @property
    def of_answers(self) -> float:
        """The group's share (0 to 1) of the answers."""
        return self.answers / self.all_answers

    @property
    def gap(self) -> float:
        """The second less the first, -1 to 1: above 0 the group is heard more than it is large."""
        return self.of_answers - self.of_invited


def answered(response: Response) -> int:
    """The answers of a response rate: complete and partial ones (RR2)."""
    return response.complete + response.partial


def representation(group: Response, whole: Response) -> Representation | None:
    """One group in the whole wave; None where there is no response rate, or nobody answered."""
    answers = answered(whole)
    if group.invited is None or whole.rr2 is None or not whole.invited or not answers:
        return None
    return Representation(group.invited, whole.invited, answered(group), answers)


def silent(divided: DividedResults) -> tuple[str, ...]:
    """The groups in which people were invited and nobody answered: empty strata, for which nobody stands."""
    return tuple(name for name, part in divided.groups.items() if part == Hidden(Reason.NO_ANSWERS))
