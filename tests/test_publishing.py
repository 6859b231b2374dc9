"""The published figures, through the whole pipeline: import, close, results JSON."""

import csv
import io
import json
import math
from datetime import date
from typing import Any

import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from survey import demonstration, publishing
from survey.answering import WaveClosed
from survey.indicators.results import results, to_json
from survey.inviting import BadWave, WrongState, open_wave
from survey.keys import MarkKeyLost
from survey.population import Population
from survey.release import from_json
from survey.store import releases, responses, waves
from tests.cast import DATA, NOW, Instance, questionnaire


def figures(instance: Instance, wave: str) -> dict[str, Any]:
    """What `survey results WAVE --json` prints."""
    with instance.store.read() as db:
        release = releases.get(db, wave)
    shown = to_json(results(release, questionnaire(release.questionnaire)))
    return dict(json.loads(json.dumps(shown, allow_nan=False)))


def as_csv(rows: list[dict[str, str]]) -> bytes:
    table = io.StringIO()
    writer = csv.DictWriter(table, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return table.getvalue().encode()


NETS = {"seeking_work": -5, "unemployed": -3, "permanent": 1, "fixed_term": 3, "self_employed": 3, "other": 1}


def assert_published(found: dict[str, Any], utility: str) -> None:
    response = found["response"]
    assert (response["invited"], response["responses"]) == (4000, 1280)
    assert (response["complete"], response["partial"]) == (1228, 52)
    assert (response["rr1"], response["rr2"]) == (0.307, 0.32)
    item = found["items"][utility]
    assert sum(int(code) * n for code, n in item["counts"].items()) == 4790
    assert (item["n"], item["mean"]) == (1260, 4790 / 1260)
    would = found["indicators"]["recommendation"]["would_recommend"]
    assert (would["count"], would["n"], would["share"]) == (713, 1250, 713 / 1250)
    employment = found["indicators"]["employment"]
    assert (employment["n"], employment["movers"], employment["net"]) == (1240, 63, NETS)


def test_the_demonstration_gives_the_published_figures(instance: Instance) -> None:
    instance.wave("w", "beneficiaries")
    instance.import_answers("w", as_csv(demonstration.beneficiaries()))
    instance.close("w")
    found = figures(instance, "w")
    assert_published(found, "utility")
    assert found["by"]["alliance"]["groups"].keys() == {f"A{n}" for n in range(1, 7)}


def test_the_demonstration_of_organizations(instance: Instance) -> None:
    instance.wave("w", "organizations")
    instance.import_answers("w", as_csv(demonstration.organizations()))
    instance.close("w")
    found = figures(instance, "w")
    employees = found["indicators"]["employees"]
    assert (employees["n"], employees["sum"], employees["mean"], employees["median"]) == (17, 969, 57, 35)
    assert found["response"]["invited"] == 80


def test_the_milan_beneficiaries(instance: Instance) -> None:
    instance.wave("w", "milan_beneficiaries")
    content = (DATA / "milan_beneficiaries_SYNTHETIC.csv").read_bytes()
    instance.import_answers("w", content, "token_id", "responded")
    instance.close("w")
    found = figures(instance, "w")
    assert_published(found, "utility_1_5")
    employment = found["indicators"]["employment"]
    assert (employment["only_before"], employment["only_after"]) == (7, 3)
    for scale in ("recommendation", "recommendation_1_5", "recommendation_0_10"):
        assert found["indicators"][scale]["would_recommend"]["count"] == 713
    assert found["indicators"]["recommendation_0_10"]["score"]["name"] == "NPS"


def test_the_milan_organizations(instance: Instance) -> None:
    instance.wave("w", "milan_organizations")
    instance.import_answers("w", (DATA / "milan_organizations_SYNTHETIC.csv").read_bytes(), "answered")
    instance.close("w")
    employees = figures(instance, "w")["indicators"]["employees"]
    assert (employees["n"], employees["sum"], employees["mean"], employees["median"]) == (17, 969, 57, 35)


def test_variant_b_counts_complete_pairs_only(instance: Instance) -> None:
    instance.wave("w", "milan_status_variant_b")
    instance.import_answers("w", (DATA / "milan_status_variant_b_SYNTHETIC.csv").read_bytes(), "id")
    instance.close("w")
    net = figures(instance, "w")["indicators"]["employment"]["net"]
    assert net["seeking_work"] == -4  # the two columns counted separately would give -5
    assert sum(net.values()) == 0


FAIR_AGES = {17.5: "under 20", 22: "20-24", 27: "25-29", 32: "30-34", 37: "35-39", 42: "40 and over"}
FAIR = sm.datasets.fair.load_pandas().data


def fair_results(instance: Instance, wave: str, population: Population) -> dict[str, Any]:
    instance.wave(wave, "fair", population=population)
    columns = ["rate_marriage", "yrs_married", "children", "educ", "occupation"]
    rows = [
        {"age": FAIR_AGES[row["age"]], **{column: f"{row[column]:g}" for column in columns}}
        for _, row in FAIR.iterrows()
    ]
    instance.import_answers(wave, as_csv(rows))
    instance.close(wave)
    return figures(instance, wave)


def test_real_answers_give_what_scipy_and_statsmodels_compute(instance: Instance) -> None:
    found = fair_results(instance, "unknown", Population("unknown"))
    rating = FAIR.rate_marriage
    low, high = stats.t.interval(0.95, len(rating) - 1, rating.mean(), stats.sem(rating))
    item = found["items"]["rate_marriage"]
    assert item["population"] is None and found["response"]["rr2"] is None
    assert item["mean"] == pytest.approx(rating.mean(), abs=1e-12)
    assert item["sd"] == pytest.approx(rating.std(), abs=1e-12)
    assert item["median"] == rating.median()
    assert item["interval"] == pytest.approx([low, high], abs=1e-9)
    top2 = int((rating >= 4).sum())
    assert item["top2"]["count"] == top2
    assert item["top2"]["interval"] == pytest.approx(
        proportion_confint(top2, len(rating), method="wilson"), abs=1e-9
    )
    for age, answers in FAIR.groupby("age").rate_marriage:
        group = found["by"]["age"]["groups"][FAIR_AGES[age]]["items"]["rate_marriage"]
        assert (group["n"], group["mean"]) == (len(answers), pytest.approx(answers.mean(), abs=1e-12))


def test_a_stated_population_narrows_the_intervals(instance: Instance) -> None:
    free = fair_results(instance, "unknown", Population("unknown"))["items"]["rate_marriage"]
    bound = fair_results(instance, "stated", Population("total", 19_894))["items"]["rate_marriage"]
    half = (free["interval"][1] - free["interval"][0]) / 2 * math.sqrt(1 - 6366 / 19_894)
    assert bound["population"] == 19_894
    assert bound["interval"] == pytest.approx([free["mean"] - half, free["mean"] + half], abs=1e-12)


def test_closing_twice_is_refused_and_changes_nothing(instance: Instance) -> None:
    instance.wave("w", invited=9)
    first = instance.close("w")
    with pytest.raises(WrongState, match="closed"):
        instance.close("w")
    with instance.store.read() as db:
        assert releases.get(db, "w") == first


def test_closing_destroys_the_mark_key_and_the_marks(instance: Instance) -> None:
    one, *_ = instance.wave("w", invited=9)
    instance.close("w")
    assert not list(instance.settings.mark_keys.iterdir())
    with pytest.raises(MarkKeyLost):
        instance.mark_keys.get("w")
    with instance.store.read() as db:
        assert db.execute("SELECT count(*) FROM mark").fetchone() == (0,)
    with pytest.raises(WaveClosed):
        instance.door(one)


def test_a_closing_that_was_cut_short_is_repeated(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    invited = instance.wave("w", invited=9)
    for one in invited[:6]:
        instance.answer(one, utility="4")

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(publishing, "released", cut)
        with pytest.raises(KeyboardInterrupt):
            instance.close("w")
    with pytest.raises(WaveClosed):
        instance.door(invited[8])
    assert instance.close("w").whole.responses == 6


def test_a_release_survives_its_stored_form(instance: Instance) -> None:
    instance.wave("w", "beneficiaries")
    instance.import_answers("w", as_csv(demonstration.beneficiaries()[:600]))
    release = instance.close("w")
    assert from_json(release.to_json()) == release
    assert from_json(release.to_json()).to_json() == release.to_json()


def test_nobody_answered(instance: Instance) -> None:
    instance.wave("w", invited=9)
    instance.close("w")
    found = figures(instance, "w")
    assert found["response"]["rr2"] == 0
    assert found["items"]["utility"]["mean"] is None
    assert found["items"]["utility"]["reason"]


def test_nobody_was_invited(instance: Instance) -> None:
    instance.wave("w", invited=0)
    instance.close("w")
    assert figures(instance, "w")["response"]["invited"] == 0


def test_fewer_answers_than_the_threshold_show_nothing(instance: Instance) -> None:
    invited = instance.wave("w", groups=[{"alliance": "A1"}] * 20)
    for one in invited[:4]:
        instance.answer(one, utility="4", recommend="9", comment="Good")
    instance.close("w")
    found = figures(instance, "w")
    assert found["items"]["utility"]["mean"] is None
    assert found["items"]["utility"]["n"] is None
    assert found["items"]["comment"]["n"] is None
    assert "hidden" in found["by"]["alliance"]["groups"]["A1"]


def test_a_panel_wave_needs_a_study(instance: Instance) -> None:
    instance.wave("w", opened=False)
    with instance.store.write() as db:
        db.execute("UPDATE wave SET mode = 'panel'")
    with pytest.raises(BadWave, match="belongs to no study"):
        open_wave(instance.store, instance.mark_keys, "w", NOW)
    with instance.store.read() as db:
        assert waves.get(db, "w").state == "draft"


def test_people_added_to_an_open_wave_are_dealt_with_the_others(instance: Instance) -> None:
    invited = instance.wave("w", groups=[{"alliance": "A1"}] * 6, closes=date(2026, 12, 1))
    for one in invited[:3]:
        instance.answer(one, utility="4", comment="Good")
    instance.import_answers("w", b"alliance,utility\nA1,5\nA1,\n")
    with instance.store.read() as db:
        assert responses.spent_count(db, "w") == 4
        assert len(list(responses.bodies(db, "w"))) == 4
        assert responses.text_bodies(db, "w") == {"comment": ["Good"] * 3}
    instance.answer(invited[5], utility="3")
    assert instance.close("w").whole.figures["item/utility"]["4"] == 3  # type: ignore[index]


def test_a_release_tells_options_and_never_which_were_ticked_together(instance: Instance) -> None:
    invited = instance.wave("w", groups=[{"service": "S1"}] * 9 + [{"service": "S2"}] * 12)
    ticked = ["nursery", "camp", "camp|nursery"] * 3 + ["camp", "camp|vouchers", "camp|nursery|vouchers"] * 3
    for one, used in zip(invited, ticked, strict=False):
        instance.answer(one, used=used)
    for one in invited[18:]:
        instance.answer(one, utility="3")
    release = instance.close("w")
    assert list(release.whole.figures["item/used"].items()) == [  # type: ignore[union-attr]
        ("nursery", 9), ("camp", 15), ("vouchers", 6), (":answered", 18), ("", 3),
    ]  # fmt: skip
    shown = figures(instance, "w")
    assert (shown["items"]["used"]["n"], shown["items"]["used"]["missing"]) == (18, 3)
    groups = shown["by"]["service"]["groups"]
    assert {g["items"]["used"]["reason"] for g in groups.values()} == {"protects_another_group"}
    assert "|" not in release.to_json()


def test_no_key_outlives_a_closing_that_was_cut_short_at_its_end(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    invited = instance.wave("w", invited=9)
    instance.answer(invited[0], utility="4")

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(publishing, "_finish", cut)
        with pytest.raises(KeyboardInterrupt):
            instance.close("w")
    assert not list(instance.settings.mark_keys.iterdir())
    assert instance.close("w").whole.responses == 1


def test_a_lost_mark_key_is_never_replaced(instance: Instance) -> None:
    one, *_ = instance.wave("w", invited=5)
    instance.answer(one, utility="4")
    instance.mark_keys._known.clear()
    (instance.settings.mark_keys / "w.key").unlink()
    with pytest.raises(MarkKeyLost):
        instance.import_answers("w", b"utility\n5\n")
    with instance.store.read() as db:
        assert responses.spent_count(db, "w") == 1
        assert db.execute("SELECT count(*) FROM invitation").fetchone() == (5,)


def test_people_added_before_the_first_answer_get_cells_together(instance: Instance) -> None:
    instance.wave("w")
    for _ in range(6):
        instance.import_answers("w", b"alliance,utility\nA1,\n")
    instance.import_answers("w", b"alliance,utility\n" + b"A1,4\n" * 6)
    instance.close("w")
    assert figures(instance, "w")["by"]["alliance"]["groups"]["A1"]["response"]["invited"] == 12


def test_a_named_wave_shows_each_organization(instance: Instance) -> None:
    instance.wave("w", "organizations")
    instance.import_answers("w", b"alliance,organization,employees\nA1,O1,12\nA1,O2,\n")
    instance.close("w")
    groups = figures(instance, "w")["by"]["organization"]["groups"]
    assert groups["O1"]["indicators"]["employees"]["sum"] == 12
    assert groups["O2"]["response"]["responses"] == 0


def test_a_group_that_gave_another_one_company_is_not_called_too_small(instance: Instance) -> None:
    instance.wave("w", groups=[{"alliance": "A1"}] * 2 + [{"alliance": "A2"}] * 8 + [{"alliance": "A3"}] * 9)
    instance.close("w")
    groups = figures(instance, "w")["by"]["alliance"]["groups"]
    assert (groups["A1"], groups["A2"]) == (
        {"hidden": "too_few_invited"},
        {"hidden": "protects_another_group"},
    )
