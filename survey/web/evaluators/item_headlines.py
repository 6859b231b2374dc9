"""What stands first in the block of a question: its big number, its base, by kind. Pure."""

from collections.abc import Callable, Mapping

from survey.definitions.model import Item, Kind
from survey.indicators.model import ItemFigure
from survey.language import Language
from survey.narrative.items import most_frequent
from survey.web.evaluators.headlines import Headline, share_value
from survey.web.evaluators.words import DASH, answers, caution, number_cell, scale_ends, withheld


def item_headline(item: Item, figure: ItemFigure, threshold: int, t: Language) -> Headline:
    """The headline of one question; a dash and the reason where its figure is withheld."""
    if figure.reason is not None:
        return Headline(DASH, unit=withheld(figure.reason, threshold, t).note)
    return MAKERS[item.kind](item, figure, t)


def _scale(item: Item, figure: ItemFigure, t: Language) -> Headline:
    unit = scale_ends(item.scale.lowest, item.scale.highest, t) if item.scale else ""
    return Headline(
        number_cell(figure.mean, t, 1).text,
        unit,
        answers(figure.n or 0, t),
        caution(figure.presentation, t),
    )


def _options(item: Item, figure: ItemFigure, t: Language) -> Headline:
    """The answer given most often; those that share the first place are named together."""
    given = most_frequent(figure, item)
    first = [
        t("“{option}”", option=t.choose(item.labels[code])) for code, count in given if count == given[0][1]
    ]
    return Headline(
        share_value(given[0][1] if given else None, figure.n, figure.presentation, t),
        t("chose {option}", option=t.listing(first)),
        answers(figure.n or 0, t),
        caution(figure.presentation, t),
    )


def _number(item: Item, figure: ItemFigure, t: Language) -> Headline:
    return Headline(
        number_cell(figure.mean, t, 1).text,
        t("{unit} on average", unit=t.choose(item.unit)) if item.unit else t("on average"),
        answers(figure.n or 0, t),
        caution(figure.presentation, t),
    )


def _text(item: Item, figure: ItemFigure, t: Language) -> Headline:
    return Headline(number_cell(figure.n, t).text, t.plural("comment", "comments", figure.n or 0))


MAKERS: Mapping[Kind, Callable[[Item, ItemFigure, Language], Headline]] = {
    Kind.SCALE: _scale,
    Kind.CHOICE: _options,
    Kind.CHOICES: _options,
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
}
