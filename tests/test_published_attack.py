"""The attacker who has all that can be taken away of a wave: its results as JSON, and its release as a file.

Nothing of the solver is used: what is known is read from the files, by the names that stand in them, and
everything that is not there must not follow. `DISCLOSURE_WAVES` sets how many random waves are attacked.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np
import pytest

from survey import counting, merging
from survey.counts import FEWEST_IN_A_CROSS, Cell, Tally, WaveCounts
from survey.definitions.model import Mode, Questionnaire
from survey.disclosure.withholding import _Protection
from survey.indicators.results import results, to_json
from survey.inviting import sha256
from survey.population import Population
from survey.releasing import released
from survey.store.waves import Wave
from tests.cast import NOW, definition_text
from tests.cast import questionnaire as cast
from tests.disclosure_attackers import Known, Linear, Rows, Span, asked, at_risk

WAVES = int(os.environ.get("DISCLOSURE_WAVES", "2"))
K = 5
ITEM = "item/utility"
POINTS = ("1", "2", "3", "4", "5")
UNIVERSE = ("", *POINTS)
TEXT = definition_text("crossed")
CAST = cast("crossed")
PLAIN = replace(CAST, crosses=())
Values = tuple[str, ...]
Found = dict[str, Any]


def people(random: np.random.Generator) -> list[tuple[Values, Found]]:
    """80 to 400 people, most of an alliance in one or two services; one in twelve leaves the item out."""
    habits = random.dirichlet(np.full(3, 0.7), 4)
    found = []
    for _ in range(random.integers(80, 401)):
        alliance = int(random.choice(4, p=[0.4, 0.3, 0.22, 0.08]))
        place = f"A{alliance}", f"S{random.choice(3, p=habits[alliance])}"
        said: Found = {"utility": int(random.choice(5, p=[0.05, 0.1, 0.2, 0.4, 0.25])) + 1}
        if random.random() < 1 / 12:
            del said["utility"]
        if random.random() < 0.95:
            said["gender"] = str(random.choice(["f", "m", "x"], p=[0.55, 0.38, 0.07]))
        found.append((place, said))
    return found


def published(of: Questionnaire, seed: int) -> tuple[WaveCounts, Found, Found]:
    """(the counts, the results as JSON, the file of the release) of a random wave."""
    found = people(np.random.default_rng([seed, 45]))
    sizes = Counter(place for place, _ in found)
    cells = tuple(Cell(n, place, sizes[place]) for n, place in enumerate(sorted(sizes)))
    number = {cell.values: cell.number for cell in cells}
    counts = counting.count(of, cells, [(number[place], said) for place, said in found])
    wave = Wave(
        id="w", title=of.title, questionnaire=of.id, version=1, mode=Mode.ANONYMOUS, phase="final",
        state="closing", opens=None, closes=None, timezone="Europe/Rome", threshold=K,
        population=Population(), synthetic=True, definition=TEXT, sha256=sha256(TEXT),
    )  # fmt: skip
    release = released(wave, of, counts, {}, sizes, NOW)
    file = json.loads(merging.exported(release.to_json(), TEXT).to_json())["release"]
    return counts, to_json(results(release, of)), file


def parts(data: Found) -> Iterator[tuple[Mapping[int, frozenset[str]], Found]]:
    """Every part in a file with whom it holds: breakdown (its place) -> groups."""
    yield {}, data.get("whole", data)
    for place, breakdown in enumerate(CAST.breakdowns):
        divided = data["by"][breakdown.id]
        for group, part in divided["groups"].items():
            yield {place: frozenset([group])}, part
        for pool in divided["others"]:
            yield {place: frozenset(pool["members"])}, pool.get("part", pool)
    ids = [breakdown.id for breakdown in CAST.breakdowns]
    for name, cross in data["crosses"].items():
        sides = [ids.index(side) for side in name.split(",")]
        for row, cells in zip(cross["rows"], cross["cells"], strict=True):
            for column, part in zip(cross["columns"], cells, strict=True):
                yield dict(zip(sides, map(frozenset, (row, column)), strict=True)), part


def tally(part: Found) -> dict[str, int] | None:
    """The item's counts in a part of either file, missing answers as ""; None where they are not there."""
    if "items" in part:
        item = part["items"]["utility"]
        assert item["n"] is not None or not any(isinstance(v, int | float) for v in item.values()), item
        return None if item["n"] is None else {**item["counts"], "": item["missing"]}
    figure = part.get("figures", {}).get(ITEM, {}).get("tally")
    return figure and {category: figure.get(category, 0) for category in UNIVERSE}


