"""What the commands share: the terminal's language, the instance, and how a refusal becomes an exit code."""

import getpass
import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, TypeVar

import click

from survey import inviting
from survey.cells import BadGroup, OneGroup
from survey.courier import Courier
from survey.definitions import InvalidDefinition
from survey.gallery import Gallery
from survey.handing.printing import Press
from survey.keys import MarkKeys, secret_keys
from survey.language import INTERFACE, Language, Refusal, Text, language, plural_text
from survey.preparing import BadSettings as BadWishes
from survey.rows import InvalidRows
from survey.settings import NAMES, BadSettings, Settings, load
from survey.store import Store, waves
from survey.store.waves import Wave
from survey.tokens import Links

FAILED = 1
USAGE = 2
LISTED = 8
BAR_STEPS = 200
"""How often a progress bar is drawn at most: drawing takes longer than counting what it shows."""
T = TypeVar("T")


def _terminal_language() -> Language:
    """The configured language, else the terminal's own where the interface speaks it, else English."""
    try:
        configured = load(os.environ).language
    except BadSettings:
        configured = ""  # each command that needs the settings says what is wrong with them
    terminal = (os.environ.get(name, "")[:2].lower() for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return language(next((code for code in (configured, *terminal) if code in INTERFACE), "en"))


t = _terminal_language()


class Command(click.Command):
    """A command whose refusals are said on stderr and end with the exit code of a failure."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            _judge_words(ctx.params.values())
            return super().invoke(ctx)
        except Refusal as refusal:
            for line in refusal_lines(refusal):
                click.echo(_harmless(line), err=True)
            ctx.exit(FAILED)
        except BrokenPipeError:
            # Whoever reads our output (head, less) has seen enough; that is no failure of ours.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


def _judge_words(values: Iterable[Any]) -> None:
    """Raise BadWord for an argument that is no text in the terminal's encoding."""
    for value in values:
        for word in value if isinstance(value, tuple) else (value,):
            if isinstance(word, str) and not word.isprintable():
                raise BadWord("{word} holds characters that cannot be used here", word=ascii(word))


class BadWord(Refusal):
    """An argument holds control characters or bytes that are no text."""


class Group(click.Group):
    """A group of such commands."""

    command_class = Command


Group.group_class = Group


def _harmless(line: str) -> str:
    """A line in which nothing can steer the terminal, whatever a file held."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in line)


def refusal_lines(refusal: Refusal) -> Iterable[str]:
    """A refusal as lines for the terminal: every problem it carries, then the refusal itself."""
    if isinstance(refusal, InvalidDefinition):
        yield from (problem.say(t) for problem in refusal.problems)
        return
    if isinstance(refusal, InvalidRows):
        for problem in refusal.problems:
            place = f"{refusal.name}:{problem.line}:" + (f" {problem.column}:" if problem.column else "")
            yield f"{place} {t(problem.text)}"
    if isinstance(refusal, BadWishes):
        yield from (f"{name}: {t(problem)}" for name, problem in refusal.problems.items())
    yield t(refusal.text)


class Instance:
    """The instance of the environment; its parts are made when they are first used."""

    def __init__(self) -> None:
        """Raises BadSettings."""
        self.settings: Settings = load(os.environ)

    def reached_at(self, host: str, port: int) -> None:
        """Links lead to this address, unless another public one is configured."""
        if self.settings.public_url == NAMES["PUBLIC_URL"].default:
            self.settings = replace(self.settings, public_url=f"http://{host}:{port}")

    @cached_property
    def store(self) -> Store:
        """The database. Raises NoInstance or NewerDatabase."""
        return Store(self.settings.database)

    @cached_property
    def mark_keys(self) -> MarkKeys:
        """The waves' mark keys."""
        return MarkKeys(self.settings.mark_keys)

    @cached_property
    def gallery(self) -> Gallery:
        """The charts that were drawn."""
        return Gallery(self.settings.charts)

    @cached_property
    def links(self) -> Links:
        """Links under the instance's secret keys."""
        _ = self.store
        return Links(secret_keys(self.settings))

    @cached_property
    def courier(self) -> Courier:
        """What sends the mails."""
        return Courier(self.store, self.mark_keys, secret_keys(self.settings), self.settings)

    def wave(self, wave_id: str) -> Wave:
        """The wave of an id. Raises UnknownWave."""
        with self.store.read() as db:
            return waves.get(db, wave_id)

    @cached_property
    def press(self) -> Press:
        """What prints letters, posters and paper."""
        _ = self.store
        return Press(self.store, self.settings, secret_keys(self.settings))

    def url(self, invitation: bytes) -> str:
        """The personal link of an invitation, as it goes into a mail."""
        return f"{self.settings.public_url}/a/{self.links.link(invitation)}"


def whoever() -> str:
    """The name of whoever types the command, as the system knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


class CannotWrite(Refusal):
    """A file cannot be written where it was asked for."""


def write_file(out: str, body: bytes) -> None:
    """Write a file that holds secrets, readable by its owner only. Raises CannotWrite."""
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
    except OSError as failure:
        raise CannotWrite("{out} cannot be written: {why}", out=out, why=str(failure.strerror)) from failure
    say("{out} is written", out=out)


def warn_of_small_groups(instance: Instance, wave_id: str) -> None:
    """Say which groups will not be shown by themselves, while something can still be done about it."""
    with instance.store.read() as db:
        wave = waves.get(db, wave_id)
        small = inviting.small_groups(db, wave)
    if small:
        shown = ", ".join(small[:LISTED]) + (", …" if len(small) > LISTED else "")
        warning = plural_text(
            "{n} group has fewer than {threshold} invited people and will not be shown by itself: {groups}",
            "{n} groups have fewer than {threshold} invited people and will not be shown by themselves: "
            "{groups}",
            len(small),
            threshold=wave.threshold,
            groups=shown,
        )
        click.echo(t(warning), err=True)


def now() -> datetime:
    """The one place where the command looks at the clock."""
    return datetime.now(UTC)


def say(message: str, **values: Any) -> None:
    """A message for the person at the terminal."""
    click.echo(t(message, **values), err=True)


def progress(some: Iterable[T], number: int, what: Text) -> Iterable[T]:
    """A progress bar on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield from some
        return
    steps = max(1, number // BAR_STEPS)
    with click.progressbar(
        some, length=number, label=t(what), file=sys.stderr, update_min_steps=steps
    ) as bar:
        yield from bar


def print_json(value: Any) -> None:
    """Data as JSON, for programs."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Data as aligned columns, for people."""
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]
    for row in [header, *rows]:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def one_group(pair: str, option: str) -> OneGroup:
    """`alliance=A1`, as an option has it. Raises BadGroup for anything else."""
    breakdown, equals, value = (part.strip() for part in pair.partition("="))
    if not (breakdown and equals and value):
        raise BadGroup(
            "{option} {pair} is not understood; write for example alliance=A1", option=option, pair=pair
        )
    return OneGroup(breakdown, value)


def named_groups(pairs: Sequence[str]) -> dict[str, str]:
    """`alliance=A1` entries as breakdown -> value. Raises BadGroup for anything else."""
    named = {}
    for pair in pairs:
        breakdown, equals, value = pair.partition("=")
        if not equals or not value.strip():
            raise BadGroup("--group {pair} is not understood; write for example alliance=A1", pair=pair)
        named[breakdown.strip()] = value.strip()
    return named
