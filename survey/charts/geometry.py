"""Where the rows of a chart stand: widths and heights in inches, measured from its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, zip_longest

from survey.charts.measuring import balanced, width, wrap
from survey.charts.model import Chart, Mark, Panel, Row
from survey.charts.theme import SMALL, TEXT, line_height
from survey.charts.wording import plain

MARGIN = 0.15
GAP = 0.12
WIDTHS = {1: 8.5, 2: 9.5, 3: 10.5}
LABEL_ROOM = {1: 3.0, 2: 2.2, 3: 2.5}
ROW = {1: 0.34, 2: 0.27, 3: 0.25}
ROW_OF_SQUARES = 0.42
ROW_OF_TILES = 0.46
"""Two lines of small words."""
BETWEEN_TILES = 0.04
LANE = 1.2
"""A row of waves, whose values go up and down in it."""
OWN_HEIGHTS = {Mark.MATRIX: ROW_OF_SQUARES, Mark.GRID: ROW_OF_TILES, Mark.TREND: LANE}
HEADED = frozenset({Mark.MATRIX, Mark.GRID, Mark.TREND})
"""The marks whose columns have words over them."""
HISTOGRAM = {1: 2.0, 2: 1.3, 3: 1.3}
WIDE = 10.5
"""Where columns bear words, as those of a table of squares do."""
SIDE = 0.1
"""Left of the columns of squares."""
APART = 0.16
"""Above a row that is kept at a distance."""
HEADS = 0.2
TICKS = 0.2
MOST_LABELS = 0.36
LEAST_LABELS = 0.286
"""The part of the width that labels may take; less beside columns that have words over them."""
LEAST_PLOT = 1.2
"""Inches below which the marks of a panel cannot be told apart."""
LEAST_COLUMN = 0.4
"""The same for a column of squares."""
HANDLE = 0.36
"""The patch of a legend's entry with the spaces around it."""


@dataclass(frozen=True)
class Geometry:
    """Everything measured of a chart's panels, in inches; rows stand alike in all panels side by side.

    `heights` are those of the rows of the first, second, ... panel; `labels` their wrapped labels;
    `columns` the widths of the cells beside the first, second, ... of the panels that stand side by side.
    """

    width: float
    label_room: float
    heads: float
    columns: tuple[tuple[float, ...], ...]
    plot: float
    heights: tuple[tuple[float, ...], ...]
    labels: tuple[tuple[str, ...], ...]

    def places(self, panel: int, rows: Sequence[Row]) -> list[tuple[float, float]]:
        """The middle and the height of each row of a panel, without the distance that it keeps."""
        uppers = [
            upper + (APART if row.apart else 0.0) for upper, row in zip(self.edges(panel), rows, strict=False)
        ]
        return [
            ((upper + lower) / 2, lower - upper)
            for upper, lower in zip(uppers, self.edges(panel)[1:], strict=False)
        ]

    def is_clear(self, chart: Chart) -> bool:
        """Whether no word over the squares is broken, and the marks have room."""
        heads = [(head, told) for panel in chart.panels for head, told in _heads_said(panel, self.plot)]
        return all(self.plot >= _least(panel) for panel in chart.panels) and all(
            head.replace("\n", " ") == told for head, told in heads
        )

    def left(self, panel: int) -> float:
        """Where a panel's plot begins."""
        before = self.columns[: panel % len(self.columns)]
        return MARGIN + self.label_room + GAP + sum(self.plot + sum(widths) + 2 * GAP for widths in before)

    def beside(self, panel: int) -> tuple[float, ...]:
        """The widths of the columns beside a panel."""
        return self.columns[panel % len(self.columns)]

    def edges(self, panel: int) -> list[float]:
        """The upper edge of each row of a panel, and the lower edge of the last, under the heads."""
        return list(accumulate(self.heights[panel], initial=self.heads))


def measure(chart: Chart, width_of: float | None = None) -> Geometry:
    """The geometry of a chart, at its own width or at another one."""
    across = chart.across
    total = width_of or (WIDE if across == 1 and _has_squares(chart) else WIDTHS[across])
    most = min(LABEL_ROOM[across], (LEAST_LABELS if _has_squares(chart) else MOST_LABELS) * total)
    labels = tuple(_labels(panel, most) for panel in chart.panels)
    label_room = max(
        (width(line, TEXT, bold=True) for panel in labels for label in panel for line in label.split("\n")),
        default=0.0,
    )
    columns = tuple(_columns(chart.panels[at::across]) for at in range(across))
    beside = sum(sum(widths) + GAP for widths in columns)
    plot = (total - 2 * MARGIN - label_room - GAP - beside - (across - 1) * GAP) / across
    return Geometry(
        total, label_room, _heads(chart, plot), columns, plot, _heights(chart, labels, plot), labels
    )


