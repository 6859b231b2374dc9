"""All questions, as they were asked: scales by section, options, numbers."""

from collections.abc import Iterator

from survey.definitions.model import Item, Kind
from survey.exports.report.desk import DASH, Desk
from survey.exports.report.model import Block, Cite, Place, Said, Section, Table
from survey.exports.report.parts import answers_cell, picture, star_notes
from survey.narrative.words import AS_COUNTS

CHOSEN = (Kind.CHOICE, Kind.CHOICES)


def questions(desk: Desk) -> Iterator[Section]:
    """The section of all questions; nothing where none has an answer that can be tabled."""
    t = desk.t
    blocks: list[Block] = []
    if any(item.scale and _place(item) for item in desk.questionnaire.items):
        blocks += picture(desk, "items", Said(t("All questions on a scale")))
    for section in desk.questionnaire.sections:
        blocks += _scales(desk, section.items, t.choose(section.title))
    blocks += (
        _options(desk, item)
        for item in desk.questionnaire.items
        if item.kind in CHOSEN and desk.value((*_place(item), "n")) and desk.value((*_place(item), "counts"))
    )
    if blocks:
        yield Section("appendix-questions", t("All questions"), tuple(blocks))


def _place(item: Item) -> Place:
    return ("results", "items", item.id)


def _scales(desk: Desk, items: tuple[Item, ...], title: str) -> Iterator[Table]:
    """The scale items of one section."""
    t = desk.t
    rows = tuple(_scale(desk, item) for item in items if item.kind is Kind.SCALE)
    if all(row[1].withheld for row in rows):
        return
    header = (t("Question"), t("Answers"), t("Mean"), t("95% interval"), t("Two highest"), t("Two lowest"))
    notes = list(star_notes(desk, [row[1] for row in rows]))
    if any(item.reversed for item in items):
        notes.append(Said(t("(r): low answers are the favourable ones; the figures are those of the answers "
                            "as they were given.")))  # fmt: skip
    yield Table(Said(title), tuple(map(desk.tied, header)), rows, tuple(notes))


def _scale(desk: Desk, item: Item) -> tuple[Said, ...]:
    where = _place(item)
    asked = desk.t.choose(item.text) + (" (r)" if item.reversed else "")
    reason = desk.value((*where, "reason"))
    if reason:
        return (Said(asked), desk.withheld(reason), *[Said(DASH)] * 4)
    return (
        Said(asked),
        answers_cell(desk, where),
        desk.cell("exact", (*where, "mean")),
        desk.interval("exact", (*where, "interval")),
        _share(desk, where, "top2"),
        _share(desk, where, "bottom2"),
    )


def _share(desk: Desk, where: Place, key: str) -> Said:
    counts = ((*where, key, "count"), (*where, key, "n"))
    if desk.value(counts[0]) is None or not desk.value(counts[1]):
        return Said(DASH)
    if desk.value((*where, "presentation")) in AS_COUNTS:
        return desk.say("{count} of {n}", count=Cite("count", counts[:1]), n=Cite("count", counts[1:]))
    return desk.cell("part", *counts)


def _options(desk: Desk, item: Item) -> Table:
    """How often each option was chosen."""
    t, where = desk.t, _place(item)
    few = desk.value((*where, "presentation")) in AS_COUNTS
    n = (*where, "n")
    header = (Said(t("Answer")), Said(t("How many")), *([] if few else [Said(t("Share"))]))
    rows = tuple(
        (
            Said(t.choose(label)),
            desk.cell("count", (*where, "counts", code)),
            *([] if few else [desk.cell("part", (*where, "counts", code), n)]),
        )
        for code, label in item.labels.items()
    )
    notes = [desk.plural("{n} valid answer.", "{n} valid answers.", Cite("count", (n,)))]
    if item.kind is Kind.CHOICES:
        whole = t("Several answers were possible; shares are of all who answered.")
        notes.append(Said(t("Several answers were possible.") if few else whole))
    return Table(Said(t.choose(item.text)), header, rows, tuple(notes))
