"""What changed in the people who answered two waves of a study -> sheets of a workbook."""

from collections.abc import Iterable, Iterator, Mapping

from survey.changes.paired import Moves, PairedChange, PairedChanges, Ticked
from survey.exports.results.cells import COUNT, DECIMAL, FINE, Block, Cell, Cells, Number, Sheet
from survey.language import Language
from survey.narrative.comparison import VERDICTS
from survey.narrative.paired import linked_sentence, paired_cautions
from survey.narrative.words import figure_label


def paired_sheets(of: Cells, paired: Iterable[PairedChanges]) -> Iterator[Sheet]:
    """One sheet for each earlier wave: every figure's change, who moved from which answer to which."""
    for found in paired:
        name = of.t("{earlier} → {later}", earlier=found.release.earlier, later=found.release.later)
        yield Sheet(
            name, (_changes(of, found), *_numbers(of, found), *_options(of, found), *_moves(of, found))
        )


def _changes(of: Cells, found: PairedChanges) -> Block:
    """Dimensions, then questions on a scale."""
    t = of.t
    header = _heads(t("figure"), t("improved"), t("worsened"), t)
    rows = [
        (figure_label(path, found.questionnaire, t), *_change(of, one))
        for path, one in found.dimensions.items()
    ]
    rows += [(_asked(found, name, t), *_change(of, one)) for name, one in found.items.items()]
    said = " ".join([linked_sentence(found, t), *paired_cautions(t)])
    return Block(said, header, tuple(rows))


def _heads(first: str, better: str, worse: str, t: Language) -> tuple[str, ...]:
    return (
        first, t("n"), t("change"), t("from (95%)"), t("to (95%)"), t("compared"), better, t("the same"),
        worse, t("p, paired t test"), t("p, adjusted (Holm)"), t("p, signed ranks"),
    )  # fmt: skip


def _asked(found: PairedChanges, name: str, t: Language) -> str:
    return t.choose(found.questionnaire.item(name).text)


def _change(of: Cells, one: PairedChange) -> tuple[Cell, ...]:
    """The numbers of a figure, or why they are not shown."""
    if one.difference is None:
        return (of.why(one.reason), *[""] * 10)
    ranks = one.wilcoxon.p if one.wilcoxon else None
    return (
        of.number(one.n, COUNT),
        Number(one.difference, DECIMAL),
        *of.ends(one.interval, DECIMAL, one.reason),
        _verdict(one.verdict, of.t),
        *(of.number(people, COUNT) for people in (one.improved, one.same, one.worsened)),
        *(of.number(p, FINE) for p in (one.p, one.p_holm, ranks)),
    )


def _verdict(verdict: str | None, t: Language) -> str:
    return t(VERDICTS[verdict]) if verdict else ""


def _numbers(of: Cells, found: PairedChanges) -> Iterator[Block]:
    """Questions of a number: how many gave a higher one, and a lower one."""
    t = of.t
    if found.numbers:
        rows = tuple((_asked(found, name, t), *_change(of, one)) for name, one in found.numbers.items())
        yield Block(t("Numbers"), _heads(t("question"), t("more"), t("less"), t), rows)


def _options(of: Cells, found: PairedChanges) -> Iterator[Block]:
    """Each question of several choices: of each option who ticked it when."""
    t = of.t
    header = (
        t("answer"), t("n"), t("both times"), t("later only"), t("earlier only"), t("compared"),
        t("p, exact McNemar test"), t("p, adjusted (Holm)"),
    )  # fmt: skip
    for name, told in found.options.items():
        yield Block(_asked(found, name, t), header, tuple(_ticked(of, found, name, told)))


def _ticked(
    of: Cells, found: PairedChanges, name: str, told: Mapping[str, Ticked]
) -> Iterator[tuple[Cell, ...]]:
    labels = found.questionnaire.item(name).labels
    for option, one in told.items():
        label = of.t.choose(labels[option])
        if one.n is None:
            yield (label, of.why(one.reason), *[""] * 6)
            continue
        counts = (of.number(people, COUNT) for people in (one.n, one.kept, one.gained, one.lost))
        tests = (of.number(p, FINE) for p in (one.p, one.p_holm))
        yield (label, *counts, _verdict(one.verdict, of.t), *tests)


def _moves(of: Cells, found: PairedChanges) -> Iterator[Block]:
    """Of each question of choices a table: rows the answer in the earlier wave, columns that in the later."""
    t = of.t
    for name, moves in found.moves.items():
        item = found.questionnaire.item(name)
        answers = {code: t.choose(words) for code, words in item.labels.items()}
        header = (t("from"), *(t("to {answer}", answer=words) for words in answers.values()))
        yield Block(_asked(found, name, t), header, tuple(_rows(of, moves, answers)))


def _rows(of: Cells, moves: Moves, answers: dict[str, str]) -> Iterator[tuple[Cell, ...]]:
    table = moves.table
    if table is None:
        yield ("", of.why(moves.reason), *[""] * (len(answers) - 1))
        return
    for before, words in answers.items():
        yield (words, *(Number(table.get(f"{before}>{after}", 0), COUNT) for after in answers))
