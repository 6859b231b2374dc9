"""Every cell is shared by enough invited people, and drops the least important first."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.cells import Values, coarsened, placed
from survey.counts import NOT_ASSIGNED as NA
from survey.counts import Cell

CASES = {
    "nobody": ({}, {}),
    "enough": ({("A", "O", "S"): 5}, {("A", "O", "S"): ("A", "O", "S")}),
    "too few in a wave that is too small": ({("A", "O", "S"): 4}, {("A", "O", "S"): (NA, NA, NA)}),
    "the service is dropped first": (
        {("A", "O", "S"): 3, ("A", "O", "T"): 3, ("A", "O", "U"): 9},
        {("A", "O", "S"): ("A", "O", NA), ("A", "O", "T"): ("A", "O", NA), ("A", "O", "U"): ("A", "O", "U")},
    ),
    "then the organization": (
        {("A", "O", "S"): 3, ("A", "P", "S"): 3},
        {("A", "O", "S"): ("A", NA, NA), ("A", "P", "S"): ("A", NA, NA)},
    ),
    "the last cell gets company from the smallest": (
        {("A", "O", "S"): 3, ("B", "P", "S"): 6, ("C", "Q", "S"): 7},
        {("A", "O", "S"): (NA, NA, NA), ("B", "P", "S"): (NA, NA, NA), ("C", "Q", "S"): ("C", "Q", "S")},
    ),
}


@pytest.mark.parametrize("people, told", CASES.values(), ids=CASES)
def test_what_a_cell_tells(people: dict[Values, int], told: dict[Values, Values]) -> None:
    assert coarsened(Counter(people), 5) == told


def test_newcomers_join_a_cell_that_exists() -> None:
    newcomer = ("A", "O", "S")
    assert coarsened(Counter({newcomer: 1}), 5, [newcomer]) == {newcomer: newcomer}
    assert coarsened(Counter({newcomer: 1}), 5, [("A", "O", NA)]) == {newcomer: ("A", "O", NA)}


VALUES = st.tuples(
    st.sampled_from("AB"), st.sampled_from(["O", "P", "Q", NA]), st.sampled_from(["S", "T", NA])
)


@given(st.dictionaries(VALUES, st.integers(1, 12)), st.integers(3, 9))
def test_each_cell_holds_the_threshold_or_everybody(people: dict[Values, int], threshold: int) -> None:
    told = coarsened(Counter(people), threshold)
    sizes: Counter[Values] = Counter()
    for values, n in people.items():
        sizes[told[values]] += n
    assert all(size >= threshold for size in sizes.values()) or len(sizes) == 1
    for values, cell in told.items():
        assert all(kept in (value, NA) for value, kept in zip(values, cell, strict=True))


def test_a_few_newcomers_of_a_new_group_join_the_nearest_cell() -> None:
    there = {0: Cell(0, ("A", "O", "S"), 6), 1: Cell(1, ("A", "P", "S"), 7), 2: Cell(2, ("B", "Q", "S"), 5)}
    assert placed(Counter({("A", "R", "S"): 1}), there, 5) == {("A", "R", "S"): 0}
    assert there[0] == Cell(0, ("A", NA, NA), 7)
    assert placed(Counter({("C", "T", "S"): 1}), there, 5) == {("C", "T", "S"): 2}
    assert there[2].values == (NA, NA, NA)


def test_enough_newcomers_of_a_new_group_get_a_cell_of_their_own() -> None:
    there = {0: Cell(0, ("A", "O", "S"), 6)}
    assert placed(Counter({("B", "Q", "S"): 5}), there, 5) == {("B", "Q", "S"): 1}
    assert there[1] == Cell(1, ("B", "Q", "S"), 5)


JOINS = st.lists(st.dictionaries(VALUES, st.integers(1, 7), min_size=1, max_size=4), min_size=1, max_size=5)


@given(JOINS, st.integers(3, 6))
def test_no_cell_is_ever_too_small_while_there_is_another(
    joins: list[dict[Values, int]], threshold: int
) -> None:
    there: dict[int, Cell] = {}
    people: Counter[int] = Counter()
    total = 0
    for newcomers in joins:
        for values, number in placed(Counter(newcomers), there, threshold).items():
            people[number] += newcomers[values]
            assert all(kept in (value, NA) for value, kept in zip(values, there[number].values, strict=True))
        total += sum(newcomers.values())
        assert all(n >= min(threshold, total) for n in people.values())
        assert {number: cell.invited for number, cell in there.items()} == dict(people)
