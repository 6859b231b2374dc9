"""Journey: a wave is made and opened; people -> invitations -> links.

Opening deals cells, marks and slots. Whoever is added later joins the cells of the opened wave, and its
marks and slots are dealt anew in one transaction, so that nothing tells old from new.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random, SystemRandom

from survey import cells, definitions, tokens
from survey.answering import packed, slots_of, today_of
from survey.cells import BadGroup, Values
from survey.counts import NOT_ASSIGNED
from survey.definitions.model import Mode, Questionnaire
from survey.keys import MarkKeys
from survey.language import Refusal, Text, text
from survey.store import Store, audit, invitations, responses, studies, waves
from survey.store.audit import Entry
from survey.store.database import Database
from survey.store.invitations import Invitation
from survey.store.waves import STATES, Wave

LOWEST_THRESHOLD, HIGHEST_THRESHOLD = 3, 1000
LONGEST_GRACE = 24 * 60
"""Minutes: longer would be another last day."""
RESERVED = frozenset({"new"})
"""Names that the pages need for themselves."""
_WAVE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


class BadWave(Refusal):
    """The wave cannot be made as asked."""


class WrongState(Refusal):
    """The wave is not in the state that the act needs."""


def create(store: Store, wave: Wave) -> None:
    """Store a new wave as a draft. Raises BadWave for an unusable or taken id, dates or threshold."""
    for _, fault in faults(wave):
        raise BadWave(fault)
    with store.write() as db:
        if waves.exists(db, wave.id):
            raise BadWave(taken(wave.id))
        waves.add(db, wave)


def taken(wave_id: str) -> Text:
    """What is wrong with the id of a wave that there is."""
    return text("there is a wave {wave} already; choose another name", wave=wave_id)


def set_notice(store: Store, wave_id: str, notice: str, who: str, now: datetime) -> None:
    """Put another text in place of the wave's own part of the privacy notice; `notice` must be readable.

    In a wave that was opened, where people may have read the other one, the log says so. Raises UnknownWave.
    """
    with store.write() as db:
        wave = waves.get(db, wave_id)
        waves.set_notice(db, wave_id, notice)
        if wave.state != "draft":
            about = f"sha256 {sha256(notice)}"
            audit.add(db, Entry(now, who, audit.NOTICE, wave_id, about))


def sha256(definition: str) -> str:
    """The checksum by which a frozen definition is known, in hexadecimal."""
    return hashlib.sha256(definition.encode("utf-8")).hexdigest()


def faults(wave: Wave) -> Iterator[tuple[str, Text]]:
    """(attribute, what is wrong with it) of a wave that cannot be made so."""
    if not _WAVE_ID.fullmatch(wave.id) or wave.id in RESERVED:
        yield (
            "id",
            text(
                "the wave name {wave} cannot be used; write letters, digits, - and _, 60 at most",
                wave=wave.id or "''",
            ),
        )
    if not LOWEST_THRESHOLD <= wave.threshold <= HIGHEST_THRESHOLD:
        yield (
            "threshold",
            text(
                "the threshold is {value}; choose one from {lowest} to {highest}",
                value=str(wave.threshold), lowest=LOWEST_THRESHOLD, highest=HIGHEST_THRESHOLD,
            ),
        )  # fmt: skip
    if (wave.study is not None) != (wave.mode is Mode.PANEL):
        yield ("study", _study_fault(wave))
    if not 0 <= wave.grace <= LONGEST_GRACE:
        yield (
            "grace",
            text(
                "the grace period is {value} minutes; choose one from 0 to {longest}",
                value=str(wave.grace), longest=LONGEST_GRACE,
            ),
        )  # fmt: skip
    if wave.opens and wave.closes and wave.closes < wave.opens:
        yield (
            "closes",
            text(
                "the wave closes on {closes}, before it opens on {opens}; correct one of the two",
                closes=wave.closes.isoformat(), opens=wave.opens.isoformat(),
            ),
        )  # fmt: skip


def _study_fault(wave: Wave) -> Text:
    if wave.study is None:
        return text("this questionnaire asks the same people in several waves: name the study of the wave")
    return text("only panel waves belong to a study, and this questionnaire is not one for a panel")


def open_wave(
    store: Store,
    mark_keys: MarkKeys,
    wave_id: str,
    now: datetime,
    random: Random | None = None,
    who: str = audit.PROGRAM,
) -> Wave:
    """Freeze the definition, deal cells, marks and slots, and take answers from now or `opens` on.

    The log says who opened it. Raises UnknownWave, WrongState unless the wave is a draft, BadWave for a
    panel wave without a study, and WrongState or StudyKeyLost where its study cannot go on.
    """
    with store.write() as db:
        wave = waves.get(db, wave_id)
        judge_openable(wave)
        waves.set_open(db, wave_id, wave.opens or today_of(wave, now))
        if wave.study is not None:
            _judge_study(db, wave.study, mark_keys)
        if wave.mode is not Mode.NAMED:
            mark_keys.make(wave_id)
        _deal(db, waves.get(db, wave_id), mark_keys, random or SystemRandom(), ())
        audit.add(db, Entry(now, who, audit.OPENED, wave_id))
        return waves.get(db, wave_id)


def judge_openable(wave: Wave) -> None:
    """Raise WrongState unless the wave is a draft, and BadWave for a panel wave without a study."""
    if wave.state != "draft":
        raise WrongState("the wave {wave} is {state} already; only a draft can be opened",
                         wave=wave.id, state=STATES[wave.state])  # fmt: skip
    if wave.mode is Mode.PANEL and wave.study is None:
        raise BadWave(
            "the panel wave {wave} belongs to no study; make another one with: survey wave create ... "
            "--study STUDY",
            wave=wave.id,
        )


def _judge_study(db: Database, study_id: str, mark_keys: MarkKeys) -> None:
    """Raise WrongState for a study that is at an end, StudyKeyLost where its key is gone."""
    if studies.get(db, study_id).ended is not None:
        raise WrongState("the study {study} is at an end: no wave of it can be opened", study=study_id)
    mark_keys.study(study_id)


@dataclass(frozen=True)
class Received:
    """One response that is stored while a wave is dealt anew: whose it is, its answers (JSON), its texts."""

    invitation: bytes
    answers: str
    texts: Mapping[str, str]


def add_invitations(
    store: Store, mark_keys: MarkKeys, wave_id: str, groups: list[Values], language: str | None = None
) -> list[bytes]:
    """Add one unnamed invitation for each entry of `groups`; returns their ids in the same order.

    Before the wave opens they are only stored; in an open wave they join its cells and all is dealt
    anew. Raises WrongState for a closed wave, BadGroup for inconsistent groups.
    """
    with store.write() as db:
        wave = waves.get(db, wave_id)
        added = [Invitation(tokens.new_id(), wave_id, one, language=language) for one in groups]
        join(db, wave, mark_keys, added, SystemRandom(), ())
        return [one.id for one in added]


def join(
    db: Database,
    wave: Wave,
    mark_keys: MarkKeys,
    added: list[Invitation],
    random: Random,
    received: Sequence[Received],
) -> None:
    """Inside a transaction: store invitations, and in an open wave deal everything anew with `received`."""
    if wave.state not in ("draft", "open"):
        raise WrongState("the wave {wave} is {state}: nobody can be added to it any more",
                         wave=wave.id, state=STATES[wave.state])  # fmt: skip
    _judge_groups(db, wave, added)
    invitations.add(db, added)
    if wave.state == "open":
        _deal(db, wave, mark_keys, random, received)


def _deal(
    db: Database, wave: Wave, mark_keys: MarkKeys, random: Random, received: Sequence[Received]
) -> None:
    """Cells for those who have none; then, unless the wave is named, all marks and slots anew.

    Raises MarkKeyLost: a new key would give those who answered a second vote.
    """
    questionnaire = definitions.load(wave.definition, wave.id)
    _assign_cells(db, wave)
    if wave.mode is Mode.NAMED:
        return
    key = mark_keys.get(wave.id)
    spent = responses.spent_marks(db, wave.id) | {tokens.mark(key, one.invitation) for one in received}
    everybody = invitations.of_wave(db, wave.id)
    marks = {mark: mark in spent for mark in (tokens.mark(key, one.id) for one in everybody)}
    slots = slots_of(questionnaire, responses.slots_for(len(everybody)))
    bodies = [body.rstrip(responses.BLANK) for body in responses.bodies(db, wave.id)]
    cell_of = {one.id: one.cell for one in everybody}
    codes = _codes(wave, mark_keys, everybody, {one.invitation for one in received})
    bodies += [
        packed(cell_of[one.invitation] or 0, one.answers, codes.get(one.invitation, "")) for one in received
    ]
    texts = responses.text_bodies(db, wave.id)
    for item in slots.texts:
        texts[item] = texts.get(item, []) + [one.texts[item] for one in received if item in one.texts]
    responses.deal(db, wave.id, marks, slots, bodies, texts, random)
    waves.set_slots(db, wave.id, slots.number, slots.width)


def _codes(
    wave: Wave, mark_keys: MarkKeys, everybody: Sequence[Invitation], wanted: set[bytes]
) -> dict[bytes, str]:
    """The panel codes of some invitations; none but in a panel wave. Raises StudyKeyLost."""
    if wave.study is None or not wanted:
        return {}
    key = mark_keys.study(wave.study)
    return {one.id: tokens.panel_code(key, one.person) for one in everybody if one.id in wanted}


def _assign_cells(db: Database, wave: Wave) -> None:
    """Give the newcomers cells: those that exist, or new ones that enough newcomers share.

    As long as no stored response names a cell, everybody is a newcomer. In a named wave, where an
    answer belongs to its invitation anyway, a cell tells all breakdowns.
    """
    named = wave.mode is Mode.NAMED
    if named or not responses.spent_count(db, wave.id):
        invitations.forget_cells(db, wave.id)
    newcomers = invitations.group_sizes(db, wave.id, unassigned=True)
    there = {cell.number: cell for cell in invitations.cells(db, wave.id)}
    placed = cells.placed(newcomers, there, 1 if named else wave.threshold)
    invitations.set_cells(db, wave.id, [(number, cell.values) for number, cell in there.items()])
    invitations.assign(db, wave.id, placed)


def _judge_groups(db: Database, wave: Wave, added: Iterable[Invitation]) -> None:
    sizes = invitations.group_sizes(db, wave.id)
    sizes.update(one.groups for one in added)
    judge_sizes(definitions.load(wave.definition, wave.id), sizes)


def judge_sizes(questionnaire: Questionnaire, sizes: Counter[Values]) -> None:
    """A group lies inside one parent only; in a named wave each organization is invited once.

    `sizes` counts invitations by groups. Raises BadGroup.
    """
    ids = [breakdown.id for breakdown in questionnaire.invited_by]
    for place, breakdown in enumerate(questionnaire.invited_by):
        if breakdown.inside:
            _judge_parents(breakdown.id, _parents(sizes, place, ids.index(breakdown.inside)))
    if questionnaire.mode is Mode.NAMED and "organization" in ids:
        _judge_unique(sizes, ids.index("organization"))


def _parents(sizes: Counter[Values], place: int, inside: int) -> Iterator[tuple[str, str]]:
    return ((values[place], values[inside]) for values in sizes if values[place] != NOT_ASSIGNED)


def _judge_parents(breakdown: str, pairs: Iterator[tuple[str, str]]) -> None:
    parent_of: dict[str, str] = {}
    for value, parent in pairs:
        if parent_of.setdefault(value, parent) != parent:
            raise BadGroup(
                "{breakdown} {value} lies in {first} and in {second}; "
                "name the two differently, or correct one",
                breakdown=breakdown, value=value, first=parent_of[value], second=parent,
            )  # fmt: skip


def _judge_unique(sizes: Counter[Values], place: int) -> None:
    names: Counter[str] = Counter()
    for values, n in sizes.items():
        names[values[place]] += n
    for name, n in names.items():
        if n > 1:
            raise BadGroup(
                "the organization {name} would be invited {n} times; in a named wave each answers once",
                name=name if name != NOT_ASSIGNED else "''", n=n,
            )  # fmt: skip


def unspent(db: Database, wave: Wave, mark_keys: MarkKeys) -> list[bytes]:
    """The invitations of an open wave whose links were not used yet, computed and stored nowhere."""
    everybody = [one.id for one in invitations.of_wave(db, wave.id)]
    if wave.mode is Mode.NAMED:
        done = responses.named_invitations(db, wave.id)
        return [one for one in everybody if one not in done]
    key = mark_keys.get(wave.id)
    spent = responses.spent_marks(db, wave.id)
    return [one for one in everybody if tokens.mark(key, one) not in spent]


def is_answered(db: Database, wave: Wave, mark_keys: MarkKeys, invitation: bytes) -> bool:
    """Whether the link of one invitation of an open wave was used, at this moment. Raises MarkKeyLost."""
    if wave.mode is Mode.NAMED:
        return responses.has_named(db, invitation)
    return responses.is_spent(db, tokens.mark(mark_keys.get(wave.id), invitation))


def small_groups(db: Database, wave: Wave) -> list[str]:
    """Invited groups of an anonymous wave that are too small to be shown alone, as breakdown=group."""
    if wave.mode is Mode.NAMED:
        return []
    questionnaire = definitions.load(wave.definition, wave.id)
    sizes: Counter[tuple[str, str]] = Counter()
    for values, n in invitations.group_sizes(db, wave.id).items():
        for breakdown, value in zip(questionnaire.invited_by, values, strict=True):
            sizes[breakdown.id, value] += n
    return [
        f"{breakdown}={value}"
        for (breakdown, value), n in sorted(sizes.items())
        if n < wave.threshold and value != NOT_ASSIGNED
    ]
