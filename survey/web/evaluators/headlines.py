"""What stands first in each indicator's block: its big number, its base, and the facts beneath, by kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from survey.counts import Reason
from survey.definitions.model import Indicator, Questionnaire
from survey.indicators.model import (
    Figure,
    MeanFigure,
    ProfileFigure,
    RankingFigure,
    RecommendationFigure,
    ShareIndicatorFigure,
    StatusChangeFigure,
    SummaryFigure,
)
from survey.language import Language
from survey.narrative import score_name
from survey.narrative.words import AS_COUNTS, percent
from survey.web.evaluators.words import (
    DASH,
    Cell,
    answers,
    caution,
    count_of,
    number_cell,
    scale_ends,
    withheld,
)

Fact = tuple[str, Cell]


@dataclass(frozen=True)
class Headline:
    """The big `value` ("3.8", "" where no one number says it), its `unit`, its `base` and a warning."""

    value: str
    unit: str = ""
    base: str = ""
    warning: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What the makers of headlines need beside the figure."""

    indicator: Indicator
    questionnaire: Questionnaire
    threshold: int
    t: Language


def headline(figure: Figure, asked: Asked) -> Headline:
    """The headline of one indicator; a dash and the reason where the figure is withheld."""
    if figure.reason is not None:
        return Headline(DASH, unit=withheld(figure.reason, asked.threshold, asked.t).note)
    return MAKERS[figure.kind](figure, asked)


def share_value(count: int | None, n: int | None, presentation: str | None, t: Language) -> str:
    """57%, or 10 of 16 where there are few answers."""
    if count is None or not n:
        return DASH
    return count_of(count, n, t) if presentation in AS_COUNTS else percent(count, n, t)


def _mean(figure: MeanFigure, asked: Asked) -> Headline:
    t, scale = asked.t, asked.questionnaire.item(asked.indicator.item).scale  # type: ignore[union-attr]
    return Headline(
        number_cell(figure.value, t, 1).text,
        scale_ends(scale.lowest, scale.highest, t) if scale else "",
        answers(figure.n or 0, t),
        caution(figure.presentation, t),
    )


def _share(figure: ShareIndicatorFigure, asked: Asked) -> Headline:
    t = asked.t
    return Headline(
        share_value(figure.count, figure.n, figure.presentation, t),
        base=answers(figure.n or 0, t),
        warning=caution(figure.presentation, t),
    )


def _ranking(figure: RankingFigure, asked: Asked) -> Headline:
    t, first = asked.t, first_place(figure, asked)
    shown = next(iter((figure.options or {}).values()), None)
    if not first or shown is None:
        return Headline(DASH, t("nobody chose any of the answers that are ranked"), answers(figure.n or 0, t))
    return Headline(
        share_value(shown.count, figure.n, figure.presentation, t),
        t("chose {option}", option=first),
        answers(figure.n or 0, t),
        caution(figure.presentation, t),
    )


def first_place(figure: RankingFigure, asked: Asked) -> str:
    """The option chosen most often, or those that share the first place; nothing where nobody chose any."""
    t, labels = asked.t, asked.questionnaire.item(asked.indicator.item).labels  # type: ignore[union-attr]
    first = [code for code, option in (figure.options or {}).items() if option.rank == 1 and option.count]
    return t.listing([t("“{option}”", option=t.choose(labels[code])) for code in first])


def _recommendation(figure: RecommendationFigure, asked: Asked) -> Headline:
    t, would = asked.t, figure.would_recommend
    if would is None or would.reason is not None:
        reason = would.reason if would else figure.reason
        return Headline(DASH, unit=withheld(reason, asked.threshold, t).note, facts=_score(figure, asked))
    return Headline(
        share_value(would.count, would.n, figure.presentation, t),
        t("would recommend it"),
        answers(would.n, t),
        caution(figure.presentation, t),
        _score(figure, asked),
    )


def _score(figure: RecommendationFigure, asked: Asked) -> tuple[Fact, ...]:
    t, score = asked.t, figure.score
    if score is None or score.reason is Reason.NOT_DEFINED:
        return ()
    name = score_name(score, figure.scale, t)
    if score.value is None:
        return ((name, withheld(score.reason, asked.threshold, t)),)
    return (
        (name, Cell(t.signed(score.value, 1))),
        (t("Promoters"), _part_of(score.promoters, score.n, t)),
        (t("Passives"), _part_of(score.passives, score.n, t)),
        (t("Detractors"), _part_of(score.detractors, score.n, t)),
    )


def _part_of(count: int | None, n: int, t: Language) -> Cell:
    return Cell(DASH) if count is None else Cell(percent(count, n, t), t.number(count))


def _status_change(figure: StatusChangeFigure, asked: Asked) -> Headline:
    t = asked.t
    if figure.movers is None:
        return Headline(DASH, unit=withheld(figure.transitions_reason, asked.threshold, t).note)
    return Headline(
        number_cell(figure.movers, t).text,
        t.plural("person changed status", "people changed status", figure.movers),
        t.plural("{n} answered both questions", "{n} answered both questions", figure.n or 0),
        caution(figure.presentation, t),
        (
            (t("Answered only about before"), number_cell(figure.only_before, t)),
            (t("Answered only about now"), number_cell(figure.only_after, t)),
        ),
    )


def _profile(figure: ProfileFigure, asked: Asked) -> Headline:
    t = asked.t
    counts = [dimension.n for dimension in figure.dimensions.values() if dimension.n]
    if not counts:
        return Headline(DASH)
    low, high = min(counts), max(counts)
    base = answers(high, t) if low == high else t("{low} to {high} answers", low=low, high=high)
    ends = t("from {lowest} to {highest}", lowest=figure.lowest, highest=figure.highest)
    n = len(figure.dimensions)
    unit = t.plural("dimension, on a scale {ends}", "dimensions, on a scale {ends}", n, ends=ends)
    return Headline(t.number(n), unit, base)


def _summary(figure: SummaryFigure, asked: Asked) -> Headline:
    t, unit = asked.t, asked.questionnaire.item(asked.indicator.item).unit  # type: ignore[union-attr]
    span = withheld(figure.range_reason, asked.threshold, t)
    if figure.min is not None and figure.max is not None:
        span = Cell(t("{low} to {high}", low=figure.min, high=figure.max))
    return Headline(
        number_cell(figure.mean, t, 1).text,
        t("{unit} on average", unit=t.choose(unit)) if unit else t("on average"),
        answers(figure.n or 0, t),
        caution(figure.presentation, t),
        (
            (t("Median"), _median(figure, asked)),
            (t("Smallest and largest"), span),
            (t("Sum"), Cell(DASH if figure.sum is None else t.number(figure.sum, None))),
        ),
    )


def _median(figure: SummaryFigure, asked: Asked) -> Cell:
    if figure.median is None:
        return withheld(figure.median_reason, asked.threshold, asked.t)
    return Cell(asked.t.number(figure.median, None))


MAKERS: Mapping[str, Callable[[Any, Asked], Headline]] = {
    "mean": _mean,
    "share": _share,
    "ranking": _ranking,
    "recommendation": _recommendation,
    "status_change": _status_change,
    "profile": _profile,
    "summary": _summary,
}