def attack(of: Questionnaire, seed: int) -> tuple[bool, bool, int, int]:
    """(whether the linear program, or the row space, recovers a set; sets; cells that show the item).

    What only the stricter threshold of crosses protects must not follow from the crosses.
    """
    counts, *files = published(of, seed)
    rows = [cell.values for cell in counts.cells]
    truth = truth_of(counts.tallies[ITEM])
    every = np.ones(len(UNIVERSE))
    sizes = [asked(truth.shape, (row,), {"": every}) for row in range(len(rows))]
    told: dict[Rows, bool] = {}
    for file in files:
        for whom, part in parts(file):
            inside = tuple(
                n for n, values in enumerate(rows) if all(values[p] in groups for p, groups in whom.items())
            )
            found = tally(part)
            if found is not None:
                # The files say what is, and both of them the same.
                assert (sums_of(truth.shape, inside) @ truth.ravel()).tolist() == [found[c] for c in UNIVERSE]
                told[inside] = told.get(inside, True) and len(whom) > 1
    plain, stricter = sets(counts, told)
    tallies = [[sums_of(truth.shape, one)[1:] for one in some] for some in (plain, stricter)]
    known = facts(truth, sizes, told)
    before = facts(truth, sizes, [inside for inside, by_cross in told.items() if not by_cross])
    lost = []
    for attacker in (Linear, Span):
        program = attacker(known)
        found_out = [one for one in tallies[1] if program.recovers(one)]
        without = attacker(before)
        lost.append(any(map(program.recovers, tallies[0])) or not all(map(without.recovers, found_out)))
    return lost[0], lost[1], len(plain) + len(stricter), sum(told.values())


def facts(truth: np.ndarray, sizes: list[np.ndarray], told: Iterable[Rows]) -> Known:
    """How many people of each row answered, and what the files tell."""
    sums = np.vstack([*sizes, *(sums_of(truth.shape, inside) for inside in told)])
    return Known(np.unique(sums, axis=0), truth.ravel())


def sums_of(shape: tuple[int, ...], inside: Rows) -> np.ndarray:
    """One sum for each answer of some rows, a missing one first."""
    return asked(shape, inside, {c: np.array([c == answer for answer in UNIVERSE]) for c in UNIVERSE})


def truth_of(of: Tally) -> np.ndarray:
    """Rows x the answers that there are."""
    return np.column_stack([of.table[:, of.categories.index(category)] for category in UNIVERSE])


def sets(counts: WaveCounts, told: Mapping[Rows, bool]) -> tuple[list[Rows], list[Rows]]:
    """What must not follow: by the threshold of the wave, and by that of a cross besides.

    The first are cells, groups, differences and overlaps of what is told; the others the cells of crosses,
    shown or not, and what is left of a group without one that is shown.
    """
    rows = [cell.values for cell in counts.cells]
    plain = {frozenset(one) for one in told}
    for columns in ((0, 1), (0,), (1,), (2,)):
        plain |= same(rows, columns)
    for one, other in permutations(map(frozenset, told), 2):
        plain |= {one - other, one & other}
    cells = [frozenset(one) for one, by_cross in told.items() if by_cross]
    crossed = set().union(*(same(rows, columns) for columns in ((0, 1), (0, 2)))) if cells else set()
    groups = [frozenset(one) for one, by_cross in told.items() if not by_cross]
    crossed |= {group - cell for group in groups for cell in cells if cell < group}
    few = at_risk(counts, ITEM, ordered(crossed), FEWEST_IN_A_CROSS)
    weak = set(at_risk(counts, ITEM, ordered(plain), K))
    return sorted(weak), sorted(set(few) - weak)


def same(rows: Sequence[Values], columns: tuple[int, ...]) -> set[frozenset[int]]:
    """The rows that share some of their values."""
    found: dict[Values, set[int]] = {}
    for n, values in enumerate(rows):
        found.setdefault(tuple(values[column] for column in columns), set()).add(n)
    return set(map(frozenset, found.values()))


def ordered(some: Iterable[frozenset[int]]) -> list[Rows]:
    return sorted(tuple(sorted(one)) for one in some if one)


@pytest.mark.parametrize("of", [PLAIN, CAST], ids=["without crosses", "with crosses"])
def test_nothing_follows_from_what_can_be_taken_away(of: Questionnaire) -> None:
    found = [attack(of, seed) for seed in range(WAVES)]
    lost, spanned, attacked, cells = (sum(one[n] for one in found) for n in range(4))
    bound = 1 - 0.05 ** (1 / WAVES)
    print(f"{lost} and {spanned} of {WAVES} waves, {attacked} sets, {cells} cells; below {bound:.2%} (95 %)")
    assert (lost, spanned) == (0, 0)
    assert attacked and (cells > 0) == bool(of.crosses)


def test_the_attacker_defeats_cells_that_are_shown_from_ten_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Protection, "audit_all", lambda *_: None)
    monkeypatch.setattr(_Protection, "complete", lambda _: None)
    assert any(any(attack(CAST, seed)[:2]) for seed in range(6))
