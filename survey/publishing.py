"""Journey: stored responses -> counts -> release.

A wave is counted once. Closing first stops answers, then counts and solves disclosure, then destroys
the mark key and stores the release; cut short at any instant, it is simply repeated.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from sqlite_utils import Database

from survey import definitions, disclosure
from survey.answering import decoded, unpacked
from survey.cells import Values
from survey.counting import CHUNK, Stored, count
from survey.counts import ANSWERED, NOT_ASSIGNED, Reason, Tally, WaveCounts, item_figure
from survey.definitions.model import Breakdown, Kind, Mode, Questionnaire
from survey.disclosure import WHOLE, PartKey, Solution
from survey.inviting import WrongState
from survey.keys import MarkKeys
from survey.release import Divided, Hidden, Others, Part, Pooled, Release
from survey.store import Store, invitations, releases, responses, waves
from survey.store.waves import STATES, Wave

Progress = Callable[[Iterable[Stored], int], Iterable[Stored]]
"""Wraps the responses that are being counted, told how many there are, to show how far it is."""


def close(
    store: Store, mark_keys: MarkKeys, wave_id: str, now: datetime, progress: Progress | None = None
) -> Release:
    """Close a wave: no more answers, one count, one frozen release. Raises UnknownWave or WrongState."""
    wave = _stopped(store, wave_id)
    questionnaire = definitions.load(wave.definition, wave.id)
    with store.read() as db:
        cells = invitations.cells(db, wave.id)
        invited = invitations.group_sizes(db, wave.id)
        texts = _text_counts(db, wave)
        number = _number_stored(db, wave)
    stored = _stored(store, wave)
    counts = count(questionnaire, cells, progress(stored, number) if progress else stored)
    release = released(wave, questionnaire, counts, texts, invited, now)
    # Before the release is stored: a repeated closing needs no key, and none must outlive the wave.
    mark_keys.destroy(wave_id)
    _finish(store, release, now)
    return release


def _stopped(store: Store, wave_id: str) -> Wave:
    """The wave, taking no more answers from here on; one whose closing was cut short goes on."""
    with store.write() as db:
        wave = waves.get(db, wave_id)
        _judge_state(wave, "open", "closing")
        waves.set_closing(db, wave_id)
        return wave


def _finish(store: Store, release: Release, now: datetime) -> None:
    """The release, the closed state and the end of the marks: all together."""
    with store.write() as db:
        _judge_state(waves.get(db, release.wave), "closing")
        releases.add(db, release)
        waves.set_closed(db, release.wave, now)
        responses.forget_marks(db, release.wave)
        invitations.forget_places(db, release.wave)


def _judge_state(wave: Wave, *fitting: str) -> None:
    if wave.state not in fitting:
        raise WrongState(
            "the wave {wave} is {state}; only an open wave can be closed",
            wave=wave.id,
            state=STATES[wave.state],
        )


def _stored(store: Store, wave: Wave) -> Iterator[Stored]:
    """Every stored response, read in short stretches: respondents of other waves keep being served."""
    if wave.mode is Mode.NAMED:
        with store.read() as db:
            found = list(responses.named(db, wave.id))
        yield from ((cell, decoded(answers)) for cell, answers, _ in found)
        return
    for first in range(0, wave.slots, CHUNK):
        with store.read() as db:
            bodies = list(responses.bodies(db, wave.id, first, first + CHUNK))
        yield from map(unpacked, bodies)


def _number_stored(db: Database, wave: Wave) -> int:
    if wave.mode is Mode.NAMED:
        return responses.named_count(db, wave.id)
    return responses.spent_count(db, wave.id)


def _text_counts(db: Database, wave: Wave) -> Mapping[str, int]:
    if wave.mode is not Mode.NAMED:
        return {item: len(bodies) for item, bodies in responses.text_bodies(db, wave.id).items()}
    found: dict[str, int] = {}
    for _, _, texts in responses.named(db, wave.id):
        for item in texts:
            found[item] = found.get(item, 0) + 1
    return found


def released(
    wave: Wave,
    questionnaire: Questionnaire,
    counts: WaveCounts,
    texts: Mapping[str, int],
    invited: Mapping[Values, int],
    now: datetime,
) -> Release:
    """The release of a wave's counts; `invited` tells which groups were invited, shown or not."""
    if wave.mode is Mode.NAMED:
        solution = disclosure.show_all(counts, questionnaire.breakdowns)
    else:
        solution = disclosure.solve(counts, questionnaire.breakdowns, wave.threshold)
    parts = _Parts(wave, questionnaire, counts, solution)
    return Release(
        wave=wave.id,
        title=wave.title,
        questionnaire=wave.questionnaire,
        version=wave.version,
        definition_sha256=wave.sha256,
        mode=str(wave.mode),
        phase=wave.phase,
        closed=now.isoformat(timespec="seconds"),
        threshold=wave.threshold,
        synthetic=wave.synthetic,
        whole=parts.whole(texts),
        by={
            breakdown.id: parts.divided(breakdown, _invited_groups(place, invited))
            for place, breakdown in enumerate(questionnaire.breakdowns)
        },
    )


