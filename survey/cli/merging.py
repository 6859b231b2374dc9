"""`survey merge`."""

from pathlib import Path

import click

from survey import merging
from survey.cli.common import Command, say, t
from survey.cli.released import read_file
from survey.language import Refusal


class BadFile(Refusal):
    """The merged release cannot be written where it was asked for."""


@click.command(
    cls=Command,
    help=t(
        "Add up releases of one definition, written by: survey results WAVE --release. Nothing that one of "
        "them withholds is shown."
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="A.json B.json ...")
@click.option("--out", metavar="FILE.json", help=t("the file to write; without it, standard output"))
def merge(files: tuple[str, ...], out: str | None) -> None:
    """The result is the file of a release again."""
    found = merging.merged([read_file(name) for name in files])
    if out is None:
        click.echo(found.to_json())
        return
    if Path(out).suffix.lower() != ".json":
        raise BadFile(
            "{out} does not end in .json; results and charts know a release by that ending", out=out
        )
    try:
        Path(out).write_text(found.to_json() + "\n", encoding="utf-8")
    except OSError as failure:
        raise BadFile("{out} cannot be written: {why}", out=out, why=str(failure.strerror)) from failure
    say("{out} is written: {n} waves, {responses} answers; see: survey results {out}",
        out=out, n=len(found.release.merged), responses=found.release.whole.responses)  # fmt: skip
