"""Waves: one round of one questionnaire, with its frozen definition."""

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo

from survey.definitions.model import Mode
from survey.language import Refusal, Text, text
from survey.population import Population
from survey.population import from_json as population_from_json
from survey.store.database import Database

STATES: Mapping[str, Text] = {
    "draft": text("a draft"),
    "open": text("open"),
    "closing": text("being counted"),
    "closed": text("closed"),
}
"""What a wave's state is called inside a sentence."""


PHASES: Mapping[str, Text] = {
    "baseline": text("baseline"),
    "monitoring": text("monitoring"),
    "final": text("final"),
}
"""Where in the programme a wave can stand."""
STAMP = ("state", "opens", "closes", "slots", "width", "sha256")
"""All of a wave that can change after it was made, so that a copy in memory can be judged cheaply."""


class Everything(Container[str]):
    """Holds every id: the waves that somebody with all rights may see."""

    def __contains__(self, _: object) -> bool:
        return True


EVERYTHING: Final = Everything()


class UnknownWave(Refusal):
    """There is no wave of this id."""


@dataclass(frozen=True)
class Wave:
    """A wave as stored. `opens` and `closes` are days in `timezone`, `closes` inclusive.

    `target` is the response rate (RR2, above 0, up to 1) that is wanted; None where none was set.
    `grace` are the minutes after the last day in which forms that were begun by then are still taken;
    `notice` is the wave's own part of the privacy notice, as the TOML that was given.
    `contact` is whom respondents can ask in this wave, "" for the instance's. `study` is the study that a
    panel wave belongs to; it never changes.
    """

    id: str
    title: Mapping[str, str]
    questionnaire: str
    version: int
    mode: Mode
    phase: str
    state: str
    opens: date | None
    closes: date | None
    timezone: str
    threshold: int
    population: Population
    synthetic: bool
    definition: str
    sha256: str
    slots: int = 0
    width: int = 0
    closed_at: datetime | None = None
    target: float | None = None
    grace: int = 0
    notice: str = ""
    contact: str = ""
    study: str | None = None

    @cached_property
    def ended_at(self) -> datetime | None:
        """The moment (UTC) at which the last day ends; None where no last day is set."""
        if self.closes is None:
            return None
        next_day = datetime.combine(self.closes + timedelta(days=1), time(), ZoneInfo(self.timezone))
        return next_day.astimezone(UTC)

    @cached_property
    def taken_until(self) -> datetime | None:
        """The moment (UTC) at which the grace period behind the last day ends; None without a last day."""
        return self.ended_at and self.ended_at + timedelta(minutes=self.grace)


def add(db: Database, wave: Wave) -> None:
    """Store a new wave; its id must be free."""
    row = _row(wave)
    names = ", ".join(row)
    marks = ", ".join("?" * len(row))
    db.execute(f"INSERT INTO wave({names}) VALUES ({marks})", list(row.values()))


def exists(db: Database, wave_id: str) -> bool:
    """Whether the id is taken."""
    return db.execute("SELECT 1 FROM wave WHERE id = ?", [wave_id]).fetchone() is not None


def get(db: Database, wave_id: str, visible: Container[str] = EVERYTHING) -> Wave:
    """The wave of an id, among those that are visible.

    Raises UnknownWave, which names the visible ones: a hidden wave is said not to exist.
    """
    for row in db.query("SELECT * FROM wave WHERE id = ?", [wave_id]):
        if wave_id in visible:
            return _wave(row)
    ids = [row["id"] for row in db.query("SELECT id FROM wave ORDER BY id")]
    known = ", ".join(one for one in ids if one in visible) or "-"
    raise UnknownWave("there is no wave {wave}; the waves are: {known}", wave=wave_id, known=known)


def all_waves(db: Database) -> list[Wave]:
    """All waves in order of id."""
    return [_wave(row) for row in db.query("SELECT * FROM wave ORDER BY id")]


def of_questionnaire(db: Database, questionnaire_id: str) -> list[Wave]:
    """The waves of a questionnaire, in order of id."""
    found = db.query("SELECT * FROM wave WHERE questionnaire = ? ORDER BY id", [questionnaire_id])
    return [_wave(row) for row in found]


def of_study(db: Database, study_id: str) -> list[Wave]:
    """The waves of a study, in order of id."""
    return [_wave(row) for row in db.query("SELECT * FROM wave WHERE study = ? ORDER BY id", [study_id])]


def replace(db: Database, wave: Wave) -> None:
    """Store a wave as it is now in place of the one that bears its id."""
    row = _row(wave)
    changes = ", ".join(f"{name} = ?" for name in row)
    db.execute(f"UPDATE wave SET {changes} WHERE id = ?", [*row.values(), wave.id])


def set_closes(db: Database, wave_id: str, closes: date) -> None:
    """The wave takes answers to the end of the day `closes`."""
    db.execute("UPDATE wave SET closes = ? WHERE id = ?", [closes.isoformat(), wave_id])


def set_open(db: Database, wave_id: str, opens: date) -> None:
    """The wave takes answers from the day `opens` on."""
    db.execute("UPDATE wave SET state = 'open', opens = ? WHERE id = ?", [opens.isoformat(), wave_id])


def set_slots(db: Database, wave_id: str, slots: int, width: int) -> None:
    """How many response slots the wave has, and their width in bytes."""
    db.execute("UPDATE wave SET slots = ?, width = ? WHERE id = ?", [slots, width, wave_id])


def set_notice(db: Database, wave_id: str, notice: str) -> None:
    """Put another text in place of the wave's own part of the privacy notice."""
    db.execute("UPDATE wave SET notice = ? WHERE id = ?", [notice, wave_id])


def set_closing(db: Database, wave_id: str) -> None:
    """The wave takes no more answers and is being counted."""
    db.execute("UPDATE wave SET state = 'closing' WHERE id = ?", [wave_id])


def set_closed(db: Database, wave_id: str, now: datetime) -> None:
    """The wave is closed and has its release."""
    db.execute(
        "UPDATE wave SET state = 'closed', closed_at = ? WHERE id = ?",
        [now.isoformat(timespec="seconds"), wave_id],
    )


def _row(wave: Wave) -> dict[str, Any]:
    return {
        **vars(wave),
        "title": json.dumps(dict(wave.title), ensure_ascii=False),
        "mode": str(wave.mode),
        "opens": wave.opens and wave.opens.isoformat(),
        "closes": wave.closes and wave.closes.isoformat(),
        "population": wave.population.to_json(),
        "synthetic": int(wave.synthetic),
        "closed_at": wave.closed_at and wave.closed_at.isoformat(),
    }


def _wave(row: Mapping[str, Any]) -> Wave:
    converted = {
        **row,
        "title": json.loads(row["title"]),
        "mode": Mode(row["mode"]),
        "opens": row["opens"] and date.fromisoformat(row["opens"]),
        "closes": row["closes"] and date.fromisoformat(row["closes"]),
        "population": population_from_json(row["population"]),
        "synthetic": bool(row["synthetic"]),
        "closed_at": row["closed_at"] and datetime.fromisoformat(row["closed_at"]),
    }
    return Wave(**converted)
