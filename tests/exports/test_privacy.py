"""What a file of answers may tell: counting it gives the release's figures, subtracting it gives nobody."""

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from survey import cells, coarsening, counting, exporting
from survey.answering import decoded
from survey.coarsening import Coarsener, Combinations
from survey.counts import Cell, Reason, item_figure
from survey.definitions.model import Mode
from survey.exporting import NotOffered, TooFewToTake
from survey.exports.answers.coding import Coder
from survey.exports.answers.holding import hidden_by_place, items_held, withheld
from survey.exports.answers.plain import write_csv
from survey.exports.variables import variables
from survey.inviting import sha256
from survey.language import language
from survey.placing import NOWHERE, Place, Places
from survey.population import Population
from survey.release import Part, Release
from survey.releasing import released
from survey.store.waves import Wave
from survey.submission import from_row, to_json
from tests.cast import NOW, Instance, definition_text, questionnaire
from tests.exports.conftest import FIGURES_ONLY, PEOPLE, answer_of

EN = language("en")
CAST, TEXT = questionnaire("exported"), definition_text("exported")
WAVE = Wave(
    id="w", title=CAST.title, questionnaire=CAST.id, version=1, mode=Mode.ANONYMOUS, phase="final",
    state="closing", opens=None, closes=None, timezone="Europe/Rome", threshold=5, population=Population(),
    synthetic=True, definition=TEXT, sha256=sha256(TEXT),
)  # fmt: skip
HELD = ("utility", "advice", "zone", "why", "used", "hours", "age_band", "before", "today")
UNALTERED = tuple(item for item in HELD if item != "age_band")
Stored = list[tuple[int, dict[str, Any]]]


def drawn_wave(seed: int) -> tuple[list[Cell], Stored]:
    """A small wave: groups of unequal size, some of which hardly answer."""
    draw = Random(seed)
    people = [
        (alliance, f"{alliance}{number}")
        for alliance in "AB"
        for number in range(draw.randint(2, 4))
        for _ in range(draw.choice([5, 6, 9, 14, 25]))
    ]
    told = cells.coarsened(Counter(people), WAVE.threshold)
    numbers = {cell: number for number, cell in enumerate(sorted(set(told.values())))}
    invited = Counter(told[person] for person in people)
    of = [Cell(number, cell, invited[cell]) for cell, number in numbers.items()]
    keen = {cell: draw.choice([0.2, 0.5, 0.9]) for cell in numbers}
    return of, [
        (numbers[told[person]], stored_form(answer_of(draw)))
        for person in people
        if draw.random() < keen[told[person]]
    ]


def stored_form(row: dict[str, str]) -> dict[str, Any]:
    answers: dict[str, Any] = decoded(to_json(from_row(CAST, row)))
    return answers


def rewritten(of: list[Cell], stored: Stored, places: Places) -> tuple[list[Cell], Stored]:
    """The responses as closing leaves them."""
    combinations = Combinations(CAST, of)
    people = Counter(combinations.of(*one) for one in stored)
    plan = coarsening.planned(people, of, len(combinations.items), WAVE.threshold, places.kept)
    there = {cell.number: cell for cell in of} | {n: Cell(n, told, 0) for told, n in plan.numbers.items()}
    coarsener = Coarsener(CAST, plan, list(there.values()))
    found = []
    for cell, answers in stored:
        change = coarsener.change(cell, answers)
        gone = change.dropped if change else frozenset()
        found.append((change.cell if change else cell, {k: v for k, v in answers.items() if k not in gone}))
    return list(there.values()), found


def tallied(rows: list[dict[str, Any]], item: str) -> Counter[str]:
    """Code -> n in the rows of a file, as a release would name it; `used` as ticks."""
    if item != "used":
        names = {"-9": "", "-8": "DK", "-7": ":not_asked", "-99": "", "-98": "DK"}
        return Counter(names.get(str(row[item]), str(row[item])) for row in rows)
    found: Counter[str] = Counter({"": 0})
    columns = {"nursery": "used__nursery", "Camp+1": next(n for n in rows[0] if n.startswith("used__camp"))}
    for row in rows:
        ticked = [option for option, name in columns.items() if str(row[name]) == "1"]
        found.update(ticked)
        found[":answered" if ticked else ""] += 1
    return found


def assert_as_released(rows: list[dict[str, Any]], part: Part, hidden: frozenset[str]) -> None:
    """Each item of the rows counts up to the figure of the part, or is not shown at all."""
    assert len(rows) == part.responses
    for item in UNALTERED:
        figure = part.figures[item_figure(item)]
        columns = [name for name in rows[0] if name == item or name.startswith(f"{item}__")]
        if item in hidden:
            assert {str(row[name]) for row in rows for name in columns} <= {"-6", "-96"}
            continue
        assert not isinstance(figure, Reason) or figure is Reason.NO_ANSWERS
        if not isinstance(figure, Reason):
            assert +tallied(rows, item) == +Counter(figure), item


