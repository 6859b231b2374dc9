"""What a schema cannot say about a definition: names that must meet, orders, translations.

Every check is a function from an Outline to faults, listed in CHECKS; those of the indicators are in
`figures.py`, those of conditions in `asking.py`, those of crosses in `crossing.py`, those of the file of
answers in `exporting.py`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from survey.definitions.asking import condition_faults
from survey.definitions.crossing import cross_faults
from survey.definitions.exporting import export_faults
from survey.definitions.figures import indicator_faults
from survey.definitions.outline import Node, Outline, values_of_points
from survey.definitions.problems import Fault, Path, dotted, listed, shown, written
from survey.definitions.references import reference_faults
from survey.language import is_language, text

RESERVED_FOR_BREAKDOWNS = ("link", "disposition", "email", "name", "language", "cell")
RESERVED_FOR_ITEMS = ("link", "disposition", "cell")
"""Columns that files of people and of answers have besides those of the questionnaire."""

FEWEST_OPTIONS = 2
"""Options of a several-choice item that go together."""
COMPLETE, PARTIAL = 0.7, 0.3
"""From which share of the items an answer is complete or partial, where the definition says nothing."""

_LANGUAGE = re.compile("[a-z]{2,3}")
_WORDS = frozenset({"title", "introduction", "label", "text", "help", "not_applicable", "unit"})


def meaning_faults(data: Any) -> Iterator[Fault]:
    """Every fault of meaning in `data`, whatever its shape."""
    if isinstance(data, dict):
        outline = Outline(Node((), data))
        for check in CHECKS:
            yield from check(outline)


def _ids(outline: Outline) -> Iterator[Fault]:
    yield from _repeated((*outline.items, *outline.groups), "id", "group")
    for key in ("sections", "breakdowns", "indicators"):
        yield from _repeated(outline.top.objects(key))
    for indicator in outline.top.objects("indicators"):
        yield from _repeated(indicator.objects("dimensions"))
    for item in outline.items:
        yield from _repeated(item.objects("options"), "value")


def _repeated(nodes: Iterable[Node], *keys: str) -> Iterator[Fault]:
    """Names that two nodes share; each bears its name under one of some keys ("id" where none is given)."""
    first: dict[str, Node] = {}
    for node in nodes:
        key, name = next(((key, name) for key in keys or ("id",) if (name := node.word(key))), ("", None))
        if name is None:
            continue
        if name in first:
            problem = text(
                "{name} is already used by {place}; choose another",
                name=shown(name),
                place=dotted(first[name].path),
            )
            yield Fault(node.at(key), problem)
        first.setdefault(name, node)


def _languages(outline: Outline) -> Iterator[Fault]:
    for position, code in enumerate(outline.languages):
        if _LANGUAGE.fullmatch(code) and not is_language(code):
            problem = text("there is no language {code}; write a code such as it or en", code=shown(code))
            yield Fault(("languages", position), problem)


def _translations(outline: Outline) -> Iterator[Fault]:
    """Missing and extra translations, where the languages themselves are in order."""
    if outline.languages and all(map(is_language, outline.languages)):
        for path, words in _all_words(outline.top.data, ()):
            yield from _translations_of(path, words, outline.languages)


def _all_words(value: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every object that holds one text in several languages; a scale may be called "label" too."""
    inside_scales = path == ("scales",)
    for step, entry in _steps(value):
        if isinstance(entry, dict) and step in _WORDS and not inside_scales:
            yield (*path, step), entry
        else:
            yield from _all_words(entry, (*path, step))


