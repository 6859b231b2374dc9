"""Post-stratified figures beside the raw ones, against plain arithmetic over rows and numpy's average."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.counts import Reason
from survey.definitions.model import Breakdown, Mode, Source
from survey.indicators.results import results
from survey.release import Divided, Hidden, Others, Pooled
from tests.indicators.samples import answers, moves, part, questionnaire, release, words

STRATA = st.lists(
    st.tuples(st.lists(st.integers(1, 5), min_size=1, max_size=30), st.integers(30, 500)),
    min_size=1,
    max_size=6,
)


def people(raw, invited, population=-1):
    return part(questionnaire(), answers("utility", counted(raw)), invited=invited, population=population)


def counted(raw):
    return {str(value): raw.count(value) for value in set(raw)}


def wave(groups, others=(), population=-1, invited=None, of=None):
    parts = [one for one in (*groups.values(), *others) if not isinstance(one, Hidden | Pooled)]
    tallies = [one.figures["item/utility"] for one in parts]
    raw = [int(code) for tally in tallies for code, n in tally.items() if code for _ in range(n)]
    total = sum(one.invited or 0 for one in parts) if invited is None else invited
    pools = tuple(Others(None, ("x", "y"), one) for one in others)
    found = release(people(raw, total, population), Mode.NAMED, {"alliance": Divided(groups, pools)})
    return results(found, of or questionnaire()).whole


def weighted(shown, indicator="usefulness"):
    return shown.indicators[indicator].weighted["alliance"]


@given(STRATA)
def test_each_answer_weighs_as_many_people_as_it_stands_for(strata):
    groups = {f"A{i}": people(raw, invited) for i, (raw, invited) in enumerate(strata)}
    found = weighted(wave(groups))
    values = np.concatenate([raw for raw, _ in strata])
    weights = np.concatenate([[invited / len(raw)] * len(raw) for raw, invited in strata])
    assert found.value == pytest.approx(np.average(values, weights=weights))
    assert found.n_eff == pytest.approx(weights.sum() ** 2 / (weights**2).sum())
    assert (found.n, found.covered, found.reason) == (len(values), 1.0, None)


def test_a_share_is_weighted_like_a_mean():
    groups = {"A": people([5] * 10 + [1] * 30, 100), "B": people([5] * 30 + [1] * 10, 300)}
    shown = wave(groups)
    assert shown.indicators["satisfied"].value == 0.5
    assert weighted(shown, "satisfied").value == pytest.approx((100 * 0.25 + 300 * 0.75) / 400)


def test_a_group_that_answered_as_it_was_invited_changes_nothing():
    groups = {"A": people([5, 1] * 10, 100), "B": people([4, 2] * 20, 200)}
    shown = wave(groups)
    assert weighted(shown).value == pytest.approx(shown.indicators["usefulness"].value)
    assert weighted(shown).n_eff == pytest.approx(60)


def test_pools_are_strata_too():
    found = weighted(wave({"A": people([5] * 10, 50), "B": Pooled()}, [people([1] * 10, 150)]))
    assert (found.value, found.covered) == (2.0, 1.0)


def test_a_stated_population_weighs_where_every_stratum_has_one():
    told = {"A": people([5] * 10, 50, 900), "B": people([1] * 10, 50, 100)}
    assert weighted(wave(told, population=1000)).value == pytest.approx(4.6)
    half_told = told | {"B": people([1] * 10, 50, None)}
    assert weighted(wave(half_told, population=1000)).value == 3.0


def test_an_empty_stratum_stops_it():
    groups = {"A": people([5] * 10, 50), "B": part(questionnaire(), [{}] * 4, invited=50)}
    assert (weighted(wave(groups)).value, weighted(wave(groups)).reason) == (None, Reason.EMPTY_STRATUM)
    nobody = {"A": people([5] * 10, 50), "B": Hidden(Reason.NO_ANSWERS)}
    assert weighted(wave(nobody, invited=100)).reason is Reason.EMPTY_STRATUM


@pytest.mark.parametrize(("invited", "reason"), [(100, Reason.LITTLE_COVERED), (62, None)])
def test_what_is_not_shown_is_left_out_and_said(invited, reason):
    groups = {"A": people([5] * 10, 50), "B": Hidden(Reason.TOO_FEW_INVITED)}
    found = weighted(wave(groups, invited=invited))
    assert (found.covered, found.reason) == (50 / invited, reason)
    assert (found.value is None) == (reason is not None)


def test_a_stratum_that_withholds_the_figure_is_left_out():
    hidden = replace(people([1] * 5, 10), figures=dict(people([1] * 5, 10).figures))
    hidden.figures["item/utility"] = Reason.PROTECTS_ANOTHER
    of, groups = questionnaire(), {"A": people([5, 4] * 10, 90), "B": hidden}
    whole = people([5, 4] * 10 + [1] * 5, 100)
    found = weighted(results(release(whole, by={"alliance": Divided(groups, ())}), of).whole)
    assert (found.value, found.n, found.covered) == (4.5, 20, 0.9)


def test_no_weights_without_a_population_or_where_not_everybody_is_asked():
    groups = {"A": people([5] * 10, 50)}
    assert weighted(wave(groups, population=None)).reason is Reason.POPULATION_UNKNOWN
    asked = tuple(
        replace(item, show_if=questionnaire().item("hours").show_if) if item.id == "utility" else item
        for item in questionnaire().items
    )
    some = wave(groups, of=questionnaire(items=asked))
    assert weighted(some).reason is Reason.NOT_ASKED_OF_ALL
    assert some.indicators["satisfied"].weighted["alliance"].reason is Reason.NOT_ASKED_OF_ALL


def test_groups_that_only_answers_tell_have_no_weights():
    answered = Breakdown("would", words("Would"), source=Source.ITEM)
    of = replace(questionnaire(), breakdowns=(*questionnaire().breakdowns, answered))
    one = people([5] * 10, None, None)
    found = release(people([5] * 10, 50), by={"would": Divided({"yes": one}, ())})
    shown = results(found, of)
    assert dict(shown.whole.indicators["usefulness"].weighted) == {}
    group = shown.by["would"].groups["yes"]
    assert (group.response.rr2, group.response.reason) == (None, Reason.FROM_ANSWERS)
    assert group.indicators["usefulness"].worst_case.reason is Reason.FROM_ANSWERS
    assert group.indicators["usefulness"].against_rest.reason is Reason.NO_REST


def test_neither_groups_nor_other_kinds_are_weighted():
    group = part(questionnaire(), moves({("seeking", "permanent"): 12}))
    found = results(release(group, by={"alliance": Divided({"A": group}, ())}), questionnaire())
    assert found.by["alliance"].groups["A"].indicators["usefulness"].weighted is None
    assert not hasattr(found.whole.indicators["employment"], "weighted")
