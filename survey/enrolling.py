"""Journey: a list of people -> what it will do to a wave -> invitations and contacts, all or nothing.

The file is read and judged outside of any lock; what it will do is worked out anew inside the one
transaction that does it, and refused where it is not what was looked at. Single people are added,
corrected and withdrawn in the same way. Every act is in the log, as numbers: no address, no name.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom

from survey import cells, definitions, inviting, simulating, tables, tokens
from survey.cells import Values
from survey.counts import NOT_ASSIGNED, Cell
from survey.definitions.model import Mode, Questionnaire
from survey.inviting import WrongState
from survey.keys import MarkKeys
from survey.language import Refusal, Text, text
from survey.people import (
    Change,
    Colleague,
    Columns,
    Identity,
    Judged,
    Known,
    Person,
    Plan,
    compared,
    frozen_groups,
    judged,
    judged_one,
)
from survey.people import plan as planned
from survey.people.planning import ADDRESS, GROUPS, LANGUAGE
from survey.recognising import Recognising
from survey.rows import InvalidRows, RowProblem
from survey.simulating import RATE, THRESHOLDS, Forecast
from survey.store import Store, audit, contacts, invitations, responses, waves
from survey.store.audit import Entry
from survey.store.contacts import Contact
from survey.store.database import Database
from survey.store.invitations import Invitation
from survey.store.waves import STATES, Wave

FIRST_ROWS = 8
COLLEAGUE = "colleague"
FIELDS = ("email", "name", "language", "colleagues", "person")
"""What can be told of a person besides the groups."""


class PlanChanged(Refusal):
    """The wave has changed since the list was looked at, so that the list would do something else."""

    def __init__(self) -> None:
        super().__init__(
            "meanwhile the wave has changed, and this list would do something else than what was shown; "
            "nothing was stored: look at it again"
        )


class NoSuchPerson(Refusal):
    """Nobody, or more than one person, of the wave has this address."""


class CannotCorrect(Refusal):
    """A person cannot be corrected as asked."""


@dataclass(frozen=True)
class Review:
    """A list of people beside its wave, before anything is stored.

    `problems` must be none for it to be stored; `first` are its first people as they will be stored;
    `forecasts` tell which groups can then be shown.
    """

    questionnaire: Questionnaire
    name: str
    how: Text
    judged: Judged
    plan: Plan
    problems: Sequence[RowProblem]
    first: Sequence[Person]
    forecasts: Sequence[Forecast]


def review(store: Store, wave_id: str, content: bytes, name: str, rate: float = RATE) -> Review:
    """What importing a file will do; nothing is stored.

    Raises UnknownWave, WrongState, InvalidFile, and BadGroup where the file contradicts the wave.
    """
    with store.read() as db:
        wave = waves.get(db, wave_id)
    _judge_state(wave)
    questionnaire, how, found = _judged(wave, content, name)
    with store.read() as db:
        plan = _plan(db, wave, questionnaire, found.people)
        problems = (*found.problems, *plan.problems)
        if not problems:
            inviting.judge_sizes(questionnaire, _invited_after(db, wave, plan))
        forecasts = [] if problems else _forecasts(db, wave, questionnaire, plan, rate)
    first = [*(one.person for one in plan.changed), *plan.added]
    first = sorted(first, key=lambda person: person.line)[:FIRST_ROWS]
    return Review(questionnaire, name, how, found, plan, problems, first, forecasts)


def import_people(
    store: Store,
    mark_keys: MarkKeys,
    wave_id: str,
    content: bytes,
    name: str,
    who: str,
    now: datetime,
    digest: str | None = None,
) -> Plan:
    """Store a file of people; `digest` is that of the plan that was looked at, if one was.

    Raises UnknownWave, WrongState, InvalidFile, InvalidRows, BadGroup or PlanChanged, with nothing stored.
    """
    with store.read() as db:
        wave = waves.get(db, wave_id)
    _judge_state(wave)
    questionnaire, _, found = _judged(wave, content, name)
    if found.problems:
        raise InvalidRows(name, found.problems)
    with store.write() as db:
        wave = waves.get(db, wave_id)
        _judge_state(wave)
        plan = _plan(db, wave, questionnaire, found.people)
        if plan.problems:
            raise InvalidRows(name, plan.problems)
        if digest is not None and digest != plan.digest:
            raise PlanChanged
        _store(db, wave, mark_keys, plan)
        _note(db, wave, audit.IMPORTED, f"+{len(plan.added)} ~{len(plan.changed)} ={plan.same}", who, now)
        return plan


def add(
    store: Store, mark_keys: MarkKeys, wave_id: str, told: Mapping[str, str], who: str, now: datetime
) -> Person:
    """Invite one person, told as in a row: email, name, language, colleagues and breakdown ids.

    Raises UnknownWave, WrongState, BadGroup, and CannotCorrect for what a row could not hold or somebody
    who is there already.
    """
    with store.write() as db:
        wave = waves.get(db, wave_id)
        _judge_state(wave)
        questionnaire = definitions.load(wave.definition, wave.id)
        person = _one(questionnaire, told)
        plan = _plan(db, wave, questionnaire, [person])
        if not plan.added:
            raise CannotCorrect("this person is in the wave {wave} already; correct what is not right",
                                wave=wave_id)  # fmt: skip
        _store(db, wave, mark_keys, plan)
        _note(db, wave, audit.IMPORTED, "+1", who, now)
        return person


def correct(
    store: Store,
    mark_keys: MarkKeys,
    wave_id: str,
    invitation: bytes,
    told: Mapping[str, str],
    who: str,
    now: datetime,
) -> frozenset[str]:
    """Correct one person, told as in a row; what is not told stays. Returns what changed.

    A new address takes mails again, and the invitation is not called bounced any more. Raises
    UnknownWave, WrongState, NoSuchPerson, BadGroup, CannotCorrect.
    """
    with store.write() as db:
        wave = waves.get(db, wave_id)
        _judge_state(wave)
        questionnaire = definitions.load(wave.definition, wave.id)
        known = _known_one(db, wave, invitation)
        change = compared(known, _one(questionnaire, {**as_told(questionnaire, known), **told}))
        _judge_change(db, wave, questionnaire, change)
        if change.fields:
            _store(db, wave, mark_keys, Plan([], [change], 0, 0))
            _note(db, wave, audit.CORRECTED, " ".join(sorted(change.fields)), who, now)
        return change.fields


def withdraw(store: Store, wave_id: str, invitation: bytes, who: str, now: datetime) -> None:
    """No more mail to a person, who stays among the invited as withdrawn. The link goes on working.

    Raises UnknownWave, WrongState, NoSuchPerson.
    """
    with store.write() as db:
        wave = waves.get(db, wave_id)
        _judge_state(wave)
        _known_one(db, wave, invitation)
        invitations.set_dispositions(db, [(invitation, "withdrawn")])
        _note(db, wave, audit.WITHDRAWN, "1", who, now)


def erase_contacts(store: Store, wave_id: str, who: str, now: datetime, open_too: bool = False) -> int:
    """Forget all addresses and names of a wave; invitations, links and rates stay. Returns how many.

    Raises UnknownWave, and WrongState for a wave that is open unless `open_too`: nobody of it can be
    written to any more.
    """
    with store.write() as db:
        wave = waves.get(db, wave_id)
        if wave.state == "open" and not open_too:
            raise WrongState(
                "the wave {wave} is open: without contacts nobody can be invited or reminded any more; "
                "close it first, or say --yes", wave=wave_id,
            )  # fmt: skip
        erased = contacts.remove_all(db, wave_id)
        _note(db, wave, audit.ERASED, str(erased), who, now)
        return erased


def found(db: Database, wave: Wave, email: str) -> bytes:
    """The invitation of the one person of a wave with an address. Raises NoSuchPerson."""
    there = {one.invitation for one in contacts.by_email(db, wave.id, email.strip())}
    if len(there) != 1:
        raise NoSuchPerson(
            "people of the wave {wave} with the address {email}: {n}; name exactly one: "
            "survey people list {wave} shows all",
            n=len(there), wave=wave.id, email=email,
        )  # fmt: skip
    return there.pop()


def known_one(store: Store, wave_id: str, contact: bytes) -> tuple[Known, Invitation, Sequence[Contact]]:
    """Somebody of a wave by the id of a contact, with invitation and contacts. Raises NoSuchPerson."""
    with store.read() as db:
        wave = waves.get(db, wave_id)
        one = contacts.get(db, contact)
        if one is None or one.wave != wave_id:
            raise NoSuchPerson("this person is not in the wave {wave} any more", wave=wave_id)
        return (
            _known_one(db, wave, one.invitation),
            invitations.get(db, one.invitation),
            contacts.of_invitations(db, [one.invitation]),
        )


def forecasts(store: Store, wave_id: str, rate: float = RATE) -> list[Forecast]:
    """Which groups will be large enough, at each threshold that can still be chosen. Raises UnknownWave.

    Of an open wave at its own threshold only; none of a named one, which shows every group.
    """
    with store.read() as db:
        wave = waves.get(db, wave_id)
        questionnaire = definitions.load(wave.definition, wave.id)
        return _forecasts(db, wave, questionnaire, Plan([], [], 0, 0), rate)


FIELD_NAMES: Mapping[str, Text] = {
    "address": text("address"),
    "name": text("name"),
    "language": text("language"),
    "groups": text("groups"),
    "colleagues": text("colleagues"),
}
"""What of a person can change, in words."""


def said(one: Forecast, most: int = 1000) -> Iterator[Text]:
    """A forecast as sentences, each naming at most so many of the groups that are pooled."""
    for outlook in one.outlooks:
        yield text(
            "threshold {threshold}, {rate} % answering: {shown} of {groups} groups of “{label}” can be shown "
            "by themselves (from {low} to {high} in simulated waves)",
            threshold=one.threshold, rate=round(100 * one.rate, 1), shown=outlook.typical,
            groups=outlook.groups, label=outlook.breakdown.label, low=outlook.low, high=outlook.high,
        )  # fmt: skip
        if outlook.pooled:
            yield text("    together with others: {groups}", groups=shortened(outlook.pooled, most))


def shortened(groups: Sequence[str], most: int) -> str:
    """The first groups of many."""
    return ", ".join(groups[:most]) + (", …" if len(groups) > most else "")


def listed(db: Database, wave: Wave, bounced: bool) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of a list of contacts; `bounced`: only those whom mail does not reach.

    The columns are those of an import and more, which an import leaves out: the list can be corrected and
    imported again. In a named wave it has a row for each organization, colleagues in one cell, and says
    which of the addresses came back.
    """
    questionnaire = definitions.load(wave.definition, wave.id)
    of = {one.id: one for one in invitations.of_wave(db, wave.id)}
    together: dict[bytes, list[Contact]] = {}
    for one in contacts.of_wave(db, wave.id):
        together.setdefault(one.invitation if wave.mode is Mode.NAMED else one.id, []).append(one)
    header = ["email", "name", "language", *(one.id for one in questionnaire.invited_by)]
    header += ["colleagues", "bounced", "state"] if wave.mode is Mode.NAMED else ["state"]
    rows = []
    for there in together.values():
        invitation = of[there[0].invitation]
        if not bounced or invitation.disposition == "bounced" or any(one.bounced for one in there):
            rows.append(_row(invitation, there, wave.mode is Mode.NAMED))
    return header, rows


