"""Numbers as people type them, numbers as files hold them, and how long they can get when written.

A comma and a point are both taken for the decimal mark, and both, like a blank or an apostrophe,
for the mark between thousands: `1280`, `1.280`, `1,280`, `1 280` and `1.280,50` are all read. Where
two readings are left, the number of decimals asked for and the range decide; where they cannot,
the person is asked (`1.280` where three decimals are allowed may be 1280 or 1.28).
"""

import re
from decimal import Decimal
from math import ceil, floor

from survey.language import Refusal, text

Number = int | Decimal
"""Whole numbers are int; others a Decimal without trailing zeros."""

LONGEST = 40
THOUSANDS = 3
"""How many digits stand behind a mark for thousands."""
PLAIN = re.compile(r"(?P<whole>[0-9]+)(?:[.,](?P<part>[0-9]+))?")
GROUPED = re.compile(
    r"(?P<whole>[1-9][0-9]{0,2}(?P<mark>[.,'’ \u00a0\u202f])[0-9]{3}(?:(?P=mark)[0-9]{3})*)"
    r"(?:(?!(?P=mark))[.,](?P<part>[0-9]+))?"
)
IN_FILES = re.compile(r"(?P<sign>-?)(?P<whole>[0-9]+)(?:[.,](?P<part>[0-9]+))?")


class InvalidNumber(Refusal):
    """What was sent is no number, has too many decimals, or lies outside its range."""


def typed_number(typed: str, lowest: float, highest: float, decimals: int) -> Number:
    """The number that a person typed, from `lowest` to `highest`, with at most `decimals` decimals.

    Raises InvalidNumber, which says how it was understood.
    """
    read = _readings(typed, decimals)
    fitting = sorted({number for number in read if _exact(lowest) <= number <= _exact(highest)})
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise InvalidNumber(
            text(
                "“{typed}” could mean {small} or {large}. Please write it without a mark for thousands.",
                typed=typed.strip(),
                small=fitting[0],
                large=fitting[-1],
            )
        )
    raise InvalidNumber(
        text(
            "“{typed}” was read as {number}. Please enter a number from {lowest} to {highest}.",
            typed=typed.strip(),
            number=read[0],
            lowest=lowest,
            highest=highest,
        )
    )


def filed_number(cell: str, lowest: float, highest: float, decimals: int) -> Number:
    """The number in a file's cell: digits, a decimal point or comma, no mark for thousands.

    Three decimals where fewer are asked for (1.000) look like thousands and are refused. Raises
    InvalidNumber.
    """
    match = IN_FILES.fullmatch(cell[: LONGEST + 1])
    if not match or len(cell) > LONGEST:
        raise InvalidNumber(
            text(
                "“{value}” is not a number; write digits, and a point or comma before decimals",
                value=cell[:LONGEST],
            )
        )
    number = _number(match["sign"], match["whole"], match["part"] or "")
    if -_exponent(number) > decimals or len(match["part"] or "") == THOUSANDS > decimals:
        raise InvalidNumber(text("{value} has more than {n} decimals", value=cell, n=decimals))
    if not _exact(lowest) <= number <= _exact(highest):
        raise InvalidNumber(
            text(
                "{value} is outside the range from {lowest} to {highest}",
                value=cell,
                lowest=lowest,
                highest=highest,
            )
        )
    return number


def widest(lowest: float, highest: float, decimals: int) -> int:
    """Characters of the longest Number from `lowest` to `highest` (0: the range holds none).

    Length grows with distance from zero, except that a last digit 0 is not written: so the longest
    is one of the two outermost numbers at either end.
    """
    unit = Decimal(1).scaleb(-decimals)
    first, last = ceil(_exact(lowest) / unit), floor(_exact(highest) / unit)
    ends = {step for step in (first, first + 1, last - 1, last) if first <= step <= last}
    return max((len(written(_of_steps(step, decimals))) for step in ends), default=0)


def written(number: Number) -> str:
    """A Number in digits with a decimal point, never with an exponent."""
    return format(number, "f") if isinstance(number, Decimal) else str(number)


def _readings(typed: str, decimals: int) -> list[Number]:
    """Every way to read what was typed that has few enough decimals; at least one."""
    body = typed.strip()
    sign = "-" if body[:1] in ("-", "−") else ""
    digits = body[1:].lstrip() if sign or body.startswith("+") else body
    matches = [match for form in (PLAIN, GROUPED) if (match := form.fullmatch(digits))]
    if not matches or len(body) > LONGEST:
        raise InvalidNumber(
            text("“{typed}” is not a number. Please write it in digits.", typed=body[:LONGEST])
        )
    read = [
        _number(sign, re.sub("[^0-9]", "", match["whole"]), match["part"] or "")
        for match in matches
        if len(match["part"] or "") <= decimals
    ]
    if not read and not decimals:
        raise InvalidNumber(text("“{typed}” has decimals. Please enter a whole number.", typed=body))
    if not read:
        raise InvalidNumber(
            text("“{typed}” has too many decimals: at most {n} can be given.", typed=body, n=decimals)
        )
    return read


def _number(sign: str, whole: str, part: str) -> Number:
    part = part.rstrip("0")
    return Decimal(f"{sign}{whole}.{part}") if part else int(sign + whole)


def _of_steps(steps: int, decimals: int) -> Number:
    digits = str(abs(steps)).rjust(decimals + 1, "0")
    cut = len(digits) - decimals
    return _number("-" if steps < 0 else "", digits[:cut], digits[cut:])


def _exponent(number: Number) -> int:
    return int(number.as_tuple().exponent) if isinstance(number, Decimal) else 0


def _exact(bound: float) -> Decimal:
    """A bound of the definition as its author wrote it: 0.1 is a tenth."""
    return Decimal(repr(bound))
