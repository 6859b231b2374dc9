"""Additive value types: how many responses of each cell fell into each category of each figure.

A *figure* is one thing that is counted: an item (`item/utility`), a dimension
(`dimension/dimensions/time`) or a before/after pair (`pair/employment`). Its *categories* are
strings: an item's codes, a number's value, the ticked options of a several-choice item joined by
`|` (no tick is a missing answer), a dimension's
`ANSWERED:SUM`, a pair's `BEFORE>AFTER` (either side empty where it was not answered), a share over
several items' `yes` and `no`, and the marks below. A text item has the one category `answered`, in
the whole wave only: texts carry no cell. Tallies hold integers only, so those of two sets of
responses add up exactly. So do the *products* of a dimension (`alpha/dimensions/time`), counted in
the whole wave only, over the people who answered all of its k items: `n`, the sums `0` to `k-1` and
the sums of products `0*0`, `0*1` to `k-1*k-1` of turned values.

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
NOT_ASKED = ":not_asked"
"""The item was not put to the person; no option is called so."""
TICKED_ANY = ":answered"
"""In a release, the people who ticked any option of a several-choice item; no option is called so."""
SUM, SQUARES, HOW_MANY = ":sum", ":squares", ":n"
"""What may stand in place of a number item's values: their sum and that of their squares, in units of
their last decimal, and how many there are."""
NOT_ASSIGNED = "not_assigned"
"""The value of a breakdown that a cell or an answer does not tell."""
YES, NO = "yes", "no"
FEWEST_IN_A_CROSS = 10
"""The fewest answers of a figure in a cell of a cross; a wave's threshold may be higher."""

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
    MAY_BE_LINKED = "may_be_linked"
    WHOLE_ONLY = "whole_wave_only"
    FROM_ANSWERS = "known_from_answers_only"
    NOT_ASKED_OF_ALL = "not_asked_of_everybody"
    EMPTY_STRATUM = "empty_stratum"
    NO_REST = "nobody_else_to_compare_with"
    NOT_ADDITIVE = "not_in_a_merged_release"
    HIDDEN_IN_A_PART = "hidden_in_one_of_the_releases"
    NOT_ONE_GROUP = "several_groups_together"
    LITTLE_COVERED = "too_little_of_the_wave_is_shown"
    NOT_COUNTED = "not_counted_when_the_wave_closed"
    ANSWERS_TAKEN = "answers_can_be_taken_away"
    AGAINST_EACH_OTHER = "items_run_against_each_other"


@dataclass(frozen=True)
class Cell:
    """A combination of breakdown values that enough invited people share.

    `values` follow the breakdowns that the invitation tells; NOT_ASSIGNED where the cell does not.
    Where breakdowns come from items, counting divides each cell by their answers, too: then `values`
    follow all of the questionnaire's breakdowns (the ticked options of several choices joined by "|"),
    and of the rows of one invitation's cell the first alone carries its `invited`.
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
        not_asked = {NOT_ASKED: totals[NOT_ASKED]} if NOT_ASKED in totals else {}
        return ticks | {MISSING: totals.get(MISSING, 0)} | not_asked


@dataclass(frozen=True)
class Vectors:
    """The answers to a block of figures together: how many responses gave which categories.

    `categories[j]` holds one category of each figure, in the block's order. `n[i]` responses of the
    cell at position `cells[i]` gave the vector `vectors[i]`; pairs that nobody gave are left out, and
    each pair stands once. Disclosure control needs them; a release never holds them.
    """

    categories: tuple[tuple[str, ...], ...]
    cells: NDArray[np.int32]
    vectors: NDArray[np.int32]
    n: NDArray[np.int32]

    @classmethod
    def of(cls, categories: tuple[tuple[str, ...], ...], table: Counts) -> "Vectors":
        """The vectors of a table cells x vectors."""
        cells, vectors = np.nonzero(table)
        return cls(
            categories,
            cells.astype(np.int32),
            vectors.astype(np.int32),
            table[cells, vectors].astype(np.int32),
        )


@dataclass(frozen=True)
class WaveCounts:
    """All that is counted of a wave, by cell.

    `completeness[i]` holds the responses of cell i: (complete, partial, below both).
    `blocks` groups the names of figures that share items, so that what protects one of them must
    protect them all together. `vectors` holds, for blocks of several figures, their joint counts; a
    block that it lacks is protected more strictly than need be.

    `follows` tells of the figure of each item that is not put to everybody the figures of the items
    that its condition looks at; `routes[figure][j]` numbers, for each of the latter, the categories of
    its tally: answers of one number meet the same conditions. `products` are sums over the whole wave,
    see above.
    """

    cells: tuple[Cell, ...]
    completeness: Counts
    tallies: Mapping[str, Tally]
    blocks: tuple[tuple[str, ...], ...]
    vectors: Mapping[tuple[str, ...], Vectors] = field(default_factory=dict)
    follows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    routes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    products: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

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


def share_figure(indicator_id: str) -> str:
    """The name of the figure of a share over several items."""
    return f"share/{indicator_id}"


def products_figure(profile_id: str, dimension_id: str) -> str:
    """The name of a dimension's sums of products, from which its reliability is computed."""
    return f"alpha/{profile_id}/{dimension_id}"


def band_category(low: float | None) -> str:
    """The category of the values in one declared band, beside their sums; None: those below all bands."""
    return ":band:" if low is None else f":band:{float(low)!r}"


def pair_figure(indicator_id: str) -> str:
    """The name of the figure of a before/after pair."""
    return f"pair/{indicator_id}"
