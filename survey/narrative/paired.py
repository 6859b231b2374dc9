"""What changed in the same people, in words: by how much, how many each way, whether chance explains it."""

from collections.abc import Iterator, Mapping

from survey.changes.paired import Moves, PairedChange, PairedChanges, Ticked, Wilcoxon
from survey.counts import Reason
from survey.definitions.model import Item
from survey.language import Language
from survey.narrative.comparison import VERDICTS
from survey.narrative.reasons import reason_text
from survey.narrative.words import figure_label

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
    """A question on a scale or a dimension: the mean change, how many improved, stayed and worsened."""
    if change.difference is None or change.n is None:
        return _not_shown(label, change.reason, threshold, t)
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


def number_sentence(item: Item, change: PairedChange, threshold: int, t: Language) -> str:
    """A number: the mean change, how many gave a higher one, the same, a lower one."""
    label, digits = asked(item, t), max(1, item.decimals)
    if change.difference is None or change.n is None:
        return _not_shown(label, change.reason, threshold, t)
    moved = t(
        "of {n} people {rose} gave a higher number, {same} the same and {fell} a lower one",
        n=t.number(change.n), rose=t.number(change.improved or 0), same=t.number(change.same or 0),
        fell=t.number(change.worsened or 0),
    )  # fmt: skip
    difference = t.signed(change.difference, digits)
    if change.interval is None or change.verdict is None:
        why = t(reason_text(change.reason, threshold)) if change.reason else ""
        return t("{label}: {difference} on average ({reason}); {moved}.",
                 label=label, difference=difference, reason=why, moved=moved)  # fmt: skip
    low, high = (t.signed(end, digits) for end in change.interval)
    return t(
        "{label}: {difference} on average (between {low} and {high}): {verdict}; {moved}.",
        label=label, difference=difference, low=low, high=high, verdict=VERDICTS[change.verdict], moved=moved,
    )  # fmt: skip


def share_sentence(label: str, one: Ticked, threshold: int, t: Language) -> str:
    """A share over several questions: of how many it was true before and after, and who changed."""
    if one.n is None:
        return _not_shown(label, one.reason, threshold, t)
    kept, gained, lost = one.kept or 0, one.gained or 0, one.lost or 0
    why = t(reason_text(one.reason, threshold)) if one.reason else t("nobody changed")
    return t(
        "{label}: of {n} people {before} before and {after} after; {gained} newly, {lost} no longer: "
        "{verdict}.",
        label=label, n=t.number(one.n), before=t.number(kept + lost), after=t.number(kept + gained),
        gained=t.number(gained), lost=t.number(lost), verdict=VERDICTS[one.verdict] if one.verdict else why,
    )  # fmt: skip


def options_sentence(item: Item, told: Mapping[str, Ticked], threshold: int, t: Language) -> str:
    """Several choices: of how many people, and which options more, or fewer, of them ticked than before."""
    label = asked(item, t)
    shown = {option: one for option, one in told.items() if one.n is not None}
    if not shown:
        return _not_shown(label, next((one.reason for one in told.values()), None), threshold, t)
    n = t.number(max(one.n or 0 for one in shown.values()))
    out = {
        verdict: t.listing([t.choose(item.labels[o]) for o, one in shown.items() if one.verdict == verdict])
        for verdict in ("higher", "lower")
    }
    said = [t("{label}: {n} people ticked any answer in both waves.", label=label, n=n)]
    if out["higher"]:
        said.append(t("Ticked by more of them than chance explains: {options}.", options=out["higher"]))
    if out["lower"]:
        said.append(t("Ticked by fewer of them than chance explains: {options}.", options=out["lower"]))
    if not any(out.values()):
        said.append(t("Of no answer can it be said that more or fewer of them ticked it."))
    return " ".join(said)


def _not_shown(label: str, reason: Reason | None, threshold: int, t: Language) -> str:
    why = t(reason_text(reason, threshold)) if reason else t("no answers")
    return t("{label}: not shown ({reason}).", label=label, reason=why)


def moves_sentence(label: str, moves: Moves, threshold: int, t: Language) -> str:
    """One question of choices: how many gave the same answer again."""
    if moves.n is None or moves.stayed is None:
        return _not_shown(label, moves.reason, threshold, t)
    return t(
        "{label}: {stayed} of {n} people gave the same answer in both waves.",
        label=label, stayed=t.number(moves.stayed), n=t.number(moves.n),
    )  # fmt: skip


def changes_said(found: PairedChanges, t: Language) -> Iterator[str]:
    """One sentence for each dimension and each question."""
    of, threshold = found.questionnaire, found.release.threshold
    for path, change in found.dimensions.items():
        yield paired_sentence(figure_label(path, of, t), change, threshold, t)
    for name, share in found.shares.items():
        yield share_sentence(figure_label((name,), of, t), share, threshold, t)
    for name, change in found.items.items():
        yield paired_sentence(asked(of.item(name), t), change, threshold, t)
    for name, change in found.numbers.items():
        yield number_sentence(of.item(name), change, threshold, t)
    for name, told in found.options.items():
        yield options_sentence(of.item(name), told, threshold, t)
    for name, moves in found.moves.items():
        yield moves_sentence(asked(of.item(name), t), moves, threshold, t)


def asked(item: Item, t: Language) -> str:
    """What an item asks, as the beginning of a sentence: a question mark is put between quotation marks."""
    words = t.choose(item.text)
    return t("“{question}”", question=words) if words.endswith("?") else words


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


def left_out(t: Language) -> Iterator[str]:
    """What is not here, and why; what a dimension or a question that not everybody is asked is here."""
    yield t(
        "Not here are questions that were put otherwise in the other wave; comments, which carry no code; "
        "gender, age and whatever else tells who somebody is, with the questions that are asked because of "
        "it; and groups."
    )
    yield t(
        "A dimension, or a share over several questions, is compared in those who answered all of its "
        "questions both times, and a question that is not put to everybody in those who were asked both "
        "times."
    )
