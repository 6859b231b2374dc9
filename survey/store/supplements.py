"""Supplements of releases, numbered in the order in which they were made; none ever changes."""

from dataclasses import dataclass
from datetime import datetime

from survey.store.database import Database
from survey.supplements import Supplement, from_json


@dataclass(frozen=True)
class Kept:
    """A supplement as stored, with its checksum, and the version of the program that made it when."""

    number: int
    supplement: Supplement
    sha256: str
    program: str
    made: datetime

    @property
    def is_whole(self) -> bool:
        """Whether what is stored is what its checksum was made of."""
        return self.supplement.sha256 == self.sha256


def add(db: Database, supplement: Supplement, program: str, now: datetime) -> None:
    """Store one behind the others of its wave."""
    db.execute(
        "INSERT INTO supplement(wave, number, body, sha256, program, made)"
        " SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5 FROM supplement WHERE wave = ?1",
        [
            supplement.wave,
            supplement.to_json(),
            supplement.sha256,
            program,
            now.isoformat(timespec="seconds"),
        ],
    )


def of_wave(db: Database, wave_id: str) -> list[Kept]:
    """The supplements of a wave in order."""
    rows = db.execute(
        "SELECT number, body, sha256, program, made FROM supplement WHERE wave = ? ORDER BY number", [wave_id]
    )
    return [
        Kept(number, from_json(body), checksum, program, datetime.fromisoformat(made))
        for number, body, checksum, program, made in rows.fetchall()
    ]
