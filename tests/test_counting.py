"""Counting by numpy equals counting by hand, for any responses."""

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey import counting
from survey.counts import Cell, item_figure
from survey.definitions.model import (
    Dimension,
    Item,
    Kind,
    Mode,
    Option,
    Point,
    Profile,
    Questionnaire,
    Scale,
    Section,
    StatusChange,
)

LABEL = {"en": "x"}
SCALE = Scale("agreement", tuple(Point(value, LABEL) for value in range(1, 6)), LABEL)
BELOW = Scale("below", tuple(Point(value, LABEL) for value in range(-2, 3)))
OPTIONS = (Option("in", LABEL), Option("out", LABEL))
ITEMS = (
    Item("good", Kind.SCALE, LABEL, scale=SCALE, not_applicable=LABEL),
    Item("stress", Kind.SCALE, LABEL, scale=SCALE, reversed=True),
    Item("change", Kind.SCALE, LABEL, scale=BELOW),
    Item("before", Kind.CHOICE, LABEL, options=OPTIONS),
    Item("now", Kind.CHOICE, LABEL, options=OPTIONS[::-1], not_applicable=LABEL),
    Item("used", Kind.CHOICES, LABEL, options=OPTIONS),
    Item("people", Kind.NUMBER, LABEL, maximum=99),
    Item("gender", Kind.CHOICE, LABEL, options=OPTIONS, demographic=True),
    Item("comment", Kind.TEXT, LABEL, max_length=9),
)
PROFILE = Profile(
    "dimensions", (Dimension("well", LABEL, ("good", "stress")), Dimension("more", LABEL, ("change",)))
)
CAST = Questionnaire(
    "cast", 1, "beneficiary", Mode.ANONYMOUS, ("en",), LABEL, LABEL, (),
    (Section("one", LABEL, ITEMS),), (PROFILE, StatusChange("employment", "before", "now")),
)  # fmt: skip
CELLS = (Cell(0, (), 9), Cell(1, (), 9))
STORED: dict[str, list[Any]] = {
    "good": [1, 3, 5, None],
    "stress": [1, 2, 5],
    "change": [-2, 0, 2],
    "before": ["in", "out"],
    "now": ["in", "out", None],
    "used": [["in"], ["in", "out"]],
    "people": [0, 12, "12.5"],
    "gender": ["in"],
}
ANSWERS = st.fixed_dictionaries(
    {}, optional={item: st.sampled_from(stored) for item, stored in STORED.items()}
)
RESPONSES = st.lists(st.tuples(st.sampled_from([0, 1]), ANSWERS), max_size=30)


def code(item: Item, answers: dict[str, Any]) -> str:
    """The category of an answer, the plain way."""
    if item.id not in answers:
        return ""
    answer = answers[item.id]
    return "DK" if answer is None else "|".join(answer) if isinstance(answer, list) else str(answer)


@settings(max_examples=60)
@given(RESPONSES)
def test_items_by_cell(responses: list[tuple[int, dict[str, Any]]]) -> None:
    counts = counting.count(CAST, CELLS, responses)
    for item in CAST.items[:-1]:
        for cell in (0, 1):
            found = {k: n for k, n in counts.tallies[item_figure(item.id)].of([cell]).items() if n}
            assert found == Counter(code(item, answers) for where, answers in responses if where == cell)


@settings(max_examples=60)
@given(RESPONSES)
def test_the_ticks_of_several_choices(responses: list[tuple[int, dict[str, Any]]]) -> None:
    tally = counting.count(CAST, CELLS, responses).tallies["item/used"]
    ticked = [answers.get("used", []) for _, answers in responses]
    options = {"out": 0, "in": 0, **Counter(option for some in ticked for option in some)}
    both = tally.ticks([0, 1], ("out", "in"))
    assert list(both.items()) == [
        *options.items(),
        (":answered", sum(map(bool, ticked))),
        ("", ticked.count([])),
    ]
    parts = [tally.ticks([cell], ("out", "in")) for cell in (0, 1)]
    assert both == {name: sum(part[name] for part in parts) for name in both}
    assert tally.several


@settings(max_examples=60)
@given(RESPONSES)
def test_dimensions_per_person(responses: list[tuple[int, dict[str, Any]]]) -> None:
    tally = counting.count(CAST, CELLS, responses).tallies["dimension/dimensions/well"]
    expected: Counter[str] = Counter()
    for _, answers in responses:
        scores = [answers["good"]] if answers.get("good") else []
        scores += [6 - answers["stress"]] if "stress" in answers else []
        expected[f"{len(scores)}:{sum(scores)}"] += 1
    assert {k: n for k, n in tally.of([0, 1]).items() if n} == expected
    assert dict(zip(tally.categories, tally.valid, strict=True)) == {k: k != "0:0" for k in tally.categories}


