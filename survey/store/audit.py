"""The log of what evaluators and administrators did, to waves and beside them; never what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from survey.language import Text, text
from survey.store.database import Database

CREATED, CHANGED, OPENED, EXTENDED, CLOSED = (
    "wave_created", "wave_changed", "wave_opened", "wave_extended", "wave_closed",
)  # fmt: skip
COMMENT_REDACTED = "comment_redacted"
ANSWERS_IMPORTED, REOPENED, EXPORTED = "answers_imported", "answers_reopened", "exported"
ANSWERS_TAKEN = "answers_taken"
EVALUATOR_ADDED, EVALUATOR_CHANGED, EVALUATOR_REMOVED = (
    "evaluator_added", "evaluator_changed", "evaluator_removed",
)  # fmt: skip
NOTICE = "notice_changed"
LINKS_MADE = "links_made"
LINKS_LISTED = "links_listed"
OPEN_LINK_MADE = "open_link_made"
OPEN_LINK_WITHDRAWN = "open_link_withdrawn"
LETTERS_MADE = "letters_made"
PAPER_MADE = "paper_made"
IMPORTED, CORRECTED = "people_imported", "person_corrected"
WITHDRAWN, ERASED = "person_withdrawn", "contacts_erased"
INVITED, REMINDED, THANKED = "invitations_queued", "reminders_ordered", "results_mails_queued"
TEMPLATE_CHANGED, PLAN_CHANGED = "mail_words_changed", "reminder_plan_changed"
STUDY_ENDED, SUPPLEMENTED = "study_ended", "supplement_made"
REPORTS_READ, UNSURE_SETTLED = "delivery_reports_read", "unsure_mails_settled"
PARTNER_PAGE_MADE, PARTNER_PAGE_REVOKED, PARTNER_PAGE_OPENED = (
    "partner_page_made", "partner_page_revoked", "partner_page_opened",
)  # fmt: skip
ACTS: Mapping[str, Text] = {
    CREATED: text("wave made"),
    CHANGED: text("settings changed"),
    OPENED: text("wave opened"),
    EXTENDED: text("last day moved"),
    CLOSED: text("wave closed"),
    ANSWERS_IMPORTED: text("answers imported"),
    REOPENED: text("answers reopened"),
    EXPORTED: text("figures taken away"),
    ANSWERS_TAKEN: text("answers taken away"),
    COMMENT_REDACTED: text("comment redacted"),
    EVALUATOR_ADDED: text("evaluator added"),
    EVALUATOR_CHANGED: text("evaluator’s rights changed"),
    EVALUATOR_REMOVED: text("evaluator removed"),
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
    INVITED: text("invitations queued"),
    REMINDED: text("reminders ordered"),
    THANKED: text("thanks with results queued"),
    TEMPLATE_CHANGED: text("words of a mail changed"),
    PLAN_CHANGED: text("plan of reminders changed"),
    SUPPLEMENTED: text("figure added to the release"),
    STUDY_ENDED: text("study ended, its key destroyed"),
    REPORTS_READ: text("delivery reports read"),
    UNSURE_SETTLED: text("mails that may have been sent were settled"),
    PARTNER_PAGE_MADE: text("results page for a partner made"),
    PARTNER_PAGE_REVOKED: text("results page for a partner revoked"),
    PARTNER_PAGE_OPENED: text("results page for a partner opened, first time on this day"),
}
"""What an act is called; stored are its names."""
PROGRAM = ""
"""Who did what nobody asked for by name: the program itself."""


@dataclass(frozen=True)
class Entry:
    """When (UTC), who, did what (a name of ACTS), in which wave (None: in none), to whom or what."""

    moment: datetime
    who: str
    act: str
    wave: str | None
    about: str = ""


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


def everything(db: Database) -> list[Entry]:
    """All entries of all waves, and those of none, the oldest first."""
    rows = db.execute("SELECT moment, who, act, wave, about FROM audit ORDER BY number")
    return [Entry(datetime.fromisoformat(moment), *rest) for moment, *rest in rows.fetchall()]
