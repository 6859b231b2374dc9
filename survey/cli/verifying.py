"""`survey verify`: whether what somebody hands over holds."""

import click

from survey import gallery
from survey.cli.common import FAILED, Command, Group, say, t
from survey.exports.results import reading, verifying
from survey.exports.results.verifying import Problem

MOST_SAID = 50
"""Problems that are printed one by one."""


@click.group(cls=Group, help=t("Check what was handed over."))
def verify() -> None:
    """The checks."""


@verify.command(
    cls=Command,
    help=t(
        "Check an evidence bundle: every checksum, then every figure, computed again from the release "
        "inside. Exit code 0: everything holds; 1: something does not, or the file cannot be read."
    ),
)
@click.argument("file", metavar="FILE.zip")
@click.pass_context
def bundle(ctx: click.Context, file: str) -> None:
    """One problem a line: the file, the figure, what should stand there and what does."""
    found = verifying.verify(reading.read(file), gallery.program(), verifying.redrawn)
    for problem in found.problems[:MOST_SAID]:
        click.echo(_said(problem))
    if len(found.problems) > MOST_SAID:
        click.echo(t("… and {n} more", n=len(found.problems) - MOST_SAID))
    say("wave {wave}, release {release}: {files} files, {values} values compared",
        wave=found.wave, release=found.release, files=found.files, values=found.values)  # fmt: skip
    if not found.same_program:
        say("made by another version of the program: the figures were compared, words and layout were not")
    if found.problems:
        say("the bundle does not hold")
        ctx.exit(FAILED)
    say("the bundle holds; compare the release with the one that is cited")


def _said(problem: Problem) -> str:
    figure = f" {problem.figure}:" if problem.figure else ""
    said = f"{problem.file}:{figure} {t(problem.what)}"
    if not problem.expected and not problem.found:
        return said
    return t("{said} (expected {expected}, found {found})",
             said=said, expected=problem.expected, found=problem.found)  # fmt: skip
