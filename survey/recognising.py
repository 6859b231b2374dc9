"""How the people of a panel wave are known again in the other waves of its study.

A study knows its people by their addresses or by ids of a column of the list, whichever the first list
had; with the invitation is stored what the study's key makes of it, so that addresses and ids can be erased.
"""

from collections.abc import Iterable, Sequence

from survey import tokens
from survey.keys import MarkKeys
from survey.language import Refusal, text
from survey.people import Change
from survey.people.judging import Person
from survey.people.planning import ADDRESS as ADDRESS_FIELD
from survey.store import invitations, studies
from survey.store.database import Database
from survey.store.waves import Wave

ADDRESS, ID = "address", "id"


MISMATCH = {
    ADDRESS: text("this study knows people by their address: leave the column of ids out"),
    ID: text("this study knows people by an id: the list needs the column “person”"),
}


class CannotRecognise(Refusal):
    """A list would make it impossible to know people again, or take two people for one."""


class Recognising:
    """One list of one wave, inside the transaction that stores it; does nothing outside panel waves."""

    def __init__(self, db: Database, wave: Wave, mark_keys: MarkKeys) -> None:
        """Raises UnknownStudy or StudyKeyLost."""
        self._db, self._wave = db, wave
        self._study = None if wave.study is None else studies.get(db, wave.study)
        self._key = b"" if wave.study is None else mark_keys.study(wave.study)
        self._by = self._study.known_by if self._study else None

    def judge(self, people: Sequence[Person]) -> None:
        """Settle by what the study knows its people, by its first list. Raises CannotRecognise."""
        if self._study is None or not people:
            return
        by = ID if any(one.known_as for one in people) else ADDRESS
        if self._by is None:
            studies.set_known_by(self._db, self._study.id, by)
            self._by = by
        elif by != self._by:
            raise CannotRecognise(MISMATCH[self._by])
        there = invitations.persons(self._db, self._wave.id)
        for one in people:
            if self.of(one) in there:
                raise CannotRecognise(
                    "row {line}: {value} is in the wave {wave} already, under another address or name",
                    line=str(one.line), value=one.known_as or one.email, wave=self._wave.id,
                )  # fmt: skip

    def of(self, person: Person) -> bytes | None:
        """What stands for a person in the study; None where the study cannot know the person again."""
        known_as = person.known_as if self._by == ID else person.email.casefold()
        return tokens.person(self._key, f"{self._by} {known_as}") if self._by and known_as else None

    def correct(self, changed: Iterable[Change]) -> None:
        """Where the study knows people by their address, a corrected address is what it knows from now on."""
        for change in changed:
            person = self.of(change.person)
            if self._by == ADDRESS and ADDRESS_FIELD in change.fields and person is not None:
                invitations.set_person(self._db, change.known.invitation, person)
