"""Waves full of answers, stored by the same transaction that an import uses."""

from datetime import UTC, datetime
from random import SystemRandom

import numpy as np

from survey import definitions, inviting, tokens
from survey.cells import Values, group_values
from survey.definitions.model import Item, Mode, Questionnaire
from survey.inviting import Received
from survey.population import Population
from survey.store import waves
from survey.store.invitations import Invitation
from survey.store.waves import Wave
from tests.cast import Instance

ALLIANCES, ORGANIZATIONS, SERVICES = 6, 80, 5
UNEVEN = (0.4, 0.3, 0.15, 0.1, 0.05)
ANSWERING = 0.8
"""The share of the invited who answer."""


def add_draft(instance: Instance, wave_id: str, definition: str) -> Questionnaire:
    """A wave as a draft, nobody invited yet."""
    loaded = definitions.load(definition, wave_id)
    wave = Wave(
        id=wave_id, title=loaded.title, questionnaire=loaded.id, version=loaded.version,
        mode=Mode(loaded.mode), phase="final", state="draft", opens=None, closes=None,
        timezone="Europe/Rome", threshold=5, population=Population(), synthetic=True,
        definition=definition, sha256=inviting.sha256(definition),
    )  # fmt: skip
    inviting.create(instance.store, wave)
    return loaded


def fill(instance: Instance, wave_id: str, definition: str, responses: int, even: bool = False) -> None:
    """An open wave with `responses` random responses of people in 80 organizations.

    Some organizations are large and most small, and so are services; or all are `even`.
    """
    questionnaire = add_draft(instance, wave_id, definition)
    inviting.open_wave(instance.store, instance.mark_keys, wave_id, datetime.now(UTC))
    random = np.random.default_rng(1)
    everybody = people(random, round(responses / ANSWERING), even)
    invited = [Invitation(tokens.new_id(), wave_id, values) for values in everybody]
    bodies = answers(random, questionnaire, responses)
    received = [Received(one.id, body, {}) for one, body in zip(invited, bodies, strict=False)]
    with instance.store.write() as db:
        inviting.join(db, waves.get(db, wave_id), instance.mark_keys, invited, SystemRandom(), received)


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
    return [(f"A{home[o]}", f"O{o:02}", f"S{s}") for o, s in zip(chosen, service, strict=True)]


def answers(random: np.random.Generator, questionnaire: Questionnaire, responses: int) -> list[str]:
    """Stored answers of that many people: 3 % of each item missing, 4 % "does not apply"."""
    columns = [_column(random, item, responses) for item in questionnaire.items]
    names = [item.id for item in questionnaire.items]
    return [_object(names, row) for row in zip(*columns, strict=True)]


def _object(names: list[str], values: tuple[str, ...]) -> str:
    return (
        "{" + ",".join(f'"{name}":{value}' for name, value in zip(names, values, strict=True) if value) + "}"
    )


def _column(random: np.random.Generator, item: Item, responses: int) -> list[str]:
    """One item's answers as JSON; "" is missing."""
    codes = [code if item.scale else f'"{code}"' for code in item.codes]
    absent = ["null", ""] if item.not_applicable else ["", ""]
    shares = [0.93 / len(codes)] * len(codes) + [0.04, 0.03]
    drawn = random.choice(len(shares), size=responses, p=shares)
    offered = codes + absent
    return [offered[place] for place in drawn]