def _row(invitation: Invitation, there: Sequence[Contact], named: bool) -> list[str]:
    """The contacts of an invitation as a row of a list."""
    first = next((one for one in there if one.role != COLLEAGUE), None)
    groups = ("" if value == NOT_ASSIGNED else value for value in invitation.groups)
    who = [first.email, first.name] if first else ["", ""]
    colleagues = ", ".join(one.email for one in there if one.role == COLLEAGUE)
    lost = ", ".join(one.email for one in there if one.bounced)
    standing = ("opted_out" if one.opted_out else "" for one in there)
    state = "bounced" if lost else next(filter(None, standing), invitation.disposition or "")
    return [*who, invitation.language or "", *groups, *([colleagues, lost] if named else []), state]


def _judge_state(wave: Wave) -> None:
    if wave.state not in ("draft", "open"):
        raise WrongState("the wave {wave} is {state}: its people cannot be changed any more",
                         wave=wave.id, state=STATES[wave.state])  # fmt: skip


def _judged(wave: Wave, content: bytes, name: str) -> tuple[Questionnaire, Text, Judged]:
    questionnaire = definitions.load(wave.definition, wave.id)
    table = tables.read(content, name)
    columns = Columns.of(table.header, questionnaire, name)
    return questionnaire, table.how, judged(questionnaire, table, columns, Identity(questionnaire).of)


