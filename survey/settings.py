"""Settings as rows (name, default, help), read once into a frozen Settings.

Order: defaults, then `config.toml` in the instance folder, then `SURVEY_*` variables; `SURVEY_X_FILE`
names a file that holds the value (for secrets). An unknown name or an unusable value stops the start.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import available_timezones

from survey.language import Refusal, Text, text


class BadSettings(Refusal):
    """The configuration names something unknown or holds an unusable value."""


@dataclass(frozen=True)
class Row:
    """One setting: its name (upper case, without SURVEY_), its default and what it is for."""

    name: str
    default: str
    help: Text


ROWS = (
    Row("INSTANCE", "instance", text("folder for the database, the keys and config.toml")),
    Row(
        "SECRET_KEY",
        "",
        text(
            "signs links and sessions; several, separated by commas: the first signs, all are accepted; "
            "empty: made once and kept in the instance folder"
        ),
    ),
    Row(
        "PUBLIC_URL",
        "http://127.0.0.1:8000",
        text("the address at which people reach this site; personal links begin with it"),
    ),
    Row("TIMEZONE", "Europe/Rome", text("the time zone of opening and closing days")),
    Row("ORGANIZER", "", text("who asks, as respondents shall read it")),
    Row("CONTACT", "", text("whom respondents can ask: an e-mail address or a telephone number")),
    Row(
        "NOTICE",
        "",
        text(
            "the file (TOML) of what every wave's privacy notice says beside the program's own facts; "
            "empty: notice.toml in the instance folder"
        ),
    ),
    Row(
        "PRIVACY_URL", "", text("the address of a whole privacy notice elsewhere, to which each wave's leads")
    ),
    Row("ACCESSIBILITY_URL", "", text("the address of the accessibility declaration")),
    Row(
        "ACCESSIBILITY_CONTACT",
        "",
        text("whom respondents can tell that something is hard to use; empty: CONTACT"),
    ),
    Row(
        "TRANSLATIONS",
        "",
        text(
            "the folder of catalogues of further languages, as CODE/LC_MESSAGES/survey.po; "
            "empty: translations in the instance folder"
        ),
    ),
    Row(
        "SMTP_URL",
        "",
        text(
            "the mail server: smtps://user:password@host:465, or smtp://user:password@host:587?starttls=1; "
            "empty: no mail is sent"
        ),
    ),
    Row("MAIL_FROM", "", text("who sends the mails: an address, or a name and an <address>")),
    Row("MAIL_REPLY_TO", "", text("the address that replies go to; empty: the sender's")),
    Row("MAIL_BOUNCES", "", text("the address that delivery reports go to; empty: the sender's")),
    Row("MAIL_RATE", "0", text("how many mails are sent in a minute at most; 0: as many as possible")),
    Row(
        "MAIL_COURIER",
        "on",
        text("on: survey serve sends queued mails by itself; off: only survey send does"),
    ),
    Row(
        "PROXY",
        "",
        text(
            "the address of the proxy in front of this site, whose X-Forwarded-For tells who asks for a "
            "sign-in link; empty: there is none"
        ),
    ),
    Row(
        "OPEN_LICENSE",
        "",
        text(
            "the licence of open-data packages, as an SPDX name such as CC-BY-4.0 or an address; empty: none "
            "is stated, and nobody may use them again"
        ),
    ),
    Row("OPEN_AREA", "", text("the area that the figures speak of, as open-data packages state it")),
    Row("LANGUAGE", "", text("the language of the command: it or en; empty: the terminal's")),
)
NAMES = {row.name: row for row in ROWS}
INTERFACE_LANGUAGES = ("", "it", "en")
MAIL_PORTS = {"smtp": 25, "smtps": 465}
ON_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class MailServer:
    """A mail server: encrypted from the start (`tls`), from STARTTLS on, or not at all; "" is no user."""

    host: str
    port: int
    tls: bool
    starttls: bool
    user: str
    password: str


@dataclass(frozen=True)
class Settings:
    """All settings; `secret_key` is empty where the instance folder keeps the key."""

    instance: Path
    secret_key: tuple[str, ...]
    public_url: str
    timezone: str
    organizer: str
    contact: str
    notice: str
    privacy_url: str
    accessibility_url: str
    accessibility_contact: str
    translations: str
    smtp_url: str
    mail_from: str
    mail_reply_to: str
    mail_bounces: str
    mail_rate: int
    mail_courier: str
    proxy: str
    open_license: str
    open_area: str
    language: str

    @property
    def mail_server(self) -> MailServer | None:
        """The mail server of `smtp_url`; None where no mail is sent."""
        return _mail_server(self.smtp_url) if self.smtp_url else None

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.instance / "riscontro.db"

    @property
    def charts(self) -> Path:
        """The folder of the charts that were drawn; it may be deleted at any time."""
        return self.instance / "charts"

    @property
    def files(self) -> Path:
        """The folder of the files of closed waves that were made; it may be deleted at any time."""
        return self.instance / "files"

    @property
    def catalogues(self) -> Path:
        """The folder of catalogues of further languages; it need not exist."""
        return Path(self.translations) if self.translations else self.instance / "translations"

    @property
    def uploads(self) -> Path:
        """The folder of lists of people that wait for confirmation."""
        return self.instance / "uploads"

    @property
    def report_template(self) -> Path:
        """The Word document whose styles the instance's reports have; it need not exist."""
        return self.instance / "report-template.docx"

    @property
    def questionnaires(self) -> Path:
        """The folder of the instance's own questionnaires; it need not exist."""
        return self.instance / "questionnaires"

    @property
    def mark_keys(self) -> Path:
        """The folder of the waves' mark keys, kept out of the database and its copies."""
        return self.instance / "keys"


