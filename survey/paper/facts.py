"""What letters, posters and sheets say of a wave, and to whom they go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from survey.definitions.model import Mode, Questionnaire


@dataclass(frozen=True)
class Facts:
    """A wave as print tells of it. `home` is the site's address; `closes` the last day, inclusive."""

    title: Mapping[str, str]
    questionnaire: Questionnaire
    closes: date | None
    threshold: int
    synthetic: bool
    organizer: str
    contact: str
    home: str

    @property
    def named(self) -> bool:
        """Whether answers carry the name of an organization."""
        return self.questionnaire.mode is Mode.NAMED

    @property
    def panel(self) -> bool:
        """Whether answers carry a code that is the same in all waves of a study."""
        return self.questionnaire.mode is Mode.PANEL

    @property
    def short_home(self) -> str:
        """The site's address as people type it."""
        return self.home.removeprefix("https://").removeprefix("http://")


@dataclass(frozen=True)
class Addressee:
    """One letter: the person's name ("" where unknown), the language, the personal link and the code."""

    name: str
    language: str
    link: str
    code: str


@dataclass(frozen=True)
class Poster:
    """An open link: its address, and its group as (breakdown's label, value)."""

    address: str
    groups: tuple[tuple[Mapping[str, str], str], ...]
