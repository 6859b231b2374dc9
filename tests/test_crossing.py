"""Crosses from the definition to the release, its JSON, merged files and the command."""

import json
from dataclasses import replace

from click.testing import CliRunner

from survey import counting, merging
from survey.cli import main
from survey.counts import Cell, Reason
from survey.definitions.model import Mode
from survey.disclosure import PartKey, show_all, solve
from survey.indicators.results import results, to_json
from survey.release import Crossed, Hidden, Part, from_json
from survey.store import releases, waves
from tests.cast import Instance, questionnaire
from tests.crossed import WAVE
from tests.disclosure_waves import ALLIANCE, GENDER, SERVICE, answered, mixed

CAST = questionnaire("crossed")
INVITED, TOLD = (cross.id for cross in CAST.crosses)
FEW, OTHERS = Hidden(Reason.TOO_FEW_ANSWERS), Reason.PROTECTS_ANOTHER


def exported(instance: Instance) -> merging.Exported:
    with instance.store.read() as db:
        return merging.exported(releases.body(db, WAVE), waves.get(db, WAVE).definition)


def shape(cross: Crossed) -> list[list[object]]:
    """By cell its responses and, where the item is withheld, why; or why the cell is hidden."""
    return [[said(cell) for cell in row] for row in cross.cells]


def said(cell: Part | Hidden) -> object:
    if isinstance(cell, Hidden):
        return cell
    figure = cell.figures["item/utility"]
    return (cell.responses, figure) if isinstance(figure, Reason) else cell.responses


def test_small_cells_are_hidden_with_others_that_protect_them(with_crosses: Instance) -> None:
    release = exported(with_crosses).release
    cross = release.crosses[INVITED]
    assert (cross.rows, cross.columns) == ((("A1",), ("A2",), ("A3",)), (("S1",), ("S2",), ("S3",)))
    assert shape(cross) == [[40, 30, 25], [35, (28, OTHERS), FEW], [30, FEW, (24, OTHERS)]]
    assert all(
        isinstance(part, Part) for by in ("alliance", "service") for part in release.by[by].groups.values()
    )
    cell = cross.cells[0][2]
    assert isinstance(cell, Part) and (cell.invited, cell.population) == (31, 31)


def test_where_answers_make_a_side_small_groups_stand_together(with_crosses: Instance) -> None:
    cross = exported(with_crosses).release.crosses[TOLD]
    assert cross.columns == (("f",), ("m", "x"))
    assert shape(cross) == [[48, 47], [36, 34], [31, 31]]
    cell = cross.cells[0][0]
    assert isinstance(cell, Part) and cell.invited is None
    assert cell.figures["item/gender"] is Reason.WHOLE_ONLY


def test_a_cross_costs_its_breakdowns_nothing() -> None:
    places = [("A1", "S1"), ("A1", "S2"), ("A2", "S1"), ("A2", "S2")]
    people = [
        (place, {"item/q": a}) for place, n in zip(places, (30, 12, 11, 9), strict=True) for a in mixed(n)
    ]
    counts, breakdowns = answered(people), (ALLIANCE, SERVICE)
    cross = replace(CAST.crosses[0])
    plain, crossed = solve(counts, breakdowns, 5), solve(counts, breakdowns, 5, (cross,))
    assert {part: crossed.withheld[part] for part in plain.parts} == plain.withheld
    grid = crossed.crosses[cross.id]
    assert grid.cells[1, 1] is Reason.TOO_FEW_ANSWERS
    shown = [key for key in grid.cells.values() if isinstance(key, PartKey) and not crossed.withheld[key]]
    assert not shown  # two rows and columns: all four follow from one another
    everything = show_all(counts, breakdowns, (cross,)).crosses[cross.id]
    assert all(isinstance(cell, PartKey) for cell in everything.cells.values())


def test_nothing_is_shown_where_groups_of_answers_cannot_be_large_enough() -> None:
    people = [(("A1", g), {"item/q": a, "item/gender": g}) for g in "fm" for a in mixed(20)]
    people += [(("A2", g), {"item/q": a, "item/gender": g}) for g in "fm" for a in mixed(6)]
    crossed = solve(answered(people), (ALLIANCE, GENDER), 5, CAST.crosses[1:])
    assert crossed.crosses[TOLD].cells == {}
    assert not [key for key in crossed.parts if key.breakdown == TOLD]


