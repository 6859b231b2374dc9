"""A row of waves: one lane for each figure, the waves from left to right, no line across a break."""

import math
from collections.abc import Sequence
from datetime import datetime

from survey.changes import Point, Side, Trend, Trends
from survey.charts.asking import NOTHING
from survey.charts.model import Axis, Chart, Mark, Panel, Row, Step, Table, UnknownChart
from survey.indicators.measures import Path
from survey.language import Language
from survey.narrative.trends import (
    break_said,
    trend_cautions,
    trend_interval,
    trend_label,
    trend_sentence,
    trend_value,
    trend_why,
)

UNITS = ("mean", "share")
STEPS = {"mean": 0.5, "share": 0.1}
"""What the lowest and the highest value of the lanes are multiples of."""
Named = Sequence[tuple[str, Trend]]


def trend_chart(found: Trends, t: Language, only: Path | None = None) -> Chart:
    """Every figure over the waves, or one of them. Raises UnknownChart for a figure that no wave has."""
    if only is not None and only not in found.figures:
        known = ", ".join("/".join(path) for path in found.figures)
        raise UnknownChart(
            "There is no figure “{what}” in these waves; there are: {known}.",
            what="/".join(only), known=known,
        )  # fmt: skip
    chosen = found.figures if only is None else {only: found.figures[only]}
    named = [(trend_label(path, found, t), trend) for path, trend in chosen.items()]
    return _chart(found, named, t)


def _chart(found: Trends, named: Named, t: Language) -> Chart:
    title = named[0][0] if len(named) == 1 else t("Figures from wave to wave")
    subtitle = " → ".join(side.results.wave for side in found.sides)
    notes = tuple(_notes(found, named, t))
    said = (trend_sentence(name, trend, found, t) for name, trend in named)
    panels = (_panel(unit, found, named, t) for unit in UNITS)
    synthetic = any(side.results.synthetic for side in found.sides)
    return Chart(
        language=t.code,
        title=title,
        subtitle=subtitle,
        caption="",
        panels=tuple(panel for panel in panels if panel is not None),
        notes=notes,
        source=_source(found, t),
        description=" ".join([f"{title}. {subtitle}.", *said, *notes]),
        table=trend_table(named, found, t),
        synthetic=t("Synthetic data") if synthetic else "",
    )


def _notes(found: Trends, named: Named, t: Language) -> list[str]:
    notes = [
        t("Dot: the figure of a wave. Line through it: interval (95%), which covers chance only; without "
          "finite population correction, as waves are set side by side."),
    ]  # fmt: skip
    if any(trend.breaks for _, trend in named):
        notes.append(
            t("Dashed line: a break, since what was asked or how it is computed has changed; what stands on "
              "its two sides cannot be compared, and no line is drawn across it.")
        )  # fmt: skip
    return [*notes, *trend_cautions(found, t)]


def _panel(unit: str, found: Trends, named: Named, t: Language) -> Panel | None:
    """The lanes of one unit, all to one measure; None where no figure has it."""
    chosen = [(name, trend) for name, trend in named if trend.unit == unit]
    if not chosen:
        return None
    bounds = _bounds(unit, [trend for _, trend in chosen])
    said = tuple((end, _end(end, unit, t)) for end in bounds)
    rows = tuple(_row(name, trend, said, t) for name, trend in chosen)
    title = t("Shares in percent") if unit == "share" else t("Means, in points of the scale")
    return Panel(Mark.TREND, rows, _axis(found, t), title)


def _row(name: str, trend: Trend, ends: tuple[tuple[float, str], ...], t: Language) -> Row:
    """A lane, or the reason why no wave shows the figure."""
    if all(point.value is None for point in trend.points):
        return Row(name, withheld=trend_why(trend.points[-1], t))
    return Row(name, points=ends, steps=_steps(trend, t))


def _steps(trend: Trend, t: Language) -> tuple[Step, ...]:
    return tuple(_step(point, trend, t) for point in trend.points)


def _step(point: Point, trend: Trend, t: Language) -> Step:
    said = trend_value(point, trend, t)
    small = "" if point.n is None else t("n {n}", n=point.n)
    return Step(point.value, said, small, point.interval, point.joined, point.changed is not None)


def _bounds(unit: str, chosen: Sequence[Trend]) -> tuple[float, float]:
    """From a round number below the lowest end to one above the highest; shares stay within 0 and 1."""
    points = [point for trend in chosen for point in trend.points if point.value is not None]
    ends = [end for point in points for end in (point.value or 0.0, *(point.interval or ()))]
    if not ends:
        return 0.0, 1.0
    step = STEPS[unit]
    low = math.floor(round(min(ends) / step, 6)) * step
    high = math.ceil(round(max(ends) / step, 6)) * step
    return low, max(high, low + step)


def _end(end: float, unit: str, t: Language) -> str:
    return t.percent(end) if unit == "share" else t.number(end, 1)


def _axis(found: Trends, t: Language) -> Axis:
    """The waves, one apart, each in the middle of its place, under its name and the day it closed."""
    heads = ((at + 0.5, _head(side, t)) for at, side in enumerate(found.sides))
    return Axis(0, len(found.sides), tuple(heads))


def _head(side: Side, t: Language) -> str:
    day = datetime.fromisoformat(side.results.closed).date()
    return t("{wave} ({day})", wave=side.results.wave, day=t.day(day))


def trend_table(named: Named, found: Trends, t: Language) -> Table:
    """A row for each figure and wave: value, interval, n, and the break before it or why it is not shown."""
    header = (t("figure"), t("wave"), t("value"), t("interval (95%)"), t("n"), t("remarks"))
    rows = (
        (name, side.results.wave, *_cells(point, trend, t))
        for name, trend in named
        for side, point in zip(found.sides, trend.points, strict=True)
    )
    return Table(header, tuple(rows))


def _cells(point: Point, trend: Trend, t: Language) -> tuple[str, str, str, str]:
    n = NOTHING if point.n is None else t.number(point.n)
    return trend_value(point, trend, t), trend_interval(point, trend, t), n, remark(point, t)


def remark(point: Point, t: Language) -> str:
    """Why there is no value or interval, and whether the figure is another one than before."""
    parts = []
    if point.changed is not None:
        parts.append(t("break: {why}", why=break_said(point.changed, t)))
    if point.value is None or point.reason is not None:
        parts.append(trend_why(point, t))
    return "; ".join(parts)


def _source(found: Trends, t: Language) -> str:
    waves = ", ".join(side.results.wave for side in found.sides)
    return t("Source: waves {waves}; questionnaire {questionnaire}.",
             waves=waves, questionnaire=found.sides[-1].results.questionnaire)  # fmt: skip
