"""The words of a wave's mails, where somebody has changed them."""

from survey.store.database import Database


def get(db: Database, wave_id: str, kind: str, language: str) -> tuple[str, str] | None:
    """Subject and body as they were changed; None where the standing words hold."""
    row = db.execute(
        "SELECT subject, body FROM mail_template WHERE wave = ? AND kind = ? AND language = ?",
        [wave_id, kind, language],
    ).fetchone()
    return (row[0], row[1]) if row else None


def put(db: Database, wave_id: str, kind: str, language: str, subject: str, body: str) -> None:
    """Change the words."""
    db.execute(
        "INSERT INTO mail_template(wave, kind, language, subject, body) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT(wave, kind, language) DO UPDATE SET subject = excluded.subject, body = excluded.body",
        [wave_id, kind, language, subject, body],
    )


def remove(db: Database, wave_id: str, kind: str, language: str) -> None:
    """Take the standing words again."""
    db.execute(
        "DELETE FROM mail_template WHERE wave = ? AND kind = ? AND language = ?", [wave_id, kind, language]
    )
