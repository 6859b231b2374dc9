"""Judged people beside those whom a wave has already -> who is added, what changes, who stays as he is.

The same person has the same invitation, however often a corrected file is imported. Who is the same
says the address, without regard to case; in a named wave the organization, whoever answers for it; for
people without an address their name and groups.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from survey.cells import Values
from survey.counts import NOT_ASSIGNED
from survey.definitions.model import Mode, Questionnaire
from survey.language import Text, text
from survey.people.judging import Person
from survey.rows import RowProblem

ADDRESS, NAME, LANGUAGE, GROUPS, COLLEAGUES = "address", "name", "language", "groups", "colleagues"
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Another address of an invitation, with its contact's id."""

    contact: bytes
    email: str


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom the wave has invited: the invitation and, where there is one, its first contact."""

    invitation: bytes
    contact: bytes | None
    email: str
    name: str
    language: str | None
    groups: Values
    colleagues: tuple[Colleague, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of somebody known: `person` as it will be stored, `fields` what of it is new."""

    known: Known
    person: Person
    fields: frozenset[str]


@dataclass(frozen=True)
class Plan:
    """What importing will do; `absent` are people of the wave whom the file does not name: they stay."""

    added: Sequence[Person]
    changed: Sequence[Change]
    same: int
    absent: int
    problems: Sequence[RowProblem] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing is to be stored."""
        return not self.added and not self.changed

    @property
    def digest(self) -> str:
        """A short name of this very plan: another one of the same file has another."""
        told = [f"+{one.line}" for one in self.added]
        told += [f"{one.person.line}{sorted(one.fields)}" for one in self.changed]
        return hashlib.sha256("\n".join([*told, str(self.same)]).encode()).hexdigest()[:16]

    def counted(self, field: str) -> int:
        """How many people change in one of ADDRESS, NAME, ..."""
        return sum(field in one.fields for one in self.changed)


class Identity:
    """Who is the same person in a wave."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        ids = [breakdown.id for breakdown in questionnaire.invited_by]
        named = questionnaire.mode is Mode.NAMED and "organization" in ids
        self._place = ids.index("organization") if named else None

    def of(self, one: Person | Known) -> Key:
        """What two entries of the same person have in common."""
        if self._place is not None and one.groups:
            return ("organization", one.groups[self._place])
        return ("email", one.email.casefold()) if one.email else self.by_name(one)

    def by_name(self, one: Person | Known) -> Key:
        """How people without an address are told apart."""
        return ("name", one.name.casefold(), one.groups)


def plan(
    questionnaire: Questionnaire, people: Iterable[Person], known: Iterable[Known], frozen: bool
) -> Plan:
    """What importing `people` will do to a wave. `frozen`: its groups may not change any more."""
    identity = Identity(questionnaire)
    there = {identity.of(one): one for one in known if one.contact or identity.of(one)[0] == "organization"}
    number, added, changed, problems = len(there), [], [], list[RowProblem]()
    same = 0
    for person in people:
        # An address that was missing may come later.
        one = there.pop(identity.of(person), None) or there.pop(identity.by_name(person), None)
        change = merged(one, person) if one else None
        if change is None:
            added.append(person)
        elif frozen and GROUPS in change.fields:
            problems.append(RowProblem(person.line, "", frozen_groups(questionnaire, change)))
        elif change.fields:
            changed.append(change)
        else:
            same += 1
    absent = number - same - len(changed) - len(problems)
    return Plan(added, changed, same, absent, tuple(problems))


def merged(known: Known, person: Person) -> Change:
    """Somebody known, as told anew; what is not told now stays as it is."""
    groups = tuple(
        before if now == NOT_ASSIGNED else now
        for before, now in zip(known.groups, person.groups, strict=True)
    )
    colleagues = person.colleagues or tuple(one.email for one in known.colleagues)
    whole = Person(
        person.line,
        person.email or known.email,
        person.name or known.name,
        person.language or known.language,
        groups,
        colleagues,
        person.known_as,
    )
    return compared(known, whole)


def compared(known: Known, whole: Person) -> Change:
    """Somebody known, and all that will be stored of him."""
    values = {
        ADDRESS: (known.email.casefold(), whole.email.casefold()),
        NAME: (known.name, whole.name),
        LANGUAGE: (known.language, whole.language),
        GROUPS: (known.groups, whole.groups),
        COLLEAGUES: (_small(one.email for one in known.colleagues), _small(whole.colleagues)),
    }
    return Change(known, whole, frozenset(field for field, (old, new) in values.items() if old != new))


def _small(addresses: Iterable[str]) -> list[str]:
    return sorted(address.casefold() for address in addresses)


def frozen_groups(questionnaire: Questionnaire, change: Change) -> Text:
    """Why the groups of somebody whose answer may name a cell stay as they are."""
    pairs = zip(questionnaire.invited_by, change.known.groups, change.person.groups, strict=True)
    label, before, now = next((one.label, old, new) for one, old, new in pairs if old != new)
    return text(
        "{label} would change from {before} to {now}; since the wave is open, the groups of those who are "
        "invited do not change any more: write {before} again, or leave the cell empty",
        label=label, before=_said(before), now=_said(now),
    )  # fmt: skip


def _said(value: str) -> str | Text:
    return text("no group") if value == NOT_ASSIGNED else value
