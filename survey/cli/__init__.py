"""The `survey` command: what a person types -> one journey -> what is printed.

Data goes to stdout, messages to stderr. Exit codes: 0 done, 1 failed, 2 usage, 3 partly done.
"""

import click
from flask import Flask

from survey.cli import (
    answers,
    checking,
    commenting,
    comparing,
    demo,
    evaluators,
    exporting,
    mailing,
    merging,
    partners,
    people,
    printing,
    questionnaires,
    rates,
    reporting,
    results,
    serving,
    studies,
    supplements,
    trending,
    verifying,
    waves,
)
from survey.cli.common import Group, t
from survey.cli.setup import config, health, init

COMMANDS: tuple[click.Command, ...] = (
    demo.demo,
    serving.serve,
    init,
    checking.check,
    questionnaires.questionnaire,
    config,
    health,
    waves.wave,
    waves.links,
    waves.log,
    printing.letters,
    printing.paper,
    printing.open_link,
    people.people,
    answers.answers,
    commenting.comments,
    mailing.invite,
    mailing.remind,
    mailing.thank,
    mailing.send,
    mailing.bounces,
    mailing.mail,
    results.results,
    results.chart,
    exporting.export,
    exporting.charts,
    verifying.verify,
    merging.merge,
    comparing.compare,
    reporting.report,
    trending.trend,
    studies.study,
    supplements.supplement,
    supplements.supplements,
    evaluators.evaluator,
    partners.partner,
    people.erase,
)


@click.group(cls=Group, help=t("Questionnaires by personal links, and figures from them."))
@click.version_option(package_name="riscontro", prog_name="survey")
def main() -> None:
    """The console script."""


waves.wave.add_command(rates.rates)
for _command in COMMANDS:
    main.add_command(_command)


def register(app: Flask) -> None:
    """Give the same commands to `flask --app wsgi`."""
    for command in COMMANDS:
        app.cli.add_command(command)
