"""Who would recommend, and the score beside its three shares."""

from survey.definitions.model import Questionnaire, Recommendation
from survey.indicators.model import RecommendationFigure, Score
from survey.language import Language
from survey.narrative.words import AS_COUNTS, caution, people, percent


def recommendation_sentence(
    figure: RecommendationFigure, indicator: Recommendation, questionnaire: Questionnaire, t: Language
) -> str:
    """Who would recommend, with count and base, then the score where there is one."""
    n, would = figure.n or 0, figure.would_recommend
    count = would.count or 0 if would else 0
    if figure.presentation in AS_COUNTS:
        who = people(n, questionnaire.audience, t)
        return t.plural(
            "{n} of {who} would recommend it.", "{n} of {who} would recommend it.", count, who=who
        )
    said = t(
        "{percent} would recommend it ({count} of the {n} who answered this question).",
        percent=percent(count, n, t),
        count=count,
        n=n,
    )
    return " ".join(filter(None, (said, score_sentence(figure, t)))) + caution(figure.presentation, t)


def score_sentence(figure: RecommendationFigure, t: Language) -> str:
    """The score with its three shares; nothing where there is no score."""
    score = figure.score
    if score is None or score.value is None:
        return ""
    said = t(
        "{name} {value}: promoters {promoters}, passives {passives}, detractors {detractors}.",
        name=score_name(score, figure.scale, t),
        value=t.signed(score.value, 1),
        promoters=percent(score.promoters or 0, score.n, t),
        passives=percent(score.passives or 0, score.n, t),
        detractors=percent(score.detractors or 0, score.n, t),
    )
    house_rule = t("It follows a rule of its own and cannot be compared with an NPS.")
    return said if score.name == "NPS" else f"{said} {house_rule}"


def score_name(score: Score, scale: str, t: Language) -> str:
    """NPS over 0-10, else the recommendation balance with its scale."""
    if score.name == "NPS":
        return t("NPS (0–10)")
    if scale == "choice":
        return t("Recommendation balance")
    return t("Recommendation balance ({scale})", scale=scale.replace("-", "–"))
