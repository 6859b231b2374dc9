"""A study of four waves with every kind of question, a break in the third, and a supplement of the first."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from survey import enrolling, inviting, preparing, publishing, supplementing
from tests.cast import NOW, Instance, definition_text

STUDY = "study-1"
SUPPLEMENT = {
    "id": "hours_summary",
    "kind": "summary",
    "item": "hours",
    "label": {"it": "Ore di cura", "en": "Hours of care"},
}


def version(number: int) -> bytes:
    """The definition: from version 2 on one question is worded otherwise, version 3 has a figure more."""
    data = json.loads(definition_text("panel_kinds")) | {"version": number}
    if number > 1:
        data["sections"][0]["items"][0]["text"] |= {"en": "Work and family go together well"}
    if number == 3:
        data["sections"][0]["items"][0]["text"] |= {"en": "I can balance work and family"}
        data["indicators"].append(SUPPLEMENT)
    return json.dumps(data).encode()


def wave(
    instance: Instance, wave_id: str, people: Sequence[int], moved: float, number: int, phase: str
) -> None:
    """An open wave of the study in which everybody has answered."""
    definition = (f"panel-{number}.json", version(number))
    preparing.create(
        instance.store, wave_id, definition, {"phase": phase}, "Europe/Rome", "test", NOW,
        study=STUDY, mark_keys=instance.mark_keys,
    )  # fmt: skip
    rows = "".join(f"p{at}@example.org,{'AB'[at % 2]}\n" for at in people)
    content = f"email,alliance\n{rows}".encode()
    enrolling.import_people(instance.store, instance.mark_keys, wave_id, content, "p.csv", "test", NOW)
    inviting.open_wave(instance.store, instance.mark_keys, wave_id, NOW)
    with instance.store.read() as db:
        found = db.execute("SELECT invitation FROM contact WHERE wave = ?", [wave_id]).fetchall()
    random = np.random.default_rng(len(wave_id) + number)
    lines = ["link,balance,stress,status,gender,calm,rested,hours,services,shift"]
    lines += [f"{instance.links.link(one)},{_answered(random, moved)}" for (one,) in found]
    instance.import_answers(wave_id, "\n".join(lines).encode())


def _answered(random: np.random.Generator, moved: float) -> str:
    points = [min(5, int(random.integers(1, 5) + (random.random() < moved))) for _ in range(3)]
    status = ("full", "part")[random.integers(2)]
    services = [one for one in ("nursery", "camp") if random.random() < 0.4 + moved / 3] or ["camp"]
    shift = random.integers(1, 6) if status == "full" else ""
    stress, gender, hours = 6 - points[0], "fm"[random.integers(2)], random.integers(0, 300) / 10
    return (
        f"{points[0]},{stress},{status},{gender},{points[1]},{points[2]},{hours},{'|'.join(services)},{shift}"
    )


def close(instance: Instance, wave_id: str, later: int = 0) -> None:
    """Close a wave some hours after the fixed moment."""
    moment: datetime = NOW + timedelta(hours=later)
    publishing.close(instance.store, instance.mark_keys, wave_id, moment)


def study(instance: Instance, people: int = 60) -> None:
    """The four waves p1 to p4, closed; the third asks one question otherwise."""
    plan = (("p1", 0.1, 1, "baseline"), ("p2", 0.4, 1, "monitoring"), ("p3", 0.5, 2, "monitoring"),
            ("p4", 0.7, 2, "final"))  # fmt: skip
    for at, (wave_id, moved, number, phase) in enumerate(plan):
        newcomers = range(1000 * (at + 1), 1000 * (at + 1) + people // 4)
        wave(instance, wave_id, [*range(at * people // 20, people), *newcomers], moved, number, phase)
        close(instance, wave_id, at)
    definition = ("panel-3.json", version(3))
    supplementing.supplement(instance.store, "p1", definition, "hours_summary", "test", NOW)
