"""A report as a plain value: what is said, which figures of the release say it, what is drawn; without how.

Every sentence and every cell of a table carries the places of the figures whose numbers stand in it, so
that each number can be computed again from the release.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

Place = tuple[str, ...]
"""A figure's place in the documents of a report (see `facts.documents`): keys and positions."""


@dataclass(frozen=True)
class Cite:
    """One number: how it is written (a name of `citing.FORMS`), and the figures that it is made of."""

    form: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Said:
    """A sentence or a cell, in the report's language, with the figures that it states.

    `withheld`: it is the reason why a figure is not shown.
    """

    text: str
    cites: tuple[Cite, ...] = ()
    withheld: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Sentences that follow one another. `kind` is "plain", "note" (small print) or "alert" (set off)."""

    sentences: tuple[Said, ...]
    kind: str = "plain"

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(one.text for one in self.sentences)


@dataclass(frozen=True)
class Points:
    """A list of paragraphs, each with a bullet."""

    items: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Table:
    """A numbered table; a row's first cell is its heading, every row is as long as the header."""

    caption: Said
    header: tuple[Said, ...]
    rows: tuple[tuple[Said, ...], ...]
    notes: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A numbered figure: a chart (see `charts.chart`), or with `other` that of the changes since that wave.

    `alt` says it to those who do not see it.
    """

    what: str
    by: str | None
    caption: Said
    alt: str
    other: str | None = None


Block = Paragraph | Points | Table | Picture


@dataclass(frozen=True)
class Section:
    """Blocks under a heading, then sections of the next level. `id` is unique in the report.

    `apart`: it begins on a page of its own.
    """

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()
    apart: bool = False

    def every(self) -> Iterator["Section"]:
        """This section and all below it, in the order in which they are read."""
        yield self
        for section in self.sections:
            yield from section.every()


@dataclass(frozen=True)
class Report:
    """A whole report in the language of code `language`.

    `facts` stand under the title, `alerts` below them. `made` is the moment that its files bear: the one at
    which the wave closed, so that the same release gives the same file.
    """

    language: str
    title: str
    subtitle: Said
    author: str
    made: datetime
    release_id: str
    foot: Said
    facts: tuple[tuple[str, Said], ...]
    alerts: tuple[Paragraph, ...]
    sections: tuple[Section, ...]

    def every(self) -> Iterator[Section]:
        """All sections of all levels."""
        for section in self.sections:
            yield from section.every()

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All figures, in order."""
        return tuple(
            block for section in self.every() for block in section.blocks if isinstance(block, Picture)
        )

    def said(self) -> Iterator[Said]:
        """Everything that is said anywhere in the report, headings of sections left out."""
        yield self.subtitle
        yield self.foot
        yield from (said for _, said in self.facts)
        for alert in self.alerts:
            yield from alert.sentences
        for section in self.every():
            for block in section.blocks:
                yield from _said(block)


def _said(block: Block) -> Iterator[Said]:
    if isinstance(block, Paragraph):
        yield from block.sentences
    elif isinstance(block, Points):
        for item in block.items:
            yield from item.sentences
    elif isinstance(block, Table):
        yield block.caption
        yield from block.header
        for row in block.rows:
            yield from row
        yield from block.notes
    else:
        yield block.caption
