"""One entry for each kind of indicator that has one number: its definition and a part -> its figure.

Rankings, profiles, summaries and the status change have modules of their own.
"""

from survey.counts import NO, YES, Reason, item_figure, share_figure
from survey.definitions.model import Item, JointShare, Mean, Recommendation, Share
from survey.indicators import statistics, tallies
from survey.indicators.items import share
from survey.indicators.model import MeanFigure, RecommendationFigure, Score, ShareIndicatorFigure
from survey.indicators.scope import Scope
from survey.indicators.worst_case import worst_case

NPS_CODES = tuple(str(code) for code in range(11))
NONE_OR_ALL = (0.0, 1.0)
"""The lowest and the highest that a share can be."""


def mean(indicator: Mean, scope: Scope) -> MeanFigure:
    """The mean of a scale item as it was asked."""
    tally, scale = scope.figure(item_figure(indicator.item)), scope.questionnaire.item(indicator.item).scale
    if scale is None:
        raise TypeError(f"indicator {indicator.id} is no mean of a scale")
    if isinstance(tally, Reason):
        return MeanFigure(reason=tally)
    values, population = tallies.scale_values(tally), scope.population([indicator.item])
    interval, why_not = statistics.mean_interval(values, population)
    return MeanFigure(
        value=values.mean,
        n=values.n,
        sd=values.sd,
        interval=interval,
        population=population,
        presentation=statistics.presentation(values.n),
        reason=None if values.n else Reason.NO_ANSWERS,
        interval_reason=why_not,
        worst_case=worst_case(values.total, values.n, (scale.lowest, scale.highest), scope, [indicator.item]),
    )


def share_of_values(indicator: Share, scope: Scope) -> ShareIndicatorFigure:
    """The share of chosen values among the valid answers to a scale or choice item."""
    tally = scope.figure(item_figure(indicator.item))
    if isinstance(tally, Reason):
        return ShareIndicatorFigure(reason=tally)
    counts = tallies.code_counts(scope.questionnaire.item(indicator.item), tally)
    count, n = sum(counts[value] for value in indicator.values), sum(counts.values())
    return _share(count, n, scope, (indicator.item,))


def joint_share(indicator: JointShare, scope: Scope) -> ShareIndicatorFigure:
    """The share of people who gave one of the values to any, or to all, of several items."""
    tally = scope.figure(share_figure(indicator.id))
    if isinstance(tally, Reason):
        return ShareIndicatorFigure(reason=tally)
    yes, no = tally.get(YES, 0), tally.get(NO, 0)
    return _share(yes, yes + no, scope, indicator.items)


def _share(count: int, n: int, scope: Scope, items: tuple[str, ...]) -> ShareIndicatorFigure:
    population = scope.population(items)
    figure = share(count, n, population)
    return ShareIndicatorFigure(
        value=figure.share,
        count=figure.count,
        n=n,
        interval=figure.interval,
        population=population,
        presentation=statistics.presentation(n),
        reason=figure.reason,
        interval_reason=figure.interval_reason,
        worst_case=worst_case(count, n, NONE_OR_ALL, scope, items),
    )


def recommendation(indicator: Recommendation, scope: Scope) -> RecommendationFigure:
    """Who would recommend, and the score where the definition maps codes to promoters and detractors."""
    asked = scope.questionnaire.item(indicator.item)
    scale = f"{asked.scale.lowest}-{asked.scale.highest}" if asked.scale else "choice"
    name = "NPS" if _is_nps(indicator, asked) else "recommendation_balance"
    tally = scope.figure(item_figure(indicator.item))
    if isinstance(tally, Reason):
        return RecommendationFigure(scale, _mapping(indicator), reason=tally)
    counts, population = tallies.code_counts(asked, tally), scope.population([asked.id])
    would, n = sum(counts[code] for code in indicator.would), sum(counts.values())
    return RecommendationFigure(
        scale,
        _mapping(indicator),
        n=n,
        would_recommend=share(would, n, population),
        score=_score(name, indicator, counts, n),
        population=population,
        presentation=statistics.presentation(n),
        reason=None if n else Reason.NO_ANSWERS,
        worst_case=worst_case(would, n, NONE_OR_ALL, scope, [asked.id]),
    )


def _mapping(indicator: Recommendation) -> dict[str, tuple[str, ...]]:
    would = {"would": indicator.would}
    if not indicator.promoters:
        return would
    return would | {
        "promoters": indicator.promoters,
        "passives": indicator.passives,
        "detractors": indicator.detractors,
    }


def _is_nps(indicator: Recommendation, asked: Item) -> bool:
    return (
        asked.scale is not None
        and asked.codes == NPS_CODES
        and set(indicator.promoters) == {"9", "10"}
        and set(indicator.detractors) == set(NPS_CODES[:7])
    )


def _score(name: str, indicator: Recommendation, counts: dict[str, int], n: int) -> Score:
    if not indicator.promoters:
        return Score(name, n, reason=Reason.NOT_DEFINED)
    promoters, passives, detractors = (
        sum(counts[code] for code in codes)
        for codes in (indicator.promoters, indicator.passives, indicator.detractors)
    )
    enough = n >= statistics.FEWEST_FOR_SCORE
    return Score(
        name,
        n,
        value=100 * (promoters - detractors) / n if enough else None,
        interval=statistics.score_interval(promoters, detractors, n) if enough else None,
        promoters=promoters,
        passives=passives,
        detractors=detractors,
        reason=None if enough else Reason.TOO_FEW_FOR_SCORE,
    )
