"""Margins of before/after pairs: what a group's release holds where a status before had few people."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from survey.pairs import AFTER, BEFORE, ONLY_AFTER, ONLY_BEFORE, are_margins, margins_only, of_group

STATUSES = ("", "a", "b", "c")
SIDES = st.sampled_from(STATUSES)
PEOPLE = st.lists(st.tuples(SIDES, SIDES), max_size=80)


def tally(people: list[tuple[str, str]]) -> dict[str, int]:
    empty = {f"{before}>{after}": 0 for before in STATUSES for after in STATUSES}
    return empty | Counter(f"{before}>{after}" for before, after in people)


@given(PEOPLE)
def test_margins_are_those_of_the_complete_pairs(people: list[tuple[str, str]]) -> None:
    margins, complete = margins_only(tally(people)), [pair for pair in people if all(pair)]
    for status in STATUSES[1:]:
        assert margins[BEFORE + status] == sum(before == status for before, _ in complete)
        assert margins[AFTER + status] == sum(after == status for _, after in complete)
    assert margins[ONLY_BEFORE] == sum(bool(before) and not after for before, after in people)
    assert margins[ONLY_AFTER] == sum(bool(after) and not before for before, after in people)


@given(PEOPLE)
def test_nothing_of_who_went_where_is_in_the_margins(people: list[tuple[str, str]]) -> None:
    """Everybody's status now dealt anew among those who gave both: the same margins."""
    complete = [pair for pair in people if all(pair)]
    dealt = list(zip([before for before, _ in complete], sorted(after for _, after in complete), strict=True))
    others = [pair for pair in people if not all(pair)]
    assert margins_only(tally(people)) == margins_only(tally(dealt + others))


@given(PEOPLE)
def test_a_group_tells_its_pairs_only_where_enough_had_each_status_before(
    people: list[tuple[str, str]],
) -> None:
    before = Counter(before for before, after in people if before and after)
    found = of_group(tally(people))
    assert are_margins(found) == any(n < 10 for n in before.values())
    assert of_group(found) == found and margins_only(margins_only(found)) == margins_only(found)
