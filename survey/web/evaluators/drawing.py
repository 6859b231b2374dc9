"""The files of charts, from the gallery: nothing is drawn in this process."""

from survey.charts import Chart, chart
from survey.gallery import Order
from survey.language import language
from survey.web.access import ClosedWave, gallery


def order(closed: ClosedWave, what: str, by: str | None, lang: str, form: str) -> Order:
    """What is asked for."""
    return Order(closed.wave.id, closed.release_id, what, by, lang, form)


def drawn(closed: ClosedWave, asked: Order) -> bytes:
    """The bytes of a chart's file. Raises what charts and gallery refuse."""

    def made() -> Chart:
        return chart(closed.results, closed.questionnaire, asked.what, language(asked.lang), by=asked.by)

    return gallery().file(asked, made)
