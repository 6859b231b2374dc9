"""Figures -> Chart -> Figure -> SVG, PNG, PDF: the statistic, the drawing and the theme apart.

    model.py      Chart, Panel, Row, Axis: plain values, their words already said in a language; refusals
    asking.py     what every chart needs: words of shares, reasons, intervals, notes; parts by breakdown
    likert.py     scale items -> stacked bars that diverge from the middle
    options.py    choice items -> one bar for each option
    profiles.py   dimensions, shares and numbers -> dots with their intervals
    nets.py       status changes -> signed bars
    kinds.py      the table of kinds; `chart` and `table`
    theme.py      colours, hatches, sizes; contrast
    measuring.py  how wide words are, and where their lines break
    marks.py      one painter for each mark
    drawing.py    Chart -> matplotlib Figure
    rendering.py  Chart -> bytes of a file

A Chart and its table are built without matplotlib, which is imported when the first one is drawn.
"""

from survey.charts.kinds import chart, table
from survey.charts.model import Chart, NoChart, UnknownBreakdown, UnknownChart
from survey.charts.rendering import FORMATS, render

__all__ = ["FORMATS", "Chart", "NoChart", "UnknownBreakdown", "UnknownChart", "chart", "render", "table"]
