"""Chart -> matplotlib Figure: words above, panels in a grid, notes below; all lengths in inches."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.transforms import ScaledTranslation

from survey.charts.framing import ORDINARY, SIZES, Frame
from survey.charts.geometry import GAP, HEADS, MARGIN, TICKS, Geometry, Legend, Lines
from survey.charts.laying import SPACE, Plan, laid_out, legend_of, sheet, title_of
from survey.charts.marks import paint
from survey.charts.model import Chart, Mark, Panel
from survey.charts.theme import (
    GREY,
    GRID_FILLS,
    INK,
    PAPER,
    PART_FILLS,
    POINTS_PER_INCH,
    SMALL,
    TEXT,
    VERMILLION,
    Fill,
    edge_on,
    hatch_on,
    line_height,
    scale_fills,
)
from survey.charts.wording import plain

FILLS = {Mark.PARTS: PART_FILLS, Mark.GRID: GRID_FILLS}
"""The fills of legends that name no points of a scale."""
LABEL_PAD = 5
"""Points between the labels and the axes."""
TITLE_PAD = 3
"""Points between a panel and its title."""


def draw(chart: Chart, frame: Frame = ORDINARY) -> Figure:
    """The Figure of a chart in its frame; call it under `theme.RC`. Raises DoesNotFit.

    It is as high as its words and rows need; for a size it is laid out so that it fits when it is enlarged or
    reduced to that (`enlarged`).
    """
    return figure_of(sheet(laid_out(chart, frame), frame), frame)


def figure_of(plan: Plan, frame: Frame) -> Figure:
    """The Figure of one sheet of a chart."""
    size = SIZES.get(frame.size)
    wide = plan.geometry.width
    height = wide * size.highest / size.width if size and size.exact else plan.height
    figure = Figure(figsize=(wide, height))
    _write(figure, plan.head, height - MARGIN)
    _write(figure, plan.foot, plan.below - SPACE)
    _tag(figure, plan.chart.synthetic)
    top = height - plan.above - (height - plan.height) / 2
    rows = plan.rows
    _panels(figure, plan.chart, plan.geometry, [top - sum(rows[: at + 1]) for at in range(len(rows))])
    return figure


def enlarged(figure: Figure, frame: Frame) -> float:
    """How many times as large as its figure the file of a chart is."""
    size = SIZES.get(frame.size)
    return size.width / float(figure.get_size_inches()[0]) if size else 1.0


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
    shown = legend_of(panel, geometry)
    if panel.legend:
        fills = FILLS.get(panel.mark) or scale_fills(len(panel.legend))
        _add_legend(axes, shown, fills, geometry.label_room + GAP)
    if panel.title:
        axes.annotate(
            "\n".join(title_of(panel, geometry, at)),
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
        Patch(facecolor=colour, hatch=hatch, hatchcolor=hatch_on(colour), edgecolor=edge_on(colour))
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
