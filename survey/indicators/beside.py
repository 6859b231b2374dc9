"""One group of a wave beside the whole, and nothing of any other group: what its own people may see.

Every figure is one of the Results, so that nothing new is published. What the figures of the other groups
went into besides the whole is left out: post-stratified figures, of which several together tell the groups.
The whole less the group is what all others said together; the disclosure solution counts on that being known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from survey.counts import Reason
from survey.indicators.measures import measured, replaced
from survey.indicators.model import DividedResults, Figure, OthersResults, PartResults, Results
from survey.language import Refusal, Text, text
from survey.release import Hidden, Pooled

Plain = str | int
"""What is told of a wave: its name, its mode, its threshold, ...; figures are never of these types."""


class Shows(StrEnum):
    """How a group can be shown to its own people."""

    ALONE = "alone"
    TOGETHER = "together"
    WITHHELD = "withheld"


SHOWN: Mapping[Shows, Text] = {
    Shows.ALONE: text("own figures"),
    Shows.TOGETHER: text("together with others"),
    Shows.WITHHELD: text("the total only"),
}
"""What the people of a group get to see, in words."""


class NoSuchGroup(Refusal):
    """The wave has no such breakdown, or nobody was invited in such a group."""


@dataclass(frozen=True)
class Beside:
    """A group beside the whole. `results` holds the breakdown `by` alone, and in it one group called `label`.

    Where the group is shown only together with others, that one is all of them, under a `label` that says so;
    `reason` is why nothing of the group is shown, else None.
    """

    results: Results
    by: str
    group: str
    label: str
    shows: Shows
    reason: Reason | None = None

    @property
    def part(self) -> PartResults | None:
        """The figures of the group, or of the groups that it is shown with; None where it is not shown."""
        found = self.results.by[self.by].groups[self.label]
        return found if isinstance(found, PartResults) else None


def how_shown(results: Results, by: str, group: str) -> Shows:
    """How a group can be shown. Raises NoSuchGroup."""
    found = _found(results, by, group)
    if isinstance(found, PartResults):
        return Shows.ALONE
    return Shows.TOGETHER if isinstance(found, Pooled) else Shows.WITHHELD


def beside(results: Results, by: str, group: str, together: str) -> Beside:
    """A group beside the whole; `together` is what it is called where it is shown with others only.

    Raises NoSuchGroup.
    """
    found, shows = _found(results, by, group), how_shown(results, by, group)
    if isinstance(found, Pooled):
        pool = _pool(results.by[by], group)
        return Beside(_only(results, by, together, pool.results), by, group, together, shows)
    reason = found.reason if isinstance(found, Hidden) else None
    return Beside(_only(results, by, group, found), by, group, group, shows, reason)


def _found(results: Results, by: str, group: str) -> PartResults | Pooled | Hidden:
    divided = results.by.get(by)
    if divided is None or group not in divided.groups:
        # The groups that there are stay unsaid: whoever asks may see no other.
        raise NoSuchGroup("the wave {wave} has no group {by}={group}", wave=results.wave, by=by, group=group)
    return divided.groups[group]


def _pool(divided: DividedResults, group: str) -> OthersResults:
    return next(pool for pool in divided.others if group in pool.members)


def _only(results: Results, by: str, label: str, shown: PartResults | Hidden) -> Results:
    """What is told of the wave itself, the whole and the one group; nothing else that Results hold."""
    told: dict[str, Any] = {name: value for name, value in vars(results).items() if isinstance(value, Plain)}
    alone = DividedResults({label: shown}, ())
    return Results(**told, title=results.title, whole=_unweighted(results.whole), by={by: alone})


def _unweighted(whole: PartResults) -> PartResults:
    return replace(whole, indicators=_without(whole.indicators))


def _without(indicators: Mapping[str, Figure]) -> dict[str, Figure]:
    changed = {path: replace(figure, weighted=None) for path, figure in measured(indicators).items()}
    return replaced(indicators, changed)
