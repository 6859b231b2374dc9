"""Figures that come after a wave: earlier ones stay, new ones are as if counted at once, or are refused."""

import json
from typing import Any

import numpy as np
import pytest

from survey import inviting, preparing, publishing, supplementing
from survey.store import releases, supplements
from survey.supplementing import CannotSupplement, Verified
from tests.cast import NOW, Instance, definition_text

JOINT = {
    "id": "both",
    "kind": "share",
    "items": ["time_saving", "time_balance"],
    "need": "all",
    "values": [4, 5],
}
MEAN = {
    "id": "saving_mean",
    "kind": "mean",
    "item": "time_saving",
    "label": {"it": "Tempo", "en": "Time saved"},
}


def later(*more: dict[str, Any], **changed: Any) -> tuple[str, bytes]:
    """The definition of `all_kinds` with indicators more."""
    data = json.loads(definition_text("all_kinds")) | {"version": 2} | changed
    data["indicators"] += more
    return "later.json", json.dumps(data).encode()


def filled(instance: Instance, wave: str, content: bytes = b"", rare: bool = False) -> None:
    """A closed wave in two alliances; `rare`: somebody stands out by an age, so answers are coarsened."""
    random, rows = np.random.default_rng(5), ["alliance,time_saving,time_balance,age_band,utility"]
    ages = [option["value"] for option in _item("age_band")["options"]]
    for at in range(80):
        marks = random.integers(1, 6, 3)
        age = ages[1] if rare and at == 0 else ages[0]
        rows.append(f"A{at % 2},{marks[0]},{marks[1]},{age},{marks[2]}")
    definition = ("all_kinds.json", content or definition_text("all_kinds").encode())
    preparing.create(instance.store, wave, definition, {}, "Europe/Rome", "test", NOW)
    inviting.open_wave(instance.store, instance.mark_keys, wave, NOW)
    instance.import_answers(wave, "\n".join(rows).encode())
    publishing.close(instance.store, instance.mark_keys, wave, NOW)


def _item(name: str) -> dict[str, Any]:
    sections = json.loads(definition_text("all_kinds"))["sections"]
    found: dict[str, Any] = next(item for one in sections for item in one["items"] if item["id"] == name)
    return found


def body(instance: Instance, wave: str) -> str:
    with instance.store.read() as db:
        return str(db.execute("SELECT body FROM release WHERE wave = ?", [wave]).fetchone()[0])


def test_what_is_counted_later_is_what_would_have_been_counted(instance: Instance) -> None:
    filled(instance, "w")
    before = body(instance, "w")
    made = supplementing.supplement(instance.store, "w", later(JOINT), "both", "test", NOW)
    assert body(instance, "w") == before and made.is_whole
    (shown,) = supplementing.shown(instance.store, "w")

    filled(instance, "at-once", later(JOINT)[1])
    with instance.store.read() as db:
        at_once = releases.get(db, "at-once")
    told = made.supplement.added
    assert told["whole"]["share/both"] == at_once.whole.figures["share/both"]
    for group in ("A0", "A1"):
        part = at_once.by["alliance"].groups[group]
        assert told[f"group/alliance/{group}"]["share/both"] == part.figures["share/both"]  # type: ignore[union-attr]
    assert shown.results.whole.indicators["both"].n == 80
    assert list(shown.results.by["alliance"].groups["A0"].indicators) == ["both"]  # type: ignore[union-attr]

    more = {**JOINT, "id": "either", "need": "any"}
    again = supplementing.supplement(instance.store, "w", later(JOINT, more), "either", "test", NOW)
    assert again.number == 2 and made in supplementing_of(instance)
    assert [said for _, said in supplementing.verified(instance.store, "w")] == [Verified.COUNTED_AGAIN] * 2


def supplementing_of(instance: Instance) -> list[supplements.Kept]:
    with instance.store.read() as db:
        return supplements.of_wave(db, "w")


def test_where_somebody_was_coarsened_only_single_questions_can_be_added(instance: Instance) -> None:
    filled(instance, "w", rare=True)
    before = body(instance, "w")
    with pytest.raises(CannotSupplement, match="stand out"):
        supplementing.supplement(instance.store, "w", later(JOINT), "both", "test", NOW)
    supplementing.supplement(instance.store, "w", later(MEAN), "saving_mean", "test", NOW)
    assert body(instance, "w") == before
    (shown,) = supplementing.shown(instance.store, "w")
    assert shown.results.whole.indicators["saving_mean"].n == 80
    assert supplementing.verified(instance.store, "w")[0][1] is Verified.FROM_RELEASE


@pytest.mark.parametrize(
    ("indicator", "changed", "why"),
    [
        ("utility_mean", {}, "never changes"),
        ("beyond", {}, "has no indicator"),
        ("saving_mean", {"id": "another"}, "definition of “another”"),
    ],
)
def test_what_is_refused(instance: Instance, indicator: str, changed: dict[str, Any], why: str) -> None:
    filled(instance, "w")
    with pytest.raises(CannotSupplement, match=why):
        supplementing.supplement(instance.store, "w", later(MEAN, **changed), indicator, "test", NOW)


def test_a_question_that_was_put_otherwise_gives_no_figure(instance: Instance) -> None:
    filled(instance, "w")
    name, content = later(MEAN)
    data = json.loads(content)
    for section in data["sections"]:
        for item in section["items"]:
            if item["id"] == "time_saving":
                item["text"] = {code: f"{words} Davvero?" for code, words in item["text"].items()}
    with pytest.raises(CannotSupplement, match="did not ask time_saving"):
        supplementing.supplement(
            instance.store, "w", (name, json.dumps(data).encode()), "saving_mean", "t", NOW
        )


def test_checksums_tell_what_was_changed_and_stay_when_answers_are_gone(instance: Instance) -> None:
    filled(instance, "w")
    supplementing.supplement(instance.store, "w", later(JOINT), "both", "test", NOW)
    with instance.store.write() as db:
        db.execute("DELETE FROM response WHERE wave = 'w'")
    assert supplementing.verified(instance.store, "w")[0][1] is Verified.CHECKSUM_ONLY
    with instance.store.write() as db:
        db.execute("UPDATE supplement SET body = replace(body, '\"yes\":', '\"yes\":1')")
    assert supplementing.verified(instance.store, "w")[0][1] is Verified.WRONG
