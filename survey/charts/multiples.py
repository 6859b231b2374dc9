"""Small multiples: one panel for each part of the wave, or, of many parts, one for each row of those.

Forty panels of eight rows each cannot be compared. Turned, each of eight panels has forty rows, one
for each group, over one axis.
"""

from collections.abc import Sequence
from dataclasses import replace

from survey.charts.model import Panel, Row

MANY = 12
"""Parts up to which each has a panel of its own."""


def multiples(panels: Sequence[Panel]) -> tuple[Panel, ...]:
    """The panels of all parts, the whole wave first, turned where they are many.

    Rows are told by their labels. A turned row bears its panel's title, or the reason why that panel has
    no values.
    """
    if len(panels) <= MANY:
        return tuple(panels)
    labels = list(dict.fromkeys(row.label for panel in panels for row in panel.rows))
    return tuple(_turned(panels, label) for label in labels)


def _turned(panels: Sequence[Panel], label: str) -> Panel:
    rows = [_row(panel, label, strong=at == 0) for at, panel in enumerate(panels)]
    first = panels[0]
    return Panel(first.mark, tuple(rows), first.axis, title=label, columns=first.columns)


def _row(panel: Panel, label: str, strong: bool) -> Row:
    row = next((row for row in panel.rows if row.label == label), Row(label))
    return replace(
        row, label=panel.title, withheld=panel.withheld or row.withheld, strong=strong, apart=False
    )
