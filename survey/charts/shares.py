"""One share in the picture of its item, or as a dot with its interval."""

from typing import Any

from survey.charts.asking import NOTHING, Asked
from survey.charts.dots import shares_chart
from survey.charts.likert import item_chart
from survey.charts.model import Chart
from survey.charts.options import options_chart
from survey.definitions.model import JointShare, Recommendation, Share
from survey.indicators.model import RecommendationFigure, ShareFigure, ShareIndicatorFigure


def item_share(
    asked: Asked,
    indicator: Share | Recommendation,
    chosen: tuple[str, ...],
    title: str,
    head: str,
    caption: str,
) -> Chart:
    """A share in the picture of its item: a Likert bar, bars of options, or dots by group."""
    item = asked.questionnaire.item(indicator.item)
    shares = [_share_of(part.results.indicators[indicator.id]) for part in asked.parts]
    if item.scale:
        return item_chart(asked, item, title, caption, head, [_said(asked, share) for share in shares])
    if asked.by is None:
        return options_chart(asked, item, title, caption, frozenset(chosen))
    question = asked.t("Question: {question}", question=asked.words(item.text))
    return shares_chart(asked, shares, title, head, caption, [question])


def joint_share_chart(asked: Asked, indicator: JointShare, title: str, caption: str) -> Chart:
    """The share of those who gave chosen answers to any, or to all, of several questions."""
    t = asked.t
    items = [asked.questionnaire.item(name) for name in indicator.items]
    need = (
        t("The share of those with such an answer to at least one of these questions:")
        if indicator.need == "any"
        else t("The share of those with such an answer to each of these questions:")
    )
    chosen = [asked.words(label) for code, label in items[0].labels.items() if code in indicator.values]
    questions = [f"• {asked.words(item.text)}" for item in items]
    notes = [t("Answers that count: {answers}.", answers=", ".join(chosen)), need, *questions]
    shares = asked.figures(indicator.id, ShareIndicatorFigure)
    return shares_chart(asked, shares, title, t("share"), caption, notes)


def _share_of(figure: Any) -> ShareIndicatorFigure:
    """A share or a recommendation as a share."""
    if isinstance(figure, ShareIndicatorFigure):
        return figure
    if not isinstance(figure, RecommendationFigure):
        raise TypeError(f"{figure!r} has no share")
    would = figure.would_recommend or ShareFigure(0)
    return ShareIndicatorFigure(
        value=would.share,
        count=would.count,
        n=figure.n,
        interval=would.interval,
        presentation=figure.presentation,
        reason=figure.reason or would.reason,
    )


def _said(asked: Asked, figure: ShareIndicatorFigure) -> str:
    return NOTHING if figure.count is None else asked.share(figure.count, figure)
