"""Other versions of a definition, in files beside it and in waves, and what its number may be."""

import json
from pathlib import Path
from typing import Any

import pytest

from survey import versions
from survey.definitions import InvalidDefinition, load
from survey.definitions.model import Questionnaire
from survey.versions import Found, judged
from tests.cast import Instance, definition_text, questionnaire


def changed(version: int, words: str = "The service was useful to me.", **top: Any) -> str:
    """The cast's `all_kinds` in another version, perhaps with other words."""
    data = json.loads(definition_text("all_kinds")) | {"version": version} | top
    data["sections"][0]["items"][0]["text"]["en"] = words
    return json.dumps(data)


def at(version: int, words: str = "The service was useful to me.") -> Questionnaire:
    return load(changed(version, words), "q.json")


def file(version: int, words: str = "The service was useful to me.") -> Found:
    return Found(at(version, words), f"v{version}.json")


def wave(version: int, words: str = "The service was useful to me.") -> Found:
    return Found(at(version, words), f"wave v{version}", frozen=True)


NUMBERS: dict[str, tuple[Questionnaire, list[Found], list[str]]] = {
    "nothing else": (at(1), [], []),
    "the same in a wave": (at(1), [wave(1)], []),
    "other items, raised": (at(2, "New"), [wave(1), file(1)], []),
    "other items, same number, wave": (at(1, "New"), [wave(1)], ["raise the version to 2"]),
    "other items, same number, file": (at(1, "New"), [file(1)], ["raise the version to 2"]),
    "above the highest": (at(1, "New"), [wave(1), wave(4)], ["raise the version to 5"] * 2),
    "lower than a wave": (at(1), [wave(2, "New")], ["version 1 is lower than version 2"]),
    "lower and unchanged": (at(1), [wave(2)], ["version 1 is lower than version 2"]),
    "an earlier file": (at(1), [file(2, "New")], []),
    "an earlier file, later wave": (at(1), [file(2, "New"), wave(2, "New")], []),
    "the definition of an earlier wave": (at(1), [wave(1), wave(2, "New")], []),
}  # fmt: skip


@pytest.mark.parametrize("name", NUMBERS)
def test_the_number_of_a_version(name: str) -> None:
    own, others, expected = NUMBERS[name]
    problems = [
        problem.message.format(**problem.values) for problem in versions.problems(judged(own, others))
    ]
    assert len(problems) == len(expected)
    assert all(part in problem for part, problem in zip(expected, problems, strict=True))


def test_places_with_the_same_items_are_said_together_and_the_latest_first() -> None:
    found = judged(at(3), [wave(1, "Old"), file(1, "Old"), wave(2), wave(1, "Older")])
    assert [(one.version, one.places) for one in found] == [
        (2, ("wave v2",)), (1, ("wave v1", "v1.json")), (1, ("wave v1",)),
    ]  # fmt: skip


def test_files_beside(tmp_path: Path) -> None:
    own = tmp_path / "q.json"
    own.write_text(changed(2), encoding="utf-8")
    (tmp_path / "old.json").write_text("\ufeff" + changed(1), encoding="utf-8")
    (tmp_path / "other.json").write_text(changed(1, id="other"), encoding="utf-8")
    (tmp_path / "worse.json").write_text(changed(1, mode="odd"), encoding="utf-8")
    (tmp_path / "again.json").symlink_to(own)
    (tmp_path / "gone.json").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "list.json").write_text("[" * 100_000)
    (tmp_path / "bytes.json").write_bytes(b"\xff\x00")
    old, worse = versions.beside(str(own), at(2))
    assert isinstance(old, Found)
    assert (old.questionnaire.version, old.place) == (1, str(tmp_path / "old.json"))
    assert isinstance(worse, InvalidDefinition)


def test_beside_a_questionnaire_that_ships_nothing_is_looked_for() -> None:
    assert list(versions.beside("pulse", questionnaire("pulse"))) == []


def test_waves_froze_theirs_when_they_opened(instance: Instance) -> None:
    instance.wave("spring")
    instance.wave("draft", opened=False)
    instance.wave("others", definition="fair")
    instance.wave("autumn")
    instance.close("autumn")
    found = versions.frozen(instance.store, "all_kinds")
    assert [one.place.values["wave"] for one in found] == ["autumn", "spring"]  # type: ignore[union-attr]
    assert all(one.frozen for one in found)
    assert judged(at(1), found)[0].comparison.not_comparable == ()
