"""`survey check`: the problems of definitions, and how they compare with other versions of theirs."""

import os
from collections.abc import Iterator

import click

from survey import definitions, preview, versions
from survey.cli.common import FAILED, LISTED, Command, refusal_lines, say, t
from survey.definitions.comparing import Comparison, ItemComparison, Outcome
from survey.definitions.model import Questionnaire
from survey.definitions.problems import Fault, Problem
from survey.language import Refusal, text
from survey.settings import load
from survey.store import Store
from survey.versions import Found, Judged

MOST_REASONS = 3
"""How many differences of one item are said; whoever wants more looks at both versions."""


@click.command(
    cls=Command,
    help=t(
        "Check definitions: every problem of each file, and item by item what is comparable with other "
        "versions of it, beside it and in waves; without FILES, those that ship."
    ),
)
@click.argument("files", nargs=-1, metavar="[FILES]")
@click.pass_context
def check(ctx: click.Context, files: tuple[str, ...]) -> None:
    """One problem a line; exit 1 when there is any."""
    found = 0
    for asked in files or tuple(definitions.shipped()):
        name, content = definitions.find(asked)
        problems = definitions.check(content, name)
        if not problems:
            problems = _compared(asked, name, content)
        for problem in problems:
            click.echo(problem.say(t))
        if not problems:
            say("{name}: no problem", name=name)
            _noted(name, content)
        found += len(problems)
    ctx.exit(FAILED if found else 0)


def _noted(name: str, content: bytes) -> None:
    """Say what an author may not expect of a definition without a problem."""
    taken = preview.taken_away(definitions.load(content, name), t)
    if taken:
        click.echo(f"{name}: {taken}", err=True)


def _compared(asked: str, name: str, content: bytes) -> tuple[Problem, ...]:
    """Say how a definition compares with its other versions; the problems of its number."""
    questionnaire = definitions.load(content, name)
    judged = versions.judged(questionnaire, [*_beside(asked, questionnaire), *_frozen(questionnaire)])
    for one in judged:
        for line in _lines(name, one):
            click.echo(line)
    faults = [Fault(("version",), problem) for problem in versions.problems(judged)]
    return tuple(definitions.problem_at(content, name, fault) for fault in faults)


def _beside(asked: str, questionnaire: Questionnaire) -> Iterator[Found]:
    for other in versions.beside(asked, questionnaire):
        if isinstance(other, Found):
            yield other
        else:
            say("not compared: {why}", why=t(other.text))


def _frozen(questionnaire: Questionnaire) -> tuple[Found, ...]:
    """What the waves of the instance froze, where there is an instance: a check never makes one."""
    try:
        database = load(os.environ).database
        return versions.frozen(Store(database), questionnaire.id) if database.exists() else ()
    except Refusal as refusal:
        for line in refusal_lines(refusal):
            say("not compared with waves: {why}", why=line)
        return ()


def _lines(name: str, judged: Judged) -> Iterator[str]:
    comparison = judged.comparison
    places = ", ".join(t(place) for place in judged.places[:LISTED])
    named = {
        "name": name,
        "version": str(judged.version),
        "places": places + (", …" if len(judged.places) > LISTED else ""),
    }
    if judged.version > comparison.newer.version and not judged.problem:
        say("{name} is an earlier version: there is version {version} ({places})", **named)
        return
    total, comparable = len(comparison.items), len(comparison.comparable)
    if comparable == total:
        yield t.plural(
            "{name}: its {n} item is comparable with version {version} ({places})",
            "{name}: all {n} items are comparable with version {version} ({places})",
            total, **named,
        )  # fmt: skip
    else:
        yield t.plural(
            "{name}: {n} item of {total} is comparable with version {version} ({places}); the others:",
            "{name}: {n} items of {total} are comparable with version {version} ({places}); the others:",
            comparable, total=total, **named,
        )  # fmt: skip
    yield from _details(comparison)


def _details(comparison: Comparison) -> Iterator[str]:
    if comparison.older.mode is not comparison.newer.mode:
        was, now = str(comparison.older.mode), str(comparison.newer.mode)
        yield "  " + t(
            "the mode was {before} and is {after}: people may answer differently", before=was, after=now
        )
    for item in comparison.not_comparable:
        yield f"  {item.item}: {_why(item)}"


def _why(item: ItemComparison) -> str:
    outcome = t(_OUTCOMES[item.outcome])
    if item.alike:
        hint = t("{id} is worded like it; keep an item's id for ever", id=item.alike)
        return f"{outcome}; {hint}"
    reasons = [t(difference.text) for difference in item.differences[:MOST_REASONS]]
    more = [t("and more")] if len(item.differences) > MOST_REASONS else []
    return f"{outcome}: " + "; ".join([*reasons, *more]) if reasons else outcome


_OUTCOMES = {
    Outcome.BREAK: text("break"),
    Outcome.ADDED: text("added"),
    Outcome.REMOVED: text("removed"),
}
