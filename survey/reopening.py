"""Journey: what an organization sent -> its draft again, at an evaluator's wish, and a line in the log.

Only while a named wave takes answers: the same link works again, and what was sent counts no more until
it is sent again.
"""

from collections.abc import Mapping
from datetime import date, datetime

from survey import definitions
from survey.answering import today_of
from survey.cells import group_values
from survey.counts import NOT_ASSIGNED
from survey.definitions.model import Mode
from survey.drafting import fields_of
from survey.language import Refusal
from survey.store import Store, audit, drafts, invitations, responses, waves
from survey.store.audit import Entry
from survey.store.database import Database
from survey.store.drafts import Draft
from survey.store.responses import NamedAnswer
from survey.store.waves import STATES, Wave


class CannotReopen(Refusal):
    """These answers cannot be reopened: of such a wave, by now, or none that is meant."""


def reopen(store: Store, wave_id: str, groups: Mapping[str, str], who: str, now: datetime) -> Entry:
    """Make the answers of the one organization in `groups` (breakdown -> value) a draft again.

    Returns the entry of the log. Raises UnknownWave, BadGroup for an unknown breakdown, and CannotReopen,
    with nothing changed.
    """
    with store.write() as db:
        wave = waves.get(db, wave_id)
        _judge(wave, today_of(wave, now))
        answer = _answer(db, wave, groups)
        fields = fields_of(definitions.load(wave.definition, wave.id), answer.answers, answer.texts)
        moment = now.replace(microsecond=0)
        responses.remove_named(db, answer.invitation)
        drafts.put(db, answer.invitation, wave_id,
                   Draft(answer.revision + 1, fields, (), "", moment, reopened=True))  # fmt: skip
        entry = Entry(moment, who, audit.REOPENED, wave_id, _named(groups))
        audit.add(db, entry)
        return entry


def _judge(wave: Wave, today: date) -> None:
    if wave.mode is not Mode.NAMED:
        raise CannotReopen(
            "the wave {wave} is anonymous: nobody can tell which answers are whose, so none can be reopened",
            wave=wave.id,
        )
    if wave.state != "open":
        raise CannotReopen(
            "the wave {wave} is {state}; answers can be reopened only while it is open",
            wave=wave.id, state=STATES[wave.state],
        )  # fmt: skip
    if wave.closes and today > wave.closes:
        raise CannotReopen(
            "the wave {wave} took answers until {day}: what is reopened now could not be sent any more",
            wave=wave.id, day=wave.closes,
        )  # fmt: skip


def _answer(db: Database, wave: Wave, groups: Mapping[str, str]) -> NamedAnswer:
    """What the one organization in these groups sent."""
    questionnaire = definitions.load(wave.definition, wave.id)
    asked = group_values(questionnaire, groups)
    found = [
        one.id
        for one in invitations.of_wave(db, wave.id)
        if all(want in (NOT_ASSIGNED, value) for want, value in zip(asked, one.groups, strict=True))
    ]
    if len(found) != 1:
        raise CannotReopen(
            "{n} invitations of the wave {wave} have {group}; name exactly one, as survey links {wave} --csv "
            "lists them",
            n=len(found), wave=wave.id, group=_named(groups),
        )  # fmt: skip
    answer = responses.get_named(db, found[0])
    if answer is None:
        raise CannotReopen("{group} has sent nothing that could be reopened", group=_named(groups))
    return answer


def _named(groups: Mapping[str, str]) -> str:
    return ", ".join(f"{breakdown}={value}" for breakdown, value in groups.items())
