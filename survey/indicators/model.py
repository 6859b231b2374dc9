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
class Comparison:
    """A group's figure less that of all others, in the figure's unit; Welch (means), Newcombe (shares).

    `p` is two-sided; `p_holm` is adjusted (Holm) over the groups of the breakdown that have one.
    `verdict` is "higher", "lower" or "too_close", by `p_holm`.
    """

    difference: float | None = None
    interval: Interval | None = None
    p: float | None = None
    p_holm: float | None = None
    verdict: str | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class Weighted:
    """A figure post-stratified by one breakdown, from the groups and pools that are published.

    `n_eff` is Kish's effective number of answers; `covered` the share (0 to 1) of the people invited who
    belong to these groups and pools.
    """

    value: float | None = None
    n: int | None = None
    n_eff: float | None = None
    covered: float | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class WorstCase:
    """The figure if everybody without a valid answer gave the lowest, or the highest, answer."""

    low: float | None = None
    high: float | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class Reliability:
    """Of a dimension, from the people who answered all of its items.

    `kind` is "alpha" (three items or more, Feldt's interval) or "spearman_brown" (two items).
    """

    kind: str
    value: float | None = None
    n: int | None = None
    interval: Interval | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class StuartMaxwell:
    """The test of marginal homogeneity of a before/after table."""

    chi2: float | None = None
    df: int | None = None
    p: float | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class McNemar:
    """The exact test of one status against all others; `p_holm` is adjusted over the statuses."""

    gained: int
    lost: int
    p: float
    p_holm: float


@dataclass(frozen=True)
class Band:
    """One bar of a histogram: `n` answers from `low` to below `high` (None: no end)."""

    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True)
class RankedOption:
    """One option of a ranking: its place (1 is the most ticked; ties share one), its count and share.

    An exclusive option ("none of these") has no place.
    """

    rank: int | None
    count: int
    share: float
    interval: Interval | None = None
    interval_reason: Reason | None = None


@dataclass(frozen=True)
class Response:
    """The response box. `rr1` and `rr2` are shares of all invited; None where nobody knows how many."""

    invited: int | None
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
    median_reason: Reason | None = None


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
    against_rest: Comparison | None = None
    weighted: Mapping[str, Weighted] | None = None
    worst_case: WorstCase | None = None


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
    against_rest: Comparison | None = None
    weighted: Mapping[str, Weighted] | None = None
    worst_case: WorstCase | None = None


@dataclass(frozen=True)
class RankingFigure:
    """Options of a several-choice item, the most ticked first; the base is the item's respondents.

    `options` by code: by rank, ties in the definition's order, exclusive options last.
    """

    kind: str = field(default="ranking", init=False)
    n: int | None = None
    options: Mapping[str, RankedOption] | None = None
    population: int | None = None
    presentation: str | None = None
    reason: Reason | None = None


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
    against_rest: Comparison | None = None
    weighted: Mapping[str, Weighted] | None = None
    worst_case: WorstCase | None = None


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
    stuart_maxwell: StuartMaxwell | None = None
    mcnemar: Mapping[str, McNemar] | None = None


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
    against_rest: Comparison | None = None
    weighted: Mapping[str, Weighted] | None = None
    worst_case: WorstCase | None = None
    reliability: Reliability | None = None


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
    histogram: tuple[Band, ...] | None = None
    histogram_reason: Reason | None = None
    median_reason: Reason | None = None


Figure = (
    MeanFigure
    | ShareIndicatorFigure
    | RankingFigure
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
    """Pooled groups: those of the parent group `inside`, or of the whole wave (None).

    `of` is the wave that they belong to, in a merged release.
    """

    inside: str | None
    members: tuple[str, ...]
    results: PartResults
    of: str | None = None


@dataclass(frozen=True)
class DividedResults:
    """A wave by one breakdown."""

    groups: Mapping[str, PartResults | Pooled | Hidden]
    others: tuple[OthersResults, ...]

    @property
    def left_out(self) -> bool:
        """Whether nothing is shown by it because single answers can be taken away."""
        return bool(self.groups) and all(
            group == Hidden(Reason.ANSWERS_TAKEN) for group in self.groups.values()
        )


@dataclass(frozen=True)
class CrossedResults:
    """A wave by two breakdowns at once: `cells[row][column]`, see `release.Crossed`."""

    rows: tuple[tuple[str, ...], ...]
    columns: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[PartResults | Hidden, ...], ...]


@dataclass(frozen=True)
class Results:
    """All figures of a closed wave; `merged` names the waves of a release added up from several.

    `release` is the identifier of the release, `opens` the ISO day from which on answers were taken, empty
    where nobody knows.
    """

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
    merged: tuple[str, ...] = ()
    release: str = ""
    opens: str = ""
    crosses: Mapping[str, CrossedResults] = field(default_factory=dict)
