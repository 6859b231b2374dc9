"""A synthetic programme: rows such as a file of answers holds, for the two definitions that ship.

Nobody gave these answers. They are drawn with a fixed seed, the same on every run and every machine:
nothing but sums and comparisons of what `Random` draws, no function of the platform's mathematics.

They reproduce what was published about the 2017-2019 work-life-balance plan of the Milan area: over
4,000 people reached (here exactly 4,000), 32 % answering, perceived utility 3.8, 57 % who would
recommend the service, net changes of employment status of seeking work -5, unemployed -3,
permanent +1, fixed term +3 and self-employed +3, and 17 organizations with 57 employees on average.
From the published text come also the shape of the dimensions (time highest, confidence high above all
after courses on starting a business, savings tied to care and time-saving services, economic
independence low, colleagues lower than the company) and about 1,800 people reached by well-being
activities. Every other number is invented: who is in which alliance, who answered, the transitions.

The five published nets sum to -1, which cannot be where everybody has a status at both times; the
sixth status, "other", takes the missing +1. The organizations that answered employ 969 people, fewer
than the 4,000 invited: the two surveys have two populations, which are never to be joined.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from random import Random

Row = dict[str, str]

_SEED = 20172019
_UNKNOWN = "DK"

# fmt: off
_ALLIANCES = (
    ("A1", 1040, 20), ("A2", 900, 18), ("A3", 760, 14), ("A4", 580, 12), ("A5", 460, 10), ("A6", 260, 6),
)
"""Alliance, people invited, organizations: 4,000 and 80."""

_SERVICES = {
    "wellbeing": 0.45, "time_saving": 0.18, "care": 0.16, "flexible_work": 0.12, "entrepreneurship": 0.09,
}
"""Service of the invitation -> its share of the people invited."""

_CARE = ("summer_camps", "childcare", "elder_care")
_USABLE = (*_CARE, "time_saving", "vouchers", "flexible_work", "entrepreneurship", "wellbeing")

_DISPOSITIONS = {"complete": 1228, "partial": 52, "opted_out": 60, "bounced": 150, "no_reply": 2510}

_UTILITY = {"1": 42, "2": 118, "3": 279, "4": 430, "5": 391}
"""1,260 valid answers that sum to 4,790."""

_RECOMMEND = {"1": 87, "2": 148, "3": 302, "4": 433, "5": 280}
"""1,250 valid answers, 713 of them 4 or 5."""

_STATUSES = ("seeking_work", "unemployed", "other", "self_employed", "fixed_term", "permanent")
"""In the order in which people come to courses on starting a business."""

_PAIRS = (
    (60, 1, 0, 3, 6, 4),
    (3, 65, 0, 1, 4, 1),
    (1, 1, 32, 0, 2, 0),
    (0, 0, 1, 70, 2, 2),
    (2, 1, 1, 1, 150, 10),
    (3, 3, 3, 3, 4, 800),
)
"""Status before (rows) and now (columns): 1,240 pairs of statuses, 63 of them off the diagonal."""

_ONLY_BEFORE, _ONLY_NOW, _NO_STATUS = 7, 3, 30

_CHANGES = {
    "awareness_strengths": 3.75, "awareness_confidence": 3.85,
    "economic_expenses": 3.0, "economic_decisions": 3.1,
    "savings_services": 3.3, "savings_month": 3.05,
    "professional_skills": 3.3, "professional_prospects": 3.2,
    "wellbeing_energy": 3.7, "wellbeing_stress": 3.85,
    "time_saving": 3.85, "time_managing": 4.05, "time_balance": 4.1,
    "company_trust": 3.55, "company_belonging": 3.6,
    "colleagues_support": 3.2, "colleagues_ease": 3.25,
}
"""Item of perceived change -> where its answers lie for an ordinary service, higher = better."""

_REVERSED = ("wellbeing_stress",)
_AT_WORK, _WITHOUT_WORK = ("company", "colleagues"), ("seeking_work", "unemployed", "other")
"""Dimensions that mostly do not apply to people of these statuses."""

_EFFECTS = {
    "time_saving": {"savings": 0.6, "time": 0.2, "wellbeing": 0.2},
    "care": {"savings": 0.7, "time": 0.2, "wellbeing": 0.1},
    "flexible_work": {"time": 0.2, "company": 0.2},
    "entrepreneurship": {"awareness": 0.7, "professional": 0.9, "economic": 0.1, "time": -0.3},
    "wellbeing": {"wellbeing": 0.2, "savings": -0.2},
}
"""Service -> dimension -> how far its answers lie from the ordinary."""

_GENDERS = {"woman": 0.64, "man": 0.31, "other": 0.01, _UNKNOWN: 0.02, "": 0.02}
_AGES = {"under_35": 0.21, "35-44": 0.38, "45-54": 0.26, "55+": 0.11, _UNKNOWN: 0.02, "": 0.02}
_COMMENTS = (
    "Un buon servizio, ma l'ho scoperto tardi.", "Orari comodi, lo userei ancora.",
    "Servirebbe anche d'estate.", "Le informazioni erano poco chiare.", "Easy to book. More places, please.",
)
_BENEFICIARY_COLUMNS = (
    "alliance", "organization", "service", "disposition", "services_used", "utility", "recommend",
    "status_before", "status_now", *_CHANGES, "gender", "age_band", "comment",
)

_EMPLOYEES = (9, 12, 14, 18, 21, 24, 28, 32, 35, 41, 48, 56, 66, 84, 110, 145, 226)
"""17 organizations, 969 employees, median 35."""

_ORGANIZATION_SCORES = {
    "relation": 4.2, "needs": 4.1, "needs_health": 3.7, "needs_family": 4.2, "needs_time": 4.0,
    "networking": 2.9, "participation": 3.5,
}
_ACTIONS = {
    "vouchers": 0.7, "summer_camps": 0.6, "elder_care": 0.5, "ready_shopping": 0.5, "childcare": 0.6,
    "flexible_hours": 0.3, "remote_work": 0.3, "training": 0.1, "wellbeing": 0.2,
}
"""Action -> how likely an organization finds it among the most useful."""

_SECTORS = ("industry", "trade", "business_services", "care", "education", "public", "other")
_ORGANIZATION_COLUMNS = (
    "alliance", "organization", "disposition", "employees", "sector", "relation", "needs", "needs_health",
    "needs_family", "needs_time", "useful_actions", "networking", "participation", "comment",
)
# fmt: on


def beneficiaries() -> list[Row]:
    """4,000 rows, one for each person invited to answer the definition `beneficiaries`.

    Columns: alliance, organization, service, `disposition` and the items, the same in every row; an
    item that was not answered is "". 1,228 rows are complete, 52 break off, the others hold no answer.
    """
    chance = _chance(_SEED)
    rows = _invited(chance)
    answered = _answering(rows, chance)
    moods = [_spread(chance) for _ in answered]
    _say_opinions(answered, moods, chance)
    _say_statuses(answered, chance)
    for row, mood in zip(answered, moods, strict=True):
        _say_services(row, chance)
        _say_changes(row, mood, chance)
        _say_person(row, chance)
        _leave_gaps(row, chance)
    return rows


def organizations() -> list[Row]:
    """80 rows, one for each organization on the register; 17 answered.

    Columns: alliance, organization (unique), `disposition` and the items of `organizations`.
    """
    chance = _chance(_SEED + 1)
    sizes = _organization_sizes()
    rows = [
        _blank(_ORGANIZATION_COLUMNS, {"alliance": a, "organization": o, "disposition": "no_reply"})
        for a, o, _ in sizes
    ]
    invited = {organization: people for _, organization, people in sizes}
    for row, employees in zip(_employers(rows, invited, chance), _EMPLOYEES, strict=True):
        _say_organization(row, employees, chance)
    return rows


def _chance(seed: int) -> Random:
    """The source of all draws: repeatable, which is what is wanted here."""
    return Random(seed)  # noqa: S311


def _blank(columns: Sequence[str], known: Mapping[str, str]) -> Row:
    """A row with every column, empty but for the known ones."""
    return {**dict.fromkeys(columns, ""), **known}


def _spread(chance: Random) -> float:
    """A draw with mean 0 and standard deviation 1, nearly normal: the sum of four uniform draws."""
    return (chance.random() + chance.random() + chance.random() + chance.random() - 2) * 1.7320508


def _drawn(shares: Mapping[str, float], chance: Random) -> str:
    """One key, drawn by its share; the shares sum to 1."""
    mark = chance.random()
    for name, share in shares.items():
        mark -= share
        if mark < 0:
            return name
    return name


def _organization_sizes() -> list[tuple[str, str, int]]:
    """(alliance, organization, people invited): organizations of an alliance are very unequal."""
    chance = _chance(_SEED + 2)
    sizes: list[tuple[str, str, int]] = []
    for alliance, people, organizations in _ALLIANCES:
        weights = [0.06 + chance.random() ** 3 for _ in range(organizations)]
        parts = [max(3, int(people * weight / sum(weights))) for weight in weights]
        parts[parts.index(max(parts))] += people - sum(parts)
        for part in parts:
            sizes.append((alliance, f"O{len(sizes) + 1:02}", part))
    return sizes


def _invited(chance: Random) -> list[Row]:
    """One row for each invited person, without answers."""
    rows = []
    for alliance, organization, people in _organization_sizes():
        for _ in range(people):
            places = {
                "alliance": alliance,
                "organization": organization,
                "service": _drawn(_SERVICES, chance),
            }
            rows.append(_blank(_BENEFICIARY_COLUMNS, places))
    return rows


def _answering(rows: list[Row], chance: Random) -> list[Row]:
    """Deal the dispositions, more answers in some organizations than in others; the rows that answered."""
    zeal = {organization: _spread(chance) for organization, _ in groupby(rows, itemgetter("organization"))}
    ranked = sorted(rows, key=lambda row: zeal[row["organization"]] + 1.5 * _spread(chance), reverse=True)
    answered = ranked[: _DISPOSITIONS["complete"] + _DISPOSITIONS["partial"]]
    silent = ranked[len(answered) :]
    chance.shuffle(answered)
    chance.shuffle(silent)
    dealt = [name for name, count in _DISPOSITIONS.items() for _ in range(count)]
    for row, disposition in zip(answered + silent, dealt, strict=True):
        row["disposition"] = disposition
    return answered


def _say_opinions(answered: list[Row], moods: list[float], chance: Random) -> None:
    """Utility and recommendation: the given tallies, dealt from the lowest mood to the highest."""
    scores = [mood + 0.6 * _spread(chance) for mood in moods]
    _deal(answered, "utility", scores, _UTILITY, unknown=8, chance=chance)
    scores = [score + 0.6 * _spread(chance) for score in scores]
    _deal(answered, "recommend", scores, _RECOMMEND, unknown=12, chance=chance)


def _deal(
    answered: list[Row],
    item: str,
    scores: list[float],
    tally: Mapping[str, int],
    unknown: int,
    chance: Random,
) -> None:
    """Give `item` exactly the answers of `tally`, in the order of `scores`.

    The people beyond the tally, drawn among those who completed, do not know (`unknown` of them) or
    leave the item out.
    """
    gaps = _some(answered, len(answered) - sum(tally.values()), chance)
    for place, index in enumerate(gaps):
        answered[index][item] = _UNKNOWN if place < unknown else ""
    valid = [index for index in range(len(answered)) if index not in gaps]
    valid.sort(key=lambda index: scores[index])
    codes = [code for code, count in tally.items() for _ in range(count)]
    for index, code in zip(valid, codes, strict=True):
        answered[index][item] = code


def _some(answered: list[Row], count: int, chance: Random) -> list[int]:
    """The indices of `count` people drawn among those who completed."""
    complete = [index for index, row in enumerate(answered) if row["disposition"] == "complete"]
    chance.shuffle(complete)
    return complete[:count]


def _say_statuses(answered: list[Row], chance: Random) -> None:
    """Status before and now: exactly the pairs above, the one-sided answers, and the people with neither."""
    one_sided = _ONLY_BEFORE + _ONLY_NOW
    drawn = _some(answered, one_sided + _NO_STATUS, chance)
    for place, index in enumerate(drawn[:one_sided]):
        answered[index]["status_before" if place < _ONLY_BEFORE else "status_now"] = "permanent"
    paired = [row for index, row in enumerate(answered) if index not in drawn]
    paired.sort(key=lambda row: _spread(chance) - 2 * (row["service"] == "entrepreneurship"))
    pairs = [
        (before, now)
        for before, counts in zip(_STATUSES, _PAIRS, strict=True)
        for now, people in zip(_STATUSES, counts, strict=True)
        for _ in range(people)
    ]
    for row, (before, now) in zip(paired, pairs, strict=True):
        row["status_before"], row["status_now"] = before, now


def _say_services(row: Row, chance: Random) -> None:
    """The services used: the one of the invitation, and sometimes others."""
    own = chance.choice(_CARE) if row["service"] == "care" else row["service"]
    used = [service for service in _USABLE if service == own or chance.random() < 0.06]
    row["services_used"] = "|".join(used)


def _say_changes(row: Row, mood: float, chance: Random) -> None:
    """The perceived changes; a person's mood and the dimension make the items of a dimension agree."""
    effects = _EFFECTS[row["service"]]
    leanings: dict[str, float] = {}
    for item, centre in _CHANGES.items():
        dimension = item.partition("_")[0]
        leaning = leanings.setdefault(dimension, 0.45 * mood + 0.5 * _spread(chance))
        code = _point(centre + effects.get(dimension, 0) + leaning + 0.6 * _spread(chance))
        foreign = dimension in _AT_WORK and row["status_now"] in _WITHOUT_WORK
        unknown = chance.random() < (0.7 if foreign else 0.025)
        row[item] = _UNKNOWN if unknown else str(6 - code if item in _REVERSED else code)


