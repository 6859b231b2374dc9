"""Journey: stored responses -> counts -> release; then the stored responses are coarsened.

A wave is counted once. Closing stops answers, counts and solves disclosure, destroys the mark key and
stores the release; what is stored of an anonymous or panel wave is then rewritten so that nobody stands
out in it, and a panel wave is linked with the first one of its study. Cut short at any instant, closing
is simply repeated: it goes on from the release where there is one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from survey import coarsening, definitions, studying, submission
from survey.answering import apart, cell_of, decoded, packed, unpacked
from survey.cells import Values
from survey.coarsening import Change, Coarsener, Combinations, Plan
from survey.counting import CHUNK, Stored, count
from survey.definitions.model import Mode, Questionnaire
from survey.inviting import WrongState
from survey.keys import MarkKeys
from survey.language import Refusal, Text, text
from survey.placing import Places
from survey.release import Release
from survey.releasing import released
from survey.store import Store, audit, coarsenings, drafts, invitations, releases, responses, waves
from survey.store.audit import Entry
from survey.store.database import Database
from survey.store.waves import STATES, Wave
from survey.submission import Answers

Progress = Callable[[Iterable[Any], int, Text], Iterable[Any]]
"""Wraps what is being gone through, told how much there is and what is done, to show how far it is."""


class StillTaken(Refusal):
    """The last day is over, but what was begun by then is still taken: closing now would lose it."""


def close(
    store: Store,
    mark_keys: MarkKeys,
    wave_id: str,
    now: datetime,
    progress: Progress | None = None,
    who: str = audit.PROGRAM,
    at_once: bool = False,
) -> Release:
    """Close a wave: no more answers, one count, one frozen release, and nobody stands out in what is stored.

    The log says who closed it; `at_once` closes within the grace period behind the last day, too. Raises
    UnknownWave, WrongState, StillTaken, or ClosingElsewhere.
    """
    with store.closing_alone():
        stop(store, wave_id, now, who, at_once)
        return finish(store, mark_keys, wave_id, now, progress)


def finish(
    store: Store, mark_keys: MarkKeys, wave_id: str, now: datetime, progress: Progress | None = None
) -> Release:
    """All that closing does behind `stop`, for whoever holds `store.closing_alone`."""
    shown = progress or _unseen
    with store.read() as db:
        wave = waves.get(db, wave_id)
        frozen = releases.exists(db, wave_id)
    _judge_state(wave, "closing")
    questionnaire = definitions.load(wave.definition, wave.id)
    if not frozen:
        release, plan = _solved(store, wave, questionnaire, now, shown)
        # Before the release is stored: a repeated closing needs no key, and none must outlive the wave.
        mark_keys.destroy(wave_id)
        _freeze(store, release, plan)
    _coarsen(store, wave, questionnaire, shown)
    studying.link(store, wave_id)
    _forget(store, wave_id)
    return _finish(store, wave_id)


def _unseen(some: Iterable[Any], _number: int, _what: Text) -> Iterable[Any]:
    return some


def stop(store: Store, wave_id: str, now: datetime, who: str, at_once: bool = False) -> None:
    """No more answers from here on, and no drafts; what was cut short goes on. For `closing_alone`.

    `at_once` stops within the grace period behind the last day, too. Raises UnknownWave, WrongState or
    StillTaken.
    """
    with store.write() as db:
        wave = waves.get(db, wave_id)
        _judge_state(wave, "open", "closing")
        if not at_once:
            _judge_grace(wave, now)
        if wave.state == "open":
            audit.add(db, Entry(now, who, audit.CLOSED, wave_id))
        waves.set_closing(db, wave_id)
        drafts.remove_all(db, wave_id)


def grace_left(wave: Wave, now: datetime) -> datetime | None:
    """The end (UTC) of the grace period of an open wave while it is running; None at other times."""
    ended, until = wave.ended_at, wave.taken_until
    return until if wave.state == "open" and ended and until and ended <= now < until else None


def _judge_grace(wave: Wave, now: datetime) -> None:
    """Raise StillTaken while somebody who was promised a grace period may be writing."""
    until = grace_left(wave, now)
    if until is not None:
        raise StillTaken(
            "the last day of the wave {wave} is over, but what was begun by then is taken until {moment}; "
            "close it after that, or with --now, which loses what is being written",
            wave=wave.id, moment=until.astimezone(ZoneInfo(wave.timezone)),
        )  # fmt: skip


def _solved(
    store: Store, wave: Wave, questionnaire: Questionnaire, now: datetime, progress: Progress
) -> tuple[Release, Plan | None]:
    """The release of a wave, and how its responses are coarsened (None: a named wave's are not)."""
    with store.read() as db:
        cells = invitations.cells(db, wave.id)
        invited = invitations.group_sizes(db, wave.id)
        texts = text_counts(db, wave)
        number = _number_stored(db, wave)
    combinations, people = Combinations(questionnaire, cells), Counter[Values]()
    passing = progress(_noted(stored(store, wave), combinations, people), number, text("counting"))
    counts = count(questionnaire, cells, passing)
    release = released(wave, questionnaire, counts, texts, invited, now)
    if wave.mode is Mode.NAMED:
        return release, None
    keeping = _keeping(questionnaire, release)
    return release, coarsening.planned(people, cells, len(combinations.items), wave.threshold, keeping)


def _keeping(questionnaire: Questionnaire, release: Release) -> coarsening.Keeping | None:
    """What stays of a response because the file of answers names the part of the release it stands in."""
    breakdown = questionnaire.export and questionnaire.export.breakdown
    return Places(questionnaire, breakdown, release.by[breakdown]).kept if breakdown else None


def _noted(stored: Iterable[Stored], combinations: Combinations, people: Counter[Values]) -> Iterator[Stored]:
    """The responses as they come, each one's combination noted in `people`."""
    for cell, answers in stored:
        people[combinations.of(cell, answers)] += 1
        yield cell, answers


def _freeze(store: Store, release: Release, plan: Plan | None) -> None:
    """The release and the plan of what is left to do, together."""
    with store.write() as db:
        _judge_state(waves.get(db, release.wave), "closing")
        releases.add(db, release)
        if plan is not None:
            coarsenings.add(db, release.wave, plan.to_json())
            told = ((number, values) for values, number in plan.numbers.items())
            invitations.set_cells(db, release.wave, told)


def _coarsen(store: Store, wave: Wave, questionnaire: Questionnaire, progress: Progress) -> None:
    """Rewrite the stored responses, one stretch after the other; what is rewritten already stays as it is."""
    with store.read() as db:
        plan = coarsenings.get(db, wave.id)
        cells = invitations.cells(db, wave.id)
    if plan is None:
        return
    coarsener = Coarsener(questionnaire, coarsening.from_json(plan), cells)
    stretches = range(0, wave.slots, CHUNK)
    for first in progress(stretches, len(stretches), text("coarsening what is stored")):
        with store.read() as db:
            found = responses.filled(db, wave.id, first, first + CHUNK)
        rewritten = list(_rewritten(questionnaire, coarsener, found))
        if rewritten:
            with store.write() as db:
                responses.overwrite(db, wave.id, rewritten, wave.width)


def _rewritten(
    questionnaire: Questionnaire, coarsener: Coarsener, found: list[tuple[int, str]]
) -> Iterator[tuple[int, str]]:
    """The slots whose responses do not stay as they are, with what comes there."""
    touched = [(slot, body) for slot, body in found if not coarsener.stays(cell_of(body))]
    stored = unpacked([body for _, body in touched])
    for (slot, body), (cell, answers) in zip(touched, stored, strict=True):
        change = coarsener.change(cell, answers)
        if change is not None:
            _, written, code = apart(body)
            yield slot, packed(change.cell, _without(questionnaire, written, change), code)


def _without(questionnaire: Questionnaire, answers: str, change: Change) -> str:
    """Stored answers without those that are dropped, all others as they were written."""
    if not change.dropped:
        return answers
    values = submission.from_json(questionnaire, answers).values
    return submission.to_json(Answers({k: v for k, v in values.items() if k not in change.dropped}))


def _forget(store: Store, wave_id: str) -> None:
    """The end of the marks, which nobody can read any more, and of the places, stretch by stretch."""
    for forget in (responses.forget_marks, invitations.forget_places):
        last: bytes | None = b""
        while last is not None:
            with store.write() as db:
                last = forget(db, wave_id, last, CHUNK)


def _finish(store: Store, wave_id: str) -> Release:
    """The closed state and the end of the plan, together."""
    with store.write() as db:
        _judge_state(waves.get(db, wave_id), "closing")
        release = releases.get(db, wave_id)
        waves.set_closed(db, wave_id, datetime.fromisoformat(release.closed))
        coarsenings.remove(db, wave_id)
        return release


def _judge_state(wave: Wave, *fitting: str) -> None:
    if wave.state not in fitting:
        raise WrongState(
            "the wave {wave} is {state}; only an open wave can be closed",
            wave=wave.id,
            state=STATES[wave.state],
        )


def stored(store: Store, wave: Wave) -> Iterator[Stored]:
    """Every stored response, read in short stretches: respondents of other waves keep being served."""
    if wave.mode is Mode.NAMED:
        with store.read() as db:
            found = list(responses.named(db, wave.id))
        yield from ((cell, decoded(answers)) for cell, answers, _ in found)
        return
    for first in range(0, wave.slots, CHUNK):
        with store.read() as db:
            bodies = list(responses.bodies(db, wave.id, first, first + CHUNK))
        yield from unpacked(bodies)


def _number_stored(db: Database, wave: Wave) -> int:
    if wave.mode is Mode.NAMED:
        return responses.named_count(db, wave.id)
    return responses.spent_count(db, wave.id)


def text_counts(db: Database, wave: Wave) -> Mapping[str, int]:
    """How many texts a wave has, by item."""
    if wave.mode is not Mode.NAMED:
        return responses.text_counts(db, wave.id)
    return Counter(item for _, _, texts in responses.named(db, wave.id) for item in texts)
