"""Whether the answers of a few could be others without anything published changing.

Besides what follows by adding and subtracting, bounds tell: where a group has three people of one answer
and the linked of all groups only one, two of the others in that group gave it. Two people who are alike in
everything that is published, one of them linked, can exchange their answers, and two others elsewhere
the same answers back: then every published number is the same, and the few have other answers.
"""

import numpy as np
from numpy.typing import NDArray

from survey.study.linking import UNKNOWN, Flags, Numbers


class Exchanges:
    """The exchanges between members of a table and the others, among people whose parts are all known."""

    def __init__(self, parts: Numbers, alike: Numbers, answers: Numbers, members: Flags) -> None:
        """`parts` are people x divisions, `alike` numbers what else two people must share who exchange.

        `answers` are from 1 on, 0 where there is none; such people are of no account.
        """
        asked = answers > 0
        self._parts, self._answers = parts[asked], answers[asked]
        self._members = members[asked].astype(np.int64)
        self._size = int(answers.max(initial=0)) + 1
        usable = (self._parts != UNKNOWN).all(axis=1)
        _, first, place = np.unique(
            _numbered(self._parts[usable], alike[asked][usable]), return_index=True, return_inverse=True
        )
        self._keys = self._parts[usable][first]
        given = np.zeros((2, len(self._keys), self._size), dtype=bool)
        given[self._members[usable], place, self._answers[usable]] = True
        self._possible = given[0][:, :, None] & given[1][:, None, :]
        """[key, c, d]: somebody outside the table with answer c, and somebody in it with answer d."""

    def protect(self, published: tuple[int, ...], threshold: int) -> bool:
        """Whether the members and the others of each part are enough, differ, or can exchange.

        They exchange with a part that holds so many that no set of fewer than the threshold holds both: in
        a set that did, the two exchanges would cancel one another. `published` says how many parts each
        division has, numbered from 1 on; the rest is part 0.
        """
        return all(self._protected(division, number, threshold) for division, number in enumerate(published))

    def _protected(self, division: int, number: int, threshold: int) -> bool:
        counts = self._counts(division, number)
        hidden = bool(counts[UNKNOWN].any())
        n, kinds = counts.sum(axis=2), (counts > 0).sum(axis=2)
        weak = np.where(n > 0, (n < threshold) | (kinds < 2), hidden)
        # Part 0 is there only where somebody is in it; a published one may be hidden altogether.
        there = [part for part in range(len(counts) - 1) if part or n[0].any()]
        possible = {part: self._between(division, part) for part in there}
        return all(
            any(
                other != part
                and (n[part] + n[other])[weak[part]].min() >= threshold
                and (possible[part] & possible[other].T).any()
                for other in there
            )
            for part in there
            if weak[part].any()
        )

    def _counts(self, division: int, number: int) -> NDArray[np.int64]:
        """[part, other or member, answer] -> people; last, at UNKNOWN, those whose part is not told."""
        column = self._parts[:, division].astype(np.int64)
        parts = max(number, int(column.max(initial=0))) + 2
        column = np.where(column == UNKNOWN, parts - 1, column)
        flat = (column * 2 + self._members) * self._size + self._answers
        found: NDArray[np.int64] = np.bincount(flat, minlength=parts * 2 * self._size)
        return found.reshape(parts, 2, self._size)

    def _between(self, division: int, part: int) -> Flags:
        """[c, d]: an exchange of c for d is possible in a part; never of like for like."""
        found: Flags = self._possible[self._keys[:, division] == part].any(axis=0)
        np.fill_diagonal(found, False)
        return found


def _numbered(parts: Numbers, alike: Numbers) -> NDArray[np.int64]:
    """One number for each combination of parts and of what else must be alike."""
    numbers = alike.astype(np.int64)
    for column in parts.T:
        numbers = numbers * (int(column.max(initial=0)) + 1) + column
    return numbers
