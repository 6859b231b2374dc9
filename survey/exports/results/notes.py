"""What whoever opens a file of results must know of it, as lines of (what, said)."""

from collections.abc import Iterator

from survey.definitions.model import Mode, Questionnaire
from survey.exports.telling import origin_lines, wave_lines
from survey.indicators.model import Results
from survey.language import Language


def notes(results: Results, questionnaire: Questionnaire, t: Language) -> Iterator[tuple[str, str]]:
    """Facts of the wave, then how its figures are to be read."""
    yield from wave_lines(results, results.opens, t)
    yield from origin_lines(results, results.release, t)
    yield (
        t("Base"),
        t("Every figure speaks of the people who answered that question; n is their number."),
    )
    yield (
        t("Intervals"),
        t("The 95% interval tells how far chance alone may have moved a figure, not what the silent think."),
    )
    yield (
        t("Few answers"),
        t("Under 30 answers there are counts and no percentages; from 30 to 59 read with caution."),
    )
    yield (
        t("Not shown"),
        t("A cell with words in place of a number is withheld, for the reason that it says. It is not 0."),
    )
    if results.mode == Mode.NAMED:
        yield (
            t("Publication"),
            t("Single organizations can be seen here: publish figures of at least {n} answers only.",
              n=results.threshold),
        )  # fmt: skip
    yield (
        t("Complete"),
        t(
            "A form counts as complete from {complete} of its questions and as partial from {partial}.",
            complete=t.percent(questionnaire.complete_from),
            partial=t.percent(questionnaire.partial_from),
        ),
    )