def _plan(db: Database, wave: Wave, questionnaire: Questionnaire, people: Sequence[Person]) -> Plan:
    return planned(questionnaire, people, _known(db, wave), frozen=_frozen(wave))


def _frozen(wave: Wave) -> bool:
    """Whether cells were dealt that answers may name by now."""
    return wave.state == "open" and wave.mode is not Mode.NAMED


def _known(db: Database, wave: Wave) -> list[Known]:
    """Everybody who is invited, with contacts."""
    first: dict[bytes, Contact] = {}
    others: dict[bytes, list[Colleague]] = {}
    for one in contacts.of_wave(db, wave.id):
        if one.role == COLLEAGUE:
            others.setdefault(one.invitation, []).append(Colleague(one.id, one.email))
        else:
            first.setdefault(one.invitation, one)
    return [
        _known_of(one, first.get(one.id), others.get(one.id, ())) for one in invitations.of_wave(db, wave.id)
    ]


def _known_of(one: Invitation, first: Contact | None, others: Sequence[Colleague]) -> Known:
    contact, email, name = (first.id, first.email, first.name) if first else (None, "", "")
    return Known(one.id, contact, email, name, one.language, one.groups, tuple(others))


def _known_one(db: Database, wave: Wave, invitation: bytes) -> Known:
    there = contacts.of_invitations(db, [invitation])
    if not there or there[0].wave != wave.id:
        raise NoSuchPerson("this person is not in the wave {wave} any more", wave=wave.id)
    first = next((one for one in there if one.role != COLLEAGUE), None)
    others = [Colleague(one.id, one.email) for one in there if one.role == COLLEAGUE]
    return _known_of(invitations.get(db, invitation), first, others)


