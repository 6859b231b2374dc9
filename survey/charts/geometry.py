"""Where the rows of a chart stand: widths and heights in inches, measured from its words."""

from dataclasses import dataclass
from itertools import accumulate, zip_longest

from survey.charts.measuring import width, wrap
from survey.charts.model import Chart, Panel
from survey.charts.theme import SMALL, TEXT, line_height

MARGIN = 0.15
GAP = 0.12
WIDTHS = {1: 8.5, 2: 9.5, 3: 10.5}
LABEL_ROOM = {1: 3.0, 2: 2.2, 3: 2.5}
ROW = {1: 0.34, 2: 0.27, 3: 0.25}
HEADS = 0.2
TICKS = 0.2
HANDLE = 0.36
"""The patch of a legend's entry with the spaces around it."""


@dataclass(frozen=True)
class Geometry:
    """Everything measured of a chart's panels, in inches; rows stand alike in all panels side by side.

    `heights` are those of the rows of the first, second, ... panel; `labels` their wrapped labels.
    """

    width: float
    label_room: float
    heads: float
    columns: tuple[float, ...]
    plot: float
    heights: tuple[tuple[float, ...], ...]
    labels: tuple[tuple[str, ...], ...]

    def edges(self, panel: int) -> list[float]:
        """The upper edge of each row of a panel, and the lower edge of the last, under the heads."""
        return list(accumulate(self.heights[panel], initial=self.heads))


def measure(chart: Chart) -> Geometry:
    """The geometry of a chart."""
    across, total = chart.across, WIDTHS[chart.across]
    labels = tuple(_labels(panel, LABEL_ROOM[across]) for panel in chart.panels)
    label_room = max(
        (width(line, TEXT, bold=True) for panel in labels for label in panel for line in label.split("\n")),
        default=0.0,
    )
    columns = _columns(chart)
    used = 2 * MARGIN + label_room + GAP + across * (sum(columns) + GAP) + (across - 1) * GAP
    plot = (total - used) / across
    heads = HEADS if any(panel.columns for panel in chart.panels) else 0.0
    return Geometry(total, label_room, heads, columns, plot, _heights(chart, labels, plot), labels)


def _labels(panel: Panel, room: float) -> tuple[str, ...]:
    return tuple("\n".join(wrap(row.label, TEXT, room, bold=True)) for row in panel.rows)


def _columns(chart: Chart) -> tuple[float, ...]:
    """The width of each column beside the panels: its widest cell or head."""
    cells = [
        cells for panel in chart.panels for cells in (panel.columns, *(row.beside for row in panel.rows))
    ]
    count = max(map(len, cells), default=0)
    return tuple(
        max(width(told[at], SMALL, bold=True) for told in cells if at < len(told)) + GAP
        for at in range(count)
    )


def _heights(chart: Chart, labels: tuple[tuple[str, ...], ...], plot: float) -> tuple[tuple[float, ...], ...]:
    """The height of every row; those of panels side by side are alike."""
    alone = [
        [
            _height(label, row.withheld, plot, chart.across)
            for label, row in zip(told, panel.rows, strict=True)
        ]
        for told, panel in zip(labels, chart.panels, strict=True)
    ]
    rows = [_together(alone[at : at + chart.across]) for at in range(0, len(alone), chart.across)]
    return tuple(rows[at // chart.across] for at in range(len(alone)))


def _together(beside: list[list[float]]) -> tuple[float, ...]:
    """The heights of the rows of panels that stand side by side: the highest of them each."""
    return tuple(max(heights) for heights in zip_longest(*beside, fillvalue=0.0))


def _height(label: str, withheld: str, plot: float, across: int) -> float:
    lines = max(label.count("\n") + 1, len(wrap(withheld, SMALL, plot)))
    return max(ROW[across], lines * line_height(TEXT) + 0.08)


@dataclass(frozen=True)
class Legend:
    """A legend's words, wrapped, and in how many columns they stand."""

    labels: tuple[str, ...]
    columns: int

    @property
    def height(self) -> float:
        """Inches, with the space around it."""
        rows = [self.labels[at : at + self.columns] for at in range(0, len(self.labels), self.columns)]
        return 0.02 + sum(
            max(label.count("\n") + 1 for label in row) * line_height(SMALL) + 0.03 for row in rows
        )


def legend(panel: Panel, room: float) -> Legend:
    """The legend of a panel over `room` inches: one line of words if they fit, else wrapped words."""
    if not panel.legend:
        return Legend((), 1)
    count = len(panel.legend)
    if sum(HANDLE + width(label, SMALL) for label in panel.legend) <= room:
        return Legend(panel.legend, count)
    longest = max(width(word, SMALL) for label in panel.legend for word in label.split(" "))
    columns = max(1, min(count, int(room / (HANDLE + min(longest, room / 3)))))
    rows = -(-count // columns)
    columns = -(-count // rows)
    labels = tuple("\n".join(wrap(label, SMALL, room / columns - HANDLE)) for label in panel.legend)
    return Legend(labels, columns)


@dataclass(frozen=True)
class Lines:
    """Lines of one size, from the top down."""

    words: tuple[str, ...]
    size: float
    colour: str
    bold: bool = False

    @property
    def height(self) -> float:
        """Inches."""
        return len(self.words) * line_height(self.size)


def lines(words: str, size: float, colour: str, room: float, bold: bool = False) -> Lines:
    """Words wrapped to `room` inches; no lines where there are no words."""
    return Lines(tuple(wrap(words, size, room, bold)) if words else (), size, colour, bold)
