"""After coarsening nobody stands out, and nothing else has changed."""

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from survey.coarsening import Coarsener, Combinations, Plan, from_json, planned, telling
from survey.counts import NOT_ASSIGNED as NA
from survey.counts import Cell
from survey.definitions.model import (
    Breakdown,
    Comparison,
    Item,
    Kind,
    Mode,
    Operator,
    Option,
    Questionnaire,
    Section,
    Source,
)

LABEL = {"en": "x"}
AB = (Option("a", LABEL), Option("b", LABEL), Option(NA, LABEL))
OF_A = Comparison("gender", Operator.IN, ("a",))
ITEMS = (
    Item("gender", Kind.CHOICE, LABEL, options=AB, not_applicable=LABEL, demographic=True),
    Item("leave", Kind.CHOICE, LABEL, options=AB, show_if=OF_A),
    Item("used", Kind.CHOICES, LABEL, options=AB),
    Item("age", Kind.NUMBER, LABEL, maximum=99, decimals=1, demographic=True),
    Item("good", Kind.NUMBER, LABEL, maximum=9),
)
CAST = Questionnaire(
    "cast", 1, "beneficiary", Mode.ANONYMOUS, ("en",), LABEL, LABEL,
    (Breakdown("site", LABEL), Breakdown("office", LABEL), Breakdown("used", LABEL, source=Source.ITEM)),
    (Section("one", LABEL, ITEMS),), (),
)  # fmt: skip
CELLS = tuple(
    Cell(number, values, 9)
    for number, values in enumerate(
        [("N", "n1"), ("N", "n2"), ("N", NA), ("S", "s1"), (NA, NA), ("N", "n1")]  # two tell the same
    )
)
TELLING = ("gender", "used", "age")
STORED: dict[str, list[Any]] = {
    "gender": ["a", "b", NA, None],
    "leave": ["a", "b"],
    "used": [["a"], ["a", "b"]],
    "age": [30, "30.5", 0],
    "good": [0, 9],
}
Response = tuple[int, dict[str, Any]]


def put_to(response: Response) -> Response:
    """Only gender a is asked about leave, as submission sees to."""
    cell, answers = response
    if answers.get("gender") != "a":
        answers = {item: answer for item, answer in answers.items() if item != "leave"}
    return cell, answers


ANSWERS = st.fixed_dictionaries({}, optional={item: st.sampled_from(some) for item, some in STORED.items()})
RESPONSES = st.lists(st.tuples(st.sampled_from(range(6)), ANSWERS).map(put_to), max_size=40)


def plan_of(responses: list[Response], threshold: int) -> Plan:
    combinations = Combinations(CAST, CELLS)
    people = Counter(combinations.of(*response) for response in responses)
    return planned(people, CELLS, len(combinations.items), threshold)


def carried_out(plan: Plan, responses: list[Response]) -> list[Response]:
    there = {cell.number: cell for cell in CELLS}
    there |= {number: Cell(number, told, 0) for told, number in plan.numbers.items()}
    coarsener = Coarsener(CAST, plan, list(there.values()))
    found = []
    for cell, answers in responses:
        change = coarsener.change(cell, answers)
        if change is None:
            found.append((cell, answers))
            continue
        assert not coarsener.stays(cell)
        found.append((change.cell, {k: v for k, v in answers.items() if k not in change.dropped}))
    return found


def shown(response: Response) -> tuple[Any, ...]:
    """What somebody who has the file sees: the cell's number, and the demographic answers."""
    cell, answers = response
    return cell, *(repr(answers.get(item, "absent")) for item in TELLING)


def test_what_tells_of_a_person() -> None:
    assert telling(CAST) == TELLING


@settings(max_examples=300)
@given(RESPONSES, st.integers(3, 6))
def test_every_combination_is_shared_by_the_threshold(responses: list[Response], threshold: int) -> None:
    plan = plan_of(responses, threshold)
    rewritten = carried_out(plan, responses)
    sizes = Counter(map(shown, rewritten))
    assert all(n >= threshold for n in sizes.values()) or len(sizes) == 1
    told = {number: values for values, number in plan.numbers.items()}
    for (cell, before), (number, after) in zip(responses, rewritten, strict=True):
        values = CELLS[cell].values
        assert all(new in (old, NA) for new, old in zip(told[number], values, strict=True))
        gone = before.keys() - after.keys()
        assert {item: before[item] for item in after} == after
        assert gone <= {"gender", "used", "age", "leave"}
        assert ("leave" in gone) <= ("gender" in gone)
        assert ("leave" in after) <= (after.get("gender") == "a")


@settings(max_examples=100)
@given(RESPONSES, st.integers(3, 6))
def test_less_important_things_go_first(responses: list[Response], threshold: int) -> None:
    plan = plan_of(responses, threshold)
    combinations = Combinations(CAST, CELLS)
    for (cell, before), (_, after) in zip(responses, carried_out(plan, responses), strict=True):
        kept = plan.kept.get(combinations.of(cell, before), 5)
        assert [item for item in TELLING if item in after] == [
            item for place, item in enumerate(TELLING, 2) if item in before and place < kept
        ]


@settings(max_examples=100)
@given(RESPONSES, st.integers(3, 6))
def test_a_plan_may_be_carried_out_again(responses: list[Response], threshold: int) -> None:
    plan = plan_of(responses, threshold)
    assert plan == plan_of(responses[::-1], threshold)
    assert from_json(plan.to_json()) == plan
    once = carried_out(plan, responses)
    assert carried_out(plan, once) == once
    half = carried_out(plan, responses[: len(responses) // 2]) + responses[len(responses) // 2 :]
    assert carried_out(plan, half) == once


def test_enough_alike_stay_as_they_are() -> None:
    alike: list[Response] = [(0, {"gender": "a", "leave": "b", "used": ["a"], "age": "30.5"})] * 5
    plan = plan_of(alike, 5)
    assert not plan.kept
    assert carried_out(plan, alike) == alike


def test_the_last_demographic_answer_goes_first() -> None:
    some: list[Response] = [(0, {"gender": "a", "age": 20 + n, "good": n}) for n in range(5)]
    assert carried_out(plan_of(some, 5), some) == [(0, {"gender": "a", "good": n}) for n in range(5)]


def test_a_cell_that_is_needed_is_made() -> None:
    some: list[Response] = [(number, {}) for number in (3, 3, 3, 0, 0, 0, 0, 0)]
    responses = carried_out(plan_of(some, 5), some)
    # Three in ("S", "s1") tell nothing more, and those of the only other cell keep them company.
    assert responses == [(4, {})] * 8
    some = [(0, {}), (0, {}), (1, {}), (1, {}), (1, {}), *[(3, {})] * 5]
    assert carried_out(plan_of(some, 5), some) == [(2, {})] * 5 + [(3, {})] * 5


def test_a_new_cell_is_numbered_on() -> None:
    cells = (Cell(0, ("N", "n1"), 9), Cell(1, ("N", "n2"), 9))
    people = Counter({("N", "n1", NA, NA, NA): 3, ("N", "n2", NA, NA, NA): 2})
    plan = planned(people, cells, 3, 5)
    assert plan.numbers == {("N", "n1"): 0, ("N", "n2"): 1, ("N", NA): 2}
    assert set(plan.kept.values()) == {1}


def test_a_code_is_not_taken_for_what_was_dropped() -> None:
    some: list[Response] = [(0, {"gender": NA})] * 2 + [(0, {})] * 5
    assert carried_out(plan_of(some, 5), some) == [(0, {})] * 7
