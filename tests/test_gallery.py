"""Charts kept: drawn once by a process of their own, in files that only their owner reads."""

import os
import select
import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from survey.charts import Chart, UnknownBreakdown, chart, render, standard
from survey.charts.apart import CHILD, Draughtsman
from survey.charts.model import Axis
from survey.gallery import MOST_WAITING, DrawingBusy, DrawingFailed, Gallery, Order, standard_orders
from survey.language import language
from tests import charts_samples as samples

PATIENCE = 30.0
RESULTS = samples.results(groups=8)
ORDER = Order("w", "r1", "utility", None, "en", "svg")


def made(what: str = "utility", by: str | None = None) -> Chart:
    return chart(RESULTS, samples.QUESTIONNAIRE, what, language("en"), by)


def never() -> Chart:
    raise AssertionError("this chart was drawn before")


def broken() -> Chart:
    """A chart that cannot be drawn: its axis has no width."""
    plan = made()
    return replace(plan, panels=(replace(plan.panels[0], axis=Axis(1, 1, ())),))


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "w").iterdir())


def ended(pid: int) -> bool:
    """Whether a process ends within the tests' patience."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    with os.fdopen(watched):
        return bool(select.select([watched], [], [], PATIENCE)[0])


def test_a_chart_is_drawn_once_and_outlives_the_process(tmp_path):
    first = Gallery(tmp_path).file(ORDER, made)
    assert first == render(made(), "svg")
    assert Gallery(tmp_path).file(ORDER, never) == first


def test_kept_charts_are_readable_by_their_owner_only_and_nothing_else_lies_about(tmp_path):
    folder = tmp_path / "charts"
    Gallery(folder).file(ORDER, made)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "w").stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder / "w").iterdir()] == [0o600]
    assert files(folder) == [f"utility.en.{ORDER.etag[:16]}.svg"]


def test_every_choice_has_its_own_file_and_an_older_release_has_none(tmp_path):
    gallery = Gallery(tmp_path)
    with gallery.open():
        for order in (ORDER, replace(ORDER, lang="it"), replace(ORDER, format="png")):
            gallery.file(order, made)
        gallery.file(replace(ORDER, by="alliance"), lambda: made(by="alliance"))
        assert len(files(tmp_path)) == 4
        later = replace(ORDER, release_id="r2")
        gallery.file(later, made)
    assert gallery.kept(ORDER) is None
    assert gallery.kept(later) is not None
    assert len(files(tmp_path)) == 4


def test_a_damaged_or_deleted_folder_is_drawn_again(tmp_path):
    gallery = Gallery(tmp_path)
    first = gallery.file(ORDER, made)
    (file,) = (tmp_path / "w").iterdir()
    file.write_bytes(b"")
    assert gallery.file(ORDER, made) == first
    file.unlink()
    file.parent.rmdir()
    assert gallery.file(ORDER, made) == first


def test_where_nothing_can_be_kept_charts_are_drawn_all_the_same(tmp_path):
    folder = tmp_path / "charts"
    folder.write_text("a file where the folder should be")
    assert Gallery(folder).file(ORDER, made) == render(made(), "svg")


@pytest.mark.parametrize("by", ["../../riscontro", "a\x00b", "x" * 5000, "*", ""])
def test_no_choice_leads_out_of_the_folder(tmp_path, by):
    def refused() -> Chart:
        raise UnknownBreakdown("no such breakdown")

    order = replace(ORDER, by=by)
    assert Gallery(tmp_path).kept(order) is None
    with pytest.raises(UnknownBreakdown):
        Gallery(tmp_path).file(order, refused)


def test_a_chart_that_cannot_be_drawn_is_refused_with_the_reason_and_the_next_one_is_drawn(tmp_path):
    gallery = Gallery(tmp_path)
    with pytest.raises(DrawingFailed, match="ZeroDivisionError"):
        gallery.file(ORDER, broken)
    assert gallery.kept(ORDER) is None
    assert gallery.file(ORDER, made)


def test_drawing_has_a_time_limit_and_leaves_no_process(tmp_path):
    draughtsman = Draughtsman(tmp_path, seconds=0.05)
    with draughtsman, pytest.raises(DrawingFailed, match=r"more than 0\.05 seconds"):
        draughtsman.draw(made(), "svg")
    with pytest.raises(ProcessLookupError):
        os.kill(draughtsman.pid, 0)


def test_a_child_that_ends_is_a_refusal(tmp_path):
    draughtsman = Draughtsman(tmp_path, command=(sys.executable, "-c", ""))
    with draughtsman, pytest.raises(DrawingFailed, match="has ended"):
        draughtsman.draw(made(), "svg")


def test_a_child_that_cannot_be_started_is_a_refusal(tmp_path):
    with pytest.raises(DrawingFailed, match="No such file"):
        Draughtsman(tmp_path, command=(str(tmp_path / "nothing"),))


def test_the_child_gets_no_secrets_and_goes_when_it_is_dismissed(tmp_path, monkeypatch):
    monkeypatch.setenv("SURVEY_SECRET_KEY", "hidden")
    with Draughtsman(tmp_path) as draughtsman:
        draughtsman.draw(made(), "svg")
        environment = Path(f"/proc/{draughtsman.pid}/environ").read_bytes()
    assert b"PATH=" in environment
    assert b"SURVEY_" not in environment
    with pytest.raises(ProcessLookupError):
        os.kill(draughtsman.pid, 0)


ASKING = """
import pathlib, sys
from survey.charts.apart import CHILD, Draughtsman
draughtsman = Draughtsman(pathlib.Path(sys.argv[1]), command=sys.argv[2:])
print(draughtsman.pid, flush=True)
sys.stdin.read()
"""


def test_the_child_is_ended_with_the_process_that_asked(tmp_path):
    """Even a child that would go on for ever."""
    for_ever = (sys.executable, "-c", "import signal; signal.pause()")
    done = subprocess.run(
        [sys.executable, "-c", ASKING, str(tmp_path), *for_ever], input=b"", capture_output=True, check=True
    )
    assert ended(int(done.stdout))


def test_the_child_ends_when_the_process_that_asked_is_killed(tmp_path):
    asking = subprocess.Popen(
        [sys.executable, "-c", ASKING, str(tmp_path), *CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert asking.stdin and asking.stdout
    child = int(asking.stdout.readline())
    asking.send_signal(signal.SIGKILL)
    asking.wait()
    asking.stdin.close()
    asking.stdout.close()
    assert ended(child)


def test_requests_that_come_together_share_one_child_and_one_drawing(tmp_path):
    gallery = Gallery(tmp_path)
    orders = [replace(ORDER, what=what) for what in ("utility", "again", "utility")]
    with ThreadPoolExecutor(3) as pool:
        drawn = list(pool.map(lambda order: gallery.file(order, lambda: made(order.what)), orders))
    assert drawn == [render(made(order.what), "svg") for order in orders]
    assert len(files(tmp_path)) == 2


def test_two_processes_of_an_instance_do_not_hinder_one_another(tmp_path):
    galleries = [Gallery(tmp_path), Gallery(tmp_path)]
    with ThreadPoolExecutor(2) as pool:
        drawn = set(pool.map(lambda gallery: gallery.file(ORDER, made), galleries))
    assert drawn == {render(made(), "svg")}


def test_no_more_may_wait_than_leave_threads_for_respondents(tmp_path):
    gallery = Gallery(tmp_path)
    with ExitStack() as waiting:
        for _ in range(MOST_WAITING):
            waiting.enter_context(gallery.open())
        with pytest.raises(DrawingBusy):
            gallery.file(ORDER, made)
    assert gallery.file(ORDER, made)


def test_the_standard_charts_are_items_response_and_every_indicator_in_both_languages():
    orders = standard_orders("w", "r1", samples.QUESTIONNAIRE)
    names = [
        "items", "response", "utility", "recommendation", "nps", "again", "employment", "employment-flows",
        "dimensions", "helped", "services", "size",
    ]  # fmt: skip
    assert list(standard(samples.QUESTIONNAIRE)) == names
    assert [(order.what, order.lang) for order in orders] == [
        (name, lang) for name in names for lang in ("it", "en")
    ]
    assert {(order.by, order.format) for order in orders} == {(None, "svg")}
