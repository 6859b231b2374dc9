"""Conditional items, breakdowns from items, joint shares and products equal counting by hand."""

from collections import Counter
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey import counting
from survey.counts import NOT_ASKED, NOT_ASSIGNED, Cell, WaveCounts, item_figure
from survey.definitions.conditions import put_to
from survey.definitions.model import (
    AllOf,
    AnyOf,
    Breakdown,
    Comparison,
    Dimension,
    Item,
    JointShare,
    Kind,
    Mode,
    Operator,
    Option,
    Point,
    Profile,
    Questionnaire,
    Scale,
    Section,
    Source,
    StatusChange,
)

LABEL = {"en": "x"}
SCALE = Scale("agreement", tuple(Point(value, LABEL) for value in range(1, 6)), LABEL)
ONE_TWO = (Option("one", LABEL), Option("two", LABEL))
HELPS = tuple(Option(value, LABEL) for value in ("nursery", "camp", "vouchers"))


def has(item: str, *codes: str) -> Comparison:
    return Comparison(item, Operator.IN, codes)


def lacks(item: str, *codes: str) -> Comparison:
    return Comparison(item, Operator.NOT_IN, codes)


def from_on(item: str, least: float) -> Comparison:
    return Comparison(item, Operator.AT_LEAST, least=least)


def scale(name: str, **more: Any) -> Item:
    return Item(name, Kind.SCALE, LABEL, scale=SCALE, not_applicable=LABEL, **more)


ITEMS = (
    Item("used", Kind.CHOICES, LABEL, options=HELPS),
    Item("kids", Kind.NUMBER, LABEL, maximum=99, not_applicable=LABEL),
    Item("work", Kind.CHOICE, LABEL, options=ONE_TWO, not_applicable=LABEL),
    scale("good", show_if=has("used", "nursery", "camp")),
    scale("stress", reversed=True, show_if=AllOf((from_on("kids", 2), lacks("work", "two")))),
    Item("before", Kind.CHOICE, LABEL, options=ONE_TWO, show_if=from_on("good", 3)),
    Item(
        "now", Kind.CHOICE, LABEL, options=ONE_TWO, show_if=AnyOf((has("before", "one"), has("work", "DK")))
    ),
    Item("why", Kind.CHOICES, LABEL, options=HELPS, show_if=lacks("now", "one")),
    Item("hours", Kind.NUMBER, LABEL, maximum=99, show_if=lacks("work", "DK")),
    scale("plain"),
    Item("gender", Kind.CHOICE, LABEL, options=ONE_TWO, not_applicable=LABEL, demographic=True),
    Item("comment", Kind.TEXT, LABEL, max_length=9, show_if=has("work", "one")),
)
INDICATORS = (
    Profile(
        "p", (Dimension("well", LABEL, ("good", "stress", "plain")), Dimension("alone", LABEL, ("plain",)))
    ),
    StatusChange("employment", "before", "now"),
    JointShare("any", ("good", "plain"), ("4", "5"), "any"),
    JointShare("all", ("good", "plain"), ("4", "5"), "all"),
)
INVITED_BY = (Breakdown("site", LABEL),)
ANSWERED_BY = (
    Breakdown("gender", LABEL, source=Source.ITEM),
    *INVITED_BY,
    Breakdown("used", LABEL, source=Source.ITEM),
)


def cast(breakdowns: tuple[Breakdown, ...]) -> Questionnaire:
    return Questionnaire(
        "cast", 1, "beneficiary", Mode.ANONYMOUS, ("en",), LABEL, LABEL, breakdowns,
        (Section("one", LABEL, ITEMS),), INDICATORS,
    )  # fmt: skip


PLAIN, DIVIDED = cast(INVITED_BY), cast(ANSWERED_BY)
CELLS = (Cell(0, ("north",), 9), Cell(1, (NOT_ASSIGNED,), 7), Cell(2, ("south",), 5))
STORED: dict[str, list[Any]] = {
    "used": [["nursery"], ["nursery", "camp"], ["vouchers"]],
    "kids": [0, 2, "2.5", None],
    "work": ["one", "two", None],
    "good": [1, 3, 5, None],
    "stress": [1, 2, 5],
    "before": ["one", "two"],
    "now": ["one", "two"],
    "why": [["camp"], ["nursery", "camp"]],
    "hours": [0, 12, "12.5"],
    "plain": [1, 4, None],
    "gender": ["one", "two", None],
}
ANSWERS = st.fixed_dictionaries(
    {}, optional={item: st.sampled_from(stored) for item, stored in STORED.items()}
)
Responses = list[tuple[int, dict[str, Any]]]
RESPONSES = st.lists(st.tuples(st.sampled_from([0, 1]), ANSWERS), max_size=30)
COUNTED = [item for item in ITEMS if item.kind is not Kind.TEXT]


def said(answers: dict[str, Any], item: str) -> tuple[str, ...]:
    if item not in answers:
        return ()
    answer = answers[item]
    return ("DK",) if answer is None else tuple(answer) if isinstance(answer, list) else (str(answer),)


