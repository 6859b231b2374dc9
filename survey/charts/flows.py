"""Status changes as a table of squares: from the status before (rows) to the status now (columns).

Of the pictures of flows a table needs no colour and no tracing of lines, shows six statuses by six, and
prints the number even of a single person. Only those who moved have squares: those who stayed are
many, and would make all others vanish.
"""

from collections.abc import Mapping, Sequence

from survey.charts.asking import NOTHING, Asked, Shown, compose, withheld_cells
from survey.charts.model import Axis, Chart, Mark, Panel, Row, Table
from survey.definitions.model import StatusChange, Words
from survey.indicators.model import StatusChangeFigure

MOST_NAMED = 7
"""Columns up to which each bears its status in words; beyond, and by groups, in numbers."""
Labels = Mapping[str, Words]
Told = Sequence[tuple[Shown, StatusChangeFigure]]


def flows_chart(
    asked: Asked, indicator: StatusChange, figures: Sequence[StatusChangeFigure], title: str, caption: str
) -> Chart:
    """The transitions of the whole wave; by groups, one table for each."""
    t, told = asked.t, list(zip(asked.parts, figures, strict=True))
    labels = asked.questionnaire.item(indicator.before).labels
    largest = max((n for figure in figures for n in _moves(figure)), default=1)
    keyed = bool(asked.by) or len(labels) > MOST_NAMED
    return compose(
        asked,
        t("{label}: from which status to which", label=title),
        base=_base(asked, figures[0]),
        panels=[_panel(asked, part, labels, figure, largest, keyed) for part, figure in told],
        table=_table(asked, labels, told),
        notes=[
            t("Rows: status before. Columns: status now. Squares: people who changed, by area; in the grey "
              "boxes: people who stayed."),
            t("Only those who gave both statuses. The changes happened during the programme, not necessarily "
              "because of it."),
            *asked.star_note(figures),
        ],
        caption=caption,
        lead=t("A table from the status before (rows) to the status now (columns)."),
        across=2 if asked.by else 1,
    )  # fmt: skip


def _base(asked: Asked, figure: StatusChangeFigure) -> str:
    if not figure.n:
        return asked.reason(figure.reason)
    return asked.t.plural("{n} answer with both statuses", "{n} answers with both statuses", figure.n)


def _shown(figure: StatusChangeFigure) -> Mapping[str, Mapping[str, int]] | None:
    return figure.transitions if figure.n and figure.reason is None else None


def _moves(figure: StatusChangeFigure) -> list[int]:
    """How many people went each way; those who stayed are left out."""
    ways = (_shown(figure) or {}).items()
    return [n for before, row in ways for after, n in row.items() if n and before != after]


def _why(asked: Asked, figure: StatusChangeFigure) -> str:
    return asked.reason(figure.reason or figure.transitions_reason)


def _panel(
    asked: Asked, part: Shown, labels: Labels, figure: StatusChangeFigure, largest: int, keyed: bool
) -> Panel:
    t, shown = asked.t, _shown(figure)
    said = [asked.words(words) for words in labels.values()]
    heads = [t.number(at) for at in range(1, len(said) + 1)] if keyed else said
    rows = [f"{head} {words}" for head, words in zip(heads, said, strict=True)] if keyed else said
    axis = Axis(0, len(said), tuple((at + 0.5, head) for at, head in enumerate(heads)))
    if shown is None:
        named = tuple(Row(words) for words in rows)
        return Panel(Mark.MATRIX, named, axis, part.label if asked.by else "", withheld=_why(asked, figure))
    drawn = [
        _row(asked, words, code, [shown.get(code, {}).get(other, 0) for other in labels], labels, largest)
        for code, words in zip(labels, rows, strict=True)
    ]
    now = [sum(shown.get(code, {}).get(other, 0) for code in labels) for other in labels]
    totals = Row(t("now"), said=tuple(t.number(n) for n in now), beside=(asked.n(figure),), strong=True)
    title = (
        t("{label} · n {n}, {movers} changed", label=part.label, n=asked.n(figure), movers=figure.movers or 0)
        if asked.by
        else t("From the status before (rows) to the status now (columns)")
    )
    return Panel(Mark.MATRIX, (*drawn, totals), axis, title, (t("before"),))


def _row(asked: Asked, label: str, code: str, counts: Sequence[int], labels: Labels, largest: int) -> Row:
    """One status before: the areas of its squares, none for those who stayed."""
    return Row(
        label,
        values=tuple(0.0 if other == code else n / largest for other, n in zip(labels, counts, strict=True)),
        said=tuple(asked.t.number(n) for n in counts),
        beside=(asked.t.number(sum(counts)),),
    )


def _table(asked: Asked, labels: Labels, told: Told) -> Table:
    t = asked.t
    header = (t("before ↓ now →"), *(asked.words(words) for words in labels.values()), t("before"))
    if asked.by is None:
        return Table(header, tuple(_rows(asked, labels, told[0][1])))
    rows = [(part.label, *cells) for part, figure in told for cells in _rows(asked, labels, figure)]
    return Table((asked.head, *header), tuple(rows))


def _rows(asked: Asked, labels: Labels, figure: StatusChangeFigure) -> list[tuple[str, ...]]:
    t, shown = asked.t, _shown(figure)
    if shown is None:
        return [(t("all statuses"), *withheld_cells(_why(asked, figure), len(labels) + 1))]
    counts = [[shown.get(code, {}).get(other, 0) for other in labels] for code in labels]
    told = [
        (asked.words(words), *(t.number(n) for n in row), t.number(sum(row)))
        for words, row in zip(labels.values(), counts, strict=True)
    ]
    now = tuple(t.number(sum(column)) for column in zip(*counts, strict=True))
    return [*told, (t("now"), *now, t.number(figure.n) if figure.n else NOTHING)]
