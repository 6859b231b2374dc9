"""A closed wave with two crosses and with comments, small enough for every test to have it at hand."""

import csv
import io

from tests.cast import Instance

WAVE = "crossed"
SIZES = {
    ("A1", "S1"): 40,
    ("A1", "S2"): 30,
    ("A1", "S3"): 25,
    ("A2", "S1"): 35,
    ("A2", "S2"): 28,
    ("A2", "S3"): 7,
    ("A3", "S1"): 30,
    ("A3", "S2"): 8,
    ("A3", "S3"): 24,
}
"""People by alliance and service: two cells have too few to be shown."""
SILENT = 6
"""People of each cell who do not answer."""
LIKED = [
    "Il caffè con la signora Rossi",
    "Nothing, really <b>nothing</b>",
    "Time for my children",
    *(f"remark {n}" for n in range(9)),
]
MISSED = ["A room", "More time"]


def rows() -> list[dict[str, str]]:
    """Everybody's answers: all points in every cell; a few of the third gender, a few comments."""
    found = []
    for (alliance, service), size in SIZES.items():
        for person in range(size):
            number = len(found)
            found.append(
                {
                    "alliance": alliance,
                    "service": service,
                    "utility": str(1 + (person * 3 + number) % 5),
                    "gender": "x" if person == 3 else "fm"[person % 2],
                    "liked": LIKED[number] if number < len(LIKED) else "",
                    "missed": MISSED[number] if number < len(MISSED) else "",
                }
            )
        silent = dict.fromkeys(found[0], "") | {"alliance": alliance, "service": service}
        found += [silent] * SILENT
    return found


def close(instance: Instance, wave: str = WAVE) -> None:
    """Make the wave in an instance and close it."""
    table = io.StringIO()
    writer = csv.DictWriter(table, list(rows()[0]))
    writer.writeheader()
    writer.writerows(rows())
    instance.wave(wave, "crossed", synthetic=True)
    instance.import_answers(wave, table.getvalue().encode())
    instance.close(wave)
