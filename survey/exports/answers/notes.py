"""What whoever opens a file of answers must know of it, as lines of (what, said)."""

from collections.abc import Iterator

from survey.definitions.model import Mode
from survey.exports.answers.model import Description
from survey.exports.telling import closed_on, origin_lines, program, wave_lines
from survey.exports.variables import ABSENCES, Absence
from survey.language import Language, Text, text


def notes(of: Description, t: Language, number: int | None = None) -> Iterator[tuple[str, str]]:
    """Every line; `number` of rows where there is a file of answers."""
    yield from _wave(of, t, number)
    yield from _groups(of, t)
    yield from _codes(of, t)
    yield from _use(of, t)


def _wave(of: Description, t: Language, number: int | None) -> Iterator[tuple[str, str]]:
    yield from wave_lines(of.release, of.opens, t)
    if of.release.whole.invited is not None:
        yield t("Invited"), t.number(of.release.whole.invited)
    if number is not None:
        yield t("Rows"), t("{n}, one for each response", n=number)
    yield from origin_lines(of.release, of.release_id, t)


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
        day=closed_on(of.release),
        release=of.release_id[:12],
        program=program(),
    )
