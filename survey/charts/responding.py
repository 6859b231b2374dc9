"""The response: how many of those invited answered, in the whole wave and in each group."""

from survey.charts.asking import NOTHING, Asked, Shown, compose, withheld_cells
from survey.charts.model import Chart, Mark, Panel, Row, Table
from survey.charts.options import axis
from survey.counts import Reason
from survey.indicators.model import Response
from survey.indicators.statistics import presentation
from survey.narrative.words import AS_COUNTS, percent


def response_chart(asked: Asked) -> Chart:
    """Bars of complete and partial answers among the invitations: RR2, and RR1 as its first part."""
    t, parts = asked.t, asked.parts
    whole = asked.results.whole.response
    counts = [part for part in parts if _few(part.results.response)]
    few = [t("Fewer than 30 invitations: counts are shown instead of percentages.")] if counts else []
    invited = (
        t.plural("{n} answer", "{n} answers", _answers(whole))
        if whole.invited is None
        else t("{count} of {n} invited", count=_answers(whole), n=whole.invited)
    )
    highest = max((part.results.response.rr2 or 0 for part in parts), default=0)
    return compose(
        asked,
        t("Response rate"),
        base=invited,
        panels=[
            Panel(
                Mark.PARTS,
                tuple(_row(asked, part) for part in parts),
                axis(asked, highest),
                columns=(t("answers"), t("invited")),
                legend=(t("complete answers"), t("partial answers")),
            )
        ],
        table=_table(asked),
        notes=[
            t("Of all invited (AAPOR): RR2 counts complete and partial answers, RR1 complete ones only."),
            t("What those who did not answer think is not known."),
            *few,
        ],
        lead=t("Bars, one for each group: the share of those invited who answered."),
    )


def _answers(response: Response) -> int:
    return response.complete + response.partial


def _few(response: Response) -> bool:
    return bool(response.invited) and presentation(response.invited or 0) in AS_COUNTS


def _why(response: Response) -> Reason | None:
    """Why there is no rate."""
    if response.rr1 is not None and response.rr2 is not None and response.invited:
        return None
    return response.reason or (
        Reason.NO_ANSWERS if response.invited is not None else Reason.POPULATION_UNKNOWN
    )


def _label(asked: Asked, part: Shown) -> str:
    return asked.t("Whole wave") if part.whole else part.label


def _row(asked: Asked, part: Shown) -> Row:
    response, t = part.results.response, asked.t
    why, strong = _why(response), part.whole and bool(asked.by)
    beside = (
        t.number(_answers(response)),
        NOTHING if response.invited is None else t.number(response.invited),
    )
    if why is not None or response.rr1 is None or response.rr2 is None:
        return Row(_label(asked, part), beside=beside, withheld=asked.reason(why), strong=strong)
    said = _rate(asked, _answers(response), response)
    return Row(
        _label(asked, part), (response.rr1, response.rr2 - response.rr1), (said,), beside, strong=strong
    )


def _rate(asked: Asked, count: int, response: Response) -> str:
    """32%, or 7 of 16 where few were invited."""
    if _few(response):
        return asked.t("{count} of {n}", count=count, n=response.invited)
    return percent(count, response.invited or 1, asked.t)


def _table(asked: Asked) -> Table:
    t = asked.t
    header = (asked.head, t("invited"), t("complete"), t("partial"), "RR2", "RR1")
    rows = ((_label(asked, part), *_cells(asked, part.results.response)) for part in asked.parts)
    return Table(header, tuple(rows))


def _cells(asked: Asked, response: Response) -> tuple[str, ...]:
    t, why = asked.t, _why(response)
    counted = (
        NOTHING if response.invited is None else t.number(response.invited),
        t.number(response.complete),
        t.number(response.partial),
    )
    if why is not None:
        return (*counted, *withheld_cells(asked.reason(why), 2))
    rates = (_answers(response), response.complete)
    return (*counted, *(_rate(asked, count, response) for count in rates))
