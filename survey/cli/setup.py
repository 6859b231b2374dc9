"""`survey init`, `config` and `health`."""

import os
from pathlib import Path

import click

from survey.cli.common import Command, Instance, print_json, say, t
from survey.definitions.model import Mode
from survey.keys import secret_keys
from survey.settings import ROWS, load
from survey.store import NoInstance, waves


@click.command(cls=Command, help=t("Make the instance folder, the database and the secret key."))
def init() -> None:
    """Nothing that is there already is changed."""
    instance = Instance()
    path = instance.store.path
    secret_keys(instance.settings)
    say("{path} is ready", path=str(path))


@click.command(cls=Command, help=t("Show every setting with its value and what it is for."))
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def config(as_json: bool) -> None:
    """Secret values are never shown."""
    settings = load(os.environ)
    values = {row.name: str(getattr(settings, row.name.lower())) for row in ROWS}
    values["SECRET_KEY"] = t("set") if settings.secret_key else t("kept in the instance folder")
    values["SMTP_URL"] = t("set") if settings.smtp_url else ""
    if as_json:
        print_json(values)
        return
    for row in ROWS:
        click.echo(f"SURVEY_{row.name} = {values[row.name]}")
        click.echo(f"    {t(row.help)}")


@click.command(cls=Command, help=t("Say whether the database and the keys of open waves are in order."))
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def health(as_json: bool) -> None:
    """Exit 1 when something is wrong."""
    instance = Instance()
    if not instance.settings.database.exists():
        raise NoInstance(
            "there is no database {path}; make one with: survey init", path=str(instance.settings.database)
        )
    with instance.store.read() as db:
        found = [wave for wave in waves.all_waves(db) if wave.state == "open" and wave.mode is not Mode.NAMED]
    for wave in found:
        instance.mark_keys.get(wave.id)
        if wave.study is not None:
            instance.mark_keys.study(wave.study)
    if as_json:
        print_json({"database": str(Path(instance.store.path)), "ok": True})
    say("in order: {path}", path=str(instance.store.path))
