"""The groups of each breakdown: few in the text, many in the appendix, very many in the files."""

from collections.abc import Iterator

from survey.charts.asking import Asked
from survey.counts import Reason
from survey.exports.report.desk import Desk
from survey.exports.report.dividing import Divided, divided, small
from survey.exports.report.facts import Facts
from survey.exports.report.group_tables import all_tables, responses
from survey.exports.report.model import Block, Cite, Paragraph, Points, Said, Section
from survey.exports.report.parts import (
    measure_place,
    name_of,
    paths_of,
    picture,
)
from survey.indicators.measures import Path
from survey.release import Hidden, Pooled

MOST_READ = 12
"""Groups and pools that are set side by side in the text."""


MOST_LISTED = 60
"""Those that a table of the appendix has; more are left to the files."""


NAMED = 8
"""Groups that a sentence names; of more it gives the number."""


OUTSTANDING = ("higher", "lower")
"""Verdicts of groups that differ from everybody else by more than chance explains."""


def groups(facts: Facts, desk: Desk) -> Section | None:
    """The section of the groups; None where no group is shown."""
    found = divided(facts, desk)
    if not found:
        return None
    t = desk.t
    lead = Paragraph((
        Said(t("Each group is compared with everybody else who answered, not with the whole that holds it. "
               "With many groups the bar is raised, so that chance has no winners.")),
        Said(t("Groups stand in the order of their names.")),
    ))  # fmt: skip
    sections = tuple(_section(facts, desk, one) for one in found)
    return Section("groups", t("Groups side by side"), (lead,), sections)


def _section(facts: Facts, desk: Desk, of: Divided) -> Section:
    title = desk.t("By {breakdown}", breakdown=small(of.label))
    blocks: list[Block] = []
    if of.groups > MOST_READ:
        blocks.append(Paragraph((_elsewhere(desk, of),)))
        blocks.append(_standing(desk, of))
    else:
        blocks.append(_standing(desk, of))
        blocks += responses(desk, of)
        blocks += _chart(desk, of)
        blocks += all_tables(desk, of)
    blocks.append(Paragraph(tuple(_not_alone(facts, desk, of)), "note"))
    return Section(f"groups-{of.breakdown.id}", title, tuple(b for b in blocks if b != Paragraph((), "note")))


def _elsewhere(desk: Desk, of: Divided) -> Said:
    """Where the figures of many groups are."""
    n = desk.t.number(of.groups)
    cite = Cite("count", (("groups", of.breakdown.id),))
    if of.groups <= MOST_LISTED:
        return Said(desk.t("There are {n} groups, too many to be read side by side: their figures stand in "
                           "a table of the appendix.", n=n), (cite,))  # fmt: skip
    return Said(desk.t("There are {n} groups, too many for a report: their figures are on the wave’s page "
                       "and in its files.", n=n), (cite,))  # fmt: skip


def _standing(desk: Desk, of: Divided) -> Block:
    """The groups that differ, as a list where there is more than one sentence."""
    said = tuple(_standing_out(desk, of))
    return Points(tuple(Paragraph((one,)) for one in said)) if len(said) > 2 else Paragraph(said)


def _standing_out(desk: Desk, of: Divided) -> Iterator[Said]:
    """For each figure the groups that differ from everybody else by more than chance explains."""
    paths, seen, compared = paths_of(desk), 0, 0
    for path in paths:
        verdicts = _verdicts(desk, of, path)
        compared += len(verdicts)
        if any(verdict in OUTSTANDING for _, verdict in verdicts):
            seen += 1
            yield Said(_beyond_chance(desk, name_of(desk, path), verdicts))
    if not compared:
        yield Said(desk.t("No group has enough answers to be compared with everybody else."))
    elif not seen:
        yield Said(desk.t("In none of the figures does a group differ from everybody else by more than "
                          "chance can explain: the differences are too close to call."))  # fmt: skip
    elif seen < len(paths):
        yield Said(desk.t("In the other figures the differences are too close to call."))


