"""The dimensions of a profile in words: its two ends, and whether they differ."""

from survey.counts import Reason
from survey.definitions.model import Profile, Questionnaire
from survey.indicators.model import DimensionFigure, ProfileFigure
from survey.indicators.statistics import presentation
from survey.language import Language
from survey.narrative.words import base, caution, label, on_scale, perceived

Entry = tuple[float, DimensionFigure, str]
"""A dimension that is shown: its mean, its figure, its name."""


def profile_sentence(
    figure: ProfileFigure, indicator: Profile, questionnaire: Questionnaire, t: Language
) -> str:
    """The highest and the lowest of the dimensions that are shown, hedged where their intervals overlap."""
    names = {dimension.id: t.choose(dimension.label) for dimension in indicator.dimensions}
    means = [(d.mean, d, names[key]) for key, d in figure.dimensions.items() if d.mean is not None]
    shown = sorted(means, key=lambda entry: entry[0])
    lowest, highest = shown[0], shown[-1]
    name = label(indicator, questionnaire, t)
    said = [_ends(name, highest, lowest, figure, t) if len(shown) > 1 else _only(name, highest, figure, t)]
    if questionnaire.audience == "beneficiary":
        said.append(perceived(t))
    few = min(d.n or 0 for _, d, _ in shown)
    return " ".join(said) + caution(presentation(few), t)


def _only(name: str, only: Entry, figure: ProfileFigure, t: Language) -> str:
    return t(
        "{label}: “{dimension}” {mean} ({base}).",
        label=name,
        dimension=only[2],
        mean=on_scale(only[0], figure.lowest, figure.highest, t),
        base=base(only[1], t),
    )


def _ends(name: str, highest: Entry, lowest: Entry, figure: ProfileFigure, t: Language) -> str:
    said = t(
        "{label}: highest “{highest}” ({high}), lowest “{lowest}” ({low}).",
        label=name,
        highest=highest[2],
        high=on_scale(highest[0], figure.lowest, figure.highest, t),
        lowest=lowest[2],
        low=t.number(lowest[0], 1),
    )
    hedge = t("The difference between the two is too close to call.")
    return f"{said} {hedge}" if _too_close(highest[1], lowest[1]) else said


def _too_close(higher: DimensionFigure, lower: DimensionFigure) -> bool:
    """Their intervals overlap; figures of everyone have none and differ as they are."""
    if higher.interval is None or lower.interval is None:
        everyone = {higher.interval_reason, lower.interval_reason} == {Reason.EVERYONE_ANSWERED}
        return not everyone or higher.mean == lower.mean
    return higher.interval[0] <= lower.interval[1]
