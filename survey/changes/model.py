"""What changed between two waves, as immutable values. Differences are the later wave less the earlier."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.counts import Reason
from survey.definitions.comparing import Comparison
from survey.definitions.model import Questionnaire
from survey.indicators.measures import Path
from survey.indicators.model import Interval, Results
from survey.language import Refusal


class NotComparable(Refusal):
    """The two waves cannot be set beside one another."""


@dataclass(frozen=True)
class Side:
    """One of the two waves: its figures and the questionnaire that it froze."""

    results: Results
    questionnaire: Questionnaire


@dataclass(frozen=True)
class Change:
    """One figure in both waves, in its own unit (shares 0 to 1).

    `interval` (95 %), `p` (two-sided) and `p_holm` are of the difference; `verdict` is "higher", "lower" or
    "too_close", by `p_holm`. `reason` says why there is no test; `unit` is "mean" or "share".
    `within` is, for each breakdown, the difference if both waves had had the earlier one's mix of groups.
    """

    unit: str
    earlier: float | None = None
    later: float | None = None
    n_earlier: int | None = None
    n_later: int | None = None
    difference: float | None = None
    interval: Interval | None = None
    p: float | None = None
    p_holm: float | None = None
    verdict: str | None = None
    reason: Reason | None = None
    within: Mapping[str, float] | None = None


@dataclass(frozen=True)
class GroupShare:
    """The share (0 to 1) of a group among those who answered, in both waves; None where it is not shown."""

    name: str
    earlier: float | None
    later: float | None


@dataclass(frozen=True)
class Composition:
    """Who answered, by one breakdown.

    `apart` is the index of dissimilarity (0 to 1): the least share of answers that would have to come from
    another group for both waves to have the same mix. Groups that one of the waves does not show alone are
    taken together.
    """

    breakdown: str
    groups: tuple[GroupShare, ...]
    apart: float

    @property
    def differs(self) -> bool:
        """Whether the mixes are too different to be passed over."""
        return self.apart >= NOTEWORTHY


NOTEWORTHY = 0.1
"""From which dissimilarity a comparison carries a warning: one answer in ten from another group."""


@dataclass(frozen=True)
class WaveChanges:
    """Two waves side by side.

    `indicators` by place (see `measures`), `items` by item and code ("" for a mean). `broken` are the
    figures that cannot be compared, with the items that changed (none: it is computed otherwise, or stands
    in one wave only). `linked`: the waves are of named organizations, so that no test fits.
    """

    earlier: Side
    later: Side
    comparison: Comparison
    linked: bool
    indicators: Mapping[Path, Change]
    broken: Mapping[Path, tuple[str, ...]]
    items: Mapping[str, Mapping[str, Change]]
    compositions: tuple[Composition, ...]

    @property
    def has_baseline(self) -> bool:
        """Whether the earlier wave was taken as the baseline of the programme."""
        return self.earlier.results.phase == "baseline"
