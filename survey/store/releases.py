"""Frozen releases, one for each closed wave."""

from sqlite_utils import Database

from survey.language import Refusal
from survey.release import Release, from_json


class NotClosedYet(Refusal):
    """A wave has figures only once it is closed."""


def add(db: Database, release: Release) -> None:
    """Store the release of a wave; a wave gets one, once."""
    db.execute("INSERT INTO release(wave, body) VALUES (?, ?)", [release.wave, release.to_json()])


def get(db: Database, wave_id: str) -> Release:
    """The release of a wave. Raises NotClosedYet where there is none."""
    row = db.execute("SELECT body FROM release WHERE wave = ?", [wave_id]).fetchone()
    if row is None:
        raise NotClosedYet(
            "the wave {wave} is not closed yet, and a wave has figures only once it is; "
            "close it with: survey wave close {wave}",
            wave=wave_id,
        )  # fmt: skip
    return from_json(row[0])
