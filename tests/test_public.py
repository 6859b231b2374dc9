"""What of a named wave anybody may read: one rule, by the release, whoever asks."""

from dataclasses import replace

import pytest

from survey.counts import Reason
from survey.definitions.model import Mode
from survey.public import public
from survey.release import Divided, Release
from tests.indicators import samples

OF = samples.questionnaire(mode=Mode.NAMED)
FEW, ALIKE, MOVES = Reason.TOO_FEW_ANSWERS, Reason.PROTECTS_ANOTHER, Reason.TOO_FEW_PER_STATUS
SPREAD = [
    {"utility": str(1 + at % 5), "recommend": str(5 - at % 5), "would": "yes" if at % 3 else "no",
     "services": ("a", "b", "a|b")[at % 3], "employees": f"{at}.5", "comment": "words",
     "time_1": str(1 + at % 5), "time_2": str(1 + at % 4), "time_3": "3",
     "status_before": ("seeking", "other")[at % 2], "status_now": ("permanent", "other", "seeking")[at % 3]}
    for at in range(24)
]  # fmt: skip


def named(rows: list[dict[str, str]]) -> Release:
    whole = samples.part(OF, rows, 40)
    groups = {f"O{at}": samples.part(OF, [row], 1) for at, row in enumerate(rows)}
    return samples.release(whole, Mode.NAMED, {"alliance": Divided(groups, ())})


def shown(rows: list[dict[str, str]]) -> dict[str, object]:
    """The reason of each figure of the whole wave that is withheld, else its tally."""
    return dict(public(named(rows), OF).release.whole.figures)


def put(rows: list[dict[str, str]], **cells: str) -> list[dict[str, str]]:
    return [row | cells for row in rows]


@pytest.mark.parametrize(
    ("rows", "withheld"),
    [
        (put(SPREAD, time_3="1")[:4], {"item/utility": FEW, "alpha/impact/time": FEW, "item/comment": FEW}),
        (put(SPREAD, would="yes"), {"item/would": ALIKE}),
        (put(SPREAD, services="a|b"), {"item/services": ALIKE}),
        (
            [row | {"services": ("a", "a|c")[at % 2]} for at, row in enumerate(SPREAD)],
            {"item/services": ALIKE},
        ),
        (put(SPREAD, utility="4"), {"item/utility": ALIKE, "share/favourable": ALIKE}),
        (
            [row | {"time_3": str(1 + at % 5), "time_1": "", "time_2": ""} for at, row in enumerate(SPREAD)],
            {"item/time_3": None, "item/time_1": None, "dimension/impact/time": None},
        ),
        (
            [{"time_1": one, "time_2": two, "time_3": "3"} for one, two in (("1", "5"), ("5", "1")) * 6],
            {"dimension/impact/time": ALIKE},
        ),
        (
            [*put(SPREAD[:9], status_now=""), *SPREAD[:3]],
            {"pair/employment": FEW},
        ),
        (put(SPREAD, status_before="seeking"), {"pair/employment": ALIKE, "item/status_before": ALIKE}),
    ],
)  # fmt: skip
def test_few_answers_and_answers_all_alike_are_withheld(
    rows: list[dict[str, str]], withheld: dict[str, Reason | None]
) -> None:
    found = shown(rows)
    for name, reason in withheld.items():
        assert (name, found[name] if isinstance(found[name], Reason) else None) == (name, reason)


def test_of_a_named_wave_the_whole_alone_is_published_and_no_single_number() -> None:
    own = named(SPREAD)
    told = public(own, OF, "f" * 64)
    assert (told.release.by, told.published.release.by) == ({}, {})
    results = told.results(OF)
    assert (results.mode, results.release) == ("named", "f" * 64)
    size, items = results.whole.indicators["size"], results.whole.items
    assert (size.n, size.min, size.max, size.histogram) == (24, None, None, None)
    assert items["employees"].counts is None and items["comment"].n == 24
    assert items["utility"].n == 24 and results.whole.indicators["employment"].movers is not None
    # A status before with one to nine people: both margins, and not who went where.
    some = [row | {"status_before": "seeking" if at < 3 else "other"} for at, row in enumerate(SPREAD)]
    change = public(named(some), OF).results(OF).whole.indicators["employment"]
    assert (change.transitions, change.transitions_reason, change.movers) == (None, MOVES, None)
    assert change.before["seeking"] == 3


def test_groups_come_from_the_solved_release_and_stay_out_of_what_is_published() -> None:
    own = named(SPREAD)
    solved = replace(own, mode=Mode.ANONYMOUS, by={"alliance": Divided({}, ())})
    told = public(own, OF, "f", solved)
    assert told.release.by == solved.by and told.published.release.by == {}
    assert told.published.release.whole == told.release.whole == public(own, OF).release.whole


def test_of_an_anonymous_wave_everything_in_its_release_is_public() -> None:
    own = replace(named(SPREAD), mode=Mode.ANONYMOUS)
    told = public(own, OF)
    assert told.release is own and told.published is told
