"""The privacy notice of a wave (Art. 13 GDPR): what the program does, and what whoever asks has to add.

What is stored, who sees it and when it ends are facts of the program and depend on the wave's mode. Who
is responsible, on what legal basis, and the like, stand in a TOML file of the instance, and in one of the
wave where it differs. What nobody wrote is left out, heading and all, and `lacking` says so beforehand.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from survey.definitions.model import Mode, Questionnaire, Words
from survey.language import Refusal, Text, is_language, text
from survey.settings import Settings
from survey.store.waves import Wave

Said = Text | Words | str
"""A paragraph: a sentence of ours, words in several languages, or the same words in all of them."""
ANY = ""
"""The language of words that are the same in all of them."""


class BadNotice(Refusal):
    """The file of a privacy notice cannot be read, or says something that has no place in it."""


@dataclass(frozen=True)
class Section:
    """A heading and its paragraphs, one at least."""

    title: Text
    paragraphs: tuple[Said, ...]


@dataclass(frozen=True)
class Part:
    """A key of the file: its heading, and whether the words stand behind the program's own or replace them.

    `needed`: a notice without it is not complete.
    """

    key: str
    title: Text
    needed: bool = False
    replaces: bool = False


PARTS = (
    Part("controller", text("Who is responsible for the data"), needed=True, replaces=True),
    Part("dpo", text("Data protection officer"), needed=True),
    Part("purpose", text("What the answers are for"), replaces=True),
    Part("legal_basis", text("On what legal basis"), needed=True),
    Part("data", text("What is stored, and what is not")),
    Part("recipients", text("Who sees what")),
    Part("transfers", text("Outside the European Union")),
    Part("retention", text("How long it is kept"), needed=True),
    Part("voluntary", text("Whether you have to answer"), replaces=True),
    Part("rights", text("Your rights")),
    Part("complaint", text("Complaints"), replaces=True),
)
"""Every part of a notice, in the order of the page."""
KEYS = {part.key: part for part in PARTS}

Notice = Mapping[str, Words]
"""Key of a part -> language code (or ANY) -> words."""


def read(content: str, name: str) -> Notice:
    """The notice in a TOML text that was found under a name. Raises BadNotice, which says what to change."""
    try:
        data = tomllib.loads(content)
    except tomllib.TOMLDecodeError as failure:
        raise BadNotice("{name} is no TOML: {why}; correct it", name=name, why=str(failure)) from failure
    return {_known(key, name): _words(value, key, name) for key, value in data.items()}


def file_of(settings: Settings) -> Path:
    """The file of the instance's notice."""
    return Path(settings.notice) if settings.notice else settings.instance / "notice.toml"


def of_instance(settings: Settings) -> Notice:
    """What holds for every wave of an instance; nothing where there is no file. Raises BadNotice."""
    path = file_of(settings)
    if not settings.notice and not path.exists():
        return {}
    return read(content_of(path), str(path))


def content_of(path: Path) -> str:
    """The text of a notice's file. Raises BadNotice."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as failure:
        raise BadNotice("{name} cannot be read: {why}", name=str(path), why=str(failure)) from failure


def of_wave(instance: Notice, wave: Wave) -> Notice:
    """What holds for a wave: its own words before the instance's, key by key."""
    return {**instance, **read(wave.notice, wave.id)}


def _known(key: str, name: str) -> str:
    if key not in KEYS:
        raise BadNotice(
            "{name}: unknown key {key}; the keys are {known}", name=name, key=key, known=", ".join(KEYS)
        )
    return key


def _words(value: Any, key: str, name: str) -> Words:
    words = {ANY: value} if isinstance(value, str) else value
    if not isinstance(words, dict) or not all(isinstance(one, str) and one.strip() for one in words.values()):
        raise BadNotice(
            '{name}: {key} must be a text in quotes, or one for each language such as [{key}] it = "..."; '
            "leave out what there is nothing to say about",
            name=name, key=key,
        )  # fmt: skip
    for code in words:
        if code != ANY and not is_language(code):
            raise BadNotice(
                "{name}: {key} has the language {code}, which does not exist; use codes such as it and en",
                name=name, key=key, code=code,
            )  # fmt: skip
    return {code: said.strip() for code, said in words.items()}


