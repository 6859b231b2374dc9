"""Waves full of answers, stored as an import stores them."""

import secrets
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np

from survey import cells, definitions, inviting, tokens
from survey.answering import packed, slots_of
from survey.cells import Values, group_values
from survey.counts import Cell
from survey.definitions.model import Item, Mode, Questionnaire
from survey.population import Population
from survey.store import invitations, waves
from survey.store import responses as stored
from survey.store.database import Database
from survey.store.invitations import Invitation
from survey.store.responses import Slots
from survey.store.waves import Wave
from tests.cast import Instance

ALLIANCES, ORGANIZATIONS, SERVICES = 6, 80, 5
UNEVEN = (0.4, 0.3, 0.15, 0.1, 0.05)
ANSWERING = 0.8
"""The share of the invited who answer."""
THRESHOLD = 5
MARK_BYTES = 32
CHUNK = 20_000


def add_draft(instance: Instance, wave_id: str, definition: str) -> Questionnaire:
    """A wave as a draft, nobody invited yet."""
    loaded = definitions.load(definition, wave_id)
    wave = Wave(
        id=wave_id, title=loaded.title, questionnaire=loaded.id, version=loaded.version,
        mode=Mode(loaded.mode), phase="final", state="draft", opens=None, closes=None,
        timezone="Europe/Rome", threshold=THRESHOLD, population=Population(), synthetic=True,
        definition=definition, sha256=inviting.sha256(definition),
    )  # fmt: skip
    inviting.create(instance.store, wave)
    return loaded


def fill(instance: Instance, wave_id: str, definition: str, responses: int, even: bool = False) -> None:
    """An open wave with `responses` random responses of people in 80 organizations, in one transaction.

    Some organizations are large and most small, and so are services; or all are `even`. A million are
    stored in a minute or so: rows are made as they are written, and marks are random instead of keyed.
    """
    questionnaire = add_draft(instance, wave_id, definition)
    inviting.open_wave(instance.store, instance.mark_keys, wave_id, datetime.now(UTC))
    random = np.random.default_rng(1)
    everybody = people(random, round(responses / ANSWERING), even)
    with instance.store.write() as db:
        cell = _settle(db, wave_id, everybody)
        _write_marks(db, wave_id, len(everybody), responses)
        slots = slots_of(questionnaire, stored.slots_for(len(everybody)))
        bodies = map(packed, cell, answers(random, questionnaire, responses))
        _write_slots(db, wave_id, random, slots, bodies, responses)
        waves.set_slots(db, wave_id, slots.number, slots.width)


def _settle(db: Database, wave_id: str, everybody: list[Values]) -> list[int]:
    """Store everybody's invitation; returns the cell of each."""
    there: dict[int, Cell] = {}
    placed = cells.placed(Counter(everybody), there, THRESHOLD)
    invitations.set_cells(db, wave_id, [(number, cell.values) for number, cell in there.items()])
    ids = sorted(tokens.new_id() for _ in everybody)
    invitations.add(
        db,
        (
            Invitation(one, wave_id, values, cell=placed[values])
            for one, values in zip(ids, everybody, strict=True)
        ),
    )
    return [placed[values] for values in everybody]


def _write_marks(db: Database, wave_id: str, invited: int, spent: int) -> None:
    some = secrets.token_bytes(MARK_BYTES * invited)
    marks = sorted(some[first : first + MARK_BYTES] for first in range(0, len(some), MARK_BYTES))
    db.conn.executemany(
        "INSERT INTO mark(mark, wave, done) VALUES (?, ?, ?)",
        ((mark, wave_id, int(number < spent)) for number, mark in enumerate(marks)),
    )


def _write_slots(
    db: Database,
    wave_id: str,
    random: np.random.Generator,
    slots: Slots,
    bodies: Iterator[str],
    responses: int,
) -> None:
    filled = np.zeros(slots.number, dtype=bool)
    filled[random.permutation(slots.number)[:responses]] = True
    blank = stored.BLANK * slots.width
    db.execute("DELETE FROM response WHERE wave = ?", [wave_id])
    db.conn.executemany(
        "INSERT INTO response(wave, slot, answers) VALUES (?, ?, ?)",
        (
            (wave_id, slot, stored.padded(next(bodies), slots.width) if full else blank)
            for slot, full in enumerate(filled.tolist())
        ),
    )


def open_wave(instance: Instance, wave_id: str, definition: str, invited: int) -> list[bytes]:
    """An open wave in which nobody has answered; its invitations, which are in no group."""
    questionnaire = add_draft(instance, wave_id, definition)
    nowhere = group_values(questionnaire, {})
    added = inviting.add_invitations(instance.store, instance.mark_keys, wave_id, [nowhere] * invited)
    inviting.open_wave(instance.store, instance.mark_keys, wave_id, datetime.now(UTC))
    return added


def people(random: np.random.Generator, invited: int, even: bool) -> list[Values]:
    """The alliance, organization and service of everybody."""
    home = random.integers(ALLIANCES, size=ORGANIZATIONS)
    weight = np.ones(ORGANIZATIONS) if even else random.pareto(1.5, ORGANIZATIONS) + 0.3
    chosen = random.choice(ORGANIZATIONS, size=invited, p=weight / weight.sum())
    service = random.choice(SERVICES, size=invited, p=None if even else UNEVEN)
    values = {
        (o, s): (f"A{home[o]}", f"O{o:02}", f"S{s}") for o in range(ORGANIZATIONS) for s in range(SERVICES)
    }
    return [values[where] for where in zip(chosen.tolist(), service.tolist(), strict=True)]


def answers(random: np.random.Generator, questionnaire: Questionnaire, responses: int) -> Iterator[str]:
    """Stored answers of that many people: 3 % of each item missing, 4 % "does not apply"."""
    for first in range(0, responses, CHUNK):
        some = min(CHUNK, responses - first)
        columns = [_column(random, item, some) for item in questionnaire.items]
        for row in zip(*columns, strict=True):
            yield f"{{{''.join(row).rstrip(',')}}}"


def _column(random: np.random.Generator, item: Item, responses: int) -> list[str]:
    """One item's answers as members of a JSON object; "" is missing."""
    codes = [code if item.scale else f'"{code}"' for code in item.codes]
    shares = [0.93 / len(codes)] * len(codes) + [0.04, 0.03]
    members = [f'"{item.id}":{code},' for code in [*codes, "null"]] + [""]
    if not item.not_applicable:
        members[-2] = ""
    drawn = random.choice(len(shares), size=responses, p=shares)
    return [members[place] for place in drawn.tolist()]
