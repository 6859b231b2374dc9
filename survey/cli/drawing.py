"""The files of charts for the command: kept ones, and those that every wave has, drawn when it is closed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import click

from survey import charts
from survey.charts import ORDINARY, OWN, SIZES, Chart, Frame
from survey.cli.common import Instance, progress, say, t
from survey.cli.released import ENDING, Released, released
from survey.gallery import Order, standard_orders
from survey.language import Refusal, language, text


@dataclass(frozen=True)
class Choices:
    """What is charted, by which groups, in which language, format and frame."""

    what: str
    by: str | None
    lang: str
    format: str
    frame: Frame = ORDINARY


def framed(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a chart's frame, as its argument `frame`."""

    @click.option(
        "--size",
        type=click.Choice(tuple(SIZES)),
        help=t("slide: 16:9; page: a column of an A4 page, 16 cm wide; else as the chart needs"),
    )
    @click.option("--title/--no-title", default=True, help=t("with or without the words above the chart"))
    @click.option(
        "--caption/--no-caption",
        default=True,
        help=t("with or without the line with source, days and release"),
    )
    @wraps(command)
    def given(size: str | None, title: bool, caption: bool, **arguments: Any) -> None:
        command(frame=Frame(size or OWN, title, caption), **arguments)

    return given


def drawn(asked: str, shown: Released, choices: Choices) -> bytes:
    """A chart's file: of a wave of this instance kept, or drawn now and kept; of a file drawn now.

    Raises what `charts.chart` and the gallery refuse.
    """
    if asked.endswith(ENDING):
        return charts.render(_made(shown, choices), choices.format, choices.frame)
    order = Order(
        asked, shown.results.release, choices.what, choices.by, choices.lang, choices.format, choices.frame
    )
    return Instance().gallery.file(order, lambda: _made(shown, order))


def _made(shown: Released, choices: Choices | Order) -> Chart:
    return charts.chart(
        shown.results, shown.questionnaire, choices.what, language(choices.lang), by=choices.by
    )


def draw_standard(instance: Instance, wave_id: str, show: bool = True) -> None:
    """Draw and keep the standard charts of a closed wave; what cannot be drawn is said and left.

    `show` says whether a terminal shows how far it is.
    """
    failures: list[str] = []
    try:
        shown = released(wave_id)
        orders = standard_orders(wave_id, shown.results.release, shown.questionnaire)
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
