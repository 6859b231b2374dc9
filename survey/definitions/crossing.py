"""Crosses of breakdowns: which two may be declared together.

`docs/decisions/0045-crosses.md` says why not all: what cannot be made safe in every wave is refused
here, before anybody answers.
"""

from collections.abc import Iterator

from survey.definitions.outline import Node, Outline
from survey.definitions.problems import Fault, Path, listed, shown
from survey.language import text

SIDES = 2


def cross_faults(outline: Outline) -> Iterator[Fault]:
    """Every cross is of two different breakdowns that may be crossed, and each stands once."""
    breakdowns = {b.word("id"): b for b in outline.top.objects("breakdowns")}
    known = [name for name in breakdowns if name]
    earlier: dict[frozenset[str], Path] = {}
    answered: dict[str, Path] = {}
    for number, sides in enumerate(outline.top.entries("crosses")):
        path: Path = ("crosses", number)
        if not isinstance(sides, list) or len(sides) != SIDES or not all(isinstance(s, str) for s in sides):
            continue
        yield from _repeated(frozenset(sides), path, earlier)
        for place, side in enumerate(sides):
            at = (*path, place)
            if side not in breakdowns:
                problem = text(
                    "there is no breakdown {name}; use two of these: {names}",
                    name=shown(side),
                    names=listed(known),
                )
                yield Fault(at, problem)
                continue
            yield from _unfit(outline, breakdowns[side], at)
            if breakdowns[side].word("from") == "item" and answered.setdefault(side, path) != path:
                problem = text(
                    "{name} is what people answer, and two crosses with it can be subtracted from one "
                    "another; leave it in one of them",
                    name=shown(side),
                )
                yield Fault(at, problem)


def _repeated(sides: frozenset[str], path: Path, earlier: dict[frozenset[str], Path]) -> Iterator[Fault]:
    if len(sides) == SIDES and earlier.setdefault(sides, path) != path:
        problem = text("this cross is there twice, whichever of the two makes the rows; remove one of them")
        yield Fault(path, problem)


def _unfit(outline: Outline, breakdown: Node, at: Path) -> Iterator[Fault]:
    """Breakdowns inside others, and several choices, cannot be crossed."""
    name = breakdown.word("id")
    if "inside" in breakdown.data:
        problem = text(
            "{name} lies inside {outer}, and few cells of its cross could be shown; use {outer} instead",
            name=shown(name),
            outer=shown(breakdown.word("inside")),
        )
        yield Fault(at, problem)
    item = outline.by_id.get(name or "")
    if breakdown.word("from") == "item" and item is not None and item.word("kind") == "choices":
        problem = text(
            "{name} takes several choices, so that its groups overlap; use an item of kind choice, "
            "or a breakdown from the invitation",
            name=shown(name),
        )
        yield Fault(at, problem)
