"""Rates of an open wave: in steps, by group from the threshold up, and never one answer at a time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.monitoring import rates
from survey.rates import Reached, forecast, told
from survey.store import invitations, waves
from tests.cast import NOW, Instance

DAY = date(2026, 11, 20)
FULL = {"utility": "4", "recommend": "9", "again": "yes", "used": "nursery", "hours": "3", "time_saving": "4",
        "time_balance": "3", "confidence": "4", "stress": "2", "status_before": "seeking",
        "status_now": "permanent"}  # fmt: skip


@given(st.integers(0, 60), st.integers(0, 60), st.integers(3, 10), st.booleans())
def test_what_is_told_is_a_step_at_or_below_the_truth(
    complete: int, partial: int, step: int, whole: bool
) -> None:
    reached = Reached(200, complete=complete, partial=partial)
    rate = told("A1", reached, step, 0.4, whole)
    answers = rate.answers or 0
    assert answers % step == 0
    assert answers <= complete + partial < answers + step
    assert (rate.rr2 is None) == (rate.answers is None) == (complete + partial < step)
    assert whole or rate.rr1 is None
    assert rate.missing == max(0, 80 - answers)


def test_a_named_wave_tells_every_answer() -> None:
    rate = told("", Reached(4, complete=1, partial=2), 1, None, whole=True)
    assert (rate.answers, rate.rr2, rate.rr1, rate.missing) == (3, 0.75, 0.25, None)


def test_rates_by_group(instance: Instance) -> None:
    groups = [{"alliance": "A1"}] * 20 + [{"alliance": "A2"}] * 20
    invited = instance.wave("w", groups=groups, closes=DAY + timedelta(days=10))
    with instance.store.write() as db:
        invitations.set_dispositions(db, [(invited[39], "bounced"), (invited[38], "opted_out")])
        db.execute("UPDATE wave SET target = 0.5 WHERE id = 'w'")
    for one in invited[:12]:
        instance.answer(one, **FULL)
    for one in invited[20:24]:
        instance.answer(one, utility="3", recommend="8", again="no", time_saving="3", confidence="4")
    found = rates(instance.store, "w", [], NOW)
    assert (found.whole.invited, found.whole.answers, found.whole.rr2, found.step) == (40, 15, 15 / 40, 5)
    assert (found.whole.bounced, found.whole.opted_out) == (1, 1)
    first, second = found.by["alliance"]
    assert (first.name, first.answers, first.rr2, first.rr1) == ("A1", 10, 0.5, None)
    assert (second.name, second.answers, second.rr2, second.bounced) == ("A2", None, None, 1)
    assert [rate.name for rate in found.to_chase("alliance")] == ["A2"]


def test_a_group_moves_only_when_the_total_does(instance: Instance) -> None:
    invited = instance.wave("w", groups=[{"alliance": "A1"}] * 20 + [{"alliance": "A2"}] * 20)
    for one in (*invited[:9], *invited[20:21]):
        instance.answer(one, **FULL)
    assert [rate.answers for rate in rates(instance.store, "w", [], NOW).by["alliance"]] == [5, None]
    instance.answer(invited[9], **FULL)
    assert [rate.answers for rate in rates(instance.store, "w", [], NOW).by["alliance"]] == [5, None]
    for one in invited[10:14]:
        instance.answer(one, **FULL)
    assert [rate.answers for rate in rates(instance.store, "w", [], NOW).by["alliance"]] == [10, None]


def test_too_short_answers_are_in_no_rate(instance: Instance) -> None:
    invited = instance.wave("w", invited=20)
    for one in invited[:8]:
        instance.answer(one, utility="4")
    found = rates(instance.store, "w", [], NOW)
    assert (found.whole.answers, found.whole.rr2) == (None, None)


def test_a_forecast_reaches_from_what_is_there_to_more() -> None:
    ahead = forecast(400, 4000, [(DAY, 4000)], DAY + timedelta(days=2), DAY + timedelta(days=20))
    assert ahead is not None
    # 3 of the days have passed: of those who answer with a half-life of 2.5 days, 1 - 2^(-3 / 2.5) = 56.5 %.
    assert ahead.expected == pytest.approx(400 * (1 - 2 ** (-21 / 2.5)) / (1 - 2 ** (-3 / 2.5)) / 4000)
    assert 0.1 <= ahead.low < ahead.expected < ahead.high < 1


def test_a_reminder_of_today_promises_more_than_none() -> None:
    today, last = DAY + timedelta(days=9), DAY + timedelta(days=20)
    once = forecast(1000, 4000, [(DAY, 4000)], today, last)
    again = forecast(1000, 4000, [(DAY, 4000), (today, 3000)], today, last)
    assert once is not None and again is not None
    assert again.expected > once.expected


@pytest.mark.parametrize(
    ("answers", "last", "mailed"),
    [
        (0, 20, [(DAY, 10)]),
        (5, None, [(DAY, 10)]),
        (5, 0, [(DAY, 10)]),
        (5, 20, []),
        (5, 20, [(DAY + timedelta(days=3), 10)]),
    ],
)
def test_no_forecast_out_of_nothing(answers: int, last: int | None, mailed: list[tuple[date, int]]) -> None:
    end = None if last is None else DAY + timedelta(days=last)
    assert forecast(answers, 100, mailed, DAY, end) is None


def test_the_target_is_kept(instance: Instance) -> None:
    instance.wave("w", invited=5)
    with instance.store.read() as db:
        assert waves.get(db, "w").target is None
