"""Releases of conditional items, breakdowns from items, shares over several items and products."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from survey import counting
from survey.counts import Cell, Reason
from survey.definitions.model import Mode, Questionnaire
from survey.inviting import open_wave, sha256
from survey.population import Population, Stratum
from survey.release import Hidden, Part, Pooled, Release, from_json
from survey.releasing import released
from survey.store.waves import Wave
from tests.cast import NOW, Instance, definition_text, questionnaire

CAST = questionnaire("conditional")
TEXT = definition_text("conditional")
WAVE = Wave(
    id="w", title=CAST.title, questionnaire=CAST.id, version=1, mode=Mode.ANONYMOUS, phase="final",
    state="closing", opens=None, closes=None, timezone="Europe/Rome", threshold=5, population=Population(),
    synthetic=True, definition=TEXT, sha256=sha256(TEXT),
)  # fmt: skip
CELLS = (Cell(0, ("A1", "O1"), 40), Cell(1, ("A1", "O2"), 30), Cell(2, ("A2", "O3"), 20))
INVITED = {cell.values: cell.invited for cell in CELLS}
GENDERS = ["woman"] * 5 + ["man"] * 4
SERVICES = [["nursery"], ["camp"], ["nursery", "camp"], ["none"], ["nursery"], ["camp", "vouchers"]]


def answers(person: int) -> tuple[int, dict[str, Any]]:
    """Two thirds used the services; five people leave out an item that is put to them."""
    used = person % 3 > 0
    said = {"services": SERVICES[person % 6], "used": "yes" if used else "no", "recommend": 1 + person % 5}
    said["gender"] = GENDERS[person % 9]
    if used:
        said |= {
            "hours": person % 4,
            "time": 1 + person % 5,
            "stress": 1 + person % 4,
            "care": 1 + person % 3,
        }
    elif person % 18:
        said["obstacles"] = ["cost"]
    return person % 3 % 2 + (person > 60), said


RESPONSES = [answers(person) for person in range(90)]


def release(
    wave: Wave = WAVE, of: Questionnaire = CAST, responses: list[tuple[int, dict[str, Any]]] = RESPONSES
) -> Release:
    return released(wave, of, counting.count(of, CELLS, responses), {"reasons": 9}, INVITED, NOW)


RELEASE = release()


def tally(found: Part, figure: str) -> Mapping[str, int]:
    shown = found.figures[figure]
    assert not isinstance(shown, Reason), shown
    return shown


def group(found: Release, breakdown: str, name: str) -> Part:
    part = found.by[breakdown].groups[name]
    assert isinstance(part, Part), part
    return part


def test_a_conditional_item_tells_how_many_were_not_asked() -> None:
    assert tally(RELEASE.whole, "item/hours")[":not_asked"] == 30
    assert tally(RELEASE.whole, "item/hours")[""] == 0
    obstacles = tally(RELEASE.whole, "item/obstacles")
    assert obstacles[":not_asked"] == 60 + 15  # those who used services, and those who know of none
    assert (obstacles["cost"], obstacles[":answered"], obstacles[""]) == (10, 10, 5)
    assert ":not_asked" not in tally(RELEASE.whole, "item/recommend")


def test_products_are_of_the_whole_wave_only() -> None:
    name = "alpha/impact/balance"
    products = tally(RELEASE.whole, name)
    complete = [said for _, said in RESPONSES if said["used"] == "yes" and said["services"][0] != "none"]
    complete = [
        said
        for said in complete
        if {"nursery", "camp"} & set(said["services"]) or float(said["hours"]) >= 2.5
    ]
    assert products["n"] == len(complete)
    assert products["1"] == sum(6 - said["stress"] for said in complete)
    assert products["0*2"] == sum(said["time"] * said["care"] for said in complete)
    assert list(products) == ["n", "0", "1", "2", "0*0", "0*1", "0*2", "1*1", "1*2", "2*2"]
    parts = [part for one in RELEASE.by.values() for part in one.groups.values() if isinstance(part, Part)]
    assert len(parts) > 3
    assert {part.figures[name] for part in parts} == {Reason.WHOLE_ONLY}


def test_products_of_too_few_are_withheld() -> None:
    def only(n: int, responses: list[tuple[int, dict[str, Any]]]) -> list[tuple[int, dict[str, Any]]]:
        """The first n who answered all items of the dimension; the others answered two of the three."""
        found, full = [], 0
        for cell, said in responses:
            full += "care" in said
            found.append((cell, said if full <= n else {k: v for k, v in said.items() if k != "care"}))
        return found

    name = "alpha/impact/balance"
    few = release(responses=only(4, RESPONSES))
    assert few.whole.figures[name] is Reason.TOO_FEW_ANSWERS
    assert release(responses=only(0, RESPONSES)).whole.figures[name] is not None
    nobody = release(responses=[(cell, {"used": "no", "services": ["camp"]}) for cell, _ in RESPONSES])
    assert nobody.whole.figures[name] is Reason.NO_ANSWERS
    named = release(replace(WAVE, mode=Mode.NAMED), responses=only(4, RESPONSES))
    assert tally(named.whole, name)["n"] <= 4


@pytest.mark.parametrize(("without", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_products_are_not_told_where_few_answered_only_some_of_the_items(without: int, shown: bool) -> None:
    """An item's tally less the sums of those who answered all items would be the answers of these few."""
    left, responses = without, []
    for cell, said in RESPONSES:
        some = left and "care" in said
        responses.append((cell, {k: v for k, v in said.items() if k != "care"} if some else said))
        left -= bool(some)
    name = "alpha/impact/balance"
    figure = release(responses=responses).whole.figures[name]
    assert isinstance(figure, Mapping) == shown and (shown or figure is Reason.PROTECTS_ANOTHER)
    named = release(replace(WAVE, mode=Mode.NAMED), responses=responses)
    assert isinstance(named.whole.figures[name], Mapping)