def _point(score: float) -> int:
    """The nearest point of a scale from 1 to 5."""
    return min(5, max(1, int(score + 0.5)))


def _say_person(row: Row, chance: Random) -> None:
    """Gender, age and comment, each optional."""
    row["gender"] = _drawn(_GENDERS, chance)
    row["age_band"] = _drawn(_AGES, chance)
    row["comment"] = chance.choice(_COMMENTS) if chance.random() < 0.06 else ""


def _leave_gaps(row: Row, chance: Random) -> None:
    """A partial answer breaks off among the changes; a complete one leaves out at most two of them.

    The base of completeness is 22 items (17 changes, 5 before them). A partial answer keeps 9 to 14;
    a complete one keeps at least 22 - 2 - 4, and 16 is above 0.7 of 22.
    """
    items = tuple(_CHANGES)
    if row["disposition"] == "partial":
        missed: tuple[str, ...] = (*items[chance.randrange(4, 10) :], "gender", "age_band", "comment")
    else:
        missed = tuple(chance.choice(items) for _ in range(chance.choice((0, 0, 0, 0, 0, 1, 1, 2))))
    for item in missed:
        row[item] = ""


def _employers(rows: list[Row], invited: Mapping[str, int], chance: Random) -> list[Row]:
    """For each number of employees, in order, an organization with no more people invited than that."""
    chosen: list[Row] = []
    for employees in _EMPLOYEES:
        fitting = [row for row in rows if row not in chosen and invited[row["organization"]] <= employees]
        chosen.append(chance.choice(fitting))
    return chosen


def _say_organization(row: Row, employees: int, chance: Random) -> None:
    """One organization's answers; what it employs is given."""
    row["disposition"] = "complete"
    row["employees"] = str(employees)
    row["sector"] = chance.choice(_SECTORS)
    mood = 0.5 * _spread(chance)
    for item, centre in _ORGANIZATION_SCORES.items():
        code = str(_point(centre + mood + 0.7 * _spread(chance)))
        row[item] = _UNKNOWN if chance.random() < 0.04 else code
    useful = [action for action, likely in _ACTIONS.items() if chance.random() < likely]
    row["useful_actions"] = "|".join(useful)
