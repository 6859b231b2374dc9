"""The first places of a ranking in words."""

from survey.definitions.model import Questionnaire, Ranking
from survey.indicators.model import RankingFigure
from survey.language import Language
from survey.narrative.words import AS_COUNTS, caution, label, people, percent

PLACES = 3
"""How many places a sentence tells; options that share the last of them are all told."""


def ranking_sentence(
    figure: RankingFigure, indicator: Ranking, questionnaire: Questionnaire, t: Language
) -> str:
    """The options chosen most often, each with its share of the respondents (its count where few)."""
    n, name = figure.n or 0, label(indicator, questionnaire, t)
    who = people(n, questionnaire.audience, t)
    labels = questionnaire.item(indicator.item).labels
    first = [
        t("“{option}” {how_many}", option=t.choose(labels[code]), how_many=how_many(option.count, figure, t))
        for code, option in (figure.options or {}).items()
        if option.rank and option.rank <= PLACES and option.count
    ]
    if not first:
        return t("{label}: nobody chose any of the answers that are ranked ({who}).", label=name, who=who)
    said = t(
        "{label}: most often {options} ({who} answered, with several answers possible).",
        label=name,
        options=t.listing(first),
        who=who,
    )
    return said + caution(figure.presentation, t)


def how_many(count: int, figure: RankingFigure, t: Language) -> str:
    """57%, or 8 of 16 where there are few answers."""
    n = figure.n or 0
    if figure.presentation in AS_COUNTS:
        return t("{count} of {n}", count=count, n=n)
    return percent(count, n, t)
