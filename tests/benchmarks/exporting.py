"""Files of 100,000 answers to 50 items: CSV against the csv module, XLSX and SPSS in seconds, peak memory.

Each file is written by a process of its own, run as `python -m tests.benchmarks.exporting FOLDER WAVE
FORM`, so that its peak memory is its own. The floor reads the same stored answers, decodes them and
writes the same cells with the csv module, and does nothing else.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time

from survey import definitions, exporting
from survey.answering import unpacked
from survey.exports.answers.formats import write_answers
from survey.language import language
from survey.store import responses, waves
from tests.benchmarks import filling
from tests.benchmarks.questionnaires import forty_items
from tests.benchmarks.servers import ROOT
from tests.benchmarks.table import Line
from tests.cast import Instance, make_instance

FEW, MANY = 10_000, 100_000
ITEMS = 50
FLOOR, STRETCH = "floor", 500
TARGETS = {"xlsx": 30.0, "sav": 5.0}
Timings = dict[str, float]


def fifty_items() -> str:
    """Forty scale items and ten more, with a file of answers and its breakdown."""
    data = json.loads(forty_items())
    items = data["sections"][0]["items"]
    scale = next(item for item in items if item["kind"] == "scale" and "show_if" not in item)
    more = ITEMS - sum(len(section["items"]) for section in data["sections"])
    items += [{**scale, "id": f"more_{number}"} for number in range(more)]
    first = next(one for one in data["breakdowns"] if one["from"] == "invitation")
    return json.dumps({**data, "export": {"breakdown": first["id"]}})


def run(instance: Instance) -> Iterator[Line]:
    """The lines of this benchmark."""
    for number in (FEW, MANY):
        filling.fill(instance, f"exports-{number}", fifty_items(), number)
        instance.close(f"exports-{number}")
    took = {form: _apart(instance, MANY, form) for form in (FLOOR, "csv", "xlsx", "sav", "dta", "R")}
    few = {form: _apart(instance, FEW, form) for form in ("csv", "xlsx")}
    floor = took[FLOOR]["cpu"]
    yield Line("CSV of 100k x 50, against the csv module", took["csv"]["cpu"], "s CPU", floor,
               took["csv"]["cpu"] / floor, 1.5)  # fmt: skip
    for form, target in TARGETS.items():
        yield Line(f"{form} of 100k x 50", took[form]["cpu"], "s CPU", target=target)
    for form in ("dta", "R"):
        yield Line(f"{form} of 100k x 50", took[form]["cpu"], "s CPU")
    for form, less in few.items():
        grown = took[form]["peak"] - less["peak"]
        yield Line(f"peak memory of {form}, 100k more than 10k", grown, "MB", target=15)


def _apart(instance: Instance, number: int, form: str) -> Timings:
    words = [sys.executable, "-m", "tests.benchmarks.exporting", str(instance.settings.instance)]
    done = subprocess.run(
        [*words, f"exports-{number}", form], cwd=ROOT, check=True, capture_output=True, text=True
    )
    found: Timings = json.loads(done.stdout)
    return found


def _floor(instance: Instance, wave_id: str, path: Path) -> None:
    with instance.store.read() as db:
        wave = waves.get(db, wave_id)
    items = [item.id for item in definitions.load(wave.definition, wave.id).items]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["group", *items])
        for first in range(0, wave.slots, STRETCH):
            with instance.store.read() as db:
                bodies = list(responses.bodies(db, wave_id, first, first + STRETCH))
            writer.writerows(
                [cell, *[answers.get(item) for item in items]] for cell, answers in unpacked(bodies)
            )


def main(folder: str, wave_id: str, form: str) -> None:
    """Write one file and print what it took."""
    instance, out = make_instance(Path(folder)), Path(folder) / "written"
    out.mkdir(exist_ok=True)
    t = language("it")
    before, start = process_time(), perf_counter()
    if form == FLOOR:
        _floor(instance, wave_id, out / "floor.csv")
    else:
        write_answers(exporting.table(instance.store, wave_id, t), form, out, wave_id, t)
    print(json.dumps({"cpu": process_time() - before, "wall": perf_counter() - start, "peak": _peak()}))


def _peak() -> float:
    """The most memory (MB) that this process had; getrusage would begin with that of its parent."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
