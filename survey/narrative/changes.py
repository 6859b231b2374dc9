"""Two waves in words: from what to what, whether chance explains it, and what must not be read into it."""

from collections.abc import Iterator

from survey.changes import Change, Composition, WaveChanges
from survey.changes.model import Side
from survey.indicators.measures import Path
from survey.language import Language
from survey.narrative.comparison import VERDICTS
from survey.narrative.reasons import reason_text
from survey.narrative.words import figure_label

change_label = figure_label
"""The name of a figure: its indicator's, or its dimension's."""


def change_value(value: float | None, change: Change, t: Language) -> str:
    """3.8 of a mean, 57% of a share; a dash where it is not shown."""
    if value is None:
        return "–"
    return t.percent(value) if change.unit == "share" else t.number(value, 2)


def change_difference(difference: float, change: Change, t: Language) -> str:
    """+0.25 of a mean, +7 points of a share (a percentage of a percentage would be read wrongly)."""
    if change.unit == "share":
        return t("{points} percentage points", points=t.signed(100 * difference, 1))
    return t.signed(difference, 2)


def change_sentence(name: str, change: Change, t: Language) -> str:
    """One figure in both waves: from, to, by how much, and whether chance may have done it."""
    if change.difference is None:
        why = t(reason_text(change.reason)) if change.reason else t("no answers")
        return t("{label}: cannot be compared ({reason}).", label=name, reason=why)
    said = {
        "label": name,
        "earlier": change_value(change.earlier, change, t),
        "later": change_value(change.later, change, t),
        "difference": change_difference(change.difference, change, t),
    }
    if change.interval is None or change.verdict is None:
        why = t(reason_text(change.reason)) if change.reason else ""
        return t("{label}: from {earlier} to {later} ({difference}; {reason}).", **said, reason=why)
    # The unit stands behind the difference; said three times, it would hide the numbers.
    share = change.unit == "share"
    low, high = (t.signed(100 * end, 1) if share else t.signed(end, 2) for end in change.interval)
    return t(
        "{label}: from {earlier} to {later} ({difference}, between {low} and {high}): {verdict}.",
        **said, low=low, high=high, verdict=VERDICTS[change.verdict],
    )  # fmt: skip


def within_sentence(change: Change, composition: Composition, breakdown: str, t: Language) -> str:
    """What is left of a difference inside the groups, where the two mixes differ; else nothing."""
    within = (change.within or {}).get(composition.breakdown)
    if within is None or not composition.differs:
        return ""
    return t(
        "With the earlier wave's mix by {breakdown}: {difference}.",
        breakdown=_small(breakdown), difference=change_difference(within, change, t),
    )  # fmt: skip


def composition_sentence(composition: Composition, breakdown: str, t: Language) -> str:
    """Whether other people answered."""
    said = {"breakdown": _small(breakdown), "share": t.percent(composition.apart)}
    if composition.differs:
        return t(
            "By {breakdown} the two waves were answered by different mixes of people: {share} of the answers "
            "would have to come from other groups to make them alike. Part of a difference may come from "
            "that.",
            **said,
        )
    return t("By {breakdown} much the same mix of people answered both waves ({share} apart).", **said)


def cautions(found: WaveChanges, t: Language) -> Iterator[str]:
    """What must not be read into the comparison."""
    if not found.has_baseline:
        yield t(
            "{wave} is not a baseline: nobody was asked before the programme began, so this is a difference "
            "between two moments and no before and after.",
            wave=t.choose(found.earlier.results.title),
        )
    yield t("What changed between the waves happened meanwhile, not necessarily because of the programme.")
    if found.linked:
        yield t(
            "The same organizations may have answered both times. Whether chance explains a difference "
            "cannot be told from two totals, so nothing is said of it."
        )
    elif found.later.results.mode == "panel":
        yield t(
            "Here all who answered either wave are compared, as if they were different people: where many "
            "answered both, the intervals are wider than they need to be. What changed in the people who "
            "answered both, the study tells."
        )
    else:
        yield t(
            "Nobody knows who answered both times, so the two waves are taken as different people: where "
            "many answered both, the intervals are wider than they need to be, never narrower."
        )


def broken_sentence(path: Path, items: tuple[str, ...], side: Side, t: Language) -> str:
    """Why a figure cannot be compared."""
    known = {indicator.id for indicator in side.questionnaire.indicators}
    name = change_label(path, side.questionnaire, t) if path[0] in known else "/".join(path)
    if items:
        return t("{label}: cannot be compared, since what was asked has changed ({items}).",
                 label=name, items=", ".join(items))  # fmt: skip
    return t(
        "{label}: cannot be compared, since it is computed otherwise or stands in one wave only.", label=name
    )


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
