"""A closed wave's figures as a page: of the whole wave, of groups, of one figure of many groups, a cross."""

from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from survey.charts import UnknownBreakdown
from survey.charts.crossing import Crossing
from survey.indicators.measures import Path
from survey.indicators.model import Results
from survey.monitoring import open_links_said
from survey.narrative import LEFT_OUT
from survey.store import waves
from survey.store.waves import Wave
from survey.web.access import ClosedWave, Evaluator, settings, store
from survey.web.evaluators import page, words
from survey.web.evaluators.crossing import cross_page
from survey.web.evaluators.dividing import Divided, divided
from survey.web.evaluators.group_page import groups_page, orders, path_of
from survey.web.evaluators.group_tables import Grouped
from survey.web.evaluators.speaking import spoken


@dataclass(frozen=True)
class Shown:
    """What a page of figures is made from: who looks at which wave, and by which breakdown or cross."""

    evaluator: Evaluator
    closed: ClosedWave
    by: str | None

    @property
    def values(self) -> dict[str, Any]:
        """What every page of figures tells its template."""
        t, closed = spoken(), self.closed
        return {
            "closed": closed,
            "wave": closed.wave,
            "by": self.by,
            "breakdowns": page.breakdown_links(closed.results, closed.questionnaire, t),
            "open_links": open_links_said(store(), closed.wave.id),
            "address": f"{settings().public_url}{request.path}",
            "printing": "print" in request.args,
            "unfolded": request.args.get("print") == "all",
            "words": words,
        }


def show_results(evaluator: Evaluator, closed: ClosedWave, by: str | None) -> ResponseReturnValue:
    """The page of a closed wave; UnknownBreakdown where it has no breakdown or cross of that name."""
    shown, results = Shown(evaluator, closed, by), closed.results
    if by is None:
        return _whole(shown)
    if by in results.crosses:
        crossing = Crossing(results, closed.questionnaire, closed.questionnaire.cross(by), spoken())
        found = cross_page(crossing, request.args.get("figure"))
        return render_template("evaluators/cross.html", page=found, **shown.values)
    if by not in results.by:
        raise UnknownBreakdown("this wave has no breakdown {by}; its page leads to those it has", by=by)
    return _left_out(shown, by) if results.by[by].left_out else _groups(shown, by)


def _whole(shown: Shown) -> str:
    closed = shown.closed
    return render_template(
        "evaluators/results.html",
        parts_of=page.whole_page(closed.results, closed.questionnaire, spoken()),
        baselines=_baselines(shown.evaluator, closed.wave),
        **shown.values,
    )


def _left_out(shown: Shown, by: str) -> str:
    label = spoken().choose(shown.closed.questionnaire.breakdown(by).label)
    return render_template("evaluators/groups_left_out.html", label=label, why=LEFT_OUT, **shown.values)


def _groups(shown: Shown, by: str) -> str:
    t, results, questionnaire = spoken(), shown.closed.results, shown.closed.questionnaire
    order = _order(results)
    of = Grouped(results, questionnaire, by, t, order)
    parts = _divided(of)
    return render_template(
        "evaluators/groups.html",
        parts_of=parts.parts if parts else groups_page(of),
        divided=parts,
        label=t.choose(questionnaire.breakdown(by).label),
        orders=orders(results, questionnaire, t),
        order=".".join(order or ()),
        **shown.values,
    )


def _divided(of: Grouped) -> Divided | None:
    """One of the pages into which many groups are divided; None where everything has room on one.

    To be printed everything stands on one page, unless a figure is asked for.
    """
    figure = request.args.get("figure")
    if "print" in request.args and figure is None:
        return None
    try:
        return divided(of, figure)
    except KeyError:
        abort(404)


def _order(results: Results) -> Path | None:
    """The figure by whose value the groups are put in order; 404 for one that the wave has not."""
    try:
        return path_of(request.args.get("order"), results)
    except KeyError:
        abort(404)


def _baselines(evaluator: Evaluator, wave: Wave) -> list[Wave] | None:
    """The closed baselines that a final wave can be compared with; None for a wave of another phase."""
    if wave.phase != "final":
        return None
    with store().read() as db:
        alike = waves.of_questionnaire(db, wave.questionnaire)
    found = [one for one in alike if one.phase == "baseline" and one.state == "closed"]
    return [one for one in found if one.id in evaluator.waves]
