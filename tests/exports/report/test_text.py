"""Every number in a report's text is a figure of the release; a wrong one would be found."""

import re
from dataclasses import replace

import pytest

from survey.exports.report import Report, report
from survey.exports.report.model import Said, Section, Table
from survey.language import language
from tests.exports.report import oracle, waves

NAMES = ["nobody", "three", "twelve", "forty", "many", "seventeen firms", "baseline", "linked baseline",
         "linked people", "few linked people", "crossed", "crossed shares", "crossed in vain",
         "sixty offices", "routing", "silence"]  # fmt: skip
NEVER = re.compile(
    r"significant|significativ|\bcaused?\b|\bcausat|\beffetto\b|thanks to|impatto|\bp ?<", re.I
)


def made(name: str, lang: str) -> Report:
    return report(waves.cases()[name].facts, language(lang))


def documents(name: str) -> tuple[object, list[str]]:
    case = waves.cases()[name]
    found = case.facts.changes
    known = oracle.known(case.release, case.of, waves.DAYS, found)
    known["paired"] = oracle.paired(case.study.to_json(), case.of) if case.study else None
    ids = {"earlier": case.facts.earlier_id, "study": case.facts.paired_id}
    known["release"] |= {"definition": "d" * 64, **ids}
    known["program"] = {"version": "0.1.0"}
    more = (found.earlier.results.wave,) if found else ()
    return known, oracle.words_of(case.of, case.release, *more)


@pytest.mark.parametrize("name", NAMES)
def test_every_number_is_a_figure_of_the_release(name: str) -> None:
    known, words = documents(name)
    for lang in ("it", "en"):
        whole = made(name, lang)
        assert oracle.wrong(whole, known, words) == []
        numbers = [one for said in whole.said() for one in oracle.NUMBER.findall(said.text)]
        assert len(numbers) > (25 if name in ("nobody", "three") or "crossed" in name else 150)


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("name", ["many", "baseline", "seventeen firms", "linked people", "crossed"])
def test_one_wrong_number_is_found(name: str, lang: str) -> None:
    known, words = documents(name)
    spoilt, unnoticed = 0, []
    for said in made(name, lang).said():
        for number in oracle.NUMBER.finditer(said.text):
            digits = number[0].rstrip("%")
            other = said.text[: number.start()] + f"{digits}7" + said.text[number.start() + len(digits) :]
            spoilt += 1
            if not oracle.unfounded(replace(said, text=other), known, words, lang):
                unnoticed.append((said.text, other))
    assert spoilt > 150
    assert unnoticed == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_claimed_that_the_figures_do_not_say(name: str) -> None:
    for lang in ("it", "en"):
        for said in made(name, lang).said():
            assert not NEVER.search(said.text), said.text


def before_the_appendix(name: str, lang: str = "en") -> list[Said]:
    whole = made(name, lang)
    return list(replace(whole, sections=whole.sections[:-1]).said())


def test_tests_and_reliability_stand_in_the_appendix_only() -> None:
    for one in before_the_appendix("many"):
        assert not re.search(r"alpha|chi-square|McNemar|\bp\b|Stuart", one.text), one.text
    appendix = made("many", "en").sections[-1]
    assert appendix.id == "appendix"
    assert any("Cronbach" in said.text for said in replace(made("many", "en"), sections=(appendix,)).said())


def test_few_answers_are_said_as_counts_and_with_caution() -> None:
    about_figures = [one.text for one in before_the_appendix("twelve")]
    assert not any("promoters" in text for text in about_figures)
    assert any(re.search(r"Satisfied: \d+ of \d+ people", text) for text in about_figures)
    assert any("Few answers: read with caution" in one.text for one in before_the_appendix("forty"))
    assert not any("Few answers" in one.text for one in before_the_appendix("many"))


def test_a_wave_without_figures_has_a_short_report() -> None:
    sections = {section.id for section in made("nobody", "en").every()}
    assert {"summary", "method", "changes", "appendix-origin"} <= sections
    assert not sections & {"headline", "dimensions", "employment", "groups", "appendix-figures"}
    assert made("nobody", "en").alerts


def test_a_named_wave_is_reported_without_single_organizations() -> None:
    case = waves.cases()["seventeen firms"]
    assert case.facts.results.by == {}
    size = case.facts.results.whole.indicators["size"]
    assert (size.min, size.max) == (None, None) and size.mean is not None
    assert "groups" not in {section.id for section in made("seventeen firms", "en").every()}
    few = waves.sample(4, waves.Mode.NAMED, "organization").facts.results.whole
    assert {figure.reason for name, figure in few.indicators.items() if name != "impact"} == {
        "too_few_answers"
    }
    alike = waves.reported(
        waves.released(case.of, [{"utility": "4"}] * 9, mode=waves.Mode.NAMED), case.of
    ).facts.results.whole
    assert alike.indicators["usefulness"].reason == alike.items["utility"].reason == "protects_another_group"