def _steps(value: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _translations_of(path: Path, words: dict[str, Any], languages: list[str]) -> Iterator[Fault]:
    for code in dict.fromkeys(languages):
        if code not in words:
            problem = text(
                "the text in {language} is missing; add it, or take {language} out of the languages",
                language=shown(code),
            )
            yield Fault(path, problem)
    for code in words:
        if code not in languages:
            problem = text(
                "{language} is not one of the languages; remove this text, or add {language} to them",
                language=shown(code),
            )
            yield Fault((*path, code), problem, at_key=True)


def _scales(outline: Outline) -> Iterator[Fault]:
    for scale in outline.scales.values():
        points = list(scale.objects("points"))
        for before, point in pairwise(points):
            low, high = before.number("value"), point.number("value")
            if low is not None and high is not None and high != low + 1:
                problem = text(
                    "{value} does not follow {before}; let the points rise by 1",
                    value=shown(high),
                    before=shown(low),
                )
                yield Fault(point.at("value"), problem)
        yield from _ends(scale, values_of_points(scale))


def _ends(scale: Node, values: list[int]) -> Iterator[Fault]:
    points, top = {written(value) for value in values}, {written(value) for value in scale.entries("top2")}
    for key in ("top2", "bottom2"):
        for position, value in enumerate(scale.entries(key)):
            if written(value) not in points:
                problem = text(
                    "{value} is not a point of the scale; use some of {values}",
                    value=shown(value),
                    values=listed(values),
                )
                yield Fault(scale.at(key, position), problem)
            elif key == "bottom2" and written(value) in top:
                problem = text("{value} is in top2 as well; leave it in one of them", value=shown(value))
                yield Fault(scale.at(key, position), problem)


def _scale_names(outline: Outline) -> Iterator[Fault]:
    for entry in outline.entries:
        scale, has_one = entry.word("scale"), entry.word("kind") == "scale" or "group" in entry.data
        if scale is not None and has_one and scale not in outline.scales:
            problem = text(
                "there is no scale {name}; add it to the scales, or use one of these: {names}",
                name=shown(scale),
                names=listed(outline.scales),
            )
            yield Fault(entry.at("scale"), problem)


def _items(outline: Outline) -> Iterator[Fault]:
    for item in outline.items:
        if item.word("id") in RESERVED_FOR_ITEMS:
            yield _reserved(item)
        if item.word("kind") == "number":
            yield from _bounds(item)
        if item.word("kind") == "choices":
            yield from _ticks(item)


def _bounds(item: Node) -> Iterator[Fault]:
    low, high = item.number("minimum"), item.number("maximum")
    if low is not None and high is not None and low > high:
        problem = text(
            "the minimum {low} is above the maximum {high}; exchange or mend them",
            low=shown(low),
            high=shown(high),
        )
        yield Fault(item.at("minimum"), problem)
    for key in ("minimum", "maximum"):
        value, decimals = item.number(key), item.number("decimals") or 0
        if value is not None and _decimals(value) > decimals:
            problem = text(
                "{value} has more decimals than the item takes; raise decimals, or round it",
                value=shown(value),
            )
            yield Fault(item.at(key), problem)


def _ticks(item: Node) -> Iterator[Fault]:
    """Exclusive options leave others that go together, and a maximum is a limit."""
    options = list(item.objects("options"))
    together = sum(option.data.get("exclusive") is not True for option in options)
    if len(options) >= FEWEST_OPTIONS and together < FEWEST_OPTIONS:
        problem = text(
            "at most one option goes with others; make this an item of kind choice, "
            "or leave exclusive out of the options that go together"
        )
        yield Fault(item.at("options"), problem)
        return
    most = item.number("max_choices")
    if most is not None and FEWEST_OPTIONS <= together <= most:
        problem = text(
            "{most} is no limit where only {n} options can go together; write less, or leave it out",
            most=shown(most),
            n=together,
        )
        yield Fault(item.at("max_choices"), problem)


def _decimals(value: float) -> int:
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _breakdowns(outline: Outline) -> Iterator[Fault]:
    earlier: list[str] = []
    answered = {b.word("id") for b in outline.top.objects("breakdowns") if b.word("from") == "item"} - {None}
    for breakdown in outline.top.objects("breakdowns"):
        if breakdown.word("from") == "item":
            yield from _from_item(outline, breakdown)
            continue
        name, inside = breakdown.word("id"), breakdown.word("inside")
        if inside in answered:
            problem = text(
                "{name} is what people answer, and nothing lies inside it; remove inside, "
                "or use one of these: {names}",
                name=shown(inside),
                names=listed(earlier),
            )
            yield Fault(breakdown.at("inside"), problem)
        elif inside is not None and inside not in earlier:
            problem = text(
                "there is no earlier breakdown {name}; put the outer one first, or use one of these: {names}",
                name=shown(inside),
                names=listed(earlier),
            )
            yield Fault(breakdown.at("inside"), problem)
        if name in RESERVED_FOR_BREAKDOWNS:
            yield _reserved(breakdown)
        if name in outline.by_id:
            problem = text(
                "{name} is the id of an item as well; choose another, or let the breakdown be from the item",
                name=shown(name),
            )
            yield Fault(breakdown.at("id"), problem)
        earlier += [name] if name else []


def _from_item(outline: Outline, breakdown: Node) -> Iterator[Fault]:
    """Its item is a choice that everybody is asked for; it lies inside no other breakdown."""
    yield from reference_faults(outline, breakdown, ("id",), ("choice", "choices"))
    item = outline.by_id.get(breakdown.word("id") or "")
    if item is not None and "show_if" in item.data:
        problem = text(
            "{name} is not put to everybody, so it cannot divide everybody; take show_if from the item, "
            "or use another item",
            name=shown(breakdown.word("id")),
        )
        yield Fault(breakdown.at("id"), problem)
    if "inside" in breakdown.data:
        problem = text("what people answer lies inside no other breakdown; remove inside")
        yield Fault(breakdown.at("inside"), problem, at_key=True)


def _reserved(node: Node) -> Fault:
    problem = text(
        "{name} is the name of a column of its own in the files of people and answers; choose another",
        name=shown(node.word("id")),
    )
    return Fault(node.at("id"), problem)


def _completeness(outline: Outline) -> Iterator[Fault]:
    shares = outline.top.data.get("completeness")
    if isinstance(shares, dict):
        node = Node(("completeness",), {"complete": COMPLETE, "partial": PARTIAL, **shares})
        complete, partial = node.number("complete"), node.number("partial")
        if complete is not None and partial is not None and partial > complete:
            problem = text(
                "partial {partial} is above complete {complete}; exchange or mend them",
                partial=shown(partial),
                complete=shown(complete),
            )
            yield Fault(node.at("partial"), problem)


CHECKS: tuple[Callable[[Outline], Iterator[Fault]], ...] = (
    _ids,
    _languages,
    _translations,
    _scales,
    _scale_names,
    _items,
    _breakdowns,
    cross_faults,
    _completeness,
    condition_faults,
    export_faults,
    indicator_faults,
)