def load(environ: Mapping[str, str]) -> Settings:
    """Settings of this environment. Raises BadSettings for unknown names and unusable values."""
    variables = _variables(environ)
    instance = Path(variables.get("INSTANCE") or NAMES["INSTANCE"].default)
    values = {row.name: row.default for row in ROWS} | _file(instance / "config.toml") | variables
    return _judged({**values, "INSTANCE": str(instance)})


def _variables(environ: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name, value in environ.items():
        if not name.startswith("SURVEY_"):
            continue
        plain = name.removeprefix("SURVEY_")
        if plain in NAMES:
            found[plain] = value
        elif plain.removesuffix("_FILE") in NAMES and plain.endswith("_FILE"):
            found[plain.removesuffix("_FILE")] = _secret(name, Path(value))
        else:
            raise BadSettings(
                "unknown variable {name}; the settings are {known}", name=name, known=_known("SURVEY_")
            )
    return found


def _secret(name: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as failure:
        raise BadSettings(
            "{name} names {path}, which cannot be read ({why}); create it or unset the variable",
            name=name, path=str(path), why=str(failure.strerror),
        ) from failure  # fmt: skip


def _file(path: Path) -> dict[str, str]:
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as failure:
        raise BadSettings(
            "{path} cannot be read as TOML: {why}; mend or remove it", path=str(path), why=str(failure)
        ) from failure
    return {_row(path, name): _string(path, name, value) for name, value in data.items()}


def _row(path: Path, name: str) -> str:
    upper = name.upper()
    if upper not in NAMES or upper == "INSTANCE":
        raise BadSettings(
            "{path}: unknown setting {name}; the settings are {known}",
            path=str(path), name=name, known=_known("").lower(),
        )  # fmt: skip
    return upper


def _string(path: Path, name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise BadSettings("{path}: {name} must be a text in quotes", path=str(path), name=name)


def _known(prefix: str) -> str:
    return ", ".join(prefix + row.name for row in ROWS)


def _judged(values: Mapping[str, str]) -> Settings:
    if values["TIMEZONE"] not in available_timezones():
        raise BadSettings(
            "TIMEZONE is {value}, which is no time zone; use a name such as Europe/Rome",
            value=values["TIMEZONE"],
        )
    if not values["PUBLIC_URL"].startswith(("http://", "https://")):
        raise BadSettings(
            "PUBLIC_URL is {value}; it must begin with http:// or https://", value=values["PUBLIC_URL"]
        )
    if values["LANGUAGE"] not in INTERFACE_LANGUAGES:
        raise BadSettings("LANGUAGE is {value}; use it or en", value=values["LANGUAGE"])
    _judge_mail(values)
    rest: dict[str, Any] = {
        name.lower(): value for name, value in values.items() if name not in ("INSTANCE", "SECRET_KEY")
    }
    rest["public_url"] = rest["public_url"].rstrip("/")
    rest["mail_rate"] = int(values["MAIL_RATE"])
    return Settings(instance=Path(values["INSTANCE"]), secret_key=split_keys(values["SECRET_KEY"]), **rest)


def _judge_mail(values: Mapping[str, str]) -> None:
    """Raise BadSettings where one of the settings of mail cannot be used."""
    for name in ("MAIL_FROM", "MAIL_REPLY_TO", "MAIL_BOUNCES"):
        if values[name] and not _is_sender(values[name]):
            raise BadSettings(
                "{name} is {value}; write an address such as anna@example.org, or Anna <anna@example.org>",
                name=name, value=ascii(values[name]),
            )  # fmt: skip
    if not (values["MAIL_RATE"].isascii() and values["MAIL_RATE"].isdigit()):
        raise BadSettings(
            "MAIL_RATE is {value}; write a number of mails in a minute, or 0", value=values["MAIL_RATE"]
        )
    if values["MAIL_COURIER"] not in ("on", "off"):
        raise BadSettings("MAIL_COURIER is {value}; use on or off", value=values["MAIL_COURIER"])
    if values["SMTP_URL"]:
        _mail_server(values["SMTP_URL"])


def _is_sender(written: str) -> bool:
    local, at, domain = parseaddr(written)[1].rpartition("@")
    return written.isprintable() and bool(local and at and domain) and " " not in local + domain


def _mail_server(url: str) -> MailServer:
    """The server of an address, whose password no message repeats. Raises BadSettings."""
    try:
        parts = urlsplit(url)
        port = parts.port or MAIL_PORTS[parts.scheme]
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except (ValueError, KeyError) as failure:
        raise _bad_server() from failure
    starttls = options.pop("starttls", "0")
    if not parts.hostname or options or starttls not in ("0", "1") or parts.path.strip("/"):
        raise _bad_server()
    server = MailServer(
        parts.hostname, port, parts.scheme == "smtps", starttls == "1",
        unquote(parts.username or ""), unquote(parts.password or ""),
    )  # fmt: skip
    if server.password and not (server.tls or server.starttls or server.host in ON_THIS_MACHINE):
        raise BadSettings(
            "SMTP_URL would send the password unencrypted to {host}; write smtps://, or add ?starttls=1",
            host=server.host,
        )
    return server


def _bad_server() -> BadSettings:
    return BadSettings(
        "SMTP_URL is no address of a mail server; write smtps://user:password@host:465 or "
        "smtp://user:password@host:587?starttls=1, with %40 for an @ in the user's name"
    )


def split_keys(joined: str) -> tuple[str, ...]:
    """Secret keys that were written with commas between them; the first signs, all are accepted."""
    return tuple(key.strip() for key in joined.split(",") if key.strip())
