"""The attacker of a study: releases of both waves and the pairs, subtracted and solved, recover nobody.

The attacker knows everybody's group and who answered which wave, and asks of every small set of people
what they answered, by linear programming over all that is published. Where only differences are
published, the attacker is given the margins besides.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from survey.cells import placed
from survey.counting import count
from survey.counts import Cell, Reason, item_figure
from survey.definitions.model import Mode, Questionnaire
from survey.population import Population
from survey.release import Part, Release
from survey.releasing import released
from survey.store.waves import Wave
from survey.study import Beside, Sheet, StudyRelease, linkable, sheet, study_release
from survey.study.withholding import shown
from tests.cast import NOW, questionnaire

OF = questionnaire("panel")
ITEMS = linkable(OF, OF)
K = 5
ITEM = "balance"
People = dict[str, tuple[str, str]]
"""Code -> group and answer, "" for none."""


def closed(people: People, name: str, threshold: int = K) -> tuple[Release, Sheet]:
    """The release of a wave and its responses as they lie stored, some groups coarsened away."""
    wave = Wave(
        id=name, title=OF.title, questionnaire=OF.id, version=1, mode=Mode.PANEL, phase="final",
        state="closing", opens=None, closes=None, timezone="Europe/Rome", threshold=threshold,
        population=Population(), synthetic=False, definition="", sha256="",
    )  # fmt: skip
    invited = Counter((group,) for group, _ in people.values())
    cells: dict[int, Cell] = {}
    number = placed(invited, cells, threshold)
    stored = [
        (code, number[group,], {ITEM: int(answer)} if answer else {})
        for code, (group, answer) in people.items()
    ]
    known = tuple(cells[one] for one in sorted(cells))
    counts = count(OF, known, [(cell, answers) for _, cell, answers in stored])
    release = released(wave, OF, counts, {}, invited, NOW)
    coarse = Cell(len(known), ("not_assigned",), 0)
    lost = [
        (code, coarse.number if at % 7 == 0 else cell, answers)
        for at, (code, cell, answers) in enumerate(stored)
    ]
    return release, sheet(ITEMS, lost, OF, [*known, coarse], release)


def drawn(random: np.random.Generator) -> list[People]:
    """Three waves: groups of 5 to 14 people that take part again wholly, nearly, in part or not at all."""
    first: People = {}
    later: list[People] = [{}, {}]
    for group in "ABCD"[: random.integers(2, 5)]:
        size = int(random.integers(5, 15))
        gone = [int(random.choice([0, 1, 2, size // 2, size])) for _ in later]
        for at in range(size):
            first[f"{group}{at}"] = (group, answer(random))
            for place, some in enumerate(later):
                if at >= gone[place]:
                    some[f"{group}{at}"] = (group, answer(random))
        for place, some in enumerate(later):
            some |= {f"{group}{place}n{at}": (group, answer(random)) for at in range(random.integers(0, 8))}
    return [first, *later]


def usual(random: np.random.Generator) -> list[People]:
    """Three waves: four groups of 6 to 19 people, of whom about every second takes part again."""
    waves: list[People] = [{}, {}, {}]
    for group in "ABCD":
        for at in range(random.integers(6, 20)):
            for place, some in enumerate(waves):
                if place == 0 or random.random() < 0.6:
                    some[f"{group}{at}"] = (group, answer(random))
        for place, some in enumerate(waves):
            some |= {f"{group}{place}n{at}": (group, answer(random)) for at in range(random.integers(3, 15))}
    return waves


def answer(random: np.random.Generator) -> str:
    return str(random.integers(1, 5)) if random.random() < 0.95 else ""


def complete(one: People, other: People) -> frozenset[str]:
    return frozenset(code for code in one if code in other and one[code][1] and other[code][1])


def published(people: People, release: Release, tables: list[frozenset[str]]) -> Iterator[frozenset[str]]:
    """Every set of people of a wave whose answers are published together."""
    everybody = frozenset(code for code, (_, given) in people.items() if given)
    figure = item_figure(ITEM)
    if not isinstance(release.whole.figures[figure], Reason):
        yield everybody
    divided = release.by["alliance"]
    parts = [({group}, part) for group, part in divided.groups.items() if isinstance(part, Part)]
    parts += [(set(pool.members), pool.part) for pool in divided.others]
    for members, part in parts:
        if not isinstance(part.figures[figure], Reason):
            yield frozenset(code for code in everybody if people[code][0] in members)
    yield from tables


def recovered(people: People, sets: list[frozenset[str]]) -> int:
    """How many sets of fewer than K people have answers that follow exactly from what is published."""
    everybody = sorted(code for code, (_, given) in people.items() if given)
    patterns: dict[tuple[bool, ...], list[str]] = {}
    for code in everybody:
        patterns.setdefault(tuple(code in one for one in sets), []).append(code)
    atoms = list(patterns.items())
    size = len(atoms) * 5
    rows, sums = [], []

    def tell(members: set[int], tally: Counter[str] | int) -> None:
        for category in range(5):
            row = np.zeros(size)
            row[[5 * at + category for at in members]] = 1
            if isinstance(tally, int):
                rows.append(row) if category == 0 else rows[-1].__iadd__(row)
            else:
                rows.append(row)
                sums.append(tally[str(category + 1)])
        if isinstance(tally, int):
            sums.append(tally)

    for at, (_, members) in enumerate(atoms):
        tell({at}, len(members))
    for place, one in enumerate(sets):
        tell(
            {at for at, (pattern, _) in enumerate(atoms) if pattern[place]},
            Counter(people[code][1] for code in one),
        )
    small = [{at} for at, (_, members) in enumerate(atoms) if len(members) < K]
    small += [
        set(two) for two in combinations(range(len(atoms)), 2) if sum(len(atoms[at][1]) for at in two) < K
    ]
    return sum(_fixed(some, np.array(rows), np.array(sums), size) for some in small)


def _fixed(some: set[int], rows: np.ndarray, sums: np.ndarray, size: int) -> bool:
    for category in range(5):
        aim = np.zeros(size)
        aim[[5 * at + category for at in some]] = 1
        ends = [sign * linprog(sign * aim, A_eq=rows, b_eq=sums, bounds=(0, None)).fun for sign in (1, -1)]
        if ends[1] - ends[0] > 0.5:
            return False
    return True


def attacked(waves: list[People], threshold: int) -> tuple[int, int]:
    """How many small sets the study releases give away that the releases alone do not, and items shown."""
    made = [closed(people, f"w{at}") for at, people in enumerate(waves)]
    first = replace(made[0][0], threshold=threshold)
    releases: list[StudyRelease] = []
    before: list[Beside] = []
    tables: list[list[frozenset[str]]] = [[] for _ in waves]
    for at in (1, 2):
        later = replace(made[at][0], threshold=threshold)
        release = study_release("s", (first, later), (made[0][1], made[at][1]), ITEMS, before)
        before.append(Beside(made[at][1], shown(release.items)))
        releases.append(release)
        if ITEM in shown(release.items):
            for place in (0, at):
                tables[place].append(complete(waves[0], waves[at]))
    found = 0
    for (release, _), people, told in zip(made, waves, tables, strict=True):
        alone = list(published(people, release, []))
        if told:
            found += recovered(people, [*alone, *told]) > recovered(people, alone)
    return found, sum(ITEM in shown(one.items) for one in releases)


@pytest.mark.parametrize(("waves", "number", "least"), [(drawn, 40, 3), (usual, 4, 4)])
def test_nothing_of_a_few_follows_from_a_study_release(
    waves: Callable[[np.random.Generator], list[People]], number: int, least: int
) -> None:
    random = np.random.default_rng(47)
    results = [attacked(waves(random), K) for _ in range(number)]
    assert sum(found for found, _ in results) == 0
    assert sum(told for _, told in results) >= least, "the rules must leave something to show"


def test_without_the_rules_the_attacker_wins() -> None:
    random = np.random.default_rng(47)
    assert sum(attacked(drawn(random), 1)[0] for _ in range(6)) > 0


@pytest.mark.parametrize("alone", [0, 3, 8])
def test_few_who_answered_one_wave_only_hide_all_pairs(alone: int) -> None:
    people = {f"p{at}": ("A", str(1 + at % 4)) for at in range(40)}
    more = {f"n{at}": ("A", str(1 + at % 2)) for at in range(alone)}
    (one, first), (other, second) = closed(people, "w0"), closed(people | more, "w1")
    release = study_release("s", (one, other), (first, second), ITEMS)
    assert (ITEM in shown(release.items)) is (alone != 3)
    assert (release.linked, release.only_earlier, release.only_later) == (40, 0, alone)


def test_a_questionnaire_that_changed_links_what_reads_the_same() -> None:
    reworded = replace(
        OF,
        sections=tuple(
            replace(
                section,
                items=tuple(
                    replace(item, text={"it": "?", "en": "?"}) if item.id == ITEM else item
                    for item in section.items
                ),
            )
            for section in OF.sections
        ),
    )
    names: dict[str, Questionnaire] = {"same": OF, "reworded": reworded}
    assert [item.id for item in linkable(names["same"], OF)] == ["balance", "stress", "status"]
    assert [item.id for item in linkable(names["reworded"], OF)] == ["stress", "status"]
