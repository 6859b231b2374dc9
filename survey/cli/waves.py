"""`survey wave ...` and `survey links`."""

import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from survey import (
    closing,
    definitions,
    enrolling,
    inviting,
    monitoring,
    notice,
    preparing,
    publishing,
    shelf,
)
from survey.cells import Values, group_values
from survey.cli.common import Command as SurveyCommand
from survey.cli.common import (
    Group,
    Instance,
    named_groups,
    now,
    print_json,
    print_table,
    progress,
    say,
    t,
    warn_of_small_groups,
    whoever,
    write_file,
)
from survey.cli.drawing import draw_standard
from survey.counts import NOT_ASSIGNED
from survey.definitions.model import Questionnaire
from survey.handing import batches
from survey.inviting import BadWave
from survey.keys import secret_keys
from survey.language import Language, Languages
from survey.monitoring import Standing
from survey.preparing import ROWS, title
from survey.shelf import UnknownQuestionnaire
from survey.simulating import RATE
from survey.store import audit, invitations
from survey.store.audit import ACTS, Entry
from survey.store.handed import Batch, Way
from survey.store.waves import Wave
from survey.tables import harmless
from survey.tokens import Receipts

METAVARS = {
    "phase": "baseline|monitoring|final",
    "opens": "YYYY-MM-DD",
    "closes": "YYYY-MM-DD",
    "threshold": "N",
    "grace": "MINUTES",
    "notice": "FILE.toml",
    "population": "N|FILE.csv|unknown",
    "target": "PERCENT",
}


@click.group(cls=Group, help=t("Waves: one round of one questionnaire each."))
def wave() -> None:
    """Make, open, close, list and show waves."""


def _settings(defaults: bool) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command an option for the title and for each setting of a wave; with their defaults, or not."""
    options = [
        click.option(
            "--title",
            "titles",
            multiple=True,
            metavar="[LANGUAGE=]TITLE",
            help=t("how the wave is called, in one language or in all; without it, as the questionnaire"),
        ),
        *(
            click.option(
                f"--{row.name}",
                metavar=METAVARS.get(row.name, row.name.upper()),
                help=t(row.help),
                show_default=(defaults and row.default) or False,
            )
            for row in ROWS
        ),
    ]

    def given(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            command = option(command)
        return command

    return given


@wave.command(help=t("Make a wave as a draft."))
@click.argument("wave_id", metavar="ID")
@click.option(
    "--questionnaire",
    required=True,
    metavar="FILE-OR-ID",
    help=t("a definition: a file, or the id of one that ships"),
)
@click.option(
    "--study",
    metavar="STUDY",
    help=t("of a panel questionnaire: the study in which the same people are asked again; new or going on"),
)
@_settings(defaults=True)
def create(
    wave_id: str, questionnaire: str, study: str | None, titles: tuple[str, ...], **wishes: str | None
) -> None:
    """The definition is stored whole with the wave."""
    instance = Instance()
    definition = found_definition(instance, questionnaire)
    languages = definitions.load(definition[1], definition[0]).languages
    typed = _typed(languages, titles, wishes)
    made = preparing.create(
        instance.store, wave_id, definition, typed, instance.settings.timezone, whoever(), now(),
        study=study, mark_keys=instance.mark_keys,
    )  # fmt: skip
    say(
        "wave {wave}: a draft of {questionnaire}, version {version}, {mode}; "
        "open it with: survey wave open {wave}",
        wave=wave_id,
        questionnaire=made.questionnaire,
        version=str(made.version),
        mode=str(made.mode),
    )


def found_definition(instance: Instance, asked: str) -> tuple[str, bytes]:
    """(name, content) of a file, of a questionnaire that ships, or of one in the instance's folder."""
    try:
        return asked, shelf.get(instance.settings.questionnaires, asked).content
    except UnknownQuestionnaire:
        return definitions.find(asked)


