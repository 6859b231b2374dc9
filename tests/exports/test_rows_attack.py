"""Rows of the file of answers against everything that is released: nobody's second group, no withheld figure.

`DISCLOSURE_WAVES` sets how many random waves of each kind are attacked.
"""

import json
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey import cells, coarsening, counting, definitions, merging
from survey.coarsening import Coarsener, Combinations
from survey.counts import NOT_ASSIGNED, Cell
from survey.definitions.model import Export, Questionnaire
from survey.exports.answers.holding import hidden_by_place, items_held
from survey.inviting import sha256
from survey.placing import NOWHERE, Place, Places
from survey.releasing import released
from tests.cast import NOW, definition_text
from tests.exports.rows_attacker import Found, Groups, Outcome, Row, Taken, around, parts, targets
from tests.exports.test_privacy import WAVE

WAVES = int(os.environ.get("DISCLOSURE_WAVES", "2"))
TEXT = definition_text("many_items")
CAST = definitions.load(TEXT, "many_items")
Told = tuple[str, ...]


def people(of: Questionnaire, draw: np.random.Generator) -> list[tuple[Told, Found]]:
    """60 to 300 people, who answer as their mood, alliance and service make them."""
    sizes = draw.dirichlet(np.full(3, 1.5))
    pull = draw.normal(0, 0.5, (3, 4))
    found = []
    for _ in range(int(draw.integers(60, 301))):
        alliance, service = int(draw.choice(3, p=sizes)), int(draw.choice(4, p=[0.5, 0.3, 0.15, 0.05]))
        organization = int(draw.choice(5, p=[0.4, 0.3, 0.15, 0.1, 0.05]))
        told = f"A{alliance}", f"A{alliance}O{organization}", f"S{service}"
        found.append((told, answers(of, draw, draw.normal(0, 0.7) + pull[alliance, service])))
    return found


def answers(of: Questionnaire, draw: np.random.Generator, mood: float) -> Found:
    """One person's answers, about one in fifteen left out."""
    said: Found = {}
    for item in of.items:
        if draw.random() < 1 / 15 or (item.id == "leave" and said.get("gender") != "f"):
            continue
        if item.id == "why" and said.get("q0", 5) > 2:
            continue
        if item.scale:
            said[item.id] = int(np.clip(np.rint(3.3 + mood + draw.normal(0, 0.9)), 1, 5))
        elif item.id == "used":
            said[item.id] = [o for o in item.codes if draw.random() < 0.5]
        else:
            said[item.id] = str(draw.choice(item.codes))
        if said[item.id] == []:
            del said[item.id]
    return said or {"q0": 3}


def taken(of: Questionnaire, seed: int) -> Taken:
    """All that can be taken away of a random wave."""
    draw = np.random.default_rng([seed, 53])
    found = people(of, draw)
    told = cells.coarsened(Counter(place for place, _ in found), WAVE.threshold)
    numbers = {cell: n for n, cell in enumerate(sorted(set(told.values())))}
    invited = Counter(told[place] for place, _ in found)
    at = tuple(Cell(n, cell, invited[cell]) for cell, n in numbers.items())
    stored = [(numbers[told[place]], said) for place, said in found]
    wave = replace(WAVE, definition=TEXT, sha256=sha256(TEXT))
    release = released(wave, of, counting.count(of, at, stored), {}, invited, NOW)
    by = of.export.breakdown if of.export else None
    places = Places(of, by, release.by[by]) if by else None
    hidden = hidden_by_place(of, release, places)
    held = items_held(of)
    rows = []
    for (number, said), (cell, left) in zip(stored, rewritten(of, at, stored, places), strict=True):
        place = places.of(cell) if places else NOWHERE
        shown = {item: left[item] for item in held if item in left and item not in hidden[place]}
        mine = {b.id: value for b, value in zip(of.invited_by, at[number].values, strict=True)}
        mine |= {b.id: said.get(b.id, NOT_ASSIGNED) for b in of.answered_by}
        rows.append(Row(named(places, by, place), shown, hidden[place] & set(held), mine))
    file = json.loads(merging.exported(release.to_json(), TEXT).to_json())["release"]
    return Taken(of, by, held, file, rows)


def named(places: Places | None, by: str | None, place: Place) -> Groups:
    """The groups that a row names; a pool's code tells the group around it, too."""
    if places is None or by is None or place == NOWHERE:
        return {}
    around = {str(CAST.breakdown(by).inside): frozenset([place.inside])} if place.inside else {}
    return around | {by: frozenset([place.group] if place.group else places.pool(place).members)}


def rewritten(
    of: Questionnaire, at: Sequence[Cell], stored: Sequence[Any], places: Places | None
) -> list[Any]:
    """(what the cell tells, answers) of the responses as closing leaves them."""
    combinations = Combinations(of, at)
    seen = Counter(combinations.of(*one) for one in stored)
    kept = places.kept if places else None
    plan = coarsening.planned(seen, at, len(combinations.items), WAVE.threshold, kept)
    there = {cell.number: cell for cell in at} | {n: Cell(n, told, 0) for told, n in plan.numbers.items()}
    coarsener, left = Coarsener(of, plan, list(there.values())), []
    for cell, said in stored:
        change = coarsener.change(cell, said)
        gone = change.dropped if change else frozenset()
        kept_answers = {item: answer for item, answer in said.items() if item not in gone}
        left.append((there[change.cell if change else cell].values, kept_answers))
    return left


KINDS = {"by alliance": "alliance", "by organization": "organization", "no groups": None}


def every_wave(by: str | None, number: int) -> tuple[Outcome, Counter[str]]:
    """What the attackers find in some waves, and by what figures of the file's items are shown there."""
    outcome, shown = Outcome(), Counter[str]()
    for seed in range(number):
        wave = taken(replace(CAST, export=Export(by)), seed)
        for name, _, part in parts(wave.release):
            shown[name.split("/")[0]] += sum("tally" in part["figures"][f"item/{item}"] for item in wave.held)
        for target in targets(wave):
            outcome.add(target, single=True)
    return outcome, +shown


@pytest.mark.parametrize("by", KINDS.values(), ids=KINDS)
def test_nobodys_rows_follow_from_what_is_released(by: str | None) -> None:
    outcome, shown = every_wave(by, WAVES)
    print(
        f"{WAVES} waves: {outcome}; figures shown {dict(shown)}; below {1 - 0.05 ** (1 / WAVES):.2%} (95 %)"
    )
    assert (outcome.found, outcome.single, outcome.follow) == (0, 0, 0)
    assert shown.keys() == (around(CAST, by) if by else set())


def test_the_attacker_finds_the_rows_of_other_groups_and_crosses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the release shows more than the file names, rows follow, and figures that were withheld."""
    monkeypatch.setattr(Questionnaire, "shown_by", property(lambda of: of.breakdowns))
    one_of_each = {
        one.name.split("/")[0]: one for one in targets(taken(replace(CAST, export=Export("alliance")), 0))
    }
    assert one_of_each.keys() == {"organization", "service", "gender", *(cross.id for cross in CAST.crosses)}
    outcome = Outcome()
    for target in one_of_each.values():
        outcome.add(target)
    assert outcome.found >= 3 and outcome.follow
