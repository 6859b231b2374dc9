"""The dimensions of impact, and the change of status."""

from collections.abc import Iterator

from survey.definitions.model import Profile, StatusChange
from survey.exports.report.desk import Desk
from survey.exports.report.facts import Facts
from survey.exports.report.model import Block, Cite, Paragraph, Picture, Said, Section, Table
from survey.exports.report.parts import (
    answers_cell,
    figure_sentence,
    indicator_place,
    interval_cell,
    perceived_said,
    picture,
    star_notes,
    value_cell,
)
from survey.indicators.contrasts import ALPHA
from survey.indicators.model import ProfileFigure, StatusChangeFigure
from survey.narrative import label


def profiles(facts: Facts, desk: Desk) -> Section | None:
    """The section of the dimensions; None where the questionnaire has none."""
    found = [one for one in facts.questionnaire.indicators if isinstance(one, Profile)]
    if not found:
        return None
    title = desk.t("Dimensions")
    if len(found) == 1:
        return Section("dimensions", label(found[0], facts.questionnaire, desk.t), _profile(desk, found[0]))
    sections = (
        Section(f"figure-{one.id}", label(one, facts.questionnaire, desk.t), _profile(desk, one))
        for one in found
    )
    return Section("dimensions", title, sections=tuple(sections))


def _profile(desk: Desk, profile: Profile) -> tuple[Block, ...]:
    t, figure = desk.t, desk.results.whole.indicators[profile.id]
    said = [figure_sentence(desk, profile), *_how(desk, profile)]
    if desk.questionnaire.audience == "beneficiary":
        said.append(perceived_said(desk))
    if figure.reason is not None or not isinstance(figure, ProfileFigure):
        return (Paragraph((figure_sentence(desk, profile),)),)
    name = label(profile, desk.questionnaire, t)
    chart = picture(desk, profile.id, Said(t("{title}: means of the dimensions", title=name)))
    return (Paragraph(tuple(said)), *chart, _dimensions(desk, profile, name))


def _how(desk: Desk, profile: Profile) -> Iterator[Said]:
    """How a score comes about, and what the ends of the scale mean."""
    t, where = desk.t, indicator_place(profile.id)
    if any(len(dimension.items) > 1 for dimension in profile.dimensions):
        yield Said(t("Each person’s score is the mean of the dimension’s questions that the person "
                     "answered, at least half of them; the figure is the mean over persons.")
                   if desk.questionnaire.audience != "organization" else
                   t("Each organization’s score is the mean of the dimension’s questions that it answered, "
                     "at least half of them; the figure is the mean over organizations."))  # fmt: skip
    asked = [desk.questionnaire.item(item) for one in profile.dimensions for item in one.items]
    known = {item.scale.id for item in asked if item.scale}
    scale = asked[0].scale
    if len(known) == 1 and scale is not None:
        ends = {
            "low": Cite("plain", ((*where, "lowest"),)), "high": Cite("plain", ((*where, "highest"),)),
            "lowest": t.choose(scale.points[0].label), "highest": t.choose(scale.points[-1].label),
        }  # fmt: skip
        yield desk.say("On the scale {low} stands for “{lowest}” and {high} for “{highest}”.", **ends)
    if any(item.reversed for item in asked):
        yield Said(t("Questions of which low answers are the favourable ones were turned round first."))


def _dimensions(desk: Desk, profile: Profile, name: str) -> Table:
    t, rows = desk.t, []
    for one in profile.dimensions:
        where = (*indicator_place(profile.id), "dimensions", one.id)
        rows.append((
            Said(t.choose(one.label)), value_cell(desk, where, True, "exact"), answers_cell(desk, where),
            interval_cell(desk, where, True),
        ))  # fmt: skip
    header = (Said(t("Dimension")), Said(t("Mean")), Said(t("Answers")), desk.tied(t("95% interval")))
    notes = star_notes(desk, [row[2] for row in rows])
    return Table(Said(t("{title}: dimensions", title=name)), header, tuple(rows), notes)


