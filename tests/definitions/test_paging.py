"""Which page shows what, by what earlier pages said."""

from dataclasses import replace

import pytest

from survey.definitions import paging
from survey.definitions.model import AllOf, AnyOf, Comparison, Operator
from tests.cast import questionnaire

PAGED = questionnaire("paged")
YES = {"used": ("yes",)}


def items(page, said):
    return [item.id for section in paging.put_on(PAGED, page, said) for item in section.items]


def test_a_page_for_each_section_or_one_for_all():
    assert [[section.id for section in page] for page in paging.pages(PAGED)] == [
        ["use"],
        ["effects"],
        ["wishes"],
        ["why_not"],
    ]
    whole = questionnaire("conditional")
    assert paging.pages(whole) == (whole.sections,)
    assert paging.put_on(whole, 0, {}) == whole.sections
    assert [paging.page_of(PAGED, item.id) for item in PAGED.items] == [0, 0, 1, 1, 1, 2, 2, 2, 3]


def test_conditions_over_the_same_page_stay_and_those_over_earlier_ones_are_settled():
    (use,) = paging.put_on(PAGED, 0, {"used": ("no",)})
    assert use.items == PAGED.sections[0].items
    (effects,) = paging.put_on(PAGED, 1, YES)
    assert [item.show_if for item in effects.items] == [None, None, None]
    assert items(1, {"used": ("no",)}) == []
    assert items(2, YES) == ["wish", "comment"]
    (wishes,) = paging.put_on(PAGED, 2, {**YES, "which": ("nursery",), "wish": ("no",)})
    assert wishes.items[1].show_if == Comparison("wish", Operator.IN, ("yes",))


def test_pages_of_which_nothing_is_asked_are_skipped_both_ways():
    assert paging.following(PAGED, 0, YES) == 1
    assert paging.following(PAGED, 0, {}) == 2
    assert paging.preceding(PAGED, 2, {}) == 0
    assert paging.preceding(PAGED, 2, YES) == 1
    assert paging.preceding(PAGED, 0, YES) is None
    assert paging.following(PAGED, 2, {"wish": ("yes",)}) is None


def test_a_page_is_last_only_if_nothing_can_follow_whatever_is_answered_on_it():
    assert not paging.is_last(PAGED, 2, {})
    assert paging.is_last(PAGED, 3, {"wish": ("no",)})
    effects_last = replace(PAGED, sections=PAGED.sections[:2])
    assert not paging.is_last(effects_last, 0, {})
    settled = replace(PAGED, sections=(PAGED.sections[0], PAGED.sections[2], PAGED.sections[1]))
    assert paging.is_last(settled, 1, {"used": ("no",)})
    assert not paging.is_last(settled, 1, YES)


OPEN = Comparison("a", Operator.IN, ("1",))
TRUE = Comparison("b", Operator.IN, ("1",))
FALSE = Comparison("b", Operator.IN, ("2",))
LEFT = {
    "open": (OPEN, OPEN),
    "settled": (TRUE, True),
    "all with one that fails": (AllOf((OPEN, FALSE)), False),
    "all with one that holds": (AllOf((OPEN, TRUE)), OPEN),
    "all that hold": (AllOf((TRUE, TRUE)), True),
    "any with one that holds": (AnyOf((OPEN, TRUE)), True),
    "any with one that fails": (AnyOf((OPEN, FALSE)), OPEN),
    "any that fail": (AnyOf((FALSE, FALSE)), False),
    "two open": (AnyOf((OPEN, AllOf((OPEN, TRUE)), FALSE)), AnyOf((OPEN, OPEN))),
}


@pytest.mark.parametrize(("condition", "left"), LEFT.values(), ids=LEFT)
def test_what_is_left_of_a_condition(condition, left):
    assert paging.residual(condition, {"b": ("1",)}, {"a"}) == left
