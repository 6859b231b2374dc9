"""What whoever opens a file of answers must know of it, as lines of (what, said)."""

from collections.abc import Iterator
from datetime import date, datetime
from importlib.metadata import version

from survey.definitions.model import Mode
from survey.exports.answers.model import Description
from survey.exports.variables import ABSENCES, Absence
from survey.language import Language, Text, text

MODES = {
    Mode.ANONYMOUS: text("anonymous"),
    Mode.NAMED: text("with the organization's name"),
    Mode.PANEL: text("the same people over several waves"),
}
PHASES = {"baseline": text("baseline"), "monitoring": text("monitoring"), "final": text("final")}


def program() -> str:
    """The program with its version, as files name it."""
    return f"Riscontro {version('riscontro')}"


def notes(of: Description, t: Language, number: int | None = None) -> Iterator[tuple[str, str]]:
    """Every line; `number` of rows where there is a file of answers."""
    yield from _wave(of, t, number)
    yield from _groups(of, t)
    yield from _codes(of, t)
    yield from _use(of, t)


def _wave(of: Description, t: Language, number: int | None) -> Iterator[tuple[str, str]]:
    release = of.release
    yield t("Survey"), t.choose(release.title)
    yield t("Wave"), release.wave
    yield (
        t("Questionnaire"),
        t("{id}, version {version}", id=release.questionnaire, version=str(release.version)),
    )
    yield t("Mode"), t(MODES[Mode(release.mode)])
    yield t("Phase"), t(PHASES[release.phase])
    if of.opens:
        yield t("Opened"), t.day(date.fromisoformat(of.opens))
    yield t("Closed"), t.day(closed_on(of))
    if release.whole.invited is not None:
        yield t("Invited"), t.number(release.whole.invited)
    if number is not None:
        yield t("Rows"), t("{n}, one for each response", n=number)
    yield t("Threshold"), t.plural("{n} answer", "{n} answers", release.threshold)
    yield t("Release"), of.release_id
    yield t("Program"), program()
    if release.synthetic:
        yield t("Synthetic"), t("Synthetic data: nobody gave these answers.")


def closed_on(of: Description) -> date:
    """The day on which the wave was closed."""
    return datetime.fromisoformat(of.release.closed).date()


def _groups(of: Description, t: Language) -> Iterator[tuple[str, str]]:
    for label, members in of.held.pools.items():
        yield t("Groups shown together"), f"{label}: {', '.join(members)}"
    alike: dict[tuple[str, ...], list[str]] = {}
    for label, items in of.held.hidden.items():
        alike.setdefault(items, []).append(label or t("all rows"))
    if alike:
        said = "; ".join(f"{', '.join(labels)}: {', '.join(items)}" for items, labels in alike.items())
        yield t("Not shown, as in the results"), said
    if of.held.left_out:
        yield t("Questions not in the file"), ", ".join(of.held.left_out)


EXPLAINED: dict[Absence, Text] = {
    Absence.NO_ANSWER: text("the question was put to the person, who left it out"),
    Absence.NOT_APPLICABLE: text("the person chose this answer, which stands outside every average"),
    Absence.NOT_ASKED: text("the question was not put to the person"),
    Absence.NOT_SHOWN: text("withheld for this group in the results, and so here"),
}


def _codes(of: Description, t: Language) -> Iterator[tuple[str, str]]:
    for absence, said in EXPLAINED.items():
        codes = dict.fromkeys(v.absences[absence].code for v in of.variables if absence in v.absences)
        if codes:
            meaning = t("{what}: {explained}", what=t(ABSENCES[absence]), explained=t(said))
            yield t("Code {codes}", codes=", ".join(codes)), meaning


def _use(of: Description, t: Language) -> Iterator[tuple[str, str]]:
    if of.release.mode != Mode.NAMED:
        yield (
            t("For evaluators only"),
            t(
                "Each row is what one person answered. Do not publish or pass on this file, join it to other "
                "data, or try to find out who somebody is. For publication there are the results."
            ),
        )
    yield t("How to cite"), citation(of, t)


def citation(of: Description, t: Language) -> str:
    """The sentence by which figures from the file are cited."""
    release = of.release
    return t(
        "{title}, questionnaire {questionnaire} version {version}, {n} answers, closed on {day}. Release "
        "{release}; {program}.",
        title=t.choose(release.title),
        questionnaire=release.questionnaire,
        version=str(release.version),
        n=release.whole.responses,
        day=closed_on(of),
        release=of.release_id[:12],
        program=program(),
    )
