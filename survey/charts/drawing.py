"""Chart -> matplotlib Figure: words above, panels in a grid, notes below; all lengths in inches."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.transforms import ScaledTranslation

from survey.charts.geometry import GAP, HEADS, MARGIN, TICKS, Geometry, Legend, Lines, legend, lines, measure
from survey.charts.marks import paint
from survey.charts.measuring import plain, width, wrap
from survey.charts.model import Chart, Mark, Panel
from survey.charts.theme import (
    GREY,
    INK,
    PAPER,
    PART_FILLS,
    POINTS_PER_INCH,
    SMALL,
    TEXT,
    TITLE,
    VERMILLION,
    Fill,
    line_height,
    scale_fills,
)

SPACE = 0.06
LABEL_PAD = 5
"""Points between the labels and the axes."""
TITLE_PAD = 3
"""Points between a panel and its title."""


def draw(chart: Chart) -> Figure:
    """The Figure of a chart, as high as its words and rows need; call it under `theme.RC`."""
    geometry = measure(chart)
    head, foot = _head(chart, geometry), _foot(chart, geometry)
    body = _row_heights(chart, geometry)
    above, below = _height(head) + MARGIN, _height(foot) + MARGIN + SPACE
    height = above + sum(body) + below
    figure = Figure(figsize=(geometry.width, height))
    _write(figure, head, height - MARGIN)
    _write(figure, foot, below - SPACE)
    _tag(figure, chart.synthetic)
    _panels(figure, chart, geometry, [height - above - sum(body[: at + 1]) for at in range(len(body))])
    return figure


def _head(chart: Chart, geometry: Geometry) -> list[Lines]:
    room = geometry.width - 2 * MARGIN
    tag = width(chart.synthetic, TEXT, bold=True) + 0.4 if chart.synthetic else 0.0
    return [
        lines(chart.title, TITLE, INK, room - tag, bold=True),
        lines(chart.subtitle, TEXT, GREY, room),
        lines(chart.caption, TEXT, INK, room),
    ]


def _foot(chart: Chart, geometry: Geometry) -> list[Lines]:
    room = geometry.width - 2 * MARGIN
    source = " · ".join(filter(None, [chart.source, chart.synthetic]))
    return [*(lines(note, SMALL, GREY, room) for note in chart.notes), lines(source, SMALL, GREY, room)]


def _height(blocks: Sequence[Lines]) -> float:
    return sum(block.height + SPACE for block in blocks if block.words)


def _write(figure: Figure, blocks: Sequence[Lines], top: float) -> None:
    """Write blocks of lines from `top` inches above the figure's lower edge down."""
    inches_wide, inches_high = figure.get_size_inches()
    for block in blocks:
        for words in block.words:
            figure.text(
                MARGIN / inches_wide,
                top / inches_high,
                words,
                fontsize=block.size,
                color=block.colour,
                fontweight="bold" if block.bold else "normal",
                va="top",
                in_layout=False,
            )
            top -= line_height(block.size)
        top -= SPACE if block.words else 0


def _tag(figure: Figure, words: str) -> None:
    """The mark of generated data, in a frame in the upper right corner."""
    if not words:
        return
    wide, high = figure.get_size_inches()
    figure.text(
        1 - (MARGIN + SPACE) / wide,
        1 - (MARGIN + SPACE) / high,
        words,
        fontsize=TEXT,
        fontweight="bold",
        color=INK,
        ha="right",
        va="top",
        in_layout=False,
        bbox={"facecolor": PAPER, "edgecolor": VERMILLION, "linewidth": 1.5, "pad": 4},
    )


def _row_heights(chart: Chart, geometry: Geometry) -> list[float]:
    """The height of each row of panels, with legend, title and ticks."""
    heights = [
        geometry.edges(at)[-1]
        + _legend(panel, geometry).height
        + _title_height(panel, geometry, at)
        + TICKS
        + GAP
        for at, panel in enumerate(chart.panels)
    ]
    return [max(heights[at : at + chart.across]) for at in range(0, len(heights), chart.across)]


def _legend(panel: Panel, geometry: Geometry) -> Legend:
    return legend(panel, geometry.width - 2 * MARGIN)


def _title(panel: Panel, geometry: Geometry, at: int) -> list[str]:
    room = geometry.plot + sum(geometry.beside(at))
    return wrap(panel.title, TEXT, room, bold=True) if panel.title else []


