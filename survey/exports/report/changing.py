"""What changed since the baseline, in the words that the comparison has; or that there is none."""

from collections.abc import Iterator

from survey.changes import Change, WaveChanges
from survey.charts import changes_chart
from survey.definitions.model import Profile, StatusChange
from survey.exports.report.desk import DASH, Desk
from survey.exports.report.facts import Facts
from survey.exports.report.model import Block, Cite, Paragraph, Picture, Place, Points, Said, Section, Table
from survey.exports.report.pairing import of_crowds, paired_blocks, paired_in_short
from survey.exports.report.parts import alternative
from survey.indicators.measures import Path
from survey.language import Language
from survey.narrative.changes import (
    broken_sentence,
    cautions,
    change_label,
    change_sentence,
    composition_sentence,
    within_sentence,
)
from survey.narrative.comparison import VERDICTS
from survey.narrative.reasons import reason_text

PERCEIVED = (Profile, StatusChange)
"""Kinds of indicator that tell of a change which was asked once."""
BEYOND = ("higher", "lower")
"""Verdicts of differences that chance does not explain."""


def compared(facts: Facts, desk: Desk) -> Section:
    """The section of the comparison with the baseline."""
    t = desk.t
    title = t("Comparison with the baseline")
    found = of_crowds(facts)
    if found is None:
        return Section("changes", title, (Paragraph(tuple(map(Said, _alone(facts, desk)))),))
    if not found.has_baseline:
        title = t("Comparison with an earlier wave")
    return Section("changes", title, tuple(_blocks(facts, found, desk)))


def _alone(facts: Facts, desk: Desk) -> Iterator[str]:
    t = desk.t
    if facts.results.phase == "baseline":
        yield t("This wave is itself the baseline: later waves of the questionnaire can be compared with it.")
        return
    yield t("No earlier wave of this questionnaire is known as its baseline, so that nothing is compared.")
    of = facts.questionnaire
    if of.audience == "beneficiary" and any(isinstance(one, PERCEIVED) for one in of.indicators):
        yield t("The changes that this report tells are perceived changes: those who answered looked back.")


def _blocks(facts: Facts, found: WaveChanges, desk: Desk) -> Iterator[Block]:
    """The change of the same people first, where two waves were linked; then that of the two crowds."""
    t, labels = desk.t, _breakdowns(found, desk)
    earlier = t.choose(found.earlier.results.title)
    compared = desk.say(
        "Compared with the wave “{title}” ({wave}), closed on {day}.",
        title=earlier, wave=found.earlier.results.wave, day=Cite("day", (("changes", "closed"),)),
    )  # fmt: skip
    if facts.paired is not None:
        yield Paragraph((compared,))
        yield from paired_blocks(facts, desk)
        compared = Said(t("The following figures compare all who answered either wave."))
    if facts.paired is None or found.indicators:
        yield Paragraph((compared, *map(Said, cautions(found, t))))
    if found.indicators:
        yield from _standing_out(found, labels, desk)
        chart = changes_chart(found, t)
        yield Picture("changes", None, Said(t("Changes between the two waves")),
                      alternative(chart, t, table=True), found.earlier.results.wave)  # fmt: skip
        yield _table(found, desk)
    if found.compositions:
        yield Paragraph(tuple(
            desk.tied(composition_sentence(mix, labels[mix.breakdown], t),
                      ("changes", "compositions", mix.breakdown))
            for mix in found.compositions
        ))  # fmt: skip
    if found.broken:
        yield Points(tuple(
            Paragraph((Said(broken_sentence(path, items, found.later, t)),))
            for path, items in found.broken.items()
        ))  # fmt: skip


def _standing_out(found: WaveChanges, labels: dict[str, str], desk: Desk) -> Iterator[Block]:
    """The differences that chance does not explain, one by one; the others stand in the table."""
    beyond = [path for path, change in found.indicators.items() if change.verdict in BEYOND]
    if beyond:
        yield Points(tuple(Paragraph((_change(path, found, labels, desk),)) for path in beyond))
    judged = [change for change in found.indicators.values() if change.verdict]
    if judged and not beyond:
        yield Paragraph((Said(desk.t("None of the differences is larger than can be explained by chance.")),))
    elif len(judged) > len(beyond):
        yield Paragraph((Said(desk.t("The other differences are too close to call.")),))


