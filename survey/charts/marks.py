"""One painter for each mark: the rows of a panel -> artists in axes whose heights are inches."""

from collections.abc import Callable, Mapping, Sequence

from matplotlib.axes import Axes

from survey.charts.geometry import APART, HEADED, SIDE
from survey.charts.lanes import lane
from survey.charts.likert import starts
from survey.charts.measuring import width, wrap
from survey.charts.model import Mark, Panel, Row
from survey.charts.squares import PAD, Place, histogram, squares, tiles, write, write_heads
from survey.charts.theme import (
    BLUE,
    GREY,
    HATCHES,
    INK,
    LINE,
    PAPER,
    PART_FILLS,
    SKY,
    SMALL,
    VERMILLION,
    ink_on,
    scale_fills,
)

BAR = 0.24
THIN_BAR = 0.16
Painter = Callable[[Axes, Row, Place], None]


def paint(
    axes: Axes,
    panel: Panel,
    edges: Sequence[float],
    places: Sequence[tuple[float, float]],
    plot: float,
) -> None:
    """Paint all rows of a panel: their edges, their middles and heights, and the plot's width in inches."""
    left, right = _room(panel, plot)
    unit = plot / (right - left)
    thickness = BAR if panel.mark is Mark.STACKED else THIN_BAR
    axes.set_xlim(left, right)
    axes.set_ylim(edges[-1], 0)
    _ground(axes, panel, edges, plot)
    for at, (row, (middle, height)) in enumerate(zip(panel.rows, places, strict=True)):
        place = Place(at, middle, height, thickness, unit)
        if row.apart:
            above = middle - (height + APART) / 2
            axes.hlines([above], left, right, colors=GREY, linewidth=0.6, linestyles="dotted")
        if row.withheld:
            _reason(axes, row.withheld, place.middle, plot)
        else:
            PAINTERS[panel.mark](axes, row, place)
    if panel.line is not None:
        axes.vlines(
            [panel.line], edges[0], edges[-1], colors=VERMILLION, linestyles="dashed", linewidth=1.4, zorder=4
        )
    if panel.withheld:
        _reason(axes, panel.withheld, (edges[0] + edges[-1]) / 2, plot)


def _room(panel: Panel, plot: float) -> tuple[float, float]:
    """The limits of the axis with room at its ends for what is written there."""
    said = max((width(words, SMALL) for row in panel.rows for words in row.said), default=0.0) + 3 * PAD
    span = panel.axis.highest - panel.axis.lowest
    before, after = {
        Mark.STACKED: (0.0, 0.0),
        Mark.DOT: (2 * PAD, 2 * PAD),
        Mark.NET: (2 * PAD, 2 * PAD),
        Mark.BAR: (0.0, said),
        Mark.PARTS: (0.0, said),
        Mark.HISTOGRAM: (2 * PAD, 2 * PAD),
        Mark.MATRIX: (SIDE, 0.0),
        Mark.GRID: (SIDE, 0.0),
        Mark.TREND: (SIDE, 0.0),
    }[panel.mark]
    unit = max(plot - before - after, plot / 3) / span
    return panel.axis.lowest - before / unit, panel.axis.highest + after / unit


def _ground(axes: Axes, panel: Panel, edges: Sequence[float], plot: float) -> None:
    """The grid, the ticks, and the line at zero where bars grow from it."""
    ticks = () if panel.withheld else panel.axis.ticks
    if panel.mark in HEADED:
        if not panel.withheld:
            write_heads(axes, panel, edges, plot)
        ticks = ()
    grid = () if panel.mark is Mark.HISTOGRAM else ticks
    axes.vlines([at for at, _ in grid], edges[0], edges[-1], colors=LINE, linewidth=0.6, zorder=0)
    if panel.mark is not Mark.DOT and grid:
        zorder = 1 if panel.mark is Mark.STACKED else 3
        axes.vlines([0], edges[0], edges[-1], colors=GREY, linewidth=0.9, zorder=zorder)
    axes.set_xticks([at for at, _ in ticks], [words for _, words in ticks], fontsize=SMALL, color=GREY)
    axes.tick_params(length=0, pad=2)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _reason(axes: Axes, words: str, middle: float, plot: float) -> None:
    axes.text(
        1.5 * PAD / plot,
        middle,
        "\n".join(wrap(words, SMALL, plot - PAD)),
        transform=axes.get_yaxis_transform(),
        fontsize=SMALL,
        fontstyle="italic",
        color=GREY,
        va="center",
        linespacing=1.1,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
    )


def _stacked(axes: Axes, row: Row, place: Place) -> None:
    parts = zip(row.values, starts(row.values), row.said, scale_fills(len(row.values)), strict=True)
    for share, left, said, (colour, hatch) in parts:
        axes.barh(
            place.middle,
            share,
            height=place.thickness,
            left=left,
            color=colour,
            hatch=hatch,
            hatchcolor=PAPER,
            edgecolor=PAPER,
            linewidth=0.6,
            zorder=2,
        )
        if width(said, SMALL) + PAD < share * place.unit:
            ground = {"facecolor": colour, "edgecolor": "none", "pad": 1.8} if hatch else None
            write(axes, left + share / 2, place.middle, said, ink_on(colour), "center", ground)


def _dot(axes: Axes, row: Row, place: Place) -> None:
    colour = INK if row.strong else BLUE
    if row.interval:
        _whisker(axes, row.interval, place, colour)
    if row.values:
        axes.plot(
            row.values, [place.middle], "D" if row.strong else "o", color=colour, markersize=6, zorder=4
        )


def _net(axes: Axes, row: Row, place: Place) -> None:
    if not row.values:
        return
    (net,) = row.values
    colour, hatch = (VERMILLION, HATCHES[0]) if net < 0 else (BLUE, None)
    axes.barh(
        place.middle, net, height=place.thickness, color=colour, hatch=hatch, hatchcolor=PAPER, zorder=2
    )
    if row.interval:
        _whisker(axes, row.interval, place, INK)


def _bar(axes: Axes, row: Row, place: Place) -> None:
    if not row.values:
        return
    (share,) = row.values
    axes.barh(place.middle, share, height=place.thickness, color=BLUE if row.strong else SKY, zorder=2)
    if row.interval:
        _whisker(axes, row.interval, place, INK)
    for said in row.said:
        write(axes, share + PAD / place.unit, place.middle, said, INK, "left")


def _parts(axes: Axes, row: Row, place: Place) -> None:
    left = 0.0
    for part, (colour, hatch) in zip(row.values, PART_FILLS, strict=False):
        axes.barh(
            place.middle,
            part,
            height=place.thickness,
            left=left,
            color=colour,
            hatch=hatch,
            hatchcolor=PAPER,
            zorder=2,
        )
        left += part
    for said in row.said:
        write(axes, left + PAD / place.unit, place.middle, said, INK, "left")


def _whisker(axes: Axes, interval: tuple[float, float], place: Place, colour: str) -> None:
    cap = place.thickness / 4
    axes.hlines([place.middle], *interval, colors=colour, linewidth=1.3, zorder=3)
    axes.vlines(interval, place.middle - cap, place.middle + cap, colors=colour, linewidth=1.3, zorder=3)


PAINTERS: Mapping[Mark, Painter] = {
    Mark.STACKED: _stacked,
    Mark.DOT: _dot,
    Mark.NET: _net,
    Mark.BAR: _bar,
    Mark.PARTS: _parts,
    Mark.HISTOGRAM: histogram,
    Mark.MATRIX: squares,
    Mark.GRID: tiles,
    Mark.TREND: lane,
}
