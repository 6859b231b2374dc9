"""Journey: link + form -> stored response.

Opening a link changes nothing. Receiving answers is one transaction that sets the invitation's mark
and overwrites a random blank slot; nothing else is written, no time, no counter, and the
invitation's own row is never touched. In a panel wave the slot holds the person's code, too. Answers of
a named wave go to a table of their own, and end its draft.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from random import Random, SystemRandom
from typing import Any
from zoneinfo import ZoneInfo

from survey import definitions, submission
from survey.definitions.model import Kind, Mode, Questionnaire
from survey.keys import MarkKeyLost, MarkKeys
from survey.language import Refusal, Text, text
from survey.store import DatabaseBusy, Store, drafts, invitations, responses, waves
from survey.store.database import Database
from survey.store.invitations import Asked
from survey.store.responses import NamedAnswer, Slots
from survey.store.waves import Wave
from survey.submission import Answers
from survey.tokens import NO_CODE, Links, UnknownLink, mark, panel_code

__all__ = [
    "AlreadyAnswered",
    "Answering",
    "DatabaseBusy",
    "Door",
    "NotAnsweredYet",
    "NotYetOpen",
    "OfWave",
    "UnknownLink",
    "WaveClosed",
    "admit",
]


class OfWave(Refusal):
    """A refusal that knows its wave and the invitation's language, so that a page can speak of them."""

    message: Text

    def __init__(self, wave: Wave, language: str | None) -> None:
        self.wave = wave
        self.language = language
        super().__init__(self.message)


class AlreadyAnswered(OfWave):
    """The answers of this link were received before."""

    message = text("the answers of this link were received already")


class NotYetOpen(OfWave):
    """The wave takes no answers yet; `wave.opens` is the day, where one is set."""

    message = text("this questionnaire is not open yet")


class WaveClosed(OfWave):
    """The wave takes no answers any more; `wave.closes` was the last day, where one was set."""

    message = text("this questionnaire is closed")


class NotAnsweredYet(OfWave):
    """Nothing was received by this link so far."""

    message = text("no answers were received by this link so far")


@dataclass(frozen=True)
class Door:
    """What a link opened: the wave, its frozen questionnaire and the invitation."""

    wave: Wave
    questionnaire: Questionnaire
    slots: Slots
    invitation: bytes
    cell: int | None
    language: str | None


@dataclass(frozen=True)
class _Known:
    """A wave as it was when `stamp` was read, with what is worked out of its definition."""

    stamp: tuple[object, ...]
    wave: Wave
    questionnaire: Questionnaire
    slots: Slots


def slots_of(questionnaire: Questionnaire, number: int) -> Slots:
    """The slots that hold any response to this questionnaire, widths in bytes."""
    code = NO_CODE if questionnaire.mode is Mode.PANEL else ""
    longest = len(packed(10**7 - 1, "{}", code)) - 2 + submission.largest_json(questionnaire)
    texts = {item.id: 1 + 4 * item.max_length for item in questionnaire.items if item.kind is Kind.TEXT}
    return Slots(number, longest, texts)


def packed(cell: int, answers: str, code: str = "") -> str:
    """A response as stored: its cell, in a panel wave its code, its answers (JSON), and nothing more."""
    told = f',"code":"{code}"' if code else ""
    return f'{{"cell":{cell}{told},"answers":{answers}}}'


def unpacked(bodies: Sequence[str]) -> list[tuple[int, dict[str, Any]]]:
    """(cell, answers) of stored responses. Read as one text: by itself each would take half as long again."""
    return [(data["cell"], data["answers"]) for data in decoded(f"[{','.join(bodies)}]")]


def coded(bodies: Sequence[str]) -> list[tuple[str, int, dict[str, Any]]]:
    """(code, cell, answers) of stored responses of a panel wave."""
    return [(data["code"], data["cell"], data["answers"]) for data in decoded(f"[{','.join(bodies)}]")]


def apart(body: str) -> tuple[int, str, str]:
    """(cell, answers as JSON, code) of a stored response, the answers as they were written."""
    told, answers = body.rstrip().removeprefix('{"cell":').removesuffix("}").split(',"answers":', 1)
    cell, _, code = told.partition(',"code":')
    return int(cell), answers, code.strip('"')


def cell_of(body: str) -> int:
    """The cell of a stored response, without looking at its answers."""
    return int(body[_CELL : body.index(",", _CELL)])


_CELL = len(packed(0, "").partition("0")[0])


def decoded(body: str) -> Any:
    """Stored JSON, with decimals as the text that was written, not as the nearest float."""
    return json.loads(body, parse_float=str)


