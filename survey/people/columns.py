"""A header -> which column holds what. Recognised in Italian and English, however written and accented.

Breakdowns are recognised by id and by label. Columns of other things are left out, but for one that
looks like a slip of the pen: left out silently, it would take everybody's group along.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from survey.definitions.model import Breakdown, Mode, Questionnaire
from survey.tables import InvalidFile

EMAIL, NAME, SURNAME, LANGUAGE, COLLEAGUES = "email", "name", "surname", "language", "colleagues"
PERSON = "person"
"""In a panel wave, an id that stays with a person over all waves of the study."""
WORDS: Mapping[str, tuple[str, ...]] = {
    EMAIL: (
        *("email", "e-mail", "mail", "email address", "e-mail address", "mail address"),
        *("posta", "posta elettronica", "indirizzo email", "indirizzo e-mail"),
        *("indirizzo mail", "indirizzo di posta", "indirizzo di posta elettronica"),
    ),
    NAME: (
        *("name", "full name", "first name", "given name", "name and surname"),
        *("nome", "nominativo", "nome e cognome", "cognome e nome"),
    ),
    SURNAME: ("surname", "last name", "family name", "cognome"),
    LANGUAGE: ("language", "lang", "lingua"),
    PERSON: (
        *("person", "person id", "person code", "employee id", "employee number"),
        *("persona", "id persona", "codice persona", "matricola"),
    ),
    COLLEAGUES: ("colleagues", "colleague", "colleghi", "colleghe", "collega"),
}
CONTACT = ("contact", "contact person", "contatto", "referente", "persona di contatto")
"""In a named wave, what else the name of whom the mail addresses is called."""
ALIKE = 0.85


@dataclass(frozen=True)
class Columns:
    """Where in a row what is: `fields` (EMAIL, ...) and `groups` (breakdown id), as places from 0.

    `header` are the column names as written, `left_out` those of things that are not stored,
    `missing` the breakdowns without a column.
    """

    header: tuple[str, ...]
    fields: Mapping[str, int]
    groups: Mapping[str, int]
    left_out: tuple[str, ...] = ()
    missing: tuple[Breakdown, ...] = ()

    def name_of(self, place: int | None) -> str:
        """The column as the file writes it; "" for none."""
        return "" if place is None else self.header[place]

    @classmethod
    def of(cls, header: list[str], questionnaire: Questionnaire, name: str) -> "Columns":
        """The columns of a header. Raises InvalidFile for doubled, doubtful or lacking ones."""
        known = _known(questionnaire)
        found: dict[str, int] = {}
        left_out = []
        for place, title in enumerate(header):
            role = known.get(key(title))
            if role is None:
                _judge_unknown(title, known, name)
                left_out += [title] if title else []
            elif role in found:
                raise InvalidFile(
                    "{name}:1: the columns “{first}” and “{second}” hold the same; leave one out",
                    name=name, first=header[found[role]], second=title,
                )  # fmt: skip
            else:
                found[role] = place
        fields = {role: place for role, place in found.items() if role in WORDS}
        if not {EMAIL, NAME, SURNAME} & fields.keys():
            raise InvalidFile(
                "{name}:1: there is no column “email”; the first line must name the columns, for example: "
                "{columns}",
                name=name, columns=", ".join(("email", "name", "language", *_ids(questionnaire))),
            )  # fmt: skip
        groups = {role.removeprefix(GROUP): place for role, place in found.items() if role not in WORDS}
        missing = tuple(one for one in questionnaire.invited_by if one.id not in groups)
        return cls(tuple(header), fields, groups, tuple(left_out), missing)


GROUP = "group/"


def _ids(questionnaire: Questionnaire) -> list[str]:
    return [breakdown.id for breakdown in questionnaire.invited_by]


def _known(questionnaire: Questionnaire) -> dict[str, str]:
    """The key of every title that is understood -> what the column holds; breakdowns go first."""
    words = dict(WORDS)
    if questionnaire.mode is Mode.NAMED:
        words[NAME] = (*words[NAME], *CONTACT)
    else:
        del words[COLLEAGUES]
    if questionnaire.mode is not Mode.PANEL:
        del words[PERSON]
    found = {key(word): role for role, some in words.items() for word in some}
    for breakdown in questionnaire.invited_by:
        titles = (breakdown.id, *breakdown.label.values())
        found |= {key(title): GROUP + breakdown.id for title in titles}
    return found


def key(title: str) -> str:
    """A title without case, accents, spaces and signs: "E-mail" and "e mail" are one."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    return re.sub(r"[^a-z0-9]", "", plain)


def _judge_unknown(title: str, known: Mapping[str, str], name: str) -> None:
    near = get_close_matches(key(title), known, n=1, cutoff=ALIKE)
    if near and len(key(title)) > 3:
        raise InvalidFile(
            "{name}:1: the column “{title}” is not known; is “{near}” meant? Correct its name, or take it "
            "out",
            name=name, title=title[:60], near=known[near[0]].removeprefix(GROUP),
        )  # fmt: skip
