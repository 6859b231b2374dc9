"""A bundle from anywhere, read without trusting it: in memory, nothing written, all sizes bounded."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from survey.language import Refusal

LARGEST = 200 * 1024 * 1024
"""Bytes of a bundle."""
LARGEST_INSIDE = 400 * 1024 * 1024
"""Bytes of all its files together; what a file says of its size is not believed."""
MOST_FILES = 5_000
STEP = 1024 * 1024
NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.,-]*(/[A-Za-z0-9_-][A-Za-z0-9_.,-]*)*")
ANY_NAME = re.compile(r".+")
ENCRYPTED = 0x1


class BadBundle(Refusal):
    """The file is no bundle, or not one that can be read with safety."""


def read(path: str) -> dict[str, bytes]:
    """The files of a bundle by name. Raises BadBundle."""
    try:
        if Path(path).stat().st_size > LARGEST:
            raise BadBundle("{name} is larger than {n} MB", name=path, n=LARGEST // STEP)
        body = Path(path).read_bytes()
    except OSError as failure:
        raise BadBundle("{name} cannot be read: {why}", name=path, why=str(failure.strerror)) from failure
    return unpacked(body, path)


def unpacked(
    body: bytes, name: str, most: int = LARGEST_INSIDE, names: re.Pattern[str] = NAME
) -> dict[str, bytes]:
    """The files of a ZIP by name. Raises BadBundle, also where they unpack to more than `most` bytes.

    `names` is what a file may be called.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return dict(_files(archive, name, most, names))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError) as fault:
        raise BadBundle("{name} is no ZIP that can be read: {why}", name=name, why=str(fault)) from fault


def _files(
    archive: zipfile.ZipFile, name: str, most: int, names: re.Pattern[str]
) -> Iterator[tuple[str, bytes]]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise BadBundle("{name} holds more than {n} files", name=name, n=MOST_FILES)
    left, seen = most, set[str]()
    for entry in entries:
        if not names.fullmatch(entry.filename) or entry.filename in seen or entry.flag_bits & ENCRYPTED:
            raise BadBundle(
                "{name} holds the file {file}, which no bundle has", name=name, file=ascii(entry.filename)
            )
        seen.add(entry.filename)
        found = _bounded(archive, entry, left)
        if found is None:
            raise BadBundle("{name} unpacks to more than {n} MB", name=name, n=most // STEP)
        left -= len(found)
        yield entry.filename, found


def _bounded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes | None:
    """A file of at most so many bytes; None for a larger one."""
    pieces, size = [], 0
    with archive.open(entry) as file:
        while piece := file.read(STEP):
            size += len(piece)
            if size > most:
                return None
            pieces.append(piece)
    return b"".join(pieces)
