"""A file of answers -> judged rows, or every problem with its row and column.

Columns are item ids, the breakdowns that invitations tell, and optionally `link` (the row belongs to
that invitation) and `disposition` (what became of those who did not answer; their demographic items,
which a register may know, are left out).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from survey import submission
from survey.cells import BadGroup, Values, group_values
from survey.definitions.model import Questionnaire
from survey.language import Refusal, Text, plural_text, text
from survey.submission import Answers, InvalidSubmission
from survey.tables import CsvRows, InvalidFile, without_nul
from survey.tokens import Links, UnknownLink

LINK = "link"
DISPOSITION = "disposition"
STORED_DISPOSITIONS = ("bounced", "opted_out", "withdrawn")
SILENT_DISPOSITIONS = (*STORED_DISPOSITIONS, "no_reply")
ANSWERED_DISPOSITIONS = ("complete", "partial")
LARGEST = 200 * 1024 * 1024


@dataclass(frozen=True)
class RowProblem:
    """What is wrong with one row: its line in the file, the column ("" for the row), and what to do."""

    line: int
    column: str
    text: Text


class InvalidRows(Refusal):
    """Some rows cannot be taken; `problems` holds all that is wrong, and nothing was stored."""

    def __init__(self, name: str, problems: Sequence[RowProblem]) -> None:
        self.name = name
        self.problems = tuple(problems)
        super().__init__(
            plural_text(
                "{name}: {n} problem; nothing was stored", "{name}: {n} problems; nothing was stored",
                len(problems), name=name,
            )
        )  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One judged row: its line, the invitation it belongs to (None: a new one), groups and answers.

    `dropped` counts the answers to items that are not put to the person.
    """

    line: int
    invitation: bytes | None
    groups: Values
    answers: Answers
    disposition: str | None
    dropped: int = 0


def read_rows(
    questionnaire: Questionnaire, links: Links, content: bytes, name: str, ignore: frozenset[str]
) -> list[Row]:
    """Every row of a file, judged. Raises InvalidFile, or InvalidRows with every problem."""
    reader = _reader(content, name)
    columns = _columns(reader, questionnaire, name, ignore)
    judging = _Judging(questionnaire, links)
    rows = [judging.row(reader.line_num, cells, columns) for cells in reader if cells]
    if judging.problems:
        raise InvalidRows(name, judging.problems)
    return rows


