"""Who answered beside who was invited: each group's share of the answers less its share of the people."""

from collections.abc import Sequence

from survey.charts.asking import Asked, Shown, compose
from survey.charts.model import Axis, Chart, Mark, NoChart, Panel, Row, Table
from survey.charts.nets import net_axis
from survey.indicators.representation import Representation, answered, representation
from survey.indicators.statistics import presentation
from survey.language import Language, text
from survey.narrative.representation import points
from survey.narrative.words import AS_COUNTS

Named = Sequence[tuple[Shown, Representation]]


def composition_chart(asked: Asked) -> Chart:
    """Signed bars, one for each group. Raises NoChart without groups of an invitation, or for few answers."""
    t, whole = asked.t, asked.results.whole.response
    if asked.by is None:
        raise NoChart(text("Who answered beside who was invited is charted by groups: choose a breakdown."))
    named = [
        (part, found)
        for part in asked.parts
        if not part.whole and (found := representation(part.results.response, whole)) is not None
    ]
    if not named:
        raise NoChart(text("Nobody knows how many people of these groups were invited."))
    if presentation(answered(whole)) in AS_COUNTS:
        raise NoChart(text("Fewer than 30 answers are too few for percentages."))
    columns = (t("of the invited"), t("of the answers"), t("points"))
    return compose(
        asked,
        t("Who answered, beside who was invited"),
        base=t("{count} of {n} invited", count=answered(whole), n=whole.invited),
        panels=[
            Panel(
                Mark.NET,
                tuple(_row(part, found, t) for part, found in named),
                _axis(named, t),
                columns=columns,
            )
        ],
        table=Table(
            (asked.head, t("invited"), columns[0], t("answers"), *columns[1:]),
            tuple(_cells(part, found, t) for part, found in named),
        ),
        notes=[
            t("Bar: the group’s share of the answers less its share of the people invited, in points."),
            t("Answers: complete and partial ones."),
        ],
        lead=t("Signed bars, one for each group."),
    )


def _axis(named: Named, t: Language) -> Axis:
    """Whole percentage points around zero."""
    return net_axis([100 * found.gap for _, found in named], t)


def _row(part: Shown, found: Representation, t: Language) -> Row:
    of_invited, of_answers = _shares(found, t)
    beside = (of_invited, of_answers, points(found.gap, t))
    return Row(part.label, values=(100 * found.gap,), said=beside[-1:], beside=beside)


def _cells(part: Shown, found: Representation, t: Language) -> tuple[str, ...]:
    of_invited, of_answers = _shares(found, t)
    invited, answers = t.number(found.invited), t.number(found.answers)
    return part.label, invited, of_invited, answers, of_answers, points(found.gap, t)


def _shares(found: Representation, t: Language) -> tuple[str, str]:
    return t.percent(found.of_invited, 1), t.percent(found.of_answers, 1)
