"""Dots with their intervals: the dimensions of a profile, shares by group."""

from collections.abc import Iterable, Sequence

from survey.charts.asking import NOTHING, Asked, Shown, compose, withheld_cells
from survey.charts.model import Axis, Chart, Mark, Panel, Row, Table
from survey.charts.multiples import multiples
from survey.charts.options import axis as percentages
from survey.definitions.model import Profile
from survey.indicators.model import (
    DimensionFigure,
    ItemFigure,
    ProfileFigure,
    ShareIndicatorFigure,
)
from survey.language import Language
from survey.narrative.words import AS_COUNTS

MOST_TICKS = 6
DIGITS = 1
TABLE_DIGITS = 2


def profile_chart(asked: Asked, indicator: Profile, title: str) -> Chart:
    """The dimensions in the order of the definition; by groups, small multiples."""
    t, parts = asked.t, asked.parts
    profiles = asked.figures(indicator.id, ProfileFigure)
    axis = scale_axis(profiles[0].lowest, profiles[0].highest, t)
    every = [figure for profile in profiles for figure in profile.dimensions.values()]
    response = asked.results.whole.response
    return compose(
        asked,
        title,
        base=t.plural("{n} answer", "{n} answers", response.responses),
        panels=multiples(
            [
                _profile_panel(asked, indicator, part.label, profile, axis)
                for part, profile in zip(parts, profiles, strict=True)
            ]
        ),
        table=_profile_table(asked, indicator, list(zip(parts, profiles, strict=True))),
        notes=[
            t("Dot: mean over those who answered at least half of the dimension's questions."),
            t("Line: interval (95%), which covers chance only."),
            *asked.star_note(every),
        ],
        lead=t(
            "Means of the dimensions on the scale from {lowest} to {highest}.",
            lowest=profiles[0].lowest,
            highest=profiles[0].highest,
        ),
        across=3 if asked.by else 1,
    )


def scale_axis(lowest: int, highest: int, t: Language) -> Axis:
    """The points of a scale, every second or fifth one where there are many."""
    step = next(step for step in (1, 2, 5, highest - lowest) if (highest - lowest) / step < MOST_TICKS)
    return Axis(lowest, highest, tuple((at, t.number(at)) for at in range(lowest, highest + 1, step)))


def _profile_panel(asked: Asked, indicator: Profile, label: str, profile: ProfileFigure, axis: Axis) -> Panel:
    """The rows of one part; a reason that holds for all of them stands once."""
    rows = tuple(_dimension_rows(asked, indicator, profile))
    reasons = {row.withheld for row in rows}
    withheld = reasons.pop() if len(reasons) == 1 else ""
    return Panel(
        Mark.DOT,
        tuple(Row(row.label) for row in rows) if withheld else rows,
        axis,
        title=label if asked.by else "",
        columns=(asked.t("mean"), asked.t("n")),
        withheld=withheld,
    )


def _dimension_rows(asked: Asked, indicator: Profile, profile: ProfileFigure) -> Iterable[Row]:
    for dimension in indicator.dimensions:
        label, figure = asked.words(dimension.label), profile.dimensions[dimension.id]
        if figure.mean is None:
            yield Row(label, withheld=asked.reason(figure.reason))
        else:
            said = asked.t.number(figure.mean, DIGITS)
            yield Row(
                label,
                values=(figure.mean,),
                said=(said,),
                beside=(said, asked.n(figure)),
                interval=figure.interval,
            )


def _profile_table(asked: Asked, indicator: Profile, parts: Sequence[tuple[Shown, ProfileFigure]]) -> Table:
    t = asked.t
    header = (t("dimension"), t("mean"), t("interval (95%)"), t("n"))
    if asked.by is None:
        return Table(header, tuple(_dimension_cells(asked, indicator, parts[0][1])))
    rows = (
        (part.label, *cells)
        for part, profile in parts
        for cells in _dimension_cells(asked, indicator, profile)
    )
    return Table((asked.head, *header), tuple(rows))


def _dimension_cells(asked: Asked, indicator: Profile, profile: ProfileFigure) -> Iterable[tuple[str, ...]]:
    for dimension in indicator.dimensions:
        figure = profile.dimensions[dimension.id]
        yield (asked.words(dimension.label), *_mean_cells(asked, figure))


def _mean_cells(asked: Asked, figure: DimensionFigure) -> tuple[str, ...]:
    if figure.mean is None:
        return withheld_cells(asked.reason(figure.reason), 3)
    mean = asked.t.number(figure.mean, TABLE_DIGITS)
    return (mean, asked.interval(figure.interval, TABLE_DIGITS), asked.n(figure))


def shares_chart(
    asked: Asked,
    figures: Sequence[ShareIndicatorFigure],
    title: str,
    head: str,
    caption: str,
    notes: Sequence[str],
) -> Chart:
    """One share for each part, with its interval; `notes` say of which question it is."""
    t, told = asked.t, list(zip(asked.parts, figures, strict=True))
    rows = tuple(_share_row(asked, part.label, figure, part.whole) for part, figure in told)
    panel = Panel(Mark.DOT, rows, percentages(asked, 1), columns=(head, t("n")))
    cells = tuple((part.label, *_share_cells(asked, figure)) for part, figure in told)
    return compose(
        asked,
        title,
        base=asked.base(ItemFigure("choice", n=figures[0].n, reason=figures[0].reason)),
        panels=[panel],
        table=Table((asked.head, head, t("interval (95%)"), t("n")), cells),
        notes=[
            *notes,
            asked.left_out(),
            t("Line: interval (95%), which covers chance only."),
            *asked.counts_note(figures),
            *asked.star_note(figures),
        ],
        caption=caption,
        lead=t("Shares with their intervals."),
    )


def _share_row(asked: Asked, label: str, figure: ShareIndicatorFigure, strong: bool) -> Row:
    if figure.value is None or figure.count is None:
        return Row(label, withheld=asked.reason(figure.reason), strong=strong)
    said = asked.share(figure.count, figure)
    interval = None if figure.presentation in AS_COUNTS else figure.interval
    return Row(label, (figure.value,), (said,), (said, asked.n(figure)), interval, strong=strong)


def _share_cells(asked: Asked, figure: ShareIndicatorFigure) -> tuple[str, ...]:
    if figure.value is None or figure.count is None:
        return withheld_cells(asked.reason(figure.reason), 3)
    interval = NOTHING if figure.presentation in AS_COUNTS else asked.percents(figure.interval)
    return (asked.cell(figure.count, figure), interval, asked.n(figure))
