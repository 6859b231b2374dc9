"""The technical appendix: definitions, every figure in full, all questions, where it all comes from."""

from collections.abc import Iterator

from survey.definitions.model import (
    Indicator,
    JointShare,
    Mean,
    Profile,
    Ranking,
    Recommendation,
    Share,
    StatusChange,
    Summary,
)
from survey.exports.report.desk import DASH, Desk
from survey.exports.report.dividing import small
from survey.exports.report.facts import Facts
from survey.exports.report.group_tables import few_tables
from survey.exports.report.groups import listed
from survey.exports.report.model import Block, Cite, Paragraph, Place, Said, Section, Table
from survey.exports.report.pairing import paired_tests
from survey.exports.report.parts import (
    anything_shown,
    indicator_place,
    is_mean,
    lettered,
    measure_place,
    name_of,
)
from survey.exports.report.questions import questions
from survey.indicators.measures import measured
from survey.indicators.model import StatusChangeFigure
from survey.language import Text, text
from survey.narrative import label

KINDS: dict[type, Text] = {
    Mean: text("mean of the answers to one question"),
    Share: text("share of the valid answers"),
    JointShare: text("share of the people who answered all of several questions"),
    Ranking: text("answers in the order in which they were chosen, as shares of those who answered"),
    Recommendation: text("share of those who would recommend; score: promoters less detractors"),
    StatusChange: text("status now and before, of those who gave both"),
    Profile: text("mean of everybody’s own mean over the questions"),
    Summary: text("mean, median and sum of numbers"),
}


def appendix(facts: Facts, desk: Desk) -> Section:
    """The section for those who check or cite the figures."""
    t = desk.t
    figures = (
        Section("appendix-figures", t("Figures in full"), tuple(_full(facts, desk))),
        *questions(desk),
        *_groups(facts, desk),
    )
    sections = (
        Section("appendix-definitions", t("Definitions"), (_definitions(desk),)),
        *(figures if anything_shown(desk) else ()),
        Section("appendix-origin", t("Origin of the figures"), tuple(_origin(facts, desk))),
        Section("appendix-cite", t("How to cite this report"), (Paragraph((_citation(facts, desk),)),)),
    )
    return Section("appendix", t("Technical appendix"), sections=sections, apart=True)


def _definitions(desk: Desk) -> Table:
    t = desk.t
    header = (t("Figure"), t("What it is"), t("Questions"))
    rows = tuple(
        (
            Said(name),
            Said(t(KINDS[type(indicator)])),
            Said(" / ".join(t.choose(desk.questionnaire.item(item).text) for item in items)),
        )
        for indicator in desk.questionnaire.indicators
        for name, items in _defined(desk, indicator)
    )
    return Table(Said(t("Definitions of the figures")), tuple(map(Said, header)), rows)


def _defined(desk: Desk, indicator: Indicator) -> list[tuple[str, tuple[str, ...]]]:
    """Name and questions of an indicator; of a profile those of each dimension."""
    t, name = desk.t, label(indicator, desk.questionnaire, desk.t)
    if isinstance(indicator, Profile):
        return [(t("{title}: {part}", title=name, part=t.choose(one.label)), one.items)
                for one in indicator.dimensions]  # fmt: skip
    if isinstance(indicator, StatusChange):
        return [(name, (indicator.before, indicator.after))]
    return [(name, indicator.items if isinstance(indicator, JointShare) else (indicator.item,))]


def _full(facts: Facts, desk: Desk) -> Iterator[Block]:
    """Means and shares to four decimals, weighted, in the worst case; reliability; tests."""
    t = desk.t
    if any(_shown(desk)):
        said = [desk.tied(t(
            "Means have a t interval and shares a Wilson interval (95%), both with the finite population "
            "correction where the population is known; nets and scores have none."
        ))]  # fmt: skip
        if desk.results.by:
            said.append(Said(t(
                "Groups are compared with everybody else by Welch’s test (means) and by the score test with "
                "Newcombe’s interval (shares), adjusted by Holm for the number of groups."
            )))  # fmt: skip
        yield Paragraph(tuple(said))
        yield _values(desk)
        yield _beside(desk)
    yield from _reliability(desk)
    yield from _tests(desk)
    if (paired := paired_tests(facts, desk)) is not None:
        yield paired


def _shown(desk: Desk) -> Iterator[tuple[Said, Place, bool]]:
    """Name, place and whether it is a mean, of every mean and share that is shown."""
    for path, figure in measured(desk.results.whole.indicators).items():
        if figure.reason is None:
            yield Said(name_of(desk, path)), measure_place(path), is_mean(figure)


