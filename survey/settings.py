"""Settings as rows (name, default, help), read once into a frozen Settings.

Order: defaults, then `config.toml` in the instance folder, then `SURVEY_*` variables; `SURVEY_X_FILE`
names a file that holds the value (for secrets). An unknown name or an unusable value stops the start.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
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
    Row("LANGUAGE", "", text("the language of the command: it or en; empty: the terminal's")),
)
NAMES = {row.name: row for row in ROWS}
INTERFACE_LANGUAGES = ("", "it", "en")


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
    language: str

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.instance / "riscontro.db"

    @property
    def charts(self) -> Path:
        """The folder of the charts that were drawn; it may be deleted at any time."""
        return self.instance / "charts"

    @property
    def catalogues(self) -> Path:
        """The folder of catalogues of further languages; it need not exist."""
        return Path(self.translations) if self.translations else self.instance / "translations"

    @property
    def uploads(self) -> Path:
        """The folder of lists of people that wait for confirmation."""
        return self.instance / "uploads"

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
    rest = {name.lower(): value for name, value in values.items() if name not in ("INSTANCE", "SECRET_KEY")}
    rest["public_url"] = rest["public_url"].rstrip("/")
    return Settings(instance=Path(values["INSTANCE"]), secret_key=split_keys(values["SECRET_KEY"]), **rest)


def split_keys(joined: str) -> tuple[str, ...]:
    """Secret keys that were written with commas between them; the first signs, all are accepted."""
    return tuple(key.strip() for key in joined.split(",") if key.strip())