def sections(
    notice: Notice, wave: Wave, questionnaire: Questionnaire, settings: Settings
) -> tuple[Section, ...]:
    """All that the notice of a wave says; `notice` is what holds for the wave."""
    facts = {**_COMMON, **_FACTS[wave.mode]}
    found = [Section(part.title, tuple(_said(part, notice, facts, wave, questionnaire))) for part in PARTS]
    if "controller" not in notice and settings.organizer:
        asks = text("This survey is run by {organizer}.", organizer=settings.organizer)
        found[0] = Section(found[0].title, (asks,))
    more = Section(text("The whole notice of whoever asks"), tuple(filter(None, [settings.privacy_url])))
    limits = Section(text("What cannot be promised"), _LIMITS[wave.mode])
    return tuple(one for one in [*found, limits, more, _access(settings)] if one.paragraphs)


def _said(
    part: Part, notice: Notice, facts: Mapping[str, Sequence[Text]], wave: Wave, questionnaire: Questionnaire
) -> Iterator[Said]:
    """The program's words of a part, unless they are replaced, and those of the file, by paragraphs."""
    written = notice.get(part.key)
    if not (written and part.replaces):
        groups = tuple(breakdown.label for breakdown in questionnaire.invited_by)
        for fact in facts.get(part.key, ()):
            told = _NO_GROUPS if fact is _GROUPS and not groups else fact
            told = _ROWS if fact is _FIGURES and questionnaire.export else told
            yield Text(told.message, {"threshold": wave.threshold, "groups": groups})
    if written:
        yield written


def _access(settings: Settings) -> Section:
    """The accessibility declaration, and whom to tell about barriers."""
    told = settings.accessibility_contact or settings.contact
    said = [
        settings.accessibility_url
        and text("Accessibility statement: {address}", address=settings.accessibility_url),
        told and text("Is something on these pages hard to read or to use? Tell us: {contact}", contact=told),
    ]
    return Section(text("Accessibility"), tuple(one for one in said if one))


@dataclass(frozen=True)
class Gap:
    """What respondents are not told, and what whoever runs the instance does about it."""

    what: Text
    remedy: Text


def lacking(notice: Notice, questionnaire: Questionnaire, settings: Settings) -> tuple[Gap, ...]:
    """What respondents are not told; nothing where all is said."""
    return (*_settings(settings), *_parts(notice, settings), *_languages(notice, questionnaire))


def untold(settings: Settings, wave: Wave, questionnaire: Questionnaire) -> tuple[Gap, ...]:
    """What respondents of a wave are not told, as `lacking`. Raises BadNotice."""
    told = replace(settings, contact=wave.contact or settings.contact)
    return lacking(of_wave(of_instance(settings), wave), questionnaire, told)


def _settings(settings: Settings) -> Iterator[Gap]:
    if not settings.organizer:
        yield Gap(text("who asks"), text("set SURVEY_ORGANIZER"))
    if not settings.contact:
        yield Gap(text("whom to ask"), text("set SURVEY_CONTACT"))
    if not settings.accessibility_url:
        yield Gap(text("where the accessibility statement is"), text("set SURVEY_ACCESSIBILITY_URL"))


def _parts(notice: Notice, settings: Settings) -> Iterator[Gap]:
    """The parts that a notice needs; a whole one elsewhere, to which ours leads, is taken to have them."""
    if settings.privacy_url:
        return
    for part in PARTS:
        if part.needed and part.key not in notice:
            remedy = text("write {key} into {path}, or set SURVEY_PRIVACY_URL",
                          key=part.key, path=str(file_of(settings)))  # fmt: skip
            yield Gap(part.title, remedy)


