"""Journey: link + form -> draft kept on the server, in named waves only.

Several people may fill in the form of one link, on several devices. Each form carries the revision of
the draft that it was shown with. Where the draft has moved on meanwhile and differs from what a form
holds, nothing is stored: `NewerDraft` carries what is there, so that both can be shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from survey import submission
from survey.answering import AlreadyAnswered, Answering, Door
from survey.cells import Values
from survey.definitions.model import Item, Kind, Mode, Questionnaire
from survey.language import Refusal, text
from survey.store import Store, drafts, invitations, responses
from survey.store.database import Database
from survey.store.drafts import Draft, Fields
from survey.submission import Answers

LONGEST_NAME = 60
"""Characters of the name that somebody may give with a draft."""
LONGEST_SHORT = 1_000
"""Characters that are kept of one item's field or ticks; texts have room for four times their length."""


class NewerDraft(Refusal):
    """Somebody saved other answers since this form was shown; `draft` is what they saved."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        super().__init__(text("somebody else has saved other answers meanwhile; nothing was overwritten"))


class TooLong(Refusal):
    """More was typed into the field of `item` than a draft keeps."""

    def __init__(self, item: str) -> None:
        self.item = item
        super().__init__(
            text("This is too long to be kept. Please shorten it; everything else is still in place.")
        )


@dataclass(frozen=True)
class Filled:
    """A form of a named wave: its fields, the revision it was shown with (0: no draft), a name or ""."""

    fields: Fields
    seen: int
    by: str = ""


@dataclass(frozen=True)
class Sent:
    """What was sent by a link of a named wave: the answers as form fields, and when they arrived (UTC).

    `groups` are the values of the invitation's breakdowns, in the questionnaire's order.
    """

    fields: Fields
    received_at: datetime
    groups: Values


class Drafting:
    """Keeps drafts, and receives answers that had one, for one instance."""

    def __init__(self, store: Store, answering: Answering) -> None:
        self._store = store
        self._answering = answering

    def found(self, door: Door) -> Draft | None:
        """The draft behind a door; None where nothing was saved, and in every wave that is not named."""
        if door.wave.mode is not Mode.NAMED:
            return None
        with self._store.read() as db:
            return drafts.get(db, door.invitation)

    def save(self, door: Door, filled: Filled, now: datetime, going_on: bool = False) -> Draft:
        """Keep what is filled in, valid or not, durably; the draft as it is then.

        `going_on`: the same form was saved a moment ago, so what it changed then and now is one change.
        Raises NewerDraft or TooLong, or as opening the link does; nothing is changed then.
        """
        _judge_length(door.questionnaire, filled.fields)
        with self._store.write() as db:
            present = self._answering.present(db, door, now)
            if present.wave.mode is not Mode.NAMED:
                raise ValueError("drafts are kept in named waves only")
            if responses.has_named(db, door.invitation):
                raise AlreadyAnswered(door.wave, door.language)
            draft = drafts.get(db, door.invitation)
            changed = _judged(door.questionnaire, draft, filled)
            if draft is not None and not changed and not going_on:
                return self._signed(db, door, draft, filled)
            if draft is not None and not changed and draft.by == filled.by:
                return draft
            if draft is not None and going_on:
                both = {*draft.changed, *changed}
                changed = tuple(item.id for item in door.questionnaire.items if item.id in both)
            revision = draft.revision + 1 if draft else 1
            kept = Draft(revision, filled.fields, changed, filled.by, _whole(now))
            drafts.put(db, door.invitation, door.wave.id, kept)
            return kept

    def _signed(self, db: Database, door: Door, draft: Draft, filled: Filled) -> Draft:
        """A draft with nothing new in it: saved in the background, it has no name until somebody saves it."""
        if draft.by or not filled.by or filled.seen != draft.revision:
            return draft
        signed = replace(draft, by=filled.by)
        drafts.put(db, door.invitation, door.wave.id, signed)
        return signed

    def send(self, door: Door, answers: Answers, filled: Filled, now: datetime) -> None:
        """Store the answers durably and forget the draft. Raises NewerDraft, or as `Answering.receive`."""

        def judge(db: Database) -> None:
            _judged(door.questionnaire, drafts.get(db, door.invitation), filled)

        self._answering.receive(door, answers, now, judge)

    def sent(self, door: Door) -> Sent | None:
        """What was sent by the link of a door; None where nothing was, or where nobody can tell."""
        if door.wave.mode is not Mode.NAMED:
            return None
        with self._store.read() as db:
            stored = responses.get_named(db, door.invitation)
            groups = invitations.groups_of(db, door.invitation)
        if stored is None:
            return None
        received = datetime.fromisoformat(stored.received_at)
        return Sent(fields_of(door.questionnaire, stored.answers, stored.texts), received, groups)


def fields_of(questionnaire: Questionnaire, answers: str, texts: Mapping[str, str]) -> Fields:
    """Stored answers (JSON) and texts as the fields of a form that says the same."""
    coded = submission.codes_of(submission.from_json(questionnaire, answers))
    return coded | {item: (words,) for item, words in texts.items()}


def fields_in(questionnaire: Questionnaire, sent: Mapping[str, Sequence[str]]) -> Fields:
    """The fields of the questionnaire in what a form sent, without those left empty."""
    given = {item.id: tuple(filter(str.strip, sent.get(item.id, ()))) for item in questionnaire.items}
    return {item: tuple(map(_lines, values)) for item, values in given.items() if values}


def differing(questionnaire: Questionnaire, one: Fields, other: Fields) -> tuple[str, ...]:
    """The ids of the items that two forms answer differently, in the questionnaire's order."""
    return tuple(item.id for item in questionnaire.items if _values(one, item.id) != _values(other, item.id))


def _values(fields: Fields, item: str) -> list[str]:
    return sorted(fields.get(item, ()))


def _judged(questionnaire: Questionnaire, draft: Draft | None, filled: Filled) -> tuple[str, ...]:
    """The items that a form changes in a draft. Raises NewerDraft where it cannot have seen the draft."""
    changed = differing(questionnaire, draft.fields if draft else {}, filled.fields)
    if draft is not None and changed and filled.seen != draft.revision:
        raise NewerDraft(draft)
    return changed


def _judge_length(questionnaire: Questionnaire, fields: Fields) -> None:
    for item in questionnaire.items:
        if sum(map(len, fields.get(item.id, ()))) > _room(item):
            raise TooLong(item.id)


def _room(item: Item) -> int:
    """How many characters a draft keeps of an item: what is too long to be sent must not be lost."""
    if item.kind is Kind.TEXT:
        return 4 * item.max_length
    return LONGEST_SHORT + sum(map(len, item.codes))


def _lines(value: str) -> str:
    """What was typed, with line feeds between its lines; a page that shows it would lose one before it."""
    return value.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")


def _whole(moment: datetime) -> datetime:
    """A moment as it is stored, without parts of a second."""
    return moment.replace(microsecond=0)
