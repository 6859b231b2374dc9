"""What changed in the same people, in words: by how much, how many each way, whether chance explains it."""

from collections.abc import Iterator

from survey.changes.paired import Moves, PairedChange, PairedChanges, Wilcoxon
from survey.language import Language
from survey.narrative.comparison import VERDICTS
from survey.narrative.reasons import reason_text

LEAST = 0.001
"""Below this, a p is said to be under it."""


def linked_sentence(found: PairedChanges, t: Language) -> str:
    """How many people the change is about, and how many it is not."""
    release = found.release
    return t(
        "{linked} people answered both waves; {earlier} answered {first} only and {later} answered {second} "
        "only. Change is known of those who answered both.",
        linked=t.number(release.linked), earlier=t.number(release.only_earlier), first=release.earlier,
        later=t.number(release.only_later), second=release.later,
    )  # fmt: skip


def paired_sentence(label: str, change: PairedChange, threshold: int, t: Language) -> str:
    """One question on a scale: the mean change, how many improved, stayed and worsened."""
    if change.difference is None or change.n is None:
        why = t(reason_text(change.reason, threshold)) if change.reason else t("no answers")
        return t("{label}: not shown ({reason}).", label=label, reason=why)
    moved = t(
        "of {n} people {improved} improved, {same} stayed the same and {worsened} worsened",
        n=t.number(change.n), improved=t.number(change.improved or 0), same=t.number(change.same or 0),
        worsened=t.number(change.worsened or 0),
    )  # fmt: skip
    difference = t.signed(change.difference, 2)
    if change.interval is None or change.verdict is None:
        why = t(reason_text(change.reason, threshold)) if change.reason else ""
        return t("{label}: {difference} points on average ({reason}); {moved}.",
                 label=label, difference=difference, reason=why, moved=moved)  # fmt: skip
    low, high = (t.signed(end, 2) for end in change.interval)
    return t(
        "{label}: {difference} points on average (between {low} and {high}): {verdict}; {moved}.",
        label=label, difference=difference, low=low, high=high, verdict=VERDICTS[change.verdict], moved=moved,
    )  # fmt: skip


def moves_sentence(label: str, moves: Moves, threshold: int, t: Language) -> str:
    """One question of choices: how many gave the same answer again."""
    if moves.n is None or moves.stayed is None:
        why = t(reason_text(moves.reason, threshold)) if moves.reason else t("no answers")
        return t("{label}: not shown ({reason}).", label=label, reason=why)
    return t(
        "{label}: {stayed} of {n} people gave the same answer in both waves.",
        label=label, stayed=t.number(moves.stayed), n=t.number(moves.n),
    )  # fmt: skip


def wilcoxon_said(test: Wilcoxon | None, t: Language) -> str:
    """The signed-rank test for the technical details; a dash where there is none."""
    if test is None:
        return "–"
    p = t("under {p}", p=t.number(LEAST, 3)) if test.p < LEAST else t.number(test.p, 3)
    return t(
        "p: {p}, {changed} changed, {zeros} dropped as unchanged",
        p=p, changed=t.number(test.changed), zeros=t.number(test.zeros),
    )  # fmt: skip


def paired_cautions(t: Language) -> Iterator[str]:
    """What must not be read into the change of the same people."""
    yield t(
        "What changed in these people changed meanwhile, not necessarily because of the programme: without a "
        "comparison group nobody knows how they would have fared without it."
    )
    yield t("Those who answered both waves may differ from those who did not.")
    yield t(
        "“Improved” is a move towards the favourable end of the scale; of a question that is put the other "
        "way round that is its lower end."
    )
