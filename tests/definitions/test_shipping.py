"""Definitions that ship, and definitions by id or by path."""

import json
from pathlib import Path

import pytest

from survey.definitions import UnknownDefinition, UnreadableDefinition, check, find, load, shipped
from survey.definitions.locating import LONGEST
from survey.definitions.model import Kind
from tests.definitions.folders import QUESTIONNAIRES


def test_what_ships() -> None:
    assert set(shipped()) == {"beneficiaries", "organizations", "pulse", "training"}
    assert all(not name.endswith("schema") for name in shipped())


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_definition_is_valid_and_bears_the_name_of_its_file(name: str) -> None:
    file, content = find(name)
    assert check(content, file) == ()
    assert (load(content, file).id, file) == (name, f"{name}.json")
    assert json.loads(content)["$schema"] == "questionnaire.schema.json"


@pytest.mark.parametrize("name", shipped())
def test_what_ships_keeps_to_what_the_guide_advises(name: str) -> None:
    made = load(find(name)[1], name)
    assert made.languages == ("it", "en")
    assert made.minutes <= 4
    assert not any(item.required for item in made.items)
    assert sum(item.demographic for item in made.items) <= 2
    assert sum(item.kind is Kind.TEXT for item in made.items) <= 1
    assert all(len(dimension.items) <= 3 for _, dimension in made.dimensions())
    for scale in (item.scale for item in made.items if item.scale):
        assert len(scale.top2) == len(scale.bottom2)
        assert scale.not_applicable
    alone = [option for item in made.items for option in item.options if option.value in ("none", "nothing")]
    assert all(option.exclusive for option in alone)


def test_a_pulse_takes_a_minute_and_asks_what_beneficiaries_ask() -> None:
    pulse, full = (load(find(name)[1], name) for name in ("pulse", "beneficiaries"))
    assert (pulse.minutes, len(pulse.items)) == (1, 3)
    assert pulse.item("utility").scale == full.item("utility").scale
    assert pulse.invited_by == full.invited_by


def test_a_path_gives_the_file_and_the_name_as_asked() -> None:
    path = QUESTIONNAIRES / "all_kinds.json"
    assert find(str(path)) == (str(path), path.read_bytes())


def test_an_unknown_name_is_refused_with_those_that_ship() -> None:
    with pytest.raises(
        UnknownDefinition, match=r"no questionnaire benefits; .* beneficiaries, organizations"
    ):
        find("benefits")


@pytest.mark.parametrize("asked", ["", ".", "/"])
def test_a_folder_is_refused(asked: str) -> None:
    with pytest.raises(UnreadableDefinition, match="directory"):
        find(asked)


def test_a_name_that_no_file_can_have_is_unknown() -> None:
    for asked in ("\0", "x" * 5000):
        with pytest.raises((UnknownDefinition, UnreadableDefinition)):
            find(asked)


def test_of_a_huge_file_only_so_much_is_read_as_it_takes_to_refuse_it(tmp_path: Path) -> None:
    huge = tmp_path / "huge.json"
    huge.write_bytes(b" " * (2 * LONGEST))
    name, content = find(str(huge))
    assert len(content) == LONGEST + 1
    assert len(check(content, name)) == 1
