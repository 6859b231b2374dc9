"""The schema, as an append-only list of hand-written DDL; each entry happens whole or not at all.

Tables that hold answers are never created or changed by a library: `transform()` of sqlite-utils
would rebuild a WITHOUT ROWID table with row numbers, which tell the order of arrival.
"""

from survey.language import Refusal
from survey.store.database import Database

MIGRATIONS = (
    """
    CREATE TABLE wave(
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        questionnaire TEXT NOT NULL,
        version INTEGER NOT NULL,
        mode TEXT NOT NULL CHECK(mode IN ('anonymous', 'named', 'panel')),
        phase TEXT NOT NULL CHECK(phase IN ('baseline', 'monitoring', 'final')),
        state TEXT NOT NULL CHECK(state IN ('draft', 'open', 'closing', 'closed')),
        opens TEXT,
        closes TEXT,
        timezone TEXT NOT NULL,
        threshold INTEGER NOT NULL CHECK(threshold >= 3),
        population TEXT NOT NULL,
        synthetic INTEGER NOT NULL CHECK(synthetic IN (0, 1)),
        definition TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        slots INTEGER NOT NULL DEFAULT 0,
        width INTEGER NOT NULL DEFAULT 0,
        closed_at TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE invitation(
        id BLOB PRIMARY KEY,
        wave TEXT NOT NULL REFERENCES wave(id),
        groups TEXT NOT NULL,
        cell INTEGER,
        language TEXT,
        disposition TEXT CHECK(disposition IN ('bounced', 'opted_out', 'withdrawn'))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX invitation_wave ON invitation(wave);
    CREATE TABLE cell(
        wave TEXT NOT NULL REFERENCES wave(id),
        number INTEGER NOT NULL,
        told TEXT NOT NULL,
        PRIMARY KEY(wave, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE mark(
        mark BLOB PRIMARY KEY,
        wave TEXT NOT NULL REFERENCES wave(id),
        done INTEGER NOT NULL CHECK(done IN (0, 1))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE response(
        wave TEXT NOT NULL REFERENCES wave(id),
        slot INTEGER NOT NULL,
        answers TEXT NOT NULL,
        PRIMARY KEY(wave, slot)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE comment(
        wave TEXT NOT NULL REFERENCES wave(id),
        item TEXT NOT NULL,
        slot INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY(wave, item, slot)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE named_answer(
        invitation BLOB PRIMARY KEY REFERENCES invitation(id),
        wave TEXT NOT NULL REFERENCES wave(id),
        answers TEXT NOT NULL,
        texts TEXT NOT NULL,
        received_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE release(
        wave TEXT PRIMARY KEY REFERENCES wave(id),
        body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE evaluator(
        email TEXT PRIMARY KEY,
        added_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE sign_in(
        hash TEXT PRIMARY KEY,
        email TEXT NOT NULL REFERENCES evaluator(email) ON DELETE CASCADE,
        expires TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE TABLE coarsening(
        wave TEXT PRIMARY KEY REFERENCES wave(id),
        plan TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE TABLE draft(
        invitation BLOB PRIMARY KEY REFERENCES invitation(id),
        wave TEXT NOT NULL REFERENCES wave(id),
        revision INTEGER NOT NULL CHECK(revision > 0),
        fields TEXT NOT NULL,
        changed TEXT NOT NULL,
        saved_by TEXT NOT NULL,
        saved_at TEXT NOT NULL,
        reopened INTEGER NOT NULL CHECK(reopened IN (0, 1))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX draft_wave ON draft(wave);
    ALTER TABLE named_answer ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE audit(
        number INTEGER PRIMARY KEY,
        moment TEXT NOT NULL,
        who TEXT NOT NULL,
        act TEXT NOT NULL,
        wave TEXT NOT NULL REFERENCES wave(id),
        about TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX audit_wave ON audit(wave);
    """,
    """
    CREATE TABLE contact(
        id BLOB PRIMARY KEY,
        invitation BLOB NOT NULL REFERENCES invitation(id),
        wave TEXT NOT NULL REFERENCES wave(id),
        email TEXT NOT NULL,
        name TEXT NOT NULL,
        role TEXT NOT NULL CHECK(role IN ('first', 'colleague')),
        bounced TEXT,
        opted_out INTEGER NOT NULL CHECK(opted_out IN (0, 1))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX contact_wave ON contact(wave, email);
    CREATE INDEX contact_invitation ON contact(invitation);
    """,
    """
    ALTER TABLE wave ADD COLUMN target REAL CHECK(target > 0 AND target <= 1);
    """,
    """
    ALTER TABLE wave ADD COLUMN grace INTEGER NOT NULL DEFAULT 0 CHECK(grace >= 0);
    ALTER TABLE wave ADD COLUMN notice TEXT NOT NULL DEFAULT '';
    """,
    """
    CREATE TABLE batch(
        id BLOB PRIMARY KEY,
        wave TEXT NOT NULL REFERENCES wave(id),
        way TEXT NOT NULL CHECK(way IN ('links', 'open', 'paper')),
        groups TEXT NOT NULL,
        withdrawn INTEGER NOT NULL CHECK(withdrawn IN (0, 1))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX batch_wave ON batch(wave);
    CREATE TABLE handed(
        invitation BLOB PRIMARY KEY REFERENCES invitation(id),
        batch BLOB NOT NULL REFERENCES batch(id),
        started BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX handed_batch ON handed(batch);
    CREATE TABLE short_code(
        lookup BLOB PRIMARY KEY,
        invitation BLOB NOT NULL REFERENCES invitation(id)
    ) STRICT, WITHOUT ROWID;
    """,
    """
    ALTER TABLE wave ADD COLUMN contact TEXT NOT NULL DEFAULT '';
    ALTER TABLE evaluator ADD COLUMN everything INTEGER NOT NULL DEFAULT 1 CHECK(everything IN (0, 1));
    CREATE TABLE evaluator_wave(
        email TEXT NOT NULL REFERENCES evaluator(email) ON DELETE CASCADE,
        wave TEXT NOT NULL REFERENCES wave(id),
        PRIMARY KEY(email, wave)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE session(
        hash TEXT PRIMARY KEY,
        email TEXT NOT NULL REFERENCES evaluator(email) ON DELETE CASCADE,
        started TEXT NOT NULL,
        expires TEXT NOT NULL,
        browser TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX session_email ON session(email);
    CREATE TABLE whole_audit(
        number INTEGER PRIMARY KEY,
        moment TEXT NOT NULL,
        who TEXT NOT NULL,
        act TEXT NOT NULL,
        wave TEXT REFERENCES wave(id),
        about TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO whole_audit(number, moment, who, act, wave, about)
        SELECT number, moment, who, act, wave, about FROM audit;
    DROP TABLE audit;
    ALTER TABLE whole_audit RENAME TO audit;
    CREATE INDEX audit_wave ON audit(wave);
    """,
    """
    CREATE TABLE mail_template(
        wave TEXT NOT NULL REFERENCES wave(id),
        kind TEXT NOT NULL,
        language TEXT NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY(wave, kind, language)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE outbox(
        id BLOB PRIMARY KEY,
        wave TEXT NOT NULL REFERENCES wave(id),
        contact BLOB NOT NULL REFERENCES contact(id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK(kind IN ('invitation', 'reminder', 'results')),
        state TEXT NOT NULL
            CHECK(state IN ('queued', 'sending', 'sent', 'refused', 'bounced', 'skipped', 'unsure')),
        attempts INTEGER NOT NULL,
        due TEXT NOT NULL,
        day TEXT,
        reason TEXT NOT NULL,
        UNIQUE(contact, kind)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX outbox_due ON outbox(state, due);
    CREATE INDEX outbox_wave ON outbox(wave, kind, state, day);
    CREATE TABLE mail_count(
        wave TEXT NOT NULL REFERENCES wave(id),
        kind TEXT NOT NULL,
        day TEXT NOT NULL,
        outcome TEXT NOT NULL,
        n INTEGER NOT NULL,
        PRIMARY KEY(wave, kind, day, outcome)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE reminding(
        wave TEXT NOT NULL REFERENCES wave(id),
        number INTEGER NOT NULL,
        planned INTEGER,
        due TEXT NOT NULL,
        passed BLOB NOT NULL,
        ended TEXT,
        PRIMARY KEY(wave, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE reminding_plan(
        wave TEXT PRIMARY KEY REFERENCES wave(id),
        days TEXT NOT NULL,
        pause INTEGER NOT NULL CHECK(pause >= 1)
    ) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE TABLE evaluator_group(
        email TEXT NOT NULL REFERENCES evaluator(email) ON DELETE CASCADE,
        breakdown TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY(email, breakdown, value)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE partner_page(
        id BLOB PRIMARY KEY,
        wave TEXT NOT NULL REFERENCES wave(id),
        breakdown TEXT NOT NULL,
        value TEXT NOT NULL,
        language TEXT NOT NULL,
        made TEXT NOT NULL,
        expires TEXT NOT NULL,
        revoked TEXT,
        opened TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX partner_page_wave ON partner_page(wave, breakdown, value);
    CREATE TABLE partner_release(
        wave TEXT PRIMARY KEY REFERENCES wave(id),
        body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE TABLE study(
        id TEXT PRIMARY KEY,
        questionnaire TEXT NOT NULL,
        known_by TEXT CHECK(known_by IN ('address', 'id')),
        began TEXT NOT NULL,
        ended TEXT
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE wave ADD COLUMN study TEXT REFERENCES study(id);
    ALTER TABLE invitation ADD COLUMN person BLOB;
    CREATE UNIQUE INDEX invitation_person ON invitation(wave, person) WHERE person IS NOT NULL;
    CREATE TABLE study_release(
        earlier TEXT NOT NULL REFERENCES wave(id),
        later TEXT NOT NULL REFERENCES wave(id),
        study TEXT NOT NULL REFERENCES study(id),
        body TEXT NOT NULL,
        PRIMARY KEY(earlier, later)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE supplement(
        wave TEXT NOT NULL REFERENCES wave(id),
        number INTEGER NOT NULL,
        body TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        program TEXT NOT NULL,
        made TEXT NOT NULL,
        PRIMARY KEY(wave, number)
    ) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE INDEX wave_stamp ON wave(id, state, opens, closes, slots, width, sha256);
    """,
)


class NewerDatabase(Refusal):
    """The database was made by a later version of the program."""


def apply(db: Database) -> None:
    """Bring the schema of an open database up to date, one transaction for each entry.

    Raises NewerDatabase, with nothing changed, where the file is ahead of this program.
    """
    version = schema_version(db)
    if version > len(MIGRATIONS):
        raise NewerDatabase(
            "the database has schema {found}, this program knows up to {known}; use the newer program",
            found=version, known=len(MIGRATIONS),
        )  # fmt: skip
    while version < len(MIGRATIONS):
        _step(db)
        version = schema_version(db)


def schema_version(db: Database) -> int:
    """How many entries of MIGRATIONS the database has been through."""
    return int(db.conn.execute("PRAGMA user_version").fetchone()[0])


def _step(db: Database) -> None:
    """One entry, in a transaction that also settles which entry it is: another process may be first."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        version = schema_version(db)
        if version < len(MIGRATIONS):
            for statement in MIGRATIONS[version].split(";"):
                if statement.strip():
                    db.conn.execute(statement)
            db.conn.execute(f"PRAGMA user_version={version + 1}")
        db.conn.execute("COMMIT")
    except BaseException:
        db.conn.execute("ROLLBACK")
        raise