def test_the_stored_form_and_earlier_ones(with_crosses: Instance) -> None:
    release = exported(with_crosses).release
    body = release.to_json()
    assert from_json(body).to_json() == body
    assert from_json(body).crosses[INVITED] == release.crosses[INVITED]
    earlier = {key: value for key, value in json.loads(body).items() if key != "crosses"}
    assert from_json(json.dumps(earlier | {"format": 2})).crosses == {}


def test_a_merged_cross_shows_what_both_show(with_crosses: Instance) -> None:
    one = exported(with_crosses)
    other = replace(one, release=replace(one.release, wave="later"))
    assert shape(merging.merged([one, other]).release.crosses[INVITED])[0] == [80, 60, 50]
    cross = one.release.crosses[INVITED]
    fewer = replace(cross, rows=(("A1",), ("A2", "A3")), cells=cross.cells[:2])
    apart = replace(other, release=replace(other.release, crosses=one.release.crosses | {INVITED: fewer}))
    merged = merging.merged([one, apart]).release.crosses[INVITED]
    hidden = Hidden(Reason.HIDDEN_IN_A_PART)
    assert shape(merged) == [[80, 60, 50], *[[hidden] * 3] * 3]
    assert merged.rows[-1] == ("A2", "A3")


def test_in_a_named_wave_every_cell_is_shown() -> None:
    cells = (Cell(0, ("A1", "S1"), 3), Cell(1, ("A2", "S2"), 2))
    counts = counting.count(
        CAST, cells, [(0, {"utility": 4, "gender": "f"}), (1, {"utility": 2, "gender": "m"})]
    )
    grid = show_all(counts, CAST.breakdowns, CAST.crosses).crosses[INVITED]
    shown = {place for place, cell in grid.cells.items() if isinstance(cell, PartKey)}
    assert shown == {(0, 0), (1, 1)}


def test_the_public_form_and_the_command(with_crosses: Instance, monkeypatch, tmp_path) -> None:
    one = exported(with_crosses)
    data = to_json(results(one.release, one.questionnaire, one.identifier)) | {"by_open_links": None}
    cells = data["crosses"][INVITED]["cells"]
    assert (data["mode"], cells[0][0]["items"]["utility"]["n"]) == (Mode.ANONYMOUS, 40)
    assert cells[1][1]["items"]["utility"]["counts"] is None
    assert cells[1][2] == {"hidden": "too_few_answers"}
    monkeypatch.setenv("SURVEY_INSTANCE", str(with_crosses.settings.instance))
    run = CliRunner().invoke(main, ["results", WAVE, "--by", INVITED, "--json"])
    assert json.loads(run.stdout) == data | {"by": {}, "crosses": {INVITED: data["crosses"][INVITED]}}
    text = CliRunner().invoke(main, ["results", WAVE, "--by", TOLD]).stdout
    assert "A3 – Male and Other" in text and "fewer than 10" not in text
    hidden = CliRunner().invoke(main, ["results", WAVE, "--by", INVITED]).stdout
    assert "A2 – S3\n  fewer than 10 answers" in hidden
    unknown = CliRunner().invoke(main, ["results", WAVE, "--by", "service,alliance"])
    assert unknown.exit_code == 1
    out = tmp_path / "cross.svg"
    drawn = ["chart", WAVE, "usefulness", "--lang", "en", "--out", str(out), "--by"]
    assert CliRunner().invoke(main, [*drawn, "service,alliance"]).exit_code == 1
    assert CliRunner().invoke(main, [*drawn, INVITED]).exit_code == 0
    assert "by alliance and service" in out.read_text()
    rates = CliRunner().invoke(main, ["wave", "rates", WAVE, "--by", INVITED])
    assert rates.exit_code == 1 and "no breakdown" in rates.output


def test_what_a_breakdown_tells_anyway_costs_the_cross_nothing() -> None:
    """Seven people of A3 are all in S1: their alliance is shown, so that a cell of seven is no secret."""
    sizes = {("A1", "S1"): 30, ("A1", "S2"): 30, ("A2", "S1"): 30, ("A2", "S2"): 30, ("A3", "S1"): 7}
    people = [(place, {"item/q": a}) for place, n in sizes.items() for a in mixed(n)]
    solution = solve(answered(people), (ALLIANCE, SERVICE), 5, CAST.crosses[:1])
    grid = solution.crosses[INVITED]
    assert grid.cells[2, 0] is Reason.TOO_FEW_ANSWERS
    assert not solution.withheld[PartKey("alliance", (), "A3")]
    # One more cell of S1 is null with that of A3, and one beside it; the fourth is shown.
    shown = [key for key in grid.cells.values() if isinstance(key, PartKey) and not solution.withheld[key]]
    assert shown
