"""How many of those invited have answered while a wave is open, told so that no single answer can be watched.

In an anonymous or panel wave every number of answers moves in steps of the threshold, and a group's is
told only from the threshold up. What is told of the groups changes only when the total takes a step, so that
nobody can watch a group for one answer. Pure: counts in, Rates out.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

HALF_LIVES = (1.0, 2.5, 6.0)
"""Days in which half of those who answer after a mail have answered: quick, usual, slow. An assumption,
said wherever a forecast is: what is stored of answers has no time from which it could be learned."""
LEAST_SEEN = 0.02
"""Below this share of the expected answers nothing can be foretold."""
Z = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


@dataclass(frozen=True)
class Reached:
    """What is known of the invitations of a group: how many, and how many were not reached or want no mail.

    `delivered` got an invitation by mail that did not come back; `complete` and `partial` are the answers so
    far, exact.
    """

    invited: int
    delivered: int = 0
    bounced: int = 0
    opted_out: int = 0
    withdrawn: int = 0
    complete: int = 0
    partial: int = 0


@dataclass(frozen=True)
class Rate:
    """A group, or the whole wave, as it may be told.

    `delivered` is how many got an invitation by mail that did not come back.
    `answers` counts complete and partial answers, in steps; None below the first step. `rr2` is answers,
    `rr1` complete answers (in steps, too; whole wave only) over the invited, 0 to 1; None where they cannot
    be told.
    `missing` is how many more answers the target needs; None without a target, 0 where it is reached.
    """

    name: str
    invited: int
    delivered: int
    bounced: int
    opted_out: int
    withdrawn: int
    answers: int | None
    rr2: float | None
    rr1: float | None
    missing: int | None


@dataclass(frozen=True)
class Forecast:
    """Where RR2 (0 to 1) will be on the last day if nothing more is sent: expected, and an interval."""

    expected: float
    low: float
    high: float
    day: date


@dataclass(frozen=True)
class Rates:
    """The rates of an open wave. `by` holds, for each breakdown, its groups in order of name.

    `step` is 1 where every answer may be told. `target` is the RR2 wanted, 0 to 1.
    """

    whole: Rate
    by: Mapping[str, Sequence[Rate]]
    step: int
    target: float | None
    forecast: Forecast | None

    def to_chase(self, breakdown: str) -> list[Rate]:
        """The groups that are furthest from the target, in answers; never a person."""
        behind = [rate for rate in self.by[breakdown] if rate.missing]
        return sorted(behind, key=lambda rate: (-(rate.missing or 0), rate.name))


def told(name: str, reached: Reached, step: int, target: float | None, whole: bool = False) -> Rate:
    """What may be told of a group of `reached` people."""
    answers = (reached.complete + reached.partial) // step * step
    complete = reached.complete // step * step
    shown = answers if answers or step == 1 else None
    rate = shown / reached.invited if shown is not None and reached.invited else None
    wanted = None if target is None else max(0, math.ceil(target * reached.invited - 1e-9) - answers)
    tells_complete = whole and rate is not None and (complete > 0 or step == 1)
    return Rate(
        name=name,
        invited=reached.invited,
        delivered=reached.delivered,
        bounced=reached.bounced,
        opted_out=reached.opted_out,
        withdrawn=reached.withdrawn,
        answers=shown,
        rr2=rate,
        rr1=complete / reached.invited if tells_complete else None,
        missing=wanted,
    )


def forecast(
    answers: int, invited: int, mailed: Sequence[tuple[date, int]], today: date, last: date | None
) -> Forecast | None:
    """Where RR2 will be on the `last` day, from the days on which how many mails went out.

    Answers to a mail are taken to come with a half-life of HALF_LIVES days. The expected value is for the
    usual one; the interval reaches from the quick to the slow one, and further by what chance does to the
    answers still to come (their Poisson spread, 95 %). None without a last day, mails or answers.
    """
    if last is None or last <= today or not answers or not invited or not mailed:
        return None
    futures = [_still_to_come(answers, mailed, today, last, days) for days in HALF_LIVES]
    if futures[1] is None:
        return None
    known = [future for future in futures if future is not None]
    low, high = min(known), max(known)
    ends = (
        answers + futures[1],
        answers + max(0.0, low - Z * math.sqrt(low)),
        answers + high + Z * math.sqrt(high),
    )
    expected, lowest, highest = (min(1.0, end / invited) for end in ends)
    return Forecast(expected, lowest, highest, last)


def _still_to_come(
    answers: int, mailed: Sequence[tuple[date, int]], today: date, last: date, half_life: float
) -> float | None:
    """How many answers come until the last day; None where too few can have come to tell."""
    mails = sum(n for _, n in mailed)

    def seen(at: date) -> float:
        """The share of all answers to these mails that have come by the end of a day."""
        days = [(n, (at - day).days + 1) for day, n in mailed]
        return math.fsum(n * (1 - math.exp2(-gone / half_life)) for n, gone in days if gone > 0) / mails

    so_far = seen(today)
    return None if so_far < LEAST_SEEN else answers * (seen(last) - so_far) / so_far
