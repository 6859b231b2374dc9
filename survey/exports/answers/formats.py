"""The formats of the answers, of the codebook and of the description for archives: ending -> files.

A format may consist of several files, which share a stem: a program and the data that it reads.
"""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from survey.exports.answers import binary, plain, rscript, spss, workbook
from survey.exports.answers.ddi import write_ddi
from survey.exports.answers.model import Description, Table
from survey.exports.answers.notes import notes
from survey.language import Language, Text, text

Writer = Callable[[Table, Path, Language, str], None]
"""Writes one file (a table, where, in which language, the stem of the files beside it)."""
Describer = Callable[[Description, Path, Language], None]


@dataclass(frozen=True)
class Format:
    """`files`: what is added to the stem -> what writes it; `needs_extra`: it needs the extra `spss`."""

    label: Text
    files: Mapping[str, Writer]
    needs_extra: bool = False


def _alone(write: Callable[[Table, Path, Language], None]) -> Writer:
    return lambda table, path, t, _stem: write(table, path, t)


def _codebook(table: Table, path: Path, t: Language, _stem: str) -> None:
    plain.write_codebook_csv(table.variables, path, t)


def _ddi(table: Table, path: Path, t: Language, _stem: str) -> None:
    write_ddi(table.of, path, t)


def _notes(table: Table, path: Path, t: Language, _stem: str) -> None:
    lines = [f"{what}: {said}" for what, said in notes(table.of, t, table.number)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


_CSV, _FLAT = _alone(plain.write_csv), _alone(plain.write_flat_csv)


def _sps(table: Table, path: Path, t: Language, stem: str) -> None:
    spss.write_sps(table, path, t, f"{stem}.csv")


def _sps_beside(table: Table, path: Path, t: Language, stem: str) -> None:
    spss.write_sps(table, path, t, f"{stem}-spss.csv")


def _r(table: Table, path: Path, t: Language, stem: str) -> None:
    rscript.write_r(table, path, t, f"{stem}.csv")


ANSWERS: Mapping[str, Format] = {
    "xlsx": Format(text("Excel, with codebook and notes"), {".xlsx": _alone(workbook.write_xlsx)}),
    "excel.csv": Format(
        text("CSV for Excel in Italy: semicolons, decimal commas"), {".csv": _alone(plain.write_excel_csv)}
    ),
    "csv": Format(text("CSV for programs: commas, codes"), {".csv": _CSV}),
    "sps": Format(text("SPSS or PSPP: syntax and CSV"), {".sps": _sps, ".csv": _FLAT}),
    "sav": Format(text("SPSS"), {".sav": _alone(binary.write_sav)}, needs_extra=True),
    "dta": Format(text("Stata"), {".dta": _alone(binary.write_dta)}, needs_extra=True),
    "R": Format(text("R: script and CSV"), {".R": _r, ".csv": _CSV}),
    "zip": Format(
        text("All that needs no further program: CSV, SPSS, R, codebook, DDI, notes"),
        {
            ".csv": _CSV,
            "-spss.csv": _FLAT,
            ".sps": _sps_beside,
            ".R": _r,
            "-codebook.csv": _codebook,
            "-ddi.xml": _ddi,
            "-notes.txt": _notes,
        },
    ),
}
CODEBOOK: Mapping[str, Describer] = {
    "csv": lambda of, path, t: plain.write_codebook_csv(of.variables, path, t),
    "xlsx": workbook.write_codebook_xlsx,
}
DDI: Mapping[str, Describer] = {"xml": write_ddi}


def write_answers(table: Table, form: str, folder: Path, stem: str, t: Language) -> list[Path]:
    """The files of a format in a folder; of "zip", or wherever `packed` packs them, one that holds all.

    Raises ExtraMissing.
    """
    made = []
    for ending, write in ANSWERS[form].files.items():
        path = folder / f"{stem}{ending}"
        write(table, path, t, stem)
        made.append(path)
    return [packed(made, folder / f"{stem}.zip")] if form == "zip" else made


def endings(form: str) -> tuple[str, ...]:
    """What is added to the stem for each file that `write_answers` leaves."""
    return (".zip",) if form == "zip" else tuple(ANSWERS[form].files)


def packed(files: Sequence[Path], path: Path) -> Path:
    """The files in one ZIP; they are removed. It bears no times: the same files give the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            with file.open("rb") as source, archive.open(entry, "w") as target:
                while block := source.read(1 << 20):
                    target.write(block)
            file.unlink()
    return path
