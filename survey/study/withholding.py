"""Which pairs of answers may be shown beside the releases of the waves, and beside one another.

The release of a wave tells how everybody answered; a table of pairs tells how the linked answered in it.
Its margin subtracted from the release gives the answers of the others; subtracted from, or with, whole
published groups it gives those of the others in these groups, and of the linked outside them. Two tables
of one wave give the people who are in one of them only. All these sets must be empty, or of at least the
threshold of people who do not all say the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from survey.counts import Reason, item_figure
from survey.release import Release
from survey.study.divisions import UNKNOWN
from survey.study.exchanging import Exchanges, People
from survey.study.linking import Column, Flags, Linked, Numbers, Sheet, linked, numbered
from survey.study.model import StudyRelease, Tallied
from survey.study.tallying import Told, told_of
from survey.study.topics import Sort, Topic


@dataclass(frozen=True)
class Beside:
    """Another wave that one was linked with before: its responses, and the topics that were shown."""

    sheet: Sheet
    shown: frozenset[str]


@dataclass(frozen=True)
class _Table:
    """Who of a wave is in the tables of two waves: their rows in it, and in the other one.

    `shown` are the topics of which there is a table.
    """

    other: Sheet
    mine: Numbers
    theirs: Numbers
    shown: frozenset[str]

    def members(self, topic: str, own: Sheet) -> Flags:
        """By person of the wave, whether somebody is in the table of a topic."""
        complete = own.columns[topic].paired[self.mine] & self.other.columns[topic].paired[self.theirs]
        return _flags(len(own.rows), self.mine[complete])

    def context(self, topics: Sequence[str], own: Sheet) -> Numbers:
        """By person of the wave, what was answered in the other one to all that topics hang together with.

        Where the other wave's questionnaire lacks one of them, everybody counts as different.
        """
        size = len(own.rows)
        if any(topic not in self.other.family for topic in topics):
            return np.arange(size, dtype=np.int32)
        found = []
        for family in sorted({self.other.family[topic] for topic in topics}):
            there = np.full(size, UNKNOWN, dtype=np.int32)
            there[self.mine] = self.other.together[family][self.theirs]
            found.append(there)
        return numbered(*found)


def study_release(
    study: str,
    releases: tuple[Release, Release],
    sheets: tuple[Sheet, Sheet],
    topics: Sequence[Topic],
    before: tuple[Sequence[Beside], Sequence[Beside]] = ((), ()),
) -> StudyRelease:
    """The release of two waves, the earlier one first; `topics` are those that mean the same in both.

    `before` are the waves that the earlier one, and the later one, was linked with already.
    """
    earlier, later = releases
    first, second = sheets
    pairs = linked(first, second)
    made = _Making(releases, sheets, pairs, before)
    for topic in topics:
        made.add(topic)
    n = len(pairs[0])
    return StudyRelease(
        study=study,
        questionnaire=later.questionnaire,
        earlier=earlier.wave,
        later=later.wave,
        closed=later.closed,
        threshold=made.threshold,
        synthetic=earlier.synthetic or later.synthetic,
        linked=n,
        only_earlier=len(first.rows) - n,
        only_later=len(second.rows) - n,
        items=made.told.items,
        measures=made.told.measures,
        options=made.options(releases),
    )


@dataclass
class _Making:
    """Makes what is shown of one topic after the other, items before the dimensions that are made of them."""

    releases: tuple[Release, Release]
    sheets: tuple[Sheet, Sheet]
    both: Linked
    before: tuple[Sequence[Beside], Sequence[Beside]]
    told: Told = field(default_factory=Told)

    def __post_init__(self) -> None:
        self.threshold = max(one.threshold for one in self.releases)
        self._tables = tuple(
            [self._table(own, one.sheet, one.shown) for one in others]
            for own, others in zip(self.sheets, self.before, strict=True)
        )
        few = (0 < len(sheet.rows) - len(self.both[0]) < self.threshold for sheet in self.sheets)
        self._few_alone = any(few)
        self._in_table: dict[str, Flags] = {}
        self._reasons: dict[str, Reason] = {}

    def _table(self, own: Sheet, other: Sheet, shown: frozenset[str]) -> _Table:
        return _Table(other, *linked(own, other), shown)

    def add(self, topic: Topic) -> None:
        """What there is of a topic, or why there is nothing."""
        first, second = self._columns(topic)
        rows, others = self.both
        complete = first.paired[rows] & second.paired[others]
        reason = self._reason(topic, complete)
        if reason is not None:
            self._reasons[topic.name] = reason
        self._in_table[topic.name] = complete
        self.told.add(topic, reason or told_of(topic, (first, second), (rows[complete], others[complete])))

    def options(self, releases: tuple[Release, Release]) -> Mapping[str, Mapping[str, Tallied | Reason]]:
        """The options, all of an item or none: what is withheld of one could follow from the others."""
        return self.told.options_together(releases)

    def _columns(self, topic: Topic) -> tuple[Column, Column]:
        first, second = self.sheets
        return first.columns[topic.name], second.columns[topic.name]

    def _reason(self, topic: Topic, complete: Flags) -> Reason | None:
        for release in self.releases:
            whole = release.whole.figures.get(topic.figure)
            if isinstance(whole, Reason):
                return whole
        n = int(complete.sum())
        if n < self.threshold:
            return Reason.TOO_FEW_ANSWERS if n else Reason.NO_ANSWERS
        if topic.sort in (Sort.DIMENSION, Sort.SHARE) and (why := self._of_its_items(topic, complete)):
            return why
        safe = [self._safe, self._asking_safe] if topic.conditional else [self._safe]
        if self._few_alone or not all(one(wave, topic.name) for one in safe for wave in (0, 1)):
            return Reason.PROTECTS_ANOTHER
        return None

    def _of_its_items(self, made: Topic, complete: Flags) -> Reason | None:
        """Why a dimension or a share is withheld for its items: one is, or those who answered some of them in
        both waves and not all could be told: what they answered may follow from the items and what is made of
        them.
        """
        names = [item_figure(item) for item in made.items]
        withheld = next((self._reasons[name] for name in names if name in self._reasons), None)
        if withheld is not None:
            return withheld
        in_part = np.logical_or.reduce([self._in_table[name] for name in names]) & ~complete
        if not in_part.any():
            return None
        few = in_part.sum() < self.threshold
        return Reason.PROTECTS_ANOTHER if few or not self._in_part_safe(made.name, in_part) else None

    def _in_part_safe(self, topic: str, in_part: Flags) -> bool:
        """Whether nobody could be told if what some of the linked answered to a whole family were known."""
        for wave, (sheet, rows) in enumerate(zip(self.sheets, self.both, strict=True)):
            answered = np.logical_or.reduce([sheet.columns[name].codes > 0 for name in sheet.kin(topic)])
            answers = np.where(answered, sheet.together[sheet.family[topic]] + 1, 0).astype(np.int32)
            if not self._safe_beside(wave, topic, answers, [_flags(len(sheet.rows), rows[in_part])]):
                return False
        return True

    def _safe(self, wave: int, topic: str) -> bool:
        """Whether nobody of a wave can be told from the table of a topic and what is published beside it."""
        sheet = self.sheets[wave]
        tables = [self._candidate(wave), *(one for one in self._tables[wave] if topic in one.shown)]
        told = [one.members(topic, sheet) for one in tables]
        return self._safe_beside(wave, topic, sheet.columns[topic].codes, told)

    def _asking_safe(self, wave: int, topic: str) -> bool:
        """Whether nobody can be told if it is known whom of the linked something was put to that not all get:
        how many are in the table tells how many gave the answers that lead there.
        """
        sheet, column = self.sheets[wave], self.sheets[wave].columns[topic]
        tables = [self._candidate(wave), *(one for one in self._tables[wave] if topic in one.shown)]
        linked_with = [_flags(len(sheet.rows), one.mine) for one in tables]
        asked = 1 + (column.codes > 0).astype(np.int32) + column.paired
        return self._safe_beside(wave, topic, asked, linked_with)

    def _candidate(self, wave: int) -> _Table:
        mine, theirs = self.both if wave == 0 else self.both[::-1]
        return _Table(self.sheets[1 - wave], mine, theirs, frozenset())

    def _safe_beside(self, wave: int, topic: str, answers: Numbers, told: Sequence[Flags]) -> bool:
        """Whether nobody can be told if the `answers` (0: none) of those in each of some tables are known."""
        sheet = self.sheets[wave]
        labels = sum((flags.astype(np.int32) << at for at, flags in enumerate(told)), np.zeros_like(answers))
        return all(
            self._enough(answers[apart])
            for label in np.unique(labels[answers > 0])
            for apart in self._sets(sheet, answers, labels == label, bool(label))
        ) and self._exchangeable(wave, topic, answers, told)

    def _exchangeable(self, wave: int, topic: str, answers: Numbers, told: Sequence[Flags]) -> bool:
        """Whether the few in any published group, in a table or not in it, could have answered otherwise."""
        sheet, asked = self.sheets[wave], answers > 0
        parted = [flags[asked] for flags in told if not flags[asked].all()]
        if not parted:
            return True
        family = sheet.family[topic]
        together = sheet.together[family][asked]
        if family in sheet.sealed:
            together = np.arange(len(together), dtype=np.int32)
        alike = self._alike(wave, topic)[asked]
        people = (People(sheet.parts[asked], flags, answers[asked], together, alike) for flags in parted)
        return all(Exchanges(one, sheet.published, self.threshold).protect() for one in people)

    def _alike(self, wave: int, topic: str) -> Numbers:
        """One number for those who gave an answer to the same topics of a family, and the same in the other
        waves: whoever of them exchange their answers change no table of pairs.
        """
        sheet = self.sheets[wave]
        kin = sheet.kin(topic)
        telling = [self._candidate(wave), *(one for one in self._tables[wave] if one.shown.intersection(kin))]
        return numbered(
            *(sheet.columns[name].paired for name in kin),
            *(sheet.columns[name].codes > 0 for name in kin),
            *(one.context(kin, sheet) for one in telling),
        )

    def _sets(self, sheet: Sheet, valid: Numbers, members: Flags, in_table: bool) -> Iterator[Flags]:
        """The sets of people that follow from members whose answers are known: they, and by each division
        the others in the parts that they touch, and those of them in parts that they do not fill.

        Where a part is not told of everybody, what follows is larger than what is seen here, never smaller.
        """
        asked = valid > 0
        yield members & asked
        others = asked & ~members
        if not in_table or not others.any():
            return
        for parts in sheet.parts.T:
            known = parts != UNKNOWN
            touched, open_ = np.unique(parts[members & asked & known]), np.unique(parts[others & known])
            outside = others & known & np.isin(parts, touched)
            inside = members & asked & known & np.isin(parts, open_)
            everything_known = bool(known[asked].all())
            for one in (outside, inside):
                if one.any() or not everything_known:
                    yield one

    def _enough(self, answers: Numbers) -> bool:
        """At least the threshold of answers, and not all alike."""
        return len(answers) >= self.threshold and len(np.unique(answers)) > 1


def _flags(number: int, rows: Numbers) -> Flags:
    flags = np.zeros(number, dtype=bool)
    flags[rows] = True
    return flags


def shown(release: StudyRelease) -> frozenset[str]:
    """The names of the topics of which a release shows something."""
    return frozenset(Told.of(release).shown())
