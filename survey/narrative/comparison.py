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


def groups_sentence(compared: Mapping[str, Comparison | None], t: Language) -> str:
    """Which groups, by name, stand out from everybody else in one figure; nothing without groups."""
    if not compared:
        return ""
    by_verdict = {
        verdict: [name for name, one in compared.items() if one is not None and one.verdict == verdict]
        for verdict in VERDICTS
    }
    close = len(by_verdict.pop("too_close"))
    standing_out = [
        t("{groups}: {verdict}", groups=t.listing(names), verdict=VERDICTS[verdict])
        for verdict, names in by_verdict.items()
        if names
    ]
    if not standing_out and not close:
        return t("No group can be compared with everybody else here.")
    if not standing_out:
        return t.plural(
            "Compared with everybody else, the one group that can be compared is too close to call.",
            "Compared with everybody else, all {n} groups that can be compared are too close to call.",
            close,
        )
    said = t("Compared with everybody else – {groups}.", groups="; ".join(standing_out))
    rest = t.plural("One other group is too close to call.", "{n} other groups are too close to call.", close)
    return f"{said} {rest}" if close else said


def profile_groups_sentence(dimensions: Mapping[str, Mapping[str, Comparison | None]], t: Language) -> str:
    """Which groups stand out in the dimensions of a profile, by name; of the others one sentence."""
    said = {name: groups_sentence(compared, t) for name, compared in dimensions.items()}
    standing_out = [
        t("“{dimension}”: {sentence}", dimension=name, sentence=said[name])
        for name, compared in dimensions.items()
        if any(one is not None and one.verdict in ("higher", "lower") for one in compared.values())
    ]
    if not standing_out:
        alike = set(said.values())
        return (
            alike.pop()
            if len(alike) == 1
            else t("In no dimension does a group stand out from everybody else.")
        )
    rest = t("In the other dimensions no group stands out.")
    return " ".join([*standing_out, *([rest] if len(standing_out) < len(said) else [])])