@pytest.mark.parametrize("seed", range(25))
def test_counting_the_file_of_any_wave_gives_what_is_released_and_no_more(seed: int) -> None:
    of, stored = drawn_wave(seed)
    invited = {cell.values: cell.invited for cell in of}
    release = released(WAVE, CAST, counting.count(CAST, of, stored), {}, invited, NOW)
    places = Places(CAST, "organization", release.by["organization"])
    there, left = rewritten(of, stored, places)
    place_of = {cell.number: places.of(cell.values) for cell in there}
    hidden = {place: items & set(HELD) for place, items in hidden_by_place(CAST, release, places).items()}
    made = variables(CAST, EN, (), HELD, HELD)
    coder, names = Coder(CAST, HELD, made), [variable.name for variable in made]
    rows: dict[Place, list[dict[str, Any]]] = {}
    for cell, answers in left:
        place = place_of[cell]
        row = dict(zip(names, coder.row(answers, hidden[place]), strict=True))
        rows.setdefault(place, []).append(row)
    for place, part in places.all.items():
        assert_as_released(rows.get(place, []), part, hidden[place])
    for item in UNALTERED:  # what stands in no part is no more than the whole less the parts
        if any(item in hidden[place] for place in places.all):
            assert item in hidden[NOWHERE]
    told = Counter((place_of[cell], answers.get("age_band")) for cell, answers in left)
    assert len(left) < WAVE.threshold or all(n >= WAVE.threshold for n in told.values())


def test_what_a_file_holds_is_decided_by_the_definition() -> None:
    """No text, no item that divides, no demographic one without export, nothing asked because of these."""
    assert items_held(CAST) == HELD
    named = replace(CAST, mode=Mode.NAMED)
    assert items_held(named) == tuple(item.id for item in CAST.items)


def test_what_is_withheld_takes_what_follows_with_it() -> None:
    of, stored = drawn_wave(3)
    release = released(WAVE, CAST, counting.count(CAST, of, stored), {}, {}, NOW)
    figures = {**release.whole.figures, item_figure("zone"): Reason.PROTECTS_ANOTHER}
    assert {"zone", "why"} <= withheld(CAST, replace(release.whole, figures=figures))


def test_rows_without_groups_show_nothing_that_is_withheld_in_any() -> None:
    """Where coarsening could not keep the groups, the rows of each could still be found by its figures."""
    of, stored = drawn_wave(0)
    invited = {cell.values: cell.invited for cell in of}
    release = released(WAVE, CAST, counting.count(CAST, of, stored), {}, invited, NOW)
    by_place = hidden_by_place(CAST, release, Places(CAST, "organization", release.by["organization"]))
    anywhere = frozenset().union(*by_place.values())
    assert len(by_place) > 2
    assert anywhere > min(by_place.values(), key=len)
    assert hidden_by_place(CAST, release, None) == {NOWHERE: anywhere}


def test_no_file_beside_a_release_that_shows_more_than_the_file_names() -> None:
    """As earlier versions of the program released them."""
    of, stored = drawn_wave(3)
    counts = counting.count(CAST, of, stored)
    exporting.judge(WAVE, released(WAVE, CAST, counts, {}, {}, NOW), CAST)
    more = released(WAVE, replace(CAST, export=None), counts, {}, {}, NOW)
    with pytest.raises(NotOffered, match="earlier version of the program, which shows figures by gender"):
        exporting.judge(WAVE, more, CAST)


def read(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_file_of_a_stored_wave_counts_up_to_its_release(office: Instance, tmp_path: Path) -> None:
    table = exporting.table(office.store, PEOPLE, EN)
    write_csv(table, tmp_path / "a.csv", EN)
    rows = read(tmp_path / "a.csv")
    release: Release = table.of.release
    assert list(rows[0]) == [variable.name for variable in table.variables]
    assert next(iter(rows[0])) == "organization" and "comment" not in rows[0] and "gender" not in rows[0]
    assert len(rows) == table.number == release.whole.responses
    places = Places(CAST, "organization", release.by["organization"])
    labels = {label: code for code, label in ((c.code, c.label) for c in table.variables[0].values)}
    assert {row["organization"] for row in rows} <= set(labels.values())
    for place, part in places.all.items():
        if place.group:
            mine = [row for row in rows if row["organization"] == place.group]
            assert_as_released(mine, part, frozenset(table.of.held.hidden.get(place.group, ())))
    assert table.of.held.left_out == ("gender", "leave", "comment")


def test_the_same_rows_in_the_same_order_whenever_they_are_taken(office: Instance, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_csv(exporting.table(office.store, PEOPLE, EN), tmp_path / name, EN)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    slots = [str(row["advice"]) for row in read(tmp_path / "one")]
    assert slots != sorted(slots)


def test_nobody_takes_answers_of_people_who_were_told_otherwise(office: Instance) -> None:
    with pytest.raises(NotOffered, match="people were told"):
        exporting.table(office.store, FIGURES_ONLY, EN)
    assert exporting.description(office.store, FIGURES_ONLY, EN).variables  # its codebook is for everybody
    few = replace(WAVE, threshold=1_000)
    with pytest.raises(TooFewToTake):
        exporting.judge(few, exporting.table(office.store, PEOPLE, EN).of.release, CAST)
