"""The ranking of the options of a several-choice item."""

from collections.abc import Mapping

from survey.counts import Reason, item_figure
from survey.definitions.model import Item, Ranking
from survey.indicators import statistics, tallies
from survey.indicators.items import share
from survey.indicators.model import RankedOption, RankingFigure
from survey.indicators.scope import Scope


def ranking(indicator: Ranking, scope: Scope) -> RankingFigure:
    """The options by how many respondents ticked them; shares are of the respondents, not of the ticks."""
    tally = scope.figure(item_figure(indicator.item))
    if isinstance(tally, Reason):
        return RankingFigure(reason=tally)
    asked, population = scope.questionnaire.item(indicator.item), scope.population([indicator.item])
    n = sum(tallies.answered(tallies.people(asked, tally)).values())
    return RankingFigure(
        n=n,
        options=_options(asked, tallies.code_counts(asked, tally), n, population) if n else None,
        population=population,
        presentation=statistics.presentation(n),
        reason=None if n else Reason.NO_ANSWERS,
    )


def _options(
    asked: Item, counts: Mapping[str, int], n: int, population: int | None
) -> dict[str, RankedOption]:
    ranked = sorted((o.value for o in asked.options if not o.exclusive), key=lambda code: -counts[code])
    apart = [option.value for option in asked.options if option.exclusive]
    # Competition ranking: an option's place is one more than the options ticked more often.
    ranks = {code: 1 + sum(counts[other] > counts[code] for other in ranked) for code in ranked}
    return {code: _option(ranks.get(code), counts[code], n, population) for code in (*ranked, *apart)}


def _option(rank: int | None, count: int, n: int, population: int | None) -> RankedOption:
    figure = share(count, n, population)
    return RankedOption(rank, count, count / n, figure.interval, figure.interval_reason)
