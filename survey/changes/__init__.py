"""Waves of one questionnaire -> what changed between them, and what may not be compared.

    model.py        Change, Composition, WaveChanges: plain values
    figures.py      figure by figure: means by Welch, shares by Newcombe, Holm over all of a kind
    composition.py  who answered, in both waves: another mix of groups, and the change within the groups
    paired.py       what changed in the same people, from the release of a study
    trends.py       any number of waves in a row, each figure in each of them, and where it breaks off

The waves are taken as two independent sets of answers. In anonymous waves nobody knows who answered both;
where many did, the intervals are wider than they need to be, never narrower. Named waves of the same
organizations are linked, which a comparison of two totals cannot know: they get the difference and no test.
"""

from survey.changes.composition import compositions, within_groups
from survey.changes.figures import figures_compared, items_compared
from survey.changes.model import Change, Composition, GroupShare, NotComparable, Side, WaveChanges
from survey.changes.trends import Point, Trend, Trends, trends
from survey.definitions.comparing import compare

__all__ = [
    "Change",
    "Composition",
    "GroupShare",
    "NotComparable",
    "Point",
    "Side",
    "Trend",
    "Trends",
    "WaveChanges",
    "changes",
    "in_order",
    "trends",
]


def changes(earlier: Side, later: Side) -> WaveChanges:
    """Everything that can be said of two closed waves, the one that closed first given first.

    Raises NotComparable for waves of different questionnaires or modes, and for a wave and itself.
    """
    _judge(earlier, later)
    comparison = compare(earlier.questionnaire, later.questionnaire)
    linked = earlier.results.mode == "named"
    figures, broken = figures_compared(earlier, later, comparison, linked)
    return WaveChanges(
        earlier=earlier,
        later=later,
        comparison=comparison,
        linked=linked,
        indicators={path: within_groups(path, change, earlier, later) for path, change in figures.items()},
        broken=broken,
        items=items_compared(earlier, later, comparison, linked),
        compositions=compositions(earlier, later),
    )


PHASES = ("baseline", "monitoring", "final")


def in_order(one: Side, other: Side) -> tuple[Side, Side]:
    """The two waves with the one first that closed first; closed at one moment, by their phases."""
    first, second = sorted(
        (one, other), key=lambda side: (side.results.closed, PHASES.index(side.results.phase))
    )
    return first, second


def _judge(earlier: Side, later: Side) -> None:
    one, other = earlier.results, later.results
    if one.wave == other.wave:
        raise NotComparable("{wave} cannot be compared with itself; name another wave", wave=one.wave)
    if one.questionnaire != other.questionnaire:
        raise NotComparable(
            "{one} asked “{first}” and {other} asked “{second}”: only waves of one questionnaire can be "
            "compared",
            one=one.wave, first=one.questionnaire, other=other.wave, second=other.questionnaire,
        )  # fmt: skip
    if one.mode != other.mode:
        raise NotComparable(
            "{one} was {first} and {other} was {second}: people answer differently with and without their "
            "name, so the two cannot be compared",
            one=one.wave, first=one.mode, other=other.wave, second=other.mode,
        )  # fmt: skip
