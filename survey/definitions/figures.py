"""Whether each indicator can be computed from the items that it names; one check per kind."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from survey.definitions.asking import together_faults
from survey.definitions.outline import Node, Outline
from survey.definitions.problems import Fault, listed, shown, written
from survey.definitions.references import code_faults, reference_faults
from survey.language import text

SETS = ("promoters", "passives", "detractors")
RESERVED_FOR_INDICATORS = ("items", "response")
"""`survey chart WAVE items` draws the items, `response` who answered; second charts have a hyphen in their
names, which no id has."""


def indicator_faults(outline: Outline) -> Iterator[Fault]:
    """Every fault of the indicators that a schema cannot tell."""
    for indicator in outline.top.objects("indicators"):
        if indicator.word("id") in RESERVED_FOR_INDICATORS:
            name = shown(indicator.word("id"))
            yield Fault(
                indicator.at("id"), text("{name} is the name of another chart; choose another", name=name)
            )
        yield from _like_another_item(outline, indicator)
        check = _KINDS.get(indicator.word("kind") or "")
        if check:
            yield from check(outline, indicator)


def _like_another_item(outline: Outline, indicator: Node) -> Iterator[Fault]:
    """An indicator may be called as the item it is computed from: a chart asked for by that id is its own."""
    name = indicator.word("id")
    used = {indicator.word("item"), indicator.word("before"), indicator.word("after")}
    used |= {item for item in indicator.entries("items") if isinstance(item, str)}
    if name in outline.by_id and name not in used:
        problem = text(
            "{name} is the id of a question that this figure is not computed from; choose another",
            name=shown(name),
        )
        yield Fault(indicator.at("id"), problem)


def _mean(outline: Outline, indicator: Node) -> Iterator[Fault]:
    yield from reference_faults(outline, indicator, ("item",), ("scale",))


def _ranking(outline: Outline, indicator: Node) -> Iterator[Fault]:
    yield from reference_faults(outline, indicator, ("item",), ("choices",))


def _summary(outline: Outline, indicator: Node) -> Iterator[Fault]:
    yield from reference_faults(outline, indicator, ("item",), ("number",))
    item = outline.by_id.get(indicator.word("item") or "")
    bands = [band for band in indicator.entries("bands") if type(band) in (int, float)]
    if len(bands) == len(indicator.entries("bands")):
        yield from _bands(indicator, bands, item)


def _bands(indicator: Node, bands: list[float], item: Node | None) -> Iterator[Fault]:
    """The lower ends rise, and every bar has numbers of the item in it."""
    for position, (before, band) in enumerate(pairwise(bands), start=1):
        if band <= before:
            problem = text(
                "{value} does not rise above {before}; write the lower ends in rising order",
                value=shown(band),
                before=shown(before),
            )
            yield Fault(indicator.at("bands", position), problem)
    lowest, highest = (item.number(key) if item else None for key in ("minimum", "maximum"))
    for position, band in enumerate(bands):
        above = highest is not None and band > highest
        below = lowest is not None and position + 1 < len(bands) and bands[position + 1] <= lowest
        if above or below:
            problem = text(
                "no answer falls into the bar from {value}, as the item takes numbers from {low} to {high}; "
                "remove it",
                value=shown(band),
                low=shown(lowest),
                high=shown(highest),
            )
            yield Fault(indicator.at("bands", position), problem)


def _share(outline: Outline, indicator: Node) -> Iterator[Fault]:
    if "items" in indicator.data:
        yield from _joint_share(outline, indicator)
        return
    if "need" in indicator.data:
        problem = text("need says how several items go together; remove it, or write items in place of item")
        yield Fault(indicator.at("need"), problem, at_key=True)
    yield from reference_faults(outline, indicator, ("item",), ("scale", "choice"))
    yield from code_faults(indicator, "values", _codes(outline, indicator.word("item")))


def _joint_share(outline: Outline, indicator: Node) -> Iterator[Fault]:
    """Every item can take every value."""
    if "item" in indicator.data:
        problem = text("beside items there is item; leave one of them out")
        yield Fault(indicator.at("item"), problem, at_key=True)
    for position, name in enumerate(indicator.entries("items")):
        yield from reference_faults(outline, indicator, ("items", position), ("scale", "choice"))
        codes = _codes(outline, name if isinstance(name, str) else None)
        lacking = _others(indicator.entries("values"), codes)
        if codes and lacking:
            problem = text(
                "{name} does not have {values}; name items that have all of the values",
                name=shown(name),
                values=listed(lacking),
            )
            yield Fault(indicator.at("items", position), problem)
    names = [name for name in indicator.entries("items") if isinstance(name, str)]
    yield from together_faults(outline, indicator, "items", names)


def _others(values: list[Any], codes: list[int | str]) -> list[Any]:
    known = {written(code) for code in codes}
    return [value for value in values if type(value) in (int, str) and written(value) not in known]


def _codes(outline: Outline, name: str | None) -> list[int | str]:
    """The values of the item of a name; empty where they cannot be told."""
    item = outline.by_id.get(name or "")
    return outline.codes(item) if item else []


def _recommendation(outline: Outline, indicator: Node) -> Iterator[Fault]:
    yield from reference_faults(outline, indicator, ("item",), ("scale", "choice"))
    for key in ("would", *SETS):
        yield from code_faults(indicator, key, _codes(outline, indicator.word("item")))
    given = [key for key in SETS if key in indicator.data]
    if given and len(given) < len(SETS):
        problem = text(
            "beside {given} there is no {missing}; give all three sets or none",
            missing=", ".join(key for key in SETS if key not in given),
            given=", ".join(given),
        )
        yield Fault(indicator.path, problem)
    elif given:
        yield from _partition(outline, indicator)


def _partition(outline: Outline, indicator: Node) -> Iterator[Fault]:
    """The three sets hold every code of the item, each once."""
    seen: dict[str, str] = {}
    for key in SETS:
        for position, code in enumerate(indicator.entries(key)):
            other = seen.setdefault(written(code), key)
            if other != key:
                problem = text("{code} is in {set} as well; leave it in one set", code=shown(code), set=other)
                yield Fault(indicator.at(key, position), problem)
    item = outline.by_id.get(indicator.word("item") or "")
    left = [code for code in (outline.codes(item) if item else ()) if written(code) not in seen]
    if left:
        problem = text(
            "promoters, passives and detractors leave out {codes}; put every value into one set",
            codes=listed(left),
        )
        yield Fault(indicator.path, problem)


def _status_change(outline: Outline, indicator: Node) -> Iterator[Fault]:
    yield from reference_faults(outline, indicator, ("before",), ("choice",))
    yield from reference_faults(outline, indicator, ("after",), ("choice",))
    names = indicator.word("before"), indicator.word("after")
    before, after = (outline.by_id.get(name or "") for name in names)
    if before is None or after is None:
        return
    if before.path == after.path:
        yield Fault(indicator.at("after"), text("before and after are one item; name two items"))
    yield from together_faults(outline, indicator, "after", [name for name in names if name])
    different = set(outline.codes(before)) ^ set(outline.codes(after))
    if different and before.word("kind") == after.word("kind") == "choice":
        problem = text(
            "only one of the two items has {values}; give both the same values",
            values=listed(sorted(different)),
        )
        yield Fault(indicator.at("after"), problem)


def _profile(outline: Outline, indicator: Node) -> Iterator[Fault]:
    members = [
        (dimension, position, name)
        for dimension in indicator.objects("dimensions")
        for position, name in enumerate(dimension.entries("items"))
        if isinstance(name, str)
    ]
    seen: dict[str, Node] = {}
    for dimension, position, name in members:
        yield from reference_faults(outline, dimension, ("items", position), ("scale",))
        if seen.setdefault(name, dimension) != dimension:
            problem = text("{name} is in another dimension as well; leave it in one", name=shown(name))
            yield Fault(dimension.at("items", position), problem)
    yield from _one_range(outline, members)


def _one_range(outline: Outline, members: list[tuple[Node, int, str]]) -> Iterator[Fault]:
    """All items of a profile run over the same values; the first one sets them."""
    first = None
    for dimension, position, name in members:
        points = outline.points(outline.by_id[name]) if name in outline.by_id else []
        if not points:
            continue
        first = first or (name, min(points), max(points))
        if (min(points), max(points)) != first[1:]:
            problem = text(
                "{name} runs from {low} to {high}, but {first} from {first_low} to {first_high}; "
                "put items of one range into a profile",
                name=shown(name),
                low=str(min(points)),
                high=str(max(points)),
                first=shown(first[0]),
                first_low=str(first[1]),
                first_high=str(first[2]),
            )
            yield Fault(dimension.at("items", position), problem)


_KINDS: dict[str, Callable[[Outline, Node], Iterator[Fault]]] = {
    "mean": _mean,
    "share": _share,
    "ranking": _ranking,
    "recommendation": _recommendation,
    "status_change": _status_change,
    "profile": _profile,
    "summary": _summary,
}
