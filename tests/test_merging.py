"""Releases added up: equal to the release of all answers together, and nothing hidden is reopened."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from survey import demonstration, merging
from survey.cli import main
from survey.counts import Reason
from survey.indicators.results import results, to_json
from survey.merging import BadRelease, CannotMerge, Exported, exported, merged, read
from survey.release import Hidden, Part, Pooled, Release
from survey.store import releases, waves
from tests import shapes
from tests.cast import Instance, make_instance

Row = dict[str, str]


def as_csv(rows: list[Row]) -> bytes:
    table = io.StringIO()
    writer = csv.DictWriter(table, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return table.getvalue().encode()


def closed(instance: Instance, wave: str, rows: list[Row], definition: str = "beneficiaries") -> Exported:
    instance.wave(wave, definition)
    instance.import_answers(wave, as_csv(rows))
    instance.close(wave)
    with instance.store.read() as db:
        return exported(releases.body(db, wave), waves.get(db, wave).definition)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """One instance for all tests that only read what is closed in it."""
    made = make_instance(tmp_path_factory.mktemp("merging") / "instance")
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def split(shared: Instance) -> tuple[Exported, Exported, Exported]:
    """The demonstration in two halves of people at random, and as a whole."""
    rows = demonstration.beneficiaries()
    Random(7).shuffle(rows)
    first, second = rows[:1700], rows[1700:]
    return closed(shared, "a", first), closed(shared, "b", second), closed(shared, "ab", rows)


def test_the_whole_equals_the_release_of_all_answers(split: tuple[Exported, Exported, Exported]) -> None:
    a, b, together = split
    both = merged([a, b]).release
    assert both.whole == together.release.whole
    assert both.whole.responses == 1280 and both.whole.figures["item/utility"]["4"] == 430  # type: ignore[index]
    assert both.merged == ("a", "b") and both.wave == "a+b"


def present(part: Part) -> dict[str, dict[str, int]]:
    """The figures of a part that are shown, without the categories that nobody gave."""
    return {
        figure: {category: n for category, n in tally.items() if n}
        for figure, tally in part.figures.items()
        if not isinstance(tally, Reason)
    }


def test_groups_that_every_release_shows_equal_those_of_all_answers(instance: Instance) -> None:
    """Told by the alliance alone, so that nobody's group is dropped in the smaller waves."""
    rows = [{**row, "organization": "", "service": ""} for row in demonstration.beneficiaries()]
    a, b = (closed(instance, name, rows[n::2]) for n, name in enumerate("ab"))
    both, together = merged([a, b]).release, closed(instance, "ab", rows).release
    compared = 0
    for name, single in together.by["alliance"].groups.items():
        part = both.by["alliance"].groups[name]
        assert isinstance(part, Part) and isinstance(single, Part)
        ours, theirs = present(part), present(single)
        assert (part.invited, part.responses, part.complete) == (
            single.invited,
            single.responses,
            single.complete,
        )
        for figure in ours.keys() & theirs.keys() - {"pair/employment"}:
            assert ours[figure] == theirs[figure]
            compared += 1
    assert compared > 150


def parts_of(release: Release, breakdown: str, group: str) -> Part | Pooled | Hidden | None:
    return release.by[breakdown].groups.get(group)


SECRET = {"too_few_answers", "protects_another_group", "hidden_in_one_of_the_releases"}


def test_no_value_that_one_release_keeps_to_itself_is_in_the_results(shared: Instance) -> None:
    """Two waves in which a status before has few people, and together enough."""
    rows = [{**row, "organization": "", "service": ""} for row in demonstration.beneficiaries()]
    halves = [closed(shared, f"half-{n}", rows[n::2]) for n in range(2)]
    shown = [to_json(results(one.release, one.questionnaire)) for one in (*halves, merged(halves))]
    few = 0
    for group in shown[0]["by"]["alliance"]["groups"]:
        *parts, both = (one["by"]["alliance"]["groups"][group]["indicators"] for one in shown)
        if any(part["employment"].get("transitions_reason") for part in parts):
            told = ("transitions", "movers", "net_interval", "mcnemar")
            assert [both["employment"][name] for name in told] == [None] * 4
            few += 1
        for name, figure in both.items():
            if any(part[name].get("reason") in SECRET for part in parts):
                assert figure.get("n") is None and figure["reason"] in SECRET
    assert few > 3


