"""Pages of results that are given back to partners, and the public release of named waves (`giving`).

An address leads to a row here; the row says until when, and whether it was revoked. Whoever opened it is
not noted, only the last day on which somebody did.
"""

from dataclasses import dataclass
from datetime import date, datetime

from survey.cells import OneGroup
from survey.release import Release, from_json
from survey.store.database import Database


@dataclass(frozen=True)
class PartnerPage:
    """The results of one group of a wave, for its people.

    `language` is that of the page unless its reader chooses another, "" for the browser's; `expires` the last
    day on which it can be read; `opened` the last day on which it was.
    """

    id: bytes
    wave: str
    group: OneGroup
    language: str
    made: datetime
    expires: date
    revoked: datetime | None = None
    opened: date | None = None


def add(db: Database, page: PartnerPage) -> None:
    """Store a new page."""
    db.execute(
        "INSERT INTO partner_page(id, wave, breakdown, value, language, made, expires)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [page.id, page.wave, *page.group, page.language, _iso(page.made), page.expires.isoformat()],
    )


def get(db: Database, page_id: bytes) -> PartnerPage | None:
    """The page of an id, or None."""
    row = db.execute(f"{_SELECT} WHERE id = ?", [page_id]).fetchone()
    return _page(row) if row else None


def of_wave(db: Database, wave_id: str) -> list[PartnerPage]:
    """The pages of a wave by group, the latest of a group first."""
    rows = db.execute(f"{_SELECT} WHERE wave = ? ORDER BY breakdown, value, made DESC, id", [wave_id])
    return [_page(row) for row in rows.fetchall()]


def revoke(db: Database, page_id: bytes, now: datetime) -> bool:
    """End a page; False where it was ended before."""
    done = db.execute(
        "UPDATE partner_page SET revoked = ? WHERE id = ? AND revoked IS NULL", [_iso(now), page_id]
    )
    return bool(done.rowcount == 1)


def note_opened(db: Database, page_id: bytes, day: date) -> bool:
    """Note that a page was opened on a day; False where that was noted already."""
    done = db.execute(
        "UPDATE partner_page SET opened = ? WHERE id = ? AND (opened IS NULL OR opened < ?)",
        [day.isoformat(), page_id, day.isoformat()],
    )
    return bool(done.rowcount == 1)


def keep_release(db: Database, release: Release) -> Release:
    """Store the public release of a named wave; the first that was stored stays, and is returned."""
    db.execute(
        "INSERT INTO partner_release(wave, body) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [release.wave, release.to_json()],
    )
    return release_of(db, release.wave) or release


def release_of(db: Database, wave_id: str) -> Release | None:
    """The public release of a named wave, as it was solved; None before it is made."""
    row = db.execute("SELECT body FROM partner_release WHERE wave = ?", [wave_id]).fetchone()
    return from_json(row[0]) if row else None


_SELECT = "SELECT id, wave, breakdown, value, language, made, expires, revoked, opened FROM partner_page"


def _page(row: tuple[bytes, str, str, str, str, str, str, str | None, str | None]) -> PartnerPage:
    page_id, wave, breakdown, value, language, made, expires, revoked, opened = row
    return PartnerPage(
        id=page_id,
        wave=wave,
        group=OneGroup(breakdown, value),
        language=language,
        made=datetime.fromisoformat(made),
        expires=date.fromisoformat(expires),
        revoked=datetime.fromisoformat(revoked) if revoked else None,
        opened=date.fromisoformat(opened) if opened else None,
    )


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
