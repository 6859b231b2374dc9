"""`survey export`: files of a closed wave. What there is to take away, and in which formats, is a table."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click

from survey import exporting, filing, scratch
from survey.charts import FORMATS, Frame
from survey.cli.common import CannotWrite, Command, Instance, now, progress, say, t, whoever
from survey.cli.drawing import framed
from survey.cli.released import note_taken
from survey.exports.answers import formats
from survey.exports.answers.model import Table
from survey.filing import Wanted
from survey.language import INTERFACE, Language, Refusal, language, text

OF_ANSWERS = ("answers", "codebook", "ddi")
EXCEL = "excel.csv"
"""The format that `--excel` makes of .csv."""


class UnknownFormat(Refusal):
    """The file's ending names no format of what is asked for."""


@dataclass(frozen=True)
class Order:
    """What is asked for: of which wave, as which format, under which stem, in which language."""

    wave: str
    form: str
    stem: str
    t: Language


@dataclass(frozen=True)
class Exporter:
    """One kind of thing to take away: its formats, and what writes the files of an order into a folder."""

    forms: Iterable[str]
    write: Callable[[Instance, Order, Path], list[Path]]


def _answers(instance: Instance, order: Order, folder: Path) -> list[Path]:
    table = exporting.table(instance.store, order.wave, order.t)
    return formats.write_answers(_watched(table), order.form, folder, order.stem, order.t)


def _watched(table: Table) -> Table:
    """The same table, which shows on a terminal how far its rows are."""

    def rows() -> Iterator[list[int | str]]:
        return iter(progress(table.rows(), table.number, text("writing answers")))

    return replace(table, rows=rows)


def _described(writers: Mapping[str, formats.Describer]) -> Exporter:
    def write(instance: Instance, order: Order, folder: Path) -> list[Path]:
        path = folder / f"{order.stem}.{order.form}"
        writers[order.form](exporting.description(instance.store, order.wave, order.t), path, order.t)
        return [path]

    return Exporter(writers, write)


def _results(what: str, *forms: str) -> Exporter:
    """Files of figures, whose names in the table of files are what and form."""

    def write(instance: Instance, order: Order, folder: Path) -> list[Path]:
        ending = order.form.replace(EXCEL, "csv")
        form = order.form.replace(EXCEL, "excel.csv")
        path = folder / f"{order.stem}.{ending}"
        of = filing.closed(instance.store, instance.settings, order.wave, instance.gallery)
        filing.write(of, Wanted(f"{what}.{form}", order.t.code), path, progress)
        return [path]

    return Exporter(forms, write)


WHAT: Mapping[str, Exporter] = {
    "answers": Exporter(formats.ANSWERS, _answers),
    "codebook": _described(formats.CODEBOOK),
    "ddi": _described(formats.DDI),
    "results": _results("results", "xlsx", "csv", EXCEL, "json"),
    "open-data": _results("open-data", "zip"),
    "evidence": _results("evidence", "zip"),
}


@click.command(
    cls=Command,
    help=t(
        "Write the answers of a closed wave into a file, a row for each response; its codebook; its results, "
        "as tables, for an open-data portal, or with the evidence for them.\n\n"
        "The ending says the format. answers: .xlsx, .csv, .sps (SPSS syntax, with a CSV beside it), .sav, "
        ".dta (Stata), .R (a script, with a CSV beside it), .zip (all of these that need nothing installed). "
        "codebook: .csv, .xlsx. ddi: .xml. results: .xlsx, .csv, .json. open-data, evidence: .zip."
    ),
)
@click.argument("wave_id", metavar="WAVE")
@click.option("--out", required=True, metavar="FILE", help=t("the file; its ending says the format"))
@click.option(
    "--what", type=click.Choice(list(WHAT)), default="answers", show_default=True, help=t("what to write")
)
@click.option(
    "--lang",
    type=click.Choice(INTERFACE),
    default=t.code,
    show_default=True,
    help=t("language of the labels"),
)
@click.option("--excel", is_flag=True, help=t("a .csv for Excel in Italy: semicolons and decimal commas"))
def export(wave_id: str, out: str, what: str, lang: str, excel: bool) -> None:
    """Nothing half stands under the final name; the log says who took what."""
    path, instance = Path(out), Instance()
    order = Order(wave_id, _form(path, what, excel), path.stem, language(lang))
    with _folder_beside(path) as folder:
        made = WHAT[what].write(instance, order, folder)
        _put(made, path.parent)
    if what in OF_ANSWERS:
        exporting.note_taken(instance.store, wave_id, f"{what}.{order.form}", whoever(), now())
    else:
        note_taken(wave_id, f"{what}.{order.form}")
    for file in made:
        say("{out} is written", out=str(path.parent / file.name))


@click.command(
    cls=Command,
    help=t(
        "Write all charts of a closed wave into a ZIP: of the whole wave and by each breakdown, each with "
        "its numbers as CSV."
    ),
)
@click.argument("wave_id", metavar="WAVE")
@click.option("--out", required=True, metavar="FILE.zip", help=t("the ZIP"))
@click.option("--format", "form", type=click.Choice(FORMATS), default="png", show_default=True)
@click.option(
    "--lang",
    type=click.Choice(INTERFACE),
    default=t.code,
    show_default=True,
    help=t("the language of the charts"),
)
@framed
def charts(wave_id: str, out: str, form: str, lang: str, frame: Frame) -> None:
    """Nothing half stands under the final name; what is drawn is kept for the pages, too."""
    path, instance = Path(out), Instance()
    if path.suffix.lower() != ".zip":
        raise UnknownFormat("{out} ends in no known format of charts; end it in .zip", out=out)
    of, wanted = (
        filing.closed(instance.store, instance.settings, wave_id, instance.gallery),
        Wanted("charts.zip", lang, form, frame),
    )
    with _folder_beside(path) as folder:
        made = folder / path.name
        filing.write(of, wanted, made, progress)
        _put([made], path.parent)
    note_taken(wave_id, wanted.name)
    say("{out} is written", out=out)


def _form(path: Path, what: str, excel: bool) -> str:
    """The format that a file's ending and --excel name. Raises UnknownFormat."""
    asked = path.suffix.removeprefix(".")
    wanted = EXCEL if excel and asked.lower() == "csv" else asked
    known = {form.lower(): form for form in WHAT[what].forms}
    if wanted.lower() not in known or (excel and wanted != EXCEL):
        endings = ", ".join(f".{form}" for form in known.values() if form != EXCEL)
        raise UnknownFormat(
            "{out} ends in no known format of {what}; end it in one of {endings} (--excel goes with .csv)",
            out=str(path), what=what, endings=endings,
        )  # fmt: skip
    return known[wanted.lower()]


@contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    """A folder for its owner alone, on the disk of the final file, gone in the end. Raises CannotWrite."""
    try:
        with scratch.folder(path.parent, ".export-") as folder:
            yield folder
    except OSError as failure:
        raise CannotWrite(
            "{out} cannot be written: {why}", out=str(path), why=str(failure.strerror)
        ) from failure


def _put(made: list[Path], folder: Path) -> None:
    """Whole files take their final names, readable by their owner only."""
    for file in made:
        file.chmod(0o600)
        file.replace(folder / file.name)
