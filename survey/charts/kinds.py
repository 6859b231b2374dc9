"""The table of kinds: what is asked for by name -> its Chart."""

from collections.abc import Callable, Mapping
from typing import Any

from survey.charts.asking import Asked, check_breakdown
from survey.charts.composition import composition_chart
from survey.charts.dots import profile_chart
from survey.charts.flows import flows_chart
from survey.charts.gridding import cross_chart, crossed_charts
from survey.charts.likert import item_chart, items_by_groups_chart, items_chart
from survey.charts.model import Chart, NoChart, UnknownChart
from survey.charts.nets import nets_chart
from survey.charts.numbers import summary_chart
from survey.charts.options import options_chart
from survey.charts.ranking import ranking_chart
from survey.charts.recommending import recommendation_chart
from survey.charts.responding import response_chart
from survey.charts.shares import item_share, joint_share_chart
from survey.definitions.model import (
    Indicator,
    Item,
    JointShare,
    Kind,
    Mean,
    Profile,
    Questionnaire,
    Ranking,
    Recommendation,
    Share,
    StatusChange,
    Summary,
)
from survey.indicators.model import (
    ItemFigure,
    RankingFigure,
    RecommendationFigure,
    Results,
    StatusChangeFigure,
    SummaryFigure,
)
from survey.language import Language, text
from survey.narrative import label, sentence

ITEMS = "items"
RESPONSE = "response"
COMPOSITION = "composition"
FLOWS = "flows"
"""What stands behind an indicator's id and a hyphen, which no id holds, in the name of its second chart."""
MOST_ROWS = 600
"""Questions times groups up to which all questions are charted by groups."""


def chart(
    results: Results, questionnaire: Questionnaire, what: str, t: Language, by: str | None = None
) -> Chart:
    """The Chart of all items, of who answered, of an indicator or of an item; the first that bears the name.

    `what` is "items", "response", "composition" (by a breakdown of the invitations only), an indicator's id,
    the same with "-flows", or an item's id; `by` a breakdown of the wave, None for the whole wave alone. By a
    cross ("alliance,service") it is "response", an indicator, a profile's dimension ("impact-time"), or an
    item on a scale.
    Raises UnknownChart, UnknownBreakdown, and NoChart where the kind has no chart.
    """
    asked = Asked(results, questionnaire, t, by)
    if by in results.crosses:
        return cross_chart(asked, what)
    check_breakdown(asked)
    if what in TOGETHER:
        return TOGETHER[what](asked)
    for indicator in questionnaire.indicators:
        if what in (charted := _views(indicator)):
            return charted[what](asked, indicator, label(indicator, questionnaire, t))
    item = next((known for known in questionnaire.items if known.id == what), None)
    if item is not None:
        return _item(asked, item)
    raise UnknownChart(
        text(
            "There is nothing called “{what}” to chart; there are: {known}, and each question by its id.",
            what=what,
            known=", ".join(names(questionnaire)),
        )
    )


def names(questionnaire: Questionnaire) -> tuple[str, ...]:
    """What can be charted beside single questions: items, who answered, each indicator and its flows."""
    charted = (name for indicator in questionnaire.indicators for name in views(indicator))
    return (ITEMS, RESPONSE, COMPOSITION, *charted)


def every_of_cross(
    results: Results, questionnaire: Questionnaire, cross: str, t: Language
) -> tuple[str, ...]:
    """All charts of a cross: of every figure that one of its cells shows."""
    return crossed_charts(Asked(results, questionnaire, t, cross))


def every(questionnaire: Questionnaire, by: str | None) -> tuple[str, ...]:
    """All charts of the whole wave, or by a breakdown: the standard ones, then each question."""
    told = by is not None and by in [one.id for one in questionnaire.invited_by]
    asked = [item.id for item in questionnaire.items if item.kind in ITEM_KINDS]
    more = [COMPOSITION] if told else []
    return tuple(dict.fromkeys([*standard(questionnaire), *more, *asked]))