def categories(answers: dict[str, Any]) -> dict[str, str]:
    """The category of each item, by the definition of a condition."""
    asked = put_to(PLAIN, {item: said(answers, item) for item in answers})
    return {item.id: "|".join(said(answers, item.id)) if item.id in asked else NOT_ASKED for item in COUNTED}


def found(counts: WaveCounts, figure: str, rows: list[int] | None = None) -> Counter[str]:
    tally = counts.tallies[figure].of(list(range(len(counts.cells))) if rows is None else rows)
    return Counter({category: n for category, n in tally.items() if n})


@settings(max_examples=150)
@given(RESPONSES)
def test_items_that_were_not_put_to_a_person_are_not_missing(responses: Responses) -> None:
    counts = counting.count(PLAIN, CELLS, responses)
    people = [categories(answers) for _, answers in responses]
    for item in COUNTED:
        tally = counts.tallies[item_figure(item.id)]
        assert found(counts, item_figure(item.id)) == Counter(person[item.id] for person in people)
        assert (NOT_ASKED in tally.categories) == (item.show_if is not None)
        assert not any(
            valid for name, valid in zip(tally.categories, tally.valid, strict=True) if name == NOT_ASKED
        )


def test_a_comment_is_not_in_the_counts() -> None:
    counts = counting.count(PLAIN, CELLS, [])
    assert "item/comment" not in counts.follows
    assert not any("comment" in figure for block in counts.blocks for figure in block)


@settings(max_examples=100)
@given(RESPONSES)
def test_figures_of_several_items(responses: Responses) -> None:
    counts = counting.count(PLAIN, CELLS, responses)
    dimension: Counter[str] = Counter()
    pair: Counter[str] = Counter()
    shares: dict[str, Counter[str]] = {"any": Counter(), "all": Counter()}
    for given_categories in (categories(answers) for _, answers in responses):
        scores = {item: int(code) for item, code in given_categories.items() if code.isdigit()}
        own = [
            6 - scores[item] if item == "stress" else scores[item]
            for item in ("good", "stress", "plain")
            if item in scores
        ]
        dimension[f"{len(own)}:{sum(own)}"] += 1
        sides = [given_categories[side].replace(NOT_ASKED, "") for side in ("before", "now")]
        pair[">".join(sides)] += 1
        pair_of_items = [scores.get("good"), scores.get("plain")]
        for need, judge in (("any", any), ("all", all)):
            hit = "yes" if judge(score is not None and score >= 4 for score in pair_of_items) else "no"
            shares[need]["" if None in pair_of_items else hit] += 1
    assert found(counts, "dimension/p/well") == dimension
    assert found(counts, "pair/employment") == pair
    for need, tally in shares.items():
        assert found(counts, f"share/{need}") == tally
        told = counts.tallies[f"share/{need}"]
        assert (told.categories, told.valid) == (("yes", "no", ""), (True, True, False))


@settings(max_examples=60)
@given(RESPONSES)
def test_products_are_over_people_who_answered_all_items(responses: Responses) -> None:
    products = counting.count(PLAIN, CELLS, responses).products
    rows = []
    for given_categories in (categories(answers) for _, answers in responses):
        codes = [given_categories[item] for item in ("good", "stress", "plain")]
        if all(code.isdigit() for code in codes):
            rows.append([int(codes[0]), 6 - int(codes[1]), int(codes[2])])
    complete = np.array(rows, dtype=int).reshape(-1, 3)
    crossed = complete.T @ complete
    assert products == {
        "alpha/p/well": {
            "n": len(rows),
            **{str(one): complete[:, one].sum() for one in range(3)},
            **{f"{one}*{other}": crossed[one, other] for one in range(3) for other in range(one, 3)},
        }
    }


def test_completeness_is_over_what_was_put_to_the_person() -> None:
    all_of_them = {"used": ["vouchers"], "kids": 1, "work": None, "plain": 3}  # now is asked too: 4 of 5
    foreign = {"used": ["vouchers"], "good": 5, "before": "one", "stress": 2}  # 1 of 4
    counts = counting.count(PLAIN, CELLS, [(0, all_of_them), (1, foreign)])
    assert counts.completeness.tolist() == [[1, 0, 0], [0, 0, 1], [0, 0, 0]]


def test_who_answers_follows_from_which_answers() -> None:
    responses = [(0, {"kids": kids, "work": "one"}) for kids in (0, 2, "2.5", 12, None)] + [(0, {})]
    counts = counting.count(PLAIN, CELLS, responses)
    assert counts.follows == {
        "item/good": ("item/used",),
        "item/stress": ("item/kids", "item/work"),
        "item/before": ("item/good",),
        "item/now": ("item/before", "item/work"),
        "item/why": ("item/now",),
        "item/hours": ("item/work",),
    }
    assert set(counts.routes) == {figure for followed in counts.follows.values() for figure in followed}
    kids = dict(zip(counts.tallies["item/kids"].categories, counts.routes["item/kids"], strict=True))
    assert kids["0"] == kids["DK"] == kids[""] != kids["2"] == kids["2.5"] == kids["12"]
    work = dict(zip(counts.tallies["item/work"].categories, counts.routes["item/work"], strict=True))
    assert len({work["one"], work["two"], work["DK"], work[""]}) == 4


