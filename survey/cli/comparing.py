"""`survey compare`: what changed between two closed waves."""

from collections.abc import Iterator
from dataclasses import asdict

import click

from survey.changes import Side, WaveChanges, changes, in_order
from survey.cli.common import Command, print_json, t
from survey.cli.released import released
from survey.narrative.changes import (
    broken_sentence,
    cautions,
    change_label,
    change_sentence,
    composition_sentence,
    within_sentence,
)


@click.command(
    cls=Command,
    help=t("What changed between two closed waves of one questionnaire (or files of their releases)."),
)
@click.argument("one", metavar="WAVE|FILE.json")
@click.argument("other", metavar="WAVE|FILE.json")
@click.option("--json", "as_json", is_flag=True, help=t("every figure, for programs"))
def compare(one: str, other: str, as_json: bool) -> None:
    """The one that closed first is the earlier one, in whatever order they are named."""
    first, second = (Side(found.results, found.questionnaire) for found in (released(one), released(other)))
    found = changes(*in_order(first, second))
    if as_json:
        print_json(to_json(found))
        return
    for line in _lines(found):
        click.echo(line)


def _lines(found: WaveChanges) -> Iterator[str]:
    """Sentences: the two waves, the figures, who answered, what cannot be compared, the cautions."""
    earlier, later = found.earlier.results, found.later.results
    yield t("From {earlier} to {later}.", earlier=earlier.wave, later=later.wave)
    questionnaire = found.later.questionnaire
    labels = {one.id: t.choose(one.label) for one in questionnaire.breakdowns}
    for path, change in found.indicators.items():
        said = [change_sentence(change_label(path, questionnaire, t), change, t)]
        said += [within_sentence(change, mix, labels[mix.breakdown], t) for mix in found.compositions]
        yield " ".join(filter(None, said))
    yield from (composition_sentence(mix, labels[mix.breakdown], t) for mix in found.compositions)
    yield from (broken_sentence(path, items, found.later, t) for path, items in found.broken.items())
    yield from cautions(found, t)


def to_json(found: WaveChanges) -> dict[str, object]:
    """The public form of a comparison; nothing rounded."""
    return {
        "earlier": _wave(found.earlier),
        "later": _wave(found.later),
        "linked": found.linked,
        "indicators": {"/".join(path): asdict(change) for path, change in found.indicators.items()},
        "items": {
            name: {code: asdict(change) for code, change in changed.items()}
            for name, changed in found.items.items()
        },
        "not_comparable": {
            "indicators": {"/".join(path): list(items) for path, items in found.broken.items()},
            "items": {
                one.item: {
                    "outcome": str(one.outcome),
                    "differences": [t(each.text) for each in one.differences],
                }
                for one in found.comparison.not_comparable
            },
        },
        "composition": {mix.breakdown: asdict(mix) | {"differs": mix.differs} for mix in found.compositions},
    }


def _wave(side: Side) -> dict[str, object]:
    shown = side.results
    return {
        "wave": shown.wave,
        "phase": shown.phase,
        "closed": shown.closed,
        "version": shown.version,
        "responses": shown.whole.response.responses,
    }
