"""What a definition says, as immutable values: Questionnaire, Section, Item, Scale, Indicator kinds.

Nothing here reads JSON (that is `reading.py`) or judges it (`checking.py`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

Words = Mapping[str, str]
"""One text in each of the questionnaire's languages: language code -> text."""


class Mode(StrEnum):
    """How answers and the people who gave them are related; fixed when a wave opens."""

    ANONYMOUS = "anonymous"
    NAMED = "named"
    PANEL = "panel"


class Kind(StrEnum):
    """The kinds of item."""

    SCALE = "scale"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True)
class Point:
    """One point of a scale: its value and its label."""

    value: int
    label: Words


@dataclass(frozen=True)
class Scale:
    """3 to 11 points in ascending order; `not_applicable` stands apart from them."""

    id: str
    points: tuple[Point, ...]
    not_applicable: Words | None = None
    top2: tuple[int, ...] = ()
    bottom2: tuple[int, ...] = ()

    @property
    def lowest(self) -> int:
        """The value of the first point."""
        return self.points[0].value

    @property
    def highest(self) -> int:
        """The value of the last point."""
        return self.points[-1].value


@dataclass(frozen=True)
class Option:
    """One option of a choice: its code and its label."""

    value: str
    label: Words


@dataclass(frozen=True)
class Item:
    """One question.

    `scale` is set for kind scale; `options` for choice and choices; `minimum`, `maximum` and
    `decimals` for number; `max_length` (characters) for text. `not_applicable` is the label of
    "does not apply / don't know", the scale's own for kind scale; None where it is not offered.
    """

    id: str
    kind: Kind
    text: Words
    help: Words | None = None
    required: bool = False
    demographic: bool = False
    scale: Scale | None = None
    reversed: bool = False
    options: tuple[Option, ...] = ()
    not_applicable: Words | None = None
    minimum: float = 0
    maximum: float = 0
    decimals: int = 0
    max_length: int = 0

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that a scale, choice or choices item can take, in order; () for the others."""
        if self.scale:
            return tuple(str(point.value) for point in self.scale.points)
        return tuple(option.value for option in self.options)

    @property
    def labels(self) -> Mapping[str, Words]:
        """Code -> label, in order, for scale, choice and choices items."""
        if self.scale:
            return {str(point.value): point.label for point in self.scale.points}
        return {option.value: option.label for option in self.options}

    @property
    def counts_for_completeness(self) -> bool:
        """Text and demographic items are left out of the base of completeness."""
        return self.kind is not Kind.TEXT and not self.demographic


@dataclass(frozen=True)
class Section:
    """Items under one heading."""

    id: str
    title: Words
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Breakdown:
    """A column of the invitations by which figures are shown; `inside` names the parent breakdown."""

    id: str
    label: Words
    inside: str | None = None


@dataclass(frozen=True)
class Mean:
    """The mean of a scale item."""

    id: str
    item: str
    label: Words | None = None


@dataclass(frozen=True)
class Share:
    """The share of valid answers to a scale or choice item that are one of `values`."""

    id: str
    item: str
    values: tuple[str, ...]
    label: Words | None = None


@dataclass(frozen=True)
class Recommendation:
    """Who would recommend; with promoters, passives and detractors also a score.

    All four hold codes. Over 0-10 with 9-10 / 7-8 / 0-6 the score is an NPS; any other mapping is a
    house rule and bears its own name.
    """

    id: str
    item: str
    would: tuple[str, ...]
    promoters: tuple[str, ...] = ()
    passives: tuple[str, ...] = ()
    detractors: tuple[str, ...] = ()
    label: Words | None = None


@dataclass(frozen=True)
class StatusChange:
    """The status before and now, two choice items with the same options."""

    id: str
    before: str
    after: str
    label: Words | None = None


@dataclass(frozen=True)
class Dimension:
    """A group of scale items that together say something: time, well-being, ..."""

    id: str
    label: Words
    items: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """The dimensions of impact, side by side; their items share one scale range."""

    id: str
    dimensions: tuple[Dimension, ...]
    label: Words | None = None


@dataclass(frozen=True)
class Summary:
    """Mean, median, range and sum of a number item."""

    id: str
    item: str
    label: Words | None = None


Indicator = Mean | Share | Recommendation | StatusChange | Profile | Summary


@dataclass(frozen=True)
class Questionnaire:
    """A whole definition. `complete_from` and `partial_from` are shares (0 to 1) of the items shown."""

    id: str
    version: int
    audience: str
    mode: Mode
    languages: tuple[str, ...]
    title: Words
    introduction: Words
    breakdowns: tuple[Breakdown, ...]
    sections: tuple[Section, ...]
    indicators: tuple[Indicator, ...]
    complete_from: float = 0.7
    partial_from: float = 0.3

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in the order in which they are asked."""
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def _by_id(self) -> Mapping[str, Item]:
        return {item.id: item for item in self.items}

    def item(self, item_id: str) -> Item:
        """The item of an id; KeyError where there is none."""
        return self._by_id[item_id]

    def breakdown(self, breakdown_id: str) -> Breakdown:
        """The breakdown of an id; KeyError where there is none."""
        return {breakdown.id: breakdown for breakdown in self.breakdowns}[breakdown_id]

    def indicator(self, indicator_id: str) -> Indicator:
        """The indicator of an id; KeyError where there is none."""
        return {indicator.id: indicator for indicator in self.indicators}[indicator_id]

    def dimensions(self) -> Iterator[tuple[Profile, Dimension]]:
        """Every dimension with the profile it belongs to."""
        for indicator in self.indicators:
            if isinstance(indicator, Profile):
                for dimension in indicator.dimensions:
                    yield indicator, dimension

    def status_changes(self) -> Iterator[StatusChange]:
        """Every status change."""
        return (indicator for indicator in self.indicators if isinstance(indicator, StatusChange))

    @property
    def minutes(self) -> int:
        """How long answering takes, in whole minutes: nine seconds an item, at least one minute."""
        return max(1, round(len(self.items) * 9 / 60))
