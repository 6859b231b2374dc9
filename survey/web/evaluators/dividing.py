"""The page of a breakdown with many groups, divided: an overview, then a page for each figure. Pure.

Eighty groups with forty figures on one page were 1.3 MB and took a second to make.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from survey.charts import MOST_ROWS
from survey.indicators.model import PartResults
from survey.narrative import label
from survey.web.evaluators.group_page import (
    figure_block,
    is_charted,
    overview,
    question_block,
)
from survey.web.evaluators.group_tables import Grouped
from survey.web.evaluators.page import Part

MANY = 25
"""Groups up to which all figures stand on one page; tables with more rows scroll in a region of their own."""
QUESTION = "item"
"""What stands before a question's id and a slash, as in crosses."""


@dataclass(frozen=True)
class Leaf:
    """A figure or question with a page of its own: its name in the address and its title."""

    name: str
    title: str


@dataclass(frozen=True)
class Divided:
    """One of the pages: its parts, all leaves by heading; of a leaf's page the leaf and its neighbours."""

    parts: tuple[Part, ...]
    leaves: Mapping[str, tuple[Leaf, ...]]
    chosen: Leaf | None = None
    before: Leaf | None = None
    after: Leaf | None = None


def divided(of: Grouped, figure: str | None) -> Divided | None:
    """The overview, or the page of one figure; None where there are so few groups that one page has room.

    A figure has a page for few groups, too. Raises KeyError for a figure that there is not.
    """
    leaves = _leaves(of)
    if figure is not None:
        return _leaf(of, leaves, figure)
    return Divided(overview(of), leaves) if _are_many(of) else None


def _are_many(of: Grouped) -> bool:
    """Whether there are many groups, or too many rows for a chart of all questions."""
    shown = sum(isinstance(one, PartResults) for one in of.results.by[of.by].groups.values())
    scales = sum(item.scale is not None for item in of.questionnaire.items)
    return len(of.results.by[of.by].groups) > MANY or scales * (shown + 1) > MOST_ROWS


def _leaves(of: Grouped) -> dict[str, tuple[Leaf, ...]]:
    t, questionnaire = of.t, of.questionnaire
    found = {
        t("Figures"): tuple(
            Leaf(one.id, label(one, questionnaire, t))
            for one in questionnaire.indicators
            if of.results.whole.indicators[one.id].reason is None
        ),
        t("Questions"): tuple(
            Leaf(f"{QUESTION}/{item.id}", t.choose(item.text))
            for item in questionnaire.items
            if is_charted(item, of)
        ),
    }
    return {heading: some for heading, some in found.items() if some}


def _leaf(of: Grouped, leaves: Mapping[str, tuple[Leaf, ...]], figure: str) -> Divided:
    every = [leaf for some in leaves.values() for leaf in some]
    places = {leaf.name: place for place, leaf in enumerate(every)}
    chosen = every[places[figure]]
    around = dict(_around(every))
    kind, _, name = figure.rpartition("/")
    block = (
        question_block(of.questionnaire.item(name), of)
        if kind
        else figure_block(next(one for one in of.questionnaire.indicators if one.id == name), of)
    )
    return Divided((Part("part-figure", chosen.title, (block,)),), leaves, chosen, *around[chosen.name])


def _around(every: list[Leaf]) -> Iterator[tuple[str, tuple[Leaf | None, Leaf | None]]]:
    """Each leaf's name with the leaves before and after it."""
    row: list[Leaf | None] = [None, *every, None]
    for (before, leaf), (_, after) in pairwise(pairwise(row)):
        if leaf is not None:
            yield leaf.name, (before, after)
