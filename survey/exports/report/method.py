"""How the survey was conducted, what is shown, and what its figures cannot tell."""

from collections.abc import Iterator

from survey.exports.report.desk import Desk
from survey.exports.report.facts import Facts
from survey.exports.report.model import Cite, Paragraph, Said, Section, Table
from survey.narrative import response_sentence

RESPONSE = ("results", "response")


def method(facts: Facts, desk: Desk) -> Section:
    """The section of the method."""
    t = desk.t
    return Section(
        "method",
        t("How the survey was conducted"),
        sections=(
            Section("method-who", t("Who was asked, and when"), (Paragraph(tuple(_who(facts, desk))),)),
            Section("method-response", t("Response"), _response(facts, desk)),
            Section("method-shown", t("What is shown, and what is not"), tuple(_shown(facts, desk))),
            Section("method-limits", t("What these figures do not say"), tuple(_limits(facts, desk))),
        ),
    )


def _who(facts: Facts, desk: Desk) -> Iterator[Said]:
    t, of = desk.t, facts.questionnaire
    asked = {"title": t.choose(of.title), "version": Cite("text", (("definition", "version"),))}
    if of.audience == "organization":
        yield desk.say("The organizations of the programme were asked with the questionnaire “{title}”, "
                       "version {version}.", **asked)  # fmt: skip
    else:
        yield desk.say("The people whom the programme reached were asked with the questionnaire “{title}”, "
                       "version {version}.", **asked)  # fmt: skip
    yield Said(_phase(facts, desk))
    yield _when(facts, desk)
    yield Said(_mode(facts, desk))
    yield _population(facts, desk)


def _phase(facts: Facts, desk: Desk) -> str:
    t = desk.t
    return {
        "baseline": t("This is the baseline: the answers were given before the programme began."),
        "monitoring": t(
            "This is a monitoring wave: the answers were given while the programme was going on."
        ),
        "final": t("This is the final wave of the programme."),
    }[facts.results.phase]


def _when(facts: Facts, desk: Desk) -> Said:
    days = {name: Cite("day", (("wave", name),)) for name in ("opens", "closes", "closed")}
    if facts.opens and facts.closes:
        return desk.say(
            "Answers were taken from {opens} to {closes}; the figures were counted once, when the wave was "
            "closed on {closed}, and do not change any more.",
            **days,
        )
    if facts.opens:
        return desk.say(
            "Answers were taken from {opens} until the wave was closed on {closed}; the figures were counted "
            "once, at that moment, and do not change any more.",
            opens=days["opens"], closed=days["closed"],
        )  # fmt: skip
    return desk.say(
        "The wave was closed on {closed}; the figures were counted once, at that moment, and do not change "
        "any more.",
        closed=days["closed"],
    )


def _mode(facts: Facts, desk: Desk) -> str:
    t = desk.t
    return {
        "anonymous": t("The survey was anonymous: no way leads from a stored answer to who gave it."),
        "named": t("Each organization answered in its own name; this report gives figures of all of them "
                   "together only."),
        "panel": t("Answers were stored under a keyed code, so that those of one person in several waves can "
                   "be set beside one another without telling whose they are."),
    }[facts.results.mode]  # fmt: skip


def _population(facts: Facts, desk: Desk) -> Said:
    response = facts.results.whole.response
    if facts.population == "unknown" or response.population is None:
        return desk.say("How many were reached is not known, so there is no response rate, and intervals are "
                        "computed as if the population had no end.")  # fmt: skip
    if response.population != response.invited:
        return desk.say("The figures speak of a population of {n}.",
                        n=Cite("count", ((*RESPONSE, "population"),)))  # fmt: skip
    return desk.say("The figures speak of those who were invited, and of nobody else.")


