"""Figures -> sentences for readers who are no statisticians, and the words for what is not shown.

A sentence never says more than its figure: under 30 answers no percentage and no score, from 30 to 59 a
warning, nothing about chance where two intervals overlap, and no cause where there is only a
sequence. Numbers are rounded half up here and nowhere earlier.
"""

from collections.abc import Callable, Mapping
from typing import Any

from survey.definitions.model import Indicator, Questionnaire
from survey.indicators.model import (
    Figure,
    MeanFigure,
    ProfileFigure,
    RankingFigure,
    RecommendationFigure,
    ShareIndicatorFigure,
    StatusChangeFigure,
    SummaryFigure,
)
from survey.language import Language
from survey.narrative.comparison import (
    comparison_sentence,
    groups_sentence,
    profile_groups_sentence,
    verdict_text,
)
from survey.narrative.items import item_sentence
from survey.narrative.profile import profile_sentence
from survey.narrative.ranking import ranking_sentence
from survey.narrative.reasons import LEFT_OUT, reason_text
from survey.narrative.recommendation import recommendation_sentence, score_name, score_sentence
from survey.narrative.representation import composition_sentence, weighting_sentence
from survey.narrative.response import response_sentence
from survey.narrative.simple import mean_sentence, share_sentence, status_change_sentence, summary_sentence
from survey.narrative.words import label

__all__ = [
    "LEFT_OUT",
    "comparison_sentence",
    "composition_sentence",
    "groups_sentence",
    "item_sentence",
    "label",
    "profile_groups_sentence",
    "reason_text",
    "response_sentence",
    "score_name",
    "score_sentence",
    "sentence",
    "verdict_text",
    "weighting_sentence",
]

SENTENCES: Mapping[type, Callable[[Any, Any, Questionnaire, Language], str]] = {
    MeanFigure: mean_sentence,
    ShareIndicatorFigure: share_sentence,
    RankingFigure: ranking_sentence,
    RecommendationFigure: recommendation_sentence,
    StatusChangeFigure: status_change_sentence,
    ProfileFigure: profile_sentence,
    SummaryFigure: summary_sentence,
}


def sentence(
    figure: Figure,
    indicator: Indicator,
    questionnaire: Questionnaire,
    t: Language,
    threshold: int | None = None,
) -> str:
    """What an indicator's figure says; where it is withheld, why (naming the `threshold` if given)."""
    if figure.reason is not None:
        name = label(indicator, questionnaire, t)
        return t("{label}: not shown ({reason}).", label=name, reason=reason_text(figure.reason, threshold))
    return SENTENCES[type(figure)](figure, indicator, questionnaire, t)
