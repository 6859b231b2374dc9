"""How numbers are written, and which figures of a document a sentence states."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from survey.exports.report.model import Cite, Place
from survey.language import Language, round_half_up
from survey.narrative.words import percent

Values = Sequence[Any]
LEAST_P = 0.0001


def _sum(values: Values, t: Language) -> str:
    return t.number(sum(values))


def _less(values: Values, t: Language) -> str:
    return t.number(values[0] - sum(values[1:]))


def _part(values: Values, t: Language) -> str:
    return percent(sum(values[:-1]), values[-1], t)


def _rest(values: Values, t: Language) -> str:
    return percent(values[-1] - sum(values[:-1]), values[-1], t)


def _share(values: Values, t: Language) -> str:
    """A share as a percentage; 0% and 100% only where they are exact, as `narrative.words.percent` has it."""
    share = values[0]
    rounded = round_half_up(share, 2)
    if share < 1 and rounded == 1:
        return t("over {percent}", percent=t.percent(0.99))
    if share > 0 and rounded == 0:
        return t("under {percent}", percent=t.percent(0.01))
    return t.percent(share)


def _p(values: Values, t: Language) -> str:
    """To four decimals; a p is never nothing."""
    if values[0] < LEAST_P:
        return t("under {p}", p=t.number(LEAST_P, 4))
    return t.number(values[0], 4)


def _short(values: Values, t: Language) -> str:
    """At most one decimal, none where it is zero: 57, 57.4."""
    rounded = round_half_up(values[0], 1)
    return t.number(rounded, 0 if rounded == rounded.to_integral_value() else 1)


def _day(values: Values, t: Language) -> str:
    return t.day(date.fromisoformat(values[0]))


FORMS: Mapping[str, Callable[[Values, Language], str]] = {
    "count": lambda values, t: t.number(values[0]),
    "length": lambda values, t: t.number(len(values[0])),
    "sum": _sum,
    "less": _less,
    "part": _part,
    "rest": _rest,
    "share": _share,
    "percent": lambda values, t: t.percent(values[0]),
    "mean": lambda values, t: t.number(values[0], 1),
    "exact": lambda values, t: t.number(values[0], 2),
    "p": _p,
    "full": lambda values, t: t.number(values[0], 4),
    "plain": lambda values, t: t.number(values[0], None),
    "short": _short,
    "net": lambda values, t: t.signed(values[0]),
    "score": lambda values, t: t.signed(values[0], 1),
    "difference": lambda values, t: t.signed(values[0], 2),
    "points": lambda values, t: t.signed(100 * values[0], 1),
    "day": _day,
    "text": lambda values, t: str(values[0]),
}
"""Name -> how the values of a Cite's places are written.

"sum", "less" (the first less the others), "part" (all but the last, of the last) and "rest" (what "part"
leaves) take several counts.
"""

NUMERAL = re.compile(r"(?<![\w.,])[+−]?\d+(?:[.,]\d+)*%?(?!\w)")
"""A number as it is written; digits in words (A1, RR2) are none."""

LEFT_OUT = ("weighted", "worst_case", "reliability", "mcnemar", "stuart_maxwell", "against_rest",
            "transitions", "histogram", "mapping", "population", "p", "p_holm", "sd")  # fmt: skip
"""What no sentence states; `population` is asked for by name."""
OF_FLOATS = ("mean", "exact", "share", "short", "score", "plain")
BY_NAME: Mapping[str, tuple[str, ...]] = {
    "interval": ("exact", "share", "difference", "points", "score"),
    "net": ("net",),
    "difference": ("difference", "points", "score"),
    "within": ("difference", "points"),
    "apart": ("percent",),
    "earlier": ("exact", "percent"),
    "later": ("exact", "percent"),
}
"""How the numbers are written that stand under some keys, or anywhere below them."""


def numerals(said: str) -> list[str]:
    """The numbers in a text, in order."""
    return NUMERAL.findall(said)


def candidates(found: Any, place: Place) -> Iterator[Cite]:
    """Everything that sentences may state of the figures below a place."""
    if isinstance(found, Mapping):
        yield from _together(found, place)
        for key, inner in found.items():
            if key not in LEFT_OUT:
                yield from candidates(inner, (*place, str(key)))
    elif isinstance(found, list | tuple):
        yield Cite("length", (place,))
        for position, inner in enumerate(found):
            yield from candidates(inner, (*place, str(position)))
    elif isinstance(found, int | float) and not isinstance(found, bool):
        named = next((BY_NAME[key] for key in reversed(place) if key in BY_NAME), None)
        forms = named or (("count",) if isinstance(found, int) else OF_FLOATS)
        yield from (Cite(form, (place,)) for form in forms)


def _together(found: Mapping[str, Any], place: Place) -> Iterator[Cite]:
    """Numbers that several figures of one mapping make: parts of its answers, the response and its rest."""
    if "complete" in found and "partial" in found:
        answers = ((*place, "complete"), (*place, "partial"))
        yield Cite("sum", answers)
        yield Cite("less", ((*place, "responses"), *answers))
        for base in ("invited", "population"):
            if found.get(base):
                whole = (*place, base)
                yield from (Cite(form, (*answers, whole)) for form in ("part", "rest"))
                yield Cite("less", (whole, *answers))
    if "only_before" in found and found["only_before"] is not None:
        yield Cite("sum", ((*place, "only_before"), (*place, "only_after")))
    if found.get("n") and isinstance(found.get("options"), Mapping):
        for code in found["options"]:
            yield Cite("part", ((*place, "options", code, "count"), (*place, "n")))
    for key in ("count", "promoters", "passives", "detractors"):
        if found.get("n") and found.get(key) is not None:
            yield Cite("part", ((*place, key), (*place, "n")))