def _value_place(desk: Desk, where: Place) -> Place:
    """Where the value itself stands."""
    if desk.value((*where, "would_recommend")) is not None:
        return (*where, "would_recommend", "share")
    return (*where, "mean") if desk.value((*where, "kind")) is None else (*where, "value")


def _interval_place(desk: Desk, where: Place) -> Place:
    inner = desk.value((*where, "would_recommend")) is not None
    return (*where, "would_recommend", "interval") if inner else (*where, "interval")


def _values(desk: Desk) -> Table:
    t = desk.t
    header = (t("Figure"), t("Value"), t("n"), t("Population"), t("Standard deviation"), t("95% interval"))
    rows = tuple(
        (
            name,
            desk.cell("full", _value_place(desk, where)),
            desk.cell("count", (*where, "n")),
            desk.cell("count", (*where, "population")),
            desk.cell("full", (*where, "sd")),
            desk.interval("full", _interval_place(desk, where)),
        )
        for name, where, _ in _shown(desk)
    )
    return Table(Said(t("Means and shares in full")), tuple(map(desk.tied, header)), rows)


def _beside(desk: Desk) -> Table:
    """The worst case, and the figure weighted by each breakdown of the invitation."""
    t = desk.t
    told = [one for one in desk.questionnaire.invited_by if one.id in desk.results.by]
    weighted = (t("Weighted by {breakdown}", breakdown=small(t.choose(one.label))) for one in told)
    header = (t("Figure"), t("Value"), t("Worst case"), *weighted)
    rows = tuple(
        (
            name,
            desk.cell("full", _value_place(desk, where)),
            _worst(desk, (*where, "worst_case")),
            *(_weighted(desk, (*where, "weighted", one.id)) for one in told),
        )
        for name, where, _ in _shown(desk)
    )
    notes = [Said(t("Worst case: everybody who gave no answer gave the lowest, or the highest."))]
    if told:
        notes.append(Said(t(
            "Weighted: each group counts as much as its people, however many of them answered; n_eff is how "
            "many answers of equal weight would be as exact."
        )))  # fmt: skip
    shown, withheld = lettered(desk, rows)
    caption = t("Worst case and weighted figures") if told else t("Worst case")
    return Table(Said(caption), tuple(map(Said, header)), shown, (*notes, *withheld))


def _worst(desk: Desk, where: Place) -> Said:
    if desk.value((*where, "low")) is None:
        return desk.withheld(desk.value((*where, "reason")))
    low, high = (Cite("full", ((*where, end),)) for end in ("low", "high"))
    return desk.say("{low} to {high}", low=low, high=high)


def _weighted(desk: Desk, where: Place) -> Said:
    if desk.value((*where, "value")) is None:
        return desk.withheld(desk.value((*where, "reason")))
    return desk.say("{value} (n_eff {n_eff})", value=Cite("full", ((*where, "value"),)),
                    n_eff=Cite("mean", ((*where, "n_eff"),)))  # fmt: skip


def _reliability(desk: Desk) -> Iterator[Table]:
    t, rows = desk.t, []
    kinds = {"alpha": t("Cronbach’s alpha"), "spearman_brown": t("Spearman-Brown")}
    for profile, dimension in desk.questionnaire.dimensions():
        where = (*indicator_place(profile.id), "dimensions", dimension.id, "reliability")
        if desk.value(where) is None:
            continue
        shown = desk.cell("full", (*where, "value"))
        why = desk.withheld(desk.value((*where, "reason"))) if shown.text == DASH else shown
        rows.append((
            Said(t.choose(dimension.label)), Said(kinds[desk.value((*where, "kind"))]), why,
            desk.cell("count", (*where, "n")), desk.interval("full", (*where, "interval")),
        ))  # fmt: skip
    if rows:
        header = (t("Dimension"), t("Measure"), t("Value"), t("n"), t("95% interval"))
        note = t("From the people who answered every question of the dimension.")
        yield Table(Said(t("Reliability of the dimensions")), tuple(map(desk.tied, header)), tuple(rows),
                    (Said(note),))  # fmt: skip


