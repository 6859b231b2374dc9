"""The same people in two waves: for each question how many worsened, stayed the same and improved."""

from datetime import datetime

from survey.changes.paired import PairedChange, PairedChanges
from survey.charts.asking import NOTHING
from survey.charts.likert import axis
from survey.charts.model import Chart, Mark, Panel, Row, Table
from survey.language import Language
from survey.narrative.comparison import VERDICTS
from survey.narrative.paired import linked_sentence, paired_cautions, paired_sentence, wilcoxon_said
from survey.narrative.reasons import reason_text


def paired_chart(found: PairedChanges, t: Language) -> Chart:
    """Every question on a scale, as bars of the people who changed either way or not."""
    release = found.release
    named = paired_labels(found, t)
    title = t("The same people in two waves")
    subtitle = t("{earlier} → {later}", earlier=release.earlier, later=release.later)
    notes = (
        t("Bar: all people who answered the question in both waves. Change: mean, in points of the scale."),
        *paired_cautions(t),
    )
    said = (paired_sentence(name, change, release.threshold, t) for name, change in named)
    return Chart(
        language=t.code,
        title=title,
        subtitle=subtitle,
        caption=linked_sentence(found, t),
        panels=(_panel(named, release.threshold, t),),
        notes=notes,
        source=t(
            "Source: study {study}, wave {later} closed {day}, questionnaire {questionnaire}.",
            study=release.study, later=release.later, questionnaire=release.questionnaire,
            day=t.day(datetime.fromisoformat(release.closed).date()),
        ),
        description=" ".join([f"{title}. {subtitle}.", linked_sentence(found, t), *said, *notes]),
        table=paired_table(found, t),
        synthetic=t("Synthetic data") if release.synthetic else "",
    )  # fmt: skip


Named = list[tuple[str, PairedChange]]


def paired_labels(found: PairedChanges, t: Language) -> Named:
    """The questions on a scale with what they ask."""
    return [(t.choose(found.questionnaire.item(name).text), change) for name, change in found.items.items()]


def _panel(named: Named, threshold: int, t: Language) -> Panel:
    rows = tuple(_row(name, change, threshold, t) for name, change in named)
    return Panel(
        Mark.STACKED,
        rows,
        axis(rows, t),
        columns=(t("change"), t("n")),
        legend=(t("worsened"), t("the same"), t("improved")),
    )


def _row(name: str, change: PairedChange, threshold: int, t: Language) -> Row:
    if change.difference is None or not change.n:
        return Row(name, withheld=t(reason_text(change.reason, threshold)) if change.reason else NOTHING)
    parts = (change.worsened or 0, change.same or 0, change.improved or 0)
    return Row(
        name,
        tuple(part / change.n for part in parts),
        tuple(t.number(part) for part in parts),
        (t.signed(change.difference, 2), t.number(change.n)),
    )


def paired_table(found: PairedChanges, t: Language) -> Table:
    """Question, change with interval, what may be said of it, how many each way, n, signed-rank test."""
    header = (
        t("question"), t("change"), t("interval (95%)"), t("chance"), t("improved"), t("the same"),
        t("worsened"), t("n"), t("signed-rank test"),
    )  # fmt: skip
    threshold = found.release.threshold
    rows = ((name, *_cells(change, threshold, t)) for name, change in paired_labels(found, t))
    return Table(header, tuple(rows))


def _cells(change: PairedChange, threshold: int, t: Language) -> tuple[str, ...]:
    why = t(reason_text(change.reason, threshold)) if change.reason else NOTHING
    if change.difference is None or change.n is None:
        return (NOTHING, NOTHING, why, *[NOTHING] * 5)
    interval = NOTHING
    if change.interval is not None:
        low, high = (t.signed(end, 2) for end in change.interval)
        interval = t("{low} to {high}", low=low, high=high)
    counts = (change.improved or 0, change.same or 0, change.worsened or 0, change.n)
    return (
        t.signed(change.difference, 2), interval,
        t(VERDICTS[change.verdict]) if change.verdict else why,
        *map(t.number, counts), wilcoxon_said(change.wilcoxon, t),
    )  # fmt: skip
