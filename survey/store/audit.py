"""The log of what evaluators and administrators did to a wave. Never what somebody answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from survey.language import Text, text

REOPENED = "answers_reopened"
NOTICE = "notice_changed"
LINKS_MADE = "links_made"
LINKS_LISTED = "links_listed"
OPEN_LINK_MADE = "open_link_made"
OPEN_LINK_WITHDRAWN = "open_link_withdrawn"
LETTERS_MADE = "letters_made"
PAPER_MADE = "paper_made"
IMPORTED, CORRECTED = "people_imported", "person_corrected"
WITHDRAWN, ERASED = "person_withdrawn", "contacts_erased"
ACTS: Mapping[str, Text] = {
    REOPENED: text("answers reopened"),
    NOTICE: text("privacy notice changed"),
    LINKS_MADE: text("unnamed invitations made"),
    LINKS_LISTED: text("links listed"),
    OPEN_LINK_MADE: text("open link made or enlarged"),
    OPEN_LINK_WITHDRAWN: text("open link withdrawn"),
    LETTERS_MADE: text("letters or paper with codes printed"),
    PAPER_MADE: text("places for paper made"),
    IMPORTED: text("people imported"),
    CORRECTED: text("person corrected"),
    WITHDRAWN: text("person withdrawn"),
    ERASED: text("contacts erased"),
}
"""What an act is called; stored are its names."""


@dataclass(frozen=True)
class Entry:
    """When (UTC), who, did what (a name of ACTS), in which wave, to whom or what."""

    moment: datetime
    who: str
    act: str
    wave: str
    about: str


def add(db: Database, entry: Entry) -> None:
    """Write one entry behind the others."""
    db.execute(
        "INSERT INTO audit(number, moment, who, act, wave, about)"
        " SELECT coalesce(max(number), 0) + 1, ?, ?, ?, ?, ? FROM audit",
        [entry.moment.isoformat(timespec="seconds"), entry.who, entry.act, entry.wave, entry.about],
    )


def of_wave(db: Database, wave_id: str) -> list[Entry]:
    """The entries of a wave, the oldest first."""
    rows = db.execute(
        "SELECT moment, who, act, wave, about FROM audit WHERE wave = ? ORDER BY number", [wave_id]
    )
    return [Entry(datetime.fromisoformat(moment), *rest) for moment, *rest in rows.fetchall()]
