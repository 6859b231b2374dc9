"""Attacks on everything published of a figure, or of figures that bear on one another.

`DISCLOSURE_WAVES` sets how many random waves of each kind are attacked (default 20, of crosses 2, which are
larger).
"""

import os
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from survey.counts import FEWEST_IN_A_CROSS, Reason, WaveCounts
from survey.definitions.model import Breakdown, Cross
from survey.disclosure import WHOLE, PartKey, Solution, crossing, solve
from survey.disclosure.withholding import _Protection
from tests.disclosure_attackers import (
    Folded,
    Linear,
    Span,
    asked,
    at_risk,
    known,
    sets_of,
    sets_of_crosses,
)
from tests.disclosure_kinds import KINDS

WAVES, CROSSED_WAVES = (int(os.environ.get("DISCLOSURE_WAVES", default)) for default in ("20", "2"))
K = 5

Publish = Callable[[WaveCounts, tuple[Breakdown, ...], int, tuple[Cross, ...]], Solution]


def waves_of(name: str) -> int:
    """How many waves of a kind are attacked."""
    return CROSSED_WAVES if KINDS[name].crosses else WAVES


def attacked(name: str, publish: Publish, waves: int) -> tuple[int, int, int]:
    """(waves in which the linear program recovers a set at risk, the row space does, sets attacked)."""
    lost, spanned, sets = 0, 0, 0
    for seed in range(waves):
        by_program, by_span, n = attack(name, publish, seed)
        lost, spanned, sets = lost + by_program, spanned + by_span, sets + n
    return lost, spanned, sets


def attack(name: str, publish: Publish, seed: int) -> tuple[bool, bool, int]:
    """Whether either attacker recovers any set at risk of one wave, and how many there were.

    A set that only the threshold of crosses protects counts where the crosses told of it.
    """
    kind = KINDS[name]
    counts, truth = kind.make(np.random.default_rng([seed, len(name)]))
    solution = publish(counts, kind.breakdowns, K, kind.crosses)
    possible = kind.possible(counts) if kind.possible else None
    facts = known(counts, solution, kind.universe, truth, possible)
    sets = sets_of(counts, solution, kind.breakdowns)
    tallies, stricter = [], []
    for figure in kind.universe.answers:
        tally = counts.tallies[figure]
        shown = kind.universe.shown(figure, tally.several)
        answers = {c: v for c, v in shown.items() if (tally.several and c) or c in valid(counts, figure)}
        crossed = sets_of_crosses(counts, solution, kind.breakdowns, kind.crosses, figure)
        plain = set(at_risk(counts, figure, sets, K))
        few = set(at_risk(counts, figure, crossed, FEWEST_IN_A_CROSS)) - plain
        tallies += [asked(truth.shape, rows, answers) for rows in sorted(plain)]
        stricter += [asked(truth.shape, rows, answers) for rows in sorted(few)]
    program, span = Linear(facts), Span(facts)
    lost = [any(map(one.recovers, tallies)) for one in (program, span)]
    found = [[tally for tally in stricter if one.recovers(tally)] for one in (program, span)]
    if any(found):
        before = known(counts, without_crosses(solution), kind.universe, truth, possible)
        lost[0] |= not all(map(Linear(before).recovers, found[0]))
        lost[1] |= not all(map(Span(before).recovers, found[1]))
    return lost[0], lost[1], len(tallies) + len(stricter)


def without_crosses(solution: Solution) -> Solution:
    """What is told without the crosses. Under their stricter threshold they may tell nothing besides."""
    parts = {key: cells for key, cells in solution.parts.items() if key.breakdown not in solution.crosses}
    return replace(solution, parts=parts, crosses={})


def valid(counts: WaveCounts, figure: str) -> set[str]:
    tally = counts.tallies[figure]
    return {c for c, ok in zip(tally.categories, tally.valid, strict=True) if ok}


@pytest.mark.parametrize("name", KINDS)
def test_nothing_at_risk_is_recovered(name: str) -> None:
    waves = waves_of(name)
    lost, spanned, sets = attacked(name, solve, waves)
    bound = 1 - 0.05 ** (1 / waves)
    print(f"{name}: {lost} and {spanned} of {waves} waves, {sets} sets; failure below {bound:.2%} (95 %)")
    assert (lost, spanned) == (0, 0)
    assert sets


def test_a_wave_that_was_lost_once_is_not() -> None:
    """What a row left was held to the wave's threshold, because one of its cells was all of a service."""
    lost, spanned, sets = attack("a cross, unanimous groups, missing answers", solve, 16)
    assert not lost and not spanned and sets


def attack_groups(name: str, publish: Publish, seed: int) -> tuple[bool, int]:
    """Whether what is published tells the groups that few people are in, and of how many sets."""
    kind = KINDS[name]
    counts, truth = kind.make(np.random.default_rng([seed, len(name)]))
    solution = publish(counts, kind.breakdowns, K, kind.crosses)
    folded = Folded(counts, kind.breakdowns, truth)
    program = Linear(folded.known(counts, solution, kind.universe))
    tallies = list(folded.at_risk(sets_of(counts, solution, kind.breakdowns), K))
    tallies += folded.small_cells(solution, FEWEST_IN_A_CROSS)
    return any(map(program.recovers, tallies)), len(tallies)


