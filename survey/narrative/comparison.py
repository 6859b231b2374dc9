"""A group beside everybody else, in words: whether chance alone could have made the difference."""

from collections.abc import Mapping

from survey.definitions.model import Indicator, Profile
from survey.indicators.measures import measured
from survey.indicators.model import Comparison, Figure
from survey.language import Language, Text, text

VERDICTS: Mapping[str, Text] = {
    "higher": text("higher than can be explained by chance"),
    "lower": text("lower than can be explained by chance"),
    "too_close": text("too close to call"),
}


def verdict_text(comparison: Comparison | None) -> Text | None:
    """What a comparison says, as the end of a sentence; None where there is no comparison."""
    if comparison is None or comparison.verdict is None:
        return None
    return VERDICTS[comparison.verdict]


def comparison_sentence(figure: Figure, indicator: Indicator, t: Language) -> str:
    """A group's figure beside that of everybody else; of a profile each dimension that stands out."""
    said = {
        path: verdict
        for path, one in measured({indicator.id: figure}).items()
        if (verdict := verdict_text(one.against_rest)) is not None
    }
    if not said:
        return ""
    if isinstance(indicator, Profile):
        return _dimensions(indicator, {path[1]: verdict for path, verdict in said.items()}, t)
    return t("Compared with everybody else: {verdict}.", verdict=next(iter(said.values())))


def _dimensions(profile: Profile, verdicts: Mapping[str, Text], t: Language) -> str:
    close = VERDICTS["too_close"]
    standing_out = [
        t("“{dimension}” {verdict}", dimension=t.choose(dimension.label), verdict=verdicts[dimension.id])
        for dimension in profile.dimensions
        if verdicts.get(dimension.id, close) is not close
    ]
    if not standing_out:
        return t("Compared with everybody else: {verdict}.", verdict=close)
    said = t("Compared with everybody else: {verdict}.", verdict=t.listing(standing_out))
    rest = t("The other dimensions are too close to call.")
    return f"{said} {rest}" if len(standing_out) < len(verdicts) else said
