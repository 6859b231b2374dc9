"""`survey questionnaire ...`: definitions for those who write them."""

import os
from pathlib import Path

import click

from survey import definitions, preview, shelf
from survey.cli.common import Group, print_json, print_table, say, t
from survey.definitions.model import Mode, Questionnaire
from survey.definitions.shape import SCHEMA
from survey.definitions.skeleton import AUDIENCES, skeleton
from survey.language import INTERFACE, Language, Refusal, language
from survey.preparing import imagined
from survey.settings import load
from survey.web.public import Pages

PAGES = (".html", ".htm")


class BadFile(Refusal):
    """A file cannot be written where it was asked for."""


class NotWritten(Refusal):
    """The questionnaire is not written in the language asked for."""


@click.group(cls=Group, help=t("Questionnaires: begin one, look at it, list those that ship."))
def questionnaire() -> None:
    """Definitions as files; no instance is needed."""


@questionnaire.command(
    help=t("Write a new questionnaire to start from, and the schema for editors beside it.")
)
@click.argument("questionnaire_id", metavar="ID")
@click.option(
    "--lang",
    "languages",
    multiple=True,
    default=INTERFACE,
    show_default=True,
    help=t("a language in which it is written; may be repeated"),
)
@click.option(
    "--mode",
    type=click.Choice([str(mode) for mode in Mode]),
    default=str(Mode.ANONYMOUS),
    show_default=True,
    help=t("how answers and the people who gave them are related"),
)
@click.option(
    "--audience", type=click.Choice(AUDIENCES), default=AUDIENCES[0], show_default=True, help=t("who answers")
)
@click.option("--out", metavar="FILE", help=t("the file to write; without it, ID.json"))
def new(questionnaire_id: str, languages: tuple[str, ...], mode: str, audience: str, out: str | None) -> None:
    """No file is ever overwritten."""
    path = Path(out or f"{questionnaire_id}.json")
    made = skeleton(questionnaire_id, languages, Mode(mode), audience)
    definitions.load(made, str(path))
    _judge_free(path)
    schema = _schema_beside(path)
    _write_new(path, made)
    say("{path} is written, and {schema} beside it, by which editors complete and check",
        path=str(path), schema=schema.name)  # fmt: skip
    foreign = [code for code in languages if code not in INTERFACE]
    if foreign:
        say("its texts in {languages} are English still: translate them", languages=", ".join(foreign))
    say("next: write your questions into it, then: survey check {path}; survey questionnaire show {path}",
        path=str(path))  # fmt: skip


def _judge_free(path: Path) -> None:
    """Raise BadFile where a new file cannot be, before anything is written."""
    if path.exists():
        raise BadFile("{path} is there already; name another file with --out", path=str(path))
    if not path.parent.is_dir():
        raise BadFile(
            "there is no folder {folder}; make it, or name another file with --out", folder=str(path.parent)
        )


def _schema_beside(path: Path) -> Path:
    """The schema in the folder of a definition, written where there is none. Raises BadFile."""
    schema, content = path.with_name(SCHEMA), definitions.schema()
    try:
        known = schema.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        _write_new(schema, content)
        return schema
    except OSError as failure:
        raise BadFile(
            "{path} cannot be read: {why}", path=str(schema), why=str(failure.strerror)
        ) from failure
    if known != content:
        say("{schema} is of another version of the program; renew it with: "
            "survey questionnaire schema > {schema}", schema=str(schema))  # fmt: skip
    return schema


def _write_new(path: Path, content: str) -> None:
    """The whole of a new file or nothing of it. Raises BadFile."""
    begun = False
    try:
        with path.open("x", encoding="utf-8") as file:
            begun = True
            file.write(content)
    except OSError as failure:
        if begun:
            path.unlink(missing_ok=True)
        raise BadFile(
            "{path} cannot be written: {why}", path=str(path), why=str(failure.strerror)
        ) from failure


@questionnaire.command(help=t("Print the JSON Schema of questionnaires, for editors."))
def schema() -> None:
    """The same that checks definitions."""
    click.echo(definitions.schema(), nl=False)


