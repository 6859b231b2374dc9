"""One entry for each kind of item: its tally -> ItemFigure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from survey.counts import HOW_MANY, MISSING, NOT_APPLICABLE, NOT_ASKED, Reason, item_figure
from survey.definitions.model import Item, Kind
from survey.indicators import statistics, tallies
from survey.indicators.model import ItemFigure, ShareFigure
from survey.indicators.scope import Scope
from survey.indicators.statistics import Moments
from survey.release import Tallied


def item(asked: Item, scope: Scope) -> ItemFigure:
    """The figure of one item in one part; withheld with its reason where the release withholds it."""
    tally = scope.figure(item_figure(asked.id))
    if isinstance(tally, Reason):
        return ItemFigure(kind=asked.kind, reason=tally)
    return KINDS[asked.kind](asked, tally, scope)


def share(count: int, n: int, population: int | None) -> ShareFigure:
    """The share of `count` among `n` valid answers, Wilson interval with finite population."""
    interval, why_not = statistics.share_interval(count, n, population)
    if not n:
        return ShareFigure(n=0, count=0, reason=Reason.NO_ANSWERS)
    return ShareFigure(n, count, count / n, interval, interval_reason=why_not)


def _base(asked: Item, tally: Tallied, scope: Scope, n: int | None = None) -> ItemFigure:
    n = sum(tallies.answered(tally).values()) if n is None else n
    return ItemFigure(
        kind=asked.kind,
        n=n,
        missing=tally.get(MISSING, 0),
        not_applicable=tally.get(NOT_APPLICABLE, 0),
        not_asked=tally.get(NOT_ASKED, 0),
        population=scope.population([asked.id]),
        presentation=statistics.presentation(n),
        reason=None if n else Reason.NO_ANSWERS,
    )


def _text(asked: Item, tally: Tallied, scope: Scope) -> ItemFigure:
    """How many wrote something. Texts are stored apart from all else, so nobody knows who wrote none."""
    return replace(_base(asked, tally, scope), missing=None, not_applicable=None, not_asked=None)


def _with_mean(figure: ItemFigure, values: Moments) -> ItemFigure:
    interval, why_not = statistics.mean_interval(values, figure.population)
    return replace(
        figure,
        mean=values.mean,
        sd=values.sd,
        median=values.median,
        interval=interval,
        interval_reason=why_not,
    )


def _scale(asked: Item, tally: Tallied, scope: Scope) -> ItemFigure:
    counts = tallies.code_counts(asked, tally)
    figure = _with_mean(_base(asked, tally, scope), tallies.scale_values(tally))

    def ends(points: Sequence[int]) -> ShareFigure | None:
        count = sum(counts[str(point)] for point in points)
        return share(count, figure.n or 0, figure.population) if points else None

    scale = asked.scale
    return replace(
        figure,
        counts=counts,
        top2=ends(scale.top2) if scale else None,
        bottom2=ends(scale.bottom2) if scale else None,
    )


def _choice(asked: Item, tally: Tallied, scope: Scope) -> ItemFigure:
    return replace(_base(asked, tally, scope), counts=tallies.code_counts(asked, tally))


def _choices(asked: Item, tally: Tallied, scope: Scope) -> ItemFigure:
    people = tallies.people(asked, tally)
    return replace(_base(asked, people, scope), counts=tallies.code_counts(asked, tally))


def _number(asked: Item, tally: Tallied, scope: Scope) -> ItemFigure:
    values = tallies.number_values(asked, tally)
    figure = _with_mean(_base(asked, tally, scope, values.n), values)
    if HOW_MANY in tally:
        return replace(figure, counts_reason=Reason.NOT_ADDITIVE, median_reason=Reason.NOT_ADDITIVE)
    if not scope.is_named:
        return replace(figure, counts_reason=Reason.NAMED_ONLY)
    return replace(figure, counts=tallies.answered(tally))


KINDS: Mapping[Kind, Callable[[Item, Tallied, Scope], ItemFigure]] = {
    Kind.SCALE: _scale,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
}
