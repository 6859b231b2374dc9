"""The figures that a cross of two breakdowns can show: of each what its cells say, and over which scale.

A ranking has no single number and is left to the breakdowns; of a profile each dimension is a figure.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from survey.charts.crossing import TOGETHER, Crossing
from survey.counts import Reason
from survey.definitions.model import (
    Indicator,
    Item,
    JointShare,
    Mean,
    Profile,
    Recommendation,
    Share,
    StatusChange,
    Summary,
)
from survey.indicators.model import PartResults
from survey.indicators.statistics import presentation
from survey.language import Language
from survey.narrative import label
from survey.narrative.words import AS_COUNTS, percent

RESPONSE = "response"
MEAN, SHARE, COUNT = "mean", "share", "count"
"""What the number of a figure is."""


@dataclass(frozen=True)
class Value:
    """A figure in one cell: its number, of a share also the count and what it is a share of; or why not."""

    value: float | None = None
    count: int | None = None
    n: int | None = None
    presentation: str | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class CrossedFigure:
    """One figure of a cross: its name as a chart, its title, its kind (MEAN, SHARE or COUNT), its cells.

    `path` leads to it in the JSON of a part. `ends` are those of the whole scale; None where there are none.
    """

    name: str
    title: str
    kind: str
    of: Callable[[PartResults], Value]
    path: tuple[str, ...]
    ends: tuple[float, float] | None = None

    def said(self, found: Value, t: Language) -> str:
        """3.8, 57%, 12 of 20 where there are few answers, or 140."""
        if found.value is None:
            return ""
        if self.kind == MEAN:
            return t.number(found.value, 1)
        if self.kind == COUNT or found.count is None or not found.n:
            return t.number(found.value)
        if found.presentation in AS_COUNTS:
            return t("{count} of {n}", count=found.count, n=found.n)
        return percent(found.count, found.n, t)


def crossed_figures(crossing: Crossing) -> Mapping[str, CrossedFigure]:
    """The figures by name: the response, each indicator, each dimension, each question on a scale.

    A question that is called like an indicator is left out, as among all charts.
    """
    found: dict[str, CrossedFigure] = {}
    for figure in _every(crossing):
        found.setdefault(figure.name, figure)
    return found


def _every(crossing: Crossing) -> Iterator[CrossedFigure]:
    yield _response(crossing)
    for indicator in crossing.questionnaire.indicators:
        if isinstance(indicator, Profile):
            yield from _dimensions(crossing, indicator)
        elif type(indicator) in INDICATORS:
            kind, of = INDICATORS[type(indicator)]
            yield CrossedFigure(
                indicator.id,
                _title(crossing, indicator),
                kind,
                lambda part, of=of, name=indicator.id: of(part.indicators[name]),  # type: ignore[misc]
                ("indicators", indicator.id),
                _ends(crossing, indicator),
            )
    for item in crossing.questionnaire.items:
        if item.scale:
            yield _item(crossing, item)


def _response(crossing: Crossing) -> CrossedFigure:
    """Who answered, of all invited; where answers tell who is in a cell, how many answers there are."""
    t, invited = crossing.t, crossing.invited

    def of(part: PartResults) -> Value:
        response = part.response
        answers = response.complete + response.partial
        if not invited:
            return Value(response.responses)
        if response.rr2 is None:
            return Value(reason=response.reason or Reason.NO_ANSWERS)
        return Value(response.rr2, answers, response.invited, presentation(response.invited or 0))

    title = t("Response rate") if invited else t("Answers")
    return CrossedFigure(
        RESPONSE, title, SHARE if invited else COUNT, of, ("response",), (0, 1) if invited else None
    )


def _title(crossing: Crossing, indicator: Indicator) -> str:
    named = label(indicator, crossing.questionnaire, crossing.t)
    if isinstance(indicator, StatusChange):
        return crossing.t("{label}: people who changed", label=named)
    return named


def _ends(crossing: Crossing, indicator: Any) -> tuple[float, float] | None:
    if not isinstance(indicator, Mean):
        return None if isinstance(indicator, Summary) else (0, 1)
    scale = crossing.questionnaire.item(indicator.item).scale
    return (scale.lowest, scale.highest) if scale else None


def _mean(figure: Any) -> Value:
    return Value(figure.value, None, figure.n, figure.presentation, figure.reason)


def _share(figure: Any) -> Value:
    return Value(figure.value, figure.count, figure.n, figure.presentation, figure.reason)


def _recommendation(figure: Any) -> Value:
    would = figure.would_recommend
    if would is None or figure.reason is not None:
        return Value(reason=figure.reason or Reason.NOT_DEFINED)
    return Value(would.share, would.count, would.n, figure.presentation, would.reason)


def _status_change(figure: Any) -> Value:
    if figure.movers is None or not figure.n:
        return Value(reason=figure.reason or figure.transitions_reason or Reason.NO_ANSWERS)
    return Value(figure.movers / figure.n, figure.movers, figure.n, figure.presentation)


def _summary(figure: Any) -> Value:
    return Value(figure.mean, None, figure.n, figure.presentation, figure.reason)


INDICATORS: Mapping[type, tuple[str, Callable[[Any], Value]]] = {
    Mean: (MEAN, _mean),
    Share: (SHARE, _share),
    JointShare: (SHARE, _share),
    Recommendation: (SHARE, _recommendation),
    StatusChange: (SHARE, _status_change),
    Summary: (MEAN, _summary),
}
"""The kinds of indicator that are one number in a cell, and what gives it."""


def _dimensions(crossing: Crossing, profile: Profile) -> Iterator[CrossedFigure]:
    scale = crossing.questionnaire.item(profile.dimensions[0].items[0]).scale
    for dimension in profile.dimensions:

        def of(part: PartResults, name: str = dimension.id) -> Value:
            figure: Any = part.indicators[profile.id]
            one = figure.dimensions[name]
            return Value(one.mean, None, one.n, one.presentation, one.reason)

        yield CrossedFigure(
            f"{profile.id}-{dimension.id}",
            crossing.t.choose(dimension.label),
            MEAN,
            of,
            ("indicators", profile.id, "dimensions", dimension.id),
            (scale.lowest, scale.highest) if scale else None,
        )


def _item(crossing: Crossing, item: Item) -> CrossedFigure:
    def of(part: PartResults) -> Value:
        found = part.items[item.id]
        return Value(found.mean, None, found.n, found.presentation, found.reason)

    scale = item.scale
    ends = (scale.lowest, scale.highest) if scale else None
    return CrossedFigure(item.id, crossing.t.choose(item.text), MEAN, of, ("items", item.id), ends)


@dataclass(frozen=True)
class Grid:
    """One figure in every cell of a cross, the line of everybody first in both directions.

    `values[row][column]`: a Value; the words why it has none where there are other words than a Reason's;
    None where nobody is in the cell.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[Value | str | None, ...], ...]


def grid(crossing: Crossing, figure: CrossedFigure) -> Grid:
    """One figure of a cross by its rows and columns, with those of either breakdown by itself."""
    t, cross, found = crossing.t, crossing.cross, crossing.found
    everybody = t("All")
    alone = [crossing.beside(cross.columns, members) for members in found.columns]
    first = (figure.of(crossing.results.whole), *(_of(crossing, figure, part) for part in alone))
    others = tuple(
        (
            _of(crossing, figure, crossing.beside(cross.rows, members)),
            *(figure.of(one) if isinstance(one, PartResults) else _hidden(one.reason) for one in cells),
        )
        for members, cells in zip(found.rows, found.cells, strict=True)
    )
    return Grid((everybody, *crossing.rows), (everybody, *crossing.columns), (first, *others))


def _of(crossing: Crossing, figure: CrossedFigure, part: PartResults | None) -> Value | str:
    return crossing.t(TOGETHER) if part is None else figure.of(part)


def _hidden(reason: Reason) -> Value | None:
    return None if reason is Reason.NO_ANSWERS else Value(reason=reason)
