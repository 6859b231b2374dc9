"""Journey: a closed wave -> what anybody may read of it: in the report, as open data, on partners' pages.

There is a second release of each named wave, solved as if it were anonymous: made when it is first needed,
kept for good. Answers of a closed named wave do not change, so it is the same whenever it is made. What is
cited is the wave's own release, whoever reads.
"""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from survey import definitions
from survey.answering import decoded
from survey.counting import count
from survey.counts import Cell
from survey.definitions.model import Mode, Questionnaire
from survey.public import Public, public
from survey.release import Release
from survey.releasing import released
from survey.store import Store, invitations, partner_pages, releases, responses, waves
from survey.store.waves import Wave


def public_of(store: Store, wave_id: str) -> Public:
    """What anybody may read of a closed wave. Raises UnknownWave or NotClosedYet."""
    with store.read() as db:
        wave = waves.get(db, wave_id)
        own, identifier = releases.get(db, wave_id), releases.identifier(db, wave_id)
        kept = partner_pages.release_of(db, wave_id)
    solved = None
    if wave.mode is Mode.NAMED:
        solved = kept or _kept(store, _as_if_anonymous(store, wave, own))
    return public(own, _questionnaire(wave.definition, wave.id), identifier, solved)


def _kept(store: Store, made: Release) -> Release:
    """The release that stays: another process may have been first."""
    with store.write() as db:
        return partner_pages.keep_release(db, made)


def _as_if_anonymous(store: Store, wave: Wave, own: Release) -> Release:
    """What could be shown of a closed named wave if it were anonymous, from its stored answers."""
    with store.read() as db:
        invited = invitations.group_sizes(db, wave.id)
        found = responses.named_with_groups(db, wave.id)
    questionnaire = _questionnaire(wave.definition, wave.id)
    cells = tuple(Cell(number, values, invited[values]) for number, values in enumerate(sorted(invited)))
    number = {cell.values: cell.number for cell in cells}
    counts = count(questionnaire, cells, ((number[values], decoded(answers)) for values, answers, _ in found))
    closed = datetime.fromisoformat(own.closed)
    return released(replace(wave, mode=Mode.ANONYMOUS), questionnaire, counts, {}, invited, closed)


@lru_cache(maxsize=16)
def _questionnaire(definition: str, name: str) -> Questionnaire:
    return definitions.load(definition, name)
