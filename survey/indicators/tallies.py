"""What the categories of a release's figures say, as numbers that the formulas take.

`counts` documents the categories. A tally may leave out categories that nobody chose.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import lcm

from survey.counts import HOW_MANY, MISSING, NOT_APPLICABLE, NOT_ASKED, SQUARES, SUM
from survey.definitions.model import Dimension, Item
from survey.indicators.statistics import Moments, Values
from survey.release import Tallied

NOT_ANSWERS = (MISSING, NOT_APPLICABLE, NOT_ASKED)


def answered(tally: Tallied) -> dict[str, int]:
    """The categories of an item that are valid answers; their sum is the base of its shares."""
    return {category: n for category, n in tally.items() if category not in NOT_ANSWERS}


def code_counts(item: Item, tally: Tallied) -> dict[str, int]:
    """Answers by code of a scale, choice or choices item, in the definition's order, zeros included.

    Those of several choices are ticks, which may exceed the item's n together.
    """
    return {code: tally.get(code, 0) for code in item.codes}


def people(item: Item, tally: Tallied) -> dict[str, int]:
    """A several-choice item's tally without its options: each person counted once."""
    return {category: n for category, n in tally.items() if category not in item.codes}


def scale_values(tally: Tallied) -> Values:
    """The answers to a scale item."""
    return Values({int(code): n for code, n in answered(tally).items()})


def number_values(item: Item, tally: Tallied) -> Moments:
    """The answers to a number item in units of its last decimal; Values where they are counted out."""
    if HOW_MANY in tally:
        return Moments(tally[HOW_MANY], tally[SUM], tally[SQUARES], 10**item.decimals)
    counts: dict[int, int] = {}
    for value, n in answered(tally).items():
        scaled = int(Decimal(value).scaleb(item.decimals))
        counts[scaled] = counts.get(scaled, 0) + n
    return Values(counts, 10**item.decimals)


def dimension_values(dimension: Dimension, tally: Tallied) -> Values:
    """Persons' scores on a dimension: sum / answered, where at least half of its items are answered.

    The tally holds reversed items as already turned (lowest + highest - x).
    """
    items = len(dimension.items)
    unit = lcm(*range(1, items + 1))
    counts: dict[int, int] = {}
    for category, n in tally.items():
        known, total = (int(part) for part in category.split(":"))
        if known and 2 * known >= items:
            score = total * unit // known
            counts[score] = counts.get(score, 0) + n
    return Values(counts, unit)


@dataclass(frozen=True)
class Pairs:
    """Statuses before and now: `complete[before, after]` people gave both; the others one of them."""

    complete: Mapping[tuple[str, str], int]
    only_before: int
    only_after: int

    @property
    def n(self) -> int:
        """People who gave both."""
        return sum(self.complete.values())

    def margin(self, side: int, statuses: Iterable[str]) -> dict[str, int]:
        """People of the complete pairs by status before (`side` 0) or now (1), zeros included."""
        totals = dict.fromkeys(statuses, 0)
        for pair, n in self.complete.items():
            totals[pair[side]] += n
        return totals

    def moves(self, status: str) -> tuple[int, int]:
        """How many people came into `status`, and how many left it."""
        gained = sum(n for (before, after), n in self.complete.items() if before != status == after)
        lost = sum(n for (before, after), n in self.complete.items() if before == status != after)
        return gained, lost


def pairs(tally: Tallied) -> Pairs:
    """The pairs of a before/after figure."""
    complete: dict[tuple[str, str], int] = {}
    one_sided = [0, 0]
    for category, n in tally.items():
        before, after = category.split(">")
        if before and after:
            complete[before, after] = n
        elif before or after:
            one_sided[0 if before else 1] += n
    return Pairs(complete, one_sided[0], one_sided[1])
