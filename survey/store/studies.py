"""Studies: panel waves in which people can be known again, and what is released of two of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from survey.language import Refusal
from survey.store.database import Database
from survey.study import StudyRelease, from_json


class UnknownStudy(Refusal):
    """There is no study of this id."""


@dataclass(frozen=True)
class Study:
    """A study as stored. `known_by`: "address" or "id", by which its people are known; None: none yet."""

    id: str
    questionnaire: str
    known_by: str | None
    began: datetime
    ended: datetime | None


def add(db: Database, study_id: str, questionnaire: str, began: datetime) -> None:
    """Store a new study; its id must be free."""
    db.execute(
        "INSERT INTO study(id, questionnaire, began) VALUES (?, ?, ?)",
        [study_id, questionnaire, began.isoformat(timespec="seconds")],
    )


def find(db: Database, study_id: str) -> Study | None:
    """The study of an id, or None."""
    row = db.execute(f"{_SELECT} WHERE id = ?", [study_id]).fetchone()
    return _study(row) if row else None


def get(db: Database, study_id: str) -> Study:
    """The study of an id. Raises UnknownStudy."""
    found = find(db, study_id)
    if found is None:
        known = ", ".join(one.id for one in all_studies(db)) or "-"
        raise UnknownStudy("there is no study {study}; the studies are: {known}", study=study_id, known=known)
    return found


def all_studies(db: Database) -> list[Study]:
    """All studies in order of id."""
    return [_study(row) for row in db.execute(f"{_SELECT} ORDER BY id").fetchall()]


def set_known_by(db: Database, study_id: str, known_by: str) -> None:
    """By what the people of a study are known from now on."""
    db.execute("UPDATE study SET known_by = ? WHERE id = ?", [known_by, study_id])


def set_ended(db: Database, study_id: str, now: datetime) -> None:
    """The study is at an end."""
    moment = now.isoformat(timespec="seconds")
    db.execute("UPDATE study SET ended = ? WHERE id = ? AND ended IS NULL", [moment, study_id])


def add_release(db: Database, release: StudyRelease) -> None:
    """Store what two waves of a study tell together; a pair gets one release, once."""
    db.execute(
        "INSERT INTO study_release(earlier, later, study, body) VALUES (?, ?, ?, ?)"
        " ON CONFLICT(earlier, later) DO NOTHING",
        [release.earlier, release.later, release.study, release.to_json()],
    )


def releases_of(db: Database, study_id: str) -> list[StudyRelease]:
    """The releases of a study, in the order in which their later waves closed."""
    rows = db.execute("SELECT body FROM study_release WHERE study = ?", [study_id])
    found = [from_json(body) for (body,) in rows.fetchall()]
    return sorted(found, key=lambda one: (one.closed, one.later))


def release_of(db: Database, earlier: str, later: str) -> StudyRelease | None:
    """The release of two waves; None where they have none."""
    body = next(_bodies(db, earlier, later), None)
    return from_json(body) if body else None


def release_id(db: Database, earlier: str, later: str) -> str:
    """What a study release is cited by: the SHA-256 of its stored form, "" where there is none."""
    body = next(_bodies(db, earlier, later), None)
    return sha256(body.encode()).hexdigest() if body else ""


def _bodies(db: Database, earlier: str, later: str) -> Iterator[str]:
    rows = db.execute("SELECT body FROM study_release WHERE earlier = ? AND later = ?", [earlier, later])
    return (str(body) for (body,) in rows.fetchall())


_SELECT = "SELECT id, questionnaire, known_by, began, ended FROM study"


def _study(row: tuple[str, str, str | None, str, str | None]) -> Study:
    study_id, questionnaire, known_by, began, ended = row
    return Study(
        study_id,
        questionnaire,
        known_by,
        datetime.fromisoformat(began),
        datetime.fromisoformat(ended) if ended else None,
    )
