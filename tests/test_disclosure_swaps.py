"""Which exchanges of answers hide a set of people."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.disclosure.entries import Entries
from survey.disclosure.figures import Block, Figure
from survey.disclosure.followers import Follower, Following
from survey.disclosure.swaps import Swaps


def routed(kinds: list[int], beside: list[int]) -> Swaps:
    """Two people at one place who answer 1 and 2, one being of each kind."""
    given, places = np.arange(2), np.zeros((2, 2), dtype=int)
    block = Block(
        given,
        given,
        given[:, None],
        np.ones((2, 1), dtype=bool),
        np.zeros(2, dtype=int),
        np.array(kinds),
        True,
        np.array(beside),
    )
    return Swaps(Entries(block, 2), places)


def test_people_of_different_routes_exchange_all_that_follows_or_nothing() -> None:
    first = np.array([0])
    assert routed([0, 0], [0, 1]).hide(first, 0)
    assert routed([0, 1], [0, 0]).hide(first, 0)
    assert not routed([0, 1], [0, 1]).hide(first, 0)


SWAPS = {
    "another answer at the same place": ([(0, 0), (0, 0)], ["1", "2"], True),
    "the same answer at the same place": ([(0, 0), (0, 0)], ["1", "1"], False),
    "a missing answer is nothing to exchange": ([(0, 0), (0, 0)], ["1", ""], False),
    "another answer elsewhere": ([(0, 0), (0, 1)], ["1", "2"], False),
    "a rectangle": ([(0, 0), (0, 1), (1, 0), (1, 1)], ["1", "2", "2", "1"], True),
    "a rectangle that does not close": ([(0, 0), (0, 1), (1, 0), (1, 1)], ["1", "2", "2", "3"], False),
    "a longer way round": (
        [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 0)],
        ["1", "2", "1", "2", "1", "2"],
        True,
    ),
}


def swaps_of(labels: list, answers: list[str], rectangles: bool = True) -> Swaps:
    """One person a row."""
    categories = sorted(set(answers))
    given = np.array([categories.index(answer) for answer in answers])
    return Swaps(
        Entries(block_of(given, [c != "" for c in categories], rectangles), len(answers)), np.array(labels)
    )


def block_of(given: np.ndarray, valid: list[bool], known: bool = True) -> Block:
    """One figure, one person a row."""
    codes, same = np.arange(len(valid))[:, None], np.zeros(len(valid), dtype=int)
    rows = np.arange(len(given))
    return Block(rows, given, codes, np.array(valid)[:, None], same, same, known, np.zeros_like(rows))


def test_exchanging_other_options_does_not_hide_the_one_that_all_ticked() -> None:
    labels = np.zeros((3, 2), dtype=int)
    ticks = np.array([1, 1, 0])  # of x, by category: w|x, x, y
    for answers, hidden in ((["x", "w|x"], False), (["x", "w|x", "y"], True)):
        swaps = swaps_of(labels[: len(answers)], answers)
        assert swaps.hide(np.array([0]), 0)
        assert swaps.hide(np.array([0]), 0, ticks[: len(answers)]) == hidden


people = st.lists(
    st.tuples(st.tuples(*[st.integers(0, 2)] * 3), st.integers(0, 2), st.integers(0, 2)),
    min_size=4,
    max_size=30,
)


@given(people)
def test_exchanges_leave_no_trace(found: list[tuple[tuple[int, ...], int, int]]) -> None:
    """Of two linked figures, people by three lines: along each line every label keeps its answers."""
    labels = np.array([place for place, *_ in found])
    vectors = sorted({tuple(answers) for _, *answers in found})
    given = np.array([vectors.index(tuple(answers)) for _, *answers in found])
    codes, same, rows = np.array(vectors), np.zeros(len(vectors), dtype=int), np.arange(len(found))
    block = Block(rows, given, codes, np.ones_like(codes, dtype=bool), same, same, True, np.zeros_like(rows))
    swaps = Swaps(Entries(block, len(found)), labels)
    members = np.zeros(len(found), dtype=bool)
    members[0] = True
    told = codes[:, 0]
    for exchange in swaps.exchanges(np.array([0]), members, told, block.valid[:, 0]):
        own, other = codes[exchange.own], codes[exchange.given]
        assert len(set(exchange.rows.tolist())) == len(exchange.rows)
        assert exchange.rows[0] == 0
        assert own[0] != other[0]
        after = codes[given]
        for row, sign in zip(exchange.rows, exchange.signs, strict=True):
            before, now = (own, other) if sign > 0 else (other, own)
            assert (after[row][own != other] == before[own != other]).all()
            after[row] = np.where(own != other, now, after[row])
        for line in range(3):
            for label in range(3):
                there = labels[:, line] == label
                for figure in range(2):
                    assert sorted(after[there, figure]) == sorted(codes[given][there, figure])


SECRETS = {
    "the option that all ticked": ([0, 1], [[1, 1, 0, 0]]),
    "every option of one who is alone": ([1], [[1, 1, 0, 0], [0, 1, 1, 0]]),
    "no option in common": ([0, 1, 2], [[0, 1, 2, 3]]),
}


@pytest.mark.parametrize("members, told", SECRETS.values(), ids=list(SECRETS))
def test_what_exchanges_must_change_of_several_choices(members: list[int], told: list[list[int]]) -> None:
    """Rows 0, 1 and 2 answered x, x|y and y; the last category is a missing answer."""
    given, ticked = np.arange(3), np.array([[1, 0], [1, 1], [0, 1], [0, 0]], dtype=bool)
    valid = np.array([True, True, True, False])
    figure = Figure(block_of(given, valid.tolist()), 0, given, given, np.ones(3, dtype=int), valid, ticked)
    flags = np.isin(np.arange(3), members)
    assert [secret.tolist() for secret in figure.secrets(flags)] == told


@pytest.mark.parametrize("labels, answers, hidden", SWAPS.values(), ids=list(SWAPS))
def test_swaps_of_the_first_person(labels: list, answers: list[str], hidden: bool) -> None:
    assert swaps_of(labels, answers).hide(np.array([0]), 0) == hidden


def test_without_the_vectors_only_two_people_exchange() -> None:
    (labels, answers, _), (two, different, _) = (
        SWAPS["a rectangle"],
        SWAPS["another answer at the same place"],
    )
    assert not swaps_of(labels, answers, rectangles=False).hide(np.array([0]), 0)
    assert swaps_of(two, different, rectangles=False).hide(np.array([0]), 0)


NOBODY_ASKED = 0


def follower(given: list[int]) -> Block:
    """One person a row: 0 was not asked, other numbers are answers."""
    block = block_of(np.array(given), [False, True, True])
    asked = np.array([NOBODY_ASKED, 1, 1])
    return replace(block, asked=asked, kinds=asked)


FOLLOWING = {
    "who may have given the same": ([1, 0, 0, 1], True),
    "who gave something else": ([1, 0, 0, 2], False),
}


@pytest.mark.parametrize("answers, hidden", FOLLOWING.values(), ids=list(FOLLOWING))
def test_an_answer_that_asks_more_goes_round_among_those(answers: list[int], hidden: bool) -> None:
    """A rectangle of people who were asked (0 and 3), and not (1 and 2)."""
    labels, filtering, _ = SWAPS["a rectangle"]
    block = block_of(np.array([int(answer) - 1 for answer in filtering]), [True, True])
    block = replace(block, kinds=np.array([0, 1]))
    by_kind = np.eye(2, dtype=int)[block.vectors]
    found = Follower.of(follower(answers), by_kind[:, ::-1], by_kind)
    assert found is not None
    assert found.asked == {0: 1, 1: NOBODY_ASKED}
    for following, expected in ((None, False), (Following([found]), hidden)):
        swaps = Swaps(Entries(block, len(labels), following), np.array(labels))
        assert swaps.hide(np.array([0]), 0) == expected


def test_who_is_asked_what_must_be_certain() -> None:
    """In every row as many gave one answer as gave the other, so that either may have asked more."""
    alike = np.array([[2, 2], [3, 3]])
    assert Follower.of(follower([1, 0]), alike, alike) is None
    assert Follower.of(follower([1, 0]), alike, np.array([[2, 2], [2, 4]])) is None
    assert Follower.of(follower([1, 0]), np.array([[2, 2], [2, 4]]), np.array([[2, 2], [2, 4]])) is not None
