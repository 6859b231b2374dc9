"""What changed in the same people, kind by kind, against scipy and against the answers themselves."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import stats

from survey.changes.paired import PairedChange, PairedChanges, paired_changes
from survey.counts import Reason
from survey.definitions.model import Mode
from survey.language import language
from survey.narrative.paired import changes_said
from survey.study import StudyRelease, from_json
from survey.study.model import READABLE
from tests.test_study_attack import OF, made

assert OF.mode is Mode.PANEL
N = 200
LINKED = 150


def answered(random: np.random.Generator, moved: float) -> dict[str, Any]:
    status = ("full", "part")[random.integers(2)]
    given: dict[str, Any] = {
        "balance": int(random.integers(1, 5)),
        "status": status,
        "calm": int(random.integers(1, 4) + (random.random() < moved)),
        "rested": int(random.integers(1, 4) + (random.random() < moved)),
        "hours": int(random.integers(0, 300)) / 10 if random.random() < 0.8 else 7,
        "services": [one for one in ("nursery", "camp") if random.random() < 0.4 + moved / 3] or ["camp"],
    }
    return given | ({"shift": int(random.integers(1, 6))} if status == "full" else {})


@pytest.fixture(scope="module")
def waves() -> list[dict[str, Any]]:
    random = np.random.default_rng(8)
    return [
        {
            **{f"p{at}": ("AB"[at % 2], answered(random, moved)) for at in range(LINKED)},
            **{f"{wave}{at}": ("AB"[at % 2], answered(random, moved)) for at in range(N - LINKED)},
        }
        for wave, moved in enumerate((0.1, 0.6, 0.6))
    ]


@pytest.fixture(scope="module")
def release(waves: list[dict[str, Any]]) -> StudyRelease:
    _, (first, *_) = made(waves)
    return first


@pytest.fixture(scope="module")
def found(release: StudyRelease) -> PairedChanges:
    return paired_changes(release, OF)


def both(waves: list[dict[str, Any]], item: str) -> list[tuple[Any, Any]]:
    """What the linked answered in the first and in the second wave."""
    sides = [[one[f"p{at}"][1].get(item) for at in range(LINKED)] for one in waves[:2]]
    return [pair for pair in zip(*sides, strict=True) if None not in pair]


def as_scipy_says(change: PairedChange, before: list[float], after: list[float]) -> None:
    known = stats.ttest_rel(after, before)
    interval = known.confidence_interval()
    steps = [round(b - a, 6) for a, b in zip(before, after, strict=True)]
    assert change.n == len(before) and change.difference == pytest.approx(np.mean(steps))
    assert change.p == pytest.approx(known.pvalue, rel=1e-9)
    assert change.interval == pytest.approx((interval.low, interval.high), rel=1e-9)
    ways = [sum(step > 0 for step in steps), steps.count(0), sum(step < 0 for step in steps)]
    assert [change.improved, change.same, change.worsened] == ways


def test_dimensions_and_numbers_are_those_of_scipy(waves: list[dict[str, Any]], found: PairedChanges) -> None:
    calm, rested = both(waves, "calm"), both(waves, "rested")
    means = [
        [(one[side] + other[side]) / 2 for one, other in zip(calm, rested, strict=True)] for side in (0, 1)
    ]
    as_scipy_says(found.dimensions["impact", "wellbeing"], *means)
    as_scipy_says(found.numbers["hours"], *map(list, zip(*both(waves, "hours"), strict=True)))
    assert found.dimensions["impact", "wellbeing"].verdict == "higher"


def test_options_are_counted_one_by_one(waves: list[dict[str, Any]], found: PairedChanges) -> None:
    for option in ("nursery", "camp"):
        ticked = [(option in one, option in other) for one, other in both(waves, "services")]
        one = found.options["services"][option]
        assert one.n == len(ticked)
        assert (one.kept, one.gained, one.lost) == tuple(
            ticked.count(pair) for pair in ((True, True), (False, True), (True, False))
        )
        gained, lost = one.gained or 0, one.lost or 0
        assert one.p == pytest.approx(stats.binomtest(gained, gained + lost).pvalue, rel=1e-9)
    assert found.options["services"]["leave"].reason is Reason.NO_ANSWERS


def test_a_share_over_two_questions_is_counted_person_by_person(
    waves: list[dict[str, Any]], found: PairedChanges
) -> None:
    pairs = zip(both(waves, "calm"), both(waves, "rested"), strict=True)
    signs = [tuple(bool({calm[side], rested[side]} & {2, 4, 5}) for side in (0, 1)) for calm, rested in pairs]
    one = found.shares["well"]
    assert (one.n, one.kept, one.gained, one.lost) == (
        LINKED, *(signs.count(pair) for pair in ((True, True), (False, True), (True, False))),
    )  # fmt: skip
    changed = (one.gained or 0, (one.gained or 0) + (one.lost or 0))
    assert one.p == pytest.approx(stats.binomtest(*changed).pvalue, rel=1e-9)


def test_pairs_of_a_conditional_question_are_those_who_were_asked_twice(
    waves: list[dict[str, Any]], found: PairedChanges
) -> None:
    pairs = both(waves, "shift")
    assert 20 < len(pairs) < 60 and found.items["shift"].n == len(pairs)
    assert "leave_used" not in found.moves, "it is asked because of what tells who somebody is"


def test_what_is_said_and_kept(release: StudyRelease, found: PairedChanges) -> None:
    said = "\n".join(changes_said(found, language("en")))
    dimension, hours = found.dimensions["impact", "wellbeing"], found.numbers["hours"]
    assert f"Well-being: +{dimension.difference:.2f} points on average (between" in said
    assert f"of 150 people {hours.improved} gave a higher number, {hours.same} the same and" in said
    assert "At least one sign: of 150 people" in said
    assert "“Which services do you use?”: 150 people ticked any answer in both waves." in said
    assert from_json(release.to_json()) == release
    older = release.to_json().replace('{"format":2', '{"format":1').partition(',"measures"')[0] + "}"
    assert READABLE == (1, 2) and from_json(older) == replace(release, measures={}, options={})


def test_where_one_option_is_withheld_all_are(waves: list[dict[str, Any]]) -> None:
    """All who answered the later wave only tick one answer, which would be told of them by subtraction."""
    first, second, third = waves
    alike = {
        code: (group, {**given, "services": ["camp"]} if code.startswith("1") else given)
        for code, (group, given) in second.items()
    }
    _, (release, *_) = made([first, alike, third])
    told = release.options["services"]
    assert set(told.values()) == {Reason.PROTECTS_ANOTHER}
