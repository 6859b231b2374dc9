"""What is around a chart, and how large its file comes out: for a slide, for a page, or as the chart needs.

A chart has letters of a fixed size. For a size it is laid out at one width after the other, the narrowest
first, until all of it has its place; the file is then enlarged, or reduced, to the size asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from survey.language import Refusal, Text, text


class DoesNotFit(Refusal):
    """The chart has more rows than can be read at the size that was asked for."""

    def __init__(self, size: str) -> None:
        super().__init__(
            "this chart has too many rows to be read at the size {size}; choose its own size, or a breakdown "
            "with fewer groups",
            size=size,
        )


class NoSuchSheet(Refusal):
    """The chart has fewer sheets at the size that was asked for."""

    def __init__(self, sheet: int) -> None:
        super().__init__("this chart has no sheet {sheet} at this size", sheet=sheet)


@dataclass(frozen=True)
class Size:
    """A size of files: inches wide, inches high at most; `exact`: always as high as that.

    `widths` are the inches at which a chart is laid out, `parted` those at which it is where it needs several
    sheets; `across` the panels that may stand side by side.
    """

    label: Text = field(hash=False)
    width: float
    highest: float
    widths: tuple[float, ...]
    across: int
    exact: bool
    parted: float

    def height(self, wide: float) -> float:
        """The inches that a layout of so many inches wide may be high."""
        return wide * self.highest / self.width


SIZES: Mapping[str, Size] = {
    "slide": Size(
        label=text("for a slide (16:9)"),
        width=40 / 3,
        highest=7.5,
        widths=(7.2, 7.8, 8.5, 9.5, 10.5, 11.5, 12.5, 13.5),
        across=3,
        exact=True,
        parted=10.5,
    ),
    "page": Size(
        label=text("for a page (A4, 16 cm wide)"),
        width=6.3,
        highest=9.4,
        widths=(6.3, 6.7, 7.1, 7.5, 7.9, 8.4),
        across=2,
        exact=False,
        parted=6.7,
    ),
}
"""The letters of a slide have 9 points at least, those of a page 6.8."""
MOST_SHEETS = 40
DOTS = 300
"""The dots of an inch of a PNG that is to be printed."""
OWN = "own"
"""The name of the size that a chart has by itself."""


@dataclass(frozen=True)
class Frame:
    """What a chart is drawn with: `size` a name of SIZES, or OWN.

    Without `title` what would stand above goes, and the base stands below; without `caption` the line with
    the source, the days and the release's identifier goes. `sheet`, from 1, is which one of the sheets of a
    chart that is too high for its size. `dots` are those of an inch of a PNG, where it is not too large.
    """

    size: str = OWN
    title: bool = True
    caption: bool = True
    sheet: int = 1
    dots: int = DOTS

    @property
    def words(self) -> tuple[str, ...]:
        """What differs from an ordinary chart, as parts of a file's name."""
        said = {
            self.size: self.size != OWN,
            "untitled": not self.title,
            "uncaptioned": not self.caption,
            str(self.sheet): self.sheet > 1,
            f"{self.dots}dpi": self.dots != DOTS,
        }
        return tuple(word for word, differs in said.items() if differs)


ORDINARY = Frame()
