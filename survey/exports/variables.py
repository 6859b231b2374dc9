"""Questionnaire + Language -> the variables of a file of answers, and the codebook as rows.

One variable is one column: an item, one option of an item of several choices (0 or 1), or a breakdown.
Cells hold codes: a scale's point and a number as numbers, a choice's and a group's code as text. What
is no answer has a code of its own, below every number that the item takes; as text it can be no option,
because an option never begins with a hyphen.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from survey.definitions.model import Item, Kind, Questionnaire, Words
from survey.exports.naming import column
from survey.language import Language, Text, text


class Level(StrEnum):
    """The levels of measurement, as statistics programs call them; texts have none."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    SCALE = "scale"
    TEXT = "text"


LEVELS: Mapping[Level, Text] = {
    Level.NOMINAL: text("nominal"),
    Level.ORDINAL: text("ordinal"),
    Level.SCALE: text("numeric"),
    Level.TEXT: text("text"),
}


class Absence(StrEnum):
    """Why a cell holds no answer."""

    NO_ANSWER = "no_answer"
    NOT_APPLICABLE = "does_not_apply"
    NOT_ASKED = "not_asked"
    NOT_SHOWN = "not_shown"


ABSENCES: Mapping[Absence, Text] = {
    Absence.NO_ANSWER: text("no answer"),
    Absence.NOT_APPLICABLE: text("does not apply"),
    Absence.NOT_ASKED: text("not asked"),
    Absence.NOT_SHOWN: text("not shown for this group"),
}
_DIGITS: Mapping[Absence, int] = {
    Absence.NO_ANSWER: 9,
    Absence.NOT_APPLICABLE: 8,
    Absence.NOT_ASKED: 7,
    Absence.NOT_SHOWN: 6,
}


@dataclass(frozen=True)
class Category:
    """A code and its label; `number` is what programs hold that can label numbers only (Stata)."""

    code: str
    label: str
    number: int


@dataclass(frozen=True)
class Variable:
    """One column.

    `item` is the id of its item or breakdown, `option` that of the option it is about. `values` are the
    codes of answers, in order (() where any number or text may stand); `absences` the codes of what is no
    answer, as far as it can occur. `decimals` of numbers; `width` is the longest text in characters.
    """

    name: str
    item: str
    label: str
    level: Level
    numeric: bool
    values: tuple[Category, ...] = ()
    absences: Mapping[Absence, Category] = field(default_factory=dict)
    option: str | None = None
    decimals: int = 0
    width: int = 0
    question: str = ""

    @property
    def missing(self) -> str | None:
        """The code of "no answer"; None for texts, whose cell is empty then."""
        return self._code(Absence.NO_ANSWER)

    @property
    def not_applicable(self) -> str | None:
        """The code of "does not apply"; None where it is not offered."""
        return self._code(Absence.NOT_APPLICABLE)

    def _code(self, absence: Absence) -> str | None:
        category = self.absences.get(absence)
        return category.code if category else None


@dataclass(frozen=True)
class GroupColumn:
    """A breakdown as a column: its id, label, and groups as (code, label); () where any name may stand."""

    id: str
    label: str
    groups: Sequence[tuple[str, str]] = ()
    width: int = 0


def variables(
    questionnaire: Questionnaire,
    t: Language,
    groups: Sequence[GroupColumn] = (),
    items: Collection[str] | None = None,
    withheld: Collection[str] = (),
) -> tuple[Variable, ...]:
    """The variables: the breakdowns, then the items in the order in which they are asked.

    `items` are the ids of those that the file holds (None: all); `withheld` those of items that are not
    shown in every group.
    """
    held = [item for item in questionnaire.items if items is None or item.id in items]
    of_items = (one for item in held for one in of_item(item, t, item.id in withheld))
    return (*map(_of_breakdown, groups), *of_items)


def _of_breakdown(of: GroupColumn) -> Variable:
    values = tuple(Category(code, label, number) for number, (code, label) in enumerate(of.groups, 1))
    width = max([of.width, *(len(value.code) for value in values)])
    return Variable(column(of.id), of.id, of.label, Level.NOMINAL, False, values, {}, width=width)