def employment(facts: Facts, desk: Desk) -> Section | None:
    """The section of changes of status; None where the questionnaire asks for none."""
    found = list(facts.questionnaire.status_changes())
    if not found:
        return None
    if len(found) == 1:
        return Section("employment", label(found[0], facts.questionnaire, desk.t), _status(desk, found[0]))
    sections = (
        Section(f"figure-{one.id}", label(one, facts.questionnaire, desk.t), _status(desk, one))
        for one in found
    )
    return Section("employment", desk.t("Changes of status"), sections=tuple(sections))


def _status(desk: Desk, indicator: StatusChange) -> tuple[Block, ...]:
    t, figure = desk.t, desk.results.whole.indicators[indicator.id]
    first = figure_sentence(desk, indicator)
    if figure.reason is not None or not isinstance(figure, StatusChangeFigure) or not figure.net:
        return (Paragraph((first,)),)
    name = label(indicator, desk.questionnaire, t)
    labels = {c: t.choose(said) for c, said in desk.questionnaire.item(indicator.before).labels.items()}
    nets = picture(desk, indicator.id, Said(t("{title}: net change of each status", title=name)))
    flows: tuple[Picture, ...] = ()
    if figure.transitions is not None and figure.movers:
        caption = Said(t("{title}: from which status to which", title=name))
        flows = picture(desk, f"{indicator.id}-flows", caption, table=False)
    return (
        Paragraph((first, perceived_said(desk))),
        Paragraph(tuple(_nets(desk, indicator, figure, labels))),
        *nets,
        _statuses(desk, indicator, labels, name),
        *flows,
    )


def _nets(
    desk: Desk, indicator: StatusChange, figure: StatusChangeFigure, labels: dict[str, str]
) -> Iterator[Said]:
    """The nets as one enumeration, whether chance explains them, and how to read them."""
    where = (*indicator_place(indicator.id), "net")
    parts = [
        desk.say("“{status}” {net}", status=labels[code], net=Cite("net", ((*where, code),)))
        for code in figure.net or {}
    ]
    yield desk.say("Net changes: {nets}.", nets=desk.joined(parts))
    yield Said(
        desk.t(
            "A net is the number of people in a status now less their number before; the nets of all "
            "statuses add up to zero, and a net near zero may hide moves in both directions."
        )
    )
    beyond = [labels[code] for code, test in (figure.mcnemar or {}).items() if test.p_holm < ALPHA]
    if beyond:
        names = desk.t.listing([desk.t("“{option}”", option=one) for one in beyond])
        yield Said(desk.t("Larger than can be explained by chance: {statuses}.", statuses=names))
    elif figure.mcnemar:
        yield Said(desk.t("None of the nets is larger than can be explained by chance."))


def _statuses(desk: Desk, indicator: StatusChange, labels: dict[str, str], name: str) -> Table:
    t, where = desk.t, indicator_place(indicator.id)
    rows = tuple(
        (
            Said(labels[code]),
            desk.cell("count", (*where, "before", code)),
            desk.cell("count", (*where, "after", code)),
            desk.cell("net", (*where, "net", code)),
            _net_interval(desk, (*where, "net_interval", code)),
        )
        for code in desk.value((*where, "net"))
    )
    header = (
        Said(t("Status")),
        Said(t("Before")),
        Said(t("Now")),
        Said(t("Net")),
        desk.tied(t("95% interval")),
    )
    n = Cite("count", ((*where, "n"),))
    caption = desk.plural("{title} ({n} person who gave both statuses)",
                          "{title} ({n} people who gave both statuses)", n, title=name)  # fmt: skip
    return Table(caption, header, rows)


def _net_interval(desk: Desk, where: tuple[str, ...]) -> Said:
    if desk.value(where) is None:
        return desk.cell("net", where)
    low, high = (Cite("score", ((*where, end),)) for end in ("0", "1"))
    return desk.say("{low} to {high}", low=low, high=high)
