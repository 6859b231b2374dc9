"""The words of the interface: sentences that wait for a language, and languages that say them.

Pure modules never choose a language: they return a `Text`, and whoever shows it to a person (a page,
a chart, the terminal) asks a `Language` to say it. Source sentences are English; the catalogues
are `translations/<code>/LC_MESSAGES/survey.po`, and further ones may lie in a folder of the instance.
Numbers and dates come out as that reader writes them (Babel). Rounding is half up, everywhere.
"""

import gettext
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal
from babel.units import format_unit

CATALOGUES = Path(__file__).parent / "translations"
DOMAIN = "survey"
DEFAULT = "it"
INTERFACE = ("it", "en")
"""The languages in which all of the interface speaks; the pages of respondents may speak more."""


@dataclass(frozen=True)
class Text:
    """A sentence in no language yet: an English source sentence with `{names}` for its values.

    `many` is the plural source sentence; the value named `n` chooses between the two.
    Values may themselves be Texts, numbers, strings, a definition's words (language code -> text), or
    several of these in a tuple, which are said as an enumeration.
    """

    message: str
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    many: str | None = None

    def __hash__(self) -> int:
        return hash((self.message, self.many, tuple(sorted((k, repr(v)) for k, v in self.values.items()))))


def text(message: str, **values: Any) -> Text:
    """A Text of one source sentence; the name marks it for the catalogues."""
    return Text(message, MappingProxyType(values))


def plural_text(one: str, many: str, n: int, **values: Any) -> Text:
    """A Text whose sentence depends on the number `n` (available as `{n}`)."""
    return Text(one, MappingProxyType({"n": n, **values}), many)


def round_half_up(value: float, digits: int = 0) -> Decimal:
    """`value` rounded half away from zero to `digits` decimals (0.125 -> 0.13, never 0.12)."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


class Language:
    """One language in which the interface speaks: translations, numbers, dates."""

    def __init__(self, code: str, catalogue: gettext.NullTranslations | None = None) -> None:
        """`catalogue` is asked first; what it does not have, the program's own says, or else the source."""
        self.code = code
        self._locale = Locale.parse(code)
        own = gettext.translation(DOMAIN, CATALOGUES, [code], fallback=True)
        if catalogue is not None:
            catalogue.add_fallback(own)
        self._catalogue = catalogue or own

    def __call__(self, message: str | Text, **values: Any) -> str:
        """Say a source sentence or a Text in this language, its values filled in."""
        said = message if isinstance(message, Text) else Text(message, values)
        filled = {name: self.say(value) for name, value in said.values.items()}
        if said.many is None:
            return self._catalogue.gettext(said.message).format(**filled)
        return self._catalogue.ngettext(said.message, said.many, said.values["n"]).format(**filled)

    def plural(self, one: str, many: str, n: int, **values: Any) -> str:
        """Say the sentence for `n` things; `{n}` is written as this language writes numbers."""
        return self(plural_text(one, many, n, **values))

    def say(self, value: Any) -> Any:
        """A value of a Text as this language says it."""
        if isinstance(value, Text):
            return self(value)
        if isinstance(value, Mapping):
            return self.choose(value)
        if isinstance(value, tuple):
            return self.listing([str(self.say(one)) for one in value])
        if isinstance(value, date):
            return self.moment(value) if isinstance(value, datetime) else self.day(value)
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return value
        return self.number(value, 0 if isinstance(value, int) else None)

    def number(self, value: float | Decimal, digits: int | None = 0) -> str:
        """`value` with exactly `digits` decimals (None: as many as it has), half up: 1.280 or 1,280."""
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if digits is None:
            return str(format_decimal(exact, locale=self._locale, decimal_quantization=False))
        return _written(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0, digits, self.code)

    def signed(self, value: float, digits: int = 0) -> str:
        """`value` with its sign, a true minus, and plain 0 for zero: +3, −5, 0."""
        rounded = round_half_up(value, digits)
        sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
        return sign + self.number(abs(rounded), digits)

    def percent(self, share: float, digits: int = 0) -> str:
        """A share (0 to 1) as a percentage, rounded half up to `digits` decimals: 57%, 57,2%."""
        return self("{number}%", number=self.number(Decimal(repr(share)) * 100, digits))

    def day(self, value: date) -> str:
        """A date in words: 30 novembre 2026."""
        return str(format_date(value, format="long", locale=self._locale))

    def moment(self, value: datetime) -> str:
        """A date and a time, in the zone that `value` carries."""
        return str(format_datetime(value, format="d MMMM y, HH:mm", locale=self._locale))

    def minutes(self, n: int) -> str:
        """A length of time, in hours where they are whole: 30 minuti, 2 ore."""
        number, unit = (n // 60, "hour") if n and n % 60 == 0 else (n, "minute")
        return str(format_unit(number, f"duration-{unit}", locale=self._locale))

    def listing(self, parts: list[str]) -> str:
        """Parts as one enumeration: a, b e c."""
        return str(format_list(parts, locale=self._locale))

    def either(self, parts: list[str]) -> str:
        """Parts of which one holds: a, b o c."""
        return str(format_list(parts, style="or", locale=self._locale))

    def choose(self, words: Mapping[str, str]) -> str:
        """The definition's words in this language, or in the first language that they have."""
        return words.get(self.code) or next(iter(words.values()), "")

    @property
    def name(self) -> str:
        """The language's own name: Italiano, English."""
        return str(self._locale.get_display_name(self._locale) or self.code).capitalize()


@lru_cache(maxsize=8192)
def _written(rounded: Decimal, digits: int, code: str) -> str:
    """A number of so many decimals as the language writes it.

    Kept, because Babel reads the pattern anew for each number, and a page of groups shows thousands,
    of which most are the same few hundred shares.
    """
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(rounded, format=pattern, locale=Locale.parse(code)))