def _languages(notice: Notice, questionnaire: Questionnaire) -> Iterator[Gap]:
    for key, words in notice.items():
        missing = [code for code in questionnaire.languages if code not in words and ANY not in words]
        if missing:
            where = ", ".join(missing)
            what = text("{what} (in: {languages})", what=KEYS[key].title, languages=where)
            yield Gap(what, text("{key} is not written in {languages}", key=key, languages=where))


_COMMON: Mapping[str, Sequence[Text]] = {
    "purpose": (
        text(
            "To find out what the programme brings to those for whom it is made, in figures of groups, never "
            "of single people."
        ),
    ),
    "complaint": (
        text(
            "You can complain to the data protection authority; in Italy this is the Garante per la "
            "protezione dei dati personali, Piazza Venezia 11, 00187 Roma, https://www.garanteprivacy.it"
        ),
    ),
}
_RIGHTS = text(
    "You can ask whoever is responsible to show you your data, to correct or erase them or to limit their "
    "use, and you can object to it (Articles 15 to 21 GDPR). Nothing is decided about you by a program alone."
)
_LINK = text(
    "Your link is personal data: it belongs to one invitation, and whoever sent it to you knows that it is "
    "yours."
)
_ADDRESS = text(
    "If you were invited by this program itself, by mail or letter, it stores your address and your name for "
    "that, apart from any answer, until whoever is responsible erases them."
)
_GROUPS = text("Stored with your invitation, so that figures of groups can be made: {groups}.")
_USED = text(
    "While the survey is open, a code tells whether your link was used, so that nobody is reminded in vain. "
    "It does not tell what was answered."
)
_NO_GROUPS = text("Nothing about you is stored with your invitation.")
_FIGURES = text(
    "Everybody sees figures of groups only, the evaluators of the programme and your employer included: "
    "figures behind which at least {threshold} people stand. Nobody sees the answers of one person as such."
)
_ROWS = text(
    "Published, and shown to your employer, are figures of groups only: figures behind which at least "
    "{threshold} people stand. The evaluators of the programme, and nobody else, can also read the answers "
    "one by one in order to analyse them: without your name, address, link or time, without what you write "
    "in your own words, and with no group that fewer than {threshold} answers share."
)
"""In place of _FIGURES where evaluators may take the answers away."""
_NO_TRACES = text("These pages set no cookie, load nothing from elsewhere and keep no list of visits.")
_FREE = text("You are free to answer or not, and can leave out any question that is not marked as required.")