def of_item(item: Item, t: Language, withheld: bool = False) -> tuple[Variable, ...]:
    """The variable of an item, or one for each option of several choices."""
    absences = _absences(item, t, withheld)
    if item.kind is not Kind.CHOICES:
        return (_single(item, t, absences),)
    answers = (Category("0", t("not chosen"), 0), Category("1", t("chosen"), 1))
    return tuple(
        Variable(
            name=column(item.id, option.value),
            item=item.id,
            label=f"{_asked(item, t)} – {t.choose(option.label)}",
            level=Level.NOMINAL,
            numeric=True,
            values=answers,
            absences=absences,
            option=option.value,
            question=_asked(item, t),
        )
        for option in item.options
    )


_LEVELS: Mapping[Kind, Level] = {
    Kind.SCALE: Level.ORDINAL,
    Kind.CHOICE: Level.NOMINAL,
    Kind.NUMBER: Level.SCALE,
    Kind.TEXT: Level.TEXT,
}


def _single(item: Item, t: Language, absences: Mapping[Absence, Category]) -> Variable:
    asked = _asked(item, t)
    unit = f" ({t.choose(item.unit)})" if item.unit else ""
    values = tuple(_categories(item.labels, t)) if item.codes else ()
    return Variable(
        name=column(item.id),
        item=item.id,
        label=asked + unit,
        level=_LEVELS[item.kind],
        numeric=item.kind in (Kind.SCALE, Kind.NUMBER),
        values=values,
        absences=absences,
        decimals=item.decimals,
        width=item.max_length or max((len(category.code) for category in values), default=0),
        question=asked,
    )


def _asked(item: Item, t: Language) -> str:
    """An item's question; the common text of its group stands before it."""
    asked = t.choose(item.text)
    return f"{t.choose(item.group.text)} {asked}" if item.group else asked


def _categories(labels: Mapping[str, Words], t: Language) -> Iterator[Category]:
    """Codes with their labels; those that are whole numbers keep them, others are numbered from 1."""
    own = all(_is_whole(code) for code in labels)
    for position, (code, label) in enumerate(labels.items(), 1):
        yield Category(code, t.choose(label), int(code) if own else position)


def _is_whole(code: str) -> bool:
    """Whether a code is a whole number as it is written, `07` and `+7` not."""
    digits = code.removeprefix("-")
    return digits.isascii() and digits.isdigit() and str(int(code)) == code


def _absences(item: Item, t: Language, withheld: bool) -> Mapping[Absence, Category]:
    if item.kind is Kind.TEXT:
        return {}
    possible = {
        Absence.NO_ANSWER: True,
        Absence.NOT_APPLICABLE: item.not_applicable is not None,
        Absence.NOT_ASKED: item.show_if is not None,
        Absence.NOT_SHOWN: withheld,
    }
    lowest = _lowest(item)
    return {
        absence: Category(str(number), _absent(absence, item, t), number)
        for absence, number in ((a, _beneath(lowest, digit)) for a, digit in _DIGITS.items())
        if possible[absence]
    }


def _absent(absence: Absence, item: Item, t: Language) -> str:
    if absence is Absence.NOT_APPLICABLE and item.not_applicable:
        return t.choose(item.not_applicable)
    return t(ABSENCES[absence])


def _lowest(item: Item) -> float:
    """The lowest number that an answer can be."""
    return item.scale.lowest if item.scale else item.minimum


def _beneath(lowest: float, digit: int) -> int:
    """-9, -8, ... where they are below every answer; else -99, -98, ... and so on."""
    whole = 10
    while lowest <= -(whole - 4):
        whole *= 10
    return -(whole - 10 + digit)


def codebook(held: Iterable[Variable], t: Language) -> Iterator[tuple[str, ...]]:
    """The codebook as rows, the header first: a row for each variable, and one for each of its codes."""
    yield tuple(map(t, HEADER))
    for variable in held:
        yield (variable.name, variable.label, t(LEVELS[variable.level]), "", "", "", "")
        for category in variable.values:
            stata = "" if variable.numeric else str(category.number)
            yield (variable.name, "", "", category.code, category.label, t("answer"), stata)
        for absence, category in variable.absences.items():
            yield (variable.name, "", "", category.code, category.label, t("no answer"), STATA[absence])


HEADER = (
    text("Variable"),
    text("Label"),
    text("Level of measurement"),
    text("Code"),
    text("Label of the code"),
    text("Kind of code"),
    text("In Stata"),
)
STATA: Mapping[Absence, str] = {
    Absence.NO_ANSWER: ".",
    Absence.NOT_APPLICABLE: ".a",
    Absence.NOT_ASKED: ".b",
    Absence.NOT_SHOWN: ".c",
}
"""How Stata, which labels numbers only, writes what is no answer."""