@lru_cache(maxsize=32)
def language(code: str) -> Language:
    """The Language of a code such as `it` or `en`; an unknown one speaks the English source."""
    return Language(code)


def language_names(code: str) -> frozenset[str]:
    """What people call a language: its code, and its name in itself, in Italian and in English."""
    locale = Locale.parse(code)
    names = (locale.get_display_name(other) for other in (code, *INTERFACE))
    return frozenset({code, *filter(None, names)})


class Refusal(Exception):
    """Something that a person asked for and cannot have, with the sentence that tells why and what to do.

    One subclass for each way to fail; the command maps them to exit codes, the pages to a page.
    """

    def __init__(self, message: str | Text, **values: Any) -> None:
        self.text = message if isinstance(message, Text) else text(message, **values)
        super().__init__(language("en")(self.text))


class BadCatalogue(Refusal):
    """A catalogue in the folder of further languages cannot be used."""


class Languages:
    """The languages of one instance: the program's, and those whose catalogues lie in a folder.

    A catalogue is `CODE/LC_MESSAGES/survey.po`; it need not be complete. One of `it` or `en` replaces
    single sentences of the program's own.
    """

    def __init__(self, folder: Path) -> None:
        """Raises BadCatalogue for a file that cannot be used; the folder need not exist."""
        found = sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
        self._further = {code: Language(code, _read(path, code)) for path, code in map(_coded, found)}

    def __call__(self, code: str) -> Language:
        """The Language of a code; an unknown one speaks the English source."""
        return self._further.get(code) or language(code)

    @property
    def spoken(self) -> tuple[str, ...]:
        """The codes of all languages that have a catalogue, the program's first."""
        return (*INTERFACE, *(code for code in self._further if code not in INTERFACE))


def _coded(path: Path) -> tuple[Path, str]:
    code = path.parents[1].name
    if not is_language(code):
        raise BadCatalogue(
            "{path} lies in {code}, which is no language; name the folder by a code such as de",
            path=str(path), code=code,
        )  # fmt: skip
    return path, code


def _read(path: Path, code: str) -> gettext.GNUTranslations:
    """A catalogue as gettext reads it, every value that a sentence fills in checked beforehand."""
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=code, domain=DOMAIN, abort_invalid=True)
    except (OSError, UnicodeDecodeError, PoFileError) as failure:
        raise BadCatalogue(
            "{path} cannot be read: {why}; correct or remove it", path=str(path), why=str(failure)
        ) from failure
    for message in catalogue:
        if message.id:
            _judge(message, path)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _judge(message: Message, path: Path) -> None:
    """Raise BadCatalogue for a translation with a value that its sentence does not have."""
    sources = _forms(message.id)
    known = {"n"}.union(*map(_values, sources))
    for said in _forms(message.string):
        try:
            odd = _values(said) - known
        except ValueError:
            odd = {said}
        if odd:
            raise BadCatalogue(
                "{path}:{line}: the translation of “{sentence}” holds {odd}, which nothing stands for; "
                "use the values in braces as the sentence has them",
                path=str(path), line=str(message.lineno or 0), sentence=sources[0],
                odd=", ".join(sorted(odd)),
            )  # fmt: skip


def _forms(said: str | Sequence[str] | None) -> tuple[str, ...]:
    """A sentence, or each of its forms for different numbers; nothing of what is not translated."""
    return (said,) if isinstance(said, str) else tuple(said or ())


def _values(sentence: str) -> set[str]:
    """The names of the values in a sentence. Raises ValueError for a brace without its other half."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def is_language(code: str) -> bool:
    """Whether a language of this code exists: it, en, lmo, but neither xx nor ita."""
    try:
        return Locale.parse(code).language == code
    except (ValueError, UnknownLocaleError):
        return False