@questionnaire.command(
    help=t("Put a questionnaire into the instance's folder, where the pages offer it for new waves.")
)
@click.argument("file", metavar="FILE")
def add(file: str) -> None:
    """The name under which waves are made of it."""
    name, content = definitions.find(file)
    key = shelf.keep(load(os.environ).questionnaires, content, name)
    say("{key} is there; make a wave of it on the pages, or with: "
        "survey wave create ID --questionnaire {key}",
        key=key)  # fmt: skip


@questionnaire.command("list", help=t("List the questionnaires that ship, and those of the instance."))
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def list_(as_json: bool) -> None:
    """In order of their ids; those with problems are left out."""
    offered = list(shelf.offered(load(os.environ).questionnaires))
    found = [one.questionnaire for one in offered if one.questionnaire]
    for one in offered:
        for problem in one.problems:
            click.echo(problem.say(t), err=True)
    if as_json:
        print_json([_described(one) for one in found])
        return
    header = (
        t("questionnaire"),
        t("version"),
        t("mode"),
        t("languages"),
        t("items"),
        t("minutes"),
        t("title"),
    )
    print_table(header, [_row(one) for one in found])


def _loaded(asked: str) -> Questionnaire:
    """The questionnaire of a file or an id. Raises UnknownDefinition and InvalidDefinition."""
    name, content = definitions.find(asked)
    return definitions.load(content, name)


def _described(one: Questionnaire) -> dict[str, object]:
    return {
        "id": one.id, "version": one.version, "audience": one.audience, "mode": str(one.mode),
        "languages": list(one.languages), "items": len(one.items), "minutes": one.minutes,
        "title": dict(one.title),
    }  # fmt: skip


def _row(one: Questionnaire) -> tuple[str, ...]:
    return (
        one.id, str(one.version), str(one.mode), ", ".join(one.languages), t.number(len(one.items)),
        t.number(one.minutes), t.choose(one.title),
    )  # fmt: skip


@questionnaire.command(help=t("Look at a questionnaire: as text, or with --out as the page of respondents."))
@click.argument("asked", metavar="FILE-OR-ID")
@click.option(
    "--lang", metavar="LANGUAGE", help=t("one of its languages; without it, the terminal's if possible")
)
@click.option("--out", metavar="FILE.html", help=t("write the page that respondents see into this file"))
@click.option("--json", "as_json", is_flag=True, help=t("the definition itself, for programs and as a start"))
def show(asked: str, lang: str | None, out: str | None, as_json: bool) -> None:
    """Only questionnaires without a problem are shown."""
    if as_json and out:
        raise click.UsageError(t("--json and --out do not go together"))
    shown = _loaded(asked)
    spoken = language(_spoken(shown, lang))
    if as_json:
        click.echo(definitions.find(asked)[1].decode("utf-8-sig"), nl=False)
    elif out:
        _write_page(shown, spoken, Path(out))
    else:
        for line in preview.lines(shown, spoken):
            click.echo(line)


def _spoken(shown: Questionnaire, lang: str | None) -> str:
    """The language asked for, else the terminal's, else the questionnaire's first. Raises NotWritten."""
    if lang is not None and lang not in shown.languages:
        raise NotWritten(
            "{questionnaire} is not written in {language}; use one of: {languages}",
            questionnaire=shown.id, language=lang, languages=", ".join(shown.languages),
        )  # fmt: skip
    return lang or (t.code if t.code in shown.languages else shown.languages[0])


def _write_page(shown: Questionnaire, spoken: Language, path: Path) -> None:
    """The page of respondents as a file of its own. Raises BadFile."""
    if path.suffix.lower() not in PAGES:
        raise BadFile("{path} is no name of a page; end it in .html", path=str(path))
    settings = load(os.environ)
    page = Pages(settings).preview(imagined(shown, settings.timezone), shown, spoken.code)
    try:
        path.write_bytes(page.plain)
    except OSError as failure:
        raise BadFile(
            "{path} cannot be written: {why}", path=str(path), why=str(failure.strerror)
        ) from failure
    say("{path} is written; open it in a browser", path=str(path))
