"""Journey: a closed wave -> the table of its answers, which `survey.exports` writes as files.

The rows are the stored responses as closing left them, in the order of their slots. A response lies in a
slot drawn at random, so the order tells nothing; and it is the same for every format and every download.
"""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from survey import definitions
from survey.answering import cell_of, decoded, unpacked
from survey.cells import GROUP_LENGTH
from survey.counts import NOT_ASSIGNED, Cell
from survey.definitions.model import Mode, Questionnaire
from survey.exports.answers import formats
from survey.exports.answers.coding import Coder
from survey.exports.answers.grouping import Grouping, grouping
from survey.exports.answers.holding import hidden_by_place, items_held, told_apart
from survey.exports.answers.model import Description, Held, Row, Table
from survey.exports.variables import GroupColumn, Variable, variables
from survey.language import Language, Refusal, language
from survey.placing import NOWHERE, Place, Places
from survey.release import Release
from survey.settings import Settings, load
from survey.store import Store, audit, invitations, releases, responses, waves
from survey.store.audit import Entry
from survey.store.waves import Wave

STRETCH = 500
"""Slots that are read at a time: their answers are all that is ever in memory."""


class NotOffered(Refusal):
    """Nobody gets the answers of this wave: its respondents were told so."""


class TooFewToTake(Refusal):
    """A wave with fewer answers than its threshold has no file of answers."""


@dataclass(frozen=True)
class _Closed:
    """What the table of a closed wave is made of."""

    store: Store
    wave: Wave
    release: Release
    release_id: str
    questionnaire: Questionnaire
    cells: Mapping[int, Cell]
    t: Language


def table(store: Store, wave_id: str, t: Language) -> Table:
    """The answers of a closed wave, its words in one language.

    Raises UnknownWave, NotClosedYet, NotOffered or TooFewToTake.
    """
    of = _closed(store, wave_id, t)
    judge(of.wave, of.release, of.questionnaire)
    return _named(of) if of.wave.mode is Mode.NAMED else _anonymous(of)


def description(store: Store, wave_id: str, t: Language) -> Description:
    """What a codebook says of a closed wave: of its file of answers, or without one of all its items.

    Raises UnknownWave or NotClosedYet.
    """
    of = _closed(store, wave_id, t)
    try:
        judge(of.wave, of.release, of.questionnaire)
    except (NotOffered, TooFewToTake):
        held = Held(tuple(item.id for item in of.questionnaire.items))
        return _description(of, held, variables(of.questionnaire, t))
    return (_named(of) if of.wave.mode is Mode.NAMED else _anonymous(of)).of


def _closed(store: Store, wave_id: str, t: Language) -> _Closed:
    with store.read() as db:
        wave, release = waves.get(db, wave_id), releases.get(db, wave_id)
        release_id, cells = releases.identifier(db, wave_id), invitations.cells(db, wave_id)
    questionnaire = definitions.load(wave.definition, wave.id)
    return _Closed(store, wave, release, release_id, questionnaire, {cell.number: cell for cell in cells}, t)


def judge(wave: Wave, release: Release, questionnaire: Questionnaire) -> None:
    """Raise NotOffered or TooFewToTake where a closed wave has no file of answers."""
    if wave.mode is Mode.NAMED:
        return
    if questionnaire.export is None:
        raise NotOffered(
            "the answers of {wave} cannot be taken away: its questionnaire does not offer that, and people "
            "were told that evaluators see figures of groups only; the results hold every figure",
            wave=wave.id,
        )  # fmt: skip
    if release.whole.responses < wave.threshold:
        raise TooFewToTake(
            "the answers of {wave} cannot be taken away: there are fewer than {threshold}",
            wave=wave.id, threshold=wave.threshold,
        )  # fmt: skip
    told = told_apart(release, questionnaire)
    if told:
        raise NotOffered(
            "the answers of {wave} cannot be taken away: it was closed by an earlier version of the program, "
            "which shows figures by {breakdowns} as well, and single answers could be told apart by these",
            wave=wave.id, breakdowns=", ".join(told),
        )  # fmt: skip


def note_taken(store: Store, wave_id: str, about: str, who: str, now: datetime) -> None:
    """Write into the log that somebody took answers of a wave away."""
    with store.write() as db:
        audit.add(db, Entry(now, who, audit.ANSWERS_TAKEN, wave_id, about))


def _named(of: _Closed) -> Table:
    columns = [
        GroupColumn(breakdown.id, of.t.choose(breakdown.label), width=GROUP_LENGTH)
        for breakdown in of.questionnaire.invited_by
    ]
    held = Held(items_held(of.questionnaire), tuple(column.id for column in columns))
    made = variables(of.questionnaire, of.t, columns)
    coder = Coder(of.questionnaire, held.items, made[len(columns) :])
    return Table(_description(of, held, made), of.release.whole.responses, lambda: _named_rows(of, coder))


def _named_rows(of: _Closed, coder: Coder) -> Iterator[Row]:
    """In order of the names; organizations are few."""
    with of.store.read() as db:
        found = list(responses.named_with_groups(db, of.wave.id))
    for groups, answers, texts in sorted(found, key=lambda row: row[0]):
        names = ["" if name == NOT_ASSIGNED else name for name in groups]
        yield [*names, *coder.row(decoded(answers) | texts)]


