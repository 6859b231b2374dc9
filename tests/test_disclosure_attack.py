"""Linear programming against everything published for a figure, or for a block of figures.

`DISCLOSURE_WAVES` sets how many random waves of each kind are attacked (default 40).
"""

import os
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from survey.counts import Reason, WaveCounts
from survey.definitions.model import Breakdown
from survey.disclosure import WHOLE, Solution, solve, withholding
from survey.disclosure import partition as partitions
from tests.disclosure_waves import CROSSED, NESTED, Attacker, attacker_of_one, targets, wave

WAVES = int(os.environ.get("DISCLOSURE_WAVES", "40"))
K = 5

Random = np.random.Generator
Kind = tuple[tuple[Breakdown, ...], Callable[[Random], WaveCounts]]


def places(random: Random, crossed: bool) -> list[tuple[str, ...]]:
    """Where 30 to 70 people are: up to 3 alliances, 9 organizations of unequal size, 4 services.

    Most organizations keep to one or two services, so that a service less an organization is small.
    """
    home = random.integers(3, size=9)
    habits = random.dirichlet(np.full(4, 0.2), 9)
    people = random.choice(9, size=random.integers(30, 71), p=random.dirichlet(np.full(9, 1.2)))
    if not crossed:
        return [(f"A{home[o]}", f"O{o}") for o in people]
    return [(f"A{home[o]}", f"O{o}", f"S{random.choice(4, p=habits[o])}") for o in people]


def answered(random: Random, people: int) -> list[str]:
    return [str(answer) for answer in random.choice(5, people, p=[0.04, 0.08, 0.18, 0.45, 0.25])]


def collected(people: list[tuple[str, ...]], answers: list[str]) -> WaveCounts:
    cells: dict[tuple[str, ...], list[str]] = {}
    for place, answer in zip(people, answers, strict=True):
        cells.setdefault(place, []).append(answer)
    return wave(cells)


def nested(random: Random) -> WaveCounts:
    people = places(random, crossed=False)
    return collected(people, answered(random, len(people)))


def crossed(random: Random) -> WaveCounts:
    people = places(random, crossed=True)
    return collected(people, answered(random, len(people)))


def unanswered(random: Random) -> WaveCounts:
    """A fifth leaves the item out, and in three organizations everybody agrees."""
    people = places(random, crossed=True)
    answers = [
        "3" if place[1] in ("O0", "O1", "O2") else answer
        for place, answer in zip(people, answered(random, len(people)), strict=True)
    ]
    return collected(people, ["" if random.random() < 0.2 else answer for answer in answers])


KINDS: dict[str, Kind] = {
    "nested": (NESTED, nested),
    "crossed": (CROSSED, crossed),
    "unanswered": (CROSSED, unanswered),
}


def recovered(kind: str, publish: Callable[..., Solution], waves: int = WAVES) -> int:
    """In how many waves the attacker recovers a cell or group under the threshold."""
    breakdowns, make = KINDS[kind]
    lost = 0
    for seed in range(waves):
        counts = make(np.random.default_rng([seed, len(kind)]))
        solution = publish(counts, breakdowns, K)
        attacker = attacker_of_one(counts, solution)
        lost += any(attacker.recovers("item/q", cells) for cells in targets(counts, solution, K, "item/q"))
    return lost


def every_group_of_five(counts: WaveCounts, breakdowns: tuple[Breakdown, ...], k: int) -> Solution:
    """The rule of thumb: whatever has five answers is shown."""
    parts = {WHOLE: tuple(range(len(counts.cells)))}
    for number, breakdown in enumerate(breakdowns):
        for value in sorted({cell.values[number] for cell in counts.cells}):
            cells = tuple(n for n, cell in enumerate(counts.cells) if cell.values[number] == value)
            parts[partitions.PartKey(breakdown.id, (), value)] = cells
    tally = counts.tallies["item/q"]
    few = {p for p, cells in parts.items() if tally.table[list(cells)][:, tally.valid].sum() < k}
    return Solution(parts, {p: {"item/q": Reason.TOO_FEW_ANSWERS} if p in few else {} for p in parts}, {}, {})


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_under_the_threshold_is_recovered(kind: str) -> None:
    assert recovered(kind, solve) == 0
    print(f"{kind}: 0 of {WAVES} waves; failure below {1 - 0.05 ** (1 / WAVES):.2%} (95 %)")


@pytest.mark.parametrize("kind", KINDS)
def test_the_attacker_defeats_the_rule_of_thumb(kind: str) -> None:
    lost = recovered(kind, every_group_of_five, 10)
    print(f"{kind}: the rule of thumb loses {lost} of 10 waves")
    assert lost >= 5


def test_the_attacker_defeats_pooling_and_complements_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(withholding, "_audit", lambda *_: None)
    lost = recovered("crossed", solve, 20)
    print(f"crossed, without the audit: {lost} of 20 waves")
    assert lost >= 5


SCALE = ("", "1", "2", "3")
VECTORS = tuple(product(SCALE, SCALE))
SUMS = tuple(f"{sum(a != '' for a in v)}:{sum(int(a or 0) for a in v)}" if any(v) else "" for v in VECTORS)
PAIRS = tuple(f"{before}>{after}" if before and after else "" for before, after in VECTORS)
LINKED = {"dimension/p/d": SUMS, "pair/s": PAIRS}


def linked(random: Random, made: str) -> WaveCounts:
    """Two items and what is made of them."""
    cells: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for place in places(random, crossed=True):
        vector = random.choice(len(VECTORS), p=np.where(["" in v for v in VECTORS], 0.15 / 7, 0.85 / 9))
        found = cells.setdefault(place, {"item/a": [], "item/b": [], made: []})
        for figure, answer in zip(found, (*VECTORS[vector], LINKED[made][vector]), strict=True):
            found[figure].append(answer)
    return wave(cells, ((made, "item/a", "item/b"),))


def recovered_of_linked(made: str, publish: Callable[[WaveCounts], Solution]) -> int:
    """In how many waves the attacker of the whole block, who reasons about vectors, recovers something."""
    categories = {"item/a": [a for a, _ in VECTORS], "item/b": [b for _, b in VECTORS], made: LINKED[made]}
    lost = 0
    for seed in range(WAVES // 2):
        counts = linked(np.random.default_rng(seed), made)
        solution = publish(counts)
        attacker = Attacker(counts, solution, categories)
        asked = ((figure, cells) for figure in categories for cells in targets(counts, solution, K, figure))
        lost += any(attacker.recovers(figure, cells) for figure, cells in asked)
    return lost


@pytest.mark.parametrize("made", LINKED)
def test_linked_figures_do_not_betray_one_another(made: str) -> None:
    assert recovered_of_linked(made, lambda counts: solve(counts, CROSSED, K)) == 0
    print(f"{made}: 0 of {WAVES // 2} waves; failure below {1 - 0.05 ** (2 / WAVES):.2%} (95 %)")


@pytest.mark.parametrize("made", LINKED)
def test_the_attacker_defeats_figures_protected_one_by_one(made: str) -> None:
    def one_by_one(counts: WaveCounts) -> Solution:
        return solve(replace(counts, blocks=()), CROSSED, K)

    lost = recovered_of_linked(made, one_by_one)
    print(f"{made}, each figure by itself: {lost} of {WAVES // 2} waves")
    assert lost > 0