def _typed(
    languages: tuple[str, ...], titles: tuple[str, ...], wishes: Mapping[str, str | None]
) -> dict[str, str]:
    """The options that were given, as a form would send them; of a file of a population its text."""
    typed = {name: value for name, value in wishes.items() if value is not None}
    for entry in titles:
        code, equals, words = entry.partition("=")
        if equals and code in languages:
            typed[title(code)] = words
        else:
            typed.update({title(one): entry for one in languages})
    if Path(typed.get("population", "")).suffix.lower() == ".csv":
        typed["population"] = _text(typed["population"])
    if typed.get("notice"):
        typed["notice"] = _notice(typed["notice"])
    return typed


def _notice(asked: str) -> str:
    """The text of a notice's file, judged. Raises BadNotice."""
    content = notice.content_of(Path(asked))
    notice.read(content, asked)
    return content


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as failure:
        raise BadWave("{path} cannot be read: {why}", path=path, why=str(failure)) from failure


@wave.command(help=t("Change the settings of a wave while it is a draft; what is not named stays."))
@click.argument("wave_id", metavar="ID")
@_settings(defaults=False)
def change(wave_id: str, titles: tuple[str, ...], **wishes: str | None) -> None:
    """The questionnaire itself stays."""
    instance = Instance()
    found = instance.wave(wave_id)
    typed = _typed(definitions.load(found.definition, wave_id).languages, titles, wishes)
    changed = preparing.change(instance.store, wave_id, typed, whoever(), now())
    say("wave {wave}: changed: {names}", wave=wave_id, names=", ".join(changed) or "-")


@wave.command("open", help=t("Open a wave: its definition is frozen and its links take answers."))
@click.argument("wave_id", metavar="ID")
def open_(wave_id: str) -> None:
    """Deals cells, marks and slots."""
    instance = Instance()
    opened = inviting.open_wave(instance.store, instance.mark_keys, wave_id, now(), who=whoever())
    with instance.store.read() as db:
        invited = invitations.count(db, wave_id)
    say("wave {wave} is open: {n} invitations, threshold {threshold}, definition sha256 {sha256}",
        wave=wave_id, n=invited, threshold=opened.threshold, sha256=opened.sha256)  # fmt: skip
    warn_of_small_groups(instance, wave_id)
    _warn_of_gaps(instance, opened)


def _warn_of_gaps(instance: Instance, of: Wave) -> None:
    """Say what respondents are not told, one line each."""
    for gap in notice.untold(instance.settings, of, definitions.load(of.definition, of.id)):
        say("respondents are not told: {gap}: {remedy}", gap=gap.what, remedy=gap.remedy)


@wave.command(
    help=t("Say which groups will be large enough to be shown, if a share of the invited people answers.")
)
@click.argument("wave_id", metavar="ID")
@click.option(
    "--rate",
    type=click.FloatRange(1, 100),
    default=100 * RATE,
    show_default=True,
    help=t("the share of the invited people that is expected to answer, in percent"),
)
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def simulate(wave_id: str, rate: float, as_json: bool) -> None:
    """Before the wave opens, at several thresholds."""
    found = enrolling.forecasts(Instance().store, wave_id, rate / 100)
    if as_json:
        print_json([one.to_json() for one in found])
        return
    if not found:
        say("wave {wave}: nothing to simulate; it is named and shows all, or nobody is invited in groups",
            wave=wave_id)  # fmt: skip
    for line in (line for one in found for line in enrolling.said(one)):
        click.echo(t(line))


@wave.command(help=t("Move the last day of an open wave to a later one."))
@click.argument("wave_id", metavar="ID")
@click.option("--closes", required=True, metavar="YYYY-MM-DD", help=t("the last day from now on"))
def extend(wave_id: str, closes: str) -> None:
    """The links go on working."""
    instance = Instance()
    moved = preparing.extend(instance.store, wave_id, closes, whoever(), now())
    say("wave {wave} takes answers until {day}", wave=wave_id, day=moved.closes)


@wave.command(help=t("Close a wave: count its answers once, for good."))
@click.argument("wave_id", metavar="ID")
@click.option(
    "--now",
    "at_once",
    is_flag=True,
    help=t("even while what was begun by the last day is still taken"),
)
def close(wave_id: str, at_once: bool) -> None:
    """Closed means closed."""
    instance = Instance()
    unsent = preparing.closing(instance.store, wave_id, now()).drafts
    folder = instance.settings.instance
    shown = closing.reporting(folder, wave_id, progress)
    try:
        release = publishing.close(
            instance.store, instance.mark_keys, wave_id, now(), shown, whoever(), at_once
        )
    finally:
        closing.forget(folder)
    say("wave {wave} is closed: {responses} of {invited} answered; see: survey results {wave}",
        wave=wave_id, responses=release.whole.responses, invited=release.whole.invited)  # fmt: skip
    if unsent:
        say("drafts that were never sent, deleted now: {n}", n=unsent)
    draw_standard(instance, wave_id)


