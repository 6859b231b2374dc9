"""Parts of several releases -> one part: what every release shows, added up; nothing is reopened."""

from collections.abc import Sequence
from dataclasses import replace

from survey import pairs
from survey.counts import Reason
from survey.release import Crossed, Divided, Hidden, Part, Pooled, Release, Tallied

Figure = Tallied | Reason
Members = tuple[str, ...]


def divided(releases: Sequence[Release], breakdown: str, by_name: bool) -> Divided:
    """The groups that every release shows, added up; the pools of each, told apart by their wave."""
    parts = [release.by[breakdown] for release in releases]
    names = list(dict.fromkeys(group for part in parts for group in part.groups))
    groups = {
        name: _group([part.groups[name] for part in parts if name in part.groups])
        for name in (sorted(names) if by_name else names)
    }
    pools = [
        replace(pool, of=pool.of or release.wave)
        for release, part in zip(releases, parts, strict=True)
        for pool in part.others
    ]
    return Divided(groups, tuple(pools))


def crossed(crosses: Sequence[Crossed]) -> Crossed:
    """The rows and columns of all crosses, in the order in which they are met."""
    rows = tuple(dict.fromkeys(row for cross in crosses for row in cross.rows))
    columns = tuple(dict.fromkeys(column for cross in crosses for column in cross.columns))
    cells = (tuple(_cell(crosses, row, column) for column in columns) for row in rows)
    return Crossed(rows, columns, tuple(cells))


def _cell(crosses: Sequence[Crossed], row: Members, column: Members) -> Part | Hidden:
    """One cell, added up where every release that knows its groups has this very cell and shows it."""
    known = [
        cross.cells[cross.rows.index(row)][cross.columns.index(column)]
        if row in cross.rows and column in cross.columns
        else Hidden(Reason.HIDDEN_IN_A_PART)
        for cross in crosses
        if _meet(cross.rows, row) and _meet(cross.columns, column)
    ]
    counted = [one for one in known if one != Hidden(Reason.NO_ANSWERS)]
    shown = [one for one in counted if isinstance(one, Part)]
    if not counted:
        return Hidden(Reason.NO_ANSWERS)
    if len(shown) == len(counted):
        return summed(shown)
    return counted[0] if not shown and len(set(map(str, counted))) == 1 else Hidden(Reason.HIDDEN_IN_A_PART)


def _meet(lines: Sequence[Members], members: Members) -> bool:
    """Whether a release has one of some groups among its rows or columns."""
    return any(not set(members).isdisjoint(line) for line in lines)


def _group(known: Sequence[Part | Pooled | Hidden]) -> Part | Pooled | Hidden:
    """One group in the releases that know it."""
    shown = [one for one in known if isinstance(one, Part)]
    if len(shown) == len(known):
        return summed(shown)
    return known[0] if not shown and len(set(known)) == 1 else Hidden(Reason.HIDDEN_IN_A_PART)


def summed(parts: Sequence[Part]) -> Part:
    """Several parts as one; a release of an earlier program may lack figures that later ones count."""
    names = dict.fromkeys(name for part in parts for name in part.figures)
    return Part(
        _total([part.invited for part in parts]),
        _total([part.population for part in parts]),
        sum(part.responses for part in parts),
        sum(part.complete for part in parts),
        sum(part.partial for part in parts),
        {name: _figure([part.figures.get(name, Reason.NOT_COUNTED) for part in parts]) for name in names},
    )


def _total(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _figure(figures: Sequence[Figure]) -> Figure:
    """One figure of several parts; withheld where one of them withholds it."""
    reasons = {figure for figure in figures if isinstance(figure, Reason)}
    if reasons:
        return reasons.pop() if len(set(map(type, figures))) == 1 == len(reasons) else Reason.HIDDEN_IN_A_PART
    tallies = [figure for figure in figures if not isinstance(figure, Reason)]
    if any(pairs.are_margins(tally) for tally in tallies):
        tallies = [pairs.margins_only(tally) for tally in tallies]
    total: dict[str, int] = {}
    for tally in tallies:
        for category, n in tally.items():
            total[category] = total.get(category, 0) + n
    return total
