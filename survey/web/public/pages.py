"""Pages as constants: HTML rendered and compressed once for everybody who gets the same one.

Nothing of a link or of an invitation is in a page, so the form of a wave in one language is the
same bytes for all. Only a form that comes back with what was sent is rendered for one person.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
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
from survey.language import Language, Languages, Text, plural_text
from survey.notice import of_instance, of_wave, sections
from survey.settings import Settings
from survey.store.waves import Wave
from survey.submission import NOT_APPLICABLE, FieldProblem
from survey.tokens import CARRIED_FOR
from survey.web.public import fields
from survey.web.public.fields import Sent
from survey.web.public.kept import NOT_KEPT, Kept, Typed, Versions, in_words, local, next_open
from survey.web.public.packing import AnyPage, Page
from survey.web.public.scripting import KEPT_AS, as_json, form_script, never_for_all, squeezed_scripts
from survey.web.public.standing import Notice, Stand, begin, everything
from survey.web.public.styling import Sheet
from survey.web.public.summary import Part, Said

TEMPLATES = Path(__file__).parents[1] / "templates" / "public"
KEPT = 64
"""How many pages stay in memory; a wave has two for each language."""

RECEIPT = "RECE-IPTR-ECEI-PTRE"
"""Stands in a page that is kept, where each reader gets a receipt of the own."""
BEFORE_BLOCKS = re.compile(
    r"\n+(?=</?(?:label|div|fieldset|legend|section|p|li|ul|h1|h2|form|main|details|summary)\b)"
)
"""Ends of lines before what begins a line of its own anyway: they weigh, and say nothing."""
TILE = 3
"""Characters that fit on a tile of 44 px."""


class Pages:
    """Makes pages and keeps those that do not depend on anybody."""

    def __init__(self, settings: Settings) -> None:
        """Raises BadNotice or BadCatalogue where a file of the instance cannot be used."""
        self._languages = Languages(settings.catalogues)
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        self._sheet = Sheet(self._templates.get_template("style.html").render())
        self._scripts = squeezed_scripts()
        self._templates.filters["capitalize_first"] = lambda said: said[:1].upper() + said[1:]
        self._templates.globals.update(
            as_json=as_json,
            never_for_all=never_for_all,
            name=lambda code: self._languages(code).name,
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
        self._settings = settings
        self._notice = of_instance(settings)
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
        script = {"choose": "choice", "late": "over"}[why]
        return self._page(f"draft/{why}.html", code, script, numbers=_numbers(questionnaire), **values)

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
            form_script(KEPT_AS[wave.mode], (), straight(questionnaire)),
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

    def thanks(self, wave: Wave, questionnaire: Questionnaire, code: str, receipt: str | None) -> AnyPage:
        """What happens next, and a receipt where there is one."""
        page = self._once(
            ("thanks", *_facts(wave), code),
            lambda: replace(
                self._page(
                    "thanks.html", code, "over", wave=wave, questionnaire=questionnaire, receipt=RECEIPT
                ),
                gap=RECEIPT,
            ),
        )
        return page if receipt is None else page.filled(receipt)

    def sentence(self, code: str, said: Text) -> str:
        """A sentence by itself, in a language."""
        return self._languages(code)(said)

    def home(self, code: str) -> Page:
        """What this site is."""
        return self._once(("home", code), lambda: self.home_again(code))

    @property
    def spoken(self) -> tuple[str, ...]:
        """The codes of the languages in which pages that belong to no questionnaire can be had."""
        return self._languages.spoken

    def privacy(self, wave: Wave, questionnaire: Questionnaire, code: str) -> Page:
        """The privacy notice of a wave."""
        return self._once(
            ("privacy", *_facts(wave), wave.state, wave.notice, code),
            lambda: self._page(
                "privacy.html",
                code,
                wave=wave,
                questionnaire=questionnaire,
                sections=sections(of_wave(self._notice, wave), wave, questionnaire, self._settings_of(wave)),
            ),
        )

    def home_again(self, code: str, typed: str = "", problem: Text | None = None) -> Page:
        """The same with a short code that was typed, and what is wrong with it."""
        shown = _printable(typed)
        return self._page("home.html", code, languages=self.spoken, typed=shown, problem=problem)

    def start(self, wave: Wave, questionnaire: Questionnaire, code: str, start: str, again: bool) -> Page:
        """Behind an open link; `start` is its one-time number, `again` says that the last was too old."""
        return self._page(
            "start.html", code, wave=wave, questionnaire=questionnaire, start=start, again=again
        )

    def message(
        self,
        code: str,
        title: Text,
        lines: Sequence[Text],
        sent: Sent | None = None,
        copy: str | None = None,
        wave: Wave | None = None,
        again: Text | None = None,
        over: bool = False,
        typed: Typed = (),
    ) -> Page:
        """A page of a few sentences; `sent` is what the reader can send once more with the button `again`.

        `copy` is the address of a copy of what was sent, `wave` the one whose privacy notice is meant.
        `over`: nothing can be sent by this link any more, so what was kept of it on the device is erased.
        `typed` is what was sent and is not stored.
        """
        values = {"title": title, "lines": lines, "sent": sent, "copy": copy, "wave": wave, "again": again}
        return self._page("message.html", code, "over" if over else "", typed=typed, **values)

    def opt_out(self, code: str, done: bool) -> Page:
        """The button that ends the mails, or that they have ended."""
        return self._once(("opt_out", code, done), lambda: self._page("opt_out.html", code, done=done))

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
        place, alone = _numbers(questionnaire), straight(questionnaire)
        return self._page(
            "form.html",
            code,
            form_script("preview" if preview else KEPT_AS[wave.mode], stand.sections, alone),
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
            straight=alone,
            returnable=_returnable(questionnaire, stand, notice, kept),
        )

    def _page(self, template: str, code: str, script: str = "", **values: Any) -> Page:
        inline = self._scripts[script] if script else ""
        wave = values.get("wave")
        if wave is not None:
            values["settings"] = self._settings_of(wave)
        html = self._templates.get_template(template).render(
            {"t": self._languages(code), "wave": None, "script": inline, **values}
        )
        style = self._sheet.used_by(html)
        html = BEFORE_BLOCKS.sub("", html.replace("<style>", f"<style>{style}", 1))
        return Page(html, code, policy(style, inline), values.get("returnable", False))

    def _settings_of(self, wave: Wave) -> Settings:
        """The instance's settings, with whom respondents of this wave can ask."""
        return replace(self._settings, contact=wave.contact) if wave.contact else self._settings

    def _once(self, key: tuple[object, ...], make: Callable[[], Page]) -> Page:
        page = self._kept.get(key)
        if page is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            page = self._kept[key] = replace(make(), lasting=True)
        return page


@lru_cache(maxsize=128)
def policy(style: str, script: str) -> str:
    """The Content-Security-Policy of a page with this one style sheet and this one script, or none ("")."""
    scripts = f"script-src '{_checksum(script)}'; connect-src 'self'; " if script else ""
    return (
        f"default-src 'none'; style-src '{_checksum(style)}'; {scripts}img-src data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _checksum(inline: str) -> str:
    return f"sha256-{b64encode(sha256(inline.encode()).digest()).decode()}"


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
    return (
        *(wave.id, wave.sha256, wave.mode, wave.closes, wave.grace, wave.threshold, wave.synthetic),
        *(wave.contact, wave.state == "draft"),
    )


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
