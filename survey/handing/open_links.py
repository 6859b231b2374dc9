"""The open link of a poster or a meeting: its start button takes one of the invitations made for it.

Opening the page changes nothing. The page carries a one-time number; whoever sends it twice is led to the
same invitation. Nothing identifies the visitor, so an open link cannot prevent a second answer: how many
invitations it handed out is told beside the results.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from random import Random, SystemRandom

from survey import definitions
from survey.answering import OfWave, admit
from survey.definitions.model import Questionnaire
from survey.language import Refusal, text
from survey.store import Store, handed, waves
from survey.store.handed import Batch, Way
from survey.store.waves import Wave
from survey.throttling import Throttle
from survey.tokens import OpenLinks, Starts, UnknownLink

BURST, PER_SECOND = 120, 2.0
"""Starts of one open link: a full hall at once, then two a second."""


class UnknownOpenLink(Refusal):
    """The open link is not one of ours, or was altered."""

    def __init__(self) -> None:
        super().__init__("this address is not known; check that it is whole, or scan the code again")


class AllTaken(OfWave):
    """Every invitation made for the open link was handed out, or the link was withdrawn."""

    message = text("everything that was prepared for this address has been handed out")


class TooManyStarts(OfWave):
    """More people than can be are starting at this moment."""

    message = text("many people are starting at this moment; please try again in a few seconds")


@dataclass(frozen=True)
class Entrance:
    """What an open link leads to: its wave, the frozen questionnaire, its batch of invitations."""

    wave: Wave
    questionnaire: Questionnaire
    batch: Batch


class Entrances:
    """Opens open links and hands out their invitations, for one instance."""

    def __init__(self, store: Store, keys: tuple[str, ...], random: Random | None = None) -> None:
        self._store = store
        self._links = OpenLinks(keys)
        self._starts = Starts(keys)
        self._random = random or SystemRandom()
        self._throttle = Throttle(BURST, PER_SECOND)

    def token(self, batch_id: bytes) -> str:
        """What stands behind `/o/` in the address of a batch's open link."""
        return self._links.link(batch_id)

    def open(self, token: str, now: datetime) -> Entrance:
        """What an open link leads to at `now`; changes nothing.

        Raises UnknownOpenLink, NotYetOpen, WaveClosed, or AllTaken where it hands nothing out any more.
        """
        try:
            batch_id = self._links.invitation(token)
        except UnknownLink as failure:
            raise UnknownOpenLink from failure
        with self._store.read() as db:
            batch = handed.get(db, batch_id)
            if batch is None or batch.way is not Way.OPEN:
                raise UnknownOpenLink
            wave = waves.get(db, batch.wave)
        admit(wave, None, now)
        return Entrance(wave, _questionnaire(wave.definition, wave.id), batch)

    def fresh(self, entrance: Entrance) -> str:
        """The one-time number of a page. Raises AllTaken where its button would lead nowhere."""
        if entrance.batch.withdrawn or entrance.batch.started >= entrance.batch.made:
            raise AllTaken(entrance.wave, None)
        return self._starts.fresh(entrance.batch.id)

    def start(self, entrance: Entrance, start: str, clock: float) -> bytes:
        """The invitation that a one-time number takes, or took before; at `clock` (monotonic, seconds).

        Raises StartTooOld, AllTaken and TooManyStarts.
        """
        batch = entrance.batch
        digest = self._starts.digest(batch.id, start)
        with self._store.read() as db:
            taken = handed.started_with(db, batch.id, digest)
        if taken is not None:
            return taken
        if not self._throttle.take(batch.id, clock):
            raise TooManyStarts(entrance.wave, None)
        return self._take(entrance, digest)

    def _take(self, entrance: Entrance, digest: bytes) -> bytes:
        """One of those that wait, drawn at random, so that no order of the starts is kept."""
        with self._store.write() as db:
            taken = handed.started_with(db, entrance.batch.id, digest)
            if taken is not None:
                return taken
            batch = handed.get(db, entrance.batch.id)
            left = handed.waiting(db, entrance.batch.id)
            if batch is None or batch.withdrawn or not left:
                raise AllTaken(entrance.wave, None)
            chosen = self._random.choice(left)
            handed.start(db, chosen, digest)
            return chosen


@lru_cache(maxsize=16)
def _questionnaire(definition: str, name: str) -> Questionnaire:
    return definitions.load(definition, name)