_FACTS: Mapping[Mode, Mapping[str, Sequence[Text]]] = {
    Mode.ANONYMOUS: {
        "data": (
            _LINK,
            _ADDRESS,
            _GROUPS,
            _USED,
            text(
                "Your answers are stored without your name, address, link or time, with no more than groups "
                "which at least {threshold} invited people share. What you write in your own words is stored "
                "apart from your other answers. Until you press the button that sends, none of it is stored "
                "on the server."
            ),
            _NO_TRACES,
        ),
        "recipients": (
            _FIGURES,
            text(
                "Whoever looks after the server can read its files. Nothing in them joins an answer to an "
                "invitation."
            ),
        ),
        "retention": (
            text(
                "The code that tells whether your link was used is destroyed when the survey closes. Then "
                "combinations of answers and groups that could make somebody stand out are dropped from what "
                "is stored. What stays belongs to nobody in particular any more and may be kept for good, "
                "unless somebody's own words tell who wrote them."
            ),
        ),
        "voluntary": (_FREE,),
        "rights": (
            _RIGHTS,
            text(
                "These rights reach as far as anybody can tell which data are yours. Once your answers are "
                "sent nobody can: they cannot be shown to you, changed or taken back (Article 11 GDPR)."
            ),
        ),
    },
    Mode.NAMED: {
        "data": (
            text(
                "The answers are stored with the name of your organization and the time at which they "
                "arrived. Beside it is stored what you write of yourself: your name or initials beside a "
                "draft, and your own words in an answer."
            ),
            _ADDRESS,
            text(
                "When an evaluator reopens answers, a log keeps the name of that evaluator, the time and the "
                "name of the organization."
            ),
            _NO_TRACES,
        ),
        "recipients": (
            text(
                "The evaluators of the programme see what was sent, with the name of your organization. "
                "Whoever has your link sees what was saved, and can read and print what was sent."
            ),
            text(
                "Other organizations and the public see figures of groups: figures behind which at least "
                "{threshold} answers stand. Whoever looks after the server can read its files."
            ),
        ),
        "retention": (
            text(
                "What was saved and not sent is deleted, with the names or initials beside it, when the "
                "answers are sent and when the survey closes. What was sent is kept with the name of your "
                "organization until whoever is responsible erases it."
            ),
        ),
        "voluntary": (
            text("Answering is voluntary, unless your organization has agreed otherwise with whoever asks."),
        ),
        "rights": (
            _RIGHTS,
            text(
                "Until the survey closes an evaluator can reopen what was sent, so that it can be corrected."
            ),
        ),
    },
    Mode.PANEL: {
        "data": (
            _LINK,
            _ADDRESS,
            _GROUPS,
            _USED,
            text(
                "Your answers are stored under a code in place of your name, without address, link or time. "
                "The code is the same in every round of this study, so that your answers of one round can "
                "meet those of another. What you write in your own words is stored apart, without the code."
            ),
            text(
                "With your invitation a mark is stored by which you are known again in the next round. "
                "Neither this mark nor your address leads to your code without the study’s key."
            ),
            _NO_TRACES,
        ),
        "recipients": (
            _FIGURES,
            text(
                "Figures of change come from everybody who answered two rounds, together: never from a "
                "group, and never where those who answered one round only would be told by them."
            ),
            text(
                "The study’s key lies on the server, apart from the answers. Whoever looks after the server "
                "holds it, and could find out with it which code is yours. Nobody else can."
            ),
        ),
        "retention": (
            text(
                "When a round closes, combinations of answers and groups that could make somebody stand out "
                "are dropped from what is stored."
            ),
            text(
                "At the end of the study its key is destroyed, the codes are overwritten and the marks "
                "forgotten. From then on nobody can tell which answers are yours, or which answers of two "
                "rounds belong together. The published figures stay."
            ),
        ),
        "voluntary": (
            _FREE,
            text("You can answer one round and leave out the next."),
        ),
        "rights": (
            _RIGHTS,
            text(
                "Until the end of the study, whoever looks after the server can find your answers with its "
                "key. Afterwards nobody can (Article 11 GDPR)."
            ),
        ),
    },
}
"""What the program does in each mode, by key; `{threshold}` is the wave's, `{groups}` its breakdowns."""

_BY_LINK = (
    text(
        "Somebody who changes the running program, or reads what you send before it is encrypted, could see "
        "everything."
    ),
    text(
        "A link is like a password: whoever has yours, the server of your mail among them, can see whether "
        "it was used, and could answer in your place."
    ),
    text(
        "While the survey is open, somebody who holds the server's files could look for rare combinations of "
        "answers, such as age, gender and group. Older copies of those files keep them."
    ),
    text(
        "A style of writing, or a fact that only you know, can give you away. And where all members of a "
        "group give the very same answer, it is known of each of them."
    ),
)
_LIMITS: Mapping[Mode, tuple[Text, ...]] = {
    Mode.ANONYMOUS: _BY_LINK,
    Mode.PANEL: (
        text(
            "Until the study ends, whoever holds both the server’s files and its key can see who answered "
            "what."
        ),
        *_BY_LINK,
    ),
    Mode.NAMED: (),
}
"""What the promise to respondents does not cover."""
