"""Disclosure control: which groups and figures of a wave may be shown."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.counts import NOT_ASSIGNED, Reason, Tally, WaveCounts
from survey.definitions.model import Breakdown
from survey.disclosure import WHOLE, show_all, solve
from tests.disclosure_waves import (
    ALLIANCE,
    CROSSED,
    NESTED,
    ORGANIZATION,
    SERVICE,
    alliance,
    mixed,
    organization,
    places,
    service,
    wave,
)

K = 5


LEVELS = {
    "all large enough": ({"a": 5, "b": 9}, {"a": "own", "b": "own"}, ()),
    "two small ones share a pool": (
        {"a": 3, "b": 2, "c": 9},
        {"a": "pool", "b": "pool", "c": "own"},
        ("a", "b"),
    ),
    "a small one takes the next smallest along": (
        {"a": 2, "b": 7, "c": 6, "d": 9},
        {"a": "pool", "b": "own", "c": "pool", "d": "own"},
        ("a", "c"),
    ),
    "two small ones under the threshold together": (
        {"a": 1, "b": 2, "c": 6, "d": 9},
        {"a": "pool", "b": "pool", "c": "pool", "d": "own"},
        ("a", "b", "c"),
    ),
    "nothing is left beside the pool": (
        {"a": 2, "b": 9},
        {"a": "too_few_answers", "b": "protects_another_group"},
        (),
    ),
    "a single group equals its parent": ({"a": 9}, {"a": "own"}, ()),
    "nobody answered in one": ({"a": 0, "b": 9}, {"a": "no_answers", "b": "own"}, ()),
    "nobody answered in one that has a pool to go to": (
        {"a": 0, "b": 2, "c": 3, "d": 9},
        {"a": "no_answers", "b": "pool", "c": "pool", "d": "own"},
        ("b", "c"),
    ),
    "an empty group does not make two": (
        {"a": 0, "b": 4, "c": 6, "d": 9},
        {"a": "no_answers", "b": "pool", "c": "pool", "d": "own"},
        ("b", "c"),
    ),
    "what is not assigned stands alone": (
        {"a": 9, "b": 8, NOT_ASSIGNED: 5},
        {"a": "own", "b": "own"},
        (NOT_ASSIGNED,),
    ),
    "a little that is not assigned takes a group along": (
        {"a": 9, "b": 8, NOT_ASSIGNED: 4},
        {"a": "own", "b": "pool"},
        ("b", NOT_ASSIGNED),
    ),
    "the whole wave is under the threshold": (
        {"a": 2, "b": 2},
        {"a": "too_few_answers", "b": "too_few_answers"},
        (),
    ),
}


@pytest.mark.parametrize("sizes, expected, members", LEVELS.values(), ids=list(LEVELS))
def test_one_level(sizes: dict[str, int], expected: dict[str, str], members: tuple[str, ...]) -> None:
    solution = solve(wave({(name,): mixed(n) for name, n in sizes.items()}), (SERVICE,), K)
    assert places(solution, "service") == expected
    assert dict(solution.pools) == ({service(None): members} if members else {})


def test_groups_of_a_parent_that_is_not_shown_are_hidden() -> None:
    counts = wave(
        {
            ("A", "a1"): mixed(2),
            ("B", "b1"): mixed(7),
            ("C", "c1"): mixed(9),
            ("C", "c2"): mixed(8),
        }
    )
    solution = solve(counts, NESTED, K)
    hidden = str(Reason.PARENT_NOT_SHOWN)
    assert places(solution, "alliance") == {"A": "pool", "B": "pool", "C": "own"}
    assert places(solution, "organization") == {"a1": hidden, "b1": hidden, "c1": "own", "c2": "own"}


def test_parts_come_in_the_order_of_the_questionnaire_with_their_cells() -> None:
    counts = wave({("B", "b"): mixed(6), ("A", "a2"): mixed(7), ("A", "a1"): mixed(5)})
    assert dict(solve(counts, NESTED, K).parts) == {
        WHOLE: (0, 1, 2),
        alliance("A"): (1, 2),
        alliance("B"): (0,),
        organization("A", "a1"): (2,),
        organization("A", "a2"): (1,),
        organization("B", "b"): (0,),
    }


def test_a_breakdown_may_come_before_its_parent() -> None:
    counts = wave({("a", "A"): mixed(6), ("b", "A"): mixed(7)})
    solution = solve(counts, (ORGANIZATION, ALLIANCE), K)
    assert list(solution.parts) == [WHOLE, organization("A", "a"), organization("A", "b"), alliance("A")]


def test_one_name_in_two_parents_is_two_groups() -> None:
    solution = solve(wave({("A", "x"): mixed(6), ("B", "x"): mixed(7)}), NESTED, K)
    assert solution.parts[organization("A", "x")] == (0,)
    assert solution.parts[organization("B", "x")] == (1,)


PARTLY = ["1", "2", *[""] * 6]
FIGURES = {
    "own answers under the threshold": (
        {"a": PARTLY, "b": mixed(6), "c": mixed(9)},
        {"a": Reason.TOO_FEW_ANSWERS, "b": Reason.PROTECTS_ANOTHER},
    ),
    "unanimous at any n, and never called so": (
        {"a": ["4"] * 12, "b": mixed(9), "c": mixed(20)},
        {"a": Reason.PROTECTS_ANOTHER, "b": Reason.PROTECTS_ANOTHER},
    ),
    "nobody answered it in one group": ({"a": [""] * 6, "b": mixed(9)}, {"a": Reason.NO_ANSWERS}),
    "two under the threshold are not enough together": (
        {"a": ["1", *[""] * 6], "b": ["2", "3", *[""] * 6], "c": mixed(7), "d": mixed(9)},
        {"a": Reason.TOO_FEW_ANSWERS, "b": Reason.TOO_FEW_ANSWERS, "c": Reason.PROTECTS_ANOTHER},
    ),
    "two unanimous on the same answer are not enough": (
        {"a": ["4"] * 6, "b": ["4"] * 7, "c": mixed(8), "d": mixed(9)},
        dict.fromkeys("abc", Reason.PROTECTS_ANOTHER),
    ),
    "two unanimous on different answers protect one another": (
        {"a": ["4"] * 6, "b": ["2"] * 7, "c": mixed(8)},
        dict.fromkeys("ab", Reason.PROTECTS_ANOTHER),
    ),
    "does not apply is no answer": (
        {"a": ["DK"] * 6, "b": [*mixed(4), "DK", "DK"], "c": mixed(7), "d": mixed(8)},
        {"a": Reason.NO_ANSWERS, "b": Reason.TOO_FEW_ANSWERS, "c": Reason.PROTECTS_ANOTHER},
    ),
}


TICKED = ["a", "b", "a|b", "a|c", "b|c", "a|b|c"]
FIGURES |= {
    "everybody ticked one option, with others or without": (
        {"a": ["a", "a|b", "a|c", "a|b|c"] * 3, "b": TICKED * 3, "c": TICKED * 4},
        dict.fromkeys("ab", Reason.PROTECTS_ANOTHER),
    ),
    "an option that nobody ticked": ({"a": ["a", "b", "a|b"] * 3, "b": TICKED * 3}, {}),
    "two groups that share an option do not protect one another": (
        {"a": ["a", "a|b"] * 4, "b": ["a", "a|c"] * 5, "c": TICKED * 2, "d": TICKED * 4},
        dict.fromkeys("abc", Reason.PROTECTS_ANOTHER),
    ),
    "two groups that share different options protect one another": (
        {"a": ["a", "a|b"] * 4, "b": ["c", "c|d"] * 5, "c": TICKED * 2},
        dict.fromkeys("ab", Reason.PROTECTS_ANOTHER),
    ),
}


@pytest.mark.parametrize("answers, expected", FIGURES.values(), ids=list(FIGURES))
def test_a_figure_in_groups(answers: dict[str, list[str]], expected: dict[str, Reason]) -> None:
    solution = solve(wave({(name,): given for name, given in answers.items()}), (SERVICE,), K)
    nulls = {key.group: why["item/q"] for key, why in solution.withheld.items() if "item/q" in why}
    assert nulls == expected


def test_what_is_null_in_a_parent_is_null_in_its_children() -> None:
    counts = wave(
        {("A", "a1"): ["4"] * 6, ("A", "a2"): ["4"] * 7, ("B", "b"): mixed(6), ("C", "c"): mixed(9)}
    )
    solution = solve(counts, NESTED, K)
    nulls = {key for key, why in solution.withheld.items() if why}
    assert nulls == {
        alliance("A"),
        organization("A", "a1"),
        organization("A", "a2"),
        alliance("B"),
        organization("B", "b"),
    }


WHOLES = {
    "from the threshold up": (["4"] * 5, {}),
    "below": (["4", "5", "3", "2", ""], {"item/q": Reason.TOO_FEW_ANSWERS}),
    "nobody": ([""] * 5, {"item/q": Reason.NO_ANSWERS}),
}


@pytest.mark.parametrize("answers, expected", WHOLES.values(), ids=list(WHOLES))
def test_the_whole_wave_goes_by_its_own_number(answers: list[str], expected: dict[str, Reason]) -> None:
    assert solve(wave({(): answers}), (), K).withheld == {WHOLE: expected}


def test_a_wave_that_everybody_answers_alike_shows_it_as_a_whole_only() -> None:
    solution = solve(wave({("a",): ["4"] * 9, ("b",): ["4"] * 8}), (SERVICE,), K)
    assert [key for key, why in solution.withheld.items() if not why] == [WHOLE]


def test_whether_something_was_written_goes_by_the_number_only() -> None:
    counts = wave({("a",): ["answered"] * 6, ("b",): ["answered", *[""] * 8], ("c",): mixed(0) or [""] * 7})
    solution = solve(counts, (SERVICE,), K)
    assert solution.withheld[service("a")] == {}
    assert solution.withheld[service("b")] == {"item/q": Reason.TOO_FEW_ANSWERS}


BLOCK = ("dimension/p/d", "item/a", "item/b")


def block_wave(first: list[str], second: list[str]) -> WaveCounts:
    """Services x, y and z; in x the two items are as given."""
    answers = {"x": (first, second), "y": (mixed(9), mixed(9)), "z": (mixed(20), mixed(20))}
    cells = {
        (name,): {
            "dimension/p/d": [
                f"{bool(a) + bool(b)}:{int(a or 0) + int(b or 0)}" for a, b in zip(*both, strict=True)
            ],
            "item/a": both[0],
            "item/b": both[1],
            "item/c": mixed(len(both[0])),
        }
        for name, both in answers.items()
    }
    return wave(cells, (BLOCK,))


def test_figures_that_share_items_are_withheld_together() -> None:
    solution = solve(block_wave(["4"] * 6, ["1", "2", *[""] * 4]), (SERVICE,), K)
    protects = Reason.PROTECTS_ANOTHER
    assert solution.withheld[service("x")] == {
        "dimension/p/d": protects,
        "item/a": protects,
        "item/b": Reason.TOO_FEW_ANSWERS,
    }
    assert solution.withheld[service("y")] == dict.fromkeys(BLOCK, protects)
    assert solution.withheld[service("z")] == {}


def test_every_figure_of_a_block_needs_a_second_null() -> None:
    """Nobody in y answered a, so that y's null leaves x's a to be subtracted, but for z."""
    counts = wave(
        {
            ("x",): {"pair/s": [">"] * 6, "item/a": mixed(6), "item/b": ["1", "2", *[""] * 4]},
            ("y",): {"pair/s": [">"] * 9, "item/a": [""] * 9, "item/b": mixed(9)},
            ("z",): {"pair/s": [">"] * 20, "item/a": mixed(20), "item/b": mixed(20)},
        },
        (("pair/s", "item/a", "item/b"),),
    )
    withheld = solve(counts, (SERVICE,), K).withheld
    assert [withheld[service(name)].get("item/a") for name in "xyz"] == [
        Reason.PROTECTS_ANOTHER,
        Reason.NO_ANSWERS,
        Reason.PROTECTS_ANOTHER,
    ]


def test_in_the_whole_what_is_made_of_an_item_with_too_few_answers_is_null() -> None:
    counts = wave(
        {
            (): {
                "dimension/p/d": ["1:4"] * 4 + ["2:7"] * 3,
                "item/a": mixed(7),
                "item/b": [*mixed(3), *[""] * 4],
            }
        },
        (BLOCK,),
    )
    few = Reason.TOO_FEW_ANSWERS
    assert solve(counts, (), K).withheld[WHOLE] == {"dimension/p/d": few, "item/b": few}


def test_a_block_without_vectors_is_protected_at_least_as_strictly() -> None:
    counts = block_wave(mixed(6), mixed(6))
    known, unknown = solve(counts, (SERVICE,), K), solve(replace(counts, vectors={}), (SERVICE,), K)
    assert all(set(known.withheld[key]) <= set(unknown.withheld[key]) for key in known.parts)


def test_an_option_that_everybody_ticked_is_no_difference_of_two_shown_parts() -> None:
    """S1 holds all of a's people and nine of b's who all ticked x, each with something else."""
    ticked = ["x", "x|y", "x|z"] * 3
    counts = wave(
        {
            ("A", "a", "S1"): TICKED * 2,
            ("A", "b", "S1"): ticked,
            ("A", "b", "S2"): ["b", "c", "b|c"] * 3,
            ("A", "c", "S2"): TICKED * 2,
        }
    )
    solution = solve(counts, CROSSED, K)
    shown = {key for key in (organization("A", "a"), service("S1")) if not solution.withheld[key]}
    assert len(shown) < 2


def test_a_service_less_an_organization_is_not_left_to_be_subtracted() -> None:
    """S1 holds all of a's nine people and two others, who follow if both are shown."""
    counts = wave(
        {
            ("A", "a", "S1"): mixed(9),
            ("A", "b", "S1"): ["5", "5"],
            ("A", "b", "S2"): mixed(9),
            ("A", "c", "S2"): mixed(9),
        }
    )
    solution = solve(counts, CROSSED, K)
    shown = {key for key in (organization("A", "a"), service("S1")) if not solution.withheld[key]}
    assert len(shown) < 2


