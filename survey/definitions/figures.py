"""Whether each indicator can be computed from the items that it names; one check per kind."""

from collections.abc import Callable, Iterator
from typing import Any

from survey.definitions.outline import Node, Outline
from survey.definitions.problems import Fault, listed, shown, written
from survey.language import text

SETS = ("promoters", "passives", "detractors")
RESERVED_FOR_INDICATORS = ("items",)
"""`survey chart WAVE items` draws the items."""


def indicator_faults(outline: Outline) -> Iterator[Fault]:
    """Every fault of the indicators that a schema cannot tell."""
    for indicator in outline.top.objects("indicators"):
        if indicator.word("id") in RESERVED_FOR_INDICATORS:
            problem = text("{name} means all items; choose another", name=shown(indicator.word("id")))
            yield Fault(indicator.at("id"), problem)
        check = _KINDS.get(indicator.word("kind") or "")
        if check:
            yield from check(outline, indicator)


def _mean(outline: Outline, indicator: Node) -> Iterator[Fault]:
    yield from _reference(outline, indicator, ("item",), ("scale",))


def _summary(outline: Outline, indicator: Node) -> Iterator[Fault]:
    yield from _reference(outline, indicator, ("item",), ("number",))


def _share(outline: Outline, indicator: Node) -> Iterator[Fault]:
    yield from _reference(outline, indicator, ("item",), ("scale", "choice"))
    yield from _codes(outline, indicator, "values")


def _recommendation(outline: Outline, indicator: Node) -> Iterator[Fault]:
    yield from _reference(outline, indicator, ("item",), ("scale", "choice"))
    for key in ("would", *SETS):
        yield from _codes(outline, indicator, key)
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
    yield from _reference(outline, indicator, ("before",), ("choice",))
    yield from _reference(outline, indicator, ("after",), ("choice",))
    names = indicator.word("before"), indicator.word("after")
    before, after = (outline.by_id.get(name or "") for name in names)
    if before is None or after is None:
        return
    if before.path == after.path:
        yield Fault(indicator.at("after"), text("before and after are one item; name two items"))
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
        yield from _reference(outline, dimension, ("items", position), ("scale",))
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


def _reference(
    outline: Outline, node: Node, steps: tuple[str | int, ...], kinds: tuple[str, ...]
) -> Iterator[Fault]:
    """The item named at `steps` of `node` exists and is of one of some kinds."""
    name = _value(node, steps)
    if not isinstance(name, str):
        return
    item = outline.by_id.get(name)
    if item is None:
        fitting = (fit for kind in kinds for fit in outline.ids_by_kind.get(kind, ()))
        problem = text(
            "there is no item {name}; use one of these: {names}", name=shown(name), names=listed(fitting)
        )
        yield Fault(node.at(*steps), problem)
    elif item.word("kind") not in (None, *kinds):
        problem = text(
            "{name} is an item of kind {kind}; use an item of kind {kinds}",
            name=shown(name),
            kind=shown(item.word("kind")),
            kinds=listed(kinds),
        )
        yield Fault(node.at(*steps), problem)


def _value(node: Node, steps: tuple[str | int, ...]) -> Any:
    value: Any = node.data
    for step in steps:
        value = value[step] if isinstance(step, int) else value.get(step)
    return value


def _codes(outline: Outline, indicator: Node, key: str) -> Iterator[Fault]:
    """Each code under a key is one that the indicator's item can take; `4` is not `"4"`."""
    item = outline.by_id.get(indicator.word("item") or "")
    codes = {written(code): code for code in (outline.codes(item) if item else ())}
    for position, code in enumerate(indicator.entries(key)):
        if codes and type(code) in (int, str) and written(code) not in codes:
            problem = text(
                "{code} is not a value of the item; use some of {codes}",
                code=shown(code),
                codes=listed(codes.values()),
            )
            yield Fault(indicator.at(key, position), problem)


_KINDS: dict[str, Callable[[Outline, Node], Iterator[Fault]]] = {
    "mean": _mean,
    "share": _share,
    "recommendation": _recommendation,
    "status_change": _status_change,
    "profile": _profile,
    "summary": _summary,
}
