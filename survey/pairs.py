"""The tally of a before/after pair: whole, or its two margins alone.

Who went from which status to which is released for the whole wave, and in a group only where each status
before has nobody or enough people. Elsewhere a release holds what the two questions tell by themselves:
how many of the complete pairs had each status before, and have it now. How many moved is left out
with the rest: of two statuses it would tell the whole table.
"""

from collections.abc import Mapping

BEFORE, AFTER = ":before:", ":after:"
ONLY_BEFORE, ONLY_AFTER = ":only_before", ":only_after"
"""Categories of the margins: complete pairs by status, and the people who gave one of the two."""

FEWEST_PER_STATUS = 10
"""People whom a status before must hold (or none) for a group's transitions to be shown."""

Tally = Mapping[str, int]


def are_margins(tally: Tally) -> bool:
    """Whether a tally holds the margins alone."""
    return ONLY_BEFORE in tally


def margins_only(tally: Tally) -> dict[str, int]:
    """The margins of a tally of pairs; of margins, the same again."""
    if are_margins(tally):
        return dict(tally)
    margins = {ONLY_BEFORE: 0, ONLY_AFTER: 0}
    for category, n in tally.items():
        before, after = category.split(">")
        if before and after:
            names: tuple[str, ...] = (BEFORE + before, AFTER + after)
        else:
            names = (ONLY_BEFORE,) if before else (ONLY_AFTER,) if after else ()
        for name in names:
            margins[name] = margins.get(name, 0) + n
    return margins


def of_group(tally: Tally) -> Tally:
    """What may be released of the pairs of a group: all of them where enough had each status before."""
    before = [n for category, n in margins_only(tally).items() if category.startswith(BEFORE)]
    return tally if all(n == 0 or n >= FEWEST_PER_STATUS for n in before) else margins_only(tally)