def test_nothing_that_one_release_hides_is_shown(split: tuple[Exported, Exported, Exported]) -> None:
    a, b, _ = split
    both = merged([a, b]).release
    reopened, withheld = [], 0
    for breakdown, divided in both.by.items():
        for group, part in divided.groups.items():
            known = [k for one in (a, b) if (k := parts_of(one.release, breakdown, group)) is not None]
            if not all(isinstance(one, Part) for one in known):
                reopened += [group] if isinstance(part, Part) else []
                withheld += 1
            elif isinstance(part, Part):
                for figure, tally in part.figures.items():
                    hidden = any(isinstance(one.figures[figure], Reason) for one in known)  # type: ignore[union-attr]
                    reopened += [f"{group} {figure}"] if hidden and not isinstance(tally, Reason) else []
                    withheld += hidden
    assert reopened == [] and withheld > 50


def test_the_pools_of_each_release_stay_apart(split: tuple[Exported, Exported, Exported]) -> None:
    a, b, _ = split
    both = merged([a, b]).release
    for breakdown, divided in both.by.items():
        own = [(one.release.wave, pool) for one in (a, b) for pool in one.release.by[breakdown].others]
        assert [(pool.of, replace(pool, of=None)) for pool in divided.others] == own


def test_adding_up_in_any_order_and_grouping_gives_the_same(instance: Instance) -> None:
    rows = demonstration.beneficiaries()[:900]
    thirds = [closed(instance, f"w{n}", rows[n::3]) for n in range(3)]
    at_once = merged(thirds).release
    in_steps = merged([merged(thirds[:2]), thirds[2]]).release
    assert in_steps.whole == at_once.whole == merged(thirds[::-1]).release.whole
    assert in_steps.by == at_once.by and in_steps.merged == at_once.merged


def test_a_file_is_read_as_it_was_written(split: tuple[Exported, Exported, Exported]) -> None:
    a, b, _ = split
    for one in (a, merged([a, b])):
        assert read(one.to_json().encode(), "f.json") == one


def test_in_the_file_of_an_anonymous_wave_numbers_have_no_values(instance: Instance) -> None:
    rows = [{"hours": str(hours)} for hours in (0.5, 2, 2, 7.5, 40.5, 3)] + [
        {"hours": "DK"},
        {"utility": "3"},
    ]
    found = closed(instance, "w", [{"hours": "", "utility": "", **row} for row in rows], "all_kinds")
    tally = found.release.whole.figures["item/hours"]
    assert tally == {":n": 6, ":sum": 555, ":squares": 25 + 400 + 400 + 5625 + 164025 + 900, "DK": 1, "": 1}
    assert "40.5" not in found.to_json().replace(found.definition, "").partition('"definition"')[0]


def test_in_a_named_wave_numbers_keep_their_values(instance: Instance) -> None:
    found = closed(instance, "w", demonstration.organizations(), "organizations")
    tally = found.release.whole.figures["item/employees"]
    assert not isinstance(tally, Reason) and tally["226"] == 1


REFUSED = {
    "one": (lambda a, b: [a], "give two or more"),
    "twice": (lambda a, b: [a, a], "the wave a is there more than once"),
    "within": (lambda a, b: [merged([a, b]), b], "the wave b is there more than once"),
    "phase": (lambda a, b: [a, replace(b, release=replace(b.release, phase="baseline"))], "one phase"),
    "definition": (
        lambda a, b: [a, replace(b, definition=b.definition.replace('"version": 3', '"version": 4'))],
        "different definitions",
    ),
}


