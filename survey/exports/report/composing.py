"""Facts -> Report: the table of its sections, in the order in which they are read."""

from survey.exports.report.appendix import appendix
from survey.exports.report.changing import changes_in_short, compared
from survey.exports.report.crosses import crosses
from survey.exports.report.desk import Desk
from survey.exports.report.facts import Facts, documents
from survey.exports.report.groups import groups, groups_in_short
from survey.exports.report.headline import comments, headline, summary
from survey.exports.report.method import method
from survey.exports.report.model import Cite, Paragraph, Report, Said
from survey.exports.report.parts import anything_shown
from survey.exports.report.profiles import employment, profiles
from survey.language import Language

SECTIONS = (method, headline, profiles, employment, groups, crosses, compared, comments, appendix)
"""What follows the summary; a section that the wave has nothing for is left out."""


WITHOUT_FIGURES = (method, compared, comments, appendix)
"""Those of a wave of which nothing can be shown."""


def report(facts: Facts, t: Language) -> Report:
    """The whole report of a closed wave in one language. Pure: the same facts give the same report."""
    desk = Desk(documents(facts), facts.results, facts.questionnaire, t)
    in_short = (*groups_in_short(facts, desk), *changes_in_short(facts, desk))
    shown = SECTIONS if anything_shown(desk) else WITHOUT_FIGURES
    made = (section(facts, desk) for section in shown)
    return Report(
        language=t.code,
        title=t.choose(facts.results.title),
        subtitle=_subtitle(facts, desk),
        author=facts.organizer,
        made=facts.closed,
        release_id=facts.release_id,
        foot=desk.say("{title} · release {release}", title=t.choose(facts.results.title),
                      release=Cite("text", (("release", "short"),))),
        facts=tuple(_facts(facts, desk)),
        alerts=tuple(_alerts(facts, desk)),
        sections=(summary(facts, desk, in_short), *(one for one in made if one is not None)),
    )  # fmt: skip


def _subtitle(facts: Facts, desk: Desk) -> Said:
    day = Cite("day", (("wave", "closed"),))
    return desk.say("Report on the results of the survey that was closed on {day}", day=day)


def _facts(facts: Facts, desk: Desk) -> list[tuple[str, Said]]:
    """What stands under the title: who asked, which wave, which release."""
    t = desk.t
    found = [
        (t("Wave"), Said(facts.results.wave)),
        (t("Release"), desk.cell("text", ("release", "short"))),
        (t("Program"), desk.say("Riscontro {version}", version=Cite("text", (("program", "version"),)))),
    ]
    return [*([(t("Conducted by"), Said(facts.organizer))] if facts.organizer else []), *found]


def _alerts(facts: Facts, desk: Desk) -> list[Paragraph]:
    """What must be known before anything is read."""
    t = desk.t
    found = []
    if facts.results.synthetic:
        said = t("Synthetic data: made up by a program; no person gave these answers.")
        found.append(Paragraph((Said(said),), "alert"))
    response = facts.results.whole.response
    if response.complete + response.partial < facts.results.threshold:
        said = t("Too few answers: this wave cannot show any figures.")
        found.append(Paragraph((Said(said),), "alert"))
    return found
