"""The blocks of a results page: one figure, one question, the response. Pure.

Each is read in one order: figure, n, chart, one sentence; then, folded, the chart as a table and the
technical details.
"""

from dataclasses import dataclass, replace

from survey.charts import views
from survey.definitions.model import Indicator, Item, Questionnaire
from survey.indicators.model import Response, Results
from survey.language import Language
from survey.narrative import item_sentence, label, response_sentence, sentence
from survey.web.evaluators.expert_tables import expert_tables
from survey.web.evaluators.headlines import Asked, Headline, headline
from survey.web.evaluators.item_headlines import item_headline
from survey.web.evaluators.item_tables import item_in_full
from survey.web.evaluators.pictures import Picture, picture
from survey.web.evaluators.technical import DIGITS, in_full
from survey.web.evaluators.words import DASH, Cell, Row, Table, number_cell, response_rate


@dataclass(frozen=True)
class Block:
    """One figure with everything that belongs to it; `id` names its place on the page."""

    id: str
    title: str
    headline: Headline
    sentence: str
    pictures: tuple[Picture, ...] = ()
    technical: tuple[Table, ...] = ()


def indicator_block(
    indicator: Indicator, results: Results, questionnaire: Questionnaire, t: Language
) -> Block:
    """One indicator of the whole wave; of a withheld one its reason alone."""
    figure = results.whole.indicators[indicator.id]
    asked = Asked(indicator, questionnaire, results.threshold, t)
    block = Block(f"figure-{indicator.id}", label(indicator, questionnaire, t), headline(figure, asked), "")
    if figure.reason is not None:
        return block
    return replace(
        block,
        sentence=sentence(figure, indicator, questionnaire, t),
        pictures=indicator_pictures(indicator, results, questionnaire, t),
        technical=(
            in_full(indicator, results, questionnaire, t),
            *expert_tables(indicator, results, questionnaire, t),
        ),
    )


def indicator_pictures(
    indicator: Indicator, results: Results, questionnaire: Questionnaire, t: Language, by: str | None = None
) -> tuple[Picture, ...]:
    """Every chart of an indicator, of the whole wave or by groups."""
    found = (picture(results, questionnaire, what, t, by) for what in views(indicator))
    return tuple(one for one in found if one is not None)


def item_block(item: Item, results: Results, questionnaire: Questionnaire, t: Language) -> Block:
    """One question of the whole wave."""
    figure = results.whole.items[item.id]
    drawn = None
    if figure.reason is None and not is_taken(item, questionnaire):
        drawn = picture(results, questionnaire, item.id, t)
    return Block(
        f"question-{item.id}",
        t.choose(item.text),
        item_headline(item, figure, results.threshold, t),
        item_sentence(figure, item, questionnaire.audience, t),
        (drawn,) if drawn else (),
        item_in_full(item, figure, t),
    )


def is_taken(item: Item, questionnaire: Questionnaire) -> bool:
    """Whether an indicator of something else bears the item's name, under which its own chart is drawn."""
    return any(
        indicator.id == item.id and getattr(indicator, "item", None) != item.id
        for indicator in questionnaire.indicators
    )


def response_block(
    results: Results, questionnaire: Questionnaire, t: Language, by: str | None = None
) -> Block:
    """How many answered of those invited, in the whole wave; its chart also by groups."""
    response = results.whole.response
    drawn = picture(results, questionnaire, "response", t, by)
    return Block(
        "response",
        t("Response"),
        _response_headline(response, t),
        response_sentence(response, questionnaire.audience, t),
        (drawn,) if drawn else (),
        (_response_in_full(response, t),),
    )


def _response_headline(response: Response, t: Language) -> Headline:
    answered = response.complete + response.partial
    base = t("{count} of {n} invited", count=answered, n=response.invited)
    if response.rr2 is None:
        base = t.plural("{n} answer", "{n} answers", response.responses)
    facts = (
        (t("Complete"), Cell(t.number(response.complete))),
        (t("Partial"), Cell(t.number(response.partial))),
        (t("Too short to count"), Cell(t.number(response.responses - answered))),
    )
    return Headline(response_rate(response.rr2, response, t) or DASH, base=base, facts=facts)


def _response_in_full(response: Response, t: Language) -> Table:
    rows: tuple[Row, ...] = (
        (Cell(t("RR2 (complete and partial)")), number_cell(response.rr2, t, DIGITS)),
        (Cell(t("RR1 (complete answers)")), number_cell(response.rr1, t, DIGITS)),
        (Cell(t("Invited")), number_cell(response.invited, t)),
        (Cell(t("Population")), number_cell(response.population, t)),
    )
    note = t(
        "After AAPOR: RR1 counts complete answers, RR2 complete and partial ones, both over all invited."
    )
    return Table(t("In full"), (), rows, note)
