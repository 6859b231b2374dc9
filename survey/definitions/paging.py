"""The pages of a questionnaire: which sections stand together, and what of them is put to a person.

Pages go by their place, from 0. What earlier pages said (`Said`, see `conditions`) settles which items
a page shows; conditions over items of the same page stay, to be said in words.
"""

from collections.abc import Iterator, Set
from dataclasses import replace

from survey.definitions.conditions import Said, comparisons, meets
from survey.definitions.model import AllOf, AnyOf, Comparison, Condition, Item, Questionnaire, Section


def pages(questionnaire: Questionnaire) -> tuple[tuple[Section, ...], ...]:
    """The sections of each page."""
    if questionnaire.pages == "sections":
        return tuple((section,) for section in questionnaire.sections)
    return (questionnaire.sections,)


def straight(questionnaire: Questionnaire) -> bool:
    """Whether the one page is all: no page before it and no last look after it."""
    return questionnaire.pages == "one" and not questionnaire.review


def page_of(questionnaire: Questionnaire, item: str) -> int:
    """The page on which an item stands."""
    places = {one.id: place for place, page in enumerate(pages(questionnaire)) for one in _items(page)}
    return places[item]


def put_on(questionnaire: Questionnaire, page: int, said: Said) -> tuple[Section, ...]:
    """The sections of a page with the items that can be put to somebody who answered `said` before it.

    What `said` holds of the page's own items is not looked at. Conditions that earlier pages settle are
    gone, sections without items too; so the page is empty where nothing of it is put to the person.
    """
    open_items: set[str] = set()
    return tuple(
        replace(section, items=items)
        for section in pages(questionnaire)[page]
        if (items := tuple(_open(section, said, open_items)))
    )


def following(questionnaire: Questionnaire, page: int, said: Said) -> int | None:
    """The next page with anything that is put to the person; None after the last."""
    after = range(page + 1, len(pages(questionnaire)))
    return next((place for place in after if put_on(questionnaire, place, said)), None)


def preceding(questionnaire: Questionnaire, page: int, said: Said) -> int | None:
    """The page before with anything that is put to the person; None before the first."""
    before = reversed(range(page))
    return next((place for place in before if put_on(questionnaire, place, said)), None)


def is_last(questionnaire: Questionnaire, page: int, said: Said) -> bool:
    """Whether nothing can follow a page, whatever is answered on it."""
    if following(questionnaire, page, said) is not None:
        return False
    own = {item.id for item in _items(pages(questionnaire)[page])}
    later = (item for rest in pages(questionnaire)[page + 1 :] for item in _items(rest))
    return all(own.isdisjoint(one.item for one in comparisons(item.show_if)) for item in later)


def _items(page: tuple[Section, ...]) -> tuple[Item, ...]:
    return tuple(item for section in page for item in section.items)


def _open(section: Section, said: Said, open_items: set[str]) -> Iterator[Item]:
    for item in section.items:
        left = True if item.show_if is None else residual(item.show_if, said, open_items)
        if left is not False:
            open_items.add(item.id)
            yield item if left == item.show_if else replace(item, show_if=None if left is True else left)


def residual(condition: Condition, said: Said, open_items: Set[str]) -> Condition | bool:
    """What is left of a condition while the answers to some items are still open: a bool if it is settled."""
    if isinstance(condition, Comparison):
        if condition.item in open_items:
            return condition
        return meets(condition, said.get(condition.item, ()))
    settling = isinstance(condition, AnyOf)
    left = [residual(part, said, open_items) for part in condition.parts]
    if settling in left:
        return settling
    rest = tuple(part for part in left if not isinstance(part, bool))
    if len(rest) < 2:
        return rest[0] if rest else not settling
    return AnyOf(rest) if settling else AllOf(rest)
