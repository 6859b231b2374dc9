"""The tables that set groups side by side: who answered, and every figure with its number of answers."""

from collections.abc import Iterator, Sequence

from survey.definitions.model import Source
from survey.exports.report.desk import DASH, Desk
from survey.exports.report.dividing import Divided, small
from survey.exports.report.model import Block, Cite, Paragraph, Place, Said, Table
from survey.exports.report.parts import (
    answers_cell,
    is_mean,
    lettered,
    measure_place,
    name_of,
    paths_of,
    value_cell,
)
from survey.indicators.measures import Measured, Path
from survey.narrative.words import AS_COUNTS

COLUMNS = 4
"""Figures in one table of groups, beside answers and rate: as many as a page is wide."""


ARROWS = {"higher": " ↑", "lower": " ↓"}


def few_tables(desk: Desk, of: Divided) -> Iterator[Block]:
    """Response and headline figures of many groups; their dimensions are left to the files."""
    yield from responses(desk, of)
    alone = [(path, one) for path, one in paths_of(desk).items() if len(path) == 1]
    yield from _measures(desk, of, alone, desk.t("Figures by {breakdown}", breakdown=small(of.label)))
    if len(alone) < len(paths_of(desk)):
        said = desk.t("The dimensions of so many groups are on the wave’s page and in its files.")
        yield Paragraph((Said(said),), "note")


def all_tables(desk: Desk, of: Divided) -> Iterator[Block]:
    """All figures of the groups, as many tables as a page's width makes necessary."""
    alone = [(path, one) for path, one in paths_of(desk).items() if len(path) == 1]
    yield from _measures(desk, of, alone, desk.t("Figures by {breakdown}", breakdown=small(of.label)))
    for profile in dict.fromkeys(path[0] for path in paths_of(desk) if len(path) > 1):
        inside = [(path, one) for path, one in paths_of(desk).items() if path[0] == profile and len(path) > 1]
        title = name_of_profile(desk, profile)
        caption = desk.t("{title}, by {breakdown}", title=title, breakdown=small(of.label))
        yield from _measures(desk, of, inside, caption)


def name_of_profile(desk: Desk, profile: str) -> str:
    """The name of a profile."""
    words = desk.questionnaire.indicator(profile).label
    return desk.t.choose(words) if words else desk.t("Profile")


def responses(desk: Desk, of: Divided) -> Iterator[Table]:
    """Invited, answers and rate of each group; nothing where only answers tell who belongs to it."""
    t = desk.t
    if of.breakdown.source is Source.ITEM:
        return
    caption = Said(t("Response by {breakdown}", breakdown=small(of.label)))
    header = (of.label, t("Invited"), t("Answers"), t("Response rate"))
    rows = tuple((row.name, *_response(desk, row.where)) for row in of.rows)
    yield Table(caption, tuple(map(Said, header)), rows)


def _response(desk: Desk, where: Place) -> tuple[Said, Said, Said]:
    start = (*where, "response")
    invited, answers = (*start, "invited"), ((*start, "complete"), (*start, "partial"))
    few = (desk.value(invited) or 0) < desk.value(("rules", "percent"))
    rate = desk.cell("share", (*start, "rr2"))
    if few and rate.text != DASH:
        rate = desk.say("{count} of {n}", count=Cite("sum", answers), n=Cite("count", (invited,)))
    return desk.cell("count", invited), desk.cell("sum", *answers), rate


def _measures(
    desk: Desk, of: Divided, figures: Sequence[tuple[Path, Measured]], caption: str
) -> Iterator[Block]:
    """Tables of the figures that are shown in one of the groups, then the names of the others."""
    empty = [path for path, _ in figures if not _shown_anywhere(desk, of, path)]
    figures = [(path, one) for path, one in figures if path not in empty]
    for start in range(0, len(figures), COLUMNS):
        some = figures[start : start + COLUMNS]
        header = (Said(of.label), *(Said(name_of(desk, path)) for path, _ in some))
        rows = tuple(
            (row.name, *(_measure(desk, measure_place(path, row.where), one) for path, one in some))
            for row in of.rows
        )
        rows, withheld = lettered(desk, rows)
        notes = [Said(desk.t("In brackets: the number of answers.")), *withheld]
        if any("*" in cell.text for row in rows for cell in row[1:]):
            notes.append(desk.tied(desk.t("* 30 to 59 answers: few, to be read with caution.")))
        if any(cell.text.endswith(("↑", "↓")) for row in rows for cell in row):
            notes.append(Said(desk.t("↑, ↓: higher or lower than can be explained by chance, compared with "
                                     "everybody else.")))  # fmt: skip
        yield Table(Said(caption), header, rows, tuple(notes))
    if empty:
        names = desk.t.listing([desk.t("“{option}”", option=name_of(desk, path)) for path in empty])
        said = desk.t("Not shown in any of these groups, so that nobody’s answers are given away: {figures}.",
                      figures=names)  # fmt: skip
        yield Paragraph((Said(said),), "note")


def _shown_anywhere(desk: Desk, of: Divided, path: Path) -> bool:
    """Whether one of the groups shows a figure."""
    places = (measure_place(path, row.where) for row in of.rows[:-1])
    return any(
        desk.value((*where, "n")) is not None and not desk.value((*where, "reason")) for where in places
    )


def _measure(desk: Desk, where: Place, figure: Measured) -> Said:
    """3.8 (338) ↑; the reason where the figure is withheld."""
    value = value_cell(desk, where, is_mean(figure), "exact")
    if not value.cites or desk.value((*where, "reason")):
        return value
    verdict = desk.value((*where, "against_rest", "verdict"))
    if desk.value((*where, "presentation")) in AS_COUNTS and not is_mean(figure):
        return value
    said = desk.say("{value} ({n})", value=value, n=answers_cell(desk, where))
    return Said(f"{said.text}{ARROWS.get(str(verdict), '')}", said.cites)
