"""Whether what one part of a definition names is there: items of a fitting kind, values of an item."""

from collections.abc import Iterator
from typing import Any

from survey.definitions.outline import Node, Outline
from survey.definitions.problems import Fault, listed, shown, written
from survey.language import text


def reference_faults(
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


def code_faults(node: Node, key: str, codes: list[int | str]) -> Iterator[Fault]:
    """Each code under a key of `node` is one of those that an item can take; `4` is not `"4"`.

    Without `codes` nothing can be told.
    """
    known = {written(code) for code in codes}
    for position, code in enumerate(node.entries(key)):
        if codes and type(code) in (int, str) and written(code) not in known:
            problem = text(
                "{code} is not a value of the item; use some of {codes}",
                code=shown(code),
                codes=listed(codes),
            )
            yield Fault(node.at(key, position), problem)
