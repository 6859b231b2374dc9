"""Journey: a file of answers from paper or another tool -> stored responses, all rows or none.

A row without a link deals a new unnamed invitation in its groups; a row without any answer stays an
unanswered invitation. What a row may hold, `rows` says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import SystemRandom

from survey import definitions, inviting, submission, tokens
from survey.counts import NOT_ASSIGNED
from survey.definitions.model import Mode
from survey.inviting import Received, WrongState
from survey.keys import MarkKeys
from survey.language import text
from survey.rows import LINK, InvalidRows, Row, RowProblem, read_rows
from survey.store import Store, audit, invitations, responses, waves
from survey.store.audit import Entry
from survey.store.database import Database
from survey.store.invitations import Invitation
from survey.store.responses import NamedAnswer
from survey.store.waves import STATES, Wave
from survey.tokens import Links


@dataclass(frozen=True)
class Imported:
    """What an import stored; `dropped` answers were to items that are not put to the person.

    `unplaced` tells, for each breakdown that new invitations lack, how many of them do.
    """

    answered: int
    unanswered: int
    added: int
    dropped: int = 0
    unplaced: Mapping[str, int] = field(default_factory=dict)


def import_answers(
    store: Store,
    mark_keys: MarkKeys,
    links: Links,
    wave_id: str,
    content: bytes,
    name: str,
    ignore: frozenset[str],
    now: datetime,
    who: str = audit.PROGRAM,
) -> Imported:
    """Store a file of answers in an open wave; the log says who did, and how many rows it had.

    Raises UnknownWave, WrongState, BadGroup, InvalidFile or InvalidRows, and then nothing is stored.
    """
    with store.read() as db:
        wave = waves.get(db, wave_id)
    _judge_state(wave)
    questionnaire = definitions.load(wave.definition, wave.id)
    rows = read_rows(questionnaire, links, content, name, ignore)
    with store.write() as db:
        wave = waves.get(db, wave_id)
        _judge_state(wave)
        _judge_links(db, wave, mark_keys, rows, name)
        audit.add(db, Entry(now, who, audit.ANSWERS_IMPORTED, wave_id, str(len(rows))))
        return _store(db, wave, mark_keys, rows, now)


def _judge_state(wave: Wave) -> None:
    if wave.state != "open":
        raise WrongState("the wave {wave} is {state}; answers can be imported while it is open",
                         wave=wave.id, state=STATES[wave.state])  # fmt: skip


def _judge_links(db: Database, wave: Wave, mark_keys: MarkKeys, rows: list[Row], name: str) -> None:
    """Links must be of this wave and not used yet."""
    linked = [row for row in rows if row.invitation]
    if not linked:
        return
    everybody = {one.id for one in invitations.of_wave(db, wave.id)}
    unspent = set(inviting.unspent(db, wave, mark_keys))
    problems = [
        RowProblem(row.line, LINK, text("this link is not one of the wave {wave}", wave=wave.id))
        for row in linked
        if row.invitation not in everybody
    ]
    problems += [
        RowProblem(row.line, LINK, text("the answers of this link were received already; leave the row out"))
        for row in linked
        if row.invitation in everybody - unspent
    ]
    if problems:
        raise InvalidRows(name, problems)


def _store(db: Database, wave: Wave, mark_keys: MarkKeys, rows: list[Row], now: datetime) -> Imported:
    settled = [(row.invitation or tokens.new_id(), row) for row in rows]
    added = [
        Invitation(one, wave.id, row.groups, disposition=row.disposition)
        for one, row in settled
        if row.invitation is None
    ]
    received = [
        Received(one, submission.to_json(row.answers), submission.texts(row.answers))
        for one, row in settled
        if row.answers.values
    ]
    inviting.join(db, wave, mark_keys, added, SystemRandom(), received)
    invitations.set_dispositions(
        db, [(one, row.disposition) for one, row in settled if row.invitation and row.disposition]
    )
    if wave.mode is Mode.NAMED:
        stamp = now.isoformat(timespec="seconds")
        named = [NamedAnswer(one.invitation, one.answers, one.texts, stamp) for one in received]
        responses.add_named(db, wave.id, named)
    dropped = sum(row.dropped for row in rows)
    return Imported(len(received), len(rows) - len(received), len(added), dropped, _unplaced(wave, added))


def _unplaced(wave: Wave, added: list[Invitation]) -> dict[str, int]:
    """How many new invitations lack each breakdown, where any does."""
    columns = definitions.load(wave.definition, wave.id).invited_by
    lacking = [sum(one.groups[place] == NOT_ASSIGNED for one in added) for place in range(len(columns))]
    return {breakdown.id: n for breakdown, n in zip(columns, lacking, strict=True) if n}
