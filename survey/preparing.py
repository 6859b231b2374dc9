"""Journey: a definition and an evaluator's wishes -> a wave as a draft; its settings; what comes next.

Every setting of a wave is a row of ROWS; beside them stands its title, once in each language of the
questionnaire. Wishes arrive as typed, from a form or from options of the command, name -> text; the
name of a title is `title.it`. While a wave is a draft all of them can be changed. In an open wave the
last day can be moved to a later one, and nothing else: people were told the rest.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from survey import definitions, inviting, monitoring, notice, publishing, studying, versions
from survey.answering import today_of
from survey.definitions.model import Questionnaire
from survey.inviting import BadWave, WrongState
from survey.keys import MarkKeys
from survey.language import Refusal, Text, plural_text, text
from survey.monitoring import Standing
from survey.population import Population, from_csv, stated
from survey.store import Store, audit, drafts, evaluators, invitations, waves
from survey.store.audit import Entry
from survey.store.waves import EVERYTHING, PHASES, STATES, Wave

THRESHOLD = 5
"""The smallest number of answers that is shown, where nothing else is wished."""
GRACE = 30
"""Minutes behind the last day in which what was begun by then is taken, where nothing else is wished."""
LONGEST_TITLE = 200
LONGEST_CONTACT = 200
UNKNOWN = "unknown"

Typed = Mapping[str, str]
"""Name of a setting -> what was typed."""


class BadSettings(Refusal):
    """Settings that cannot be used; `problems` says why, by the name of each."""

    def __init__(self, problems: Mapping[str, Text]) -> None:
        super().__init__(
            plural_text("one setting cannot be used: nothing was stored",
                        "{n} settings cannot be used: nothing was stored", len(problems))
        )  # fmt: skip
        self.problems = problems


class NotLater(Refusal):
    """The last day of an open wave can only be moved to a later one."""


class Kind(StrEnum):
    """How a setting is typed."""

    LINE = "line"
    LINES = "lines"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True)
class Row:
    """One setting: the Wave's attribute, what it is called and is for, how it is typed, read and written.

    `read` gets what was typed and the questionnaire and raises a Refusal; `default` is taken where
    nothing is typed.
    """

    name: str
    label: Text
    help: Text
    read: Callable[[str, Questionnaire], Any]
    write: Callable[[Any], str]
    kind: Kind = Kind.LINE
    default: str = ""
    options: Mapping[str, Text] | None = None


def _choice(typed: str, _: Questionnaire) -> str:
    if typed not in PHASES:
        raise BadWave("the phase is {value}; choose one of: {known}", value=typed, known=", ".join(PHASES))
    return typed


def _day(typed: str, _: Questionnaire | None = None) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise BadWave("{value} is no day; write it as YYYY-MM-DD", value=typed) from None


def _zone(typed: str, _: Questionnaire) -> str:
    if typed not in available_timezones():
        raise BadWave("{value} is no time zone; use a name such as Europe/Rome", value=typed or "''")
    return typed


def _contact(typed: str, _: Questionnaire) -> str:
    return _line(typed, LONGEST_CONTACT)


def _line(typed: str, longest: int) -> str:
    if not typed.isprintable() or len(typed) > longest:
        raise BadWave("write one line of {n} characters at most", n=longest)
    return typed


def _number(typed: str, _: Questionnaire) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= len(str(inviting.HIGHEST_THRESHOLD))):
        raise BadWave(
            "the threshold is {value}; choose one from {lowest} to {highest}",
            value=typed or "''", lowest=inviting.LOWEST_THRESHOLD, highest=inviting.HIGHEST_THRESHOLD,
        )  # fmt: skip
    return int(typed)


def _grace(typed: str, _: Questionnaire) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= len(str(inviting.LONGEST_GRACE))):
        raise BadWave("the grace period is {value} minutes; choose one from 0 to {longest}",
                      value=typed, longest=inviting.LONGEST_GRACE)  # fmt: skip
    return int(typed)


def _notice(typed: str, _: Questionnaire) -> str:
    said = "\n".join(typed.splitlines())
    notice.read(said, "notice")
    return said


def _target(typed: str, _: Questionnaire) -> float | None:
    """Percent as typed, as a share."""
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 3 and 1 <= int(typed) <= 100):
        raise BadWave("the response rate wanted is {value}; choose one from 1 to 100 percent", value=typed)
    return int(typed) / 100


def _target_written(target: float | None) -> str:
    return "" if target is None else str(round(100 * target))


def _population(typed: str, questionnaire: Questionnaire) -> Population:
    """Nothing, `unknown`, a number, or the rows of a table, whose first line is its header."""
    if not typed:
        return Population()
    if typed == UNKNOWN:
        return Population(UNKNOWN)
    if len(typed.splitlines()) < 2:
        return stated(typed)
    return from_csv(typed, "population", tuple(breakdown.id for breakdown in questionnaire.breakdowns))


def _population_written(population: Population) -> str:
    if population.how == "total":
        return str(population.total)
    if population.how != "strata":
        return "" if population.how == "invited" else UNKNOWN
    columns = list(population.strata[0].values)
    lines = [[*columns, "population"]]
    lines += [[*(row.values[one] for one in columns), str(row.people)] for row in population.strata]
    return "\n".join(",".join(map(_quoted, line)) for line in lines)


def _quoted(cell: str) -> str:
    special = any(letter in cell for letter in ',;"\n\t')
    return '"' + cell.replace('"', '""') + '"' if special else cell


def _day_written(day: date | None) -> str:
    return day.isoformat() if day else ""


ROWS = (
    Row(
        "phase", text("Phase"), text("where in the programme it stands"),
        _choice, str, Kind.CHOICE, "final", PHASES,
    ),
    Row(
        "opens", text("First day"),
        text("the first day on which links work; without it, the day of opening"),
        _day, _day_written, Kind.DAY,
    ),
    Row(
        "closes", text("Last day"),
        text("the last day on which links work; without it, until the wave is closed"),
        _day, _day_written, Kind.DAY,
    ),
    Row(
        "timezone", text("Time zone"),
        text("in which the first and the last day begin and end, for example Europe/Rome"), _zone, str,
    ),
    Row(
        "contact", text("Contact"),
        text("whom respondents of this wave can ask: an e-mail address or a telephone number; without it, "
             "the one of this site"),
        _contact, str,
    ),
    Row(
        "threshold", text("Threshold"),
        text("the smallest number of answers that is shown; 3 at least. It is fixed when the wave opens"),
        _number, str, Kind.LINE, str(THRESHOLD),
    ),
    Row(
        "grace", text("Grace period"),
        text("minutes after the last day in which what was begun by then can still be sent"),
        _grace, str, Kind.LINE, str(GRACE),
    ),
    Row(
        "target", text("Response rate wanted"),
        text("in percent; a line on the page of rates. Without it, there is no line"),
        _target, _target_written,
    ),
    Row(
        "population", text("Population"),
        text("how many people the figures speak of. Without it, those invited; or a number; or unknown; or "
             "a table of groups, pasted: a line with the names of the breakdowns and population, then a line "
             "for each group"),
        _population, _population_written, Kind.LINES,
    ),
    Row(
        "notice", text("Privacy notice"),
        text("what the privacy notice of this wave says other than this site’s, as TOML. Once the wave is "
             "open, it is changed by the command survey wave notice, and the log says so"),
        _notice, str.strip, Kind.LINES,
    ),
)  # fmt: skip
"""Every setting of a wave but its title, in the order of the form."""


def title(code: str) -> str:
    """The name of the title in a language."""
    return f"title.{code}"


def typed(wave: Wave, questionnaire: Questionnaire) -> dict[str, str]:
    """The settings of a wave as one would type them."""
    titles = {title(code): wave.title.get(code, "") for code in questionnaire.languages}
    return titles | {row.name: row.write(getattr(wave, row.name)) for row in ROWS}


def imagined(questionnaire: Questionnaire, timezone: str, definition: str = "") -> Wave:
    """A draft of a questionnaire as it is without further wishes, under a name that no wave can have."""
    return Wave(
        id="", title=questionnaire.title, questionnaire=questionnaire.id, version=questionnaire.version,
        mode=questionnaire.mode, phase="final", state="draft", opens=None, closes=None, timezone=timezone,
        threshold=THRESHOLD, population=Population(), synthetic=False, definition=definition,
        sha256=inviting.sha256(definition),
    )  # fmt: skip


def create(
    store: Store,
    wave_id: str,
    definition: tuple[str, bytes],
    wishes: Typed,
    timezone: str,
    who: str,
    now: datetime,
    visible: Container[str] = EVERYTHING,
    study: str | None = None,
    mark_keys: MarkKeys | None = None,
) -> Wave:
    """Store a new wave as a draft; whoever makes it may see it, and the log says so.

    A panel wave needs the name of its study, and `mark_keys`, where the key of a study that begins goes.

    `definition` is the name of its file and its content; `visible` are the waves that may be named in a
    refusal. Raises InvalidDefinition, BadSettings, or BadWave where the definition's version cannot be.
    """
    name, content = definition
    questionnaire = definitions.load(content, name)
    _judge_version(store, questionnaire, visible)
    blank = imagined(questionnaire, timezone, content.decode("utf-8-sig"))
    wave = _settled(replace(blank, id=wave_id, study=study or None), wishes, questionnaire)
    with store.write() as db:
        if waves.exists(db, wave.id):
            raise BadSettings({"id": inviting.taken(wave.id)})
        if mark_keys is not None:
            studying.take_part(db, mark_keys, wave, now)
        waves.add(db, wave)
        audit.add(db, Entry(now, who, audit.CREATED, wave.id))
        evaluators.grant(db, who, wave.id)
    return wave


def _judge_version(store: Store, questionnaire: Questionnaire, visible: Container[str]) -> None:
    """Raise BadWave where an opened wave bears the same version of other items, or a later version."""
    for judged in versions.judged(questionnaire, versions.frozen(store, questionnaire.id, visible)):
        if judged.problem:
            raise BadWave(judged.problem)


def change(store: Store, wave_id: str, wishes: Typed, who: str, now: datetime) -> tuple[str, ...]:
    """Change settings of a draft; what is not named stays. The names of those that are different now.

    Raises UnknownWave, WrongState for anything but a draft, or BadSettings.
    """
    with store.write() as db:
        wave = waves.get(db, wave_id)
        if wave.state != "draft":
            raise WrongState(
                "the wave {wave} is {state}: its settings are fixed; of an open wave the last day "
                "can be moved",
                wave=wave_id, state=STATES[wave.state],
            )  # fmt: skip
        questionnaire = definitions.load(wave.definition, wave.id)
        before = typed(wave, questionnaire)
        settled = _settled(wave, {**before, **wishes}, questionnaire)
        after = typed(settled, questionnaire)
        changed = tuple(name for name in after if after[name] != before[name])
        if changed:
            waves.replace(db, settled)
            audit.add(db, Entry(now, who, audit.CHANGED, wave_id, ", ".join(changed)))
    return changed


def _settled(wave: Wave, wishes: Typed, questionnaire: Questionnaire) -> Wave:
    """A wave with its settings as they were typed. Raises BadSettings, with every problem."""
    found: dict[str, Any] = {}
    problems: dict[str, Text] = {}
    asked = {row.name: wishes.get(row.name, "").strip() or row.default for row in ROWS}
    asked["timezone"] = asked["timezone"] or wave.timezone
    for row in ROWS:
        try:
            found[row.name] = row.read(asked[row.name], questionnaire)
        except Refusal as refusal:
            problems[row.name] = refusal.text
    titles, faults = _titles(wishes, questionnaire)
    settled = replace(wave, title=titles, **found)
    raise_for = {**faults, **problems, **_first(inviting.faults(settled), {*problems})}
    if raise_for:
        raise BadSettings(raise_for)
    return settled


def _first(faults: Iterator[tuple[str, Text]], known: set[str]) -> dict[str, Text]:
    return {name: said for name, said in faults if name not in known}


def _titles(wishes: Typed, questionnaire: Questionnaire) -> tuple[dict[str, str], dict[str, Text]]:
    titles, faults = {}, {}
    for code in questionnaire.languages:
        wished = wishes.get(title(code), "").strip()
        titles[code] = wished or questionnaire.title[code]
        try:
            _line(wished, LONGEST_TITLE)
        except BadWave as refusal:
            faults[title(code)] = refusal.text
    return titles, faults


def extend(store: Store, wave_id: str, closes: str, who: str, now: datetime) -> Wave:
    """Move the last day of an open wave to a later one, or give it one; the log says so.

    Raises UnknownWave, WrongState, BadWave for what is no day, NotLater.
    """
    day = _day(closes.strip())
    with store.write() as db:
        wave = waves.get(db, wave_id)
        if wave.state != "open":
            raise WrongState("the wave {wave} is {state}; the last day can be moved while it is open",
                             wave=wave_id, state=STATES[wave.state])  # fmt: skip
        earliest = max(filter(None, (today_of(wave, now), wave.opens)))
        if day is None or day < earliest or (wave.closes and day <= wave.closes):
            raise NotLater(
                "choose a later day than {day}: the last day can only be moved on",
                day=max(filter(None, (wave.closes, earliest - timedelta(days=1)))),
            )  # fmt: skip
        waves.set_closes(db, wave_id, day)
        audit.add(db, Entry(now, who, audit.EXTENDED, wave_id, day.isoformat()))
        return waves.get(db, wave_id)


@dataclass(frozen=True)
class Opening:
    """What opening a draft will do: how many are invited, which groups are too small to be shown.

    `first` is the first day on which links will work; `over` says that the last day has passed already.
    """

    wave: Wave
    questionnaire: Questionnaire
    invited: int
    small: tuple[str, ...]
    first: date
    over: bool


def opening(store: Store, wave_id: str, now: datetime) -> Opening:
    """What opening a wave will do. Raises UnknownWave, WrongState or BadWave as opening does."""
    with store.read() as db:
        wave = waves.get(db, wave_id)
        inviting.judge_openable(wave)
        invited = invitations.count(db, wave_id)
        small = inviting.small_groups(db, wave)
    today = today_of(wave, now)
    return Opening(
        wave, definitions.load(wave.definition, wave.id), invited, tuple(small),
        first=wave.opens or today, over=wave.closes is not None and wave.closes < today,
    )  # fmt: skip


@dataclass(frozen=True)
class Closing:
    """What closing an open wave will do: how far it is, and how many drafts will be lost.

    `early` says that links would still work today; `taken_until` is the end of the grace period, in the
    wave's time zone, while it is running.
    """

    standing: Standing
    drafts: int
    early: bool
    taken_until: datetime | None = None


def closing(store: Store, wave_id: str, now: datetime) -> Closing:
    """What closing a wave will do. Raises UnknownWave."""
    how_far = monitoring.standing(store, wave_id)
    with store.read() as db:
        unsent = drafts.count(db, wave_id)
    wave = how_far.wave
    until = publishing.grace_left(wave, now)
    early = wave.closes is None or today_of(wave, now) <= wave.closes
    return Closing(how_far, unsent, early, until and until.astimezone(ZoneInfo(wave.timezone)))
