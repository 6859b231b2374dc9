"""One group beside the whole: every figure is one of the results', and nothing is of any other group."""

import pytest

from survey.counts import Reason
from survey.indicators.beside import NoSuchGroup, Shows, beside
from survey.indicators.measures import measured
from survey.indicators.results import results
from survey.release import Divided, Hidden, Others, Pooled
from tests.indicators.samples import answers, part, questionnaire, release


def people(*said):
    return part(
        questionnaire(), answers("utility", {code: said.count(code) for code in set(said)}), invited=90
    )


@pytest.fixture(scope="module")
def shown():
    pool = Others(None, ("A2", "A3"), people(*"1234512345"))
    hidden = Hidden(Reason.TOO_FEW_INVITED)
    groups = {"A1": people(*"55544433"), "A2": Pooled(), "A3": Pooled(), "A4": hidden}
    whole = people(*"55544433", *"1234512345")
    by = {"alliance": Divided(groups, (pool,)), "service": Divided({"S1": people(*"5554")}, ())}
    return results(release(whole, by=by), questionnaire())


@pytest.mark.parametrize(
    ("group", "label", "shows", "reason"),
    [
        ("A1", "A1", Shows.ALONE, None),
        ("A2", "A2 and others", Shows.TOGETHER, None),
        ("A4", "A4", Shows.WITHHELD, Reason.TOO_FEW_INVITED),
    ],
)
def test_a_group_as_it_may_be_shown(shown, group, label, shows, reason):
    found = beside(shown, "alliance", group, f"{group} and others")
    divided = shown.by["alliance"]
    expected = {"A1": divided.groups["A1"], "A2": divided.others[0].results, "A4": None}[group]
    assert (found.label, found.shows, found.reason, found.part) == (label, shows, reason, expected)
    assert list(found.results.by) == ["alliance"]
    assert list(found.results.by["alliance"].groups) == [label]
    assert found.results.by["alliance"].others == ()
    assert found.results.whole.response == shown.whole.response
    assert found.results.whole.items == shown.whole.items


def test_what_tells_the_other_groups_is_left_out_of_the_whole(shown):
    kept = measured(beside(shown, "alliance", "A1", "").results.whole.indicators)
    assert any(figure.weighted for figure in measured(shown.whole.indicators).values())
    assert not any(figure.weighted for figure in kept.values())
    assert kept["usefulness",].value == shown.whole.indicators["usefulness"].value


@pytest.mark.parametrize(("by", "group"), [("alliance", "A9"), ("alliance", ""), ("service", "A1")])
def test_an_unknown_group_is_refused_and_no_other_is_named(shown, by, group):
    with pytest.raises(NoSuchGroup) as refused:
        beside(shown, by, group, "")
    assert not any(name in str(refused.value.text) for name in ("A2", "A3", "A4"))
