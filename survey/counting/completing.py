"""How complete responses are, without counting anything else: for rates while a wave is open."""

from collections.abc import Iterable
from itertools import islice

import numpy as np

from survey.counting.asking import Asking
from survey.counting.coding import MISSING_CODE, NOT_ASKED_CODE, Codes, Coding
from survey.counts import Counts
from survey.definitions.model import Item, Kind, Questionnaire

CHUNK = 20_000
LEVELS = 3
"""Complete, partial, below."""


class Completing:
    """Judges coded responses: 0 complete, 1 partial, 2 below, by the share answered of what was asked."""

    def __init__(self, questionnaire: Questionnaire, items: list[Item]) -> None:
        self._from = questionnaire.complete_from, questionnaire.partial_from
        self._base = [column for column, item in enumerate(items) if item.counts_for_completeness]
        self._conditional = [column for column in self._base if items[column].show_if]

    def codes(self, coded: Codes) -> Codes:
        """The judgement of each response; `coded` has a row for each item, a column for each response."""
        not_asked = (coded[self._conditional] == NOT_ASKED_CODE).sum(axis=0)
        asked = len(self._base) - not_asked
        answered = (coded[self._base] != MISSING_CODE).sum(axis=0) - not_asked
        share = np.where(asked, answered, 1) / np.maximum(asked, 1)
        complete, partial = (share >= least for least in self._from)
        return np.where(complete, 0, np.where(partial, 1, 2))


def completeness(
    questionnaire: Questionnaire, cells: int, responses: Iterable[tuple[int, dict[str, object]]]
) -> Counts:
    """How many responses of each cell are complete, partial and below: an array of shape (cells, 3)."""
    items = [item for item in questionnaire.items if item.kind is not Kind.TEXT]
    codings = [Coding(item) for item in items]
    asking = Asking(codings, {item.id: column for column, item in enumerate(items)})
    completing = Completing(questionnaire, items)
    counts: Counts = np.zeros((cells, LEVELS), dtype=np.int64)
    stream = iter(responses)
    while chunk := list(islice(stream, CHUNK)):
        coded = np.array([coding.codes([answers for _, answers in chunk]) for coding in codings])
        asking.mark(coded)
        flat = np.array([cell for cell, _ in chunk], dtype=np.int64) * LEVELS + completing.codes(coded)
        counts += np.bincount(flat, minlength=cells * LEVELS).reshape(cells, LEVELS)
    return counts
