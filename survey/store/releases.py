"""Frozen releases, one for each closed wave."""

from survey.language import Refusal
from survey.merging import exported
from survey.release import Release, from_json
from survey.store.database import Database


class NotClosedYet(Refusal):
    """A wave has figures only once it is closed."""


def add(db: Database, release: Release) -> None:
    """Store the release of a wave; a wave gets one, once."""
    db.execute("INSERT INTO release(wave, body) VALUES (?, ?)", [release.wave, release.to_json()])


def exists(db: Database, wave_id: str) -> bool:
    """Whether the wave has its release; while it is closing, that its responses may be coarsened already."""
    return db.execute("SELECT 1 FROM release WHERE wave = ?", [wave_id]).fetchone() is not None


def get(db: Database, wave_id: str) -> Release:
    """The release of a wave. Raises NotClosedYet where there is none."""
    return from_json(body(db, wave_id))


def identifier(db: Database, wave_id: str) -> str:
    """What a release is cited by: the checksum of what of it may leave the database. Raises NotClosedYet."""
    (definition,) = db.execute("SELECT definition FROM wave WHERE id = ?", [wave_id]).fetchone()
    return exported(body(db, wave_id), definition).identifier


def body(db: Database, wave_id: str) -> str:
    """The release of a wave as it was stored, by whatever program. Raises NotClosedYet."""
    row = db.execute("SELECT body FROM release WHERE wave = ?", [wave_id]).fetchone()
    if row is None:
        raise NotClosedYet(
            "the wave {wave} is not closed yet, and a wave has figures only once it is; "
            "close it with: survey wave close {wave}",
            wave=wave_id,
        )  # fmt: skip
    return str(row[0])
