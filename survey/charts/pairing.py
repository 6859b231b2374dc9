"""The same people in two waves: by dimension and question how many worsened, stayed the same, improved."""

from datetime import datetime

from survey.changes.paired import PairedChange, PairedChanges, Ticked
from survey.charts.asking import NOTHING
from survey.charts.likert import axis
from survey.charts.model import Chart, Mark, Panel, Row, Table
from survey.language import Language
from survey.narrative.comparison import VERDICTS
from survey.narrative.paired import linked_sentence, paired_cautions, paired_sentence, wilcoxon_said
from survey.narrative.reasons import reason_text
from survey.narrative.words import figure_label


def paired_chart(found: PairedChanges, t: Language) -> Chart:
    """Dimensions and questions on a scale, as bars of the people who changed either way or not."""
    release = found.release
    dimensions, questions = dimension_labels(found, t), question_labels(found, t)
    title = t("The same people in two waves")
    subtitle = t("{earlier} → {later}", earlier=release.earlier, later=release.later)
    notes = (
        t("Bar: all people who answered the question in both waves. Change: mean, in points of the scale."),
        *paired_cautions(t),
    )
    said = (paired_sentence(name, change, release.threshold, t) for name, change in (*dimensions, *questions))
    return Chart(
        language=t.code,
        title=title,
        subtitle=subtitle,
        caption=linked_sentence(found, t),
        panels=tuple(
            _panel(named, found, title, t)
            for title, named in ((t("Dimensions"), dimensions), (t("Questions"), questions))
            if named
        ),
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


def dimension_labels(found: PairedChanges, t: Language) -> Named:
    """The dimensions by name."""
    return [(figure_label(path, found.questionnaire, t), one) for path, one in found.dimensions.items()]


def question_labels(found: PairedChanges, t: Language) -> Named:
    """The questions on a scale with what they ask."""
    return [(t.choose(found.questionnaire.item(name).text), change) for name, change in found.items.items()]


def _panel(named: Named, found: PairedChanges, title: str, t: Language) -> Panel:
    rows = tuple(_row(name, change, found.release.threshold, t) for name, change in named)
    return Panel(
        Mark.STACKED,
        rows,
        axis(rows, t),
        title if found.dimensions else "",
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
    """Dimensions and questions: change with interval, what may be said of it, how many each way, n, test."""
    header = (
        t("question"), t("change"), t("interval (95%)"), t("chance"), t("improved"), t("the same"),
        t("worsened"), t("n"), t("signed-rank test"),
    )  # fmt: skip
    threshold = found.release.threshold
    named = (*dimension_labels(found, t), *question_labels(found, t))
    rows = ((name, *_cells(change, threshold, t)) for name, change in named)
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


def numbers_table(found: PairedChanges, t: Language) -> Table:
    """Numbers: the change with its interval, what may be said of it, how many gave more, the same, less."""
    header = (
        t("question"), t("change"), t("interval (95%)"), t("chance"), t("more"), t("the same"), t("less"),
        t("n"),
    )  # fmt: skip
    threshold, asked = found.release.threshold, found.questionnaire
    rows = (
        (t.choose(asked.item(name).text), *_cells(change, threshold, t)[:-1])
        for name, change in found.numbers.items()
    )
    return Table(header, tuple(rows))


def shares_table(found: PairedChanges, t: Language) -> Table:
    """Shares over several questions: who counts into each both times, newly, no longer."""
    header = (t("figure"), t("both times"), t("newly"), t("no longer"), t("n"), t("chance"))
    threshold, of = found.release.threshold, found.questionnaire
    rows = ((figure_label((name,), of, t), *_ticks(one, threshold, t)) for name, one in found.shares.items())
    return Table(header, tuple(rows))


def options_table(found: PairedChanges, item: str, t: Language) -> Table:
    """One question of several choices: of each answer who ticked it again, newly, no longer."""
    header = (t("answer"), t("both times"), t("newly"), t("no longer"), t("n"), t("chance"))
    labels, threshold = found.questionnaire.item(item).labels, found.release.threshold
    rows = (
        (t.choose(labels[option]), *_ticks(one, threshold, t)) for option, one in found.options[item].items()
    )
    return Table(header, tuple(rows))


def _ticks(one: Ticked, threshold: int, t: Language) -> tuple[str, ...]:
    why = t(reason_text(one.reason, threshold)) if one.reason else NOTHING
    if one.n is None:
        return (*[NOTHING] * 4, why)
    counts = (one.kept or 0, one.gained or 0, one.lost or 0, one.n)
    return (*map(t.number, counts), t(VERDICTS[one.verdict]) if one.verdict else why)
