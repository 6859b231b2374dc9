"""Disclosure control where answers make groups, or decide what else is asked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import disclosure
from survey.counts import NOT_ASKED, NOT_ASSIGNED, Reason, Tally, WaveCounts, item_figure
from survey.disclosure import WHOLE, PartKey, solve
from survey.disclosure.linking import Links
from tests.disclosure_waves import (
    ALLIANCE,
    CROSSED,
    GENDER,
    SERVICE,
    TOOLS,
    Values,
    alliance,
    answered,
    mixed,
    places,
    service,
    wave,
)

K = 5


def by_answers(answers: dict[tuple[str, ...], int], items: dict[str, int]) -> WaveCounts:
    """So many people for each combination of values; `items` names the places of those that items tell."""
    return wave(
        {
            values: {"item/q": mixed(n)}
            | {
                item_figure(item): ["" if values[place] == NOT_ASSIGNED else values[place]] * n
                for item, place in items.items()
            }
            for values, n in answers.items()
        }
    )


def test_a_choice_divides_the_wave_like_an_outermost_breakdown() -> None:
    answers = {("A", "f"): 7, ("B", "f"): 6, ("A", "m"): 8, ("B", "x"): 2, ("B", NOT_ASSIGNED): 4}
    solution = solve(by_answers(answers, {"gender": 1}), (ALLIANCE, GENDER), K)
    assert places(solution, "gender") == {"f": "own", "m": "own", "x": "pool"}
    assert solution.parts[PartKey("gender", (), "f")] == (0, 1)
    assert solution.pools == {PartKey("gender", (), None): (NOT_ASSIGNED, "x")}


OPTIONS = {
    "both have the threshold": ({"a": 5, "b": 5}, {"a": "own", "b": "own"}),
    "too few ticked it": (
        {"a": 4, "b": 9, "a|b": 0},
        {"a": "too_few_answers", "b": "protects_another_group"},
    ),
    "overlapping": ({"a|b": 9, "b": 4, "c": 9}, {"a": "own", "b": "own", "c": "own"}),
    "nearly everybody ticked it": (
        {"a": 9, "a|b": 9, "b": 4},
        {"a": "protects_another_group", "b": "own"},
    ),
    "who ticked nothing is no rest": (
        {"a": 9, "b": 4, NOT_ASSIGNED: 20},
        {"a": "protects_another_group", "b": "too_few_answers"},
    ),
    "nobody who ticked it answered": ({"a": 9, "b": 9, "c": 0}, {"a": "own", "b": "own", "c": "no_answers"}),
}


@pytest.mark.parametrize("sizes, expected", OPTIONS.values(), ids=list(OPTIONS))
def test_each_option_of_several_choices_is_a_group_against_the_rest(
    sizes: dict[str, int], expected: dict[str, str]
) -> None:
    counts = by_answers({("A", "a|z"): 0} | {("A", ticked): n for ticked, n in sizes.items()}, {"tools": 1})
    counts = replace(counts, tallies=counts.tallies | {"item/tools": several(counts.tallies["item/tools"])})
    solution = solve(counts, (ALLIANCE, TOOLS), K)
    assert places(solution, "tools") == {"z": "no_answers"} | expected
    assert not solution.pools
    for option in (option for option, where in expected.items() if where == "own"):
        part = solution.parts[PartKey("tools", (), option)]
        assert all(option in counts.cells[cell].values[1].split("|") for cell in part)
        assert counts.responses[list(part)].sum() == sum(
            n for ticked, n in sizes.items() if option in ticked.split("|")
        )


def test_too_many_combinations_are_not_shown_by_option(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = {"a": 9, "a|b": 8, "b": 7, "c": 9}
    counts = by_answers({("A", ticked): n for ticked, n in sizes.items()}, {"tools": 1})
    counts = replace(counts, tallies=counts.tallies | {"item/tools": several(counts.tallies["item/tools"])})
    monkeypatch.setattr(disclosure, "MOST_ROWS", 3)
    solution = solve(counts, (ALLIANCE, TOOLS), K)
    assert places(solution, "tools") == dict.fromkeys("abc", "protects_another_group")
    assert solution.parts == {WHOLE: (0, 1, 2, 3), alliance("A"): (0, 1, 2, 3)}


def several(tally: Tally) -> Tally:
    return replace(tally, several=True)


def test_the_item_that_makes_groups_is_shown_as_a_whole_only() -> None:
    answers = {(a, g): 12 for a in "AB" for g in "fm"}
    withheld = solve(by_answers(answers, {"gender": 1}), (ALLIANCE, GENDER), K).withheld
    assert withheld[WHOLE] == {}
    for part in (alliance("A"), alliance("B"), PartKey("gender", (), "f"), PartKey("gender", (), "m")):
        assert withheld[part] == {"item/gender": Reason.WHOLE_ONLY}


@given(
    st.dictionaries(
        st.tuples(*map(st.sampled_from, ("AB", "opq", "ST", "fm"))), st.integers(1, 9), min_size=1
    )
)
def test_groups_that_answers_tell_cost_the_invitation_nothing(answers: dict[Values, int]) -> None:
    cells: dict[Values, int] = {}
    for values, n in answers.items():
        cells[values[:3]] = cells.get(values[:3], 0) + n
    plain = solve(drawn(cells), CROSSED, K)
    divided = solve(drawn(answers), (*CROSSED, GENDER), K)
    for part in plain.parts:
        assert plain.withheld[part].keys() == divided.withheld[part].keys() - {"item/gender"}


def drawn(answers: dict[Values, int]) -> WaveCounts:
    """So many people for each combination of values; what is answered in a cell goes by its size only."""
    found: list[tuple[Values, dict[str, str]]] = []
    there: dict[Values, int] = {}
    for values in sorted(values for values, n in answers.items() for _ in range(n)):
        there[values[:3]] = there.get(values[:3], -1) + 1
        said = {"item/q": str(there[values[:3]] * 7 % 5 // 2)}
        found.append((values, said | ({"item/gender": values[3]} if len(values) > 3 else {})))
    return answered(found)


def asking(follows: dict[str, tuple[str, ...]], blocks: tuple[tuple[str, ...], ...] = ()) -> Links:
    """The links of items a to f, each following others."""
    counts = wave({(): {f"item/{name}": mixed(5) for name in "abcdef"}}, blocks)
    named = {f"item/{item}": tuple(f"item/{one}" for one in looked) for item, looked in follows.items()}
    return Links.of(replace(counts, follows=named))


def test_blocks_are_solved_after_those_that_they_follow() -> None:
    links = asking({"a": ("b",), "b": ("c", "d"), "d": ("f",)}, (("item/a", "item/e"),))
    order = {name: n for n, names in enumerate(links.blocks) for name in names}
    assert order["item/a"] == order["item/e"] > order["item/b"] > order["item/d"] > order["item/f"]
    assert order["item/b"] > order["item/c"]
    assert links.filters[order["item/b"]] == {order["item/c"], order["item/d"]}
    assert links.below(order["item/f"]) == {order["item/d"], order["item/b"], order["item/a"]}


def test_blocks_that_follow_one_another_are_one() -> None:
    links = asking({"b": ("c",), "d": ("a",)}, (("item/a", "item/b"), ("item/c", "item/d")))
    assert ("item/a", "item/b", "item/c", "item/d") in links.blocks
    assert links.filters[links.blocks.index(("item/a", "item/b", "item/c", "item/d"))] == frozenset()


def test_what_follows_two_filters_moves_both() -> None:
    links = asking({"e": ("a",), "f": ("b",), "b": ("c",)}, (("item/e", "item/f"),))
    order = {name: n for n, names in enumerate(links.blocks) for name in names}
    assert links.moved(order["item/a"], True) == {order[f"item/{name}"] for name in "ebc"}
    assert links.moved(order["item/e"], True) == frozenset()
    assert links.moved(order["item/e"], False) == {order[f"item/{name}"] for name in "abc"}


ROUTE = {
    "x": [("n", NOT_ASKED)] * 2 + [("y", "1"), ("y", "2")] * 3,
    "y": [("n", NOT_ASKED)] * 9 + [("y", "1"), ("y", "2"), ("y", "3")] * 4,
    "z": [("n", NOT_ASKED)] * 12 + [("y", "1"), ("y", "2"), ("y", "3")] * 5,
}


def test_where_a_filter_is_withheld_so_is_what_follows_it() -> None:
    """In x nobody but two people had to answer the filter in the first place."""
    people = [((name,), {"item/k": k, "item/h": h}) for name, found in ROUTE.items() for k, h in found]
    people += [(("w",), {"item/k": "n", "item/h": NOT_ASKED})] * 8
    counts = answered(people)
    routes = {"item/k": tuple(int(c == "y") for c in counts.tallies["item/k"].categories)}
    counts = replace(counts, follows={"item/h": ("item/k",)}, routes=routes)
    withheld = solve(counts, (SERVICE,), K).withheld
    assert withheld[service("w")] == {"item/k": Reason.PROTECTS_ANOTHER, "item/h": Reason.NO_ANSWERS}
    nulls = {key for key, why in withheld.items() if "item/k" in why}
    assert len(nulls) > 1
    assert all("item/h" in withheld[key] for key in nulls)
    assert withheld[WHOLE] == {}


def test_answers_that_decide_who_is_asked_are_not_told_by_the_number_asked() -> None:
    """Three people answered the filter in the whole wave."""
    people = [((), {"item/k": "y", "item/h": "1"})] * 3 + [((), {"item/k": "", "item/h": NOT_ASKED})] * 9
    counts = replace(answered(people), follows={"item/h": ("item/k",)}, routes={"item/k": (0, 0, 1)})
    many = replace(counts, tallies=counts.tallies | {"item/h": counts.tallies["item/h"]})
    assert solve(many, (), K).withheld[WHOLE] == dict.fromkeys(("item/k", "item/h"), Reason.TOO_FEW_ANSWERS)
