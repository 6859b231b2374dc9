"""The wording rule and the words of what is withheld, on figures made by hand."""

import pytest

from survey.counts import Reason
from survey.definitions.model import StatusChange
from survey.indicators.model import (
    Figure,
    Interval,
    MeanFigure,
    RecommendationFigure,
    Response,
    Score,
    ShareFigure,
    ShareIndicatorFigure,
    StatusChangeFigure,
)
from survey.language import language
from survey.web.evaluators.headlines import Asked, Headline, headline
from survey.web.evaluators.words import response_rate, share_cell, withheld
from tests.cast import questionnaire

EN = language("en")
BENEFICIARIES = questionnaire("beneficiaries")
INTERVAL: Interval = (0.5, 0.7)


def said(indicator: str, figure: Figure) -> Headline:
    return headline(figure, Asked(BENEFICIARIES.indicator(indicator), BENEFICIARIES, 5, EN))


def recommended(n: int, presentation: str, score: Score | None = None) -> RecommendationFigure:
    would = ShareFigure(n, n // 2, (n // 2) / n, INTERVAL)
    return RecommendationFigure(
        "1-5", {"would": ("4", "5")}, n=n, would_recommend=would, score=score, presentation=presentation
    )


@pytest.mark.parametrize(
    ("n", "presentation", "value", "warning"),
    [
        (8, "counts", "4 of 8", ""),
        (16, "counts_interval", "8 of 16", ""),
        (40, "caution", "50%", "few answers: read with caution"),
        (1200, "full", "50%", ""),
    ],
)
def test_a_share_by_number_of_answers(n: int, presentation: str, value: str, warning: str) -> None:
    figure = ShareIndicatorFigure(0.5, n // 2, n, INTERVAL, presentation=presentation)
    share, would = said("less_stress", figure), said("recommendation", recommended(n, presentation))
    assert (share.value, share.warning) == (would.value, would.warning) == (value, warning)
    assert share.base == EN.plural("{n} answer", "{n} answers", n)
    assert share_cell(ShareFigure(n, n // 2, 0.5), presentation, EN).text == value


@pytest.mark.parametrize(
    ("presentation", "warning"), [("counts", ""), ("caution", "few answers: read with caution")]
)
def test_a_mean_is_said_however_few_the_answers(presentation: str, warning: str) -> None:
    head = said("utility", MeanFigure(value=3.849, n=7, presentation=presentation))
    assert (head.value, head.unit, head.base, head.warning) == ("3.8", "out of 5", "7 answers", warning)


@pytest.mark.parametrize("indicator", [one.id for one in BENEFICIARIES.indicators])
def test_a_withheld_figure_is_a_dash_and_a_reason(indicator: str) -> None:
    head = said(indicator, MeanFigure(reason=Reason.TOO_FEW_ANSWERS))
    assert (head.value, head.unit, head.base) == ("—", "fewer than 5 answers", "")


def test_a_score_stands_beside_its_three_parts() -> None:
    score = Score("recommendation_balance", 100, -10.0, None, 30, 30, 40)
    facts = dict(said("recommendation", recommended(100, "full", score)).facts)
    assert [cell.text for cell in facts.values()] == ["−10.0", "30%", "30%", "40%"]
    assert next(iter(facts)).startswith("Recommendation balance")


@pytest.mark.parametrize(("reason", "count"), [(Reason.NOT_DEFINED, 0), (Reason.TOO_FEW_FOR_SCORE, 1)])
def test_a_score_that_is_not_shown(reason: Reason, count: int) -> None:
    score = Score("recommendation_balance", 20, reason=reason, promoters=9, passives=1, detractors=10)
    facts = said("recommendation", recommended(20, "counts_interval", score)).facts
    assert len(facts) == count
    assert all(cell.text == "—" and cell.note for _, cell in facts)


def test_nobody_changed_status() -> None:
    change = next(one for one in BENEFICIARIES.indicators if isinstance(one, StatusChange))
    figure = StatusChangeFigure(n=12, movers=0, only_before=0, only_after=1, presentation="counts_interval")
    head = said(change.id, figure)
    assert (head.value, head.base) == ("0", "12 answered both questions")


@pytest.mark.parametrize(
    ("invited", "complete", "rate", "expected"),
    [
        (16, 10, 10 / 16, "10 of 16"),
        (80, 17, 17 / 80, "21%"),
        (1000, 999, 0.999, "over 99%"),
        (80, 17, None, ""),
    ],
)
def test_a_response_rate(invited: int, complete: int, rate: float | None, expected: str) -> None:
    response = Response(invited, invited, complete, complete, 0, rate, rate)
    assert response_rate(rate, response, EN) == expected


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_its_words(reason: Reason) -> None:
    cell = withheld(reason, 5, EN)
    assert cell.text == "—"
    assert str(reason) not in cell.note
