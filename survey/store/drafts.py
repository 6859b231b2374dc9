"""Drafts of named waves: what an organization has filled in and not sent yet.

One row for each invitation. Its revision grows with every saving, and goes on growing when answers were
sent and are reopened: a form that carries an older one was filled in before somebody else saved.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from survey.store.database import Database

Fields = Mapping[str, tuple[str, ...]]
"""Item id -> what was chosen or typed, as the form sent it; items left empty are absent."""


@dataclass(frozen=True)
class Draft:
    """What is filled in, at which revision (from 1), and who saved it when.

    `changed` holds the ids of the items that the last saving changed, in the questionnaire's order;
    `by` is the name that was given with it, "" without one; `reopened` says that these are answers
    which were sent, and that nobody has saved since they were reopened.
    """

    revision: int
    fields: Fields
    changed: tuple[str, ...]
    by: str
    saved_at: datetime
    reopened: bool = False


def get(db: Database, invitation_id: bytes) -> Draft | None:
    """The draft of an invitation; None where there is none."""
    row = db.execute(
        "SELECT revision, fields, changed, saved_by, saved_at, reopened FROM draft WHERE invitation = ?",
        [invitation_id],
    ).fetchone()
    if row is None:
        return None
    fields = {item: tuple(values) for item, values in json.loads(row[1]).items()}
    moment = datetime.fromisoformat(row[4])
    return Draft(row[0], fields, tuple(json.loads(row[2])), row[3], moment, bool(row[5]))


def put(db: Database, invitation_id: bytes, wave_id: str, draft: Draft) -> None:
    """Store the draft of an invitation in place of an earlier one."""
    db.execute(
        "INSERT INTO draft(invitation, wave, revision, fields, changed, saved_by, saved_at, reopened)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(invitation) DO UPDATE SET"
        " revision = excluded.revision, fields = excluded.fields, changed = excluded.changed,"
        " saved_by = excluded.saved_by, saved_at = excluded.saved_at, reopened = excluded.reopened",
        [
            invitation_id,
            wave_id,
            draft.revision,
            # ASCII: what was typed may hold halves of characters, which UTF-8 cannot write.
            json.dumps(dict(draft.fields)),
            json.dumps(draft.changed),
            draft.by,
            draft.saved_at.isoformat(timespec="seconds"),
            int(draft.reopened),
        ],
    )


def remove_all(db: Database, wave_id: str) -> None:
    """Forget all drafts of a wave."""
    db.execute("DELETE FROM draft WHERE wave = ?", [wave_id])


def count(db: Database, wave_id: str) -> int:
    """How many drafts a wave has."""
    return int(db.execute("SELECT count(*) FROM draft WHERE wave = ?", [wave_id]).fetchone()[0])
