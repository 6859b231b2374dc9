"""Pages as constants: HTML rendered and compressed once for everybody who gets the same one.

Nothing of a link or of an invitation is in a page, so the form of a wave in one language is the
same bytes for all. Only a form that comes back with what was sent is rendered for one person.
"""

import gzip
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any
from unicodedata import category

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from survey.counts import NOT_ASSIGNED
from survey.definitions.conditions import put_to
from survey.definitions.model import Condition, Group, Item, Questionnaire, Section
from survey.definitions.paging import straight
from survey.definitions.wording import only_if, range_of, rest, shared
from survey.drafting import Sent as SentByLink
from survey.language import INTERFACE, Language, Text, language, plural_text
from survey.settings import Settings
from survey.store.waves import Wave
from survey.submission import NOT_APPLICABLE, FieldProblem
from survey.tokens import CARRIED_FOR
from survey.web.public import fields
from survey.web.public.fields import Sent
from survey.web.public.kept import NOT_KEPT, Kept, Versions, in_words, local, next_open
from survey.web.public.standing import Notice, Stand, begin, everything
from survey.web.public.summary import Part, Said

TEMPLATES = Path(__file__).parents[1] / "templates" / "public"
KEPT = 64
"""How many pages stay in memory; a wave has two for each language."""

TILE = 3
"""Characters that fit on a tile of 44 px."""


