"""Figures -> Chart -> Figure -> SVG, PNG, PDF: the statistic, the drawing and the theme apart.

    model.py      Chart, Panel, Row, Axis: plain values, their words already said in a language; refusals
    asking.py     what every chart needs: words of shares, reasons, intervals, notes; parts by breakdown
    multiples.py  small multiples: a panel for each part, or, of many parts, for each of their rows
    likert.py     scale items -> stacked bars that diverge from the middle
    options.py    choice items -> one bar for each option
    ranking.py    rankings -> bars of options, the most ticked first
    recommending.py  recommendations -> a bar of three shares, and the score
    shares.py     shares -> the picture of their item, or dots
    dots.py       dimensions and shares -> dots with their intervals
    numbers.py    numbers -> histograms with mean and median, or dots
    nets.py       status changes -> signed bars
    flows.py      status changes -> a table of squares
    crossing.py   a cross of two breakdowns as it is read: what its rows, columns and cells are called
    crossed_figures.py  the figures of a cross, and what each of its cells says
    gridding.py   crosses -> a grid of cells, shaded and with their numbers
    responding.py the response -> bars of complete and partial answers
    composition.py  who answered beside who was invited -> signed bars
    changing.py   what changed between two waves -> dots around no change
    trending.py   figures over a row of waves -> a lane for each
    pairing.py    the same people in two waves -> bars of those who changed either way
    rating.py     the rates of an open wave -> bars of answers so far, with the target
    composition.py  who was invited beside who answered -> bars of shares
    kinds.py      the table of kinds; `chart`, `table`, and what there is to chart
    framing.py    what is around a chart, and the sizes of its files
    theme.py      colours, hatches, sizes; contrast
    geometry.py   where the rows of a chart stand
    measuring.py  how wide words are, and where their lines break
    marks.py      one painter for each mark
    lanes.py      the painter of a row of waves
    squares.py    the painters of histograms, tables of squares and grids
    laying.py     Chart -> its sheets, laid out
    drawing.py    a sheet -> matplotlib Figure
    rendering.py  Chart -> bytes of a file
    apart.py      the same in a process of its own

A Chart and its table are built without matplotlib, which is imported when the first one is drawn.
"""

from survey.charts.changing import changes_chart, changes_table
from survey.charts.framing import ORDINARY, OWN, SIZES, DoesNotFit, Frame, NoSuchSheet
from survey.charts.kinds import MOST_ROWS, chart, every, standard, table, views
from survey.charts.model import Chart, NoChart, UnknownBreakdown, UnknownChart
from survey.charts.pairing import (
    numbers_table,
    options_table,
    paired_chart,
    paired_table,
    shares_table,
)
from survey.charts.rating import answers_said, group_said, rates_chart
from survey.charts.rendering import FORMATS, SHEETS, render
from survey.charts.trending import trend_chart, trend_table

__all__ = [
    "FORMATS",
    "MOST_ROWS",
    "ORDINARY",
    "OWN",
    "SHEETS",
    "SIZES",
    "Chart",
    "DoesNotFit",
    "Frame",
    "NoChart",
    "NoSuchSheet",
    "UnknownBreakdown",
    "UnknownChart",
    "answers_said",
    "changes_chart",
    "changes_table",
    "chart",
    "every",
    "group_said",
    "numbers_table",
    "options_table",
    "paired_chart",
    "paired_table",
    "rates_chart",
    "render",
    "shares_table",
    "standard",
    "table",
    "trend_chart",
    "trend_table",
    "views",
]
