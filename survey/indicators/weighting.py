"""Figures post-stratified by a breakdown, beside the raw ones and never in their place.

Strata are the groups and pools that are published, so the weighted figure tells nothing that they do not.
Post-stratification: Holt & Smith, Post stratification, Journal of the Royal Statistical Society A 142 (1979).
Effective number of answers: Kish, Survey Sampling (1965), section 11.7.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from survey.counts import Reason
from survey.definitions.conditions import conditional
from survey.definitions.model import Questionnaire
from survey.indicators.measures import (
    Measured,
    Path,
    items_behind,
    measured,
    replaced,
    value_of,
)
from survey.indicators.model import DividedResults, PartResults, Response, Weighted
from survey.release import Hidden

LEAST_COVERED = 0.8
"""The share of the people invited who must belong to the strata: a weighted figure that leaves out more than
a fifth of them says little of the whole."""


@dataclass(frozen=True)
class Stratum:
    """One group or pool: the value of its `n` answers, and what it weighs."""

    value: float
    n: int
    people: int
    invited: int


Strata = Sequence[tuple[Response, Mapping[Path, Measured]]]
"""The response and the figures of each published group and pool."""


def weighted(
    whole: PartResults, by: Mapping[str, DividedResults], questionnaire: Questionnaire
) -> PartResults:
    """The whole wave with `weighted` by each breakdown of `by`, which the invitation tells."""
    published = {name: _published(divided) for name, divided in by.items()}
    nobody = {name for name, divided in by.items() if Hidden(Reason.NO_ANSWERS) in divided.groups.values()}

    def weigh(path: Path, name: str) -> Weighted:
        if conditional(questionnaire, items_behind(path, questionnaire)):
            return Weighted(reason=Reason.NOT_ASKED_OF_ALL)
        if whole.response.population is None or not whole.response.invited:
            return Weighted(reason=Reason.POPULATION_UNKNOWN)
        if name in nobody:
            return Weighted(reason=Reason.EMPTY_STRATUM)
        return _weighted(path, whole.response.invited, published[name])

    changed = {
        path: replace(figure, weighted={name: weigh(path, name) for name in by})
        for path, figure in measured(whole.indicators).items()
        if figure.reason is None
    }
    return replace(whole, indicators=replaced(whole.indicators, changed))


def _published(divided: DividedResults) -> Strata:
    parts = [part for part in divided.groups.values() if isinstance(part, PartResults)]
    parts += [pool.results for pool in divided.others]
    return [(part.response, measured(part.indicators)) for part in parts if part.response.invited]


def _weighted(path: Path, invited: int, published: Strata) -> Weighted:
    """Strata that withhold the figure are left out; where nobody stands for one there is no figure."""
    if any(figures[path].reason is Reason.NO_ANSWERS for _, figures in published):
        return Weighted(reason=Reason.EMPTY_STRATUM)
    found = _strata([(response, figures[path]) for response, figures in published])
    covered = sum(stratum.invited for stratum in found) / invited
    if covered < LEAST_COVERED:
        return Weighted(covered=covered, reason=Reason.LITTLE_COVERED)
    return post_stratified(found, covered)


def post_stratified(strata: Sequence[Stratum], covered: float) -> Weighted:
    """Sum of W x / sum of W over strata; n_eff = (sum of W)² / sum of W²/n, an answer weighing W/n."""
    weight = sum(stratum.people for stratum in strata)
    value = sum(stratum.people * stratum.value for stratum in strata) / weight
    squares = sum(stratum.people**2 / stratum.n for stratum in strata)
    return Weighted(value, sum(stratum.n for stratum in strata), weight**2 / squares, covered)


def _strata(published: Sequence[tuple[Response, Measured]]) -> list[Stratum]:
    """By the stated population where every stratum has one, else by invitations: one unit for all."""
    shown = [(response, figure) for response, figure in published if figure.reason is None]
    stated = all(response.population for response, _ in shown)
    return [
        Stratum(
            *value_of(figure),
            people=(response.population if stated else response.invited) or 0,
            invited=response.invited or 0,
        )
        for response, figure in shown
    ]
