"""Journey: a study begins with its first wave, links two waves when the later one closes, and ends.

Linking needs no key: the same person has the same code in the stored responses of all waves. The key leads
from people to codes. Ending a study destroys the key, overwrites the codes, and forgets who is the same
person in two waves; what was released stays.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from survey import definitions
from survey.answering import apart, coded, packed
from survey.counting import CHUNK
from survey.definitions.model import Questionnaire
from survey.inviting import BadWave, WrongState, faults
from survey.keys import MarkKeys
from survey.store import Store, audit, invitations, releases, responses, studies, waves
from survey.store.audit import Entry
from survey.store.database import Database
from survey.store.studies import Study
from survey.store.waves import STATES, Wave
from survey.study import Beside, Sheet, StudyRelease, linkable, sheet, shown, study_release
from survey.tokens import NO_CODE

_STUDY_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


def take_part(db: Database, mark_keys: MarkKeys, wave: Wave, now: datetime) -> None:
    """Inside the transaction that makes a wave: the study that it names begins, or goes on with it.

    Raises BadWave for an unusable name, another questionnaire's study or one at an end, StudyKeyLost.
    """
    for name, fault in faults(wave):
        if name == "study":
            raise BadWave(fault)
    if wave.study is None:
        return
    if not _STUDY_ID.fullmatch(wave.study):
        raise BadWave(
            "the study name {study} cannot be used; write letters, digits, - and _, 60 at most",
            study=wave.study or "''",
        )
    known = studies.find(db, wave.study)
    if known is None:
        mark_keys.make_study(wave.study)
        studies.add(db, wave.study, wave.questionnaire, now)
        return
    _judge_fitting(known, wave)
    mark_keys.study(known.id)


def _judge_fitting(study: Study, wave: Wave) -> None:
    if study.ended is not None:
        raise BadWave("the study {study} is at an end; begin another one under another name",
                      study=study.id)  # fmt: skip
    if study.questionnaire != wave.questionnaire:
        raise BadWave(
            "the study {study} asks “{first}”, and this wave “{second}”: the waves of a study have one "
            "questionnaire",
            study=study.id, first=study.questionnaire, second=wave.questionnaire,
        )  # fmt: skip


def link(store: Store, wave_id: str) -> None:
    """Store what a panel wave that has its release tells together with each earlier wave of its study.

    With the first one first, then with the others from the last one back: what is shown of a pair of waves
    may have to be withheld of the next. Nothing happens in other waves. May be repeated: what is stored
    stays.
    """
    with store.read() as db:
        wave = waves.get(db, wave_id)
        there = [] if wave.study is None else _closed_before(db, wave)
    if wave.study is None or not there:
        return
    sheets = {one.id: _sheet(store, one) for one in (*there, wave)}
    for other in (there[0], *reversed(there[1:])):
        with store.read() as db:
            known = studies.releases_of(db, wave.study)
            pair = releases.get(db, other.id), releases.get(db, wave.id)
        if any((one.earlier, one.later) == (other.id, wave.id) for one in known):
            continue
        before = _beside(known, sheets, other.id), _beside(known, sheets, wave.id)
        topics = linkable(_asked(other), _asked(wave))
        made = study_release(wave.study, pair, (sheets[other.id], sheets[wave.id]), topics, before)
        with store.write() as db:
            studies.add_release(db, made)


def _beside(known: list[StudyRelease], sheets: dict[str, Sheet], wave_id: str) -> list[Beside]:
    """The waves that one was linked with already."""
    pairs = [(one, {one.earlier, one.later}) for one in known]
    return [
        Beside(sheets[other], shown(one))
        for one, pair in pairs
        if wave_id in pair
        for other in pair - {wave_id}
    ]


def _closed_before(db: Database, wave: Wave) -> list[Wave]:
    """The other closed waves of the study, the one that closed first at the beginning."""
    there = [one for one in waves.of_study(db, wave.study or "") if one.id != wave.id and one.closed_at]
    return sorted(there, key=lambda one: (one.closed_at, one.id))


def _asked(wave: Wave) -> Questionnaire:
    return definitions.load(wave.definition, wave.id)


def _sheet(store: Store, wave: Wave) -> Sheet:
    """The responses of a wave as numbers."""
    questionnaire = _asked(wave)
    with store.read() as db:
        cells, release = invitations.cells(db, wave.id), releases.get(db, wave.id)
    return sheet(_stored(store, wave), questionnaire, cells, release)


def _stored(store: Store, wave: Wave) -> Iterator[tuple[str, int, dict[str, object]]]:
    for first in range(0, wave.slots, CHUNK):
        with store.read() as db:
            bodies = list(responses.bodies(db, wave.id, first, first + CHUNK))
        yield from (one for one in coded(bodies) if one[0] != NO_CODE)


def end(store: Store, mark_keys: MarkKeys, study_id: str, who: str, now: datetime) -> None:
    """Destroy the key of a study and every code: from then on nobody can link anything. Results stay.

    Cut short, it is repeated. Raises UnknownStudy, and WrongState while one of its waves is open.
    """
    with store.write() as db:
        study, there = studies.get(db, study_id), waves.of_study(db, study_id)
        running = next((one for one in there if one.state in ("open", "closing")), None)
        if running is not None:
            raise WrongState(
                "the wave {wave} of the study {study} is {state}; close it first",
                wave=running.id, study=study_id, state=STATES[running.state],
            )  # fmt: skip
        if study.ended is None:
            studies.set_ended(db, study_id, now)
            audit.add(db, Entry(now, who, audit.STUDY_ENDED, None, study_id))
    mark_keys.destroy_study(study_id)
    for wave in there:
        with store.write() as db:
            invitations.forget_persons(db, wave.id)
        _forget_codes(store, wave)


def _forget_codes(store: Store, wave: Wave) -> None:
    """Overwrite the code of every response of a wave in place."""
    for first in range(0, wave.slots, CHUNK):
        with store.write() as db:
            found = [
                (slot, *apart(body)) for slot, body in responses.filled(db, wave.id, first, first + CHUNK)
            ]
            without = ((slot, packed(cell, answers, NO_CODE)) for slot, cell, answers, _ in found)
            responses.overwrite(db, wave.id, without, wave.width)


@dataclass(frozen=True)
class StudyStanding:
    """A study, its waves in order of id, how many people were asked in more than one, and its releases."""

    study: Study
    waves: tuple[Wave, ...]
    asked_again: int
    releases: tuple[StudyRelease, ...]


def standing(store: Store, study_id: str) -> StudyStanding:
    """How far a study is; of who answered nothing that its releases do not tell. Raises UnknownStudy."""
    with store.read() as db:
        study, there = studies.get(db, study_id), waves.of_study(db, study_id)
        people = [invitations.persons(db, one.id) for one in there]
        made = studies.releases_of(db, study_id)
    again = {person for at, some in enumerate(people) for other in people[:at] for person in some & other}
    return StudyStanding(study, tuple(there), len(again), tuple(made))


def standings(store: Store) -> list[StudyStanding]:
    """All studies in order of id."""
    with store.read() as db:
        known = [one.id for one in studies.all_studies(db)]
    return [standing(store, one) for one in known]
