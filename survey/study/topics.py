"""What is linked of two waves of a study: questions, options, dimensions; and what hangs together."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from survey.counts import dimension_figure, item_figure, share_figure
from survey.definitions.comparing import compare
from survey.definitions.conditions import comparisons, conditional
from survey.definitions.model import Item, Kind, Questionnaire


class Sort(StrEnum):
    """What a study release holds of a topic."""

    PAIRS = "pairs"
    NUMBER = "number"
    OPTION = "option"
    DIMENSION = "dimension"
    SHARE = "share"


@dataclass(frozen=True)
class Topic:
    """One thing of which people who answered twice have a pair of answers.

    `figure` is its figure in the release of each wave. `items` are its own: several of a dimension or a
    share. `codes` are those of an item's answers; of a share how many are needed ("any" or "all"), and the
    answers that count. `scaled` says whether codes are points of a scale; `conditional`, whether it is not
    put to everybody. `option` is set for one option of several choices.
    """

    name: str
    figure: str
    sort: Sort
    items: tuple[str, ...]
    codes: tuple[str, ...] = ()
    scaled: bool = False
    conditional: bool = False
    option: str | None = None


SORTS = {
    Kind.SCALE: Sort.PAIRS,
    Kind.CHOICE: Sort.PAIRS,
    Kind.NUMBER: Sort.NUMBER,
    Kind.CHOICES: Sort.OPTION,
}
"""Texts carry no code, so nobody's two texts meet."""


def topics(questionnaire: Questionnaire) -> tuple[Topic, ...]:
    """Every topic of a questionnaire: those of its items in order, its dimensions, its shares."""
    return (*_of_items(questionnaire), *_of_dimensions(questionnaire), *_of_shares(questionnaire))


def linkable(older: Questionnaire, newer: Questionnaire) -> tuple[Topic, ...]:
    """The topics whose pairs of answers mean something, in the newer one's order.

    Their items read the same in both waves, and a dimension or a share is made of them in the same way. Items
    that tell who somebody is are left out, since they divide people and are coarsened when a wave closes, and
    so are those that are put to people because of them.
    """
    same = set(compare(older, newer).comparable)
    usable = same - telling(older) - telling(newer)
    before = {(one.name, one.items, one.codes) for one in topics(older)}
    return tuple(
        one
        for one in topics(newer)
        if (one.name, one.items, one.codes) in before and usable.issuperset(one.items)
    )


def option_topic(item_id: str, option: str) -> str:
    """The name of the topic of one option of several choices."""
    return f"{item_figure(item_id)}={option}"


def _of_items(questionnaire: Questionnaire) -> Iterator[Topic]:
    for item in questionnaire.items:
        sort, figure, asked_some = SORTS.get(item.kind), item_figure(item.id), item.show_if is not None
        if sort is Sort.OPTION:
            # Where one option alone can be ticked, what is withheld of it follows from the others.
            options = () if item.max_choices == 1 else item.codes
            for option in options:
                name = option_topic(item.id, option)
                yield Topic(name, figure, sort, (item.id,), conditional=asked_some, option=option)
        elif sort is not None:
            scaled = item.scale is not None
            yield Topic(figure, figure, sort, (item.id,), item.codes, scaled, asked_some)


def _of_dimensions(questionnaire: Questionnaire) -> Iterator[Topic]:
    for profile, dimension in questionnaire.dimensions():
        figure = dimension_figure(profile.id, dimension.id)
        asked_some = conditional(questionnaire, dimension.items)
        yield Topic(figure, figure, Sort.DIMENSION, dimension.items, conditional=asked_some)


def _of_shares(questionnaire: Questionnaire) -> Iterator[Topic]:
    """Shares over several items that have pairs of their own: what is withheld of one bears on the share."""
    for share in questionnaire.joint_shares():
        if all(SORTS.get(questionnaire.item(item).kind) is Sort.PAIRS for item in share.items):
            figure, made = share_figure(share.id), (share.need, *share.values)
            asked_some = conditional(questionnaire, share.items)
            yield Topic(figure, figure, Sort.SHARE, share.items, made, conditional=asked_some)


def telling(questionnaire: Questionnaire) -> frozenset[str]:
    """The items that tell who somebody is, and those whose conditions come from them."""
    found = {one.id for one in questionnaire.answered_by}
    for item in questionnaire.items:
        if item.demographic or found & _looked_at(item):
            found.add(item.id)
    return frozenset(found)


def _looked_at(item: Item) -> set[str]:
    return {one.item for one in comparisons(item.show_if)}


def families(questionnaire: Questionnaire) -> tuple[frozenset[str], ...]:
    """Items (no texts) that hang together: by a dimension, a pair, a share or a condition.

    What is published of one of them may bind the answers to the others.
    """
    ties = [{item.id, *_looked_at(item)} for item in questionnaire.items if item.kind is not Kind.TEXT]
    ties += [set(dimension.items) for _, dimension in questionnaire.dimensions()]
    ties += [{change.before, change.after} for change in questionnaire.status_changes()]
    ties += [set(share.items) for share in questionnaire.joint_shares()]
    found: list[set[str]] = []
    for tie in ties:
        apart = [one for one in found if not one & tie]
        found = [*apart, tie.union(*(one for one in found if one & tie))]
    return tuple(map(frozenset, found))
