"""`survey supplement` and `survey supplements`: figures that a later definition adds to a closed wave."""

from collections.abc import Iterator
from typing import Any

import click

from survey import narrative, supplementing
from survey.cli.common import Command, Instance, now, print_json, print_table, say, t, whoever
from survey.cli.waves import found_definition
from survey.indicators.results import to_json
from survey.language import Text, text
from survey.supplementing import Shown, Verified

SAID: dict[Verified, Text] = {
    Verified.COUNTED_AGAIN: text("in order: counted again from the stored answers"),
    Verified.FROM_RELEASE: text("in order: computed from the release"),
    Verified.CHECKSUM_ONLY: text(
        "checksum in order; it cannot be counted again, since the stored answers were erased or coarsened"
    ),
    Verified.WRONG: text(
        "NOT in order: what is stored does not fit its checksum, the release or the answers"
    ),
}


@click.command(
    cls=Command,
    help=t(
        "Add an indicator of a later definition to the results of a closed wave. What was published never "
        "changes; where the new figure could give people away beside it, it is refused."
    ),
)
@click.argument("wave_id", metavar="WAVE")
@click.argument("questionnaire", metavar="FILE-OR-ID")
@click.argument("indicator", metavar="INDICATOR")
def supplement(wave_id: str, questionnaire: str, indicator: str) -> None:
    """The figure stands in `survey results` from now on, marked as a supplement."""
    instance = Instance()
    definition = found_definition(instance, questionnaire)
    made = supplementing.supplement(instance.store, wave_id, definition, indicator, whoever(), now())
    say("supplement {number} of {wave}: {indicator}, checksum {sha256}",
        number=made.number, wave=wave_id, indicator=indicator, sha256=made.sha256)  # fmt: skip
    for line in lines(wave_id):
        click.echo(line)


@click.command(cls=Command, help=t("List the supplements of a closed wave, and whether they are in order."))
@click.argument("wave_id", metavar="WAVE")
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def supplements(wave_id: str, as_json: bool) -> None:
    """Exit 1 where one is not."""
    found = supplementing.verified(Instance().store, wave_id)
    if as_json:
        print_json(
            [
                {
                    "number": one.number, "indicator": one.supplement.indicator, "sha256": one.sha256,
                    "program": one.program, "made": one.made.isoformat(), "verified": str(said),
                }
                for one, said in found
            ]
        )  # fmt: skip
    else:
        header = (t("number"), t("indicator"), t("program"), t("made"), t("checksum"), t("verified"))
        print_table(
            header,
            [
                (
                    str(one.number),
                    one.supplement.indicator,
                    one.program,
                    t.moment(one.made),
                    one.sha256,
                    t(SAID[said]),
                )
                for one, said in found
            ],
        )
    if any(said is Verified.WRONG for _, said in found):
        raise click.exceptions.Exit(1)


def lines(wave_id: str) -> Iterator[str]:
    """The supplements of a wave in words; none of what is no wave of this instance."""
    for one in supplementing.shown(Instance().store, wave_id):
        yield t(
            "Supplement {number}, {day}: {sentence}",
            number=one.kept.number, day=t.day(one.kept.made.date()), sentence=sentence(one),
        )  # fmt: skip


def sentence(one: Shown) -> str:
    """What the new figure says of the whole wave."""
    (indicator,) = one.questionnaire.indicators
    figure = one.results.whole.indicators[indicator.id]
    return narrative.sentence(figure, indicator, one.questionnaire, t, one.results.threshold)


def as_json(wave_id: str) -> list[dict[str, object]]:
    """The supplements of a wave for programs: number, origin, and the new figure as results give one."""
    return [
        {
            "number": one.kept.number,
            "sha256": one.kept.sha256,
            "program": one.kept.program,
            "made": one.kept.made.isoformat(),
            "indicator": one.kept.supplement.indicator,
            **_figures(to_json(one.results), one.kept.supplement.indicator),
        }
        for one in supplementing.shown(Instance().store, wave_id)
    ]


def _figures(every: dict[str, Any], name: str) -> dict[str, object]:
    """Of the results of a wave one indicator: in the whole, in each group, in each pool."""
    return {
        "figure": every["indicators"][name],
        "by": {
            breakdown: {
                "groups": {group: _of(shown, name) for group, shown in divided["groups"].items()},
                "others": [
                    {"inside": pool["inside"], "members": pool["members"], "figure": _of(pool, name)}
                    for pool in divided["others"]
                ],
            }
            for breakdown, divided in every["by"].items()
        },
    }


def _of(shown: dict[str, Any], name: str) -> object:
    """The figure of a part; of what is pooled or hidden, that it is."""
    return shown["indicators"][name] if "indicators" in shown else shown