class Answering:
    """Opens links and receives answers for one instance."""

    def __init__(self, store: Store, mark_keys: MarkKeys, links: Links, random: Random | None = None) -> None:
        self._store = store
        self._mark_keys = mark_keys
        self._links = links
        self._random = random or SystemRandom()
        self._waves: dict[str, _Known] = {}
        self._latest = ""

    def open(self, link: str, now: datetime) -> Door:
        """The door of a link that may be answered at `now`; changes nothing.

        Behind the last day only a draft goes on, for the wave's grace period. Raises UnknownLink,
        AlreadyAnswered, NotYetOpen or WaveClosed, and StudyKeyLost.
        """
        invitation = self._links.invitation(link)
        with self._store.read() as db:
            door, told = self._door_with_mark(db, invitation)
            answered = door.wave.state == "open" and (self._answered(db, door) if told is None else told)
            self._judge_study(door)
            begun = _has_draft(db, door, now)
        admit(door.wave, door.language, now, begun)
        if answered:
            raise AlreadyAnswered(door.wave, door.language)
        return door

    def sent(self, link: str, now: datetime) -> Door:
        """The door of a link by which a form is sent at `now`, whether or not others were before.

        Only `receive` settles that, in its transaction; whoever shows the form again asks `unanswered`.
        Raises UnknownLink, NotYetOpen or WaveClosed, and StudyKeyLost.
        """
        door = self.behind(link)
        self._judge_study(door)
        admit(door.wave, door.language, now, begun=True)
        return door

    def unanswered(self, door: Door) -> None:
        """Raise AlreadyAnswered where answers were received by this link, as long as that can be told.

        Behind the door of a draft, which is a trial's, nothing ever was.
        """
        if door.wave.state == "draft":
            return
        with self._store.read() as db:
            present = self._door(db, door.invitation)
            if present.wave.state == "open" and self._answered(db, present):
                raise AlreadyAnswered(door.wave, door.language)

    def behind(self, link: str) -> Door:
        """The door of a link, whatever may be done with it by now. Raises UnknownLink."""
        invitation = self._links.invitation(link)
        with self._store.read() as db:
            return self._door(db, invitation)

    def status(self, link: str) -> Door:
        """The door of a link whose answers were received.

        Raises UnknownLink, NotAnsweredYet, or WaveClosed where nobody can tell any more.
        """
        invitation = self._links.invitation(link)
        with self._store.read() as db:
            door, told = self._door_with_mark(db, invitation)
            if door.wave.mode is not Mode.NAMED and door.wave.state in ("closing", "closed"):
                raise WaveClosed(door.wave, door.language)
            if door.wave.state == "draft" or not (self._answered(db, door) if told is None else told):
                raise NotAnsweredYet(door.wave, door.language)
        return door

    def asked(self, wave_id: str) -> tuple[Wave, Questionnaire]:
        """A wave, whatever its state, and what it asks. Raises UnknownWave."""
        with self._store.read() as db:
            wave = waves.get(db, wave_id)
        return wave, _loaded(wave.definition, wave.id)

    def on_paper(self, wave_id: str, invitation: bytes) -> Door:
        """The door of an invitation of a wave whose answers came on paper: until the wave is closed.

        Raises UnknownLink where it is another wave's, AlreadyAnswered, NotYetOpen or WaveClosed.
        """
        with self._store.read() as db:
            door = self._door(db, invitation)
            if door.wave.id != wave_id:
                raise UnknownLink
            _admit_paper(door.wave, door.language)
            if self._answered(db, door):
                raise AlreadyAnswered(door.wave, door.language)
        return door

    def receive(
        self,
        door: Door,
        answers: Answers,
        now: datetime,
        judge: Callable[[Database], None] | None = None,
        on_paper: bool = False,
    ) -> None:
        """Store the answers durably, or raise AlreadyAnswered, WaveClosed, NotYetOpen or DatabaseBusy.

        `judge` may refuse within the same transaction, where the link was not used before. What came
        `on_paper` is taken until the wave is closed, whatever its last day.
        """
        with self._store.write() as db:
            present = self.present(db, door, now, on_paper)
            if judge is not None:
                judge(db)
            store = _STORING[present.wave.mode]
            if not store(self, db, present, answers, now):
                raise AlreadyAnswered(door.wave, door.language)

    def present(self, db: Database, door: Door, now: datetime, on_paper: bool = False) -> Door:
        """The door of somebody who has begun, as it is by now, within a transaction.

        Raises NotYetOpen or WaveClosed.
        """
        present = self._door(db, door.invitation)
        if on_paper:
            _admit_paper(present.wave, present.language)
        else:
            admit(present.wave, present.language, now, begun=True)
        return present

    def _store_in_slot(self, db: Database, door: Door, answers: Answers, now: datetime) -> bool:
        if not responses.spend(db, self._mark(door)):
            return False
        if door.cell is None:
            raise ValueError("an invitation of an open wave has no cell")
        body = packed(door.cell, submission.to_json(answers), self._code(db, door))
        responses.fill(db, door.wave.id, door.slots, body, self._random)
        for item, words in submission.texts(answers).items():
            responses.fill_text(db, door.wave.id, item, door.slots, words, self._random)
        return True

    def _code(self, db: Database, door: Door) -> str:
        """The panel code of whoever answers; none but in a panel wave. Raises StudyKeyLost."""
        if door.wave.study is None:
            return ""
        key = self._mark_keys.study(door.wave.study)
        return panel_code(key, invitations.person_of(db, door.invitation))

    def _store_named(self, db: Database, door: Door, answers: Answers, now: datetime) -> bool:
        if responses.has_named(db, door.invitation):
            return False
        received = now.isoformat(timespec="seconds")
        body = submission.to_json(answers)
        one = NamedAnswer(door.invitation, body, submission.texts(answers), received)
        responses.add_named(db, door.wave.id, [one])
        return True

    def _door(self, db: Database, invitation_id: bytes) -> Door:
        return self._behind(db, invitation_id, invitations.asked(db, invitation_id))

    def _door_with_mark(self, db: Database, invitation_id: bytes) -> tuple[Door, bool | None]:
        """The door of an invitation, and whether it was answered, where one statement tells both.

        It mostly does: whoever comes is mostly asked in the wave of whoever came before, so the mark under
        that wave's key goes along.
        """
        wave = self._latest
        guessed = self._guessed(wave, invitation_id)
        found = invitations.asked(db, invitation_id, guessed)
        door = self._behind(db, invitation_id, found)
        return door, found.spent if found and guessed and found.wave == wave else None

    def _behind(self, db: Database, invitation_id: bytes, found: Asked | None) -> Door:
        if found is None:
            raise UnknownLink
        known = self._wave(db, found.wave, found.stamp)
        return Door(known.wave, known.questionnaire, known.slots, invitation_id, found.cell, found.language)

    def _guessed(self, wave_id: str, invitation_id: bytes) -> bytes:
        """The mark of an invitation if it is one of this wave; empty where that has no key any more."""
        try:
            return mark(self._mark_keys.get(wave_id), invitation_id) if wave_id else b""
        except MarkKeyLost:
            self._latest = ""
            return b""

    def _wave(self, db: Database, wave_id: str, stamp: tuple[object, ...]) -> _Known:
        """The wave and its questionnaire, read again only when something of the wave has changed."""
        known = self._waves.get(wave_id)
        if known is None or known.stamp != stamp:
            wave = waves.get(db, wave_id)
            questionnaire = definitions.load(wave.definition, wave.id)
            known = _Known(stamp, wave, questionnaire, slots_of(questionnaire, wave.slots))
            self._waves[wave_id] = known
        return known

    def _judge_study(self, door: Door) -> None:
        """Raise StudyKeyLost before anything is typed or read, not after."""
        if door.wave.state == "open" and door.wave.study is not None:
            self._mark_keys.study(door.wave.study)

    def _answered(self, db: Database, door: Door) -> bool:
        if door.wave.mode is Mode.NAMED:
            return responses.has_named(db, door.invitation)
        spent = responses.is_spent(db, self._mark(door))
        self._latest = door.wave.id
        return spent

    def _mark(self, door: Door) -> bytes:
        return mark(self._mark_keys.get(door.wave.id), door.invitation)


