"""Journey: the comments of a closed wave are read, searched and redacted.

In anonymous waves they have neither group nor scores, stand in the order of their slots, which were drawn
at random, and are shown from ten up of one question: fewer are easily known by their style.
"""

import re
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from survey import definitions
from survey.definitions.model import Item, Kind, Mode, Questionnaire
from survey.language import Refusal
from survey.store import Store, audit, waves
from survey.store import comments as stored
from survey.store.audit import Entry
from survey.store.comments import Stored
from survey.store.database import Database
from survey.store.releases import NotClosedYet
from survey.store.responses import TooWide
from survey.store.waves import EVERYTHING, STATES, Wave

FEWEST = 10
"""The fewest comments on one question that are shown of an anonymous wave; its threshold may be higher."""
REDACTED = "[…]"
"""What stands in place of what was redacted."""


class NoSuchComment(Refusal):
    """There is no comment at this place, or none that is shown."""


class CannotRedact(Refusal):
    """What should be redacted is not in the comment."""


@dataclass(frozen=True)
class Comment:
    """One comment: its question, its place among them, its text, and whose it is (None: nobody knows)."""

    item: str
    place: str
    text: str
    who: str | None = None


@dataclass(frozen=True)
class Asked:
    """A question with its comments, those that were searched for; None where too few were left.

    `n` counts all comments on the question, found or not; None where too few were left. `fewest` is what
    it takes.
    """

    item: Item
    comments: tuple[Comment, ...] | None
    n: int | None
    fewest: int


def has_comments(questionnaire: Questionnaire) -> bool:
    """Whether the questionnaire asks for any."""
    return any(item.kind is Kind.TEXT for item in questionnaire.items)


def comments(
    store: Store, wave_id: str, search: str = "", visible: Container[str] = EVERYTHING
) -> list[Asked]:
    """Every question of a closed wave that asks for text, in order, with its comments.

    `search` keeps those that hold the words as they stand, whatever their case and accents. Raises
    UnknownWave, NotClosedYet.
    """
    with store.read() as db:
        wave = _closed(db, wave_id, visible)
        found = _found(db, wave)
    sought = folded(search)
    return [
        one if one.comments is None else replace(one, comments=_with(one.comments, sought)) for one in found
    ]


def _with(some: Sequence[Comment], sought: str) -> tuple[Comment, ...]:
    return tuple(one for one in some if sought in folded(one.text))


def folded(said: str) -> str:
    """A text without case, accents and needless blanks, for comparison."""
    plain = unicodedata.normalize("NFKD", said.casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def comment(
    store: Store, wave_id: str, item: str, place: str, visible: Container[str] = EVERYTHING
) -> Comment:
    """One comment that is shown. Raises UnknownWave, NotClosedYet, NoSuchComment."""
    with store.read() as db:
        return _one(db, _closed(db, wave_id, visible), item, place)


def redact(
    store: Store, wave_id: str, item: str, place: str, part: str | None, who: str, now: datetime
) -> Comment:
    """Overwrite a comment, or every occurrence of a part of it, for good; a line in the log says so.

    What stood there is not kept anywhere in the database. Raises UnknownWave, NotClosedYet, NoSuchComment,
    CannotRedact, with nothing changed.
    """
    with store.write() as db:
        wave = _closed(db, wave_id, EVERYTHING)
        before = _one(db, wave, item, place)
        after = replace(before, text=REDACTED if part is None else without(before.text, part))
        _overwrite(db, wave, before, after.text)
        audit.add(db, Entry(now, who, audit.COMMENT_REDACTED, wave_id, item))
    return after


def without(said: str, part: str) -> str:
    """A text in which a part is redacted wherever it stands, whatever its case. Raises CannotRedact."""
    sought = part.strip()
    pattern = r"\s+".join(map(re.escape, sought.split()))
    if not sought or not re.search(pattern, said, re.IGNORECASE):
        raise CannotRedact(
            "the comment does not hold {part}; copy it from the comment, letter by letter",
            part=f"“{part}”" if sought else "“”",
        )
    return re.sub(pattern, REDACTED, said, flags=re.IGNORECASE)


def _overwrite(db: Database, wave: Wave, one: Comment, said: str) -> None:
    place = Stored(one.item, one.place, one.text)
    if wave.mode is Mode.NAMED:
        stored.overwrite_named(db, place, said)
        return
    try:
        stored.overwrite_slot(db, wave.id, place, said)
    except TooWide as too_wide:
        raise CannotRedact(
            "so many small parts of this comment cannot be redacted; redact it whole"
        ) from too_wide


def _closed(db: Database, wave_id: str, visible: Container[str]) -> Wave:
    wave = waves.get(db, wave_id, visible)
    if wave.state != "closed":
        raise NotClosedYet(
            "the wave {wave} is {state}; its comments are read once it is closed",
            wave=wave.id, state=STATES[wave.state],
        )  # fmt: skip
    return wave


def _found(db: Database, wave: Wave) -> list[Asked]:
    questionnaire = definitions.load(wave.definition, wave.questionnaire)
    is_named = wave.mode is Mode.NAMED
    texts = stored.named(db, wave.id) if is_named else stored.in_slots(db, wave.id)
    fewest = 0 if is_named else max(FEWEST, wave.threshold)
    asked = []
    for item in questionnaire.items:
        if item.kind is Kind.TEXT:
            own = tuple(_comment(one, questionnaire) for one in texts if one.item == item.id)
            enough = len(own) >= fewest
            asked.append(Asked(item, own if enough else None, len(own) if enough else None, fewest))
    return asked


def _comment(one: Stored, questionnaire: Questionnaire) -> Comment:
    if one.groups is None:
        return Comment(one.item, one.place, one.text)
    told = dict(zip((breakdown.id for breakdown in questionnaire.invited_by), one.groups, strict=True))
    return Comment(one.item, one.place, one.text, told.get("organization") or " · ".join(one.groups))


def _one(db: Database, wave: Wave, item: str, place: str) -> Comment:
    for asked in _found(db, wave):
        for one in asked.comments or ():
            if (one.item, one.place) == (item, place):
                return one
    raise NoSuchComment(
        "the wave {wave} has no comment {place} on {item} that is shown; its list of comments names those "
        "it has",
        wave=wave.id, item=item, place=place,
    )  # fmt: skip
