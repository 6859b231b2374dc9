"""The page of a whole wave as values, in the order in which an evaluator reads. Pure.

Response; main figures; each section of the questionnaire with its questions; dimensions; rankings;
numbers, which are the measures of organizations.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from survey.charts.crossing import crossings
from survey.definitions.model import (
    JointShare,
    Mean,
    Profile,
    Questionnaire,
    Ranking,
    Recommendation,
    Section,
    Share,
    StatusChange,
    Summary,
)
from survey.indicators.model import Results
from survey.language import Language, Text, text
from survey.web.evaluators.blocks import Block, indicator_block, item_block, response_block
from survey.web.evaluators.item_tables import section_table
from survey.web.evaluators.pictures import Picture, picture
from survey.web.evaluators.words import Table


@dataclass(frozen=True)
class Part:
    """A part of a page under a heading: its blocks, what there is to say, and what sets them side by side.

    `tables` are read by everybody, `folded` on request.
    """

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    folded: tuple[Table, ...] = ()
    picture: Picture | None = None
    notes: tuple[str, ...] = ()


MAIN: tuple[str, Text, tuple[type, ...]] = (
    "main-figures",
    text("Main figures"),
    (Mean, Share, JointShare, Recommendation, StatusChange),
)
FURTHER: tuple[tuple[str, Text, tuple[type, ...]], ...] = (
    ("dimensions", text("Dimensions"), (Profile,)),
    ("rankings", text("Rankings"), (Ranking,)),
)
NUMBERS: tuple[str, Text, tuple[type, ...]] = ("numbers", text("Numbers"), (Summary,))
OF_ORGANIZATIONS = text("Measures of the organizations")


def whole_page(results: Results, questionnaire: Questionnaire, t: Language) -> tuple[Part, ...]:
    """Everything about the whole wave; a part without anything is left out."""
    response = response_block(results, questionnaire, t)
    parts = (
        Part("part-response", response.title, (response,)),
        _figures(*MAIN, results, questionnaire, t),
        _at_a_glance(results, questionnaire, t),
        *(_section(one, results, questionnaire, t) for one in questionnaire.sections),
        *(_figures(*row, results, questionnaire, t) for row in kinds_behind(questionnaire)),
    )
    return tuple(part for part in parts if part.blocks or part.picture)


def kinds_behind(questionnaire: Questionnaire) -> Iterator[tuple[str, Text, tuple[type, ...]]]:
    """The parts of figures that stand behind the questions, each with its kinds of indicator."""
    yield from FURTHER
    name, title, kinds = NUMBERS
    yield name, OF_ORGANIZATIONS if questionnaire.audience == "organization" else title, kinds


def _figures(
    name: str,
    title: Text,
    kinds: tuple[type, ...],
    results: Results,
    questionnaire: Questionnaire,
    t: Language,
) -> Part:
    found = (one for one in questionnaire.indicators if isinstance(one, kinds))
    blocks = tuple(indicator_block(one, results, questionnaire, t) for one in found)
    return Part(f"part-{name}", t(title), blocks)


def _at_a_glance(results: Results, questionnaire: Questionnaire, t: Language) -> Part:
    """All questions on scales in one chart, where there are several."""
    several = sum(item.scale is not None for item in questionnaire.items) > 1
    drawn = picture(results, questionnaire, "items", t) if several else None
    return Part("part-questions", t("All questions at a glance"), picture=drawn)


def _section(section: Section, results: Results, questionnaire: Questionnaire, t: Language) -> Part:
    blocks = tuple(item_block(item, results, questionnaire, t) for item in section.items)
    table = section_table(section, results, t)
    return Part(f"section-{section.id}", t.choose(section.title), blocks, folded=(table,) if table else ())


def breakdown_links(results: Results, questionnaire: Questionnaire, t: Language) -> list[tuple[str, str]]:
    """(id, label) of every breakdown and cross that the release holds."""
    alone = [
        (breakdown.id, t.choose(breakdown.label))
        for breakdown in questionnaire.breakdowns
        if breakdown.id in results.by
    ]
    return alone + [(one.cross.id, one.title) for one in crossings(results, questionnaire, t)]
