"""The table of kinds: what is asked for by name -> its Chart."""

from collections.abc import Callable, Mapping
from typing import Any

from survey.charts.asking import NOTHING, Asked, check_breakdown
from survey.charts.dots import profile_chart, shares_chart, summary_chart
from survey.charts.likert import item_chart, items_chart
from survey.charts.model import Chart, NoChart, UnknownChart
from survey.charts.nets import nets_chart
from survey.charts.options import options_chart
from survey.definitions.model import (
    Item,
    Kind,
    Mean,
    Profile,
    Questionnaire,
    Recommendation,
    Share,
    StatusChange,
    Summary,
)
from survey.indicators.model import (
    ItemFigure,
    RecommendationFigure,
    Results,
    ShareFigure,
    ShareIndicatorFigure,
    SummaryFigure,
)
from survey.language import Language, text
from survey.narrative import label, sentence

ITEMS = "items"


def chart(
    results: Results, questionnaire: Questionnaire, what: str, t: Language, by: str | None = None
) -> Chart:
    """The Chart of an indicator or an item (by id; an indicator goes first), or of all scale items.

    `what` is an id or "items"; `by` a breakdown of the wave, None for the whole wave alone.
    Raises UnknownChart, UnknownBreakdown, and NoChart where the kind has no chart.
    """
    asked = Asked(results, questionnaire, t, by)
    check_breakdown(asked)
    indicator = next((known for known in questionnaire.indicators if known.id == what), None)
    if indicator is not None:
        return INDICATORS[type(indicator)](asked, indicator, label(indicator, questionnaire, t))
    item = next((known for known in questionnaire.items if known.id == what), None)
    if item is not None:
        return _item(asked, item)
    if what == ITEMS:
        return _all_items(asked)
    raise UnknownChart(
        text(
            "There is nothing called “{what}” to chart; there are: {known}, and each question by its id.",
            what=what,
            known=", ".join([ITEMS, *(known.id for known in questionnaire.indicators)]),
        )
    )


def table(chart: Chart) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The table beside a chart: header, and rows as long as it; withheld cells carry the reason."""
    return chart.table.header, list(chart.table.rows)


def _all_items(asked: Asked) -> Chart:
    if asked.by is not None:
        raise NoChart(text("All questions are charted for the whole wave; by groups, choose one question."))
    if not any(item.scale for item in asked.questionnaire.items):
        raise NoChart(text("This questionnaire has no question on a scale to chart together."))
    return items_chart(asked)


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
    return _shares(asked, indicator, indicator.values, title, asked.t("share"))


def _recommendation(asked: Asked, indicator: Recommendation, title: str) -> Chart:
    return _shares(asked, indicator, indicator.would, title, asked.t("would recommend"))


def _shares(
    asked: Asked, indicator: Share | Recommendation, chosen: tuple[str, ...], title: str, head: str
) -> Chart:
    """A share in the picture of its item: a Likert bar, bars of options, or dots by group."""
    item = asked.questionnaire.item(indicator.item)
    caption = _caption(asked, indicator)
    shares = [_share_of(part.results.indicators[indicator.id]) for part in asked.parts]
    if item.scale:
        return item_chart(asked, item, title, caption, head, [_said(asked, share) for share in shares])
    if asked.by is None:
        return options_chart(asked, item, title, caption, frozenset(chosen))
    return shares_chart(asked, shares, title, head, caption, asked.words(item.text))


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


def _status_change(asked: Asked, indicator: StatusChange, title: str) -> Chart:
    return nets_chart(asked, indicator, title, _caption(asked, indicator))


def _profile(asked: Asked, indicator: Profile, title: str) -> Chart:
    return profile_chart(asked, indicator, title)


def _summary(asked: Asked, indicator: Summary, title: str) -> Chart:
    figures = [part.results.indicators[indicator.id] for part in asked.parts]
    numbers = [figure for figure in figures if isinstance(figure, SummaryFigure)]
    return summary_chart(asked, numbers, title, _caption(asked, indicator))


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
    Recommendation: _recommendation,
    StatusChange: _status_change,
    Profile: _profile,
    Summary: _summary,
}

ITEM_KINDS: Mapping[Kind, Callable[[Asked, Item, str], Chart]] = {
    Kind.SCALE: _scale_item,
    Kind.CHOICE: _choice_item,
    Kind.CHOICES: _choice_item,
    Kind.NUMBER: _number_item,
}
