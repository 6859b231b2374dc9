"""A chart as a plain value: what is drawn and what is said, without how."""

from dataclasses import dataclass
from enum import StrEnum

from survey.language import Refusal


class UnknownChart(Refusal):
    """Nothing of that name can be charted: neither an indicator nor an item."""


class UnknownBreakdown(Refusal):
    """The wave has no such breakdown."""


class NoChart(Refusal):
    """The thing exists, but its kind has no chart."""


class Mark(StrEnum):
    """How the values of a row are drawn."""

    STACKED = "stacked"
    DOT = "dot"
    NET = "net"
    BAR = "bar"
    PARTS = "parts"
    HISTOGRAM = "histogram"
    MATRIX = "matrix"
    GRID = "grid"
    TREND = "trend"


@dataclass(frozen=True)
class Axis:
    """The range of values from left to right, and the ticks with their words."""

    lowest: float
    highest: float
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Step:
    """One wave's place in a row of waves: its value with its words, or None.

    `small` stands under it; `joined` by a line to the step before; `broken` off from what is before.
    """

    value: float | None
    said: str
    small: str = ""
    interval: tuple[float, float] | None = None
    joined: bool = False
    broken: bool = False


@dataclass(frozen=True)
class Tile:
    """One cell of a grid: its shade (0 the lightest, 1 the darkest), its words, and smaller ones under them.

    Without a `shade` the cell is as light as the paper. `hidden` is the place, in the legend of its panel, of
    the reason why nothing is shown.
    """

    shade: float | None = None
    said: str = ""
    small: str = ""
    hidden: int | None = None


@dataclass(frozen=True)
class Row:
    """One row of a panel.

    `values`: the shares (0 to 1, sum 1) of a stacked bar from its lowest point up; one value; the parts
    of a bar from zero on, of which `said` has their sum; the heights of a histogram's bars or the areas
    of a matrix's squares (0 to 1, the largest of the chart being 1); or none. `said` has the words of
    each value. `beside` are the cells to the right. `withheld` is the reason, in words, why there are no
    values. `strong` sets the row off from the others, `apart` keeps it at a distance from the row above.
    `points` are places on the axis that a histogram marks, with their words; in a row of waves, whose
    `steps` go from left to right, its lowest and its highest value. `tiles` are the cells of a grid's row.
    """

    label: str
    values: tuple[float, ...] = ()
    said: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    interval: tuple[float, float] | None = None
    withheld: str = ""
    strong: bool = False
    apart: bool = False
    points: tuple[tuple[float, str], ...] = ()
    steps: tuple[Step, ...] = ()
    tiles: tuple[Tile, ...] = ()


@dataclass(frozen=True)
class Panel:
    """Rows over one axis. `columns` head the cells beside them; `legend` names the parts of a bar.

    The ticks of a matrix, a grid or a row of waves are the words over its columns, whose middles they stand
    at. The legend of a grid names its shades from the lightest to the darkest, then why cells are hidden.
    `withheld` is the reason, in words, why the whole panel has no values. `line` is a place on the axis at
    which a line goes through all rows.
    """

    mark: Mark
    rows: tuple[Row, ...]
    axis: Axis
    title: str = ""
    columns: tuple[str, ...] = ()
    legend: tuple[str, ...] = ()
    withheld: str = ""
    line: float | None = None


@dataclass(frozen=True)
class Table:
    """What the chart shows, as a table of words; every row is as long as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A whole chart, its words in the language of code `language`.

    `across` panels stand side by side, their rows having the same labels. `caption` is the figure in
    words; `description` says the whole chart to somebody who does not see it. `synthetic` is what
    marks generated data, empty for real answers.
    """

    language: str
    title: str
    subtitle: str
    caption: str
    panels: tuple[Panel, ...]
    notes: tuple[str, ...]
    source: str
    description: str
    table: Table
    synthetic: str = ""
    across: int = 1
