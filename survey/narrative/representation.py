"""Who answered beside who was invited, in words: the widest gap, and what weights would make of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey.counts import Reason
from survey.definitions.model import Questionnaire
from survey.indicators.measures import Measured, Path, measured, value_of
from survey.indicators.model import DimensionFigure, MeanFigure, Results
from survey.indicators.representation import Representation, silent
from survey.indicators.statistics import presentation
from survey.language import Language, round_half_up
from survey.narrative.reasons import reason_text
from survey.narrative.words import AS_COUNTS, figure_label

MOST_TOLD = 3
"""How many figures a sentence names."""
MOST_NAMED = 10
"""How many groups in which nobody answered it names."""

Named = Sequence[tuple[str, Representation]]
"""Groups by name, at least one, with what they are of the wave."""


@dataclass(frozen=True)
class Weighting:
    """What weights by one breakdown change in `n` figures: `moved` are those that would be printed otherwise.

    Their values are raw and weighted; `means` tells means from shares. Without figures the `reasons`, and the
    names of groups in which nobody answered.
    """

    n: int
    moved: Mapping[Path, tuple[float, float]]
    reasons: frozenset[Reason]
    silent: tuple[str, ...]
    means: frozenset[Path]


def points(gap: float, t: Language) -> str:
    """A difference of two shares in percentage points: +1.3."""
    return t.signed(100 * gap, 1)


def widest(groups: Named) -> tuple[str, Representation]:
    """The group that is heard most beyond, or below, its share of the people invited."""
    return max(groups, key=lambda pair: abs(pair[1].gap))


def composition_sentence(groups: Named, t: Language) -> str:
    """The widest gap; nothing where fewer than 30 answered."""
    name, most = widest(groups)
    if presentation(most.all_answers) in AS_COUNTS:
        return ""
    if not round_half_up(100 * most.gap):
        return t("Each group has its share of the answers, to within a percentage point.")
    return t(
        "{group} has {of_invited} of the people invited and {of_answers} of the answers; every other group "
        "that is shown is nearer to its share.",
        group=name,
        of_invited=t.percent(most.of_invited, 1),
        of_answers=t.percent(most.of_answers, 1),
    )


def weighting(results: Results, by: str) -> Weighting:
    """Every mean and share of the whole wave, raw and weighted by `by`, a breakdown of the invitation."""
    figures = measured(results.whole.indicators)
    found = {path: one for path, figure in figures.items() if (one := (figure.weighted or {}).get(by))}
    pairs = {
        path: (value_of(figures[path])[0], one.value)
        for path, one in found.items()
        if one.value is not None and _sayable(figures[path])
    }
    means = frozenset(path for path in pairs if _is_mean(figures[path]))
    moved = {path: pair for path, pair in pairs.items() if _moves(*pair, is_mean=path in means)}
    reasons = frozenset(one.reason for one in found.values() if one.reason is not None)
    return Weighting(len(pairs), moved, reasons, silent(results.by[by]), means)


def _is_mean(figure: Measured) -> bool:
    return isinstance(figure, MeanFigure | DimensionFigure)


def _sayable(figure: Measured) -> bool:
    """Shares of fewer than 30 answers are said as counts, which have no weights."""
    return _is_mean(figure) or figure.presentation not in AS_COUNTS


def _moves(raw: float, weighted: float, is_mean: bool) -> bool:
    """Whether the two are printed differently: means with one decimal, shares as whole percentages."""
    digits = 1 if is_mean else 2
    return round_half_up(raw, digits) != round_half_up(weighted, digits)


def weighting_sentence(found: Weighting, questionnaire: Questionnaire, t: Language) -> str:
    """Which figures weights would print otherwise; or why there are no weighted figures."""
    if not found.n:
        return _none(found, t)
    if not found.moved:
        return t("Weighted by the people invited, every figure is printed as it is.")
    examples = [
        t("“{figure}” {before}, weighted {after}",
          figure=figure_label(path, questionnaire, t),
          before=_said(path, pair[0], found, t), after=_said(path, pair[1], found, t))
        for path, pair in list(found.moved.items())[:MOST_TOLD]
    ]  # fmt: skip
    more = ["…"] if len(found.moved) > MOST_TOLD else []
    return t("Weighted by the people invited: {figures}.", figures="; ".join([*examples, *more]))


def _said(path: Path, value: float, found: Weighting, t: Language) -> str:
    return t.number(value, 1) if path in found.means else t.percent(value)


def _none(found: Weighting, t: Language) -> str:
    if Reason.EMPTY_STRATUM in found.reasons and found.silent:
        named, more = list(found.silent[:MOST_NAMED]), len(found.silent) - MOST_NAMED
        if more > 0:
            named.append(t.plural("{n} other group", "{n} other groups", more))
        return t(
            "There are no weighted figures: nobody answered in {groups}, and nobody else stands for the "
            "people invited there.",
            groups=t.listing(named),
        )
    why = t.listing(sorted(t(reason_text(reason)) for reason in found.reasons))
    return t("There are no weighted figures: {reason}.", reason=why) if why else ""