def _breakdowns(found: WaveChanges, desk: Desk) -> dict[str, str]:
    return {one.id: desk.t.choose(one.label) for one in found.later.questionnaire.breakdowns}


def _place(path: Path) -> Place:
    return ("changes", "indicators", "/".join(path))


def _change(path: Path, found: WaveChanges, labels: dict[str, str], desk: Desk) -> Said:
    change, t = found.indicators[path], desk.t
    said = [change_sentence(change_label(path, found.later.questionnaire, t), change, t)]
    said += [within_sentence(change, mix, labels[mix.breakdown], t) for mix in found.compositions]
    return desk.tied(" ".join(filter(None, said)), _place(path))


def _table(found: WaveChanges, desk: Desk) -> Table:
    t = desk.t
    header = (t("Figure"), t("Earlier"), t("Later"), t("Difference"), t("95% interval"), t("Chance"))
    rows = tuple(
        (Said(change_label(path, found.later.questionnaire, t)), *_cells(change, _place(path), desk))
        for path, change in found.indicators.items()
    )
    note = Said(t("Differences of shares are in percentage points; in brackets, the number of answers."))
    return Table(Said(t("Figures of both waves")), tuple(desk.tied(one) for one in header), rows, (note,))


def _cells(change: Change, where: Place, desk: Desk) -> tuple[Said, ...]:
    form, differs = ("percent", "points") if change.unit == "share" else ("exact", "difference")
    both = (_counted(desk, where, side, form) for side in ("earlier", "later"))
    said = VERDICTS.get(change.verdict or "") or (reason_text(change.reason) if change.reason else None)
    interval = Said(DASH)
    if change.interval is not None:
        low, high = (Cite(differs, ((*where, "interval", end),)) for end in ("0", "1"))
        interval = desk.say("{low} to {high}", low=low, high=high)
    return (
        *both,
        desk.cell(differs, (*where, "difference")),
        interval,
        desk.tied(desk.t(said) if said else DASH),
    )


def _counted(desk: Desk, where: Place, side: str, form: str) -> Said:
    value = desk.cell(form, (*where, side))
    n = Cite("count", ((*where, f"n_{side}"),))
    return value if value.text == DASH else desk.say("{value} ({n})", value=value, n=n)


def changes_in_short(facts: Facts, desk: Desk) -> tuple[Paragraph, ...]:
    """The comparison in one sentence for the summary; nothing without one."""
    found, t = of_crowds(facts), desk.t
    together = paired_in_short(facts, desk)
    if found is None or not found.indicators:
        return together
    names: dict[str, list[str]] = {verdict: [] for verdict in VERDICTS}
    for path, change in found.indicators.items():
        if change.verdict:
            named = t("“{option}”", option=change_label(path, found.later.questionnaire, t))
            names[change.verdict].append(named)
    if not any(names.values()):
        return together
    title = t.choose(found.earlier.results.title)
    higher, lower = (t.listing(names[verdict]) for verdict in BEYOND)
    return (
        *together,
        Paragraph((Said(_in_short(title, higher, lower, bool(names["too_close"]), t)),)),
    )


def _in_short(title: str, higher: str, lower: str, others: bool, t: Language) -> str:
    """What rose and what fell since the earlier wave."""
    said = []
    if higher:
        said.append(t("Compared with “{title}”, higher than can be explained by chance: {names}.",
                      title=title, names=higher))  # fmt: skip
    if lower:
        said.append(t("Compared with “{title}”, lower than can be explained by chance: {names}.",
                      title=title, names=lower))  # fmt: skip
    if not said:
        return t("Compared with “{title}”, none of the differences is larger than can be explained "
                 "by chance.",
                 title=title)  # fmt: skip
    return " ".join([*said, *([t("The other differences are too close to call.")] if others else [])])
