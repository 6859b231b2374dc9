"""Whether the answers of a few could be others without anything published changing.

Besides what follows by adding and subtracting, bounds tell: where a group has three people of one answer
and the linked of all groups only one, two of the others in that group gave it. So four people are looked for.
In a group somebody in a table and somebody who is not exchange their answers, and in another group two more
exchange the same answers back. Those in the table are alike in all that leads from these answers to those of
other waves, and so are those who are not in it: then no number of a group and no pair of answers changes.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from survey.study.divisions import UNKNOWN
from survey.study.linking import Flags, Numbers

MOST_TRIED = 20_000
"""After so many pairs of people in vain a group counts as one in which nobody can exchange."""

Person = tuple[int, int, int]
"""Which key of parts somebody is in, who is alike, and what was answered."""


@dataclass(frozen=True)
class People:
    """Those who gave an answer to a topic.

    `parts` are people x divisions. `answers` number what the topic has of somebody, `together` what was
    answered to all that hangs together with it; `alike` are those who share the rest: which tables they
    are in, and what they answered in other waves.
    """

    parts: Numbers
    members: Flags
    answers: Numbers
    together: Numbers
    alike: Numbers


class Exchanges:
    """The exchanges between members of a table and the others, among people whose parts are all known."""

    def __init__(self, people: People, published: Sequence[int], threshold: int) -> None:
        """`published` says how many parts each division has, from 1 on; the rest is part 0."""
        self._people, self._published, self._threshold = people, published, threshold

    def protect(self) -> bool:
        """Whether the members and the others of each part are enough, differ, or can exchange.

        They exchange with a part that holds so many that no set of fewer than the threshold holds both: in
        a set that did, the two exchanges would cancel one another.
        """
        return all(self._protected(division) for division in range(len(self._published)))

    def _protected(self, division: int) -> bool:
        counts = self._counts(division)
        hidden = bool(counts[UNKNOWN].any())
        n, kinds = counts.sum(axis=2), (counts > 0).sum(axis=2)
        weak = np.where(n > 0, (n < self._threshold) | (kinds < 2), hidden)
        # Part 0 is there only where somebody is in it; a published one may be hidden altogether.
        there = [part for part in range(len(counts) - 1) if part or n[0].any()]
        for part in (part for part in there if weak[part].any()):
            fitting = {
                other
                for other in there
                if other != part and (n[part] + n[other])[weak[part]].min() >= self._threshold
            }
            if not fitting or not self._exchange(division, part, fitting):
                return False
        return True

    def _counts(self, division: int) -> NDArray[np.int64]:
        """[part, other or member, answer] -> people; last, at UNKNOWN, those whose part is not told."""
        people = self._people
        column = people.parts[:, division].astype(np.int64)
        parts = max(self._published[division], int(column.max(initial=0))) + 2
        column = np.where(column == UNKNOWN, parts - 1, column)
        size = int(people.answers.max(initial=0)) + 1
        flat = (column * 2 + people.members) * size + people.answers
        found: NDArray[np.int64] = np.bincount(flat, minlength=parts * 2 * size)
        return found.reshape(parts, 2, size)

    def _exchange(self, division: int, part: int, fitting: set[int]) -> bool:
        """Whether two of a part can exchange, and two of one of the fitting parts back."""
        keys = self._keys[:, division]
        here = [one for one in range(len(keys)) if keys[one] == part]
        pairs = (pair for key in here for pair in product(self._of[True][key], self._of[False][key]))
        for tried, (inside, outside) in enumerate(pairs):
            if tried == MOST_TRIED:
                break
            if self._answer[inside[1]] == self._answer[outside[1]]:
                continue
            back = self._where[True, inside[0], outside[1]] & self._where[False, outside[0], inside[1]]
            if any(int(keys[key]) in fitting for key in back):
                return True
        return False

    @cached_property
    def _usable(self) -> Flags:
        found: Flags = (self._people.parts != UNKNOWN).all(axis=1)
        return found

    @cached_property
    def _keys(self) -> Numbers:
        """The combinations of parts that occur, by number."""
        return self._keyed[0]

    @cached_property
    def _keyed(self) -> tuple[Numbers, Numbers]:
        keys, place = np.unique(self._people.parts[self._usable], axis=0, return_inverse=True)
        return keys, place.reshape(-1).astype(np.int32)

    @cached_property
    def _kinds(self) -> list[tuple[bool, Person]]:
        """Whether a member, and who, each kind of people once."""
        usable, people = self._usable, self._people
        columns = (people.members[usable], self._keyed[1], people.alike[usable], people.together[usable])
        found = np.unique(np.stack([one.astype(np.int64) for one in columns], axis=1), axis=0).tolist()
        return [(bool(member), (key, alike, together)) for member, key, alike, together in found]

    @cached_property
    def _of(self) -> dict[bool, dict[int, list[tuple[int, int]]]]:
        """Members, and the others: key -> who is alike and what was answered."""
        found: dict[bool, dict[int, list[tuple[int, int]]]] = {
            True: defaultdict(list),
            False: defaultdict(list),
        }
        for member, (key, alike, together) in self._kinds:
            found[member][key].append((alike, together))
        return found

    @cached_property
    def _where(self) -> dict[tuple[bool, int, int], set[int]]:
        """Member or not, who is alike, what was answered -> the keys in which there is such a person."""
        found: dict[tuple[bool, int, int], set[int]] = defaultdict(set)
        for member, (key, alike, together) in self._kinds:
            found[member, alike, together].add(key)
        return found

    @cached_property
    def _answer(self) -> dict[int, int]:
        """What was answered to all together -> the answer to the topic."""
        people = self._people
        return dict(zip(people.together.tolist(), people.answers.tolist(), strict=True))
