"""Journey: a database, or a copy of one -> whatever is in it that must not be, beside anonymous answers.

What is looked for would lead from an answer to a person, or tell the order or the time in which answers came.
Whoever has a whole copy, and the keys of a wave that is open, still knows who has answered; see
`docs/privacy.md` for what is not promised.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from survey import definitions
from survey.keys import MarkKeys
from survey.language import Text, plural_text, text
from survey.store.anonymity import Held, Opened, opened
from survey.tokens import NO_CODE


@dataclass(frozen=True)
class Finding:
    """Something that must not be: in which wave (empty: in the file as such), and what."""

    wave: str
    what: Text


@dataclass(frozen=True)
class Verdict:
    """What was found in how many waves with how many answers."""

    waves: int
    answers: int
    findings: tuple[Finding, ...]


def examined(path: Path, mark_keys: MarkKeys | None = None) -> Verdict:
    """Look through a database file; with the keys beside it where it is an instance's own.

    Raises NoDatabase.
    """
    with opened(path) as database:
        held = list(database.waves())
        findings = list(_of_file(database))
        for wave in held:
            findings += (Finding(wave.wave, what) for what in _of_wave(wave, database, mark_keys))
    return Verdict(len(held), sum(wave.filled for wave in held), tuple(findings))


def _of_file(database: Opened) -> Iterator[Finding]:
    for name in database.foreign_schema():
        yield Finding("", text("the table {table} is not as this program makes it, or something is attached "
                               "to it that could note who answers, or when", table=name))  # fmt: skip
    if database.keeps_a_diary():
        yield Finding("", text("changes are written into a log (WAL), which tells in which order answers "
                               "came; open the database with this program only"))  # fmt: skip
    if database.left_in_the_journal():
        yield Finding("", text("the journal of a change lies beside the file, and holds what stood there "
                               "before: a program was stopped, or is writing just now"))  # fmt: skip
    left = database.deleted_pages_with_content()
    if left:
        yield Finding("", plural_text(
            "{n} page of the file that is free still holds deleted content",
            "{n} pages of the file that are free still hold deleted content", left,
        ))  # fmt: skip


def _of_wave(held: Held, database: Opened, mark_keys: MarkKeys | None) -> Iterator[Text]:
    if held.named:
        yield plural_text("{n} answer or draft stands with its invitation, as in a named wave",
                          "{n} answers or drafts stand with their invitation, as in a named wave",
                          held.named)  # fmt: skip
    if held.odd:
        yield plural_text("{n} slot is not as wide as the others: what was written later can be told",
                          "{n} slots are not as wide as the others: what was written later can be told",
                          held.odd)  # fmt: skip
    if held.state == "open" and held.spent != held.filled:
        yield text("the numbers of stored answers ({answers}) and of used links ({marks}) are not the same",
                   answers=held.filled, marks=held.spent)  # fmt: skip
    if held.state == "closed":
        yield from _left_by_closing(held, mark_keys)
    if held.ended and held.persons:
        yield plural_text("{n} invitation knows who somebody is in a study that has ended",
                          "{n} invitations know who somebody is in a study that has ended",
                          held.persons)  # fmt: skip
    foreign = sum(not stored for stored in _as_stored(held, database))
    if foreign:
        yield plural_text("{n} answer holds something beside its cell and the answers to the questions",
                          "{n} answers hold something beside their cell and the answers to the questions",
                          foreign)  # fmt: skip


def _left_by_closing(held: Held, mark_keys: MarkKeys | None) -> Iterator[Text]:
    if held.marks:
        yield plural_text("the wave is closed, and {n} mark is left that tells whether a link was used",
                          "the wave is closed, and {n} marks are left that tell which links were used",
                          held.marks)  # fmt: skip
    if held.placed:
        yield plural_text("the wave is closed, and {n} invitation still knows its cell",
                          "the wave is closed, and {n} invitations still know their cell",
                          held.placed)  # fmt: skip
    if mark_keys is not None and mark_keys.is_there(held.wave):
        yield text("the wave is closed, and its mark key is still there: with it, older copies of the "
                   "database tell who answered")  # fmt: skip


def _as_stored(held: Held, database: Opened) -> Iterator[bool]:
    """For each answer, whether it holds what the program stores and nothing else."""
    items = definitions.load(held.definition, held.wave).ids
    codes = _CODES[held.mode == "panel", bool(held.ended)]
    keys = {"cell", "answers"} | ({"code"} if held.mode == "panel" else set())
    for body in database.bodies(held.wave):
        try:
            found = json.loads(body)
            known = found.keys() == keys and found["answers"].keys() <= items
            yield known and type(found["cell"]) is int and bool(codes.fullmatch(found.get("code", "")))
        except (ValueError, AttributeError, TypeError):
            yield False


_ANY = re.compile(rf"[A-Za-z0-9_-]{{{len(NO_CODE)}}}|{re.escape(NO_CODE)}")
_CODES = {
    (False, False): re.compile(""),
    (True, False): _ANY,
    (True, True): re.compile(re.escape(NO_CODE)),
}
"""The codes that answers may bear, by whether the wave is one of a study, and whether that has ended."""
