"""The painter of a row of waves: dots with upright intervals, joined where the figure is the same one."""

from collections.abc import Callable
from itertools import pairwise

from matplotlib.axes import Axes

from survey.charts.model import Row, Step
from survey.charts.squares import ASIDE, GROUND, PAD, Place, write
from survey.charts.theme import BLUE, GREY, INK, LINE, SMALL, VERMILLION, line_height

NOTHING = "–"
Height = Callable[[float], float]
"""Where a value stands, in inches from the panel's upper edge down."""


def lane(axes: Axes, row: Row, place: Place) -> None:
    """The steps of a row from left to right, between its lowest and highest point, with n under them."""
    line = line_height(SMALL)
    top = place.middle - place.height / 2 + line + PAD
    bottom = place.middle + place.height / 2 - line - 2 * PAD
    (lowest, _), (highest, _) = row.points
    unit = (bottom - top) / (highest - lowest)

    def high(value: float) -> float:
        return bottom - (value - lowest) * unit

    _guides(axes, row, place, high)
    _joins(axes, row, high, (top - line, bottom + line))
    for at, step in enumerate(row.steps):
        _dot(axes, at + 0.5, step, high, bottom)


def _guides(axes: Axes, row: Row, place: Place, high: Height) -> None:
    for value, words in row.points:
        axes.hlines([high(value)], 0, len(row.steps), colors=LINE, linewidth=0.6, zorder=0)
        write(axes, ASIDE / place.unit, high(value), words, GREY, "left", GROUND)


def _joins(axes: Axes, row: Row, high: Height, span: tuple[float, float]) -> None:
    for at, (before, after) in enumerate(pairwise(row.steps)):
        if after.joined and before.value is not None and after.value is not None:
            ends = [high(before.value), high(after.value)]
            axes.plot([at + 0.5, at + 1.5], ends, color=BLUE, linewidth=1.4, zorder=2)
        if after.broken:
            axes.vlines([at + 1], *span, colors=VERMILLION, linestyles="dashed", linewidth=1.2, zorder=3)


def _dot(axes: Axes, x: float, step: Step, high: Height, bottom: float) -> None:
    line = line_height(SMALL)
    if step.value is None:
        write(axes, x, bottom - line / 2, NOTHING, GREY, "center")
        return
    ends = [high(end) for end in step.interval or (step.value,)]
    axes.vlines([x], min(ends), max(ends), colors=BLUE, linewidth=1.3, zorder=3)
    axes.plot([x], [high(step.value)], "o", color=BLUE, markersize=6, zorder=4)
    over = min(*ends, high(step.value) - PAD) if len(ends) > 1 else high(step.value) - PAD
    write(axes, x, over - line / 2, step.said, INK, "center", GROUND)
    write(axes, x, bottom + line / 2 + PAD, step.small, GREY, "center")