def _reader(content: bytes, name: str) -> CsvRows:
    if len(content) > LARGEST:
        raise InvalidFile("{name} is larger than {n} MB; split it", name=name, n=LARGEST // 1024 // 1024)
    try:
        decoded = content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = content[: failure.start].count(b"\n") + 1
        raise InvalidFile(
            "{name}:{line}: the file is not UTF-8; save it as CSV UTF-8 and try again",
            name=name, line=str(line),
        ) from failure  # fmt: skip
    return CsvRows(without_nul(decoded, name), name)


def _columns(reader: CsvRows, questionnaire: Questionnaire, name: str, ignore: frozenset[str]) -> list[str]:
    """The header, empty where a column is ignored."""
    header = next(reader, [])
    known = [item.id for item in questionnaire.items]
    known += [breakdown.id for breakdown in questionnaire.invited_by] + [LINK, DISPOSITION]
    unknown = [column for column in header if column not in known and column not in ignore]
    doubled = sorted({column for column in header if column not in ignore and header.count(column) > 1})
    if not header:
        raise InvalidFile("{name} is empty; its first line must name the columns", name=name)
    if unknown:
        raise InvalidFile(
            "{name}:1: unknown columns: {unknown}; the columns can be {known}: rename them, or leave them "
            "out with --ignore {unknown}",
            name=name,
            unknown=",".join(repr(column)[1:-1] for column in unknown),
            known=_alike(unknown, known),
        )
    if doubled:
        raise InvalidFile("{name}:1: doubled columns: {doubled}", name=name, doubled=", ".join(doubled))
    if not set(header) - ignore:
        raise InvalidFile(
            "{name}:1: no column is left; the columns can be: {known}", name=name, known=", ".join(known)
        )
    return ["" if column in ignore else column for column in header]


def _alike(unknown: list[str], known: list[str]) -> str:
    """The known columns that the unknown ones may mean, or all."""
    by_small = {column.casefold(): column for column in known}
    found = [
        by_small[near]
        for column in unknown
        for near in get_close_matches(column.casefold(), by_small, n=1, cutoff=0.7)
    ]
    return ", ".join(found or known)


class _Judging:
    """Judges row after row and keeps every problem."""

    def __init__(self, questionnaire: Questionnaire, links: Links) -> None:
        self._questionnaire = questionnaire
        self._breakdowns = [breakdown.id for breakdown in questionnaire.invited_by]
        self._conditional = [item for item in questionnaire.items if item.show_if is not None]
        self._links = links
        self._seen: dict[bytes, int] = {}
        self.problems: list[RowProblem] = []

    def row(self, line: int, cells: list[str], columns: list[str]) -> Row:
        """The row, as far as it can be understood."""
        if len(cells) != len(columns):
            self._problem(line, "", text(
                "the row has {found} cells, the header {n}; check delimiters and quotation marks",
                found=len(cells), n=len(columns),
            ))  # fmt: skip
        named = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
        answers = self._answers(line, named)
        dropped = sum(bool(named.get(item.id)) for item in self._conditional if item.id not in answers.values)
        if named.get(DISPOSITION) in SILENT_DISPOSITIONS:
            answers = self._without_register(answers)
        return Row(
            line,
            self._invitation(line, named),
            self._groups(line, named),
            answers,
            self._disposition(line, named.get(DISPOSITION, ""), bool(answers.values)),
            dropped,
        )

    def _problem(self, line: int, column: str, problem: Text) -> None:
        self.problems.append(RowProblem(line, column, problem))

    def _answers(self, line: int, named: Mapping[str, str]) -> Answers:
        try:
            return submission.from_row(self._questionnaire, named)
        except InvalidSubmission as invalid:
            for problem in invalid.problems:
                self._problem(line, problem.item or "", problem.text)
            return Answers({})

    def _without_register(self, answers: Answers) -> Answers:
        """Demographic items of people who did not answer come from a register: they are no answers."""
        said = {
            item: answer
            for item, answer in answers.values.items()
            if not self._questionnaire.item(item).demographic
        }
        return answers if said else Answers({})

    def _groups(self, line: int, named: Mapping[str, str]) -> Values:
        groups = {breakdown: named[breakdown] for breakdown in self._breakdowns if named.get(breakdown)}
        if groups and named.get(LINK):
            said = text(
                "a row with a link has its groups already; leave the columns {columns} empty",
                columns=", ".join(groups),
            )
            self._problem(line, LINK, said)
        try:
            return group_values(self._questionnaire, groups)
        except BadGroup as bad:
            self._problem(line, "", bad.text)
            return ()

    def _invitation(self, line: int, named: Mapping[str, str]) -> bytes | None:
        link = named.get(LINK, "").rpartition("/")[2]
        if not link:
            return None
        try:
            invitation = self._links.invitation(link)
        except UnknownLink as unknown:
            self._problem(line, LINK, unknown.text)
            return None
        first = self._seen.setdefault(invitation, line)
        if first != line:
            said = text(
                "this link stands in line {first} already; keep one of the two rows", first=str(first)
            )
            self._problem(line, LINK, said)
        return invitation

    def _disposition(self, line: int, disposition: str, answered: bool) -> str | None:
        problem = _disposition_problem(disposition, answered)
        if disposition and problem:
            self._problem(line, DISPOSITION, problem)
        return disposition if disposition in STORED_DISPOSITIONS else None


def _disposition_problem(disposition: str, answered: bool) -> Text | None:
    known = (*SILENT_DISPOSITIONS, *ANSWERED_DISPOSITIONS)
    if disposition not in known:
        return text(
            "“{value}” is no disposition; use {known}, or leave it empty",
            value=disposition[:60],
            known=", ".join(known),
        )
    if answered and disposition in SILENT_DISPOSITIONS:
        return text("the row holds answers, so it cannot be {value}", value=disposition)
    if not answered and disposition in ANSWERED_DISPOSITIONS:
        return text("the row holds no answer, so it cannot be {value}", value=disposition)
    return None
