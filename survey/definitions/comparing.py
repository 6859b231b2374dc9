"""Two versions of a questionnaire -> item by item, whether answers to both may be compared.

An item is comparable where whoever answers it reads the same and can answer the same, and where it is
put to the same people; anything else is a break, with its kinds. Only what the respondent sees counts:
blanks are compared as a page shows them, languages that only one version has not at all. What is no
break and why is in docs/decisions/0014-versions.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from survey.definitions import differing
from survey.definitions.conditions import comparisons
from survey.definitions.differing import Difference
from survey.definitions.model import Item, Questionnaire
from survey.language import text

ALIKE = 0.85
"""From which likeness (0 to 1, difflib's ratio) two texts are taken for one item under two ids."""


class Outcome(StrEnum):
    """What became of an item from the older version to the newer one."""

    COMPARABLE = "comparable"
    BREAK = "break"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class ItemComparison:
    """One item in both versions.

    `differences` says why it is a break, and is empty otherwise. `alike` is set for an item that was
    added or removed: the id of the one in the other version that is worded like it.
    """

    item: str
    outcome: Outcome
    differences: tuple[Difference, ...] = ()
    alike: str | None = None


@dataclass(frozen=True)
class Comparison:
    """All items of two versions: those of the newer one in its order, then those that are gone."""

    older: Questionnaire
    newer: Questionnaire
    items: tuple[ItemComparison, ...]

    @property
    def comparable(self) -> tuple[str, ...]:
        """The ids of the items whose answers may be compared."""
        return tuple(found.item for found in self.items if found.outcome is Outcome.COMPARABLE)

    @property
    def not_comparable(self) -> tuple[ItemComparison, ...]:
        """The breaks, the items that were added and those that were removed."""
        return tuple(found for found in self.items if found.outcome is not Outcome.COMPARABLE)

    def of(self, item_id: str) -> ItemComparison:
        """The comparison of one item; KeyError where neither version has it."""
        return {found.item: found for found in self.items}[item_id]


def compare(older: Questionnaire, newer: Questionnaire) -> Comparison:
    """Every item of two versions of one questionnaire."""
    before = {item.id: item for item in older.items}
    after = {item.id: item for item in newer.items}
    languages = tuple(code for code in newer.languages if code in older.languages)
    alike = _alike(before, after, languages)
    apart: dict[str, tuple[Difference, ...]] = {}
    found = []
    for name, item in after.items():
        if name not in before:
            found.append(ItemComparison(name, Outcome.ADDED, alike=alike.get(name)))
            continue
        apart[name] = tuple(_differences(before[name], item, languages, apart))
        found.append(ItemComparison(name, Outcome.BREAK if apart[name] else Outcome.COMPARABLE, apart[name]))
    gone = [name for name in before if name not in after]
    found += [ItemComparison(name, Outcome.REMOVED, alike=alike.get(name)) for name in gone]
    return Comparison(older, newer, tuple(found))


def _differences(
    before: Item, after: Item, languages: tuple[str, ...], earlier: Mapping[str, tuple[Difference, ...]]
) -> Iterator[Difference]:
    """Why two versions of an item cannot be compared; `earlier` holds the items compared so far."""
    if not languages:
        yield Difference(differing.Change.WORDING, text("no language is in both versions"))
        return
    for part in differing.PARTS:
        yield from part(before, after, languages)
    for looked_at in dict.fromkeys(one.item for one in comparisons(after.show_if)):
        if earlier.get(looked_at):
            yield Difference(
                differing.Change.CONDITION,
                text("whom it is put to depends on {item}, which is a break itself", item=looked_at),
            )


def _alike(
    before: Mapping[str, Item], after: Mapping[str, Item], languages: tuple[str, ...]
) -> dict[str, str]:
    """Ids of items that were removed or added -> the id under which the other version words them alike."""
    pairs: dict[str, str] = {}
    for code in languages:
        added = {_bare(item, code): name for name, item in after.items() if name not in before}
        for name, item in before.items():
            if name in after or name in pairs:
                continue
            for words in get_close_matches(_bare(item, code), added, 1, ALIKE):
                pairs.setdefault(added[words], name)
                pairs.setdefault(name, added[words])
    return pairs


def _bare(item: Item, code: str) -> str:
    """An item's text in one language, in small letters and without blanks and marks."""
    return "".join(letter for letter in item.text[code].casefold() if letter.isalnum())
