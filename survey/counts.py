"""Additive value types: how many responses of each cell fell into each category of each figure.

A *figure* is one thing that is counted: an item (`item/utility`), a dimension
(`dimension/dimensions/time`) or a before/after pair (`pair/employment`). Its *categories* are
strings: an item's codes, a number's value, the ticked options of a several-choice item joined by
`|` (no tick is a missing answer), a dimension's
`ANSWERED:SUM`, a pair's `BEFORE>AFTER` (either side empty where it was not answered), and the
marks below. A text item has the one category `answered`, in the whole wave only: texts carry no
cell. Tallies hold integers only, so those of two sets of responses add up exactly.

A release never tells which options were ticked together: there a several-choice item has its options,
each with the people who ticked it, `:answered` (the people who ticked any) and the missing answers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

MISSING = ""
NOT_APPLICABLE = "DK"
ANSWERED = "answered"
TICKED_ANY = ":answered"
"""In a release, the people who ticked any option of a several-choice item; no option is called so."""
NOT_ASSIGNED = "not_assigned"
"""The value of a breakdown that a cell does not tell."""

Counts = NDArray[np.int64]


class Reason(StrEnum):
    """Why something is not shown; `narrative` has the words."""

    TOO_FEW_ANSWERS = "too_few_answers"
    PROTECTS_ANOTHER = "protects_another_group"
    TOO_FEW_INVITED = "too_few_invited"
    PARENT_NOT_SHOWN = "parent_not_shown"
    TOO_FEW_PER_STATUS = "too_few_per_status"
    NO_ANSWERS = "no_answers"
    NOT_DEFINED = "not_defined"
    TOO_FEW_FOR_INTERVAL = "too_few_for_interval"
    NO_SPREAD = "all_answers_equal"
    EVERYONE_ANSWERED = "everyone_answered"
    POPULATION_UNKNOWN = "population_unknown"
    NOBODY_MOVED = "nobody_moved"
    TOO_FEW_FOR_SCORE = "too_few_for_score"
    NAMED_ONLY = "named_waves_only"
    NO_GROUP = "texts_carry_no_group"


@dataclass(frozen=True)
class Cell:
    """A combination of breakdown values that enough invited people share.

    `values` follow the questionnaire's breakdowns; NOT_ASSIGNED where the cell does not tell.
    """

    number: int
    values: tuple[str, ...]
    invited: int


@dataclass(frozen=True)
class Tally:
    """One figure's categories by cell: `table[i, j]` responses of cell i are in category j.

    `valid[j]` says whether category j is an answer that the figure's base holds (not missing, not
    "does not apply", a dimension with half of its items, a complete pair). `several` marks an item
    of several choices: its valid categories are ticked options joined by "|".
    """

    categories: tuple[str, ...]
    valid: tuple[bool, ...]
    table: Counts
    several: bool = False

    def of(self, cells: list[int]) -> dict[str, int]:
        """The tally of some cells together, category -> n, zeros left in."""
        totals = self.table[cells].sum(axis=0)
        return {category: int(n) for category, n in zip(self.categories, totals, strict=True)}

    def ticks(self, cells: list[int], options: Iterable[str]) -> dict[str, int]:
        """What a release holds of several choices in some cells: `options` in that order, zeros left in."""
        ticks = dict.fromkeys((*options, TICKED_ANY), 0)
        totals = self.of(cells)
        for category in (c for c, valid in zip(self.categories, self.valid, strict=True) if valid):
            for counted in (*category.split("|"), TICKED_ANY):
                ticks[counted] += totals[category]
        return ticks | {MISSING: totals.get(MISSING, 0)}


@dataclass(frozen=True)
class Vectors:
    """The answers to a block of figures together: how many responses gave which categories.

    `categories[j]` holds one category of each figure, in the block's order; `table[i, j]` responses of
    cell i gave them all. Disclosure control needs them; a release never holds them.
    """

    categories: tuple[tuple[str, ...], ...]
    table: Counts


@dataclass(frozen=True)
class WaveCounts:
    """All that is counted of a wave, by cell.

    `completeness[i]` holds the responses of cell i: (complete, partial, below both).
    `blocks` groups the names of figures that share items, so that what protects one of them must
    protect them all together. `vectors` holds, for blocks of several figures, their joint counts; a
    block that it lacks is protected more strictly than need be.
    """

    cells: tuple[Cell, ...]
    completeness: Counts
    tallies: Mapping[str, Tally]
    blocks: tuple[tuple[str, ...], ...]
    vectors: Mapping[tuple[str, ...], Vectors] = field(default_factory=dict)

    @property
    def responses(self) -> Counts:
        """Responses by cell."""
        totals: Counts = self.completeness.sum(axis=1)
        return totals


def item_figure(item_id: str) -> str:
    """The name of an item's figure."""
    return f"item/{item_id}"


def dimension_figure(profile_id: str, dimension_id: str) -> str:
    """The name of a dimension's figure."""
    return f"dimension/{profile_id}/{dimension_id}"


def pair_figure(indicator_id: str) -> str:
    """The name of the figure of a before/after pair."""
    return f"pair/{indicator_id}"
