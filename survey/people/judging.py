"""Rows of a list -> people, or problems with row, column, value and remedy."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from survey.cells import BadGroup, Values, group_values
from survey.counts import NOT_ASSIGNED
from survey.definitions.model import Mode, Questionnaire
from survey.language import Text, language_names, text
from survey.people.addresses import BadAddress, normalised, shown
from survey.people.columns import COLLEAGUES, EMAIL, LANGUAGE, NAME, PERSON, SURNAME, Columns
from survey.rows import RowProblem
from survey.tables import Table

NAME_LENGTH = 200
MOST_PROBLEMS = 500
"""Problems after which the rest of the file is not judged any more."""
MOST_COLLEAGUES = 20
SPACES = re.compile(r"[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to invite: the row, address and name ("" where not told), language, groups, colleagues.

    `known_as` is the id by which a study knows the person in all of its waves, "" where none was told.
    """

    line: int
    email: str
    name: str
    language: str | None
    groups: Values
    colleagues: tuple[str, ...] = ()
    known_as: str = ""


@dataclass(frozen=True)
class Judged:
    """All of a file: people, problems and remarks; `cut` where so many problems that judging stopped."""

    columns: Columns
    people: Sequence[Person]
    problems: Sequence[RowProblem]
    remarks: Sequence[Text]
    cut: bool = False


Key = tuple[object, ...]


def judged(
    questionnaire: Questionnaire, table: Table, columns: Columns, key_of: Callable[[Person], Key]
) -> Judged:
    """Every row of a table; two rows of one key are the same person twice. Raises InvalidFile."""
    judging = _Judging(questionnaire, columns, key_of)
    people = []
    for line, cells in table.rows:
        person = judging.person(line, cells)
        people += [person] if person else []
        if len(judging.problems) >= MOST_PROBLEMS:
            return Judged(columns, people, judging.problems[:MOST_PROBLEMS], (), cut=True)
    return Judged(columns, people, judging.problems, tuple(judging.remarks(people)))


def judged_one(questionnaire: Questionnaire, cells: Mapping[str, str]) -> Judged:
    """One person told by hand: EMAIL, NAME, ... and breakdown ids -> what a row would hold."""
    known = [name for name in (EMAIL, NAME, LANGUAGE, COLLEAGUES, PERSON) if name in cells]
    groups = [name for name in cells if name not in known]
    header = (*known, *groups)
    columns = Columns(
        header,
        {name: header.index(name) for name in known},
        {name: header.index(name) for name in groups},
    )
    judging = _Judging(questionnaire, columns, lambda person: ())
    person = judging.person(1, [cells[name] for name in header])
    return Judged(columns, [person] if person else [], judging.problems, ())


