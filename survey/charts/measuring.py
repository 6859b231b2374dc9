"""How wide words are, and where their lines break, so that nothing is clipped or overlaps."""

from functools import lru_cache

from matplotlib.font_manager import FontProperties, findfont, get_font

from survey.charts.theme import FONT
from survey.charts.wording import plain

SUBPIXELS = 64
NARROWER = (0.55, 0.65, 0.75, 0.85, 0.95)
"""The parts of the room at which lines are tried, to make them alike."""
DPI = 720
"""Fine enough that hinting does not round the widths of letters."""


@lru_cache(maxsize=4096)
def width(words: str, size: float, bold: bool = False) -> float:
    """The width of one line of text of a size in points; inches."""
    path = findfont(FontProperties(family=FONT, weight="bold" if bold else "normal"))
    font = get_font(path)
    font.set_size(size, DPI)
    font.set_text(words, 0.0)
    return float(font.get_width_height()[0] / SUBPIXELS / DPI)


def wrap(words: str, size: float, room: float, bold: bool = False) -> list[str]:
    """Lines no wider than `room` inches; a word wider than that is broken. At least one line."""
    lines, line = [], ""
    for word in plain(words).split(" "):
        longer = f"{line} {word}".strip(" ")
        if line and width(longer, size, bold) > room:
            lines.append(line)
            longer = word
        *broken, line = _break(longer, size, room, bold)
        lines.extend(broken)
    return [*lines, line]


def balanced(words: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The lines of `wrap`, as many, but about as long as one another, so that no word stands alone."""
    lines = wrap(words, size, room, bold)
    for part in NARROWER:
        narrower = wrap(words, size, part * room, bold)
        if len(narrower) == len(lines) > 1:
            return narrower
    return lines


def _break(word: str, size: float, room: float, bold: bool) -> list[str]:
    """A word in pieces that fit, one piece where all of it does."""
    pieces = []
    while width(word, size, bold) > room and len(word) > 1:
        fitting = next(
            (end for end in range(len(word) - 1, 1, -1) if width(word[:end], size, bold) <= room), 1
        )
        pieces.append(word[:fitting])
        word = word[fitting:]
    return [*pieces, word]
