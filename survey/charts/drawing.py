"""Chart -> matplotlib Figure: words above, panels in a grid, notes below; all lengths in inches."""

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patches import Patch
from matplotlib.transforms import ScaledTranslation

from survey.charts.geometry import GAP, HEADS, MARGIN, TICKS, Geometry, Legend, Lines, legend, lines, measure
from survey.charts.marks import paint
from survey.charts.measuring import plain, width, wrap
from survey.charts.model import Chart, Panel
from survey.charts.theme import (
    GREY,
    HATCHES,
    INK,
    PAPER,
    POINTS_PER_INCH,
    SMALL,
    TEXT,
    TITLE,
    VERMILLION,
    line_height,
    scale_colours,
)

SPACE = 0.06


def draw(chart: Chart) -> Figure:
    """The Figure of a chart, as high as its words and rows need; call it under `theme.RC`."""
    geometry = measure(chart)
    head, foot = _head(chart, geometry), _foot(chart, geometry)
    body = _row_heights(chart, geometry)
    above, below = _height(head) + MARGIN, _height(foot) + MARGIN + SPACE
    height = above + sum(body) + below
    figure = Figure(figsize=(geometry.width, height), layout=_layout(geometry, below, sum(body), height))
    _write(figure, head, height - MARGIN)
    _write(figure, foot, below - SPACE)
    _tag(figure, chart.synthetic)
    _panels(figure, chart, geometry, body)
    return figure


def _layout(geometry: Geometry, below: float, body: float, height: float) -> ConstrainedLayoutEngine:
    """Constrained layout of the panels between the words above and `below` them; lengths in inches."""
    side = MARGIN / geometry.width
    return ConstrainedLayoutEngine(
        rect=(side, below / height, 1 - 2 * side, body / height),
        w_pad=GAP / 4,
        h_pad=SPACE,
        wspace=0,
        hspace=0,
    )


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
        + _title_height(panel, geometry)
        + TICKS
        + GAP
        for at, panel in enumerate(chart.panels)
    ]
    return [max(heights[at : at + chart.across]) for at in range(0, len(heights), chart.across)]


def _inner(chart: Chart, geometry: Geometry) -> list[float]:
    """The height of each row of panels without what stands around them."""
    heights = [geometry.edges(at)[-1] for at in range(len(chart.panels))]
    return [max(heights[at : at + chart.across]) for at in range(0, len(heights), chart.across)]


def _legend(panel: Panel, geometry: Geometry) -> Legend:
    return legend(panel, geometry.width - 2 * MARGIN)


def _title(panel: Panel, geometry: Geometry) -> list[str]:
    room = geometry.plot + sum(geometry.columns)
    return wrap(panel.title, TEXT, room, bold=True) if panel.title else []


def _title_height(panel: Panel, geometry: Geometry) -> float:
    return len(_title(panel, geometry)) * line_height(TEXT)


def _panels(figure: Figure, chart: Chart, geometry: Geometry, body: Sequence[float]) -> None:
    grid = figure.add_gridspec(len(body), chart.across, height_ratios=_inner(chart, geometry))
    for at, panel in enumerate(chart.panels):
        axes = figure.add_subplot(grid[at // chart.across, at % chart.across])
        edges = geometry.edges(at)
        paint(axes, panel, edges, geometry.plot)
        _labels(axes, panel, geometry.labels[at] if at % chart.across == 0 else (), edges)
        _beside(axes, panel, geometry, edges)
        _entitle(axes, panel, geometry)


def _entitle(axes: Axes, panel: Panel, geometry: Geometry) -> None:
    if panel.title:
        words = "\n".join(_title(panel, geometry))
        axes.set_title(words, loc="left", fontsize=TEXT, fontweight="bold", color=INK, pad=3)
    if panel.legend:
        _add_legend(axes, _legend(panel, geometry), geometry.label_room)


def _labels(axes: Axes, panel: Panel, labels: Sequence[str], edges: Sequence[float]) -> None:
    """The rows' labels left of the axes; none in the panels that stand beside a labelled one."""
    if not labels:
        axes.set_yticks([])
        return
    middles = [(upper + lower) / 2 for upper, lower in pairwise(edges)]
    axes.set_yticks(middles[: len(labels)], labels, fontsize=TEXT, color=INK, linespacing=1.1)
    for words, row in zip(axes.get_yticklabels(), panel.rows, strict=True):
        words.set_fontweight("bold" if row.strong else "normal")


def _beside(axes: Axes, panel: Panel, geometry: Geometry, edges: Sequence[float]) -> None:
    """The columns of cells right of the axes, with their heads."""
    middles = [HEADS / 2, *((upper + lower) / 2 for upper, lower in pairwise(edges))]
    for middle, cells in zip(middles, [panel.columns, *(row.beside for row in panel.rows)], strict=False):
        for at, words in enumerate(cells):
            axes.annotate(
                plain(words),
                (1, middle),
                xycoords=axes.get_yaxis_transform(),
                xytext=(sum(geometry.columns[: at + 1]) * POINTS_PER_INCH, 0),
                textcoords="offset points",
                ha="right",
                va="center_baseline",
                fontsize=SMALL,
                color=GREY if cells is panel.columns else INK,
                annotation_clip=False,
            )


def _add_legend(axes: Axes, legend: Legend, label_room: float) -> None:
    """The legend above the axes, from the left edge of the labels on, read line by line."""
    figure, count = axes.figure, len(legend.labels)
    colours, hatches = scale_colours(count), {0: HATCHES[0], count - 1: HATCHES[1]}
    order = [at for column in range(legend.columns) for at in range(column, count, legend.columns)]
    handles = [
        Patch(facecolor=colours[at], hatch=hatches.get(at), hatchcolor=PAPER, edgecolor=PAPER) for at in order
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
