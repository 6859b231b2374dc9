"""What a definition says, as immutable values: Questionnaire, Section, Item, Scale, Indicator kinds.

Nothing here reads JSON (that is `reading.py`) or judges it (`checking.py`); conditions are evaluated
in `conditions.py`.
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
    """One option of a choice: its code and its label; an `exclusive` one ("none of these") goes alone."""

    value: str
    label: Words
    exclusive: bool = False


class Operator(StrEnum):
    """How a condition compares the answer to an item."""

    IN = "in"
    NOT_IN = "not_in"
    AT_LEAST = "at_least"


@dataclass(frozen=True)
class Comparison:
    """One condition over one earlier item; an item without an answer meets none.

    `codes` for IN and NOT_IN ("DK": does not apply); `least` for AT_LEAST over a scale or a number.
    """

    item: str
    operator: Operator
    codes: tuple[str, ...] = ()
    least: float = 0


@dataclass(frozen=True)
class AllOf:
    """Every one of some conditions."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one of some conditions."""

    parts: tuple["Condition", ...]


Condition = Comparison | AllOf | AnyOf


@dataclass(frozen=True)
class Group:
    """Scale items asked under one common text; each is still a question of its own."""

    id: str
    text: Words
    help: Words | None = None


@dataclass(frozen=True)
class Item:
    """One question.

    `scale` is set for kind scale; `options` for choice and choices, `max_choices` (0: any number) for
    choices; `minimum`, `maximum`, `decimals` and `unit` for number; `max_length` (characters) for
    text. `not_applicable` is the label of "does not apply / don't know", the scale's own for kind
    scale; None where it is not offered. `show_if` says whom the item is put to; None: everybody.
    `export` puts a demographic item into the file of answers.
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
    show_if: Condition | None = None
    max_choices: int = 0
    unit: Words | None = None
    group: Group | None = None
    export: bool = False

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes that a scale, choice or choices item can take, in order; () for the others."""
        if self.scale:
            return tuple(str(point.value) for point in self.scale.points)
        return tuple(option.value for option in self.options)

    @cached_property
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


class Source(StrEnum):
    """Where the group of a person is known from."""

    INVITATION = "invitation"
    ITEM = "item"


@dataclass(frozen=True)
class Breakdown:
    """Groups by which figures are shown; `inside` names the parent breakdown.

    From the invitation it is a column of the list of people. From an item it bears the item's id: the
    groups are the options of a choice, or each option of several choices against the rest.
    """

    id: str
    label: Words
    inside: str | None = None
    source: Source = Source.INVITATION


@dataclass(frozen=True)
class Export:
    """Evaluators may take the answers away, a row for each response, with the groups of one breakdown."""

    breakdown: str | None = None


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
class JointShare:
    """The share of people who gave one of `values` to any, or to all, of several items.

    The base is the people with a valid answer to every one of `items`; `need` is "any" or "all".
    """

    id: str
    items: tuple[str, ...]
    values: tuple[str, ...]
    need: str = "any"
    label: Words | None = None


@dataclass(frozen=True)
class Ranking:
    """The options of a several-choice item by how many of its respondents ticked them."""

    id: str
    item: str
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
    """Mean, median, range and sum of a number item; `bands` are the rising lower ends of its histogram."""

    id: str
    item: str
    label: Words | None = None
    bands: tuple[float, ...] = ()


Indicator = Mean | Share | JointShare | Ranking | Recommendation | StatusChange | Profile | Summary


@dataclass(frozen=True)
class Cross:
    """Two breakdowns whose groups are shown together, by their ids: one makes the rows, one the columns."""

    rows: str
    columns: str

    @property
    def id(self) -> str:
        """Its name in files, addresses and commands: no breakdown's id holds a comma."""
        return f"{self.rows},{self.columns}"


@dataclass(frozen=True)
class Questionnaire:
    """A whole definition. `complete_from` and `partial_from` are shares (0 to 1) of the items shown.

    `pages` is "one" for everything on one page, "sections" for a page per section; `review`: the answers
    are shown once more before they are sent. `export` is None where evaluators get no file of answers;
    in named waves they always do.
    """

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
    pages: str = "one"
    review: bool = False
    export: Export | None = None
    crosses: tuple[Cross, ...] = ()

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in the order in which they are asked."""
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all items."""
        return frozenset(self._by_id)

    @cached_property
    def _by_id(self) -> Mapping[str, Item]:
        return {item.id: item for item in self.items}

    def item(self, item_id: str) -> Item:
        """The item of an id; KeyError where there is none."""
        return self._by_id[item_id]

    @cached_property
    def invited_by(self) -> tuple[Breakdown, ...]:
        """The breakdowns that the invitation tells: the columns of people, and of cells."""
        return tuple(b for b in self.breakdowns if b.source is Source.INVITATION)

    @cached_property
    def answered_by(self) -> tuple[Breakdown, ...]:
        """The breakdowns that answers tell."""
        return tuple(b for b in self.breakdowns if b.source is Source.ITEM)

    @cached_property
    def shown_by(self) -> tuple[Breakdown, ...]:
        """The breakdowns by which something is released.

        All of them; beside a file of single answers the one that the file names, and those in which it lies:
        of any other, its figures would tell which of the rows are whose.
        """
        if self.export is None or self.mode is Mode.NAMED:
            return self.breakdowns
        named: list[str] = []
        breakdown = self.export.breakdown
        while breakdown is not None:
            named.append(breakdown)
            breakdown = self.breakdown(breakdown).inside
        return tuple(one for one in self.breakdowns if one.id in named)

    def breakdown(self, breakdown_id: str) -> Breakdown:
        """The breakdown of an id; KeyError where there is none."""
        return {breakdown.id: breakdown for breakdown in self.breakdowns}[breakdown_id]

    def cross(self, cross_id: str) -> Cross:
        """The cross of an id; KeyError where there is none."""
        return {cross.id: cross for cross in self.crosses}[cross_id]

    def indicator(self, indicator_id: str) -> Indicator:
        """The indicator of an id; KeyError where there is none."""
        return {indicator.id: indicator for indicator in self.indicators}[indicator_id]

    def dimensions(self) -> Iterator[tuple[Profile, Dimension]]:
        """Every dimension with the profile it belongs to."""
        for indicator in self.indicators:
            if isinstance(indicator, Profile):
                for dimension in indicator.dimensions:
                    yield indicator, dimension

    def joint_shares(self) -> Iterator[JointShare]:
        """Every share over several items."""
        return (indicator for indicator in self.indicators if isinstance(indicator, JointShare))

    def status_changes(self) -> Iterator[StatusChange]:
        """Every status change."""
        return (indicator for indicator in self.indicators if isinstance(indicator, StatusChange))

    @property
    def minutes(self) -> int:
        """How long answering takes, in whole minutes: nine seconds an item, at least one minute."""
        return max(1, round(len(self.items) * 9 / 60))
