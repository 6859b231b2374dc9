"""Questionnaire -> the sheet that is filled in by hand: questions, conditions in words, boxes to tick."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from survey.definitions.model import Condition, Group, Item, Kind, Questionnaire, Section
from survey.definitions.wording import only_if, range_of, rest, shared
from survey.language import Language, Text, text

IN_A_ROW = 5
"""Points of a scale that stand beside one another."""
LABEL_IN_A_ROW = 24
"""Characters of a label that fit below a box in such a row."""
LINES = 4
"""Lines to write a comment on."""


@dataclass(frozen=True)
class Question:
    """One question with what stands around it; `boxes` are to be ticked, `apart` stands away from them.

    `row`: the boxes stand beside one another. `blank`: a place to write, with its unit. `lines`: for words.
    """

    number: int
    text: str
    notes: tuple[str, ...]
    boxes: tuple[str, ...]
    apart: str = ""
    row: bool = False
    blank: str | None = None
    lines: int = 0


@dataclass(frozen=True)
class Block:
    """Questions that stand together: alone, or under a common text as a table with one row for each."""

    text: str
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Part:
    """A section of the questionnaire."""

    title: str
    blocks: tuple[Block, ...]


def parts(questionnaire: Questionnaire, t: Language) -> tuple[Part, ...]:
    """The whole questionnaire in one language, numbered through."""
    numbers = {item.id: number for number, item in enumerate(questionnaire.items, 1)}
    return tuple(
        Part(t.choose(section.title), tuple(_blocks(questionnaire, section, numbers, t)))
        for section in questionnaire.sections
    )


def _blocks(
    questionnaire: Questionnaire, section: Section, numbers: Mapping[str, int], t: Language
) -> Iterator[Block]:
    for group, together in groupby(section.items, lambda item: item.group):
        items = tuple(together)
        said = shared(items) if group else None
        questions = tuple(_question(questionnaire, item, numbers[item.id], said, t) for item in items)
        if group:
            yield _group(questionnaire, group, said, questions, t)
        else:
            yield from (Block("", (), (), (one,)) for one in questions)


def _group(
    questionnaire: Questionnaire,
    group: Group,
    said: Condition | None,
    questions: tuple[Question, ...],
    t: Language,
) -> Block:
    first = questions[0]
    columns = (*first.boxes, *([first.apart] if first.apart else []))
    notes = [t(only_if(questionnaire, said))] if said else []
    notes += [t.choose(group.help)] if group.help else []
    return Block(t.choose(group.text), tuple(notes), columns, questions)


def _question(
    questionnaire: Questionnaire, item: Item, number: int, said: Condition | None, t: Language
) -> Question:
    condition = rest(item, said)
    notes = [t(only_if(questionnaire, condition))] if condition else []
    notes += [t.choose(item.help)] if item.help else []
    notes += [t(one) for one in _HINTS[item.kind](item)]
    boxes = tuple(t.choose(label) for label in item.labels.values())
    required = f" ({t(text('required'))})" if item.required else ""
    return Question(
        number,
        t.choose(item.text) + required,
        tuple(notes),
        boxes,
        t.choose(item.not_applicable) if item.not_applicable else "",
        row=bool(item.scale) and _fits(boxes),
        blank=(t.choose(item.unit) if item.unit else "") if item.kind is Kind.NUMBER else None,
        lines=LINES if item.kind is Kind.TEXT else 0,
    )


def _fits(boxes: tuple[str, ...]) -> bool:
    """Whether a scale's points stand beside one another: few with short labels, or many with tiny ones."""
    inner = boxes[1:-1]
    few = len(boxes) <= IN_A_ROW and all(len(label) <= LABEL_IN_A_ROW for label in boxes)
    return few or all(len(label) <= 3 for label in inner)


def _how_many(item: Item) -> tuple[Text, ...]:
    if item.max_choices:
        return (text("Tick at most {n} boxes.", n=item.max_choices),)
    return () if item.help else (text("Tick all that apply."),)


_HINTS: Mapping[Kind, Callable[[Item], tuple[Text, ...]]] = {
    Kind.SCALE: lambda item: (),
    Kind.CHOICE: lambda item: () if item.help else (text("Tick one box."),),
    Kind.CHOICES: _how_many,
    Kind.NUMBER: lambda item: (range_of(item),),
    Kind.TEXT: lambda item: (text("At most {n} characters.", n=item.max_length),),
}
"""What a person with a pen has to know, where the question's own help does not say it."""
