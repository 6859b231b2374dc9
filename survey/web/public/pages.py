"""Pages as constants: HTML rendered and compressed once for everybody who gets the same one.

Nothing of a link or of an invitation is in a page, so the form of a wave in one language is the
same bytes for all. Only a form that comes back with what was sent is rendered for one person.
"""

import gzip
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any
from unicodedata import category

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from survey.definitions.model import Condition, Group, Item, Questionnaire, Section
from survey.definitions.wording import only_if, range_of, rest, shared
from survey.language import INTERFACE, Language, Text, language, plural_text
from survey.settings import Settings
from survey.store.waves import Wave
from survey.submission import NOT_APPLICABLE, FieldProblem

TEMPLATES = Path(__file__).parents[1] / "templates" / "public"
KEPT = 64
"""How many pages stay in memory; a wave has two for each language."""

TILE = 3
"""Characters that fit on a tile of 44 px."""

Sent = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Page:
    """The HTML of one page in one language."""

    html: str
    language: str

    @cached_property
    def plain(self) -> bytes:
        """As it is."""
        return self.html.encode()

    @cached_property
    def packed(self) -> bytes:
        """Compressed as far as gzip can."""
        return gzip.compress(self.plain, 9, mtime=0)


class Pages:
    """Makes pages and keeps those that do not depend on anybody."""

    def __init__(self, settings: Settings) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        style = squeezed(self._templates.get_template("style.html").render())
        self.style_digest = b64encode(sha256(style.encode()).digest()).decode()
        self._templates.globals.update(
            style=style,
            name=lambda code: language(code).name,
            settings=settings,
            dk=NOT_APPLICABLE.value,
            tiles=tiles,
            tile=TILE,
            plural_text=plural_text,
            range_of=range_of,
            only_if=only_if,
            rest=rest,
            blocks=blocks,
        )
        self._kept: dict[tuple[object, ...], Page] = {}

    def form(self, wave: Wave, questionnaire: Questionnaire, code: str) -> Page:
        """The empty form, the same for everybody who is asked in this wave and language."""
        return self._once(("form", *_facts(wave), code), lambda: self._form(wave, questionnaire, code))

    def form_again(
        self,
        wave: Wave,
        questionnaire: Questionnaire,
        code: str,
        sent: Sent,
        problems: Sequence[FieldProblem] = (),
    ) -> Page:
        """The form with what was sent still in it and its problems; without problems: to be sent again."""
        shown = {name: [_printable(value) for value in values] for name, values in sent.items()}
        return self._form(wave, questionnaire, code, shown, problems, again=True)

    def preview(self, wave: Wave, questionnaire: Questionnaire, code: str) -> Page:
        """The empty form as it would be seen in such a wave, marked as a preview; it sends nothing.

        A form whose method is "dialog" does nothing where there is no dialog, by button or by key.
        """
        return self._form(wave, questionnaire, code, preview=True)

    def thanks(self, wave: Wave, questionnaire: Questionnaire, code: str) -> Page:
        """What happens next."""
        return self._once(
            ("thanks", *_facts(wave), code),
            lambda: self._page("thanks.html", code, wave=wave, questionnaire=questionnaire),
        )

    def home(self, code: str) -> Page:
        """What this site is."""
        return self._once(("home", code), lambda: self._page("home.html", code, languages=INTERFACE))

    def message(self, code: str, title: Text, lines: Sequence[Text], sent: Sent | None = None) -> Page:
        """A page of a few sentences; `sent` is what the reader can send once more with a button."""
        return self._page("message.html", code, title=title, lines=lines, sent=sent)

    def _form(
        self,
        wave: Wave,
        questionnaire: Questionnaire,
        code: str,
        sent: Sent | None = None,
        problems: Sequence[FieldProblem] = (),
        again: bool = False,
        preview: bool = False,
    ) -> Page:
        place: dict[str | None, int] = {None: 0}
        place |= {item.id: number for number, item in enumerate(questionnaire.items, 1)}
        return self._page(
            "form.html",
            code,
            wave=wave,
            questionnaire=questionnaire,
            sent=sent or {},
            problems={
                problem.item: problem.text for problem in sorted(problems, key=lambda one: place[one.item])
            },
            again=again,
            preview=preview,
            numbers=place,
        )

    def _page(self, template: str, code: str, **values: Any) -> Page:
        html = self._templates.get_template(template).render(t=language(code), **values)
        return Page(html, code)

    def _once(self, key: tuple[object, ...], make: Callable[[], Page]) -> Page:
        page = self._kept.get(key)
        if page is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            page = self._kept[key] = make()
        return page


def squeezed(style: str) -> str:
    """A style sheet without comments and needless blanks."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    style = re.sub(r"\s+", " ", style)
    return re.sub(r" ?([{};,>]) ?", r"\1", re.sub(r": ", ":", style)).replace(";}", "}").strip()


def tiles(item: Item, t: Language) -> bool:
    """Whether a scale's points can stand as tiles: their labels, but for the ends, are as short as 10."""
    inner = list(item.labels.values())[1:-1]
    return all(len(t.choose(label)) <= TILE for label in inner)


@dataclass(frozen=True)
class Block:
    """Items that stand together on the page; `said` is the condition that they share, said above them."""

    group: Group | None
    said: Condition | None
    items: tuple[Item, ...]


def blocks(section: Section) -> Iterator[Block]:
    """The items of a section, those of a group together."""
    for group, items in groupby(section.items, lambda item: item.group):
        together = tuple(items)
        yield Block(group, shared(together) if group else None, together)


def _facts(wave: Wave) -> tuple[object, ...]:
    """All of a wave that a page says."""
    return wave.id, wave.sha256, wave.mode, wave.closes, wave.threshold, wave.synthetic


def _printable(value: str) -> str:
    """What was typed without the control characters that HTML cannot hold."""
    return "".join(character for character in value if character in "\r\n\t" or category(character) != "Cc")
