"""Figures as immutable values; `results.py` computes them, `to_json` writes them as documented.

Shares are 0 to 1, scores -100 to 100, nothing rounded. Where a figure is withheld its values are
None and `reason` says why; where only the interval is missing, `interval_reason` does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from survey.counts import Reason
from survey.release import Hidden, Pooled

Interval = tuple[float, float]


@dataclass(frozen=True)
class ShareFigure:
    """`count` of `n` valid answers; 95 % Wilson interval (finite population)."""

    n: int
    count: int | None = None
    share: float | None = None
    interval: Interval | None = None
    reason: Reason | None = None
    interval_reason: Reason | None = None


@dataclass(frozen=True)
class Response:
    """The response box. `rr1` and `rr2` are shares of all invited; None where nobody knows how many."""

    invited: int
    population: int | None
    responses: int
    complete: int
    partial: int
    rr1: float | None
    rr2: float | None
    reason: Reason | None = None


@dataclass(frozen=True)
class ItemFigure:
    """One item, as it was asked (a reversed item is not turned).

    `counts` by code (number: by value, in named waves; text: none); means only of scale and number.
    """

    kind: str
    n: int | None = None
    missing: int | None = None
    not_applicable: int | None = None
    not_asked: int | None = None
    counts: Mapping[str, int] | None = None
    mean: float | None = None
    sd: float | None = None
    median: float | None = None
    interval: Interval | None = None
    population: int | None = None
    presentation: str | None = None
    top2: ShareFigure | None = None
    bottom2: ShareFigure | None = None
    reason: Reason | None = None
    interval_reason: Reason | None = None
    counts_reason: Reason | None = None


@dataclass(frozen=True)
class MeanFigure:
    """The mean of a scale item, t interval with finite population correction."""

    kind: str = field(default="mean", init=False)
    value: float | None = None
    n: int | None = None
    sd: float | None = None
    interval: Interval | None = None
    population: int | None = None
    presentation: str | None = None
    reason: Reason | None = None
    interval_reason: Reason | None = None


@dataclass(frozen=True)
class ShareIndicatorFigure:
    """The share of chosen values among valid answers."""

    kind: str = field(default="share", init=False)
    value: float | None = None
    count: int | None = None
    n: int | None = None
    interval: Interval | None = None
    population: int | None = None
    presentation: str | None = None
    reason: Reason | None = None
    interval_reason: Reason | None = None


@dataclass(frozen=True)
class Score:
    """Promoters minus detractors, -100 to 100; the three are counts of `n`.

    `name` is "NPS" only over 0-10 with 9-10 / 7-8 / 0-6, else "recommendation_balance".
    """

    name: str
    n: int
    value: float | None = None
    interval: Interval | None = None
    promoters: int | None = None
    passives: int | None = None
    detractors: int | None = None
    reason: Reason | None = None
    interval_reason: Reason | None = None


@dataclass(frozen=True)
class RecommendationFigure:
    """Who would recommend. `scale` is "1-5", "0-10" or "choice"; `mapping` as the definition has it."""

    scale: str
    mapping: Mapping[str, tuple[str, ...]]
    kind: str = field(default="recommendation", init=False)
    n: int | None = None
    would_recommend: ShareFigure | None = None
    score: Score | None = None
    population: int | None = None
    presentation: str | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class StatusChangeFigure:
    """Complete before/after pairs only. `net[s]` = after - before; the nets sum to 0."""

    kind: str = field(default="status_change", init=False)
    n: int | None = None
    movers: int | None = None
    net: Mapping[str, int] | None = None
    net_interval: Mapping[str, Interval | None] | None = None
    before: Mapping[str, int] | None = None
    after: Mapping[str, int] | None = None
    transitions: Mapping[str, Mapping[str, int]] | None = None
    only_before: int | None = None
    only_after: int | None = None
    presentation: str | None = None
    reason: Reason | None = None
    interval_reason: Reason | None = None
    transitions_reason: Reason | None = None


@dataclass(frozen=True)
class DimensionFigure:
    """The mean over persons of a dimension's score (halves rule, reversed items turned)."""

    items: tuple[str, ...]
    mean: float | None = None
    sd: float | None = None
    n: int | None = None
    interval: Interval | None = None
    population: int | None = None
    presentation: str | None = None
    reason: Reason | None = None
    interval_reason: Reason | None = None


@dataclass(frozen=True)
class ProfileFigure:
    """The dimensions of impact; `lowest` and `highest` are the ends of their common scale."""

    lowest: int
    highest: int
    dimensions: Mapping[str, DimensionFigure]
    kind: str = field(default="profile", init=False)
    reason: Reason | None = None


@dataclass(frozen=True)
class SummaryFigure:
    """Numbers such as employees. `min` and `max` only in named waves."""

    kind: str = field(default="summary", init=False)
    n: int | None = None
    mean: float | None = None
    median: float | None = None
    sd: float | None = None
    interval: Interval | None = None
    min: float | None = None
    max: float | None = None
    sum: float | None = None
    population: int | None = None
    presentation: str | None = None
    reason: Reason | None = None
    interval_reason: Reason | None = None
    range_reason: Reason | None = None


Figure = (
    MeanFigure
    | ShareIndicatorFigure
    | RecommendationFigure
    | StatusChangeFigure
    | ProfileFigure
    | SummaryFigure
)


@dataclass(frozen=True)
class PartResults:
    """Everything said of the whole wave, of one group, or of pooled groups."""

    response: Response
    items: Mapping[str, ItemFigure]
    indicators: Mapping[str, Figure]


@dataclass(frozen=True)
class OthersResults:
    """Pooled groups: those of the parent group `inside`, or of the whole wave (None)."""

    inside: str | None
    members: tuple[str, ...]
    results: PartResults


@dataclass(frozen=True)
class DividedResults:
    """A wave by one breakdown."""

    groups: Mapping[str, PartResults | Pooled | Hidden]
    others: tuple[OthersResults, ...]


@dataclass(frozen=True)
class Results:
    """All figures of a closed wave."""

    wave: str
    title: Mapping[str, str]
    questionnaire: str
    version: int
    mode: str
    phase: str
    closed: str
    threshold: int
    synthetic: bool
    whole: PartResults
    by: Mapping[str, DividedResults]
