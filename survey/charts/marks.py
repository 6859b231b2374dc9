"""One painter for each mark: the rows of a panel -> artists in axes whose heights are inches."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from survey.charts.likert import starts
from survey.charts.measuring import plain, width, wrap
from survey.charts.model import Mark, Panel, Row
from survey.charts.theme import (
    BLUE,
    GREY,
    HATCHES,
    INK,
    LINE,
    PAPER,
    SKY,
    SMALL,
    VERMILLION,
    ink_on,
    scale_colours,
)

BAR = 0.24
THIN_BAR = 0.16
PAD = 0.05


@dataclass(frozen=True)
class Place:
    """Where a row stands: its middle and how thick its bar is, inches; `unit` inches are one on the axis."""

    middle: float
    thickness: float
    unit: float


Painter = Callable[[Axes, Row, Place], None]


def paint(axes: Axes, panel: Panel, edges: Sequence[float], plot: float) -> None:
    """Paint all rows of a panel between their edges on a plot of that many inches."""
    left, right = _room(panel, plot)
    unit = plot / (right - left)
    thickness = BAR if panel.mark is Mark.STACKED else THIN_BAR
    axes.set_xlim(left, right)
    axes.set_ylim(edges[-1], 0)
    _ground(axes, panel, edges)
    for at, row in enumerate(panel.rows):
        place = Place((edges[at] + edges[at + 1]) / 2, thickness, unit)
        if row.withheld:
            _reason(axes, row.withheld, place.middle, plot)
        else:
            PAINTERS[panel.mark](axes, row, place)
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
    }[panel.mark]
    unit = max(plot - before - after, plot / 3) / span
    return panel.axis.lowest - before / unit, panel.axis.highest + after / unit


def _ground(axes: Axes, panel: Panel, edges: Sequence[float]) -> None:
    """The grid, the ticks, and the line at zero where bars grow from it."""
    ticks = () if panel.withheld else panel.axis.ticks
    axes.vlines([at for at, _ in ticks], edges[0], edges[-1], colors=LINE, linewidth=0.6, zorder=0)
    if panel.mark is not Mark.DOT and ticks:
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
    colours, last = scale_colours(len(row.values)), len(row.values) - 1
    parts = zip(row.values, starts(row.values), row.said, colours, strict=True)
    for at, (share, left, said, colour) in enumerate(parts):
        axes.barh(
            place.middle,
            share,
            height=place.thickness,
            left=left,
            color=colour,
            hatch={0: HATCHES[0], last: HATCHES[1]}.get(at),
            hatchcolor=PAPER,
            edgecolor=PAPER,
            linewidth=0.6,
            zorder=2,
        )
        if width(said, SMALL) + PAD < share * place.unit:
            ground = {"facecolor": colour, "edgecolor": "none", "pad": 1.8} if at in (0, last) else None
            _write(axes, left + share / 2, place.middle, said, ink_on(colour), "center", ground)


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
    _write(axes, share + PAD / place.unit, place.middle, row.said[0], INK, "left")


def _whisker(axes: Axes, interval: tuple[float, float], place: Place, colour: str) -> None:
    cap = place.thickness / 4
    axes.hlines([place.middle], *interval, colors=colour, linewidth=1.3, zorder=3)
    axes.vlines(interval, place.middle - cap, place.middle + cap, colors=colour, linewidth=1.3, zorder=3)


def _write(
    axes: Axes,
    x: float,
    y: float,
    words: str,
    colour: str,
    side: str,
    ground: Mapping[str, object] | None = None,
) -> None:
    axes.text(
        x,
        y,
        plain(words),
        fontsize=SMALL,
        color=colour,
        ha=side,
        va="center_baseline",
        zorder=5,
        bbox=None if ground is None else dict(ground),
    )


PAINTERS: Mapping[Mark, Painter] = {
    Mark.STACKED: _stacked,
    Mark.DOT: _dot,
    Mark.NET: _net,
    Mark.BAR: _bar,
}