@lru_cache(maxsize=16)
def _loaded(definition: str, name: str) -> Questionnaire:
    """Kept, because anybody may ask for it, again and again."""
    return definitions.load(definition, name)


_STORING = {
    Mode.ANONYMOUS: Answering._store_in_slot,
    Mode.PANEL: Answering._store_in_slot,
    Mode.NAMED: Answering._store_named,
}


def admit(wave: Wave, language: str | None, now: datetime, begun: bool = False) -> None:
    """Raise unless the wave takes answers at `now`; the closing day is the last, in the wave's zone.

    What was `begun` by then has the grace period.
    """
    if wave.state == "draft" or (wave.state == "open" and wave.opens and today_of(wave, now) < wave.opens):
        raise NotYetOpen(wave, language)
    end = wave.taken_until if begun else wave.ended_at
    if wave.state != "open" or (end and now >= end):
        raise WaveClosed(wave, language)


def _admit_paper(wave: Wave, language: str | None) -> None:
    """Raise unless the wave is open: paper takes its time, so the days do not matter."""
    if wave.state == "draft":
        raise NotYetOpen(wave, language)
    if wave.state != "open":
        raise WaveClosed(wave, language)


def _has_draft(db: Database, door: Door, now: datetime) -> bool:
    """Whether something was saved behind a link whose last day is over: only then it matters."""
    if door.wave.mode is not Mode.NAMED or door.wave.ended_at is None or now < door.wave.ended_at:
        return False
    return drafts.get(db, door.invitation) is not None


def today_of(wave: Wave, now: datetime) -> date:
    """The day it is at `now` (an aware time) in the wave's time zone."""
    return now.astimezone(ZoneInfo(wave.timezone)).date()