def _has_squares(chart: Chart) -> bool:
    return any(panel.mark in HEADED for panel in chart.panels)


def _heads(chart: Chart, plot: float) -> float:
    """The height of the heads over the columns, those of squares included."""
    if not any(panel.columns or panel.mark in HEADED for panel in chart.panels):
        return 0.0
    lines = [head.count("\n") + 1 for panel in chart.panels for head in heads_of_squares(panel, plot)]
    return max(HEADS, max(lines, default=1) * line_height(SMALL) + 0.06)


def heads_of_squares(panel: Panel, plot: float) -> list[str]:
    """The wrapped words over the columns of squares on a plot of so many inches."""
    if panel.mark not in HEADED:
        return []
    room = (plot - SIDE) / panel.axis.highest - 0.06
    return ["\n".join(wrap(words, SMALL, room)) for _, words in panel.axis.ticks]


def _least(panel: Panel) -> float:
    """The inches that the marks of a panel need."""
    if panel.mark is Mark.GRID:
        return SIDE + panel.axis.highest * _widest_tile(panel)
    return panel.axis.highest * LEAST_COLUMN if panel.mark is Mark.MATRIX else LEAST_PLOT


def least_width(chart: Chart) -> float:
    """The inches that the cells of a grid need by themselves; 0 where there is none."""
    grids = (panel for panel in chart.panels if panel.mark is Mark.GRID)
    return max((2 * MARGIN + 2 * GAP + _least(panel) for panel in grids), default=0.0)


def _widest_tile(panel: Panel) -> float:
    every = [tile for row in panel.rows for tile in row.tiles]
    said = (max(width(one.said, SMALL, bold=True), width(one.small, SMALL)) for one in every)
    return max(LEAST_COLUMN, *said) + 2.5 * BETWEEN_TILES


def _heads_said(panel: Panel, plot: float) -> list[tuple[str, str]]:
    """The words over the columns of squares as they are wrapped, and as they are."""
    wrapped = heads_of_squares(panel, plot)
    return [(head, plain(words)) for head, (_, words) in zip(wrapped, panel.axis.ticks, strict=False)]


def _labels(panel: Panel, room: float) -> tuple[str, ...]:
    return tuple("\n".join(wrap(row.label, TEXT, room, bold=True)) for row in panel.rows)


def _columns(panels: Sequence[Panel]) -> tuple[float, ...]:
    """The width of each column beside some panels: its widest cell or head."""
    cells = [cells for panel in panels for cells in (panel.columns, *(row.beside for row in panel.rows))]
    count = max(map(len, cells), default=0)
    return tuple(
        max(width(told[at], SMALL, bold=True) for told in cells if at < len(told)) + GAP
        for at in range(count)
    )


def _heights(chart: Chart, labels: tuple[tuple[str, ...], ...], plot: float) -> tuple[tuple[float, ...], ...]:
    """The height of every row; those of panels side by side are alike."""
    alone = [
        [
            _height(label, row, panel.mark, plot, chart.across)
            for label, row in zip(told, panel.rows, strict=True)
        ]
        for told, panel in zip(labels, chart.panels, strict=True)
    ]
    rows = [_together(alone[at : at + chart.across]) for at in range(0, len(alone), chart.across)]
    return tuple(rows[at // chart.across] for at in range(len(alone)))


def _together(beside: list[list[float]]) -> tuple[float, ...]:
    """The heights of the rows of panels that stand side by side: the highest of them each."""
    return tuple(max(heights) for heights in zip_longest(*beside, fillvalue=0.0))


def _height(label: str, row: Row, mark: Mark, plot: float, across: int) -> float:
    lines = max(label.count("\n") + 1, len(wrap(row.withheld, SMALL, plot)))
    own = {**OWN_HEIGHTS, Mark.HISTOGRAM: HISTOGRAM.get(across, 0.0)}
    empty_lane = mark is Mark.TREND and row.withheld
    least = ROW[across] if empty_lane else own.get(mark, ROW[across])
    return max(least, lines * line_height(TEXT) + 0.08) + (APART if row.apart else 0.0)


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
    """Words wrapped to `room` inches, bold ones into lines that are alike; none where there are no words."""
    wrapped = balanced if bold else wrap
    return Lines(tuple(wrapped(words, size, room, bold)) if words else (), size, colour, bold)
