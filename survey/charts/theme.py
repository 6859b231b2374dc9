"""Colours, hatches and sizes, alike for all charts.

Scales: ColorBrewer's PuOr, which stays apart for every kind of colour vision; hatches on the two ends keep
it readable in black and white. Other marks: Okabe and Ito's palette. Sizes are points, lengths inches.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

Fill = tuple[str, str | None]
"""A colour, and a hatch or none."""

FONT = "DejaVu Sans"
RC: dict[Any, Any] = {
    "font.family": [FONT],
    "hatch.linewidth": 0.6,
    "pdf.fonttype": 42,
    "svg.fonttype": "none",
    "svg.hashsalt": "riscontro",
    "text.parse_math": False,
}

DIVERGING = ("#b35806", "#f1a340", "#e6e6e6", "#998ec3", "#542788")
HATCHES = ("///", "\\\\\\")
BLUE = "#0072b2"
SKY = "#56b4e9"
VERMILLION = "#d55e00"
INK = "#1a1a1a"
BLACK = "#000000"
GREY = "#4d4d4d"
LINE = "#d0d0d0"
PAPER = "#ffffff"
LIGHT = 0.8
"""The luminance of a ground that is hardly told from the paper."""

TITLE = 13.0
TEXT = 9.5
SMALL = 9.0
LEADING = 1.3
"""Height of a line of text, in its size."""

POINTS_PER_INCH = 72


def line_height(size: float) -> float:
    """The height of a line of text of a size in points; inches."""
    return size * LEADING / POINTS_PER_INCH


SHADES = ("#f7fbff", "#9ecae1", "#2171b5")
"""From the lightest to the darkest: one hue, each lighter than the next for every eye and every printer."""
HIDDEN: tuple[Fill, ...] = tuple((PAPER, hatch) for hatch in ("////", "---", "xxxx", "|||", "+++", "\\\\"))
"""Of the cells of a grid that are not shown, by their reason; of lines alone, as dots make files large."""


def hatch_on(colour: str) -> str:
    """The colour of a hatch on a coloured ground."""
    return GREY if colour == PAPER else PAPER


def edge_on(colour: str) -> str:
    """The colour of the edge of a patch: grey where the paper's would leave a light patch without one."""
    return LINE if luminance(colour) > LIGHT else PAPER


def shade_colour(shade: float) -> str:
    """The colour of a shade from 0 to 1."""
    return _along(SHADES, shade * (len(SHADES) - 1))


def scale_colours(points: int) -> tuple[str, ...]:
    """As many colours as a scale has points (3 to 11), from the lowest to the highest point."""
    last = len(DIVERGING) - 1
    return tuple(_along(DIVERGING, at * last / (points - 1)) for at in range(points))


PART_FILLS: tuple[Fill, ...] = ((BLUE, None), (SKY, HATCHES[0]))
"""Of the parts of a bar that starts at zero."""


GRID_FILLS: tuple[Fill, ...] = (*((colour, None) for colour in SHADES), *HIDDEN)
"""Of the legend of a grid."""


def scale_fills(points: int) -> tuple[Fill, ...]:
    """The fills of a scale's points: hatched at both ends."""
    hatches = {0: HATCHES[0], points - 1: HATCHES[1]}
    return tuple((colour, hatches.get(at)) for at, colour in enumerate(scale_colours(points)))


def _along(colours: Sequence[str], position: float) -> str:
    """The colour at a position among colours that stand at 0, 1, 2, ..."""
    lower = min(int(position), len(colours) - 2)
    pairs = zip(_channels(colours[lower]), _channels(colours[lower + 1]), strict=True)
    mixed = [round(start + (end - start) * (position - lower)) for start, end in pairs]
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[start:end], 16) for start, end in pairwise((1, 3, 5, 7)))


def luminance(colour: str) -> float:
    """The relative luminance of a colour, 0 to 1 (WCAG 2.2)."""
    shares = [channel / 255 for channel in _channels(colour)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(colour: str) -> str:
    """The colour of text on a coloured ground: whichever contrasts more."""
    return max((BLACK, PAPER), key=lambda ink: contrast(ink, colour))