TOLD = [
    "a choice",
    "two choices",
    "options",
    "a cross with a choice",
    "a cross of two choices",
    "two crosses",
]


@pytest.mark.parametrize("name", TOLD)
def test_the_groups_that_answers_tell_do_not_follow(name: str) -> None:
    found = [attack_groups(name, solve, seed) for seed in range(waves_of(name))]
    lost, sets = sum(one for one, _ in found), sum(n for _, n in found)
    print(f"{name}, who is what: {lost} of {len(found)} waves, {sets} sets")
    assert lost == 0
    assert sets


def with_items_of_groups(
    counts: WaveCounts, breakdowns: tuple[Breakdown, ...], k: int, crosses: tuple[Cross, ...]
) -> Solution:
    """As solved, but the items that make groups are shown wherever five people answered."""
    solution = solve(counts, breakdowns, k, crosses)
    shown = {
        part: {figure: why for figure, why in reasons.items() if why is not Reason.WHOLE_ONLY}
        for part, reasons in solution.withheld.items()
    }
    return replace(solution, withheld=shown)


def test_the_attacker_defeats_items_of_groups_that_are_shown() -> None:
    lost = sum(attack_groups("a choice", with_items_of_groups, seed)[0] for seed in range(10))
    print(f"a choice, shown everywhere: {lost} of 10 waves")
    assert lost > 0


def every_group_of_five(
    counts: WaveCounts, breakdowns: tuple[Breakdown, ...], k: int, crosses: tuple[Cross, ...]
) -> Solution:
    """The rule of thumb: whatever has five answers is shown."""
    parts = {WHOLE: tuple(range(len(counts.cells)))}
    for number, breakdown in enumerate(breakdowns):
        for value in sorted({cell.values[number] for cell in counts.cells}):
            cells = tuple(n for n, cell in enumerate(counts.cells) if cell.values[number] == value)
            parts[PartKey(breakdown.id, (), value)] = cells
    columns = {breakdown.id: n for n, breakdown in enumerate(breakdowns)}
    for cross in crosses:
        for number, cell in enumerate(counts.cells):
            row, column = (cell.values[columns[side]] for side in (cross.rows, cross.columns))
            key = PartKey(cross.id, (row,), column)
            parts[key] = (*parts.get(key, ()), number)
    withheld: dict[PartKey, dict[str, Reason]] = {part: {} for part in parts}
    for part, cells in parts.items():
        for figure, tally in counts.tallies.items():
            if tally.table[list(cells)][:, np.array(tally.valid)].sum() < k:
                withheld[part][figure] = Reason.TOO_FEW_ANSWERS
    return Solution(parts, withheld, {}, {})


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if not kind.crosses] + ["a cross"])
def test_the_attackers_defeat_the_rule_of_thumb(name: str) -> None:
    lost, spanned, _ = attacked(name, every_group_of_five, 6)
    print(f"{name}: the rule of thumb loses {lost} and {spanned} of 6 waves")
    assert lost >= spanned
    assert lost > 0


@pytest.mark.parametrize("name", ["crossed", "a choice", "two choices", "options"])
def test_the_attackers_defeat_pooling_and_complements_alone(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Protection, "audit_all", lambda *_: None)
    lost, spanned, _ = attacked(name, solve, 20)
    print(f"{name}, without the audit: {lost} and {spanned} of 20 waves")
    assert lost >= 5


def one_by_one(
    counts: WaveCounts, breakdowns: tuple[Breakdown, ...], k: int, crosses: tuple[Cross, ...]
) -> Solution:
    """Linked figures, each protected by itself."""
    return solve(replace(counts, blocks=(), vectors={}), breakdowns, k, crosses)


def regardless(
    counts: WaveCounts, breakdowns: tuple[Breakdown, ...], k: int, crosses: tuple[Cross, ...]
) -> Solution:
    """Conditional items protected as if they were asked of everybody."""
    return solve(replace(counts, follows={}, routes={}), breakdowns, k, crosses)


CARELESS = {
    "dimension": one_by_one,
    "pair": one_by_one,
    "joint share": one_by_one,
    "filter and follower": regardless,
    "two filters and their follower": regardless,
}


@pytest.mark.parametrize("name, publish", CARELESS.items(), ids=list(CARELESS))
def test_the_attackers_defeat_figures_protected_one_by_one(name: str, publish: Publish) -> None:
    lost, spanned, _ = attacked(name, publish, 40)
    print(f"{name}, each figure by itself: {lost} and {spanned} of 40 waves")
    assert lost > 0


def test_the_attacker_defeats_small_cells_of_answers_that_are_only_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(crossing, "_large_enough", lambda sides, *_: sides)
    lost = sum(attack_groups("a cross with a choice", solve, seed)[0] for seed in range(10))
    print(f"a cross with a choice, small cells left out: {lost} of 10 waves")
    assert lost > 0