def _title_height(panel: Panel, geometry: Geometry, at: int) -> float:
    return len(_title(panel, geometry, at)) * line_height(TEXT)


def _panels(figure: Figure, chart: Chart, geometry: Geometry, bottoms: Sequence[float]) -> None:
    """The panels, each row of them over its bottom in inches from the figure's lower edge.

    Everything is measured, so nothing is left to a solver, whose rounding may differ from run to run.
    """
    wide, high = figure.get_size_inches()
    for at, panel in enumerate(chart.panels):
        edges, places = geometry.edges(at), geometry.places(at, panel.rows)
        left, bottom = geometry.left(at), bottoms[at // chart.across] + TICKS + GAP
        axes = figure.add_axes((left / wide, bottom / high, geometry.plot / wide, edges[-1] / high))
        middles = [middle for middle, _ in places]
        paint(axes, panel, edges, places, geometry.plot)
        _labels(axes, panel, geometry.labels[at] if at % chart.across == 0 else (), middles)
        _beside(axes, panel, geometry.beside(at), [edges[0] - HEADS / 2, *middles])
        _entitle(axes, panel, geometry, at)


def _entitle(axes: Axes, panel: Panel, geometry: Geometry, at: int) -> None:
    """The legend over the axes, and the title over the legend."""
    shown = _legend(panel, geometry)
    if panel.legend:
        fills = PART_FILLS if panel.mark is Mark.PARTS else scale_fills(len(panel.legend))
        _add_legend(axes, shown, fills, geometry.label_room + GAP)
    if panel.title:
        axes.annotate(
            "\n".join(_title(panel, geometry, at)),
            (0, 1),
            xycoords="axes fraction",
            xytext=(0, (shown.height if panel.legend else 0.0) * POINTS_PER_INCH + TITLE_PAD),
            textcoords="offset points",
            va="bottom",
            fontsize=TEXT,
            fontweight="bold",
            color=INK,
            annotation_clip=False,
        )


def _labels(axes: Axes, panel: Panel, labels: Sequence[str], middles: Sequence[float]) -> None:
    """The rows' labels left of the axes; none in the panels that stand beside a labelled one."""
    if not labels:
        axes.set_yticks([])
        return
    axes.set_yticks(middles, labels, fontsize=TEXT, color=INK, linespacing=1.1)
    axes.tick_params(axis="y", pad=LABEL_PAD)
    for words, row in zip(axes.get_yticklabels(), panel.rows, strict=True):
        words.set_fontweight("bold" if row.strong else "normal")


def _beside(axes: Axes, panel: Panel, widths: Sequence[float], middles: Sequence[float]) -> None:
    """The columns of cells right of the axes, with their heads, at the middles of heads and rows."""
    for middle, cells in zip(middles, [panel.columns, *(row.beside for row in panel.rows)], strict=True):
        for at, words in enumerate(cells):
            axes.annotate(
                plain(words),
                (1, middle),
                xycoords=axes.get_yaxis_transform(),
                xytext=(sum(widths[: at + 1]) * POINTS_PER_INCH, 0),
                textcoords="offset points",
                ha="right",
                va="center_baseline",
                fontsize=SMALL,
                color=GREY if cells is panel.columns else INK,
                annotation_clip=False,
            )


def _add_legend(axes: Axes, legend: Legend, fills: Sequence[Fill], label_room: float) -> None:
    """The legend above the axes, from the left edge of the labels on, read line by line."""
    figure, count = axes.figure, len(legend.labels)
    order = [at for column in range(legend.columns) for at in range(column, count, legend.columns)]
    handles = [
        Patch(facecolor=colour, hatch=hatch, hatchcolor=PAPER, edgecolor=PAPER)
        for colour, hatch in (fills[at] for at in order)
    ]
    axes.legend(
        handles,
        [legend.labels[at] for at in order],
        ncols=legend.columns,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        bbox_transform=axes.transAxes + ScaledTranslation(-label_room, 0, figure.dpi_scale_trans),
        borderaxespad=0.2,
        borderpad=0,
        columnspacing=0.9,
        handlelength=1.4,
        handleheight=1.0,
        handletextpad=0.4,
        fontsize=SMALL,
        frameon=False,
    )
