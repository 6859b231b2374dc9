"""Importing 100,000 people: CSV and .xlsx, into a draft and into an open wave; CPU and peak memory.

Each import is done by a process of its own, `python -m tests.benchmarks.enrolling FOLDER WAVE FILE`, so that
its peak memory is its own.
"""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

from openpyxl import Workbook

from survey import enrolling
from tests.benchmarks.closing import Timings, _peak
from tests.benchmarks.servers import ROOT
from tests.benchmarks.table import Line
from tests.cast import Instance, make_instance

PEOPLE = 100_000
HEADER = ("e-mail", "nome", "lingua", "alleanza", "organizzazione", "servizio")


def run(instance: Instance) -> Iterator[Line]:
    """The lines of this benchmark."""
    for name, content in (("csv", as_csv(0)), ("xlsx", as_xlsx(0))):
        file = instance.settings.instance / f"people.{name}"
        file.write_bytes(content)
        instance.wave(f"people-{name}", "beneficiaries", opened=False)
        yield from _lines(f"100k people from .{name} into a draft", instance, f"people-{name}", file)
    instance.wave("people-open", "beneficiaries", invited=100)
    file = instance.settings.instance / "people.csv"
    yield from _lines("100k people from .csv into an open wave", instance, "people-open", file)
    yield from _lines("the same file once more", instance, "people-open", file)


def _lines(what: str, instance: Instance, wave: str, file: Path) -> Iterator[Line]:
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.enrolling",
        str(instance.settings.instance),
        wave,
        str(file),
    ]
    told = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    took: Timings = json.loads(told)
    yield Line(what, took["seconds"], "s", target=30)
    yield Line("  CPU", took["cpu"], "s CPU", target=30)
    yield Line("  looking at it first", took["review"], "s CPU")
    yield Line("  peak memory", took["peak"], "MB", target=300)


def rows(first: int, number: int = PEOPLE) -> Iterator[tuple[str, ...]]:
    """People of 80 organizations in 4 alliances, using 6 services."""
    for n in range(first, first + number):
        organization = n % 80
        yield (
            f"persona.{n}@azienda{organization}.example.it", f"Niccolò Persona {n}", "italiano",
            f"A{organization % 4 + 1}", f"Organizzazione {organization:02}", f"S{n % 6}",
        )  # fmt: skip


def as_csv(first: int, number: int = PEOPLE) -> bytes:
    """As Excel in Italy saves it: semicolons, Windows-1252, CRLF."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([HEADER, *rows(first, number)])
    return out.getvalue().encode("cp1252")


def as_xlsx(first: int, number: int = PEOPLE) -> bytes:
    """As a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Persone")
    for row in (HEADER, *rows(first, number)):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def main(folder: str, wave: str, file: str) -> None:
    """Import a file and print what it took."""
    instance, content = make_instance(Path(folder)), Path(file).read_bytes()
    before, cpu = perf_counter(), process_time()
    enrolling.import_people(
        instance.store, instance.mark_keys, wave, content, file, "benchmark", datetime.now(UTC)
    )
    took = {"seconds": perf_counter() - before, "cpu": process_time() - cpu, "peak": _peak()}
    cpu = process_time()
    enrolling.review(instance.store, wave, content, file)
    print(json.dumps({**took, "review": process_time() - cpu}))


if __name__ == "__main__":
    main(*sys.argv[1:])