def test_a_scale_below_zero_keeps_its_sums() -> None:
    tally = counting.count(CAST, CELLS, [(0, {"change": -2}), (1, {"change": 2})]).tallies[
        "dimension/dimensions/more"
    ]
    assert tally.of([0, 1]) == {"1:-2": 1, "1:2": 1}


@settings(max_examples=60)
@given(RESPONSES)
def test_pairs_use_both_sides_own_options(responses: list[tuple[int, dict[str, Any]]]) -> None:
    tally = counting.count(CAST, CELLS, responses).tallies["pair/employment"]
    expected = Counter(f"{answers.get('before', '')}>{answers.get('now') or ''}" for _, answers in responses)
    assert {k: n for k, n in tally.of([0, 1]).items() if n} == expected


COMPLETENESS = {
    "all seven": (STORED, [1, 0, 0]),
    "five of seven are complete": (dict(list(STORED.items())[:5]), [1, 0, 0]),
    "four are partial": (dict(list(STORED.items())[:4]), [0, 1, 0]),
    "two are below": (dict(list(STORED.items())[:2]), [0, 0, 1]),
    "demographic items are left out of the base": ({"gender": ["in"]}, [0, 0, 1]),
    "don't know is an answer": ({item: [None] for item in list(STORED)[:5]}, [1, 0, 0]),
}


@pytest.mark.parametrize("stored, expected", COMPLETENESS.values(), ids=COMPLETENESS)
def test_completeness(stored: dict[str, list[Any]], expected: list[int]) -> None:
    answers = {
        item: some[0] for item, some in stored.items() if some[0] is not None or item in ("good", "now")
    }
    if None in [some[0] for some in stored.values()]:
        answers = {"good": None, "now": None, "stress": 1, "before": "in", "change": 0}
    assert counting.count(CAST, CELLS, [(0, answers)]).completeness[0].tolist() == expected


def test_chunks_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    responses = [(number % 2, {"good": 1 + number % 5, "people": number % 7}) for number in range(50)]
    once = counting.count(CAST, CELLS, responses)
    monkeypatch.setattr(counting, "CHUNK", 7)
    again = counting.count(CAST, CELLS, responses)
    for name, tally in once.tallies.items():
        assert again.tallies[name].of([0, 1]) == tally.of([0, 1])


def test_figures_that_share_items_are_one_block() -> None:
    blocks = {frozenset(block) for block in counting.count(CAST, CELLS, []).blocks}
    assert frozenset({"dimension/dimensions/well", "item/good", "item/stress"}) in blocks
    assert frozenset({"pair/employment", "item/before", "item/now"}) in blocks
    assert frozenset({"item/used"}) in blocks
    assert not any("item/comment" in block for block in blocks)


@settings(max_examples=60)
@given(RESPONSES)
def test_vectors_hold_the_tallies_of_their_figures(responses: list[tuple[int, dict[str, Any]]]) -> None:
    counts = counting.count(CAST, CELLS, responses)
    assert {len(names) for names in counts.vectors} == {2, 3}
    for names, vectors in counts.vectors.items():
        assert np.bincount(vectors.cells, vectors.n, len(CELLS)).tolist() == counts.responses.tolist()
        for place, name in enumerate(names):
            tally: Counter[str] = Counter()
            for vector, n in zip(vectors.vectors, vectors.n, strict=True):
                tally[vectors.categories[vector][place]] += int(n)
            assert +tally == Counter({k: n for k, n in counts.tallies[name].of([0, 1]).items() if n})


def test_a_vector_is_what_one_person_said() -> None:
    answers = {"good": 4, "stress": 2, "before": "in", "now": "out"}
    vectors = counting.count(CAST, CELLS, [(1, answers)]).vectors
    assert {frozenset(zip(names, found.categories[0], strict=True)) for names, found in vectors.items()} == {
        frozenset({("item/good", "4"), ("item/stress", "2"), ("dimension/dimensions/well", "2:8")}),
        frozenset({("item/before", "in"), ("item/now", "out"), ("pair/employment", "in>out")}),
        frozenset({("item/change", ""), ("dimension/dimensions/more", "0:0")}),
    }


def test_too_many_vectors_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("survey.counting.joint.MOST_VECTORS", 3)
    responses = [(0, {"good": 1 + n % 5, "stress": 1 + n % 2}) for n in range(20)]
    names = {name for block in counting.count(CAST, CELLS, responses).vectors for name in block}
    assert "item/good" not in names
    assert "item/before" in names
