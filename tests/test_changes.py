"""Two waves side by side: the right test, the right base, and what may not be compared is not."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from survey.changes import NotComparable, Side, WaveChanges, changes
from survey.counts import Reason
from survey.definitions.model import Kind, Mode, Questionnaire
from survey.indicators.results import results
from survey.release import Divided, Hidden
from tests.indicators.samples import Row, answers, part, questionnaire, release

USEFULNESS, SATISFIED, TIME = ("usefulness",), ("satisfied",), ("impact", "time")


def side(
    rows: list[Row],
    wave: str = "first",
    of: Questionnaire | None = None,
    mode: Mode = Mode.ANONYMOUS,
    groups: Mapping[str, list[Row]] | None = None,
) -> Side:
    """A closed wave of these rows; `groups` are those of its alliances that are shown."""
    of = of or questionnaire()
    by = {"alliance": Divided({name: part(of, some) for name, some in groups.items()}, ())} if groups else {}
    return Side(results(replace(release(part(of, rows), mode, by), wave=wave), of), of)


def compared(before: list[Row], after: list[Row], **about: object) -> WaveChanges:
    return changes(side(before, **about), side(after, "second", **about))


def values(rows: list[Row], item: str) -> list[int]:
    return [int(row[item]) for row in rows if row.get(item, "").isdigit()]


@pytest.fixture(scope="module")
def two_waves() -> tuple[list[Row], list[Row]]:
    random = np.random.default_rng(13)

    def rows(n: int, shift: int) -> list[Row]:
        names = ("utility", "recommend", "time_1", "time_2", "time_3", "calm", "stress")
        drawn = np.clip(random.integers(1, 6, (n, len(names))) + shift * (random.random((n, 1)) < 0.4), 1, 5)
        return [dict(zip(names, map(str, one), strict=True)) for one in drawn]

    return rows(240, 0), rows(310, 1)


def test_means_are_compared_by_welch(two_waves: tuple[list[Row], list[Row]]) -> None:
    before, after = two_waves
    change = compared(before, after).indicators[USEFULNESS]
    known = stats.ttest_ind(values(after, "utility"), values(before, "utility"), equal_var=False)
    interval = known.confidence_interval()
    assert change.p == pytest.approx(known.pvalue, rel=1e-9)
    assert change.interval == pytest.approx((interval.low, interval.high), rel=1e-9)
    assert change.difference == pytest.approx(
        np.mean(values(after, "utility")) - np.mean(values(before, "utility"))
    )
    assert (change.unit, change.n_earlier, change.n_later, change.verdict) == ("mean", 240, 310, "higher")


def test_shares_are_compared_by_newcombe(two_waves: tuple[list[Row], list[Row]]) -> None:
    before, after = two_waves
    change = compared(before, after).indicators[SATISFIED]
    counts = [sum(value >= 4 for value in values(rows, "utility")) for rows in (after, before)]
    known = confint_proportions_2indep(counts[0], 310, counts[1], 240, method="newcomb", compare="diff")
    assert change.interval == pytest.approx(known, rel=1e-9)
    assert change.unit == "share"


def test_p_is_adjusted_over_all_figures(two_waves: tuple[list[Row], list[Row]]) -> None:
    found = [one for one in compared(*two_waves).indicators.values() if one.p is not None]
    assert len(found) >= 5
    _, known, *_ = multipletests([one.p for one in found], method="holm")
    assert [one.p_holm for one in found] == pytest.approx(list(known))


def test_items_are_compared_by_their_means_or_options(two_waves: tuple[list[Row], list[Row]]) -> None:
    before = [row | {"would": "yes" if n % 3 else "no"} for n, row in enumerate(two_waves[0])]
    after = [row | {"would": "yes" if n % 9 else "no"} for n, row in enumerate(two_waves[1])]
    items = compared(before, after).items
    assert items["time_1"][""].unit == "mean"
    yes = items["would"]["yes"]
    assert (yes.earlier, yes.later, yes.verdict) == (
        pytest.approx(160 / 240),
        pytest.approx(275 / 310),
        "higher",
    )
    assert "comment" not in items


def test_too_few_answers_have_a_difference_and_no_verdict() -> None:
    change = compared(answers("utility", {"3": 5, "4": 4}), answers("utility", {"5": 30})).indicators[
        USEFULNESS
    ]
    assert (change.verdict, change.reason) == (None, Reason.TOO_FEW_FOR_INTERVAL)
    assert change.difference == pytest.approx(5 - 31 / 9)


def test_nothing_is_told_of_what_one_wave_withholds() -> None:
    of, rows = questionnaire(), answers("utility", {"3": 50, "4": 50})
    hidden = release(part(of, rows, withheld={"item/utility": Reason.TOO_FEW_ANSWERS}))
    found = changes(side(rows), Side(results(replace(hidden, wave="second"), of), of))
    change = found.indicators[USEFULNESS]
    assert (change.earlier, change.later, change.difference) == (3.5, None, None)
    assert change.reason is Reason.TOO_FEW_ANSWERS


def test_an_item_that_reads_differently_is_a_break() -> None:
    rows, of = answers("utility", {"3": 50, "4": 50}), questionnaire()
    items = tuple(
        replace(one, text={"en": "Was it of use?"}) if one.id == "utility" else one for one in of.items
    )
    found = changes(side(rows), side(rows, "second", questionnaire(items)))
    assert USEFULNESS not in found.indicators and SATISFIED not in found.indicators
    assert found.broken[USEFULNESS] == ("utility",)
    assert found.broken["favourable",] == ("utility",)
    assert "utility" not in found.items and "recommend" in found.items


def test_a_figure_that_is_computed_otherwise_is_a_break() -> None:
    rows, of = answers("utility", {"3": 50, "4": 50}), questionnaire()
    stricter = tuple(replace(one, values=("5",)) if one.id == "satisfied" else one for one in of.indicators)
    found = changes(side(rows), side(rows, "second", questionnaire(indicators=stricter)))
    assert found.broken[SATISFIED] == ()
    assert USEFULNESS in found.indicators
    relabelled = tuple(
        replace(one, label={"en": "New"}) if one.id == "satisfied" else one for one in of.indicators
    )
    assert (
        SATISFIED
        in changes(side(rows), side(rows, "second", questionnaire(indicators=relabelled))).indicators
    )


def test_named_organizations_get_no_test() -> None:
    rows = answers("utility", {"3": 20, "4": 20})
    found = compared(rows, answers("utility", {"5": 30, "4": 10}), mode=Mode.NAMED)
    change = found.indicators[USEFULNESS]
    assert found.linked
    assert (change.difference, change.p, change.reason) == (1.25, None, Reason.MAY_BE_LINKED)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"wave": "first"}, "cannot be compared with itself"),
        ({"questionnaire": "another"}, "only waves of one questionnaire"),
        ({"mode": "named"}, "people answer differently with and without their name"),
    ],
)
def test_what_cannot_be_set_side_by_side(other: dict[str, str], why: str) -> None:
    one = side(answers("utility", {"3": 20}))
    another = replace(one, results=replace(one.results, **{"wave": "second"} | other))
    with pytest.raises(NotComparable, match=why):
        changes(one, another)


HIGH, LOW = answers("utility", {"5": 30, "4": 10}), answers("utility", {"1": 10, "2": 30})


def mixed(wave: str, high: int, low: int) -> Side:
    groups = {"A": HIGH * high, "B": LOW * low}
    return side([*groups["A"], *groups["B"]], wave, groups=groups)


def test_another_mix_of_groups_is_told_and_taken_out() -> None:
    """Both groups think as before: a program that looks at the totals alone tells a rise of 0.7."""
    found = changes(mixed("first", 2, 2), mixed("second", 3, 1))
    change = found.indicators[USEFULNESS]
    assert change.difference == pytest.approx(0.75) and change.verdict == "higher"
    assert change.within == {"alliance": pytest.approx(0)}
    (mix,) = found.compositions
    assert [(one.name, one.earlier, one.later) for one in mix.groups] == [("A", 0.5, 0.75), ("B", 0.5, 0.25)]
    assert mix.apart == pytest.approx(0.25) and mix.differs
    assert not changes(mixed("first", 2, 2), mixed("second", 1, 1)).compositions[0].differs


def test_groups_that_one_wave_does_not_show_are_taken_together() -> None:
    first, second = mixed("first", 2, 2), mixed("second", 3, 1)
    divided = second.results.by["alliance"]
    hidden = replace(divided, groups={**divided.groups, "B": Hidden(Reason.TOO_FEW_INVITED)})
    second = replace(second, results=replace(second.results, by={"alliance": hidden}))
    found = changes(first, second)
    assert found.compositions[0].apart == pytest.approx(0.25)
    assert found.indicators[USEFULNESS].within == {}


def test_every_kind_of_item_may_be_there() -> None:
    rows = [{"services": "a|b", "employees": "12.5", "hours": "3", "would": "yes", "comment": "x"}] * 30
    items = compared(rows, rows, mode=Mode.NAMED).items
    assert set(items["services"]) == {"a", "b", "c"}
    assert items["employees"][""].difference == 0
    assert all(one.kind is not Kind.TEXT for one in questionnaire().items if one.id in items)
