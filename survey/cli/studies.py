"""`survey study ...`: studies, what changed in the same people, and the end of a study."""

from collections.abc import Iterator
from dataclasses import asdict

import click

from survey import charts, definitions, studying
from survey.changes.paired import PairedChanges, paired_changes
from survey.cli.common import Group, Instance, now, print_json, print_table, say, t, whoever
from survey.cli.released import note_taken
from survey.cli.trending import draw_into
from survey.language import INTERFACE, Refusal, language
from survey.narrative.paired import changes_said, linked_sentence, paired_cautions
from survey.studying import StudyStanding


class NothingLinked(Refusal):
    """No two waves of the study are closed, so there is nothing of the same people yet."""


@click.group(cls=Group, help=t("Studies: panel waves in which the same people are asked again."))
def study() -> None:
    """List, show, results, end."""


@study.command("list", help=t("List the studies."))
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def list_(as_json: bool) -> None:
    """Waves, people asked more than once, pairs of waves that were linked."""
    found = studying.standings(Instance().store)
    if as_json:
        print_json([_standing(one) for one in found])
        return
    header = (
        t("study"),
        t("questionnaire"),
        t("waves"),
        t("asked again"),
        t("linked pairs of waves"),
        t("state"),
    )
    print_table(header, [_row(one) for one in found])


def _row(one: StudyStanding) -> tuple[str, ...]:
    state = t("at an end") if one.study.ended else t("going on")
    return (
        one.study.id, one.study.questionnaire, ", ".join(wave.id for wave in one.waves) or "-",
        t.number(one.asked_again), t.number(len(one.releases)), state,
    )  # fmt: skip


@study.command(help=t("Show one study."))
@click.argument("study_id", metavar="STUDY")
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def show(study_id: str, as_json: bool) -> None:
    """Nothing of who answered but what is released."""
    described = _standing(studying.standing(Instance().store, study_id))
    if as_json:
        print_json(described)
        return
    for name, value in described.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else value
        click.echo(f"{name}: {'-' if shown in (None, '') else shown}")


def _standing(one: StudyStanding) -> dict[str, object]:
    return {
        "id": one.study.id,
        "questionnaire": one.study.questionnaire,
        "known_by": one.study.known_by,
        "began": one.study.began.isoformat(),
        "ended": one.study.ended and one.study.ended.isoformat(),
        "waves": [wave.id for wave in one.waves],
        "asked_again": one.asked_again,
        "linked": [f"{made.earlier} > {made.later}" for made in one.releases],
    }


@study.command(help=t("What changed in the people who answered two waves; with --out as a chart."))
@click.argument("study_id", metavar="STUDY")
@click.option("--wave", "later", metavar="WAVE", help=t("the later wave; without it, the last one"))
@click.option("--from", "earlier", metavar="WAVE", help=t("the earlier wave; without it, the first one"))
@click.option("--json", "as_json", is_flag=True, help=t("every figure, for programs"))
@click.option("--out", metavar="FILE.svg|png|pdf", help=t("the file; its ending says the format"))
@click.option(
    "--lang", type=click.Choice(INTERFACE), default=t.code, show_default=True, help=t("the chart's language")
)
def results(
    study_id: str, later: str | None, earlier: str | None, as_json: bool, out: str | None, lang: str
) -> None:
    """Of two waves of the study."""
    found = _found(study_id, earlier, later)
    if out is not None:
        file_format = draw_into(out, charts.paired_chart(found, language(lang)))
        note_taken(found.release.later, f"study.{lang}.{file_format}")
    elif as_json:
        note_taken(found.release.later, "study.json")
        print_json(to_json(found))
    else:
        for line in _lines(found):
            click.echo(line)


def _found(study_id: str, earlier: str | None, later: str | None) -> PairedChanges:
    """Raises UnknownStudy or NothingLinked."""
    instance = Instance()
    made = studying.standing(instance.store, study_id).releases
    asked = [one for one in made if later in (None, one.later)]
    fitting = [one for one in asked if earlier in (None, one.earlier)]
    if not fitting:
        raise NothingLinked(
            "the study {study} has no two closed waves that can be linked so; there are: {known}",
            study=study_id, known=", ".join(f"{one.earlier} > {one.later}" for one in made) or "-",
        )  # fmt: skip
    # Those of the last wave, and among them the one with the first wave that closed.
    last = [one for one in fitting if one.later == fitting[-1].later]
    followed = {one.later for one in made}
    release = next((one for one in last if one.earlier not in followed), last[0])
    wave = instance.wave(release.later)
    return paired_changes(release, definitions.load(wave.definition, wave.id))


def _lines(found: PairedChanges) -> Iterator[str]:
    if found.release.synthetic:
        yield t("Synthetic data: no real answer is in these figures.")
    yield linked_sentence(found, t)
    yield from changes_said(found, t)
    yield from paired_cautions(t)


def to_json(found: PairedChanges) -> dict[str, object]:
    """The public form of what changed in the same people; nothing rounded."""
    release = found.release
    counts = ("study", "questionnaire", "earlier", "later", "closed", "threshold", "synthetic", "linked",
              "only_earlier", "only_later")  # fmt: skip
    return {
        **{name: getattr(release, name) for name in counts},
        "items": {
            name: asdict(change) | {"pairs": _pairs(found, name)} for name, change in found.items.items()
        },
        "dimensions": {"/".join(path): asdict(change) for path, change in found.dimensions.items()},
        "shares": {name: asdict(one) for name, one in found.shares.items()},
        "numbers": {name: asdict(change) for name, change in found.numbers.items()},
        "choices": {
            name: vars(moves) | {"table": moves.table and dict(moves.table)}
            for name, moves in found.moves.items()
        },
        "options": {
            name: {option: asdict(one) for option, one in told.items()}
            for name, told in found.options.items()
        },
    }


def _pairs(found: PairedChanges, name: str) -> dict[str, object]:
    pairs = found.release.items[name]
    return {
        kind: {"withheld": str(said)} if isinstance(said, str) else dict(said)
        for kind, said in vars(pairs).items()
    }


@study.command(
    help=t(
        "End a study: destroy its key and overwrite every code. From then on nobody can link anything; "
        "results stay."
    )
)
@click.argument("study_id", metavar="STUDY")
@click.option("--yes", is_flag=True, help=t("do not ask"))
def end(study_id: str, yes: bool) -> None:
    """It cannot be undone."""
    instance = Instance()
    found = studying.standing(instance.store, study_id)
    if not yes:
        question = t(
            "After this nobody can link the answers of {study} any more, in no further wave either. End it?",
            study=found.study.id,
        )
        click.confirm(question, abort=True, err=True)
    studying.end(instance.store, instance.mark_keys, study_id, whoever(), now())
    say("the study {study} is at an end: its key is destroyed; backups of the key must be destroyed, too",
        study=study_id)  # fmt: skip
