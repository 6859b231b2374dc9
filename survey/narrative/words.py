"""Phrases that several sentences share: percentages, people, means on their scale, warnings."""

from survey.definitions.model import Indicator, JointShare, Profile, Questionnaire, StatusChange
from survey.indicators.measures import Path
from survey.indicators.model import DimensionFigure, ItemFigure, MeanFigure
from survey.language import Language, round_half_up
from survey.narrative.reasons import reason_text

AS_COUNTS = frozenset({"counts", "counts_interval"})
"""The presentations in which a share is said as counts."""


def percent(count: int, n: int, t: Language) -> str:
    """`count` of `n` as a whole percentage; 0% and 100% only where they are exact."""
    rounded = round_half_up(count / n, 2)
    if count < n and rounded == 1:
        return t("over {percent}", percent=t.percent(0.99))
    if count > 0 and rounded == 0:
        return t("under {percent}", percent=t.percent(0.01))
    return t.percent(count / n)


def people(n: int, audience: str, t: Language) -> str:
    """1,240 people, or 16 organizations."""
    if audience == "organization":
        return t.plural("{n} organization", "{n} organizations", n)
    return t.plural("{n} person", "{n} people", n)


def on_scale(mean: float, lowest: int, highest: int, t: Language) -> str:
    """3.8 out of 5; scales that do not start at 0 or 1 name both ends."""
    said = t.number(mean, 1)
    if lowest in (0, 1):
        return t("{mean} out of {highest}", mean=said, highest=highest)
    ends = {"lowest": t.signed(lowest), "highest": t.signed(highest)}
    return t("{mean} on a scale from {lowest} to {highest}", mean=said, **ends)


def base(figure: MeanFigure | DimensionFigure | ItemFigure, t: Language) -> str:
    """What a mean stands on: 1,260 answers, and its interval or why there is none."""
    answers = t.plural("{n} answer", "{n} answers", figure.n or 0)
    if figure.interval is None:
        why_not = figure.interval_reason
        return answers if why_not is None else f"{answers}; {t(reason_text(why_not))}"
    low, high = (t.number(end, 2) for end in figure.interval)
    spread = t("between {low} and {high} if those who did not answer think alike", low=low, high=high)
    return f"{answers}; {spread}"


def caution(worded: str | None, t: Language) -> str:
    """The warning that follows a sentence of presentation `worded`, or nothing."""
    return " " + t("Few answers: read with caution.") if worded == "caution" else ""


def label(indicator: Indicator, questionnaire: Questionnaire, t: Language) -> str:
    """An indicator's name: its label, or the text of the item that it is computed from."""
    if indicator.label:
        return t.choose(indicator.label)
    if isinstance(indicator, StatusChange):
        return t("Change of status")
    if isinstance(indicator, Profile):
        return t("Profile")
    first = indicator.items[0] if isinstance(indicator, JointShare) else indicator.item
    return t.choose(questionnaire.item(first).text)


def figure_label(path: Path, questionnaire: Questionnaire, t: Language) -> str:
    """The name of a mean, a share or a dimension: its indicator's, or its own."""
    indicator = questionnaire.indicator(path[0])
    if isinstance(indicator, Profile):
        return next(t.choose(one.label) for one in indicator.dimensions if one.id == path[1])
    return label(indicator, questionnaire, t)


def perceived(t: Language) -> str:
    """The sentence that keeps a change asked once apart from a measured one."""
    return t("A change that is asked only once is a perceived change.")