def _invited_groups(place: int, invited: Mapping[Values, int]) -> dict[str, int]:
    """The groups of the breakdown at `place` as they were invited, by name, each with its invitations."""
    sizes: Counter[str] = Counter()
    for values, n in invited.items():
        sizes[values[place]] += n
    return {group: sizes[group] for group in sorted(sizes) if group != NOT_ASSIGNED}


class _Parts:
    """Makes the release's parts from counts and their disclosure solution."""

    def __init__(
        self, wave: Wave, questionnaire: Questionnaire, counts: WaveCounts, solution: Solution
    ) -> None:
        self._wave = wave
        self._questionnaire = questionnaire
        self._counts = counts
        self._solution = solution

    def whole(self, texts: Mapping[str, int]) -> Part:
        """The whole wave; texts are counted here only."""
        figures = dict(self._figures(WHOLE))
        for item in self._text_items():
            n = texts.get(item, 0)
            hidden = self._wave.mode is not Mode.NAMED and n < self._wave.threshold
            figures[item_figure(item)] = (
                (Reason.TOO_FEW_ANSWERS if n else Reason.NO_ANSWERS) if hidden else {ANSWERED: n}
            )
        return self._part(WHOLE, None, frozenset(), figures)

    def divided(self, breakdown: Breakdown, invited: Mapping[str, int]) -> Divided:
        """The wave by one breakdown; `invited` holds its groups with their invitations."""
        shown = {
            key.group or "": where
            for key, where in self._solution.groups.items()
            if key.breakdown == breakdown.id
        }
        groups = {group: self._group(group, n, shown.get(group)) for group, n in invited.items()}
        pools = [key for key in self._solution.parts if key.breakdown == breakdown.id and key.pooled]
        return Divided(groups, tuple(self._others(key) for key in pools))

    def _group(self, group: str, invited: int, where: PartKey | Reason | None) -> Part | Pooled | Hidden:
        if where is None:
            # No cell tells the group: it is too small itself, or another one needed its company.
            few = invited < self._wave.threshold
            return Hidden(Reason.TOO_FEW_INVITED if few else Reason.PROTECTS_ANOTHER)
        if isinstance(where, Reason):
            return Hidden(where)
        return Pooled() if where.pooled else self._part_of_groups(where, frozenset([group]))

    def _others(self, key: PartKey) -> Others:
        members = self._solution.pools[key]
        return Others(key.inside, members, self._part_of_groups(key, frozenset(members)))

    def _part_of_groups(self, key: PartKey, groups: frozenset[str]) -> Part:
        figures = dict(self._figures(key)) | {
            item_figure(item): Reason.NO_GROUP for item in self._text_items()
        }
        return self._part(key, key.breakdown, groups, figures)

    def _part(
        self,
        key: PartKey,
        breakdown: str | None,
        groups: frozenset[str],
        figures: dict[str, Mapping[str, int] | Reason],
    ) -> Part:
        cells = list(self._solution.parts[key])
        complete, partial, below = (int(n) for n in self._counts.completeness[cells].sum(axis=0))
        invited = sum(self._counts.cells[cell].invited for cell in cells)
        population = self._wave.population.of(breakdown, groups, invited)
        responses = complete + partial + below
        if population is not None and population < responses:
            population = None  # what was stated cannot be: no statement about these people rests on it
        return Part(invited, population, responses, complete, partial, figures)

    def _figures(self, key: PartKey) -> Iterator[tuple[str, Mapping[str, int] | Reason]]:
        withheld = self._solution.withheld.get(key, {})
        cells = list(self._solution.parts[key])
        for name, tally in self._counts.tallies.items():
            yield name, withheld.get(name) or self._tally(name, tally, cells)

    def _tally(self, name: str, tally: Tally, cells: list[int]) -> Mapping[str, int]:
        """A figure's tally as the release holds it: which options were ticked together is left out."""
        if not tally.several:
            return tally.of(cells)
        options = {item_figure(item.id): item.codes for item in self._questionnaire.items}
        return tally.ticks(cells, options[name])

    def _text_items(self) -> list[str]:
        return [item.id for item in self._questionnaire.items if item.kind is Kind.TEXT]