def test_items_of_one_condition_are_one_block() -> None:
    blocks = {frozenset(block) for block in counting.count(PLAIN, CELLS, []).blocks}
    assert frozenset({"item/hours"}) in blocks
    assert frozenset({"item/used"}) in blocks
    together = {"item/kids", "item/work", "item/before", "item/now", "pair/employment"}
    assert frozenset(together) in blocks


@settings(max_examples=60)
@given(RESPONSES)
def test_vectors_hold_written_answers_too(responses: Responses) -> None:
    counts = counting.count(PLAIN, CELLS, responses)
    block = next(block for block in counts.blocks if "item/kids" in block)
    vectors = counts.vectors[block]
    expected = Counter(
        (where, *(categories(answers)[figure.removeprefix("item/")] for figure in block[:3]))
        for where, answers in responses
    )
    given_together: Counter[tuple[Any, ...]] = Counter()
    for cell, vector, n in zip(vectors.cells.tolist(), vectors.vectors.tolist(), vectors.n, strict=True):
        given_together[(cell, *vectors.categories[vector][:3])] += int(n)
    assert block[:3] == ("item/kids", "item/work", "item/before")
    assert given_together == expected
    pairs = list(zip(vectors.cells.tolist(), vectors.vectors.tolist(), strict=True))
    assert all(one < other for one, other in pairwise(pairs))
    assert all(one < other for one, other in pairwise(vectors.categories))


@settings(max_examples=100)
@given(RESPONSES)
def test_breakdown_items_divide_cells(responses: Responses) -> None:
    whole, counts = counting.count(PLAIN, CELLS, responses), counting.count(DIVIDED, CELLS, responses)
    expected: Counter[tuple[str, ...]] = Counter()
    for where, answers in responses:
        gender, used = (
            NOT_ASSIGNED if category in ("", "DK") else category
            for category in (categories(answers)[item] for item in ("gender", "used"))
        )
        expected[gender, CELLS[where].values[0], used] += 1
    assert [cell.number for cell in counts.cells] == list(range(len(counts.cells)))
    people = dict(zip((cell.values for cell in counts.cells), counts.responses.tolist(), strict=True))
    assert Counter({values: n for values, n in people.items() if n}) == expected
    for name in whole.tallies:
        assert found(counts, name) == found(whole, name)
    for cell in CELLS:
        rows = [row for row in counts.cells if row.values[1] == cell.values[0]]
        assert [row.invited for row in rows] == [cell.invited] + [0] * (len(rows) - 1)
        assert all(counts.responses[row.number] for row in rows) or len(rows) == 1


def test_a_divided_cell_keeps_its_peoples_answers() -> None:
    responses: Responses = [
        (1, {"gender": "two", "plain": 4, "kids": 2, "work": "two"}),
        (0, {"plain": 1, "kids": 0, "work": "one"}),
    ]
    counts = counting.count(DIVIDED, CELLS, responses)
    row = next(cell.number for cell in counts.cells if cell.values == ("two", NOT_ASSIGNED, NOT_ASSIGNED))
    assert found(counts, "item/plain", [row]) == {"4": 1}
    assert found(counts, "item/kids", [row]) == {"2": 1}
    assert counts.completeness[row].sum() == 1
    for block, vectors in counts.vectors.items():
        own = [v for cell, v in zip(vectors.cells, vectors.vectors, strict=True) if cell == row]
        assert len(own) == 1, block
        told = dict(zip(block, vectors.categories[own[0]], strict=True))
        assert told.get("item/plain", "4") == "4" and told.get("item/kids", "2") == "2"


@pytest.mark.parametrize("questionnaire", [PLAIN, DIVIDED], ids=["cells", "divided cells"])
def test_chunks_and_order_make_no_difference(
    questionnaire: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = np.random.default_rng(3)
    responses: Responses = [
        (
            int(drawn.integers(3)),
            {k: v[drawn.integers(len(v))] for k, v in STORED.items() if drawn.random() < 0.8},
        )
        for _ in range(400)
    ]
    once = counting.count(questionnaire, CELLS, responses)
    monkeypatch.setattr(counting, "CHUNK", 7)
    monkeypatch.setattr("survey.counting.tables.FEWEST_WAITING", 40)
    again = counting.count(questionnaire, CELLS, responses[::-1])
    assert again.cells == once.cells
    for name, tally in once.tallies.items():
        assert again.tallies[name].categories == tally.categories
        assert (again.tallies[name].table == tally.table).all()
    for block, vectors in once.vectors.items():
        assert again.vectors[block].categories == vectors.categories
        for column in ("cells", "vectors", "n"):
            assert (getattr(again.vectors[block], column) == getattr(vectors, column)).all()
    assert (again.products, again.routes) == (once.products, once.routes)
