"""`survey report`: the report of a closed wave, as Word or HTML."""

import secrets
from pathlib import Path

import click

from survey.cli.common import Command, Instance, progress, say, t
from survey.cli.released import note_taken
from survey.language import INTERFACE, Refusal, text
from survey.reporting import FORMS, PICTURES, Asked, Reporter


class BadReport(Refusal):
    """The report cannot be written where it was asked for."""


@click.command(
    cls=Command,
    help=t(
        "Write the report of a closed wave: method, figures, groups, comparison with the baseline, appendix. "
        "Its text says what the figures say, and wants an editor."
    ),
)
@click.argument("wave", metavar="WAVE")
@click.option("--out", required=True, metavar="FILE.docx|html", help=t("the file; its ending says the form"))
@click.option(
    "--lang", type=click.Choice(INTERFACE), default=t.code, show_default=True, help=t("the report's language")
)
@click.option(
    "--baseline",
    metavar="WAVE",
    help=t("the earlier wave to compare with; without it, the latest baseline of the questionnaire"),
)
@click.option(
    "--template",
    metavar="FILE.docx",
    type=click.Path(path_type=Path),
    help=t(
        "a Word document whose styles, margins, headers and footers the report takes; without it "
        "report-template.docx in the instance folder, if there is one"
    ),
)
def report(wave: str, out: str, lang: str, baseline: str | None, template: Path | None) -> None:
    """The same release, template and program give the same bytes."""
    path = Path(out)
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise BadReport("{out} ends in no known form; end it in .docx or .html", out=out)
    if not path.parent.is_dir():
        raise BadReport(
            "{out} cannot be written: there is no folder {folder}", out=out, folder=str(path.parent)
        )
    instance = Instance()
    reporter = Reporter(instance.store, instance.gallery, instance.settings)
    made = reporter.make(Asked(wave, lang, baseline))
    reporter.template(template)
    with instance.gallery.open():
        for which in progress(made.report.pictures, len(made.report.pictures), text("drawing charts")):
            reporter.picture(made, which, PICTURES[form])
        body = reporter.file(made, form, template)
    _write_whole(path, body)
    note_taken(wave, f"report.{lang}.{form}")
    say("{out} is written", out=out)


def _write_whole(path: Path, body: bytes) -> None:
    """Put the file in its place in one step. Raises BadReport."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        fresh.write_bytes(body)
        fresh.replace(path)
    except OSError as failure:
        raise BadReport(
            "{out} cannot be written: {why}", out=str(path), why=str(failure.strerror)
        ) from failure
    finally:
        fresh.unlink(missing_ok=True)