def _beyond_chance(desk: Desk, figure: str, verdicts: list[tuple[str, str]]) -> str:
    """In which groups a figure is higher, and in which it is lower."""
    higher, lower = (
        desk.t.listing([name for name, verdict in verdicts if verdict == way]) for way in OUTSTANDING
    )
    if higher and lower:
        return desk.t("“{figure}” is higher than can be explained by chance in {higher}, lower in {lower}.",
                      figure=figure, higher=higher, lower=lower)  # fmt: skip
    if higher:
        return desk.t("“{figure}” is higher than can be explained by chance in {groups}.",
                      figure=figure, groups=higher)  # fmt: skip
    return desk.t("“{figure}” is lower than can be explained by chance in {groups}.",
                  figure=figure, groups=lower)  # fmt: skip


def _verdicts(desk: Desk, of: Divided, path: Path) -> list[tuple[str, str]]:
    found = []
    for row in of.rows[:-1]:
        verdict = desk.value((*measure_place(path, row.where), "against_rest", "verdict"))
        if verdict is not None:
            found.append((row.name.text, str(verdict)))
    return found


def _chart(desk: Desk, of: Divided) -> Iterator[Block]:
    """The chart of the first figure that is one number, by group."""
    first = next(
        (path for path, one in paths_of(desk).items() if len(path) == 1 and one.reason is None), None
    )
    if first is not None:
        caption = desk.t("{title}, by {breakdown}", title=name_of(desk, first), breakdown=small(of.label))
        yield from picture(desk, first[0], Said(caption), of.breakdown.id)


def _not_alone(facts: Facts, desk: Desk, of: Divided) -> Iterator[Said]:
    """Which groups are not shown, or not alone, and why; of many only how many."""
    asked = Asked(facts.results, facts.questionnaire, desk.t, of.breakdown.id)
    pooled = [name for name, part in of.found.groups.items() if isinstance(part, Pooled)]
    hidden: dict[Reason, list[str]] = {}
    for name, part in of.found.groups.items():
        if isinstance(part, Hidden):
            hidden.setdefault(part.reason, []).append(name)
    if pooled:
        said = _listed(desk, asked, of, pooled, "pooled")
        yield desk.say("Shown only together, as “others”: {groups}.", groups=said)
    for reason, names in hidden.items():
        yield desk.say("Not shown ({reason}): {groups}.", reason=desk.withheld(reason),
                       groups=_listed(desk, asked, of, names, str(reason)))  # fmt: skip


def _listed(desk: Desk, asked: Asked, of: Divided, names: list[str], why: str) -> Said:
    if len(names) <= NAMED:
        return Said(", ".join(asked.group(name) for name in names))
    cite = Cite("count", (("groups", f"{of.breakdown.id}:{why}"),))
    return Said(desk.t.plural("{n} group", "{n} groups", len(names)), (cite,))


def listed(facts: Facts, desk: Desk) -> list[Divided]:
    """The breakdowns whose groups stand in the appendix."""
    return [one for one in divided(facts, desk) if MOST_READ < one.groups <= MOST_LISTED]


def groups_in_short(facts: Facts, desk: Desk) -> tuple[Paragraph, ...]:
    """For the summary: the breakdowns in which groups stand out."""
    found = []
    for of in divided(facts, desk):
        standing = {
            name
            for path in paths_of(desk)
            for name, verdict in _verdicts(desk, of, path)
            if verdict in OUTSTANDING
        }
        if standing and len(standing) <= NAMED:
            names = [row.name.text for row in of.rows if row.name.text in standing]
            found.append(Said(desk.t(
                "By {breakdown}, these groups differ from everybody else in some figure by more than chance "
                "can explain: {groups}.", breakdown=small(of.label), groups=desk.t.listing(names),
            )))  # fmt: skip
    return (Paragraph(tuple(found)),) if found else ()
