"""Wave + settings -> what is printed or handed out: files of links, letters, posters, sheets.

Pages and commands make the same files here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from survey import definitions
from survey.codes import Codes
from survey.counts import NOT_ASSIGNED
from survey.definitions.model import Questionnaire
from survey.handing import codes as short
from survey.handing.batches import listed
from survey.handing.letters import Recipient, recipients
from survey.language import Refusal
from survey.paper import pages, qr, tables, word
from survey.paper.facts import Addressee, Facts, Poster
from survey.settings import Settings
from survey.store import Store, waves
from survey.store.handed import Batch
from survey.store.invitations import Invitation
from survey.store.waves import Wave
from survey.tokens import Links, OpenLinks

LETTER_FILES = ("html", "docx")
MOST: Mapping[str, int] = {"html": 20_000, "docx": 1_000}
"""Letters in one file: DOCX takes a minute for more, and Word longer."""
POSTER_FILES = ("html", "svg", "png")


class UnknownForm(Refusal):
    """There is no such kind of file."""


class TooManyLetters(Refusal):
    """More letters than fit into one file."""


@dataclass(frozen=True)
class Order:
    """Which letters or sheets: for whom (see `letters.PEOPLE`), in which language where a person has none.

    `what` is "letters" or "sheets"; `form` one of LETTER_FILES; `give_back` says where a sheet goes.
    """

    what: str
    whom: str
    language: str
    form: str
    give_back: str = ""


class Press:
    """Prints for one instance."""

    def __init__(self, store: Store, settings: Settings, keys: tuple[str, ...]) -> None:
        self._store = store
        self._settings = settings
        self._links = Links(keys)
        self._open = OpenLinks(keys)
        self._codes = Codes(keys)

    def link(self, invitation: bytes) -> str:
        """The personal address of an invitation."""
        return f"{self._settings.public_url}/a/{self._links.link(invitation)}"

    def address(self, batch: Batch) -> str:
        """The address of an open link."""
        return f"{self._settings.public_url}/o/{self._open.link(batch.id)}"

    def merge_file(self, wave_id: str, batch_id: bytes | None, form: str, who: str, now: datetime) -> bytes:
        """Links, codes and groups as "csv" or "xlsx": of a batch, or of all that are handed out as links.

        An act in the log. Raises UnknownWave, UnknownBatch and UnknownForm.
        """
        _judge(form, tuple(tables.FILES))
        found = listed(self._store, wave_id, batch_id, who, now)
        with self._store.write() as db:
            wave = waves.get(db, wave_id)
            made = short.given(db, self._codes, [one.id for one in found])
        return tables.FILES[form](self._table(wave, found, made))

    def _table(self, wave: Wave, found: Sequence[Invitation], codes: dict[bytes, str]) -> list[list[str]]:
        columns = definitions.load(wave.definition, wave.id).invited_by
        rows = [[self.link(one.id), codes[one.id], *map(_shown, one.groups)] for one in found]
        return [["link", "code", *(column.id for column in columns)], *rows]

    def letters(self, wave_id: str, order: Order, who: str, now: datetime) -> bytes:
        """Letters, or sheets with a code each. An act in the log.

        Raises UnknownWave, UnknownBatch, NobodyToWriteTo, TooManyLetters and UnknownForm.
        """
        _judge(order.form, LETTER_FILES)
        wave, questionnaire = self._wave(wave_id)
        people = recipients(self._store, self._codes, wave_id, order.whom, who, now)
        if len(people) > MOST[order.form]:
            raise TooManyLetters(
                "{n} letters are too many for one {form} file, which takes {most}; choose html, or a "
                "smaller group",
                n=len(people), form=order.form, most=MOST[order.form],
            )  # fmt: skip
        spoken = _spoken(order.language, questionnaire)
        addressees = [self._addressee(one, questionnaire, spoken) for one in people]
        facts = self._facts(wave, questionnaire)
        if order.what == "sheets":
            return _sheets(facts, spoken, addressees, order.give_back, order.form)
        if order.form == "docx":
            return word.letters(facts, addressees)
        return pages.letters(facts, addressees).encode()

    def sheet(self, wave_id: str, spoken: str, form: str, give_back: str = "") -> bytes:
        """The blank questionnaire for paper. Raises UnknownWave and UnknownForm."""
        _judge(form, LETTER_FILES)
        wave, questionnaire = self._wave(wave_id)
        facts = self._facts(wave, questionnaire)
        return _sheets(facts, _spoken(spoken, questionnaire), (), give_back, form)

    def poster(self, wave_id: str, batch: Batch, form: str) -> bytes:
        """The poster of an open link, or its QR code alone ("svg", "png")."""
        _judge(form, POSTER_FILES)
        if form in ("svg", "png"):
            return (qr.svg if form == "svg" else qr.png)(self.address(batch))
        wave, questionnaire = self._wave(wave_id)
        groups = tuple(
            (column.label, value)
            for column, value in zip(questionnaire.invited_by, batch.groups, strict=True)
            if value != NOT_ASSIGNED
        )
        return pages.poster(self._facts(wave, questionnaire), Poster(self.address(batch), groups)).encode()

    def _wave(self, wave_id: str) -> tuple[Wave, Questionnaire]:
        with self._store.read() as db:
            wave = waves.get(db, wave_id)
        return wave, definitions.load(wave.definition, wave.id)

    def _facts(self, wave: Wave, questionnaire: Questionnaire) -> Facts:
        of = self._settings
        return Facts(wave.title, questionnaire, wave.closes, wave.threshold, wave.synthetic,
                     of.organizer, wave.contact or of.contact, of.public_url)  # fmt: skip

    def _addressee(self, one: Recipient, questionnaire: Questionnaire, spoken: str) -> Addressee:
        own = one.language if one.language in questionnaire.languages else spoken
        return Addressee(one.name, str(own), self.link(one.invitation), one.code)


def _sheets(facts: Facts, spoken: str, addressees: Sequence[Addressee], give_back: str, form: str) -> bytes:
    if form == "docx":
        return word.sheets(facts, spoken, addressees, give_back)
    return pages.sheets(facts, spoken, addressees, give_back).encode()


def _shown(value: str) -> str:
    """A group as a file shows it; empty where none is assigned."""
    return "" if value == NOT_ASSIGNED else value


def _spoken(asked: str, questionnaire: Questionnaire) -> str:
    return asked if asked in questionnaire.languages else questionnaire.languages[0]


def _judge(form: str, known: tuple[str, ...]) -> None:
    if form not in known:
        raise UnknownForm("there is no file of the kind {form}; choose from: {known}",
                          form=repr(form[:20]), known=", ".join(known))  # fmt: skip