def _response(facts: Facts, desk: Desk) -> tuple[Paragraph | Table, ...]:
    t, response = desk.t, facts.results.whole.response
    said = [desk.tied(response_sentence(response, facts.questionnaire.audience, t), RESPONSE)]
    said.append(
        desk.say(
            "A form counts as complete from {complete} of its questions and as partial from {partial}; forms "
            "below that are not counted as answers.",
            complete=Cite("percent", (("definition", "complete_from"),)),
            partial=Cite("percent", (("definition", "partial_from"),)),
        )
    )
    if facts.open_links:
        said.append(desk.tied(t(facts.open_links), ("wave",), RESPONSE))
    answers = ((*RESPONSE, "complete"), (*RESPONSE, "partial"))
    rows = [
        (t("Invited"), desk.cell("count", (*RESPONSE, "invited"))),
        (t("Complete answer sets"), desk.cell("count", answers[0])),
        (t("Partial answer sets"), desk.cell("count", answers[1])),
        (t("Too short to count"), desk.cell("less", (*RESPONSE, "responses"), *answers)),
        *_rates(facts, desk),
    ]
    table = Table(
        Said(t("Response")),
        (Said(t("Entry")), Said(t("Number"))),
        tuple((Said(name), cell) for name, cell in rows),
        (Said(t("RR1 and RR2 as defined by AAPOR, over all who were invited, whether they were reached or "
                "not.")),) if response.rr2 is not None else (),
    )  # fmt: skip
    return Paragraph(tuple(said)), table


def _rates(facts: Facts, desk: Desk) -> list[tuple[str, Said]]:
    """The two rates, where there are any and enough were invited for a percentage."""
    t, response = desk.t, facts.results.whole.response
    if response.rr2 is None or (response.invited or 0) < int(desk.value(("rules", "percent"))):
        return []
    return [
        (t("Rate, complete answers (RR1)"), desk.cell("share", (*RESPONSE, "rr1"))),
        (t("Rate, complete and partial answers (RR2)"), desk.cell("share", (*RESPONSE, "rr2"))),
    ]


def _shown(facts: Facts, desk: Desk) -> Iterator[Paragraph]:
    t, threshold = desk.t, ("results", "threshold")
    n = Cite("count", (threshold,))
    if facts.results.mode == "named":
        yield Paragraph((
            desk.say("Evaluators see the answers of single organizations. A report is read by others, so it "
                     "shows no figure of fewer than {threshold} organizations, none to which all gave the "
                     "same answer, no groups, and no lowest and highest number.", threshold=n),
        ))  # fmt: skip
    else:
        yield Paragraph((
            desk.say("Figures of fewer than {threshold} answers, and of groups in which everybody gave the "
                     "very same answer to the question, are not shown; small groups are shown together. The "
                     "rule was fixed when the wave opened.", threshold=n),
            Said(t("Small groups are put together as “others” with groups of the same larger group, for all "
                   "figures at once, so that no group can be found by subtracting what is shown from what is "
                   "shown elsewhere.")),
            *_left_out(facts, desk),
        ))  # fmt: skip
    yield Paragraph((
        Said(t("Each figure has a base of its own: those who gave a valid answer to the question. “Does "
               "not apply”, “don’t know” and missing answers are outside.")),
        desk.tied(t("Under 30 answers, counts take the place of percentages; from 30 to 59 a figure is to be "
                    "read with caution.")),
    ))  # fmt: skip


def _left_out(facts: Facts, desk: Desk) -> Iterator[Said]:
    """The breakdowns by which nothing is shown for the sake of the file of answers."""
    lost = [
        desk.t("“{label}”", label=desk.t.choose(one.label))
        for one in facts.questionnaire.breakdowns
        if one.id in facts.results.by and facts.results.by[one.id].left_out
    ]
    if lost:
        yield Said(desk.t("Evaluators can read single answers of this wave, as its respondents were told. So "
                          "nothing is shown by {breakdowns}: figures of these groups would tell whose the "
                          "answers are.", breakdowns=desk.t.listing(lost)))  # fmt: skip


def _limits(facts: Facts, desk: Desk) -> Iterator[Paragraph]:
    t = desk.t
    if facts.questionnaire.audience == "organization":
        whose = t(
            "The figures are those of the organizations that answered. What the others think is not known, "
            "and those that choose to answer may think otherwise than those that do not."
        )
    else:
        whose = t(
            "The figures are those of the people who answered. What the others think is not known, and those "
            "who choose to answer may think otherwise than those who do not."
        )
    chance = t(
        "“Between … and …” is a 95% interval: it tells how far chance alone may have moved the figure. It "
        "does not tell what those who did not answer think."
    )
    yield Paragraph((Said(whose), desk.tied(chance)))
    yield Paragraph((
        Said(t("Nothing in this report says what would have happened without the programme: a change that "
               "came along with it need not have come from it.")),
        Said(t("Where two figures differ by no more than chance can explain, the difference is called too "
               "close to call, which does not mean that they are alike.")),
    ))  # fmt: skip