@wave.command("list", help=t("List all waves."))
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def list_(as_json: bool) -> None:
    """While an anonymous wave is open its responses move in steps of the threshold."""
    found = monitoring.standings(Instance().store)
    if as_json:
        print_json([standing.to_json() for standing in found])
        return
    header = (
        t("wave"),
        t("questionnaire"),
        t("mode"),
        t("phase"),
        t("state"),
        t("invited"),
        t("responses"),
        t("rate"),
    )
    print_table(header, [_row(standing) for standing in found])


def _row(standing: Standing) -> tuple[str, ...]:
    wave, rate = standing.wave, standing.rate
    return (
        wave.id, wave.questionnaire, str(wave.mode), wave.phase, wave.state, t.number(standing.invited),
        t(standing.responses_said), "-" if rate is None else t.percent(rate, 1),
    )  # fmt: skip


@wave.command(help=t("Show one wave."))
@click.argument("wave_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def show(wave_id: str, as_json: bool) -> None:
    """All that is fixed about it, and how far it is."""
    standing = monitoring.standing(Instance().store, wave_id)
    described = standing.to_json()
    if as_json:
        print_json(described)
        return
    for name, value in {**described, "responses": t(standing.responses_said)}.items():
        if name == "by_open_links" and value is None:
            continue
        shown = t.choose(value) if isinstance(value, dict) else "-" if value is None else value
        click.echo(f"{name}: {shown}")


@wave.command(
    "notice",
    help=t(
        "Print the privacy notice of a wave, and what it lacks; with --file, put other words of the wave's "
        "own into it. In a wave that was opened the log says so."
    ),
)
@click.argument("wave_id", metavar="ID")
@click.option("--file", "file", metavar="FILE.toml", help=t("the words of this wave from now on"))
@click.option("--lang", metavar="CODE", help=t("the language in which it is printed"))
def notice_(wave_id: str, file: str | None, lang: str | None) -> None:
    """As respondents read it."""
    instance = Instance()
    if file is not None:
        inviting.set_notice(instance.store, wave_id, _notice(file), whoever(), now())
    found = instance.wave(wave_id)
    questionnaire = definitions.load(found.definition, wave_id)
    said = notice.of_wave(notice.of_instance(instance.settings), found)
    for line in _lines(notice.sections(said, found, questionnaire, instance.settings),
                       Languages(instance.settings.catalogues)(lang or t.code)):  # fmt: skip
        click.echo(line)
    _warn_of_gaps(instance, found)


def _lines(sections: Iterable[notice.Section], spoken: Language) -> Iterator[str]:
    for section in sections:
        yield spoken(section.title).upper()
        for said in section.paragraphs:
            yield str(spoken.say(said))
        yield ""


@wave.command(help=t("Say whether a receipt was made by a wave; it tells neither who answered nor what."))
@click.argument("wave_id", metavar="ID")
@click.argument("code", metavar="CODE")
def receipt(wave_id: str, code: str) -> None:
    """Exit 1 where it was not."""
    instance = Instance()
    instance.wave(wave_id)
    Receipts(secret_keys(instance.settings)).judge(wave_id, code)
    say("genuine: it was shown to somebody whose answers arrived in the wave {wave}", wave=wave_id)


@wave.command("log", help=t("Print what evaluators and administrators did to a wave, oldest first."))
@click.argument("wave_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def wave_log(wave_id: str, as_json: bool) -> None:
    """Never an answer."""
    instance = Instance()
    found = instance.wave(wave_id)
    with instance.store.read() as db:
        entries = audit.of_wave(db, wave_id)
    _print_log(entries, ZoneInfo(found.timezone), as_json)


@click.command(cls=SurveyCommand, help=t("Print what was done to all waves and to evaluators, oldest first."))
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def log(as_json: bool) -> None:
    """Never an answer, never a link."""
    instance = Instance()
    with instance.store.read() as db:
        entries = audit.everything(db)
    _print_log(entries, ZoneInfo(instance.settings.timezone), as_json, whole=True)


def _print_log(entries: Sequence[Entry], zone: ZoneInfo, as_json: bool, whole: bool = False) -> None:
    """With the wave of each entry where the `whole` log is printed."""
    if as_json:
        print_json([{**vars(entry), "moment": entry.moment.isoformat()} for entry in entries])
        return
    header = [t("when"), t("who"), t("what"), t("about")]
    rows = [
        [t.moment(one.moment.astimezone(zone)), one.who or "-", t(ACTS[one.act]), one.about]
        for one in entries
    ]
    if whole:
        header.insert(1, t("wave"))
        for row, one in zip(rows, entries, strict=True):
            row.insert(1, one.wave or "-")
    print_table(header, rows)


@click.command(
    cls=SurveyCommand, help=t("Print the personal links of a wave; with --count, of new unnamed invitations.")
)
@click.argument("wave_id", metavar="WAVE")
@click.option(
    "--count",
    type=click.IntRange(1, 100_000),
    help=t("make so many new invitations and print their links only"),
)
@click.option(
    "--group",
    "groups",
    multiple=True,
    metavar="BREAKDOWN=VALUE",
    help=t("the group of the new invitations; may be repeated"),
)
@click.option("--language", metavar="CODE", help=t("the language in which the new links open"))
@click.option("--csv", "as_csv", is_flag=True, help=t("a table of links and groups"))
@click.option(
    "--out",
    metavar="FILE.xlsx|csv",
    help=t("a file for a mail merge, with links, short codes and groups, in place of what is printed"),
)
def links(
    wave_id: str,
    count: int | None,
    groups: tuple[str, ...],
    language: str | None,
    as_csv: bool,
    out: str | None,
) -> None:
    """One address a line."""
    instance = Instance()
    found = instance.wave(wave_id)
    questionnaire = definitions.load(found.definition, wave_id)
    if (groups or language) and not count:
        raise click.UsageError(t("--group and --language go with --count"))
    if language not in (None, *questionnaire.languages):
        raise BadWave("the questionnaire is not written in {language}; use one of: {languages}",
                      language=language, languages=", ".join(questionnaire.languages))  # fmt: skip
    values = group_values(questionnaire, named_groups(groups))
    if out:
        _write_file(instance, found, _made(instance, found, values, count, language) if count else None, out)
        return
    shown = _new(instance, found, values, count, language) if count else _all(instance, wave_id)
    if as_csv:
        _print_csv(questionnaire, shown)
    else:
        for url, _ in shown:
            click.echo(url)


Shown = list[tuple[str, tuple[str, ...]]]


def _new(instance: Instance, wave: Wave, values: Values, count: int, language: str | None) -> Shown:
    batch = _made(instance, wave, values, count, language)
    found = batches.listed(instance.store, wave.id, batch.id, whoever(), now())
    return [(instance.url(one.id), one.groups) for one in found]


def _made(instance: Instance, wave: Wave, values: Values, count: int, language: str | None) -> Batch:
    return batches.make(
        instance.store, instance.mark_keys, wave.id, Way.LINKS, values, count, whoever(), now(), language
    )


def _all(instance: Instance, wave_id: str) -> Shown:
    everybody = batches.listed(instance.store, wave_id, None, whoever(), now())
    return [(instance.url(one.id), one.groups) for one in everybody]


def _write_file(instance: Instance, wave: Wave, batch: Batch | None, out: str) -> None:
    form = Path(out).suffix.lower().removeprefix(".")
    body = instance.press.merge_file(wave.id, batch.id if batch else None, form, whoever(), now())
    write_file(out, body)


def _print_csv(questionnaire: Questionnaire, shown: Shown) -> None:
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["link", *(breakdown.id for breakdown in questionnaire.invited_by)])
    for url, values in shown:
        table.writerow([url, *("" if value == NOT_ASSIGNED else harmless(value) for value in values)])