def test_a_wave_without_cells_is_a_whole_without_answers() -> None:
    tally = Tally(("1", "2", ""), (True, True, False), np.zeros((0, 3), dtype=np.int64))
    counts = WaveCounts((), np.zeros((0, 3), dtype=np.int64), {"item/q": tally}, ())
    solution = solve(counts, NESTED, K)
    assert (solution.parts, solution.withheld) == ({WHOLE: ()}, {WHOLE: {"item/q": Reason.NO_ANSWERS}})


def test_an_empty_wave_shows_nothing() -> None:
    solution = solve(wave({("A", "a"): [], ("B", "b"): []}), NESTED, K)
    assert list(solution.parts) == [WHOLE]
    assert places(solution, "alliance") == {"A": "no_answers", "B": "no_answers"}


def test_named_waves_show_every_group_and_figure() -> None:
    counts = wave({("A", "a"): ["4"], ("A", NOT_ASSIGNED): ["2"], ("B", "b"): []})
    solution = show_all(counts, NESTED)
    assert set(solution.parts) == {
        WHOLE,
        *(alliance("A"), alliance("B")),
        *(organization("A", "a"), organization("A", None), organization("B", "b")),
    }
    assert not any(solution.withheld.values())
    assert all(where == group for group, where in solution.groups.items())
    assert solution.pools == {organization("A", None): (NOT_ASSIGNED,)}


