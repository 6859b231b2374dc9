"""A wave's release -> what of it may be read by anybody: in the report, as open data, on partners' pages.

The release of an anonymous or panel wave holds nothing else. Of a named wave evaluators see everything,
single organizations too; what leaves their hands keeps the rule of the other waves, and is stricter where one
organization could be known again: no figure of fewer answers than the threshold or on which all agree, no
lowest and highest number, no table of who went where in which a status before had few.

There is one answer to this for each wave (see `giving`), so that two publications of it can never be
subtracted from one another.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from survey import pairs
from survey.counts import (
    ANSWERED,
    MISSING,
    NOT_APPLICABLE,
    NOT_ASKED,
    TICKED_ANY,
    Reason,
    dimension_figure,
    item_figure,
    pair_figure,
    products_figure,
    share_figure,
)
from survey.definitions.model import Kind, Mode, Questionnaire
from survey.indicators.model import Results
from survey.indicators.results import results
from survey.release import Part, Release, Tallied

OUTSIDE = (MISSING, NOT_APPLICABLE, NOT_ASKED, TICKED_ANY)
"""Categories that are no answers to be told apart."""


@dataclass(frozen=True)
class Public:
    """What may be read of a wave: a release in the form of an anonymous wave's; the mode that the wave has.

    `identifier` is what the wave's own release is cited by.
    """

    release: Release
    mode: str
    identifier: str

    def results(self, questionnaire: Questionnaire) -> Results:
        """Its figures; KeyError where the release lacks one that the questionnaire asks for."""
        return replace(results(self.release, questionnaire, self.identifier), mode=self.mode)

    @property
    def published(self) -> "Public":
        """What stands in documents for everybody: of a named wave the whole alone, without any group."""
        if self.mode != Mode.NAMED:
            return self
        return replace(self, release=replace(self.release, by={}, crosses={}))


def public(
    own: Release, questionnaire: Questionnaire, identifier: str = "", solved: Release | None = None
) -> Public:
    """What may be read of a wave by its own release.

    `solved` is the release of a named wave that was solved as if it were anonymous; without it no group is
    public.
    """
    if own.mode != Mode.NAMED:
        return Public(own, own.mode, identifier)
    base = solved or replace(own, mode=Mode.ANONYMOUS, by={}, crosses={})
    return Public(replace(base, whole=_ruled(base, own, questionnaire)), own.mode, identifier)


def _ruled(base: Release, own: Release, questionnaire: Questionnaire) -> Part:
    """The whole wave with what its own numbers forbid withheld; texts are in the own release alone."""
    told: dict[str, Tallied | Reason] = {}
    for item in questionnaire.items:
        name = item_figure(item.id)
        of = own if item.kind is Kind.TEXT else base
        told[name] = _judged(name, of.whole.figures[name], own.threshold, ())
    made_of = _made_of(questionnaire)
    for name, figure in base.whole.figures.items():
        if name not in told:
            items = made_of[name]
            withheld = (told[item_figure(item)] for item in items)
            why = next((one for one in withheld if isinstance(one, Reason)), None)
            told[name] = why or _judged(name, figure, own.threshold, items)
    return replace(base.whole, figures=told)


def _made_of(questionnaire: Questionnaire) -> Mapping[str, tuple[str, ...]]:
    """Figure -> the items that it is made of; where one of them is withheld, so is the figure."""
    made: dict[str, tuple[str, ...]] = {
        pair_figure(one.id): (one.before, one.after) for one in questionnaire.status_changes()
    }
    made |= {share_figure(one.id): one.items for one in questionnaire.joint_shares()}
    for profile, dimension in questionnaire.dimensions():
        for named in (dimension_figure, products_figure):
            made[named(profile.id, dimension.id)] = dimension.items
    return made


def _judged(name: str, tally: Tallied | Reason, threshold: int, items: tuple[str, ...]) -> Tallied | Reason:
    """A figure as it may be read, or why it may not."""
    if isinstance(tally, Reason):
        return tally
    kind = name.partition("/")[0]
    n, alike = PEOPLE[kind](tally, len(items))
    if 0 < n < threshold:
        return Reason.TOO_FEW_ANSWERS
    if n and alike == n:
        return Reason.PROTECTS_ANOTHER
    return pairs.of_group(tally) if kind == "pair" else tally


def _of_item(tally: Tallied, _items: int) -> tuple[int, int]:
    if ANSWERED in tally:
        return tally[ANSWERED], 0
    answers = {category: n for category, n in tally.items() if category not in OUTSIDE}
    return tally.get(TICKED_ANY, sum(answers.values())), max(answers.values(), default=0)


def _of_dimension(tally: Tallied, items: int) -> tuple[int, int]:
    scores: Counter[Fraction] = Counter()
    for category, n in tally.items():
        known, total = map(int, category.split(":"))
        if known and 2 * known >= items:
            scores[Fraction(total, known)] += n
    return scores.total(), max(scores.values(), default=0)


def _of_pair(tally: Tallied, _items: int) -> tuple[int, int]:
    margins = pairs.margins_only(tally)
    before = [n for category, n in margins.items() if category.startswith(pairs.BEFORE)]
    after = [n for category, n in margins.items() if category.startswith(pairs.AFTER)]
    return sum(before), max([*before, *after], default=0)


def _of_products(tally: Tallied, _items: int) -> tuple[int, int]:
    return tally.get("n", 0), 0


PEOPLE: Mapping[str, Callable[[Tallied, int], tuple[int, int]]] = {
    "item": _of_item,
    "share": _of_item,
    "dimension": _of_dimension,
    "pair": _of_pair,
    "alpha": _of_products,
}
"""Kind of figure -> how many people it is of, and how many of them at most answered alike."""