def standard(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The charts that every wave has as a whole: those of `names` that the questionnaire's items allow."""
    has_scales = any(item.scale for item in questionnaire.items)
    absent = {COMPOSITION} if has_scales else {COMPOSITION, ITEMS}
    return tuple(name for name in names(questionnaire) if name not in absent)


def views(indicator: Indicator) -> tuple[str, ...]:
    """The names of an indicator's charts, the first one by its own id."""
    return tuple(_views(indicator))


def _views(indicator: Indicator) -> dict[str, Callable[[Asked, Any, str], Chart]]:
    kind = type(indicator)
    return {
        f"{indicator.id}-{view}" if view else indicator.id: kinds[kind]
        for view, kinds in VIEWS.items()
        if kind in kinds
    }


def table(chart: Chart) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The table beside a chart: header, and rows as long as it; withheld cells carry the reason."""
    return chart.table.header, list(chart.table.rows)


def _all_items(asked: Asked) -> Chart:
    scales = [item for item in asked.questionnaire.items if item.scale]
    if not scales:
        raise NoChart(text("This questionnaire has no question on a scale to chart together."))
    if asked.by is None:
        return items_chart(asked)
    if len(scales) * len(asked.parts) > MOST_ROWS:
        raise NoChart(text("All questions of so many groups are too much for a chart; choose one question."))
    return items_by_groups_chart(asked)


def _item(asked: Asked, item: Item) -> Chart:
    if item.kind not in ITEM_KINDS:
        raise NoChart(
            text(
                "A question of kind “{kind}” has no chart; these kinds have one: {known}.",
                kind=str(item.kind),
                known=", ".join(ITEM_KINDS),
            )
        )
    return ITEM_KINDS[item.kind](asked, item, asked.words(item.text))


def _caption(asked: Asked, indicator: Any) -> str:
    """What the whole wave's figure says; nothing where it is withheld, since the chart says why."""
    figure = asked.results.whole.indicators[indicator.id]
    if figure.reason is not None:
        return ""
    return sentence(figure, indicator, asked.questionnaire, asked.t, asked.results.threshold)


def _mean(asked: Asked, indicator: Mean, title: str) -> Chart:
    item = asked.questionnaire.item(indicator.item)
    return item_chart(asked, item, title, _caption(asked, indicator))


def _share(asked: Asked, indicator: Share, title: str) -> Chart:
    return item_share(asked, indicator, indicator.values, title, asked.t("share"), _caption(asked, indicator))


def _joint_share(asked: Asked, indicator: JointShare, title: str) -> Chart:
    return joint_share_chart(asked, indicator, title, _caption(asked, indicator))


def _ranking(asked: Asked, indicator: Ranking, title: str) -> Chart:
    figures = asked.figures(indicator.id, RankingFigure)
    return ranking_chart(asked, indicator, figures, title, _caption(asked, indicator))


def _recommendation(asked: Asked, indicator: Recommendation, title: str) -> Chart:
    """The three shares and the score; where the wave has no score, the share of its item."""
    figures, caption = asked.figures(indicator.id, RecommendationFigure), _caption(asked, indicator)
    score = figures[0].score
    if score is not None and score.value is not None:
        return recommendation_chart(asked, indicator, figures, title, caption)
    return item_share(asked, indicator, indicator.would, title, asked.t("would recommend"), caption)


def _status_change(asked: Asked, indicator: StatusChange, title: str) -> Chart:
    return nets_chart(asked, indicator, title, _caption(asked, indicator))


def _profile(asked: Asked, indicator: Profile, title: str) -> Chart:
    return profile_chart(asked, indicator, title)


def _flows(asked: Asked, indicator: StatusChange, title: str) -> Chart:
    figures = asked.figures(indicator.id, StatusChangeFigure)
    return flows_chart(asked, indicator, figures, title, _caption(asked, indicator))


def _summary(asked: Asked, indicator: Summary, title: str) -> Chart:
    figures = asked.figures(indicator.id, SummaryFigure)
    return summary_chart(asked, figures, title, _caption(asked, indicator))


def _scale_item(asked: Asked, item: Item, title: str) -> Chart:
    return item_chart(asked, item, title)


def _choice_item(asked: Asked, item: Item, title: str) -> Chart:
    return options_chart(asked, item, title)


def _number_item(asked: Asked, item: Item, title: str) -> Chart:
    figures = [part.results.items.get(item.id, ItemFigure(item.kind)) for part in asked.parts]
    numbers = [
        SummaryFigure(
            n=figure.n,
            mean=figure.mean,
            median=figure.median,
            interval=figure.interval,
            presentation=figure.presentation,
            reason=figure.reason,
        )
        for figure in figures
    ]
    return summary_chart(asked, numbers, title)


INDICATORS: Mapping[type, Callable[[Asked, Any, str], Chart]] = {
    Mean: _mean,
    Share: _share,
    JointShare: _joint_share,
    Ranking: _ranking,
    Recommendation: _recommendation,
    StatusChange: _status_change,
    Profile: _profile,
    Summary: _summary,
}

VIEWS: Mapping[str, Mapping[type, Callable[[Asked, Any, str], Chart]]] = {
    "": INDICATORS,
    FLOWS: {StatusChange: _flows},
}
"""The charts of the indicators, by what stands behind the hyphen in their names."""

TOGETHER: Mapping[str, Callable[[Asked], Chart]] = {
    ITEMS: _all_items,
    RESPONSE: response_chart,
    COMPOSITION: composition_chart,
}
"""The charts of no single question or indicator."""

ITEM_KINDS: Mapping[Kind, Callable[[Asked, Item, str], Chart]] = {
    Kind.SCALE: _scale_item,
    Kind.CHOICE: _choice_item,
    Kind.CHOICES: _choice_item,
    Kind.NUMBER: _number_item,
}