def _one(questionnaire: Questionnaire, told: Mapping[str, str]) -> Person:
    """One person told by hand. Raises BadGroup for an unknown breakdown, CannotCorrect for the rest."""
    groups = {name: value for name, value in told.items() if name not in FIELDS}
    cells.group_values(questionnaire, groups)
    result = judged_one(questionnaire, told)
    for problem in result.problems:
        raise CannotCorrect("{column}: {why}", column=problem.column, why=problem.text)
    return result.people[0]


def as_told(questionnaire: Questionnaire, known: Known) -> dict[str, str]:
    """Somebody known as a row would tell him."""
    groups = zip(questionnaire.invited_by, known.groups, strict=True)
    return {
        "email": known.email,
        "name": known.name,
        "language": known.language or "",
        "colleagues": ", ".join(one.email for one in known.colleagues),
        **{one.id: "" if value == NOT_ASSIGNED else value for one, value in groups},
    }


def _judge_change(db: Database, wave: Wave, questionnaire: Questionnaire, change: Change) -> None:
    """A new address belongs to nobody else of an anonymous wave; groups are not frozen."""
    known, person = change.known, change.person
    if GROUPS in change.fields and _frozen(wave):
        raise CannotCorrect(frozen_groups(questionnaire, change))
    identity = Identity(questionnaire)
    others = {one.invitation for one in contacts.by_email(db, wave.id, person.email) if person.email}
    if identity.of(person)[0] == "email" and others - {known.invitation}:
        raise CannotCorrect("somebody else of this wave has the address {email} already", email=person.email)


