"""Whether the conditions under which items are put to a person can be told, and can be met."""

from collections.abc import Iterator
from itertools import islice

from survey.definitions.outline import Node, Outline
from survey.definitions.problems import Fault, listed, shown, written
from survey.definitions.references import code_faults
from survey.language import text

DEEPEST = 3
"""Conditions within one another; whoever reads the page must still be able to follow them."""
MOST_FOLLOWED = 50
"""Comparisons that are followed from one condition to those of its items."""

OPERATORS = {
    "in": ("scale", "choice", "choices"),
    "not_in": ("scale", "choice", "choices"),
    "at_least": ("scale", "number"),
}
"""What a comparison asks -> the kinds of items whose answers tell it."""


def condition_faults(outline: Outline) -> Iterator[Fault]:
    """Every fault of the conditions that a schema cannot tell."""
    for owner, before in _owners(outline):
        for condition in _condition(owner):
            yield from _too_deep(condition)
            for comparison in _comparisons(condition):
                yield from _comparison_faults(outline, comparison, before)
            yield from _never_met(outline, owner, condition)


def _owners(outline: Outline) -> Iterator[tuple[Node, int]]:
    """Every item and group, with the number of items that are asked before it."""
    before = 0
    for entry in outline.entries:
        yield entry, before
        if "group" not in entry.data:
            before += 1
        for member in entry.objects("items") if "group" in entry.data else ():
            yield member, before
            before += 1


def _condition(owner: Node) -> list[Node]:
    show_if = owner.data.get("show_if")
    return [Node(owner.at("show_if"), show_if)] if isinstance(show_if, dict) else []


def _parts(condition: Node) -> list[Node]:
    return [part for key in ("all", "any") for part in condition.objects(key)]


def _comparisons(condition: Node) -> Iterator[Node]:
    if "item" in condition.data:
        yield condition
    for part in _parts(condition):
        yield from _comparisons(part)


def _too_deep(condition: Node, depth: int = 1) -> Iterator[Fault]:
    if depth > DEEPEST:
        problem = text(
            "conditions are nested more than {limit} deep; nobody can follow them, so say it more simply",
            limit=DEEPEST,
        )
        yield Fault(condition.path, problem)
        return
    for part in _parts(condition):
        yield from _too_deep(part, depth + 1)


def _comparison_faults(outline: Outline, comparison: Node, before: int) -> Iterator[Fault]:
    name = comparison.word("item")
    if name is None:
        return
    item = outline.by_id.get(name)
    if item is None or outline.positions[name] >= before:
        yield from _not_earlier(outline, comparison, name, before)
        return
    for operator, kinds in OPERATORS.items():
        if operator in comparison.data and item.word("kind") not in (None, *kinds):
            problem = text(
                "{name} is an item of kind {kind}, which {operator} cannot look at; "
                "use an item of kind {kinds}, or another comparison",
                name=shown(name),
                kind=shown(item.word("kind")),
                operator=operator,
                kinds=listed(kinds),
            )
            yield Fault(comparison.at("item"), problem)
        elif operator != "at_least":
            yield from code_faults(comparison, operator, outline.answers(item))


def _not_earlier(outline: Outline, comparison: Node, name: str, before: int) -> Iterator[Fault]:
    earlier = listed(item for item, position in outline.positions.items() if position < before)
    if name in outline.by_id:
        problem = text(
            "{name} is not asked before; put it first, or use one of these: {names}",
            name=shown(name),
            names=earlier,
        )
    elif name in {group.word("group") for group in outline.groups}:
        problem = text(
            "{name} is a group; name one of its items, or one of these: {names}",
            name=shown(name),
            names=earlier,
        )
    else:
        problem = text("there is no item {name}; use one of these: {names}", name=shown(name), names=earlier)
    yield Fault(comparison.at("item"), problem)


def _never_met(outline: Outline, owner: Node, condition: Node) -> Iterator[Fault]:
    """The condition, or one of its alternatives, asks of one item what no answer can be."""
    group = outline.group_of.get(owner.path)
    outer = _condition(group) if group else []
    for root in (condition, *_alternatives(condition)):
        for name, comparisons in _clashes(outline, [*outer, root]):
            own = [found.path for found in comparisons if found.path[: len(root.path)] == root.path]
            problem = text(
                "this can never be met, as no answer to {name} fits; mend it, or remove it",
                name=shown(name),
            )
            yield Fault(max(own, default=root.path), problem)


def _alternatives(condition: Node) -> Iterator[Node]:
    yield from condition.objects("any")
    for part in _parts(condition):
        yield from _alternatives(part)


def together_faults(outline: Outline, node: Node, key: str, names: list[str]) -> Iterator[Fault]:
    """Some items are put to the same people, so that a figure over all of them, under `key`, has a base."""
    items = [outline.by_id[name] for name in names if name in outline.by_id]
    conditions = [found for item in items for found in _conditions_on(outline, item)]
    for name, _ in islice(_clashes(outline, conditions), 1):
        problem = text(
            "nobody is asked all of {names}, as no answer to {name} fits their conditions; "
            "name items that are put to the same people",
            names=listed(names),
            name=shown(name),
        )
        yield Fault(node.at(key), problem)


def _conditions_on(outline: Outline, item: Node) -> list[Node]:
    group = outline.group_of.get(item.path)
    return [*(_condition(group) if group else ()), *_condition(item)]


def _clashes(outline: Outline, conditions: list[Node]) -> Iterator[tuple[str, list[Node]]]:
    """Items of which conditions together ask what no answer can be, with the comparisons that do."""
    needed: dict[str, list[Node]] = {}
    for comparison in islice(_needed(outline, conditions), MOST_FOLLOWED):
        needed.setdefault(comparison.data["item"], []).append(comparison)
    for name, comparisons in needed.items():
        if not _answerable(outline, outline.by_id[name], comparisons):
            yield name, comparisons


def _needed(outline: Outline, conditions: list[Node]) -> Iterator[Node]:
    """Every comparison that must hold, those of the items that they name included.

    Only of items that are asked before, so that an invalid circle ends.
    """
    waiting, seen = [(condition, len(outline.items)) for condition in conditions], set()
    while waiting:
        condition, before = waiting.pop()
        if condition.path in seen:
            continue
        seen.add(condition.path)
        waiting += [(part, before) for part in condition.objects("all")]
        name = condition.word("item")
        position = before if name is None else outline.positions.get(name, before)
        if name is not None and position < before:
            yield condition
            waiting += [(inner, position) for inner in _conditions_on(outline, outline.by_id[name])]


def _answerable(outline: Outline, item: Node, comparisons: list[Node]) -> bool:
    """Whether some answer to an item meets all of some comparisons; where it cannot be told, yes."""
    if item.word("kind") == "number":
        highest = item.number("maximum")
        return highest is None or all((found.number("at_least") or 0) <= highest for found in comparisons)
    codes = {written(code) for code in outline.answers(item)}
    left = codes - {written(code) for found in comparisons for code in found.entries("not_in")}
    wanted = [{written(code) for code in found.entries("in")} & codes for found in comparisons]
    wanted = [some for some in wanted if some]
    if item.word("kind") == "scale":
        leasts = [least for found in comparisons if (least := found.number("at_least")) is not None]
        wanted += [{written(point) for point in outline.points(item) if point >= least} for least in leasts]
    if item.word("kind") == "choices":
        return not codes or (bool(left) and all(some & left for some in wanted))
    return not codes or bool(left.intersection(*wanted))