AGE = Breakdown("age", {})
cells = st.tuples(
    st.sampled_from(["A", "B", NOT_ASSIGNED]),
    st.sampled_from(["o1", "o2", "o3", NOT_ASSIGNED]),
    st.sampled_from(["S", "T"]),
    st.sampled_from(["old", "young"]),
)
waves = st.dictionaries(
    cells, st.lists(st.sampled_from(["", "1", "2", "3"]), max_size=8), min_size=1, max_size=14
)
BREAKDOWNS = (*CROSSED, AGE)


@given(waves)
def test_the_parts_of_a_parent_are_apart_and_hold_all_of_it(answers: dict) -> None:
    counts = wave(answers)
    solution = solve(counts, BREAKDOWNS, K)
    for parent, breakdown in [(WHOLE, b) for b in ("alliance", "service", "age")] + [
        (key, "organization") for key in solution.parts if key.breakdown == "alliance" and not key.pooled
    ]:
        within = () if parent == WHOLE else (parent.group,)
        parts = [c for key, c in solution.parts.items() if (key.breakdown, key.within) == (breakdown, within)]
        together = [cell for part in parts for cell in part]
        left = set(solution.parts[parent]) - set(together)
        assert len(together) == len(set(together))
        assert not parts or counts.responses[list(left)].sum() == 0


