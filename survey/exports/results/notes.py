"""What whoever opens a file of results must know of it, as lines of (what, said)."""

from collections.abc import Iterator
from datetime import date, datetime
from importlib.metadata import version

from survey.definitions.model import Mode, Questionnaire
from survey.indicators.model import Results
from survey.language import Language, text

MODES = {
    Mode.ANONYMOUS: text("anonymous"),
    Mode.NAMED: text("with the organization's name"),
    Mode.PANEL: text("the same people over several waves"),
}
PHASES = {"baseline": text("baseline"), "monitoring": text("monitoring"), "final": text("final")}


def program() -> str:
    """The program with its version, as files name it."""
    return f"Riscontro {version('riscontro')}"


def notes(results: Results, questionnaire: Questionnaire, t: Language) -> Iterator[tuple[str, str]]:
    """Facts of the wave, then how its figures are to be read."""
    yield from _facts(results, t)
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


def _facts(results: Results, t: Language) -> Iterator[tuple[str, str]]:
    yield t("Survey"), t.choose(results.title)
    yield t("Wave"), results.wave
    yield (
        t("Questionnaire"),
        t("{id}, version {version}", id=results.questionnaire, version=str(results.version)),
    )
    yield t("Mode"), t(MODES[Mode(results.mode)])
    yield t("Phase"), t(PHASES[results.phase])
    if results.opens:
        yield t("Opened"), t.day(date.fromisoformat(results.opens))
    yield t("Closed"), t.day(closed_on(results))
    yield t("Threshold"), t.plural("{n} answer", "{n} answers", results.threshold)
    yield t("Release"), results.release
    yield t("Program"), program()
    if results.synthetic:
        yield t("Synthetic"), t("Synthetic data: nobody gave these answers.")


def closed_on(results: Results) -> date:
    """The day on which the wave was closed."""
    return datetime.fromisoformat(results.closed).date()