class _Judging:
    """Judges row after row and keeps every problem."""

    def __init__(
        self, questionnaire: Questionnaire, columns: Columns, key_of: Callable[[Person], Key]
    ) -> None:
        self._questionnaire = questionnaire
        self._columns = columns
        self._key_of = key_of
        self._languages = {
            name.casefold(): code for code in questionnaire.languages for name in language_names(code)
        }
        self._inside = {one.id: one.inside for one in questionnaire.invited_by if one.inside}
        self._place = {one.id: n for n, one in enumerate(questionnaire.invited_by)}
        self._seen: dict[Key, int] = {}
        self._ids: dict[str, int] = {}
        self._parents: dict[tuple[str, str], tuple[str, int]] = {}
        self._values: dict[tuple[str, ...], Values] = {}
        self.problems: list[RowProblem] = []

    def person(self, line: int, cells: list[str]) -> Person | None:
        """The person of a row, as far as the row can be understood."""
        before = len(self.problems)
        if any(cells[len(self._columns.header) :]):
            said = text("the row has more cells than the header; check delimiters and quotation marks")
            self._problem(line, None, said)
        found = Person(
            line,
            self._address(line, self._told(cells, EMAIL)),
            self._name(line, cells),
            self._language(line, self._told(cells, LANGUAGE)),
            self._groups(line, cells),
            self._colleagues(line, self._told(cells, COLLEAGUES)),
            self._known_as(line, self._told(cells, PERSON)),
        )
        if len(self.problems) == before:
            self._judge_whole(found)
        return found if len(self.problems) == before else None

    def _problem(self, line: int, place: int | None, problem: Text) -> None:
        self.problems.append(RowProblem(line, self._columns.name_of(place), problem))

    def _told(self, cells: list[str], field: str) -> str:
        return _at(cells, self._columns.fields.get(field))

    def _address(self, line: int, typed: str) -> str:
        try:
            return normalised(typed) if typed else ""
        except BadAddress as bad:
            self._problem(line, self._columns.fields[EMAIL], bad.text)
            return ""

    def _known_as(self, line: int, typed: str) -> str:
        """An id, which no two people may share: they would answer under one code."""
        known_as = tidy(typed)
        first = self._ids.setdefault(known_as, line) if known_as else line
        if first != line:
            said = text(
                "the person {value} stands in row {first} already; give each person an id of its own",
                value=shown(known_as), first=str(first),
            )  # fmt: skip
            self._problem(line, self._columns.fields.get(PERSON), said)
        return known_as

    def _name(self, line: int, cells: list[str]) -> str:
        """First name and surname; nothing that could begin another line of a mail."""
        name = tidy(f"{self._told(cells, NAME)} {self._told(cells, SURNAME)}")
        problem = _name_problem(name)
        if problem:
            fields = self._columns.fields
            self._problem(line, fields.get(NAME, fields.get(SURNAME)), problem)
        return name

    def _language(self, line: int, typed: str) -> str | None:
        if not typed:
            return None
        told = typed.casefold()
        code = self._languages.get(told) or self._languages.get(re.split("[-_]", told)[0])
        if code is None:
            known = ", ".join(self._questionnaire.languages)
            said = text(
                "“{value}” is no language of this questionnaire; use {known}, or leave it empty",
                value=shown(typed), known=known,
            )  # fmt: skip
            self._problem(line, self._columns.fields[LANGUAGE], said)
        return code

    def _groups(self, line: int, cells: list[str]) -> Values:
        # Most rows repeat the groups of others: they are judged once, and one tuple serves them all.
        written = tuple(_at(cells, place) for place in self._columns.groups.values())
        if (before := self._values.get(written)) is not None:
            return before
        told = dict(zip(self._columns.groups, map(tidy, written), strict=True))
        found: dict[str, str] = {}
        for breakdown, value in told.items():
            try:
                group_values(self._questionnaire, {breakdown: value})
                found[breakdown] = value
            except BadGroup as bad:
                self._problem(line, self._columns.groups[breakdown], bad.text)
        values = group_values(self._questionnaire, found)
        if len(found) == len(told):
            self._values[written] = values
        return values

    def _colleagues(self, line: int, typed: str) -> tuple[str, ...]:
        found: list[str] = []
        for one in re.split(r"[\s,;]+", typed):
            try:
                found += [normalised(one)] if one else []
            except BadAddress as bad:
                self._problem(line, self._columns.fields[COLLEAGUES], bad.text)
        if len(found) > MOST_COLLEAGUES:
            said = text("more than {n} colleagues; leave some out", n=MOST_COLLEAGUES)
            self._problem(line, self._columns.fields[COLLEAGUES], said)
        return tuple(dict.fromkeys(found))

    def _judge_whole(self, person: Person) -> None:
        """What only shows in the row as a whole, or beside the rows before it."""
        fields = self._columns.fields
        if not person.email and not person.name:
            said = text("neither an address nor a name: add one, or take the row out")
            self._problem(person.line, fields.get(EMAIL, fields.get(NAME)), said)
            return
        first = self._seen.setdefault(self._key_of(person), person.line)
        if first != person.line:
            self._problem(person.line, fields.get(EMAIL), self._twice(person, first))
        self._judge_parents(person)

    def _twice(self, person: Person, first: int) -> Text:
        if self._questionnaire.mode is Mode.NAMED and "organization" in self._place:
            return text(
                "the organization {group} stands in row {first} already, and each is invited once; put more "
                "addresses of it into a column “colleagues”",
                group=person.groups[self._place["organization"]], first=str(first),
            )  # fmt: skip
        return text(
            "“{value}” stands in row {first} already; keep one of the two rows",
            value=person.email or person.name, first=str(first),
        )  # fmt: skip

    def _judge_parents(self, person: Person) -> None:
        for breakdown, inside in self._inside.items():
            value, parent = person.groups[self._place[breakdown]], person.groups[self._place[inside]]
            if value == NOT_ASSIGNED:
                continue
            known, line = self._parents.setdefault((breakdown, value), (parent, person.line))
            if known != parent:
                said = text(
                    "{value} lies in {second} here and in {first} in row {line}; "
                    "name the two differently, or correct one",
                    value=value, first=_said(known), second=_said(parent), line=str(line),
                )  # fmt: skip
                self._problem(person.line, self._columns.groups.get(breakdown), said)

    def remarks(self, people: Sequence[Person]) -> Iterator[Text]:
        """What may be meant as it is, and should be looked at."""
        for breakdown in self._questionnaire.invited_by:
            place = self._place[breakdown.id]
            lacking = sum(person.groups[place] == NOT_ASSIGNED for person in people)
            if lacking:
                yield text("{label}: people in none of its groups: {n}", label=breakdown.label, n=lacking)
            for spellings in _alike({person.groups[place] for person in people}):
                yield text(
                    "{label}: are these one group? {groups}",
                    label=breakdown.label,
                    groups=" / ".join(spellings),
                )
        unaddressed = sum(not person.email for person in people)
        if unaddressed:
            yield text("people without an address, to be reached by letter: {n}", n=unaddressed)


def _name_problem(name: str) -> Text | None:
    if len(name) > NAME_LENGTH:
        return text("the name is longer than {n} characters; shorten it", n=NAME_LENGTH)
    if not name.isprintable():
        return text(
            "“{value}” holds a line break or a control character; write the name on one line",
            value=shown(name),
        )
    return None


def _at(cells: list[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _said(value: str) -> str | Text:
    return text("no group") if value == NOT_ASSIGNED else value


def tidy(cell: str) -> str:
    """A cell with plain single spaces, and accents in the one way in which most programs write them."""
    return unicodedata.normalize("NFC", SPACES.sub(" ", cell)).strip(" ")


def _alike(values: Iterable[str]) -> list[list[str]]:
    """Groups that differ only in case, spaces or signs."""
    found: dict[str, list[str]] = defaultdict(list)
    for value in sorted(values):
        found["".join(letter for letter in value.casefold() if letter.isalnum())].append(value)
    return [some for some in found.values() if len(some) > 1]
