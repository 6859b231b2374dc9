"""The painters of whatever fills the height of its row: histograms, tables of squares and grids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from survey.charts.geometry import BETWEEN_TILES, heads_of_squares
from survey.charts.measuring import width
from survey.charts.model import Panel, Row, Tile
from survey.charts.theme import (
    GREY,
    HIDDEN,
    INK,
    LINE,
    PAPER,
    SKY,
    SMALL,
    VERMILLION,
    Fill,
    hatch_on,
    ink_on,
    line_height,
    shade_colour,
)
from survey.charts.wording import plain

PAD = 0.05
LEAST_SQUARE = 0.07
"""Inches: the square of a single person can still be seen."""
LINES_ABOVE = 3
"""Lines of words above the highest bar of a histogram: mean, median, and the bar's own."""
ASIDE = 0.045
"""Inches from the line of a mark to its words: their ground must not cover it."""
GROUND = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.5}
"""Under words that a line would cross."""


@dataclass(frozen=True)
class Place:
    """Where a row stands: which of its panel it is, its middle, height and bar's thickness in inches.

    `unit` inches are one on the axis.
    """

    at: int
    middle: float
    height: float
    thickness: float
    unit: float


def write(
    axes: Axes,
    x: float,
    y: float,
    words: str,
    colour: str,
    side: str,
    ground: Mapping[str, object] | None = None,
    bold: bool = False,
) -> None:
    """Write small words at a place, on a ground of their own where one is given."""
    axes.text(
        x,
        y,
        plain(words),
        fontsize=SMALL,
        color=colour,
        fontweight="bold" if bold else "normal",
        ha=side,
        va="center_baseline",
        zorder=5,
        bbox=None if ground is None else dict(ground),
    )


def write_heads(axes: Axes, panel: Panel, edges: Sequence[float], plot: float) -> None:
    """The words over the columns of squares."""
    for (middle, _), words in zip(panel.axis.ticks, heads_of_squares(panel, plot), strict=True):
        axes.text(
            middle,
            edges[0] - 0.03,
            words,
            fontsize=SMALL,
            color=GREY,
            ha="center",
            va="bottom",
            linespacing=1.1,
        )


def squares(axes: Axes, row: Row, place: Place) -> None:
    """One square for each column that somebody moved to, and a box for those who stayed; numbers in all."""
    for at, said in enumerate(row.said):
        area = row.values[at] if row.values else 0.0
        if row.values and at == place.at:
            _rectangle(axes, at + 0.5, place, (0.9, place.height - 2 * PAD), LINE)
        elif area:
            side = max(LEAST_SQUARE, sqrt(area) * (place.height - PAD))
            _rectangle(axes, at + 0.5, place, (side / place.unit, side), SKY)
        nobody = row.values and not area and at != place.at
        write(axes, at + 0.5, place.middle, said, GREY if nobody else INK, "center")


def tiles(axes: Axes, row: Row, place: Place) -> None:
    """The cells of a grid's row: shaded with their words, hatched where they are hidden, a dash for nobody.

    The first column is that of everybody, set off by a line.
    """
    for at, tile in enumerate(row.tiles):
        colour, hatch = _fill(tile)
        wide, high = 1 - 2 * BETWEEN_TILES / place.unit, place.height - 2 * BETWEEN_TILES
        corner = (at + 0.5 - wide / 2, place.middle - high / 2)
        axes.add_patch(
            Rectangle(
                corner, wide, high, facecolor=colour, edgecolor=LINE, hatch=hatch,
                hatchcolor=hatch_on(colour), linewidth=0.6, zorder=2,
            )
        )  # fmt: skip
        apart = line_height(SMALL) / 2 if tile.small else 0.0
        write(axes, at + 0.5, place.middle - apart, tile.said, ink_on(colour), "center", bold=True)
        write(axes, at + 0.5, place.middle + apart, tile.small, ink_on(colour), "center")
    ends = (place.middle - place.height / 2, place.middle + place.height / 2)
    axes.vlines([1], *ends, colors=GREY, linewidth=0.6, linestyles="dotted")


def _fill(tile: Tile) -> Fill:
    if tile.shade is not None:
        return shade_colour(tile.shade), None
    return (PAPER, None) if tile.hidden is None else HIDDEN[tile.hidden]


def _rectangle(axes: Axes, middle: float, place: Place, size: tuple[float, float], colour: str) -> None:
    wide, high = size
    corner = (middle - wide / 2, place.middle - high / 2)
    axes.add_patch(Rectangle(corner, wide, high, facecolor=colour, edgecolor="none", zorder=2))


def histogram(axes: Axes, row: Row, place: Place) -> None:
    """Bars that stand side by side, and the marks of the row over them."""
    base, line = place.middle + place.height / 2, line_height(SMALL)
    room = place.height - LINES_ABOVE * line
    for at, (share, said) in enumerate(zip(row.values, row.said, strict=True)):
        axes.bar(at + 0.5, -share * room, 0.94, base, color=SKY, zorder=2)
        if share and width(said, SMALL) < place.unit:
            write(axes, at + 0.5, base - share * room - line / 2, said, INK, "center", GROUND)
    axes.hlines([base], 0, len(row.values), colors=GREY, linewidth=0.9, zorder=3)
    sides = _sides(row.points, len(row.values), place.unit)
    for at, ((x, words), side) in enumerate(zip(row.points, sides, strict=True)):
        top = base - place.height + at * line
        _mark(axes, x, (top, base), STYLES[at])
        aside = ASIDE / place.unit if side == "left" else -ASIDE / place.unit
        write(axes, x + aside, top + line / 2, words, INK, side, GROUND)


STYLES: tuple[tuple[str, Literal["solid", "dashed"]], ...] = ((INK, "solid"), (VERMILLION, "dashed"))
"""Of the first and the second mark of a histogram."""


def _sides(points: Sequence[tuple[float, str]], end: int, unit: float) -> list[str]:
    """Where the words of each mark stand: away from the other mark, so that they cross neither line.

    Words that the axis from 0 to `end`, `unit` inches each, has no room for there stand on the other side.
    """
    middle = sum(x for x, _ in points) / (len(points) or 1)
    first_at_middle = next((at for at, (x, _) in enumerate(points) if x == middle), None)
    sides = []
    for at, (x, words) in enumerate(points):
        outward = "left" if x > middle or at == first_at_middle else "right"
        room = end - x if outward == "left" else x
        fits = width(words, SMALL) + ASIDE <= room * unit
        sides.append(outward if fits else {"left": "right", "right": "left"}[outward])
    return sides


def _mark(
    axes: Axes, x: float, span: tuple[float, float], style: tuple[str, Literal["solid", "dashed"]]
) -> None:
    """A line from top to base."""
    colour, dashes = style
    axes.vlines([x], *span, colors=colour, linestyles=dashes, linewidth=1.4, zorder=4)
