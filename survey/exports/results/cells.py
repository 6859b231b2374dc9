"""The cells of a workbook: numbers with their format, words, reasons.

What is withheld is its reason in words, never a number, so that nothing can be added up that is not there.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from survey.charts.asking import Asked
from survey.counts import Reason
from survey.definitions.model import Indicator, Questionnaire
from survey.indicators.model import (
    MeanFigure,
    RankingFigure,
    RecommendationFigure,
    Results,
    ShareIndicatorFigure,
    StatusChangeFigure,
    SummaryFigure,
)
from survey.language import Language
from survey.narrative.words import AS_COUNTS

COUNT, DECIMAL, SHARE, SCORE, FINE, SIGNED = "count", "decimal", "share", "score", "fine", "signed"
"""The formats of numbers: 1,280; 3.80; 57.0%; -20.6; 0.0123; +3."""


@dataclass(frozen=True)
class Number:
    """A cell with a number."""

    value: float
    form: str


Cell = Number | str


@dataclass(frozen=True)
class Block:
    """A table of a sheet: what it is called, its header, rows as long as that."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its tables, and its pictures, as (what is charted, by which breakdown)."""

    name: str
    blocks: tuple[Block, ...]
    pictures: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True)
class Cells:
    """What makes cells of the figures of a wave."""

    asked: Asked

    @property
    def t(self) -> Language:
        """The language of the words."""
        return self.asked.t

    @property
    def results(self) -> Results:
        """The figures."""
        return self.asked.results

    @property
    def questionnaire(self) -> Questionnaire:
        """What was asked."""
        return self.asked.questionnaire

    def why(self, reason: Reason | None) -> str:
        """Why there is no number; without a reason there were no answers."""
        return self.asked.reason(reason)

    def number(self, value: float | None, form: str, reason: Reason | None = None) -> Cell:
        """A number, or why there is none; nothing where the kind of figure has none."""
        if value is not None:
            return Number(value, form)
        return self.why(reason) if reason else ""

    def ends(
        self, interval: tuple[float, float] | None, form: str, reason: Reason | None
    ) -> tuple[Cell, Cell]:
        """The ends of an interval; in place of the first one, why there is none."""
        if interval is not None:
            return Number(interval[0], form), Number(interval[1], form)
        return (self.why(reason) if reason else "", "")

    def share(self, count: int | None, share: float | None, n: int | None, presentation: str | None) -> Cell:
        """A share as a number; of few answers, in words, which cannot be taken for a percentage."""
        if share is None or count is None:
            return ""
        return (
            self.t("{count} of {n}", count=count, n=n) if presentation in AS_COUNTS else Number(share, SHARE)
        )

    def values(self, figure: Any, indicator: Indicator) -> Iterator[tuple[Cell, ...]]:
        """The rows of an indicator: what the number is, the number, its interval, n."""
        if figure.reason is not None:
            yield ("", self.why(figure.reason), "", "", "")
            return
        yield from VALUES[type(figure)](self, figure, indicator)


def _mean(of: Cells, figure: MeanFigure, _: Indicator) -> Iterator[tuple[Cell, ...]]:
    ends = of.ends(figure.interval, DECIMAL, figure.interval_reason)
    yield (of.t("mean"), of.number(figure.value, DECIMAL), *ends, of.number(figure.n, COUNT))


def _share(of: Cells, figure: ShareIndicatorFigure, _: Indicator) -> Iterator[tuple[Cell, ...]]:
    value = of.share(figure.count, figure.value, figure.n, figure.presentation)
    ends = of.ends(figure.interval, SHARE, figure.interval_reason)
    yield (of.t("share"), value, *ends, of.number(figure.n, COUNT))


def _recommendation(of: Cells, figure: RecommendationFigure, _: Indicator) -> Iterator[tuple[Cell, ...]]:
    would, score, n = figure.would_recommend, figure.score, of.number(figure.n, COUNT)
    if would is not None:
        ends = of.ends(would.interval, SHARE, would.interval_reason)
        yield (
            of.t("would recommend"),
            of.share(would.count, would.share, would.n, figure.presentation) or of.why(would.reason),
            *ends,
            n,
        )
    if score is not None and score.reason is not Reason.NOT_DEFINED:
        ends = of.ends(score.interval, SCORE, score.interval_reason)
        yield (of.t("score"), of.number(score.value, SCORE, score.reason), *ends, n)


def _ranking(of: Cells, figure: RankingFigure, indicator: Any) -> Iterator[tuple[Cell, ...]]:
    labels = of.questionnaire.item(indicator.item).labels
    for code, option in (figure.options or {}).items():
        value = of.share(option.count, option.share, figure.n, figure.presentation)
        ends = of.ends(option.interval, SHARE, option.interval_reason)
        yield (of.asked.words(labels[code]), value, *ends, of.number(figure.n, COUNT))


def _summary(of: Cells, figure: SummaryFigure, _: Indicator) -> Iterator[tuple[Cell, ...]]:
    n = of.number(figure.n, COUNT)
    ends = of.ends(figure.interval, DECIMAL, figure.interval_reason)
    yield (of.t("mean"), of.number(figure.mean, DECIMAL), *ends, n)
    yield (of.t("median"), of.number(figure.median, DECIMAL, figure.median_reason), "", "", n)
    yield (of.t("sum"), of.number(figure.sum, DECIMAL), "", "", n)
    if figure.min is not None and figure.max is not None:
        yield (of.t("lowest"), Number(figure.min, DECIMAL), "", "", n)
        yield (of.t("highest"), Number(figure.max, DECIMAL), "", "", n)


def _status(of: Cells, figure: StatusChangeFigure, _: Indicator) -> Iterator[tuple[Cell, ...]]:
    yield (
        of.t("people who changed"),
        of.number(figure.movers, COUNT, figure.transitions_reason),
        "",
        "",
        of.number(figure.n, COUNT),
    )


VALUES: Mapping[type, Callable[[Cells, Any, Any], Iterator[tuple[Cell, ...]]]] = {
    MeanFigure: _mean,
    ShareIndicatorFigure: _share,
    RecommendationFigure: _recommendation,
    RankingFigure: _ranking,
    SummaryFigure: _summary,
    StatusChangeFigure: _status,
}
"""What writes the rows of each kind of figure."""
