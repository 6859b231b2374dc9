"""What changed in the same people, where two panel waves of a study were linked: before the two crowds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from survey.changes import WaveChanges
from survey.changes.paired import PairedChange, PairedChanges
from survey.charts import paired_chart
from survey.definitions.model import Mean
from survey.exports.report.desk import DASH, Desk
from survey.exports.report.facts import Facts
from survey.exports.report.model import Block, Cite, Paragraph, Picture, Place, Points, Said, Table
from survey.exports.report.parts import alternative
from survey.language import text
from survey.narrative.comparison import VERDICTS
from survey.narrative.paired import (
    asked,
    linked_sentence,
    moves_sentence,
    number_sentence,
    options_sentence,
    paired_cautions,
    paired_sentence,
)
from survey.narrative.reasons import reason_text
from survey.narrative.words import figure_label

STUDY = "study"
"""What a report calls the chart of the same people in two waves."""
BEYOND = ("higher", "lower")
IN_SHORT = {
    "higher": text("In the people who answered both waves, higher than chance can explain: {names}."),
    "lower": text("In the people who answered both waves, lower than chance can explain: {names}."),
}
PAIRED: Place = ("paired",)


@dataclass(frozen=True)
class Changed:
    """One dimension or question on a scale whose change is shown: its name, its figures, their place."""

    name: str
    one: PairedChange
    where: Place


def paired_blocks(facts: Facts, desk: Desk) -> Iterator[Block]:
    """The change of those who answered both waves; nothing where the two were not linked."""
    found, t = facts.paired, desk.t
    if found is None:
        return
    linked = desk.tied(linked_sentence(found, t), (*PAIRED, "linked"))
    yield Paragraph((linked, *(Said(one) for one in paired_cautions(t))))
    if shown := _shown(found, desk):
        yield from _standing_out(found, shown, desk)
        alt = alternative(paired_chart(found, t), t, table=True)
        yield Picture(STUDY, None, Said(t("The same people in the two waves")), alt, found.release.earlier)
        yield _table(found, shown, desk)
    if others := tuple(Paragraph((one,)) for one in _others(found, desk)):
        yield Points(others)


def _shown(found: PairedChanges, desk: Desk) -> list[Changed]:
    """The dimensions, then the questions on a scale, whose change is shown."""
    of, t = found.questionnaire, desk.t
    every = [
        *(
            Changed(figure_label(path, of, t), one, (*PAIRED, "dimensions", "/".join(path)))
            for path, one in found.dimensions.items()
        ),
        *(
            Changed(t.choose(of.item(name).text), one, (*PAIRED, "items", name))
            for name, one in found.items.items()
        ),
    ]
    return [one for one in every if one.one.difference is not None]


def _others(found: PairedChanges, desk: Desk) -> Iterator[Said]:
    """Numbers, several choices and single choices, as far as they are shown."""
    of, threshold, t = found.questionnaire, found.release.threshold, desk.t
    for name, change in found.numbers.items():
        if change.n is not None:
            said = number_sentence(of.item(name), change, threshold, t)
            yield desk.tied(said, (*PAIRED, "numbers", name))
    for name, told in found.options.items():
        if any(one.n is not None for one in told.values()):
            said = options_sentence(of.item(name), told, threshold, t)
            yield desk.tied(said, (*PAIRED, "options", name))
    for name, moves in found.moves.items():
        if moves.n is not None:
            said = moves_sentence(asked(of.item(name), t), moves, threshold, t)
            yield desk.tied(said, (*PAIRED, "moves", name))


def _standing_out(found: PairedChanges, shown: list[Changed], desk: Desk) -> Iterator[Block]:
    """The changes that chance does not explain, one by one; the others stand in the table."""
    threshold = found.release.threshold
    beyond = [one for one in shown if one.one.verdict in BEYOND]
    judged = [one for one in shown if one.one.verdict]
    if beyond:
        said = (paired_sentence(one.name, one.one, threshold, desk.t) for one in beyond)
        tied = (desk.tied(words, one.where) for words, one in zip(said, beyond, strict=True))
        yield Points(tuple(Paragraph((one,)) for one in tied))
    if judged and not beyond:
        yield Paragraph((Said(desk.t("None of the changes is larger than can be explained by chance.")),))
    elif len(judged) > len(beyond):
        yield Paragraph((Said(desk.t("The other changes are too close to call.")),))


def _table(found: PairedChanges, shown: list[Changed], desk: Desk) -> Table:
    """Of each dimension and question the change with its interval, how many each way, and n."""
    t = desk.t
    header = (t("Figure"), t("Mean change"), t("95% interval"), t("Improved, the same, worsened"),
              t("Answers"), t("Chance"))  # fmt: skip
    rows = tuple((Said(one.name), *_cells(one.one, one.where, desk)) for one in shown)
    notes = [Said(t("Change: mean of the differences in the same people, in points of the scale."))]
    if len(found.dimensions) + len(found.items) > len(shown):
        notes.append(
            desk.plural("{n} more figure cannot be shown beside the results of the two waves.",
                        "{n} more figures cannot be shown beside the results of the two waves.",
                        Cite("count", ((*PAIRED, "withheld"),)))
        )  # fmt: skip
    caption = Said(t("Changes in the people who answered both waves"))
    return Table(caption, tuple(desk.tied(one) for one in header), rows, tuple(notes))


def _cells(one: PairedChange, where: Place, desk: Desk) -> tuple[Said, ...]:
    verdict = VERDICTS.get(one.verdict or "") or (reason_text(one.reason) if one.reason else None)
    interval = Said(DASH)
    if one.interval is not None:
        low, high = (Cite("difference", ((*where, "interval", end),)) for end in ("0", "1"))
        interval = desk.say("{low} to {high}", low=low, high=high)
    ways = {way: Cite("count", ((*where, way),)) for way in ("improved", "same", "worsened")}
    return (
        desk.cell("difference", (*where, "difference")),
        interval,
        desk.say("{improved} / {same} / {worsened}", **ways),
        desk.cell("count", (*where, "n")),
        desk.tied(desk.t(verdict) if verdict else DASH),
    )


def paired_in_short(facts: Facts, desk: Desk) -> tuple[Paragraph, ...]:
    """The change of the same people in one paragraph for the summary; nothing without one."""
    found, t = facts.paired, desk.t
    judged = [one for one in _shown(found, desk) if one.one.verdict] if found else []
    if found is None or not judged:
        return ()
    names: dict[str, list[str]] = {way: [] for way in VERDICTS}
    for one in judged:
        names[str(one.one.verdict)].append(t("“{option}”", option=one.name))
    said = [t(IN_SHORT[way].message, names=t.listing(names[way])) for way in BEYOND if names[way]]
    if not said:
        said.append(t("In the people who answered both waves, no change is larger than can be explained by "
                      "chance."))  # fmt: skip
    return (Paragraph(tuple(map(Said, said))),)


def of_crowds(facts: Facts) -> WaveChanges | None:
    """The comparison of all who answered either wave, without what the same people tell better.

    That are the dimensions, and the means of questions, whose change in the same people is shown.
    """
    paired = facts.paired
    if facts.changes is None or paired is None:
        return facts.changes
    told = {path for path, one in paired.dimensions.items() if one.difference is not None}
    items = {name for name, one in paired.items.items() if one.difference is not None}
    told |= {(i.id,) for i in facts.questionnaire.indicators if isinstance(i, Mean) and i.item in items}
    left = {path: one for path, one in facts.changes.indicators.items() if path not in told}
    return replace(facts.changes, indicators=left)


def paired_tests(facts: Facts, desk: Desk) -> Table | None:
    """For the appendix: p of every test on the same people; None without linked waves."""
    found, t = facts.paired, desk.t
    rows = tuple(_tested(found, desk)) if found else ()
    if not rows:
        return None
    header = (t("Figure"), t("p"), t("p, adjusted (Holm)"), t("p, signed ranks"), t("Changed"),
              t("Unchanged, dropped"))  # fmt: skip
    notes = (
        Said(t("p: paired t test; of options the exact test of McNemar. Adjusted over all questions and "
               "options, and over all dimensions.")),
    )  # fmt: skip
    return Table(Said(t("Tests of the change in the same people")), tuple(map(Said, header)), rows, notes)


def _tested(found: PairedChanges, desk: Desk) -> Iterator[tuple[Said, ...]]:
    """A row for each dimension, question, number and option that was tested."""
    of, t = found.questionnaire, desk.t
    places = [(one.name, one.where) for one in _shown(found, desk)]
    places += [(t.choose(of.item(name).text), (*PAIRED, "numbers", name)) for name in found.numbers]
    for name, told in found.options.items():
        words, labels = t.choose(of.item(name).text), of.item(name).labels
        places += [
            (f"{words}: {t.choose(labels[option])}", (*PAIRED, "options", name, option)) for option in told
        ]
    for name, where in places:
        if desk.value((*where, "p")) is not None:
            ranks = (("p", "p"), ("count", "changed"), ("count", "zeros"))
            yield (
                Said(name),
                *(desk.cell("p", (*where, key)) for key in ("p", "p_holm")),
                *(desk.cell(form, (*where, "wilcoxon", key)) for form, key in ranks),
            )
