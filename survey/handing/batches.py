"""Batches of unnamed invitations, made beforehand and counted in the rates like all others.

Making one, listing its links and withdrawing an open link are acts in the log: who, when, how many, in
which group. Never a link.
"""

from datetime import datetime
from random import SystemRandom

from survey import definitions, inviting, tokens
from survey.cells import Values
from survey.counts import NOT_ASSIGNED
from survey.definitions.model import Mode
from survey.keys import MarkKeys
from survey.language import Refusal
from survey.store import Store, audit, handed, invitations, waves
from survey.store.audit import Entry
from survey.store.database import Database
from survey.store.handed import Batch, Way
from survey.store.invitations import Invitation
from survey.store.waves import Wave

MOST_AT_ONCE = 100_000
_ACTS = {Way.LINKS: audit.LINKS_MADE, Way.OPEN: audit.OPEN_LINK_MADE, Way.PAPER: audit.PAPER_MADE}


class UnknownBatch(Refusal):
    """The wave has no such batch of invitations."""

    def __init__(self) -> None:
        super().__init__("these invitations are not there; the page of partners lists those that are")


class NotForNamed(Refusal):
    """Open links and paper without a name do not go with a named wave."""


class BadCount(Refusal):
    """Nobody can be invited so many times at once."""


def make(
    store: Store, mark_keys: MarkKeys, wave_id: str, way: Way, groups: Values, count: int, who: str,
    now: datetime, language: str | None = None,
) -> Batch:  # fmt: skip
    """Make `count` unnamed invitations in one group, to reach people by one way, in `language` if given.

    Raises UnknownWave, WrongState, BadGroup, BadCount or NotForNamed, and then nothing is made.
    """
    batch_id = tokens.new_id()
    with store.write() as db:
        wave = waves.get(db, wave_id)
        _judge(wave, way)
        handed.add(db, batch_id, wave_id, way, groups)
        return _filled(db, wave, mark_keys, batch_id, count, who, now, language)


def enlarge(
    store: Store, mark_keys: MarkKeys, wave_id: str, batch_id: bytes, count: int, who: str, now: datetime
) -> Batch:
    """Add invitations to a batch. Raises UnknownBatch, WrongState or BadCount."""
    with store.write() as db:
        found = of_wave(db, wave_id, batch_id)
        return _filled(db, waves.get(db, wave_id), mark_keys, found.id, count, who, now)


def withdraw(store: Store, wave_id: str, batch_id: bytes, who: str, now: datetime) -> None:
    """Let an open link hand nothing out any more: what is left of its places counts as withdrawn.

    Raises UnknownBatch.
    """
    with store.write() as db:
        found = of_wave(db, wave_id, batch_id)
        if found.way is not Way.OPEN or found.withdrawn:
            raise UnknownBatch
        left = handed.waiting(db, found.id)
        handed.withdraw(db, found.id)
        invitations.set_dispositions(db, [(one, "withdrawn") for one in left])
        about = told(waves.get(db, wave_id), found.groups, len(left))
        audit.add(db, Entry(now, who, audit.OPEN_LINK_WITHDRAWN, wave_id, about))


def listed(store: Store, wave_id: str, batch_id: bytes | None, who: str, now: datetime) -> list[Invitation]:
    """The invitations whose links are handed out: those of a batch, or (None) all that wait for nobody else.

    An act in the log. Raises UnknownWave and UnknownBatch.
    """
    with store.write() as db:
        wave = waves.get(db, wave_id)
        about: Values = ()
        if batch_id is None:
            reserved = handed.reserved(db, wave_id)
            found = [one for one in invitations.of_wave(db, wave_id) if one.id not in reserved]
        else:
            batch = of_wave(db, wave_id, batch_id)
            chosen, about = frozenset(handed.members(db, batch.id)), batch.groups
            found = [one for one in invitations.of_wave(db, wave_id) if one.id in chosen]
        audit.add(db, Entry(now, who, audit.LINKS_LISTED, wave_id, told(wave, about, len(found))))
        return found


def of_wave(db: Database, wave_id: str, batch_id: bytes) -> Batch:
    """The batch of an id. Raises UnknownBatch where the wave has none."""
    found = handed.get(db, batch_id)
    if found is None or found.wave != wave_id:
        raise UnknownBatch
    return found


def told(wave: Wave, groups: Values, number: int) -> str:
    """What the log says of invitations: their number and their group."""
    columns = definitions.load(wave.definition, wave.id).invited_by
    named = [
        f"{column.id}={value}"
        for column, value in zip(columns, groups, strict=False)
        if value != NOT_ASSIGNED
    ]
    return ", ".join([str(number), *named])


def _filled(
    db: Database,
    wave: Wave,
    mark_keys: MarkKeys,
    batch_id: bytes,
    count: int,
    who: str,
    now: datetime,
    language: str | None = None,
) -> Batch:
    if not 1 <= count <= MOST_AT_ONCE:
        raise BadCount("{n} invitations cannot be made at once; write a number from 1 to {most}",
                       n=count, most=MOST_AT_ONCE)  # fmt: skip
    batch = of_wave(db, wave.id, batch_id)
    added = [Invitation(tokens.new_id(), wave.id, batch.groups, language=language) for _ in range(count)]
    inviting.join(db, wave, mark_keys, added, SystemRandom(), ())
    handed.put_in(db, batch.id, [one.id for one in added])
    audit.add(db, Entry(now, who, _ACTS[batch.way], wave.id, told(wave, batch.groups, count)))
    return of_wave(db, wave.id, batch_id)


def _judge(wave: Wave, way: Way) -> None:
    if way is not Way.LINKS and wave.mode is Mode.PANEL:
        raise NotForNamed(
            "in the panel wave {wave} the same people are asked again; open links and paper without a code, "
            "which belong to nobody, are for anonymous waves",
            wave=wave.id,
        )
    if way is not Way.LINKS and wave.mode is Mode.NAMED:
        raise NotForNamed(
            "in the named wave {wave} each organization answers by its own link; open links and paper "
            "without a code are for anonymous waves",
            wave=wave.id,
        )
