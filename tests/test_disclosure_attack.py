"""Attacks on everything published of a figure, or of figures that bear on one another.

`DISCLOSURE_WAVES` sets how many random waves of each kind are attacked (default 20).
"""

import os
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from survey.counts import Reason, WaveCounts
from survey.definitions.model import Breakdown
from survey.disclosure import WHOLE, PartKey, Solution, solve
from survey.disclosure.withholding import _Protection
from tests.disclosure_attackers import Folded, Linear, Span, asked, at_risk, known, sets_of
from tests.disclosure_kinds import KINDS

WAVES = int(os.environ.get("DISCLOSURE_WAVES", "20"))
K = 5

Publish = Callable[[WaveCounts, tuple[Breakdown, ...], int], Solution]


def attacked(name: str, publish: Publish, waves: int = WAVES) -> tuple[int, int, int]:
    """(waves in which the linear program recovers a set at risk, the row space does, sets attacked)."""
    lost, spanned, sets = 0, 0, 0
    for seed in range(waves):
        by_program, by_span, n = attack(name, publish, seed)
        lost, spanned, sets = lost + by_program, spanned + by_span, sets + n
    return lost, spanned, sets


def attack(name: str, publish: Publish, seed: int) -> tuple[bool, bool, int]:
    """Whether either attacker recovers any set at risk of one wave, and how many there were."""
    kind = KINDS[name]
    counts, truth = kind.make(np.random.default_rng([seed, len(name)]))
    solution = publish(counts, kind.breakdowns, K)
    possible = kind.possible(counts) if kind.possible else None
    facts = known(counts, solution, kind.universe, truth, possible)
    sets = sets_of(counts, solution, kind.breakdowns)
    tallies = []
    for figure in kind.universe.answers:
        tally = counts.tallies[figure]
        shown = kind.universe.shown(figure, tally.several)
        answers = {c: v for c, v in shown.items() if (tally.several and c) or c in valid(counts, figure)}
        tallies += [asked(truth.shape, rows, answers) for rows in at_risk(counts, figure, sets, K)]
    program, span = Linear(facts), Span(facts)
    return any(map(program.recovers, tallies)), any(map(span.recovers, tallies)), len(tallies)


def valid(counts: WaveCounts, figure: str) -> set[str]:
    tally = counts.tallies[figure]
    return {c for c, ok in zip(tally.categories, tally.valid, strict=True) if ok}


@pytest.mark.parametrize("name", KINDS)
def test_nothing_at_risk_is_recovered(name: str) -> None:
    lost, spanned, sets = attacked(name, solve)
    bound = 1 - 0.05 ** (1 / WAVES)
    print(f"{name}: {lost} and {spanned} of {WAVES} waves, {sets} sets; failure below {bound:.2%} (95 %)")
    assert (lost, spanned) == (0, 0)
    assert sets


def attack_groups(name: str, publish: Publish, seed: int) -> tuple[bool, int]:
    """Whether what is published tells the groups that few people are in, and of how many sets."""
    kind = KINDS[name]
    counts, truth = kind.make(np.random.default_rng([seed, len(name)]))
    solution = publish(counts, kind.breakdowns, K)
    folded = Folded(counts, kind.breakdowns, truth)
    program = Linear(folded.known(counts, solution, kind.universe))
    tallies = list(folded.at_risk(sets_of(counts, solution, kind.breakdowns), K))
    return any(map(program.recovers, tallies)), len(tallies)


@pytest.mark.parametrize("name", ["a choice", "two choices", "options"])
def test_the_groups_that_answers_tell_do_not_follow(name: str) -> None:
    found = [attack_groups(name, solve, seed) for seed in range(WAVES)]
    lost, sets = sum(one for one, _ in found), sum(n for _, n in found)
    print(f"{name}, who is what: {lost} of {WAVES} waves, {sets} sets")
    assert lost == 0
    assert sets


def with_items_of_groups(counts: WaveCounts, breakdowns: tuple[Breakdown, ...], k: int) -> Solution:
    """As solved, but the items that make groups are shown wherever five people answered."""
    solution = solve(counts, breakdowns, k)
    shown = {
        part: {figure: why for figure, why in reasons.items() if why is not Reason.WHOLE_ONLY}
        for part, reasons in solution.withheld.items()
    }
    return replace(solution, withheld=shown)


def test_the_attacker_defeats_items_of_groups_that_are_shown() -> None:
    lost = sum(attack_groups("a choice", with_items_of_groups, seed)[0] for seed in range(10))
    print(f"a choice, shown everywhere: {lost} of 10 waves")
    assert lost > 0


def every_group_of_five(counts: WaveCounts, breakdowns: tuple[Breakdown, ...], k: int) -> Solution:
    """The rule of thumb: whatever has five answers is shown."""
    parts = {WHOLE: tuple(range(len(counts.cells)))}
    for number, breakdown in enumerate(breakdowns):
        for value in sorted({cell.values[number] for cell in counts.cells}):
            cells = tuple(n for n, cell in enumerate(counts.cells) if cell.values[number] == value)
            parts[PartKey(breakdown.id, (), value)] = cells
    withheld: dict[PartKey, dict[str, Reason]] = {part: {} for part in parts}
    for part, cells in parts.items():
        for figure, tally in counts.tallies.items():
            if tally.table[list(cells)][:, np.array(tally.valid)].sum() < k:
                withheld[part][figure] = Reason.TOO_FEW_ANSWERS
    return Solution(parts, withheld, {}, {})


@pytest.mark.parametrize("name", KINDS)
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


def one_by_one(counts: WaveCounts, breakdowns: tuple[Breakdown, ...], k: int) -> Solution:
    """Linked figures, each protected by itself."""
    return solve(replace(counts, blocks=(), vectors={}), breakdowns, k)


def regardless(counts: WaveCounts, breakdowns: tuple[Breakdown, ...], k: int) -> Solution:
    """Conditional items protected as if they were asked of everybody."""
    return solve(replace(counts, follows={}, routes={}), breakdowns, k)


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