def test_a_withheld_dimension_has_no_products() -> None:
    few = [(cell, said) for cell, said in RESPONSES if said["used"] == "no"] + RESPONSES[1:3]
    found = release(responses=few).whole
    assert found.figures["dimension/impact/balance"] is Reason.TOO_FEW_ANSWERS
    assert found.figures["alpha/impact/balance"] is Reason.TOO_FEW_ANSWERS


def test_groups_that_answers_tell_are_in_the_order_of_the_options() -> None:
    assert list(RELEASE.by) == ["alliance", "organization", "gender", "services"]
    genders = RELEASE.by["gender"].groups
    assert list(genders) == ["woman", "man", "other"]
    assert genders["other"] == Hidden(Reason.NO_ANSWERS)
    assert list(RELEASE.by["services"].groups) == ["nursery", "camp", "vouchers", "counselling", "none"]
    woman = group(RELEASE, "gender", "woman")
    assert (woman.invited, woman.population, woman.responses) == (None, None, 50)
    assert RELEASE.whole.invited == 90
    assert group(RELEASE, "alliance", "A1").invited == 70


def test_each_option_of_several_is_a_group_of_its_own() -> None:
    divided = RELEASE.by["services"]
    ticked = {
        option: sum(option in said["services"] for _, said in RESPONSES)
        for option in ("nursery", "camp", "vouchers", "none")
    }
    shown = {name: part for name, part in divided.groups.items() if isinstance(part, Part)}
    assert {name: part.responses for name, part in shown.items()} == ticked
    assert sum(ticked.values()) > len(RESPONSES)
    assert divided.others == ()
    assert divided.groups["counselling"] == Hidden(Reason.NO_ANSWERS)


def test_few_of_an_answer_are_shown_together_with_others() -> None:
    responses = [
        (cell, {**said, "gender": "other"} if n < 3 else said) for n, (cell, said) in enumerate(RESPONSES)
    ]
    divided = release(responses=responses).by["gender"]
    assert divided.groups["other"] == Pooled()
    (pool,) = divided.others
    assert "other" in pool.members and pool.part.invited is None
    assert pool.part.responses >= 5


def test_people_behind_an_answer_are_known_only_where_they_are_stated() -> None:
    strata = (Stratum({"gender": "woman"}, 300), Stratum({"gender": "man"}, 200))
    found = release(replace(WAVE, population=Population("strata", None, strata)))
    assert group(found, "gender", "woman").population == 300
    assert group(found, "gender", "man").population == 200
    assert found.whole.population == 500
    assert group(found, "services", "camp").population is None
    total = release(replace(WAVE, population=Population("total", 900)))
    assert group(total, "gender", "woman").population is None


def test_a_named_wave_shows_every_answer_as_a_group() -> None:
    named = release(replace(WAVE, mode=Mode.NAMED), responses=RESPONSES[:2])
    assert group(named, "gender", "woman").responses == 2
    assert named.by["gender"].groups["man"] == Hidden(Reason.NO_ANSWERS)
    assert group(named, "services", "camp").responses == 1


def test_a_share_over_several_items() -> None:
    shares = [said for _, said in RESPONSES if "time" in said]
    yes = sum(said["time"] >= 4 and said["recommend"] >= 4 for said in shares)
    assert tally(RELEASE.whole, "share/better") == {"yes": yes, "no": len(shares) - yes, "": 30}


def test_the_stored_form_keeps_all_of_it() -> None:
    assert from_json(RELEASE.to_json()) == RELEASE


@pytest.mark.parametrize("mode", ["anonymous", "named"])
def test_from_the_answers_to_the_release(instance: Instance, mode: str) -> None:
    instance.wave("w", "conditional", opened=False)
    with instance.store.write() as db:
        db.execute("UPDATE wave SET mode = ?", [mode])
    lines = ["alliance,organization,services,used,hours,recommend,gender"]
    lines += [f"A1,O{n},nursery,{'yes,2.5' if n % 2 else 'no,'},3,woman" for n in range(12)]
    open_wave(instance.store, instance.mark_keys, "w", NOW)
    instance.import_answers("w", "\n".join(lines).encode())
    found = instance.close("w")
    assert tally(found.whole, "item/hours") == {"2.5": 6, "DK": 0, "": 0, ":not_asked": 6}
    assert (found.whole.invited, found.whole.responses) == (12, 12)
