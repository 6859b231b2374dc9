"""Which items, groups and answers of a wave stand in its file of answers.

A named wave's file holds everything. That of any other holds no text, no item that divides people into
groups, a demographic one only where the definition says so, and nothing that is asked because of any of
these: closing drops such answers from single responses, and the release less the file would be theirs.
What the release withholds in a part is not shown in the rows of that part; what it withholds anywhere is
not shown in the rows of no part, which would be the difference. Of groups that the file does not name the
release tells nothing (`Questionnaire.shown_by`): their rows could be found among the others.
"""

from collections.abc import Iterator, Mapping

from survey import pairs
from survey.counts import Reason, dimension_figure, item_figure, pair_figure, share_figure
from survey.definitions.conditions import comparisons
from survey.definitions.model import Kind, Mode, Questionnaire
from survey.placing import NOWHERE, Place, Places
from survey.release import Part, Release

HARMLESS = (Reason.NO_ANSWERS,)
"""Nobody's answers need no protection."""


def items_held(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The ids of the items that the file holds, in the order in which they are asked."""
    if questionnaire.mode is Mode.NAMED:
        return tuple(item.id for item in questionnaire.items)
    dividing = {breakdown.id for breakdown in questionnaire.answered_by}
    telling: set[str] = set()
    held = []
    for item in questionnaire.items:
        follows = any(comparison.item in telling for comparison in comparisons(item.show_if))
        if item.demographic or item.id in dividing or follows:
            telling.add(item.id)
        shown = item.id not in telling or (item.export and item.id not in dividing and not follows)
        if shown and item.kind is not Kind.TEXT:
            held.append(item.id)
    return tuple(held)


def hidden_by_place(
    questionnaire: Questionnaire, release: Release, places: Places | None
) -> Mapping[Place, frozenset[str]]:
    """The items whose answers are not shown in the rows of each place; NOWHERE is always among them.

    Without places every row is of NOWHERE: those of a group that is shown could be found.
    """
    everywhere = withheld(questionnaire, release.whole)
    parts = [part for some in _parts_of(release).values() for part in some]
    anywhere = everywhere.union(*(withheld(questionnaire, part) for part in parts))
    there = places.all if places else {}
    found = {place: everywhere | withheld(questionnaire, part) for place, part in there.items()}
    return {**found, NOWHERE: anywhere}


def told_apart(release: Release, questionnaire: Questionnaire) -> list[str]:
    """The breakdowns and crosses by which a release shows somebody whose rows the file does not name."""
    named = {breakdown.id for breakdown in questionnaire.shown_by}
    return [by for by, parts in _parts_of(release).items() if parts and by not in named]


def _parts_of(release: Release) -> Mapping[str, list[Part]]:
    """Every breakdown and cross of a release -> the parts that are shown by it."""
    found: dict[str, list[Part]] = {}
    for by, divided in release.by.items():
        groups = [shown for shown in divided.groups.values() if isinstance(shown, Part)]
        found[by] = groups + [pool.part for pool in divided.others]
    for by, cross in release.crosses.items():
        found[by] = [cell for row in cross.cells for cell in row if isinstance(cell, Part)]
    return found


def withheld(questionnaire: Questionnaire, part: Part) -> frozenset[str]:
    """The items of which some figure is withheld in a part of the release, and those that follow them.

    Whether somebody was asked tells what the answer was on which it depends.
    """
    found = {i for figure, items in _figures(questionnaire) if _is_withheld(part, figure) for i in items}
    for item in questionnaire.items:
        if any(comparison.item in found for comparison in comparisons(item.show_if)):
            found.add(item.id)
    return frozenset(found)


def _is_withheld(part: Part, figure: str) -> bool:
    found = part.figures.get(figure)
    if isinstance(found, Reason):
        return found not in HARMLESS
    return found is not None and pairs.are_margins(found)


def _figures(questionnaire: Questionnaire) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every figure that counting a file by groups could give, with items without which it cannot."""
    for item in questionnaire.items:
        if item.kind is not Kind.TEXT:
            yield item_figure(item.id), (item.id,)
    for profile, dimension in questionnaire.dimensions():
        yield dimension_figure(profile.id, dimension.id), dimension.items
    for change in questionnaire.status_changes():
        # Who went from which status to which cannot be counted without the second.
        yield pair_figure(change.id), (change.after,)
    for share in questionnaire.joint_shares():
        yield share_figure(share.id), share.items