def titled(name: str, section_id: str) -> Section:
    return next(section for section in made(name, "en").every() if section.id == section_id)


def test_tables_hold_the_figures_that_their_heads_name() -> None:
    """Beyond being figures of the release: the right ones, counted from the answers."""
    case = waves.cases()["many"]
    utility = [int(row["utility"]) for row in waves.answered("many") if row["utility"]]
    high = sum(value >= 4 for value in utility)
    overview = {
        row[0].text: [cell.text for cell in row[1:3]] for row in titled("many", "headline").blocks[0].rows
    }
    n = str(len(utility))
    assert overview["Usefulness"] == [f"{oracle.number(sum(utility) / len(utility), 1, 'en')} out of 5", n]
    assert overview["Satisfied"] == [oracle.percent(high, len(utility), "en"), n]
    tables = [block for block in titled("many", "groups-alliance").blocks if isinstance(block, Table)]
    of_a1 = {
        head.text: cell.text
        for table in tables
        for head, cell in zip(table.header, _row(table, "A1"), strict=True)
    }
    a1 = [row for row in waves.answered("many") if row["alliance"] == "A1"]
    satisfied = [int(row["utility"]) >= 4 for row in a1 if row["utility"]]
    assert of_a1["Satisfied"].startswith(
        f"{oracle.percent(sum(satisfied), len(satisfied), 'en')} ({len(satisfied)}"
    )
    assert of_a1["Answers"] == str(len(a1)) and of_a1["Invited"] == str(3 * len(a1))
    statuses = titled("many", "employment").blocks
    (moved,) = [block for block in statuses if isinstance(block, Table)]
    pairs = [(row["status_before"], row["status_now"]) for row in waves.answered("many")]
    pairs = [pair for pair in pairs if all(pair)]
    for row in moved.rows:
        before, now = (sum(pair[side] == row[0].text for pair in pairs) for side in (0, 1))
        assert [cell.text for cell in row[1:4]] == [
            str(before),
            str(now),
            oracle.signed(now - before, 0, "en"),
        ]
    assert case.facts.results.whole.indicators["employment"].n == len(pairs)


def _row(table: Table, name: str) -> tuple[Said, ...]:
    return next(row for row in table.rows if row[0].text == name)


def test_sixty_groups_go_into_the_appendix() -> None:
    inside = titled("sixty offices", "groups-office")
    assert "too many to be read side by side" in inside.blocks[0].text
    listed = titled("sixty offices", "appendix-office")
    assert len(listed.blocks[0].rows) > 40


def test_a_wave_without_a_baseline_says_so_and_one_with_it_compares() -> None:
    (alone,) = titled("many", "changes").blocks
    assert "No earlier wave" in alone.text and "perceived changes" in alone.text
    told = " ".join(said.text for said in made("baseline", "it").said())
    assert "non necessariamente grazie" in told and "più alto di quanto il caso possa spiegare" in told
    linked = replace(made("linked baseline", "en"), sections=(titled("linked baseline", "changes"),))
    linked = " ".join(said.text for said in linked.said())
    assert "nothing is said of it" in linked and "than can be explained by chance" not in linked


def test_a_cross_is_told_by_its_range_and_no_cell_is_named() -> None:
    said = [
        block
        for block in titled("crossed shares", "crosses-alliance-gender").blocks
        if hasattr(block, "text")
    ]
    assert "between 38% and 44%; in the whole wave it is 40%" in said[0].text
    assert "6 of the 6 cells" in said[0].text and "A2" not in said[0].text
    (alike,) = (b for b in titled("crossed shares", "crosses-alliance-service").blocks[:1])
    assert "rounds to 40%" in alike.text and "5 of the 9 cells" in alike.text
    (nothing,) = titled("crossed in vain", "crosses-alliance-service").blocks
    assert nothing.text == "None of the figures can be shown in a cell of this cross."


def test_the_same_facts_give_the_same_report() -> None:
    case = waves.cases()["baseline"]
    assert report(case.facts, language("it")) == report(case.facts, language("it"))
    ids = [section.id for section in made("baseline", "it").every()]
    assert len(ids) == len(set(ids))