def _store(db: Database, wave: Wave, mark_keys: MarkKeys, plan: Plan) -> None:
    """What a plan says, inside a transaction; cells, marks and slots are dealt anew where it needs be."""
    for change in plan.changed:
        _change(db, wave, change)
    moved = [(one.known.invitation, one.person.language, one.person.groups) for one in plan.changed
             if {LANGUAGE, GROUPS} & one.fields]  # fmt: skip
    invitations.redescribe(db, moved)
    settled = [(tokens.new_id(), person) for person in plan.added]
    again = Recognising(db, wave, mark_keys)
    again.judge(plan.added)
    new = [
        Invitation(id_, wave.id, person.groups, language=person.language, person=again.of(person))
        for id_, person in settled
    ]
    again.correct(plan.changed)
    if new or plan.counted(GROUPS):
        inviting.join(db, wave, mark_keys, new, SystemRandom(), ())
    for id_, person in settled:
        contacts.add(db, _contacts(wave, id_, person))


def _contacts(wave: Wave, invitation: bytes, person: Person) -> list[Contact]:
    first = Contact(tokens.new_id(), invitation, wave.id, person.email, person.name)
    return [first, *_colleagues(wave, invitation, person.colleagues)]


def _colleagues(wave: Wave, invitation: bytes, emails: Sequence[str]) -> list[Contact]:
    return [Contact(tokens.new_id(), invitation, wave.id, email, "", COLLEAGUE) for email in emails]


def _change(db: Database, wave: Wave, change: Change) -> None:
    known, person = change.known, change.person
    if known.contact is None:
        contacts.add(db, [Contact(tokens.new_id(), known.invitation, wave.id, person.email, person.name)])
    else:
        contacts.set_address(db, known.contact, person.email, person.name)
    kept = {email.casefold() for email in person.colleagues}
    there = {one.email.casefold() for one in known.colleagues}
    contacts.remove(db, [one.contact for one in known.colleagues if one.email.casefold() not in kept])
    new = [email for email in person.colleagues if email.casefold() not in there]
    contacts.add(db, _colleagues(wave, known.invitation, new))
    if ADDRESS in change.fields or new:
        _reachable_again(db, known.invitation)


def _reachable_again(db: Database, invitation: bytes) -> None:
    if invitations.get(db, invitation).disposition == "bounced":
        invitations.set_dispositions(db, [(invitation, None)])


def _note(db: Database, wave: Wave, act: str, about: str, who: str, now: datetime) -> None:
    audit.add(db, Entry(now, who, act, wave.id, about))


def _forecasts(
    db: Database, wave: Wave, questionnaire: Questionnaire, plan: Plan, rate: float
) -> list[Forecast]:
    """Of the wave as it will be once the plan is carried out."""
    if wave.mode is Mode.NAMED or not questionnaire.invited_by:
        return []
    invited = _invited_after(db, wave, plan)
    if wave.state == "draft":
        thresholds = sorted({*THRESHOLDS, wave.threshold})
        dealt = {threshold: simulating.dealt(invited, threshold) for threshold in thresholds}
    else:
        dealt = {wave.threshold: _cells_after(db, wave, plan)}
    return [
        simulating.forecast(
            questionnaire.invited_by,
            some,
            invited,
            threshold,
            rate,
            [one.id for one in questionnaire.shown_by],
        )
        for threshold, some in dealt.items()
        if some
    ]


def _invited_after(db: Database, wave: Wave, plan: Plan) -> Counter[Values]:
    invited = invitations.group_sizes(db, wave.id)
    invited.update(person.groups for person in plan.added)
    for change in plan.changed:
        invited[change.known.groups] -= 1
        invited[change.person.groups] += 1
    return +invited


def _cells_after(db: Database, wave: Wave, plan: Plan) -> tuple[Cell, ...]:
    """The cells of an open wave once newcomers have joined."""
    newcomers = Counter(person.groups for person in plan.added)
    if newcomers and not responses.spent_count(db, wave.id):
        return simulating.dealt(_invited_after(db, wave, plan), wave.threshold)
    there = {cell.number: cell for cell in invitations.cells(db, wave.id)}
    cells.placed(newcomers, there, wave.threshold)
    return tuple(there[number] for number in sorted(there))