def _tests(desk: Desk) -> Iterator[Table]:
    """For each change of status, the tests of all statuses together and of each of them."""
    t = desk.t
    for indicator in desk.questionnaire.status_changes():
        figure = desk.results.whole.indicators[indicator.id]
        if not isinstance(figure, StatusChangeFigure) or not figure.mcnemar:
            continue
        where = indicator_place(indicator.id)
        labels = desk.questionnaire.item(indicator.before).labels
        each = tuple(
            (
                Said(t.choose(labels[code])),
                *(desk.cell("count", (*where, "mcnemar", code, side)) for side in ("gained", "lost")),
                *(desk.cell("p", (*where, "mcnemar", code, p)) for p in ("p", "p_holm")),
            )
            for code in figure.mcnemar
        )
        header = (t("Status"), t("Came"), t("Left"), t("p"), t("p, adjusted"))
        caption = t(
            "{title}: exact McNemar test of each status", title=label(indicator, desk.questionnaire, t)
        )
        yield Table(Said(caption), tuple(map(Said, header)), each, tuple(_together(desk, where)))


def _together(desk: Desk, where: Place) -> Iterator[Said]:
    yield Said(desk.t("Adjusted for the number of statuses (Holm)."))
    test = (*where, "stuart_maxwell")
    if desk.value((*test, "chi2")) is not None:
        yield desk.say(
            "All statuses together (Stuart-Maxwell): chi-square {chi2}, degrees of freedom {df}, p {p}.",
            chi2=Cite("full", ((*test, "chi2"),)), df=Cite("count", ((*test, "df"),)),
            p=Cite("p", ((*test, "p"),)),
        )  # fmt: skip


def _groups(facts: Facts, desk: Desk) -> Iterator[Section]:
    for of in listed(facts, desk):
        title = desk.t("Groups by {breakdown}", breakdown=small(of.label))
        yield Section(f"appendix-{of.breakdown.id}", title, tuple(few_tables(desk, of)))


def _origin(facts: Facts, desk: Desk) -> Iterator[Block]:
    t = desk.t
    yield Paragraph((
        Said(t("All figures were computed from one release: the whole numbers that were counted when the "
               "wave closed and that may be shown. Whoever has the release can compute each figure "
               "of this report again.")),
    ))  # fmt: skip
    text_of = [
        (t("Wave"), Said(facts.results.wave)),
        (t("Questionnaire"), desk.say("{name}, version {version}", name=facts.results.questionnaire,
                                      version=Cite("text", (("definition", "version"),)))),
        (t("Release (SHA-256)"), desk.cell("text", ("release", "id"))),
        (t("Definition (SHA-256)"), desk.cell("text", ("release", "definition"))),
        (t("Program"), desk.say("Riscontro {version}", version=Cite("text", (("program", "version"),)))),
    ]  # fmt: skip
    if facts.earlier_id:
        text_of.insert(
            3, (t("Release of the earlier wave (SHA-256)"), desk.cell("text", ("release", "earlier")))
        )
    if facts.paired_id:
        text_of.insert(4, (t("Release of the study (SHA-256)"), desk.cell("text", ("release", "study"))))
    yield Table(Said(t("Identifiers")), (Said(t("Entry")), Said(t("Value"))),
                tuple((Said(name), said) for name, said in text_of))  # fmt: skip


def _citation(facts: Facts, desk: Desk) -> Said:
    """A citation of the wave, to be put beside a figure."""
    response = ("results", "response")
    answers = ((*response, "complete"), (*response, "partial"))
    values = {
        "organizer": facts.organizer or "Riscontro",
        "title": desk.t.choose(facts.results.title),
        "year": Cite("text", (("wave", "year"),)),
        "questionnaire": facts.results.questionnaire,
        "version": Cite("text", (("definition", "version"),)),
        "day": Cite("day", (("wave", "closed"),)),
        "n": Cite("sum", answers),
        "release": Cite("text", (("release", "short"),)),
        "program": Cite("text", (("program", "version"),)),
    }
    enough = (facts.results.whole.response.invited or 0) >= desk.value(("rules", "percent"))
    if facts.results.whole.response.rr2 is None or not enough:
        return desk.say(
            "{organizer} ({year}). {title}. Questionnaire {questionnaire}, version {version}; {n} "
            "answers; closed on {day}; release {release}; Riscontro {program}.",
            **values,
        )
    return desk.say("{organizer} ({year}). {title}. Questionnaire {questionnaire}, version {version}; {n} "
                    "answers of {invited} invited ({rate}); closed on {day}; release {release}; "
                    "Riscontro {program}.",
                    **values, invited=Cite("count", ((*response, "invited"),)),
                    rate=Cite("share", ((*response, "rr2"),)))  # fmt: skip
