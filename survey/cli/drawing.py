"""The files of charts for the command: kept ones, and those that every wave has, drawn when it is closed."""

from collections.abc import Iterable
from dataclasses import dataclass

from survey import charts
from survey.charts import Chart
from survey.cli.common import Instance, progress, say, t
from survey.cli.released import ENDING, Released, released
from survey.gallery import Order, standard_orders
from survey.language import Refusal, language, text
from survey.store import releases


@dataclass(frozen=True)
class Choices:
    """What is charted, by which groups, in which language and format."""

    what: str
    by: str | None
    lang: str
    format: str


def drawn(asked: str, shown: Released, choices: Choices) -> bytes:
    """A chart's file: of a wave of this instance kept, or drawn now and kept; of a file drawn now.

    Raises what `charts.chart` and the gallery refuse.
    """
    if asked.endswith(ENDING):
        return charts.render(_made(shown, choices), choices.format)
    instance = Instance()
    order = Order(asked, _release_id(instance, asked), choices.what, choices.by, choices.lang, choices.format)
    return instance.gallery.file(order, lambda: _made(shown, order))


def _made(shown: Released, choices: Choices | Order) -> Chart:
    return charts.chart(
        shown.results, shown.questionnaire, choices.what, language(choices.lang), by=choices.by
    )


def _release_id(instance: Instance, wave_id: str) -> str:
    with instance.store.read() as db:
        return releases.identifier(db, wave_id)


def draw_standard(instance: Instance, wave_id: str, show: bool = True) -> None:
    """Draw and keep the standard charts of a closed wave; what cannot be drawn is said and left.

    `show` says whether a terminal shows how far it is.
    """
    failures: list[str] = []
    try:
        shown = released(wave_id)
        orders = standard_orders(wave_id, _release_id(instance, wave_id), shown.questionnaire)
        with instance.gallery.open():
            for order in progress(orders, len(orders), text("drawing charts")) if show else orders:
                failures.extend(_why_not(instance, shown, order))
    except Exception as failure:
        # The wave is closed, and stays so, whatever is wrong with the pictures of it.
        failures.append(_said(failure))
    if failures:
        say("not all charts of {wave} could be drawn ({why}); a chart is drawn when it is asked for",
            wave=wave_id, why=failures[0])  # fmt: skip


def _why_not(instance: Instance, shown: Released, order: Order) -> Iterable[str]:
    """Nothing, or why this chart cannot be drawn, which others may be."""
    try:
        instance.gallery.file(order, lambda: _made(shown, order))
    except Exception as failure:
        yield _said(failure)


def _said(failure: Exception) -> str:
    return t(failure.text) if isinstance(failure, Refusal) else f"{type(failure).__name__}: {failure}"