def _anonymous(of: _Closed) -> Table:
    parts = _parts(of)
    groups = parts.grouping
    hidden = {place: items & set(parts.items) for place, items in parts.hidden.items()}
    columns = [groups.column] if groups else []
    anywhere = frozenset[str]().union(*hidden.values())
    made = variables(of.questionnaire, of.t, columns, parts.items, anywhere)
    coder = Coder(of.questionnaire, parts.items, made[len(columns) :])
    held = Held(
        parts.items,
        tuple(column.id for column in columns),
        tuple(item.id for item in of.questionnaire.items if item.id not in parts.items),
        _said_hidden(hidden, groups, of.questionnaire),
        groups.pools if groups else {},
    )
    by_cell: dict[int, tuple[Row, tuple[str, ...]]] = {
        number: ([groups.codes[place]] if groups else [], tuple(hidden[place]))
        for number, place in parts.places.items()
    }
    rows = _anonymous_rows(of, coder, by_cell)
    return Table(_description(of, held, made), of.release.whole.responses, rows)


@dataclass(frozen=True)
class _Parts:
    """Where responses stand: the place of each cell, and what is not shown at each place."""

    items: tuple[str, ...]
    grouping: Grouping | None
    places: Mapping[int, Place]
    hidden: Mapping[Place, frozenset[str]]


def _parts(of: _Closed) -> _Parts:
    items = items_held(of.questionnaire)
    asked = of.questionnaire.export and of.questionnaire.export.breakdown
    places = Places(of.questionnaire, asked, of.release.by[asked]) if asked else None
    if places is not None and asked:
        of_cell = {number: places.of(cell.values) for number, cell in of.cells.items()}
        stored = _stored_by_place(of, of_cell)
        if all(stored[place] == part.responses for place, part in places.all.items()):
            made = grouping(of.questionnaire.breakdown(asked), places, bool(stored[NOWHERE]), of.t)
            return _Parts(items, made, of_cell, hidden_by_place(of.questionnaire, of.release, places))
    # Without groups, or where coarsening could not keep them: then the release less the file would be people.
    nowhere = dict.fromkeys(of.cells, NOWHERE)
    return _Parts(items, None, nowhere, hidden_by_place(of.questionnaire, of.release, None))


def _stored_by_place(of: _Closed, places: Mapping[int, Place]) -> Counter[Place]:
    """How many stored responses stand at each place."""
    found: Counter[Place] = Counter()
    for bodies in _stretches(of):
        found.update(places[cell_of(body)] for body in bodies)
    return found


def _stretches(of: _Closed) -> Iterator[list[str]]:
    """The stored responses, a stretch of slots at a time, so that others are served in between."""
    for first in range(0, of.wave.slots, STRETCH):
        with of.store.read() as db:
            bodies = list(responses.bodies(db, of.wave.id, first, first + STRETCH))
        yield bodies


def _anonymous_rows(
    of: _Closed, coder: Coder, by_cell: Mapping[int, tuple[Row, tuple[str, ...]]]
) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        for bodies in _stretches(of):
            for cell, answers in unpacked(bodies):
                groups, hidden = by_cell[cell]
                yield groups + coder.row(answers, hidden)

    return rows


def _said_hidden(
    hidden: Mapping[Place, frozenset[str]], groups: Grouping | None, questionnaire: Questionnaire
) -> Mapping[str, tuple[str, ...]]:
    """The items that are not shown, by the label of the group; without groups under ""."""
    labels = dict(groups.column.groups) if groups else {}
    told = {(labels.get(groups.codes[place], "") if groups else ""): items for place, items in hidden.items()}
    order = [item.id for item in questionnaire.items]
    return {
        label: tuple(sorted(items, key=order.index))
        for label, items in told.items()
        if items and (label or not groups)
    }


def _description(of: _Closed, held: Held, made: tuple[Variable, ...]) -> Description:
    opens = of.wave.opens.isoformat() if of.wave.opens else ""
    return Description(of.release, of.release_id, of.questionnaire, opens, held, made)


class Elsewhere(Refusal):
    """Another file of answers is being written at this moment, or one took too long."""


LARGE = 10_000
"""Rows from which a file is written by a process of its own, so that the pages go on being served."""
LONGEST = 600
"""Seconds that such a process may take."""
PATIENCE = 60
"""Seconds that an order waits for the one before it."""
_turn = Lock()
CHILD = (sys.executable, "-m", "survey.exporting")


def write_apart(
    store: Store, settings: Settings, wave_id: str, form: str, folder: Path, stem: str, t: Language
) -> list[Path]:
    """The files of a format of the answers in a folder; one order at a time in this process.

    Raises what `table` does, ExtraMissing and Elsewhere.
    """
    if not _turn.acquire(timeout=PATIENCE):
        raise Elsewhere("another file of answers is being written: please try again in a minute")
    try:
        made = table(store, wave_id, t)
        if made.number < LARGE:
            return formats.write_answers(made, form, folder, stem, t)
        words = (*CHILD, str(settings.instance.absolute()), wave_id, form, str(folder), stem, t.code)
        subprocess.run(words, check=True, timeout=LONGEST, stdin=subprocess.DEVNULL)  # noqa: S603 - our own
        return [folder / f"{stem}{ending}" for ending in formats.endings(form)]
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as failure:
        raise Elsewhere("the file could not be written: please try again") from failure
    finally:
        _turn.release()


def _child(instance: str, wave_id: str, form: str, folder: str, stem: str, code: str) -> None:
    """What the child does."""
    store = Store(load({**os.environ, "SURVEY_INSTANCE": instance}).database)
    t = language(code)
    formats.write_answers(table(store, wave_id, t), form, Path(folder), stem, t)


if __name__ == "__main__":
    _child(*sys.argv[1:])
