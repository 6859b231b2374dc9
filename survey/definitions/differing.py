"""What makes an item another one: each way in which two versions of it can differ, as a function.

All take (before, after, the languages of both versions) and give Differences; PARTS lists them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

from survey.definitions.model import AllOf, AnyOf, Condition, Item, Words
from survey.definitions.problems import listed, shown
from survey.language import Text, text


class Change(StrEnum):
    """The kinds of break."""

    KIND = "kind"
    WORDING = "wording"
    HELP = "help"
    OPTIONS = "options"
    SCALE = "scale"
    NOT_APPLICABLE = "not_applicable"
    RANGE = "range"
    UNIT = "unit"
    MAXIMUM = "maximum"
    CONDITION = "condition"
    REVERSED = "reversed"


@dataclass(frozen=True)
class Difference:
    """One thing that differs between two versions of an item; `text` is a clause that says it."""

    change: Change
    text: Text


Languages = tuple[str, ...]
Part = Callable[[Item, Item, Languages], Iterator[Difference]]


def _kind(before: Item, after: Item, _languages: Languages) -> Iterator[Difference]:
    if before.kind is not after.kind:
        was, now = before.kind.value, after.kind.value
        yield Difference(Change.KIND, text("the kind was {before} and is {after}", before=was, after=now))


_TEXTS: tuple[tuple[Change, Text, Callable[[Item], Words | None]], ...] = (
    (Change.WORDING, text("the text"), lambda item: item.text),
    (Change.WORDING, text("the text of its group"), lambda item: item.group.text if item.group else None),
    (Change.HELP, text("the help"), lambda item: item.help),
    (Change.HELP, text("the help of its group"), lambda item: item.group.help if item.group else None),
    (Change.NOT_APPLICABLE, text("the answer apart"), lambda item: item.not_applicable),
    (Change.UNIT, text("the unit"), lambda item: item.unit),
)
"""The texts of an item: what kind of break a change is, what the text is called, where it stands."""


def _texts(before: Item, after: Item, languages: Languages) -> Iterator[Difference]:
    for change, name, of in _TEXTS:
        for clause in _words(name, of(before), of(after), languages):
            yield Difference(change, clause)


def _words(
    name: Text | str, before: Words | None, after: Words | None, languages: Languages
) -> Iterator[Text]:
    """A clause for each language in which a text reads differently, or one where it came or went."""
    if before is None or after is None:
        if before is not after:
            said = text("{what} was added", what=name), text("{what} was removed", what=name)
            yield said[after is None]
        return
    for code in languages:
        was, now = as_read(before[code]), as_read(after[code])
        if was != now:
            yield text(
                "{what} ({language}) was {before} and is {after}",
                what=name, language=code, before=shown(around(was, now)), after=shown(around(now, was)),
            )  # fmt: skip


def as_read(words: str) -> str:
    """A text as a page shows it: any blanks as one, an accent however it is encoded."""
    return " ".join(normalize("NFC", words).split())


def around(words: str, other: str) -> str:
    """The part of a text in which it differs from another one, with two words around it."""
    mine, others = words.split(), other.split()
    first = 0
    while first < min(len(mine), len(others)) and mine[first] == others[first]:
        first += 1
    last = 0
    while last < min(len(mine), len(others)) - first and mine[-1 - last] == others[-1 - last]:
        last += 1
    start, end = max(0, first - 2), min(len(mine), len(mine) - last + 2)
    return ("… " if start else "") + " ".join(mine[start:end]) + (" …" if end < len(mine) else "")


def _answers(before: Item, after: Item, languages: Languages) -> Iterator[Difference]:
    """The points of a scale or the options of a choice: which there are, in what order, how they read."""
    if before.kind is not after.kind or not before.codes:
        return
    change = Change.SCALE if before.scale else Change.OPTIONS
    gone, new = _missing(before.labels, after.labels), _missing(after.labels, before.labels)
    if gone:
        yield Difference(change, text("removed: {values}", values=listed(gone)))
    if new:
        yield Difference(change, text("added: {values}", values=listed(new)))
    if [code for code in before.codes if code in after.labels] != [
        code for code in after.codes if code in before.labels
    ]:
        yield Difference(change, text("the options stand in another order"))
    for code, label in after.labels.items():
        name = text("the label of {value}", value=shown(code))
        for clause in _words(name, before.labels.get(code, label), label, languages):
            yield Difference(change, clause)


def _missing(labels: Mapping[str, Words], among: Mapping[str, Words]) -> list[str]:
    return [code for code in labels if code not in among]


def _exclusive(before: Item, after: Item, _languages: Languages) -> Iterator[Difference]:
    was = {option.value: option.exclusive for option in before.options}
    for option in after.options:
        if was.get(option.value, option.exclusive) is not option.exclusive:
            said = (
                text("{value} may go with other options", value=shown(option.value)),
                text("{value} goes with no other option any more", value=shown(option.value)),
            )
            yield Difference(Change.OPTIONS, said[option.exclusive])


def _range(before: Item, after: Item, _languages: Languages) -> Iterator[Difference]:
    was = before.minimum, before.maximum, before.decimals
    now = after.minimum, after.maximum, after.decimals
    if before.kind is after.kind and was != now:
        yield Difference(
            Change.RANGE,
            text("the range was {before} and is {after}", before=_spoken(was), after=_spoken(now)),
        )


def _spoken(bounds: tuple[float, float, int]) -> Text:
    low, high, decimals = bounds
    return text("{low} to {high}, decimals: {decimals}", low=low, high=high, decimals=decimals)


def _maximum(before: Item, after: Item, _languages: Languages) -> Iterator[Difference]:
    was = before.max_choices or before.max_length
    now = after.max_choices or after.max_length
    if before.kind is after.kind and was != now:
        none = text("none")
        yield Difference(
            Change.MAXIMUM,
            text("the maximum was {before} and is {after}", before=was or none, after=now or none),
        )


def _condition(before: Item, after: Item, _languages: Languages) -> Iterator[Difference]:
    if _unordered(before.show_if) != _unordered(after.show_if):
        yield Difference(Change.CONDITION, text("it is put to other people: its condition changed"))


def _unordered(condition: Condition | None) -> object:
    """A condition as a value that is the same however its parts and values are ordered."""
    if isinstance(condition, AllOf | AnyOf):
        return type(condition), frozenset(_unordered(part) for part in condition.parts)
    if condition is None:
        return None
    return condition.item, condition.operator, frozenset(condition.codes), condition.least


def _reversed(before: Item, after: Item, _languages: Languages) -> Iterator[Difference]:
    if before.reversed is not after.reversed:
        said = (
            text("its values are no longer turned round in a dimension"),
            text("its values are now turned round in a dimension"),
        )
        yield Difference(Change.REVERSED, said[after.reversed])


PARTS: tuple[Part, ...] = (
    _kind, _texts, _answers, _exclusive, _range, _maximum, _condition, _reversed,
)  # fmt: skip
