"""`survey demo`: synthetic waves that reproduce the published figures, and open ones to try."""

import csv
import io
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import click

from survey import definitions, demonstration, importing, inviting, monitoring, publishing
from survey.cells import Values, group_values
from survey.cli import serving
from survey.cli.common import Command, Instance, now, say, t
from survey.cli.drawing import draw_standard
from survey.cli.evaluators import sign_in_url
from survey.definitions.model import Mode, Questionnaire
from survey.language import language, text
from survey.population import Population
from survey.store import evaluators, waves
from survey.store.waves import Wave

EVALUATOR = "evaluator@example.org"
TRIES = 20
Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Closed:
    """A closed wave: its id, its questionnaire, the rows that are imported into it."""

    wave: str
    questionnaire: str
    rows: Callable[[], Rows]


CLOSED = (
    Closed("demo-beneficiaries", "beneficiaries", demonstration.beneficiaries),
    Closed("demo-organizations", "organizations", demonstration.organizations),
)
OPEN = {"beneficiaries": "try-beneficiaries", "organizations": "try-organizations"}


@click.command(
    cls=Command, help=t("Load the demonstration waves if they are absent, print links, and serve.")
)
@click.option("--host", default="127.0.0.1", show_default=True, help=t("the address to listen on"))
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=t("the port to listen on")
)
def demo(host: str, port: int) -> None:
    """What was answered stays; each step that was done before is left alone."""
    instance = Instance()
    instance.reached_at(host, port)
    for closed in CLOSED:
        _close(instance, closed)
    click.echo(f"{t('A beneficiary’s questionnaire:')}\n  {_try(instance, 'beneficiaries')}")
    click.echo(f"{t('An organization’s questionnaire:')}\n  {_try(instance, 'organizations')}")
    with instance.store.write() as db:
        evaluators.add(db, EVALUATOR, now())
    click.echo(f"{t('An evaluator’s sign-in:')}\n  {sign_in_url(instance, EVALUATOR)}")
    # Beside serving: whoever tries this need not wait for pictures that nobody may look at.
    threading.Thread(target=_draw, args=(instance,), daemon=True).start()
    serving.run(instance, host, port)


def _draw(instance: Instance) -> None:
    """The charts of the demonstration waves, where they are not kept yet."""
    for closed in CLOSED:
        draw_standard(instance, closed.wave, show=False)


def _close(instance: Instance, closed: Closed) -> None:
    """Bring a demonstration wave to its end, from wherever an earlier run was cut short."""
    wave = _made(instance, closed.wave, closed.questionnaire)
    if wave.state == "draft":
        wave = inviting.open_wave(instance.store, instance.mark_keys, closed.wave, now())
    if wave.state == "open" and not monitoring.standing(instance.store, closed.wave).invited:
        say("making the synthetic answers of {wave}", wave=closed.wave)
        importing.import_answers(
            instance.store, instance.mark_keys, instance.links, closed.wave, _csv(closed.rows()),
            closed.wave, frozenset(), now(),
        )  # fmt: skip
    if wave.state != "closed":
        publishing.close(instance.store, instance.mark_keys, closed.wave, now())


def _made(instance: Instance, wave_id: str, questionnaire: str) -> Wave:
    """The wave, made as a draft where it is absent."""
    with instance.store.read() as db:
        if waves.exists(db, wave_id):
            return waves.get(db, wave_id)
    name, content = definitions.find(questionnaire)
    loaded = definitions.load(content, name)
    definition = content.decode("utf-8")
    tried = wave_id.startswith("try-")
    titled = {
        code: text("{title} (to try)", title=words) if tried else text("{title} (demonstration)", title=words)
        for code, words in loaded.title.items()
    }
    title = {code: language(code)(words) for code, words in titled.items()}
    wave = Wave(
        id=wave_id, title=title, questionnaire=loaded.id, version=loaded.version, mode=loaded.mode,
        phase="final", state="draft", opens=None, closes=None, timezone=instance.settings.timezone,
        threshold=5, population=Population(), synthetic=True, definition=definition,
        sha256=inviting.sha256(definition),
    )  # fmt: skip
    inviting.create(instance.store, wave)
    return wave


def _csv(rows: Rows) -> bytes:
    """Rows as the file that `survey answers import` takes."""
    table = io.StringIO()
    writer = csv.DictWriter(table, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return table.getvalue().encode("utf-8")


def _try(instance: Instance, questionnaire: str) -> str:
    """The link of an unspent invitation to an open wave; more are dealt when they run out."""
    wave = _open_to_try(instance, questionnaire)
    if wave.state == "draft":
        wave = inviting.open_wave(instance.store, instance.mark_keys, wave.id, now())
    with instance.store.read() as db:
        unspent = inviting.unspent(db, wave, instance.mark_keys)
    return instance.url(sorted(unspent)[0] if unspent else _dealt(instance, wave)[0])


def _open_to_try(instance: Instance, questionnaire: str) -> Wave:
    """The first wave to try that nobody has closed."""
    names = (OPEN[questionnaire] + (f"-{number}" if number > 1 else "") for number in count(1))
    found = (_made(instance, name, questionnaire) for name in names)
    return next(wave for wave in found if wave.state in ("draft", "open"))


def _dealt(instance: Instance, wave: Wave) -> list[bytes]:
    """More invitations of one demonstration group; named organizations differ in their name."""
    loaded = definitions.load(wave.definition, wave.id)
    first = monitoring.standing(instance.store, wave.id).invited + 1
    values = [_groups(wave, loaded, number) for number in range(first, first + TRIES)]
    return sorted(inviting.add_invitations(instance.store, instance.mark_keys, wave.id, values))


def _groups(wave: Wave, questionnaire: Questionnaire, number: int) -> Values:
    def named(breakdown: str) -> str:
        return f"demo-{number}" if wave.mode is Mode.NAMED and breakdown == "organization" else "demo"

    known = [breakdown.id for breakdown in questionnaire.invited_by]
    return group_values(questionnaire, {breakdown: named(breakdown) for breakdown in known})