@given(waves)
def test_no_part_and_no_figure_is_under_the_threshold(answers: dict) -> None:
    counts = wave(answers)
    solution = solve(counts, BREAKDOWNS, K)
    tally = counts.tallies["item/q"]
    for key, part in solution.parts.items():
        valid = tally.table[list(part)][:, np.array(tally.valid)].sum(axis=0)
        assert key == WHOLE or counts.responses[list(part)].sum() >= K
        assert "item/q" in solution.withheld[key] or (
            valid.sum() >= K and (key == WHOLE or valid.max() < valid.sum())
        )


@given(waves, st.randoms(use_true_random=False))
def test_the_order_of_the_cells_does_not_matter(answers: dict, random) -> None:
    mixed_up = list(answers.items())
    random.shuffle(mixed_up)
    one, other = solve(wave(answers), BREAKDOWNS, K), solve(wave(dict(mixed_up)), BREAKDOWNS, K)
    position = {values: n for n, values in enumerate(answers)}
    again = [position[values] for values, _ in mixed_up]
    assert one.parts == {key: tuple(sorted(again[c] for c in part)) for key, part in other.parts.items()}
    assert (one.withheld, one.groups, one.pools) == (other.withheld, other.groups, other.pools)


@given(waves)
def test_show_all_shows_everything(answers: dict) -> None:
    solution = show_all(wave(answers), BREAKDOWNS)
    assert not any(solution.withheld.values())
    assert all(where == group for group, where in solution.groups.items())
    found = {(b.id, values[n]) for n, b in enumerate(BREAKDOWNS) for values in answers}
    parts = {(key.breakdown, key.group or NOT_ASSIGNED) for key in solution.parts if key != WHOLE}
    assert {(breakdown, value) for breakdown, value in parts} == found