def test_how_a_definition_is_written_does_not_matter(split: tuple[Exported, Exported, Exported]) -> None:
    a, b, _ = split
    compact = json.dumps(json.loads(b.definition))
    digest = sha256(compact.encode()).hexdigest()
    other = Exported(replace(b.release, definition_sha256=digest), compact)
    assert merged([a, read(other.to_json().encode(), "b.json")]).release.whole == merged([a, b]).release.whole


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_belong_together_is_refused(
    split: tuple[Exported, Exported, Exported], case: str
) -> None:
    make, said = REFUSED[case]
    with pytest.raises(CannotMerge, match=said):
        merged(make(*split[:2]))


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"{}", b'{"release": 3, "definition": ""}'])
def test_a_file_that_is_no_release_is_refused(content: bytes) -> None:
    with pytest.raises(BadRelease, match=r"f\.json holds no release"):
        read(content, "f.json")


def test_a_file_whose_definition_was_changed_is_refused(split: tuple[Exported, Exported, Exported]) -> None:
    data = json.loads(split[0].to_json())
    data["definition"] = data["definition"].replace("utility", "usefulness")
    with pytest.raises(BadRelease, match="not the one that the wave froze"):
        read(json.dumps(data).encode(), "f.json")


def test_a_huge_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "LARGEST", 10)
    with pytest.raises(BadRelease, match="larger than any release"):
        read(b" " * 11, "f.json")


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, list(arguments))
    return done.exit_code, done.stdout, done.stderr


def test_the_whole_way_by_command(
    instance: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SURVEY_INSTANCE", str(instance.settings.instance))
    rows = demonstration.beneficiaries()[:1200]
    for name, half in (("a", rows[::2]), ("b", rows[1::2]), ("ab", rows)):
        closed(instance, name, half)
        code, printed, _ = run("results", name, "--release")
        assert code == 0
        (tmp_path / f"{name}.json").write_text(printed, encoding="utf-8")
    a, b, m = (str(tmp_path / f"{name}.json") for name in ("a", "b", "m"))
    code, _, said = run("merge", a, b, "--out", m)
    assert (code, "m.json is written: 2 waves" in said) == (0, True)
    code, printed, _ = run("results", m, "--json")
    both, together = json.loads(printed), json.loads(run("results", "ab", "--json")[1])
    assert both["merged"] == ["a", "b"] and both["items"] == together["items"]
    assert both["indicators"]["employment"] == together["indicators"]["employment"]
    first, *sentences = run("results", m)[1].splitlines()
    assert first == "Added up from several waves: a, b." and sentences == run("results", "ab")[1].splitlines()
    assert run("chart", m, "utility", "--out", str(tmp_path / "utility.svg"))[0] == 0
    assert run("merge", a, str(tmp_path / "none.json"))[0] == 1
    assert run("merge", a, b, "--out", str(tmp_path / "m.txt"))[0] == 1
    assert run("merge")[0] == 2
    assert run("results", "a", "--release", "--json")[0] == 2


def test_numbers_of_an_anonymous_wave_keep_mean_and_bands_and_lose_the_median(
    instance: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SURVEY_INSTANCE", str(instance.settings.instance))
    rows = shapes.routing(1200).to_dict("records")
    for name, some in (("a", rows[::2]), ("b", rows[1::2]), ("ab", rows)):
        closed(instance, name, some, "shapes_routing")
    for name in "ab":
        (tmp_path / f"{name}.json").write_text(run("results", name, "--release")[1], encoding="utf-8")
    m = str(tmp_path / "m.json")
    assert run("merge", str(tmp_path / "a.json"), str(tmp_path / "b.json"), "--out", m)[0] == 0
    both, together = (
        json.loads(run("results", asked, "--json")[1])["indicators"]["hours_saved"] for asked in (m, "ab")
    )
    assert (both.pop("median"), both.pop("median_reason")) == (None, "not_in_a_merged_release")
    assert together.pop("median") is not None
    assert both == together
