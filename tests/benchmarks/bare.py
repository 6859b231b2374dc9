"""The marks and words of a chart, drawn by bare matplotlib and its own layout: the measure of charts."""

import io
from collections.abc import Callable, Mapping

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure

from survey.charts import Chart
from survey.charts.model import Mark, Panel

ACROSS = ("#b2182b", "#ef8a62", "#d9d9d9", "#67a9cf", "#2166ac")


def bare(chart: Chart) -> bytes:
    """A chart's panels as an SVG, without wrapped words, measured widths, notes or descriptions."""
    down = -(-len(chart.panels) // chart.across)
    rows = max(len(panel.rows) for panel in chart.panels)
    with rc_context({"svg.fonttype": "none"}):
        figure = Figure(figsize=(12, 1 + down * max(1.8, 0.6 + 0.35 * rows)), layout="constrained")
        grid = figure.subplots(down, chart.across, squeeze=False)
        for at, (axes, panel) in enumerate(zip(grid.flat, chart.panels, strict=False)):
            PAINTERS[panel.mark](axes, panel)
            _beside(axes, panel, labelled=at % chart.across == 0)
        figure.suptitle(chart.title)
        file = io.BytesIO()
        figure.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()


def _beside(axes: Axes, panel: Panel, labelled: bool) -> None:
    axes.set_title(panel.title)
    if panel.mark is not Mark.HISTOGRAM:
        axes.set_yticks(range(len(panel.rows)), [row.label if labelled else "" for row in panel.rows])
        axes.invert_yaxis()
    for place, row in enumerate(panel.rows):
        for column, words in enumerate(row.beside):
            axes.text(1.02 + 0.12 * column, place, words, transform=axes.get_yaxis_transform())
    if panel.withheld:
        axes.text(0.1, 0.5, panel.withheld, transform=axes.transAxes)
    if panel.legend:
        bars = [one for one in axes.containers if isinstance(one, BarContainer)]
        axes.figure.legend(bars, panel.legend, ncols=len(panel.legend), loc="outside upper left")


def _parts(axes: Axes, panel: Panel) -> None:
    """Parts of bars, one container for each part, with their words."""
    shown = [row for row in panel.rows if row.values]
    places = [at for at, row in enumerate(panel.rows) if row.values]
    left = [0.0] * len(shown)
    for part in range(max((len(row.values) for row in shown), default=0)):
        widths = [row.values[part] for row in shown]
        bars = axes.barh(places, widths, left=left, color=ACROSS[part])
        axes.bar_label(bars, [row.said[part] if part < len(row.said) else "" for row in shown])
        left = [start + width for start, width in zip(left, widths, strict=True)]
    _reasons(axes, panel)
    _lines(axes, panel)


def _dots(axes: Axes, panel: Panel) -> None:
    shown = [(at, row) for at, row in enumerate(panel.rows) if row.values]
    axes.plot([row.values[0] for _, row in shown], [at for at, _ in shown], "o")
    axes.set_xticks([at for at, _ in panel.axis.ticks], [words for _, words in panel.axis.ticks])
    _reasons(axes, panel)
    _lines(axes, panel)


def _reasons(axes: Axes, panel: Panel) -> None:
    for place, row in enumerate(panel.rows):
        if row.withheld:
            axes.text(0.02, place, row.withheld, transform=axes.get_yaxis_transform(), in_layout=False)


def _lines(axes: Axes, panel: Panel) -> None:
    for place, row in enumerate(panel.rows):
        if row.interval:
            low, high = row.interval
            axes.errorbar([(low + high) / 2], [place], xerr=[(high - low) / 2], capsize=3)


def _squares(axes: Axes, panel: Panel) -> None:
    """A square for each number of a table, by area, and the numbers."""
    for place, row in enumerate(panel.rows):
        for column, area in enumerate(row.values):
            if area or column == place:
                axes.scatter([column], [place], s=[max(20, 600 * area)], marker="s")
        for column, words in enumerate(row.said):
            axes.text(column, place, words, ha="center", va="center")
    axes.set_xticks(range(len(panel.axis.ticks)), [words for _, words in panel.axis.ticks])


def _histogram(axes: Axes, panel: Panel) -> None:
    for row in panel.rows:
        bars = axes.bar(range(len(row.values)), row.values, width=0.94)
        axes.bar_label(bars, row.said)
        for x, words in row.points:
            axes.axvline(x)
            axes.text(x, 1, words)
    axes.set_xticks([at for at, _ in panel.axis.ticks], [words for _, words in panel.axis.ticks])


PAINTERS: Mapping[Mark, Callable[[Axes, Panel], None]] = {
    Mark.STACKED: _parts,
    Mark.PARTS: _parts,
    Mark.BAR: _parts,
    Mark.NET: _parts,
    Mark.DOT: _dots,
    Mark.MATRIX: _squares,
    Mark.HISTOGRAM: _histogram,
}
