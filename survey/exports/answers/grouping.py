"""The breakdown of a file of answers as a column: the release's groups and pools, each with a code."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from survey.counts import NOT_ASSIGNED
from survey.definitions.model import Breakdown
from survey.exports.variables import GroupColumn
from survey.language import Language
from survey.placing import NOWHERE, Place, Places

OTHERS = "others"


@dataclass(frozen=True)
class Grouping:
    """The column, the code of each place, and what stands together: label -> names of the groups."""

    column: GroupColumn
    codes: Mapping[Place, str]
    pools: Mapping[str, tuple[str, ...]]


def grouping(breakdown: Breakdown, places: Places, nowhere: bool, t: Language) -> Grouping:
    """The grouping by one breakdown; `nowhere` says whether some response is in no part that is shown."""
    codes = {place: place.group or "" for place in places.all}
    labels = {place: code for place, code in codes.items() if code}
    pools: dict[str, tuple[str, ...]] = {}
    for place in (place for place in places.all if place.pooled):
        codes[place] = _free(OTHERS + (f":{place.inside}" if place.inside else ""), codes.values())
        labels[place] = t("others") + (f" ({place.inside})" if place.inside else "")
        pools[labels[place]] = tuple(
            t("not assigned") if member == NOT_ASSIGNED else member for member in places.pool(place).members
        )
    codes[NOWHERE], labels[NOWHERE] = NOT_ASSIGNED, t("not assigned")
    told = [place for place in codes if nowhere or place != NOWHERE]
    groups = [(codes[place], labels[place]) for place in told]
    return Grouping(GroupColumn(breakdown.id, t.choose(breakdown.label), groups), codes, pools)


def _free(code: str, taken: Collection[str]) -> str:
    """A code that no group has for its name."""
    while code in taken:
        code += "_"
    return code
