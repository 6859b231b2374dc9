"""`survey verify`: whether what somebody hands over holds."""

import os
from pathlib import Path

import click

from survey import gallery
from survey.anonymity import examined
from survey.cli.common import FAILED, Command, Group, say, t
from survey.exports.results import reading, verifying
from survey.exports.results.bundle import Maker
from survey.exports.results.verifying import How, Problem
from survey.exports.telling import program
from survey.keys import MarkKeys
from survey.language import text
from survey.settings import load

HOW = {
    How.AGAIN: text("computed again and compared"),
    How.NUMBERS: text("numbers computed again and compared; words by checksum only"),
    How.DRAWN: text("drawn again and compared"),
    How.WORDS: text("description computed again and compared; strokes by checksum only"),
    How.CHECKSUM: text("by checksum only"),
}
MOST_SAID = 50
"""Problems that are printed one by one."""


@click.group(cls=Group, help=t("Check what was handed over."))
def verify() -> None:
    """The checks."""


@verify.command(
    cls=Command,
    help=t(
        "Check an evidence bundle: every checksum, then every figure, computed again from the release "
        "inside. Of a bundle of another version of the program the numbers are computed again, and words, "
        "layout and pictures compared by checksum only; what was compared how is printed.\n\n"
        "Exit code 0: all that was compared holds; 1: something does not, or the file cannot be read."
    ),
)
@click.argument("file", metavar="FILE.zip")
@click.pass_context
def bundle(ctx: click.Context, file: str) -> None:
    """One problem a line: the file, the figure, what should stand there and what does."""
    here = Maker(gallery.sources(), gallery.library())
    found = verifying.verify(reading.read(file), here, verifying.redrawn)
    for problem in found.problems[:MOST_SAID]:
        click.echo(_said(problem))
    if len(found.problems) > MOST_SAID:
        click.echo(t("… and {n} more", n=len(found.problems) - MOST_SAID))
    say("wave {wave}, release {release}: {files} files, {values} values compared",
        wave=found.wave, release=found.release, files=found.files, values=found.values)  # fmt: skip
    for part in found.parts:
        say("  {what} ({n}): {how}", what=t(part.what), n=part.files, how=t(HOW[part.how]))
    if found.made_by:
        say("made by {other}, and checked by {this}: what only those draw or word alike was compared by "
            "checksum, which tells that it is what was put in", other=found.made_by,
            this=f"{program()}, {gallery.library()}")  # fmt: skip
    if found.problems:
        say("the bundle does not hold")
        ctx.exit(FAILED)
    say("the bundle holds; compare the release with the one that is cited")


@verify.command(
    cls=Command,
    help=t(
        "Check that nothing in the database leads from the answers of anonymous and panel waves to people, "
        "or tells when they came; FILE is a copy of a database, left out it is the one of this instance. "
        "Exit code 0: nothing was found; 1: something was, or the file cannot be read."
    ),
)
@click.argument("file", metavar="[FILE]", required=False)
@click.pass_context
def anonymity(ctx: click.Context, file: str | None) -> None:
    """One finding a line: the wave, and what must not be there."""
    settings = load(os.environ)
    path = Path(file) if file else settings.database
    found = examined(path, None if file else MarkKeys(settings.mark_keys))
    for finding in found.findings:
        click.echo(f"{finding.wave or path.name}: {t(finding.what)}")
    say("{path}: {waves} waves with {answers} answers looked through",
        path=str(path), waves=found.waves, answers=found.answers)  # fmt: skip
    if found.findings:
        say("not everything is as it must be")
        ctx.exit(FAILED)
    say("nothing leads from an answer to a person; what is not promised is in docs/privacy.md")


def _said(problem: Problem) -> str:
    figure = f" {problem.figure}:" if problem.figure else ""
    said = f"{problem.file}:{figure} {t(problem.what)}"
    if not problem.expected and not problem.found:
        return said
    return t("{said} (expected {expected}, found {found})",
             said=said, expected=problem.expected, found=problem.found)  # fmt: skip
