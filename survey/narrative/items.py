"""One sentence for each kind of question, on the answers to it."""

from collections.abc import Callable, Mapping

from survey.definitions.model import Item, Kind
from survey.indicators.model import ItemFigure, ShareFigure
from survey.language import Language
from survey.narrative.words import AS_COUNTS, base, caution, on_scale, people, percent

PLACES = 3
"""How many answers a sentence tells, the most frequent first."""


def item_sentence(figure: ItemFigure, item: Item, audience: str, t: Language) -> str:
    """What the answers to one question say; nothing where the figure is withheld."""
    if figure.reason is not None or not figure.n:
        return ""
    return SENTENCES[item.kind](figure, item, audience, t) + caution(figure.presentation, t)


def most_frequent(figure: ItemFigure, item: Item) -> list[tuple[str, int]]:
    """Code and count of every answer that somebody gave, the most frequent first, ties as they are asked."""
    counts = figure.counts or {}
    given = [(code, counts.get(code, 0)) for code in item.codes if counts.get(code)]
    return sorted(given, key=lambda pair: -pair[1])


def _scale(figure: ItemFigure, item: Item, audience: str, t: Language) -> str:
    scale = item.scale
    if scale is None or figure.mean is None:
        return ""
    mean = on_scale(figure.mean, scale.lowest, scale.highest, t)
    said = [t("On average {mean} ({base}).", mean=mean, base=base(figure, t))]
    ends = [
        _end(share, [str(point) for point in points], figure, item, t)
        for points, share in ((scale.top2, figure.top2), (scale.bottom2, figure.bottom2))
        if share is not None and share.count is not None
    ]
    if ends:
        said.append(f"{'; '.join(ends)}.")
    if item.reversed:
        said.append(t("Low answers are the favourable ones."))
    return " ".join(said)


def _end(share: ShareFigure, codes: list[str], figure: ItemFigure, item: Item, t: Language) -> str:
    """“Useful” or “Very useful”: 65%."""
    labels = t.either([t("“{option}”", option=t.choose(item.labels[code])) for code in codes])
    return t("{options}: {how_many}", options=labels, how_many=_how_many(share.count or 0, figure, t))


def _how_many(count: int, figure: ItemFigure, t: Language) -> str:
    if figure.presentation in AS_COUNTS:
        return t("{count} of {n}", count=count, n=figure.n or 0)
    return percent(count, figure.n or 0, t)


def _options(figure: ItemFigure, item: Item, audience: str, t: Language) -> str:
    first = [
        t("“{option}” {how_many}", option=t.choose(item.labels[code]), how_many=_how_many(count, figure, t))
        for code, count in most_frequent(figure, item)[:PLACES]
    ]
    said = {"options": t.listing(first), "who": people(figure.n or 0, audience, t)}
    if item.kind is Kind.CHOICES:
        return t("Most often {options} ({who} answered, with several answers possible).", **said)
    return t("Most often {options} ({who} answered).", **said)


def _number(figure: ItemFigure, item: Item, audience: str, t: Language) -> str:
    who, digits = people(figure.n or 0, audience, t), max(1, item.decimals)
    mean = t.number(figure.mean or 0, digits)
    if figure.median is None:
        return t("{mean} on average ({who}).", mean=mean, who=who)
    median = t.number(figure.median, digits)
    return t("{mean} on average, median {median} ({who}).", mean=mean, median=median, who=who)


def _text(figure: ItemFigure, item: Item, audience: str, t: Language) -> str:
    return t.plural(
        "{n} comment was written. Its words are not shown here.",
        "{n} comments were written. Their words are not shown here.",
        figure.n or 0,
    )


SENTENCES: Mapping[Kind, Callable[[ItemFigure, Item, str, Language], str]] = {
    Kind.SCALE: _scale,
    Kind.CHOICE: _options,
    Kind.CHOICES: _options,
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
}