@dataclass(frozen=True)
class Page:
    """The HTML of one page in one language.

    `returnable`: the browser may keep it until the answers are sent, for its back button.
    """

    html: str
    language: str
    returnable: bool = False

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
            field=fields,
            carried_days=CARRIED_FOR.days,
            words=words,
            tiles=tiles,
            tile=TILE,
            plural_text=plural_text,
            range_of=range_of,
            only_if=only_if,
            rest=rest,
            blocks=blocks,
            local=local,
            next_open=next_open,
            in_words=in_words,
            not_assigned=NOT_ASSIGNED,
        )
        self._kept: dict[tuple[object, ...], Page] = {}

    def form(self, wave: Wave, questionnaire: Questionnaire, code: str) -> Page:
        """The empty form, the same for everybody who is asked in this wave and language."""
        return self._once(
            ("form", *_facts(wave), code), lambda: self._form(wave, questionnaire, code, begin(questionnaire))
        )

    def form_again(
        self,
        wave: Wave,
        questionnaire: Questionnaire,
        code: str,
        stand: Stand,
        notice: Notice,
        problems: Sequence[FieldProblem] = (),
        kept: Kept = NOT_KEPT,
    ) -> Page:
        """A page of the form with what was sent still in it, why it comes back, and its problems."""
        return self._form(wave, questionnaire, code, stand, notice, problems, kept=kept)

    def versions(
        self, why: str, wave: Wave, questionnaire: Questionnaire, code: str, versions: Versions
    ) -> Page:
        """Two versions of some questions; `why` is "choose" between them, or "late": others have sent."""
        shown = replace(versions, saved=_shown(versions.saved), mine=_shown(versions.mine))
        values = {"wave": wave, "questionnaire": questionnaire, "versions": shown}
        return self._page(f"draft/{why}.html", code, numbers=_numbers(questionnaire), **values)

    def copy(self, wave: Wave, questionnaire: Questionnaire, code: str, sent: SentByLink) -> Page:
        """Every question and what was sent, to be read and printed."""
        said = {item.id: sent.fields.get(item.id, ()) for item in questionnaire.items}
        return self._page(
            "copy.html",
            code,
            wave=wave,
            questionnaire=questionnaire,
            sent=sent,
            numbers=_numbers(questionnaire),
            asked=put_to(questionnaire, said),
        )

    def end(
        self,
        wave: Wave,
        questionnaire: Questionnaire,
        code: str,
        stand: Stand,
        notice: Notice,
        summary: Sequence[Part],
        kept: Kept = NOT_KEPT,
    ) -> Page:
        """The page after the last question: the answers in words where the definition asks for it."""
        return self._page(
            "end.html",
            code,
            wave=wave,
            questionnaire=questionnaire,
            stand=stand,
            notice=notice,
            problems={},
            summary=summary,
            kept=kept,
            preview=False,
            straight=False,
            returnable=True,
        )

    def preview(self, wave: Wave, questionnaire: Questionnaire, code: str) -> Page:
        """The empty form as it would be seen in such a wave, marked as a preview; it sends nothing.

        A form whose method is "dialog" does nothing where there is no dialog, by button or by key.
        """
        return self._form(wave, questionnaire, code, everything(questionnaire), preview=True)

    def thanks(self, wave: Wave, questionnaire: Questionnaire, code: str) -> Page:
        """What happens next."""
        return self._once(
            ("thanks", *_facts(wave), code),
            lambda: self._page("thanks.html", code, wave=wave, questionnaire=questionnaire),
        )

    def home(self, code: str) -> Page:
        """What this site is."""
        return self._once(("home", code), lambda: self._page("home.html", code, languages=INTERFACE))

    def message(
        self, code: str, title: Text, lines: Sequence[Text], sent: Sent | None = None, copy: str | None = None
    ) -> Page:
        """A page of a few sentences; `sent` is what the reader can send once more with a button.

        `copy` is the address of a copy of what was sent.
        """
        return self._page("message.html", code, title=title, lines=lines, sent=sent, copy=copy)

    def _form(
        self,
        wave: Wave,
        questionnaire: Questionnaire,
        code: str,
        stand: Stand,
        notice: Notice = Notice.ASKED,
        problems: Sequence[FieldProblem] = (),
        preview: bool = False,
        kept: Kept = NOT_KEPT,
    ) -> Page:
        place = _numbers(questionnaire)
        return self._page(
            "form.html",
            code,
            wave=wave,
            questionnaire=questionnaire,
            stand=stand,
            sent=_shown(stand.sent),
            problems={
                problem.item: problem.text for problem in sorted(problems, key=lambda one: place[one.item])
            },
            notice=notice,
            preview=preview,
            numbers=place,
            kept=kept,
            parts={section.id: number for number, section in enumerate(questionnaire.sections, 1)},
            straight=straight(questionnaire),
            returnable=_returnable(questionnaire, stand, notice, kept),
        )

    def _page(self, template: str, code: str, **values: Any) -> Page:
        html = self._templates.get_template(template).render(t=language(code), **values)
        return Page(html, code, values.get("returnable", False))

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


def words(t: Language, said: Said) -> str:
    """A line's answer in a language; the respondent's own words as they are."""
    return t.choose(said) if isinstance(said, Mapping) else t(said) if isinstance(said, Text) else said


def _facts(wave: Wave) -> tuple[object, ...]:
    """All of a wave that a page says."""
    return wave.id, wave.sha256, wave.mode, wave.closes, wave.threshold, wave.synthetic


def _returnable(questionnaire: Questionnaire, stand: Stand, notice: Notice, kept: Kept) -> bool:
    """Whether the browser may keep a form: a draft's is had by opening the link, as it is by then."""
    if kept.draft is not None and notice is Notice.ASKED:
        return False
    return stand.carried is not None or not straight(questionnaire)


def _numbers(questionnaire: Questionnaire) -> dict[str | None, int]:
    """Item id -> its number on the page; what concerns no item comes first."""
    return {None: 0} | {item.id: number for number, item in enumerate(questionnaire.items, 1)}


def _shown(sent: Sent) -> dict[str, tuple[str, ...]]:
    """What was sent, as HTML can hold it."""
    return {name: tuple(map(_printable, values)) for name, values in sent.items()}


def _printable(value: str) -> str:
    """What was typed without the control characters that HTML cannot hold."""
    return "".join(character for character in value if character in "\r\n\t" or category(character) != "Cc")
